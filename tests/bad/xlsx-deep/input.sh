/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet("<row>" + "<x>" * 100000))
END
