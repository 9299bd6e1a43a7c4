/usr/bin/python3 - <<'END'
import xlsx

xlsx.write({"so-lieu.csv": "a;b"})
END
