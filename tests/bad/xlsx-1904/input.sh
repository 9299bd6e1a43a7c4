/usr/bin/python3 - <<'END'
import xlsx

book = xlsx.workbook("Số liệu").replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
styles = f'<styleSheet xmlns="{xlsx.MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
xlsx.write(
    book=book,
    sheet1=xlsx.sheet(xlsx.rows() + '<row r="5"><c r="A5" t="str"><v>Thôn 4</v></c><c r="B5" s="1"><v>43981</v></c><c r="C5"><v>1</v></c></row>'),
    book_relations=xlsx.relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
    more={"xl/styles.xml": styles},
)
END
