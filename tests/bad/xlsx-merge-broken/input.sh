/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=xlsx.sheet(behind='<mergeCells><mergeCell ref="A0:B2"/></mergeCells>'))
END
