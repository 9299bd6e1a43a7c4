/usr/bin/python3 - <<'END'
import xlsx

row = '<row r="5"><c r="A5" t="inlineStr"><is><t>Thôn 4</t></is></c><c r="B5"><v>100</v><v>7</v></c><c r="C5"><v>1</v></c></row>'
xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + row))
END
