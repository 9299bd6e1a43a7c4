/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(more={"xl/../../x.xml": "x"})
END
