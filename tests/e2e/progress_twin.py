"""The accessible workbook beside progress-P.xlsx, read with openpyxl.

progress_twin.py compare BOOK.xlsx TWIN.xlsx   each table of one stands in the other, each cell with the same value and format
progress_twin.py read TWIN.xlsx FOLDER         what another program (ssconvert, soffice: FOLDER/NAME-N.csv) reads of it: the same numbers
progress_twin.py mutants TWIN.xlsx FOLDER      each rule of accessible workbooks is found broken in the twin by kehoach lint"""
import csv
import glob
import json
import os
import re
import subprocess
import sys

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import IconSetRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import range_boundaries

FRONT = ["Trang bìa", "Mục lục", "Chú thích"]
SHORTHAND = re.compile(r"\[[a-z]\]$")
problems = []


def check(condition, message):
    if not condition:
        problems.append(message)
    return condition


def cells(sheet, at):
    left, top, right, bottom = range_boundaries(at)
    return [[sheet.cell(r, c) for c in range(left, right + 1)] for r in range(top, bottom + 1)]


def bodies(book):
    """Name of each table of the printed workbook -> its sheet and rows."""
    found = {}
    for defined in book.defined_names.definedName:
        if defined.name.startswith("bang_"):
            sheet, at = defined.attr_text.rsplit("!", 1)
            found[defined.name] = (sheet.strip("'"), cells(book[sheet.strip("'")], at))
    return found


def twin_tables(twin):
    return {t.name: (sheet.title, cells(sheet, t.ref)) for sheet in twin for t in sheet.tables.values()}


def is_figure(cell):
    return isinstance(cell.value, (int, float))


def agree(printed, twin):
    if is_figure(printed) or is_figure(twin):
        return is_figure(printed) and is_figure(twin) and abs(printed.value - twin.value) <= 1e-13 * abs(printed.value) and printed.number_format == twin.number_format
    if printed.value in (None, "", "-", "[c]"):
        return bool(SHORTHAND.match(str(twin.value)))
    return printed.value == twin.value


def compare(path, twin_path):
    printed = bodies(openpyxl.load_workbook(path, data_only=True))
    twin = openpyxl.load_workbook(twin_path)
    tables = twin_tables(twin)
    figures = 0
    check(twin.sheetnames[:3] == FRONT, f"the first sheets are {twin.sheetnames[:3]}")
    empty = {name for name, (_, rows) in tables.items() if all(SHORTHAND.match(str(c.value)) for c in rows[1])}
    check(set(printed) == set(tables) - {"muc_luc", "chu_thich"} - empty, f"tables differ: {sorted(printed)} {sorted(tables)}")
    check([row[0].value for row in tables["muc_luc"][1][1:]] == twin.sheetnames[3:], "the contents list other sheets")
    for row in tables["muc_luc"][1][1:]:
        check(row[0].hyperlink and row[0].hyperlink.location == f"'{row[0].value}'!A1", f"{row[0].coordinate} leads elsewhere")
    for name, (sheet, rows) in printed.items():
        if name not in tables:
            continue
        where, (head, *twin_rows) = tables[name]
        check(where.startswith(sheet), f"{name} stands on {where}, not {sheet}")
        group = len(head) - len(rows[0])
        # heads of groups have a column of their own in the twin: they are left out where they have no figure
        whole = [r for r in rows if any(map(is_figure, r)) or not r[0].font.b]
        if not check(len(whole) == len(twin_rows), f"{name}: {len(whole)} rows, the twin has {len(twin_rows)}"):
            continue
        words = str(rows[0][0].value)
        if words.startswith("Không có "):  # over all columns; the twin merges none
            check(words in [c.value for c in twin_rows[0]], f"{name}: the twin does not say {words!r}")
            continue
        for one, other in zip(whole, twin_rows):
            for a, b in zip(one, other[group:]):
                figures += is_figure(a)
                check(agree(a, b), f"{name} {a.coordinate}: {a.value!r} {a.number_format}, the twin's {b.coordinate}: {b.value!r} {b.number_format}")
    check(figures > 100, f"only {figures} figures are compared")
    print(f"# {len(printed)} tables, {figures} figures")


def numbers(rows):
    """Those of cells that are one, as written."""
    found = []
    for row in rows:
        for text in row:
            if re.fullmatch(r"-?\d+(\.\d+)?(E-?\d+)?", text):
                found.append(float(text))
    return found


def read(path, folder):
    twin = openpyxl.load_workbook(path)
    files = sorted(glob.glob(os.path.join(folder, "*.csv")), key=lambda p: int(re.search(r"(\d+)\.csv$", p).group(1)))
    check(len(files) == len(twin.sheetnames), f"{len(files)} files, {len(twin.sheetnames)} sheets")
    compared = 0
    for sheet, file in zip(twin, files):
        with open(file, encoding="utf-8", newline="") as f:
            theirs = numbers(csv.reader(f))
        ours = [float(c.value) for row in sheet.iter_rows() for c in row
                if is_figure(c) or (isinstance(c.value, str) and re.fullmatch(r"-?\d+(\.\d+)?", c.value))]
        compared += len(ours)
        check(len(ours) == len(theirs) and all(abs(a - b) <= 1e-9 * max(1, abs(a)) for a, b in zip(ours, theirs)), f"{sheet.title}: other numbers")
    check(compared > 100, f"only {compared} numbers are compared")


# ---- rules ----


def table_of(sheet):
    return next(iter(sheet.tables.values()))


def set_cell(at, **what):
    def change(book):
        for name, value in what.items():
            setattr(book["Theo địa bàn"][at], name, value)

    return change


def on(name, act):
    return lambda book: act(book[name])


def clear_row(sheet):
    row = range_boundaries(table_of(sheet).ref)[3]
    for cell in sheet[row]:
        cell.value = None


def rename_table(sheet):
    table = table_of(sheet)
    del sheet.tables[table.name]
    table.name = table.displayName = "Table7"
    sheet.tables[table.name] = table


def drop_table(sheet):
    sheet.tables.clear()


def two_heads(sheet):
    sheet["D3"] = sheet["C3"].value
    table_of(sheet).tableColumns[3].name = table_of(sheet).tableColumns[2].name


MUTANTS = [
    ("d1-table", on("Giải ngân", drop_table)),
    ("d2-table-name", on("Giải ngân", rename_table)),
    ("d3-merge", on("Giải ngân", lambda s: s.merge_cells("A2:C2"))),
    ("d4-blank", on("Theo địa bàn", clear_row)),
    ("d5-header", on("Theo địa bàn", two_heads)),
    ("d6-wrap", on("Theo địa bàn", lambda s: setattr(s.column_dimensions["B"], "width", 2))),
    ("d7-filter", on("Theo địa bàn", lambda s: setattr(s, "freeze_panes", "A4"))),
    ("d8-empty", set_cell("D5", value=None)),
    ("d9-hidden", on("Theo địa bàn", lambda s: setattr(s.row_dimensions[5], "hidden", True))),
    ("d10-symbol", set_cell("C5", value="Tả Phời *")),
    ("d11-note-marker", set_cell("C5", value="Tả Phời [chú thích 1]")),
    ("d12-notes", lambda b: setattr(b["Trang bìa"]["A1"], "value", "Tiến độ")),
    ("d13-shorthand", set_cell("D5", value="[r]")),
    ("d14-link", lambda b: setattr(b["Mục lục"]["A4"], "value", "tại đây")),
    ("d15-font", set_cell("C5", font=Font(name="Arial", size=9))),
    ("d16-title", lambda b: setattr(b["Theo địa bàn"]["A1"], "font", Font(name="Arial", size=12))),
    ("d17-floating", set_cell("C5", comment=Comment("xem", "A"))),
    ("d18-fill", set_cell("C5", fill=PatternFill("solid", fgColor="FFEEEEEE"))),
    ("d19-colour", on("Theo địa bàn", lambda s: s.conditional_formatting.add("E4:E9", IconSetRule("3Arrows", "percent", [0, 33, 67])))),
    ("d21-sheets", lambda b: b.move_sheet("Chú thích", 2)),
    ("d22-layout", on("Theo địa bàn", lambda s: setattr(s["A2"], "value", "Số liệu của các địa bàn."))),
    ("d23-properties", lambda b: setattr(b.properties, "language", None)),
    ("d24-cover", lambda b: setattr(b["Trang bìa"]["A6"], "value", "Không rõ")),
]


def lint(path):
    done = subprocess.run([os.environ["KEHOACH"], "--json", "lint", path], capture_output=True, text=True)
    return {json.loads(line)["rule"] for line in done.stdout.splitlines()}


def mutants(path, folder):
    plain = os.path.join(folder, "plain.accessible.xlsx")
    openpyxl.load_workbook(path).save(plain)
    check(not lint(plain), f"as openpyxl saves it: {sorted(lint(plain))}")
    for rule, change in MUTANTS:
        book = openpyxl.load_workbook(path)
        changed = os.path.join(folder, "changed.accessible.xlsx")
        change(book)
        book.save(changed)
        found = lint(changed)
        check(rule in found, f"{rule}: found {sorted(found)}")
    print(f"# {len(MUTANTS)} changes")


if __name__ == "__main__":
    {"compare": compare, "read": read, "mutants": mutants}[sys.argv[1]](*sys.argv[2:])
    print("\n".join(problems[:20]))
    sys.exit(bool(problems))
