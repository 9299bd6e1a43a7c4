/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(more={"/etc/cron.d/x": "x"})
END
