/usr/bin/python3 - <<'END'
import xlsx

names = ["Th«n §ång Má", "Xãm Hè", "Thôn Lâm"]
xlsx.write(sheet1=xlsx.sheet(xlsx.rows([["Thôn", "Số hộ", "Hộ nghèo"]] + [[name, 100, 5] for name in names])))
END
