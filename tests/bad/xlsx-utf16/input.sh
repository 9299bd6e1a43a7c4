/usr/bin/python3 - <<'END'
import xlsx

cells = xlsx.rows() + '<row r="5"><c r="A5" t="str"><v>Thôn 4</v></c><c r="B5"><f>B4*2</f></c></row>'
xlsx.write(sheet1=('<?xml version="1.0" encoding="UTF-16"?>' + xlsx.sheet(cells)).encode("utf-16"))
END
