/usr/bin/python3 - <<'END'
import xlsx

many = xlsx.relations(("worksheet", "worksheets/sheet1.xml"), *(("image", f"{i}" + "a" * 60000) for i in range(300)))
xlsx.write(book_relations=many)
END
