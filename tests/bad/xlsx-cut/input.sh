/usr/bin/python3 - <<'END'
import xlsx

xlsx.write()
with open("data.xlsx", "r+b") as f:
    f.truncate(900)
END
