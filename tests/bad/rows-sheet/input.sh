/usr/bin/python3 - <<'END'
import xlsx

rows = "".join(
    xlsx.row(n, values)
    for n, values in [
        (1, ["SỐ LIỆU HỘ NGHÈO NĂM 2024"]),
        (3, ["TT", "Thôn", "Số liệu"]),
        (4, ["", "", "Số hộ", "Hộ nghèo"]),
        (5, ["", "", "(hộ)", "người"]),
        (6, ["(1)", "(2)", "(3)", "(4)"]),
        (7, ["I", "Khu vực 1", 301, 13]),
        (8, [1, "Thôn 1", 100, 5]),
        (9, [2, "Thôn 2", "1.200", "8 "]),
        (10, ["II", "Khu vực 2", 150, 0]),
        (11, [1, "Thôn 3", 150, 0]),
        (12, ["Cộng", "", 1450, 13]),
        (14, ["Ghi chú: số liệu đến ngày 31/12"]),
        (15, ["", "", "Mẫu, ngày 5 tháng 1 năm 2024"]),
        (16, ["", "Người lập biểu", "", "CHỦ TỊCH"]),
        (19, ["", "Trần Thị B", "", "Nguyễn Văn A"]),
    ]
)
merged = ["A1:D1", "A3:A4", "B3:B4", "C3:D3", "A12:B12", "A14:D14", "C15:D15"]
cells = "".join(f'<mergeCell ref="{m}"/>' for m in merged)
xlsx.write(sheet1=xlsx.sheet(rows, f"<mergeCells>{cells}</mergeCells>"))
END
