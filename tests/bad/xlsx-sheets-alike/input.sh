/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(
    job=False,
    book=xlsx.workbook("biểu 1", "Biểu 1 "),
    book_relations=xlsx.relations(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")),
    more={"xl/worksheets/sheet2.xml": xlsx.sheet()},
)
xlsx.use(' sheet="Biểu 1"')
END
