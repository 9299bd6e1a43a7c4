/usr/bin/python3 - <<'END'
import xlsx

made = xlsx.parts()
made["XL/Workbook.xml"] = xlsx.workbook("B")
xlsx.write(made)
END
