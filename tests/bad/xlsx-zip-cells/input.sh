/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet("<row>" + "<c><v>1</v></c>" * 4_000_000 + "</row>"))
END
