/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + xlsx.row(4294967298, ["Thôn 4", 10, 1])))
END
