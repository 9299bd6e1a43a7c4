/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(book=xlsx.workbook("Số liệu", "a" * 60000))
END
