/usr/bin/python3 - <<'END'
import xlsx

rows = "".join(
    xlsx.row(n, values)
    for n, values in [
        (1, ["Thôn", "Số hộ", "Hộ nghèo"]),
        (2, ["Thôn 1", 100, 5]),
        (3, ["", 200, 8]),
        (4, ["Thôn 3", 150]),
    ]
)
xlsx.write(sheet1=xlsx.sheet(rows, '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B4:C4"/></mergeCells>'))
END
