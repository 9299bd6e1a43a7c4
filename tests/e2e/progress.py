"""What leadership and an auditor expect of progress-P.xlsx, read with openpyxl and as XML, and of what LibreOffice prints of it.

progress.py numbers BOOK.xlsx figures.json     every figure of every table stands in the workbook, and no other
progress.py set-up BOOK.xlsx                   names, filters, panes, pages, colours, charts
progress.py told BOOK.xlsx                     findings of returns that have a wrong total and a skipped row
progress.py printed BOOK.xlsx printed.pdf      the first sheet on one page, each page with its header, nothing cut to ###

Which tables stand on which sheet is said by the template alone."""
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

import openpyxl
from figures import compare_cell
from openpyxl.utils import range_boundaries

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SPACE = {"p": "urn:kehoach:progress:1", "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
         "x": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"}
TEMPLATE = ElementTree.parse(f"{ROOT}/templates/progress/poverty.xml").getroot()
SAID = [s for s in TEMPLATE.findall("p:sheet", SPACE) if s.get("tables")]
STATUSES = {s.get("word"): (s.get("fill"), s.get("ink")) for s in TEMPLATE.findall("p:status", SPACE)}
problems = []


def check(condition, message):
    if not condition:
        problems.append(message)


def body(book, table):
    """The cells that the table's defined name stands for."""
    name = book.defined_names["bang_" + table.replace("-", "_")]
    sheet, at = name.attr_text.rsplit("!", 1)
    sheet = book[sheet.strip("'")]
    left, top, right, bottom = range_boundaries(at)
    return sheet, [[sheet.cell(r, c) for c in range(left, right + 1)] for r in range(top, bottom + 1)]


def hidden(table):
    root = ElementTree.parse(f"{ROOT}/templates/tables/{table}.xml").getroot()
    return {c.get("id") for c in root.iter("{urn:kehoach:table:1}column") if c.get("hidden") == "yes"}


def total_printed(table):
    return ElementTree.parse(f"{ROOT}/templates/tables/{table}.xml").getroot().find("{urn:kehoach:table:1}total") is not None


def check_numbers(path, figures):
    values, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    with open(figures, encoding="utf-8") as f:
        tables = {t["id"]: t for t in json.load(f)["tables"]}
    compared = live = constant = 0  # figures of the summary that are no formulas: sums over other areas than the sheets beside it have
    for said in SAID:
        for name in said.get("tables").split():
            sheet, rows = body(values, name)
            check(not sheet or sheet.title == said.get("name"), f"{name} stands elsewhere")
            columns = [c["id"] for c in tables[name]["columns"] if c["id"] not in hidden(name)]
            facts = [r for r in tables[name]["rows"] if r["kind"] != "total" or total_printed(name)]
            if not facts:
                check(len(rows) == 1 and str(rows[0][0].value).startswith("Không có "), f"{name}: nothing says that it has no rows")
                continue
            check(len(rows) == len(facts), f"{name}: {len(rows)} rows, not {len(facts)}")
            for row, fact in zip(rows, facts):
                cells = {c["column"]: c for c in fact["cells"]}
                check(len(row) == len(columns), f"{name}: {len(row)} columns, not {len(columns)}")
                for cell, column in zip(row, columns):
                    compare_cell(f"{sheet.title}!{cell.coordinate}", cell, cells[column])
                    formula = formulas[sheet.title][cell.coordinate].value
                    is_live = isinstance(formula, str) and formula.startswith("=")
                    constant += name == "progress-summary" and not is_live and isinstance(cell.value, (int, float))
                    live += is_live
                    check(column != "needed" or is_live, f"{sheet.title}!{cell.coordinate}: what is needed has no formula")
                    compared += 1
    check(compared > 500 and live > 100, f"only {compared} cells, {live} formulas")
    check(constant <= 15, f"{constant} figures of the summary are no formulas")
    print(f"{compared} cells, {live} of them formulas; the summary has {constant} figures without")


# ---- set-up ----

def luminance(rgb):
    parts = [int(rgb[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    return sum(w * (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4) for w, p in zip((0.2126, 0.7152, 0.0722), parts))


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_statuses(sheet, rows):
    """Each word of a status has a rule with its colours, and colours are where words are."""
    rules = {}
    for ranges in sheet.conditional_formatting:
        for rule in ranges.rules:
            word = rule.formula[0].strip('"')
            rules[word] = (ranges.sqref, rule.dxf.fill.bgColor.rgb[-6:], rule.dxf.font.color.rgb[-6:])
    for row in rows:
        for cell in row:
            if cell.value in STATUSES and STATUSES[cell.value][0]:
                at, fill, ink = rules.get(cell.value, (None, None, None))
                check(at and cell.coordinate in at, f"{sheet.title}!{cell.coordinate}: no colour for {cell.value}")
                check((fill, ink) == STATUSES[cell.value] and contrast(fill, ink) >= 4.5, f"{cell.value}: {ink} on {fill}")


def leaves_of(rows):
    return [row for row in rows if str(row[0].value or "").isdigit()]


def check_named(sheet, rows):
    """What a filter leaves still tells what it is: each row names its indicator and its area; rows of sums stand behind all of them."""
    leaves = leaves_of(rows)
    check(rows[:len(leaves)] == leaves, f"{sheet.title}: rows of sums stand between others")
    for row in leaves:
        check(row[1].value and row[2].value, f"{sheet.title}!{row[1].coordinate}: {row[1].value!r}, {row[2].value!r}")
    sums = [row[1].value for row in rows[len(leaves):]]
    check(not sums or sums == list(dict.fromkeys(row[1].value for row in leaves)), f"{sheet.title}: sums of {sums}")


def check_breaks(sheet, rows):
    """Sums behind all other rows begin a page; groups begin one where they would be cut, and so does a last row whose notes would be."""
    begins = {b.id + 1 for b in sheet.row_breaks.brk}
    leaves = leaves_of(rows)
    sums = rows[len(leaves):] if leaves and rows[:len(leaves)] == leaves else []
    if len(leaves) > 40 and len(sums) > 1:
        check(sums[0][0].row in begins, f"{sheet.title}: pages begin at {begins}, the sums at row {sums[0][0].row}")
    heads = [row[0].row for row in rows if row[0].font.bold] + [rows[-1][0].row]  # the last one stays with the notes below it
    inside = [b for b in begins if rows[0][0].row <= b <= rows[-1][0].row]
    check(all(b in heads for b in inside), f"{sheet.title}: pages begin at {inside}, groups at {heads}")


def check_coverage(sheet, rows):
    """How much is known stands in the middle of its column."""
    for row in rows:
        for cell in row:
            if re.fullmatch(r"\d+/\d+", str(cell.value)):
                check(cell.alignment.horizontal == "center", f"{sheet.title}!{cell.coordinate}: {cell.value} is not in the middle")


def check_legend(sheet, rows):
    """Where "-" stands, and only there, the sheet says what it means."""
    stands = any(cell.value == "-" for row in rows for cell in row)
    said = any("không áp dụng (ghi ký hiệu" in str(cell.value) for cell in sheet["A"])
    check(said == stands, f"{sheet.title}: {'nothing says' if stands else 'it says'} what - means")


def check_sheet(book, values, said):
    sheet = book[said.get("name")]
    name = sheet.title
    one = said.get("page") == "one"
    setup = sheet.page_setup
    check(str(setup.paperSize) == "9", f"{name}: not A4")
    check(setup.fitToWidth in (None, 1) and setup.fitToHeight == (None if one else 0), f"{name}: fits {setup.fitToWidth} x {setup.fitToHeight}")
    check("&P" in (sheet.oddFooter.center.text or ""), f"{name}: no page number")
    area = "$A$1:${}${}".format(openpyxl.utils.get_column_letter(sheet.max_column), sheet.max_row)
    printed = range_boundaries(str(sheet.print_area).replace("['", "").replace("']", "").replace("$", ""))
    check(one or (printed[:3] == (1, 1, sheet.max_column) and printed[3] >= sheet.max_row and (printed[3] == sheet.max_row or sheet._charts)),
          f"{name}: prints {sheet.print_area}, not {area}")
    check(one or (sheet.print_title_rows and sheet.freeze_panes), f"{name}: no repeated rows or no frozen panes")
    check(not one or setup.orientation in (None, "portrait"), f"{name}: {setup.orientation}")
    for table in said.get("tables").split():
        rows = body(book, table)[1]
        if str(rows[0][0].value).startswith("Không có "):
            continue
        check_legend(values[sheet.title], body(values, table)[1])
        check_statuses(sheet, rows)
        check_coverage(sheet, rows)
        check_breaks(sheet, rows)
        if said.get("filters") == "yes":
            left, top, right, bottom = range_boundaries(sheet.auto_filter.ref or "A1:A1")
            check((top, bottom, right) == (rows[0][0].row - 1, leaves_of(rows)[-1][0].row, rows[0][-1].column), f"{name}: filters {sheet.auto_filter.ref}")
            check_named(sheet, rows)
        else:
            check(not sheet.auto_filter.ref, f"{name}: filters")


def check_charts(path, values):
    """Two on the first sheet, and one for each indicator whose plan is not 0 on a sheet of their own, in words too; what they cache is what the cells hold."""
    planned = sum(isinstance(row[3].value, (int, float)) and row[3].value > 0 for row in body(values, "progress-summary")[1])
    with zipfile.ZipFile(path) as z:
        names = z.namelist()
        check(not [n for n in names if "vba" in n.lower() or "externalLink" in n or "media" in n], "macros, links or pictures")
        drawings = [n for n in names if re.fullmatch(r"xl/drawings/drawing\d+\.xml", n)]
        check(sorted(drawings) == ["xl/drawings/drawing1.xml", "xl/drawings/drawing2.xml"], f"drawings: {drawings}")
        alts = [[e.get("descr") or "" for e in ElementTree.fromstring(z.read(n)).iter("{%s}cNvPr" % SPACE["x"])] for n in sorted(drawings)]
        check([len(a) for a in alts] == [2, planned], f"{[len(a) for a in alts]} charts, {planned} indicators with a plan")
        alts = sum(alts, [])
        charts = [ElementTree.fromstring(z.read(n)) for n in sorted(names) if n.startswith("xl/charts/chart")]
    check(len(charts) == len(alts) and all(len(a) > 60 for a in alts), f"charts in words: {alts}")
    for chart in charts:
        title = "".join(t.text for t in chart.find("c:chart/c:title", SPACE).iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"))
        check(any(a.startswith(title) for a in alts), f"no words for {title!r}")
        for ref in list(chart.iter("{%s}numRef" % SPACE["c"])) + list(chart.iter("{%s}strRef" % SPACE["c"])):
            sheet, at = ref.find("c:f", SPACE).text.rsplit("!", 1)
            cells = [c for row in values[sheet.strip("'")][at.replace("$", "")] for c in (row if isinstance(row, tuple) else (row,))]
            cached = {int(p.get("idx")): p.find("c:v", SPACE).text for p in ref.iter("{%s}pt" % SPACE["c"])}
            for i, cell in enumerate(cells):
                want = cell.value if cell.value not in (None, "") else None
                have = cached.get(i)
                check((want is None) == (have is None) and (want is None or str(want) == have or abs(float(have) - float(want)) < 1e-9),
                      f"{title}: {cell.coordinate} holds {want!r}, the chart {have!r}")


def check_meanings(values):
    """In the words of the template and the wording, no name of a field or constant."""
    name = TEMPLATE.find("p:sheet[@is='meanings']", SPACE).get("name")
    words = {t.get("id"): t.text for t in ElementTree.parse(f"{ROOT}/templates/wording/progress.xml").getroot()}
    rows = [[c.value for c in row] for row in values[name].iter_rows()]
    head = next(i for i, row in enumerate(rows) if words["meanings.words"] in row)
    column = rows[head].index(words["meanings.words"])
    said = [row[column] for row in rows[head + 1:] if row[column]]
    check(said and any(s.endswith(f"/ {words['word.million']}") for s in said), f"{name}: no millions in {said}")
    check(not any(re.search("[a-z]_[a-z]|thousand|million|billion", s) for s in said), f"{name}: names in {said}")
    check_phased(values, name, rows[head], rows[head + 1:], words)


def check_phased(values, name, head, rows, words):
    """Each indicator that remarks may be made on, and no other; what its plan is phased by is what its plan to date shows."""
    remarks = TEMPLATE.find("p:sheet[@is='remarks']", SPACE).get("name")
    told = list(dict.fromkeys(row[0].value for row in values[remarks].iter_rows() if row[2].value == words["remarks.whole"]))
    label, phasing, target = (head.index(words["meanings." + x]) for x in ("name", "phasing", "target"))
    check([row[label] for row in rows if row[label]] == told, f"{name}: {[row[label] for row in rows]}, remarks on {told}")
    months = {}
    for row in body(values, "progress-months")[1]:
        if row[0].font.bold:
            group = row[0].value
        if row[0].value == "Lũy kế kế hoạch":
            months[group] = [c.value for c in row[2:14]]
    for row in rows:
        plan = months.get(row[label])
        check((row[target] == words["meanings.unplanned"]) == (not row[phasing]), f"{name}: {row}")
        if plan:
            line = all(isinstance(x, (int, float)) and abs(x - plan[-1] * (i + 1) / 12) < 1e-6 for i, x in enumerate(plan))
            check(row[phasing] == words["meanings.line"] if line else row[phasing] != words["meanings.line"], f"{name}: {row}, {plan}")


def check_findings(book):
    """Without findings a row of the table says so."""
    sheet, rows = body(book, "audit")
    if len(rows) == 1 and not str(rows[0][0].value).isdigit():
        check(str(rows[0][0].value).startswith("Không có sai lệch nào"), f"{sheet.title}: {rows[0][0].value!r}")
        check(rows[0][-1].coordinate in str(sheet.merged_cells.ranges), f"{sheet.title}: that is no row of the table")
    else:
        check(rows and all(str(row[0].value).isdigit() for row in rows), f"{sheet.title}: {[row[0].value for row in rows]}")


def check_setup(path):
    book = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    check(book.sheetnames[:1] == [SAID[0].get("name")] and len(book.sheetnames) >= len(SAID), f"sheets: {book.sheetnames}")
    for said in SAID:
        check_sheet(book, values, said)
    check_charts(path, values)
    check_meanings(values)
    check_findings(book)
    first = [c.value for row in values.worksheets[0].iter_rows(max_row=8) for c in row if c.value]
    check("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first and any("ỦY BAN NHÂN DÂN" in str(v) for v in first), f"head: {first}")


def check_letters(pdf):
    """Nothing is printed in letters of less than 8 pt; but for those of charts, of 7. Letters that are turned have boxes that tell
    nothing of their size: pieces of words, wider than any letter is."""
    em = 1.1075  # ascent and descent of the face
    widest = 1.1  # of a level letter, in em
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout.decode()
    for number, page in enumerate(boxes.split("<page ")[1:]):
        words = re.findall(r'xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">([^<]*)<', page)
        sized = [((float(bottom) - float(top)) / em, float(right) - float(left), word) for left, top, right, bottom, word in words]
        level = [(size, word) for size, width, word in sized if width / len(word) <= widest * size]
        check(len(level) > len(words) / 2, f"page {number + 1}: most letters are turned")
        least = min(level)
        check(least[0] >= (8 if number else 7), f"page {number + 1}: {least[1]!r} has letters of {least[0]:.1f} pt")


def check_whole(book, pages):
    """No group of months is parted, all charts of months are on one page, and no other row stands on the page of the sums."""
    texts = {g.title: "\n".join(str(c.value) for row in g.iter_rows() for c in row if c.value) for g in book}
    first, last = "Trong tháng", "Số địa bàn phải báo cáo"
    for number, page in enumerate(pages):
        check(page.count(first + " ") == page.count(last + " "), f"page {number + 1} parts a group of months")
    check(sum(page.count(first + " ") for page in pages) == texts["Theo tháng"].count(first), f"not every {first!r} is printed")
    charts = sum("Thực hiện Kế hoạch" in page for page in pages[1:])
    check(charts == 1, f"charts of months stand on {charts} pages")
    check(not any("Thực hiện Kế hoạch" in page and "Đơn vị tính" in page for page in pages[1:]), "the header of a table stands above charts")
    sums = [row for row in body(book, "progress-areas")[1] if re.fullmatch("[IVX]+", str(row[0].value))]
    at = [i for i, page in enumerate(pages) for row in sums if f"\n{row[0].value} {row[1].value} " in "\n" + page]
    check(len(sums) > 5 and len(at) == len(sums) and len(set(at)) == 1, f"{len(sums)} sums on pages {at}")
    check(not at or not re.search(r"^\d+ \D", pages[at[0]], re.M), "rows of areas stand on the page of the sums")


def check_printed(path, pdf):
    book = openpyxl.load_workbook(path)
    pages = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode().split("\f")[:-1]
    titles = [str(sheet["A1"].value) for sheet in book.worksheets[1:]]
    flat = ["".join(p.split()) for p in pages]
    check("###" not in "".join(pages), "something is cut to ###")
    starts = []
    for title in titles:
        at = [i for i, p in enumerate(flat) if "".join(title.split()) in p]
        check(len(at) == 1, f"{title!r} begins on pages {at}")
        starts += at[:1]
    check(starts == sorted(starts) and starts[:1] == [1], f"sheets begin on pages {starts}: the first must have exactly one")
    check_letters(pdf)
    check_whole(book, pages)
    for number, text in enumerate(flat):
        check(f"{number + 1}/{len(pages)}" in text, f"page {number + 1}: no number")
    print(f"{len(pages)} pages")


def check_told(path):
    """A total that is none, a row that was skipped, a column that is not there: file, place, what was found, what was expected."""
    rows = [[c.value for c in row] for row in openpyxl.load_workbook(path)["Kiểm tra số liệu"].iter_rows()]
    total = [r for r in rows if r[3] == "tệp bao-cao-thang.csv, dòng 86, cột 4"]
    skipped = [r for r in rows if r[3] == "tệp bao-cao-thang.csv, dòng 87, cột 1"]
    check(len(total) == 1 and total[0][5:7] == ["999", "91"] and "cộng lại là 91" in total[0][7], f"the total: {total}")
    check(len(skipped) == 1 and "bỏ qua" in skipped[0][7], f"the skipped row: {skipped}")
    check(any(r[3] == "tệp bao-cao-thang.csv, dòng 1" for r in rows), f"a place without a column: {[r[3] for r in rows]}")


def check_published(path, said):
    """What `check` says of published figures stands on the sheet: as many findings, each with what was published and what is computed."""
    words = {t.get("id"): t.text for t in ElementTree.parse(f"{ROOT}/templates/wording/audit.xml").getroot()}
    rows = [[c.value for c in row] for row in openpyxl.load_workbook(path)["Kiểm tra số liệu"].iter_rows()]
    found = [(row[5], row[6]) for row in rows if row[1] == words["rule.published"]]
    with open(said, encoding="utf-8") as f:
        told = re.findall(r": published (.+?), computed (.+?)(?= \(| \[).*\[published\]$", f.read(), re.M)
    check(found and found == told, f"the sheet has {found}, check says {told}")


def check_counted(path):
    """An empty cell is no missing return: all sheets count the same returns, and the indicator says of how many areas it is."""
    book = openpyxl.load_workbook(path, data_only=True)
    rows = {sheet.title: [[c.value for c in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
    said = " ".join(str(v) for name in ("Tổng hợp", "Cách tổng hợp") for row in rows[name] for v in row if isinstance(v, str))
    check("Đã nhận 35/35 báo cáo tháng" in said and "đã có 35/35 báo cáo" in said, f"returns: {said}")
    for name in ("Số hộ nghèo giảm", "Hộ thoát nghèo"):
        row = next(r for r in rows["Tổng hợp"] if r[1] == name)
        check("6/7" in row, f"the indicator: {row}")
    check(any(r[1] == "Toàn địa bàn" and 35 in r for r in rows["Báo cáo của cơ sở"]), "the sheet of returns")
    months = [r[:3] for r in rows["Theo tháng"] if r[1] == "địa bàn"]
    whole = [["Số địa bàn có báo cáo", "địa bàn", 7], ["Số địa bàn phải báo cáo", "địa bàn", 7]]
    lacking = whole + [["Số địa bàn có số liệu", "địa bàn", 6]]
    check(months[:6] == lacking * 2, f"months: {months[:6]}")
    check(months[6:] == whole * (len(months[6:]) // 2), f"other indicators: {months[6:]}")


def check_gap(path):
    """A month of which nobody reported has no point; the sums go on behind it, over what is known."""
    book, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)["Theo tháng"]
    row = next(r for r in book["Theo tháng"].iter_rows() if r[0].value == "Lũy kế thực hiện")
    values = [c.value for c in row[2:7]]
    check(values == [1, 3, 4, None, 6], f"done: {values}")
    n = row[0].row
    check(formulas[f"F{n}"].value is None and formulas[f"G{n}"].value == f"=SUM(E{n},G{n - 1})", f"formulas: {formulas[f'F{n}'].value} {formulas[f'G{n}'].value}")
    check([c.value for c in book["Theo tháng"][n + 2][2:7]] == [7, 7, 7, 0, 7], "reporting areas")
    check([c.value for c in book["Theo tháng"][n + 3][2:9]] == [7, 7, 7, 7, 7, None, None], "areas that should report")


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    {"numbers": check_numbers, "set-up": check_setup, "printed": check_printed, "told": check_told,
     "published": check_published, "counted": check_counted, "gap": check_gap}[what](*rest)
    if problems:
        sys.exit("\n".join(problems[:20]))
