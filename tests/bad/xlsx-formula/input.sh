/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + '<row r="5"><c r="A5" t="str"><f>"Thôn"&amp;4</f></c><c r="B5"><f>B4*2</f><v></v></c></row>'))
END
