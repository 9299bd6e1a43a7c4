/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(root=xlsx.relations(("officeDocument", "xl/workbook.bin")), more={"xl/workbook.bin": b"\x83\1\0"})
END
