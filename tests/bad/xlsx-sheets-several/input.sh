/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(
    book=xlsx.workbook("Hộ nghèo", "Kinh phí"),
    book_relations=xlsx.relations(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")),
    more={"xl/worksheets/sheet2.xml": xlsx.sheet()},
)
END
