/usr/bin/python3 - <<'END'
import xlsx

xlsx.write()
xlsx.change(lambda data, local, central: data.__setitem__(slice(None), data.replace(b"xl/worksheets/", b"xl\\worksheets\\")))
END
