/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(book_relations=xlsx.relations(("worksheet", "../../job.xml")))
END
