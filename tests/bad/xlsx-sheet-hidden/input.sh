/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(
    book=xlsx.workbook("Số liệu", "Biểu đồ").replace('name="Số liệu"', 'name="Số liệu" state="hidden"'),
    book_relations=xlsx.relations(("worksheet", "worksheets/sheet1.xml"), ("chartsheet", "chartsheets/sheet1.xml")),
)
END
