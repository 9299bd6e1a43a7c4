/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet()[:-20])
END
