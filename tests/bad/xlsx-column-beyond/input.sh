/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + '<row r="5"><c r="XFE5"><v>1</v></c></row>'))
END
