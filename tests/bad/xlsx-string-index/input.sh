/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(
    sheet1=xlsx.sheet(xlsx.rows() + '<row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5" t="s"><v>99999999999</v></c></row>'),
    book_relations=xlsx.relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
    more={"xl/sharedStrings.xml": f'<sst xmlns="{xlsx.MAIN}" count="99999999999"><si><t>Thôn 4</t></si><si><t>x</t></si></sst>'},
)
END
