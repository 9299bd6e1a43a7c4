/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + " " * 100_000_000))
END
