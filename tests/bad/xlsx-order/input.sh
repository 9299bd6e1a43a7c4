/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + '<row r="5"><c r="B5"><v>1</v></c><c r="A5"><v>1</v></c></row>'))
END
