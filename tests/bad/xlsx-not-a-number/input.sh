/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + '<row r="5"><c r="A5" t="str"><v>Thôn 4</v></c><c r="B5"><v>1,5</v></c><c r="C5"><v>NaN</v></c></row>'))
END
