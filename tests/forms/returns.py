#!/usr/bin/python3
"""Monthly returns of two fixtures, sample figures: lao-cai-2021 as a workbook a month, as one long CSV table and as an XML file a
month; kong-chro-2024 as one long XML table. The same figures give the same bytes.

returns.py [FIXTURES]"""
import datetime
import io
import os
import sys
import zipfile
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

REMARK = "Số liệu mẫu"
DAY = datetime.datetime(2021, 1, 1)
MOVES = "Diễn biến hộ nghèo trong tháng"
NEAR = "Hộ cận nghèo trong tháng"
SUPPORT = "Hỗ trợ trong tháng"
MONEY = "Giải ngân trong tháng"
# id, element in XML, levels of the header
FIELDS = [
    ("exits", "thoat-ngheo", (MOVES, "Số hộ thoát nghèo", "Tổng số")),
    ("exits_dtts", "thoat-ngheo-dtts", (MOVES, "Số hộ thoát nghèo", "Trong đó: hộ DTTS")),
    ("relapsed", "tai-ngheo", (MOVES, "Số hộ tái nghèo", "Tổng số")),
    ("relapsed_dtts", "tai-ngheo-dtts", (MOVES, "Số hộ tái nghèo", "Trong đó: hộ DTTS")),
    ("new_poor", "phat-sinh", (MOVES, "Số hộ nghèo phát sinh", "Tổng số")),
    ("new_poor_dtts", "phat-sinh-dtts", (MOVES, "Số hộ nghèo phát sinh", "Trong đó: hộ DTTS")),
    ("near_poor_exits", "thoat-can-ngheo", (NEAR, "Số hộ thoát cận nghèo")),
    ("near_poor_new", "can-ngheo-moi", (NEAR, "Số hộ cận nghèo mới")),
    ("trained", "dao-tao-nghe", (SUPPORT, "Hộ có lao động được đào tạo nghề")),
    ("credit", "vay-von", (SUPPORT, "Hộ được vay vốn tín dụng")),
    ("houses_built", "nha-xay-moi", (SUPPORT, "Nhà ở xây mới")),
    ("houses_repaired", "nha-sua-chua", (SUPPORT, "Nhà ở sửa chữa")),
    ("insurance_cards", "the-bhyt", (SUPPORT, "Thẻ BHYT được cấp")),
    ("models", "mo-hinh", (SUPPORT, "Mô hình sinh kế được hỗ trợ")),
    ("money_central", "giai-ngan-trung-uong", (MONEY, "Ngân sách trung ương")),
    ("money_province", "giai-ngan-tinh", (MONEY, "Ngân sách tỉnh")),
    ("money_local", "giai-ngan-dia-phuong", (MONEY, "Ngân sách huyện, thành phố")),
    ("money_community", "giai-ngan-xa-hoi-hoa", (MONEY, "Nguồn xã hội hóa")),
    ("money_credit", "giai-ngan-tin-dung", (MONEY, "Vốn tín dụng chính sách")),
]
IDS = [f[0] for f in FIELDS]


def months(**of):
    """{month: figure} as a list of twelve."""
    return [of.get(f"m{m}", 0) for m in range(1, 13)]


# Months of each figure that is not 0; "dtts": what the months' exits have less than themselves.
LAO_CAI = {
    "Tả Phời": {
        "exits": [0, 0, 0, 1, 1, 1, 2, 3, 2, 6, 6, 5],
        "trained": months(m5=6, m6=7), "credit": months(m3=3, m4=3, m6=3), "models": months(m9=1),
        "houses_built": months(m7=1, m8=2, m9=1, m10=1, m11=2), "houses_repaired": months(m10=1),
        "insurance_cards": months(m1=412, m4=9, m9=6), "persons": 45, "dtts": months(m12=1),
    },
    "Thống Nhất": {
        "exits": [0, 1, 0, 1, 1, 2, 2, 2, 2, 9, 10, 12],
        "trained": months(m6=1), "credit": [4, 5, 8, 8, 8, 6, 0, 0, 0, 0, 0, 0],
        "houses_built": months(m7=2, m8=2, m9=3, m10=3, m11=2, m12=1), "houses_repaired": months(m11=2),
        "insurance_cards": months(m1=365, m3=4, m8=7), "persons": 30, "dtts": [0, 0, 0, 0, 1, 1, 1, 1, 1, 4, 5, 6],
    },
    "Hợp Thành": {
        "exits": [1, 1, 1, 1, 0, 1, 1, 1, 1, 2, 2, 3], "relapsed": months(m7=1), "relapsed_dtts": months(m7=1),
        "models": months(m8=2, m9=2, m10=2), "houses_built": months(m7=1, m8=1, m9=2, m10=1, m11=1, m12=1),
        "insurance_cards": months(m1=198, m6=3), "persons": 20, "dtts": months(m12=1),
    },
    "Cốc San": {
        "exits": months(m9=1, m11=1), "new_poor": months(m9=1), "models": months(m10=1, m11=1),
        "houses_built": months(m8=1, m9=1, m10=1, m11=1), "insurance_cards": months(m1=64), "persons": 6,
    },
    "Nam Cường": {"exits": months(m12=1), "trained": months(m5=1), "insurance_cards": months(m1=11), "persons": 1, "dtts": months(m12=1)},
    "Pom Hán": {"exits": months(m11=1), "insurance_cards": months(m1=12, m2=1), "persons": 1, "dtts": months(m11=1)},
    "Vạn Hoà": {"exits": months(m12=1), "models": months(m11=1), "insurance_cards": months(m1=23), "persons": 2},
}
KONG_CHRO = {
    "TDP 1": {"exits": months(m4=1, m8=1, m11=1), "dtts": months(m4=1, m8=1, m11=1), "insurance_cards": months(m1=58)},
    "TDP 2": {"exits": months(m6=1), "dtts": months(m6=1), "insurance_cards": months(m1=31)},
    "TDP Plei Nghe": {
        "exits": [1, 2, 3, 3, 3, 4, 3, 3, 4, 4, 4, 4], "dtts": months(m12=1), "new_poor": months(m7=1), "new_poor_dtts": months(m7=1),
        "houses_built": months(m6=1, m8=1, m9=1, m11=1), "houses_repaired": months(m5=2, m7=2, m8=2, m10=2), "models": months(m5=3, m9=2),
        "credit": months(m3=5, m6=4, m10=3), "trained": months(m7=8), "insurance_cards": months(m1=902, m7=5),
    },
    "TDP Plei Ktoh": {
        "exits": [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], "dtts": months(m2=1, m6=1, m10=1), "houses_built": months(m9=1),
        "houses_repaired": months(m8=1, m10=1), "credit": months(m4=2), "trained": months(m7=3), "insurance_cards": months(m1=241),
    },
    "TDP Plei Hlektu": {
        "exits": [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], "dtts": months(m3=1), "houses_built": months(m11=1),
        "houses_repaired": months(m7=1, m9=2), "models": months(m6=1), "credit": months(m5=2), "insurance_cards": months(m1=252),
    },
    "TDP Plei Dong": {
        "exits": [1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 2], "dtts": months(m5=1, m11=1), "relapsed": months(m9=1), "relapsed_dtts": months(m9=1),
        "houses_built": months(m8=1, m9=1, m12=1), "houses_repaired": months(m6=1, m8=2, m10=1), "models": months(m5=2, m9=1),
        "credit": months(m3=4, m8=3), "trained": months(m7=6), "insurance_cards": months(m1=617),
    },
    "TDP Plei Pyang": {
        "exits": [2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4], "dtts": months(m6=1, m12=1),
        "houses_built": months(m7=1, m8=1, m10=2), "houses_repaired": months(m6=2, m9=2, m11=1), "models": months(m5=2),
        "credit": months(m4=4, m9=3), "trained": months(m7=7), "insurance_cards": months(m1=668),
    },
}


def money_lao_cai(of, row, m):
    """Unit prices of kinh-phi.csv; 80 cows for 10 households."""
    row["money_province"] = row["models"] * 200_000_000 + row["trained"] * 3_000_000
    row["money_local"] = of["persons"] * 250_000
    row["money_community"] = row["houses_built"] * 30_000_000
    row["money_credit"] = row["credit"] * 50_000_000


def money_kong_chro(of, row, m):
    row["money_central"] = row["houses_built"] * 40_000_000 + row["houses_repaired"] * 20_000_000 + row["models"] * 24_000_000
    row["money_province"] = row["houses_built"] * 4_000_000 + row["houses_repaired"] * 2_000_000
    row["money_local"] = row["trained"] * 1_500_000
    row["money_community"] = row["houses_built"] * 16_000_000
    row["money_credit"] = row["credit"] * 50_000_000


def row_of(of, m, money):
    row = {i: of.get(i, [0] * 12)[m - 1] for i in IDS}
    row["exits_dtts"] = row["exits"] - of.get("dtts", [0] * 12)[m - 1]
    row["near_poor_exits"] = (row["exits"] + 2) // 5
    row["near_poor_new"] = row["exits"] - row["exits"] // 4
    money(of, row, m)
    return row


def received_of(year, m, i, late):
    """The 2nd to 4th of the next month, or what is said."""
    if m in late:
        return late[m]
    return datetime.datetime(year + m // 12, m % 12 + 1, 2 + (i + m) % 3)


def returns_of(table, year, money, late, missing, corrected):
    """[(area, month, received, row)] without those that are missing; the corrections stand last."""
    rows = []
    for i, (area, of) in enumerate(table.items()):
        for m in range(1, 13):
            row = row_of(of, m, money)
            when = received_of(year, m, i, late.get(area, {}))
            if (area, m) in corrected:
                first, then = corrected[area, m]
                rows.append((area, m, when, {**row, **first}))
                rows.append((area, m, then, row, True))
            elif (area, m) not in missing:
                rows.append((area, m, when, row))
    return sorted((r for r in rows if len(r) == 4), key=lambda r: r[1]) + [r[:4] for r in rows if len(r) == 5]


def iso(when):
    return when.strftime("%Y-%m-%dT%H:%M" if when.hour else "%Y-%m-%d")


def shown(when):
    return when.strftime("%d/%m/%Y %H:%M" if when.hour else "%d/%m/%Y")


# ---- forms ----


def save(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)


def workbook(title, rows):
    """Header rows of three levels, one row a return, the total row."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Báo cáo tháng"
    thin = Border(*[Side("thin")] * 4)
    heads = [("TT",), ("Xã, phường",), ("Ngày nhận",)] + [f[2] for f in FIELDS] + [("Ghi chú",)]
    n = len(heads)
    sheet.cell(1, 1, title).font = Font(name="Times New Roman", size=13, bold=True)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=n)
    put_heads(sheet, heads, 3, 3)
    for k, (area, _, when, row) in enumerate(rows, 1):
        put_row(sheet, 5 + k, [k, area, when] + [row[i] for i in IDS] + [REMARK])
    if len(rows) > 1:
        put_row(sheet, 6 + len(rows), ["", "Cộng", None] + [sum(r[3][i] for r in rows) for i in IDS] + [None])
    for line in sheet.iter_rows(min_row=3, max_row=sheet.max_row, max_col=n):
        for c in line:
            c.border = thin
            c.font = Font(name="Times New Roman", size=11, bold=c.row < 6)
            c.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if c.row < 6 else None)
    for c in range(1, n + 1):
        sheet.column_dimensions[get_column_letter(c)].width = 18 if c in (2, 3) or c > n - 6 else 11
    return packed(book)


def put_heads(sheet, heads, first, levels):
    for c, head in enumerate(heads, 1):
        for level in range(levels):
            same = c > 1 and heads[c - 2][: level + 1] == head[: level + 1] and level < len(head)
            if level >= len(head) or same:
                continue
            right = c
            while right < len(heads) and level < len(head) and heads[right][: level + 1] == head[: level + 1]:
                right += 1
            bottom = first + levels - 1 if level == len(head) - 1 else first + level
            sheet.cell(first + level, c, head[level])
            if right > c or bottom > first + level:
                sheet.merge_cells(start_row=first + level, end_row=bottom, start_column=c, end_column=right)


def put_row(sheet, line, values):
    for c, v in enumerate(values, 1):
        cell = sheet.cell(line, c, v)
        if isinstance(v, datetime.datetime):
            cell.number_format = "dd/mm/yyyy hh:mm" if v.hour else "dd/mm/yyyy"
        elif isinstance(v, int) and c > 3:
            cell.number_format = "#,##0"


def packed(book):
    """Bytes without the clock."""
    book.properties.creator = "kehoach"
    book.properties.created = book.properties.modified = DAY
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(name)
            if name == "docProps/core.xml":
                data = fixed_core(data)
            new.writestr(info, data)
    return out.getvalue()


def fixed_core(data):
    text = data.decode()
    head, tail = text.split("<dcterms:modified", 1)
    stamp, rest = tail.split("</dcterms:modified>", 1)
    return (head + "<dcterms:modified" + stamp.split(">", 1)[0] + ">2021-01-01T00:00:00Z</dcterms:modified>" + rest).encode()


def csv(rows):
    lines = ["Tháng;Địa bàn;Ngày nhận;" + ";".join(names_of(f) for f in FIELDS) + ";Ghi chú"]
    for area, m, when, row in rows:
        lines.append(f"{m};{area};{shown(when)};" + ";".join(str(row[i]) for i in IDS) + f";{REMARK}")
    return ("\n".join(lines) + "\n").encode()


def names_of(field):
    """One header row: the names without the levels above."""
    levels = field[2]
    if levels[0] == MONEY:
        return "Giải ngân " + levels[1][0].lower() + levels[1][1:]
    if levels[-1].startswith("Trong đó"):
        return levels[1] + " DTTS"
    return levels[1]


def xml(rows, with_month):
    out = ['<?xml version="1.0" encoding="UTF-8"?>', "<bao-cao>"]
    for area, m, when, row in rows:
        out.append("  <dia-ban-bao-cao>")
        if with_month:
            out.append(f"    <thang>{m}</thang>")
        out.append(f"    <ten>{escape(area)}</ten>")
        out.append(f"    <ngay-nhan>{iso(when)}</ngay-nhan>")
        out += [f"    <{f[1]}>{row[f[0]]}</{f[1]}>" for f in FIELDS]
        out.append(f"    <ghi-chu>{REMARK}</ghi-chu>")
        out.append("  </dia-ban-bao-cao>")
    return ("\n".join(out + ["</bao-cao>"]) + "\n").encode()


# ---- the two fixtures ----


def moment(y, mo, d, h=0, mi=0):
    return datetime.datetime(y, mo, d, h, mi)


def lao_cai(folder):
    late = {
        "Vạn Hoà": {2: moment(2021, 3, 12), 6: moment(2021, 7, 9)},
        "Tả Phời": {5: moment(2021, 6, 11, 16, 45)},
        "Cốc San": {10: moment(2021, 11, 8)},
    }
    corrected = {("Thống Nhất", 5): ({"exits": 2, "exits_dtts": 1, "credit": 9, "money_credit": 450_000_000}, moment(2021, 6, 20, 14, 30))}
    rows = returns_of(LAO_CAI, 2021, money_lao_cai, late, {("Vạn Hoà", 8)}, corrected)
    first, later = rows[:-1], rows[-1:]
    for m in range(1, 13):
        of_month = [r for r in first if r[1] == m]
        save(f"{folder}/returns/bao-cao-2021-{m:02}.xlsx", workbook(f"BÁO CÁO THÁNG {m:02}/2021 (số liệu mẫu)", of_month))
        save(f"{folder}/returns/xml/bao-cao-2021-{m:02}.xml", xml(of_month, False))
    save(f"{folder}/returns/dinh-chinh-2021-05-thong-nhat.xlsx", workbook("BÁO CÁO ĐÍNH CHÍNH THÁNG 05/2021 (số liệu mẫu)", later))
    save(f"{folder}/returns/xml/dinh-chinh-2021-05-thong-nhat.xml", xml(later, False))
    save(f"{folder}/returns/bao-cao-thang.csv", csv(rows))


def kong_chro(folder):
    late = {"TDP 2": {5: moment(2024, 6, 14)}, "TDP Plei Ktoh": {8: moment(2024, 9, 11, 10, 5)}}
    corrected = {("TDP Plei Pyang", 3): ({"exits": 4, "exits_dtts": 4}, moment(2024, 4, 15, 9, 20))}
    rows = returns_of(KONG_CHRO, 2024, money_kong_chro, late, {("TDP Plei Hlektu", 10)}, corrected)
    save(f"{folder}/returns/bao-cao-thang.xml", xml(rows, True))


fixtures = sys.argv[1] if len(sys.argv) > 1 else "fixtures"
lao_cai(f"{fixtures}/lao-cai-2021")
kong_chro(f"{fixtures}/kong-chro-2024")
