/usr/bin/python3 - <<'END'
import xlsx

rows = "".join(
    xlsx.row(n, values)
    for n, values in [
        (1, ["Thôn", "Số hộ", "Hộ nghèo"]),
        (2, ["Thôn 1", 100, 5, 6]),
        (3, ["Thôn 2", 200, 8, 9]),
    ]
)
xlsx.write(sheet1=xlsx.sheet(rows, '<mergeCells><mergeCell ref="C1:D1"/></mergeCells>'))
END
