/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(job=False)
xlsx.use(' encoding="utf-16"')
END
