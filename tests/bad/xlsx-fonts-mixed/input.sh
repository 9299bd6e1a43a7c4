/usr/bin/python3 - <<'END'
import xlsx

fonts = "<fonts><font><name val='Arial'/></font><font><name val='.VnTime'/></font></fonts>"
styles = f'<styleSheet xmlns="{xlsx.MAIN}">{fonts}<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
names = ["Th«n §ång Má", "Xãm Hè", "Thôn Bạch Đằng", "Thôn Lâm"]
rows = "".join(f'<row r="{i}"><c r="A{i}" s="1" t="str"><v>{name}</v></c><c r="B{i}"><v>9</v></c><c r="C{i}"><v>1</v></c></row>' for i, name in enumerate(names, 5))
xlsx.write(
    book=xlsx.workbook("Số liệu"),
    sheet1=xlsx.sheet(xlsx.rows() + rows),
    book_relations=xlsx.relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
    more={"xl/styles.xml": styles},
)
END
