/usr/bin/python3 - <<'END'
import xlsx

xlsx.write()
with open("data.xlsx", "ab") as f:
    f.write(b"\r\n")
END
