/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(job=False)
xlsx.use(' sheet="Biểu 9"')
END
