/usr/bin/python3 - <<'END'
import xlsx

rows = "".join(
    xlsx.row(n, values)
    for n, values in [
        (1, ["Thôn", "Số hộ", "Hộ nghèo"]),
        (2, ["", "", "Kế hoạch", "Thực hiện"]),
        (3, ["Thôn 1", 100, 5, 4]),
    ]
)
merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1:A2", "B1:B2", "C1:D1"))
xlsx.write(sheet1=xlsx.sheet(rows, f"<mergeCells>{merged}</mergeCells>"))
END
