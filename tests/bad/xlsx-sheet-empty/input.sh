/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet('<row r="3"><c r="B3"/></row>'))
END
