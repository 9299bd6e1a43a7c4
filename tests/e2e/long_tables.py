"""Seeded tables for long-tables.sh.

make FOLDER N: jobs whose table has 1 to 4 header levels, 3 to 150 rows and notes of 1 to 9 lines.
check FOLDER OUT: each page that holds rows has every header text, the caption (marked when it goes on) and the unit; at
least two rows; no row is split, none is lost, and they stay in order."""
import json
import os
import random
import re
import subprocess
import sys

WORDS = "hộ nghèo cần hỗ trợ nhà ở nước sạch việc làm học nghề vay vốn bảo hiểm y tế sinh kế bền vững".split()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def make_one(folder, k, rng):
    job = f"{folder}/t{k}"
    depth = rng.randint(1, 4)
    rows = rng.choice([3, 12, 35, 60, 90, 150])
    lines = rng.choice([0, 0, 2, 9])
    data = ["Thôn;Số hộ;Hộ nghèo;Ghi chú"]
    for r in range(1, rows + 1):
        note = " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 7 * lines))) if lines and rng.random() < 0.4 else ""
        data.append(f"Thôn {r};{rng.randint(50, 999)};{rng.randint(0, 49)};{note}")
    write(f"{job}/data.csv", "\n".join(data) + "\n")
    write(f"{job}/templates/datasets/t{k}.xml",
          f'<dataset xmlns="urn:kehoach:dataset:1" id="t{k}" title="Bảng"><field id="area" type="area" key="yes"><name>Thôn</name></field>'
          '<field id="households" type="count" unit="hộ"><name>Số hộ</name></field><field id="poor" type="count" unit="hộ">'
          '<name>Hộ nghèo</name></field><field id="note" type="text"><name>Ghi chú</name></field></dataset>')
    opened = "".join(f'<group label="Nhóm cấp {d}">' for d in range(1, depth))
    write(f"{job}/templates/tables/t{k}.xml",
          f'<table xmlns="urn:kehoach:table:1" id="t{k}" over="t{k}" title="Bảng" unit-line="Đơn vị tính: hộ"><column id="area" '
          f'label="Thôn" is="label"/>{opened}<column id="households" label="Số hộ"/><column id="poor" label="Hộ nghèo"/>'
          f'<column id="rate" label="Tỷ lệ" unit="%" value="poor / households * 100" decimals="2"/>{"</group>" * (depth - 1)}'
          '<column id="note" label="Ghi chú"/><total label="Toàn xã"/></table>')
    appendix = rng.random() < 0.5
    place = (f'<appendix table="t{k}" title="Bảng" orientation="{rng.choice(["portrait", "landscape"])}"/>' if appendix else "")
    table = "" if appendix else f'<table ref="t{k}" caption="Bảng 1. Theo thôn"/>'
    before = "".join(f"<p>Đoạn {i} của kế hoạch.</p>" for i in range(rng.randint(1, 30)))
    write(f"{job}/plan.xml",
          f'<plan xmlns="urn:kehoach:plan:1"><title>Bảng</title><section title="Một">{before}{table}<p>Hết bảng.</p></section>'
          f'<recipients><file>VT</file></recipients>{place}</plan>')
    write(f"{job}/job.xml",
          f'<job xmlns="urn:kehoach:job:1" id="t{k}" period="2024"><agency name="Ủy ban nhân dân xã Mẫu" area="xã Mẫu"/><document '
          f'number="{k}" symbol="KH-UBND" place="Mẫu" date="2024-02-01"/><source id="s" dataset="t{k}" href="data.csv"/><plan '
          f'href="plan.xml"/><workbook tables="t{k}"/><signer authority="TM. ỦY BAN NHÂN DÂN" title="CHỦ TỊCH" name="Nguyễn Văn A"/></job>')
    write(f"{job}/shape.json", json.dumps({"depth": depth, "rows": rows, "appendix": appendix}))


def page_texts(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode().split("\f")[:-1]


def flat(text):
    return " ".join(text.split())


def check_one(name, shape, pages):
    headers = [f"Nhóm cấp {d}" for d in range(1, shape["depth"])] + ["Thôn", "Số hộ", "Hộ nghèo", "Tỷ lệ", "Ghi chú", "Đơn vị tính: hộ"]
    seen = []
    first = True
    for number, page in enumerate(pages, 1):
        rows = re.findall(r"^ *Thôn (\d+)\b", page, re.M)
        if not rows:
            continue
        text = flat(page)
        for header in headers:
            wrapped = all(word in text.split() for word in header.split())
            assert header in text or wrapped, f"{name}: page {number} has no {header!r}"
        assert first or "(tiếp theo)" in text, f"{name}: page {number} does not say that the table goes on"
        assert not first or "(tiếp theo)" not in text, f"{name}: page {number} goes on from nothing"
        if not shape["appendix"]:
            assert "Bảng 1. Theo thôn" in text, f"{name}: page {number} has no caption"
        assert len(rows) >= 2 or "Toàn xã" in text, f"{name}: page {number} has one row"
        seen += [int(r) for r in rows]
        first = False
    assert seen == list(range(1, shape["rows"] + 1)), f"{name}: rows {seen[:5]}... of {shape['rows']}"
    return not first


def main(what, folder, *rest):
    rng = random.Random(30)
    if what == "make":
        for k in range(1, int(rest[0]) + 1):
            make_one(folder, k, rng)
        return
    several = 0
    for name in sorted(os.listdir(folder)):
        with open(f"{folder}/{name}/shape.json", encoding="utf-8") as f:
            shape = json.load(f)
        pages = page_texts(f"{rest[0]}/{name}/plan.pdf")
        check_one(name, shape, pages)
        several += sum("(tiếp theo)" in p for p in pages)
    assert several >= 20, f"only {several} continued pages"
    print(f"{several} continued pages")


main(*sys.argv[1:])
