/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(more={f"x{i}": "" for i in range(10001)})
END
