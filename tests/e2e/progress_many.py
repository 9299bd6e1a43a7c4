"""A job of many areas and their returns of January (sample figures), and what the progress of so many must say and show.

progress_many.py make FOLDER N        a job of N areas: the first ones report most, the last two not at all
progress_many.py check N BOOK.xlsx BRIEF.pdf LONG.pdf
    the chart shows the last 15 of the ranking and says so, in words too; areas are counted, not listed, and the sheet that lists
    them is named, is there and has them; the brief draws all of them; LONG.pdf, whose text leaves less room, says how many it does not"""
import csv
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

import openpyxl

JOB = """<job xmlns="urn:kehoach:job:1" id="many" period="2024">
  <agency name="Ủy ban nhân dân xã Mẫu" area="xã Mẫu"/>
  <document number="5" symbol="KH-UBND" place="Mẫu" date="2024-02-01"/>
  <source id="targets" dataset="poverty-targets" href="targets.csv"/>
  <returns dataset="monthly-returns" href="returns-2024-01.csv"/>
  <plan href="plan.xml"/>
  <signer authority="TM. ỦY BAN NHÂN DÂN" title="CHỦ TỊCH" name="Nguyễn Văn A"/>
</job>
"""
PLAN = """<plan xmlns="urn:kehoach:plan:1" in="poverty-targets">
  <title>Số liệu mẫu</title>
  <section title="MỤC TIÊU"><table ref="poverty-targets"/></section>
  <recipients><file>VT</file></recipients>
</plan>
"""
SHOWN = 15
SPACE = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main", "c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


def write_csv(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f, delimiter=";").writerows(rows)


def make(folder, n):
    names = [f"Thôn {i + 1}" for i in range(n)]
    write_csv(f"{folder}/targets.csv", [["TT", "Đơn vị", "Số hộ", "Hộ nghèo đầu năm 2024", "Chỉ tiêu giảm hộ nghèo năm 2024"]]
              + [[i + 1, name, 200, 60, 48] for i, name in enumerate(names)])
    # A twelfth of the target is 4: who has done less is late, also where more leave poverty and others fall back.
    write_csv(f"{folder}/returns-2024-01.csv", [["Địa bàn", "Ngày nhận", "Số hộ thoát nghèo", "Số hộ tái nghèo", "Số hộ nghèo phát sinh"]]
              + [[name, "03/02/2024", max(0, 5 - i // 5) + i % 2 + i % 4, i % 4 // 2, i % 4 - i % 4 // 2] for i, name in enumerate(names[:-2])])
    for name, text in (("job.xml", JOB), ("plan.xml", PLAN)):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as f:
            f.write(text)


def check(ok, what):
    if not ok:
        sys.exit(what)


def check_chart(path, book):
    with zipfile.ZipFile(path) as z:
        charts = [ElementTree.fromstring(z.read(n)) for n in z.namelist() if n.startswith("xl/charts/chart")]
        words = z.read("xl/drawings/drawing1.xml").decode()
    bars = next(c for c in charts if c.find(".//c:barChart", SPACE) is not None)
    title = "".join(t.text for t in bars.find("c:chart/c:title", SPACE).iter("{%s}t" % SPACE["a"]))
    check(f"{SHOWN} địa bàn thấp nhất" in title and f'descr="{title}' in words, f"the title is {title!r}")
    shown = [p.find("c:v", SPACE).text for p in bars.findall(".//c:cat//c:pt", SPACE)]
    ranking = [row[1].value for row in book["Xếp hạng địa bàn"].iter_rows() if str(row[0].value).isdigit()]
    check(shown == ranking[-SHOWN:] and len(ranking) > SHOWN, f"shows {shown}")


def check_words(text, book, n):
    late = n - 2 - sum(max(0, 5 - i // 5) + i % 2 >= 4 for i in range(n - 2))
    check(f"{late:02} địa bàn chậm so với kế hoạch đến kỳ" in text, text)
    sheets = re.findall("trang “([^”]*)” của sổ theo dõi", text)
    check(len(sheets) == 1 and sheets[0] in book.sheetnames, f"names the sheets {sheets}")
    rows = [row for row in book[sheets[0]].iter_rows() if row[1].value == "Số hộ nghèo giảm" and row[2].value]
    check(len(rows) == late, f"{sheets[0]} lists {len(rows)} areas")
    check(f"02 địa bàn chưa báo cáo trong tháng: Thôn {n - 1}; Thôn {n}." in text, text)


def names_in(said):
    return set(re.findall(r"Thôn \d+", said))


def check_room(brief, long, book):
    """Each area of the chart stands nowhere else in the brief."""
    ranking = [row[1].value for row in book["Xếp hạng địa bàn"].iter_rows() if str(row[0].value).isdigit()]
    wanted = set(ranking[-SHOWN:])
    drawn = names_in(brief)
    check(wanted <= drawn and "địa bàn khác" not in brief, f"the brief draws {sorted(drawn)}")
    said = re.search(r"… và (\d+) địa bàn khác", long)
    check(said, "the long brief does not say how many it leaves out")
    left = wanted - names_in(long)
    check(0 < len(left) == int(said.group(1)), f"{said.group(0)}, but {sorted(left)} are missing")


if sys.argv[1] == "make":
    make(sys.argv[2], int(sys.argv[3]))
else:
    n, path, *pdfs = int(sys.argv[2]), *sys.argv[3:]
    opened = openpyxl.load_workbook(path, data_only=True)
    check_chart(path, opened)
    first = " ".join(str(c.value) for row in opened.worksheets[0].iter_rows() for c in row if c.value)
    brief, long = (" ".join(subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode().split()) for pdf in pdfs)
    for said in first, brief:
        check_words(said, opened, n)
    check_room(brief, long, opened)
