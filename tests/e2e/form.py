"""Forms as a clerk sees them, read with openpyxl; and filled in with the figures of the job's own sources.

form.py check JOB.xml FORM.xlsx [DATASET...]     sheets, areas, open and locked cells, checks, notes, print set-up
form.py fill JOB.xml FORM.xlsx FILLED.xlsx       every open cell as the source has it
form.py job JOB.xml FILE DIR                     a copy of the job in DIR whose sources of the form's sheets are FILE
form.py same ONE/figures.json OTHER/figures.json all figures and texts, places and what sources assert aside"""
import csv
import datetime
import json
import re
import shutil
import sys
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter

JOB = "{urn:kehoach:job:1}"
DATASET = "{urn:kehoach:dataset:1}"
NUMBERS = ("count", "money", "rate", "number")
HEAD_ROWS = 5
problems = []


def check(condition, message):
    if not condition:
        problems.append(message)


def folded(text):
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(text))).strip().lower()
    return re.sub(r"[-_ ]+", " ", text)


class Dataset:
    def __init__(self, name, year):
        root = ET.parse(f"templates/datasets/{name}.xml").getroot()
        self.fields = {f.get("id"): f for f in root.iter(DATASET + "field")}
        self.names = {}
        self.totals = [folded(t) for t in (root.get("total") or "").split("|") if t]
        for f in self.fields.values():
            for text in [n.text for n in f.iter(DATASET + "name")] + [f.get("id")]:
                text = re.sub(r"\{period - 1\}", str(year - 1), text).replace("{period}", str(year))
                self.names[folded(text)] = f.get("id")

    def type(self, field):
        return self.fields[field].get("type")

    def keys(self):
        return [i for i, f in self.fields.items() if f.get("key") == "yes"]


class Job:
    def __init__(self, path):
        self.path = Path(path)
        root = ET.parse(path).getroot()
        self.year = int(root.get("period")[:4])
        self.place = root.find(JOB + "document").get("place")
        self.sources = root.findall(JOB + "source")
        self.area_datasets = []
        for s in self.sources:
            dataset = Dataset(s.get("dataset"), self.year)
            by_area = any(dataset.type(k) == "area" for k in dataset.keys())
            if by_area and s.get("role", "current") == "current" and s.get("dataset") not in self.area_datasets:
                self.area_datasets.append(s.get("dataset"))

    def source(self, dataset, role="current"):
        return next((s for s in self.sources if s.get("dataset") == dataset and s.get("role", "current") == role), None)

    def rows(self, dataset, role="current"):
        """The rows of a source as {field: text}, without totals."""
        source = self.source(dataset, role)
        data = Dataset(dataset, self.year - (role == "previous"))
        path = self.path.parent / source.get("href")
        if path.suffix == ".xml":
            table = [[(c.tag, c.text or "") for c in row] for row in ET.parse(path).getroot()]
        else:
            with open(path, encoding="utf-8-sig", newline="") as f:
                head, *lines = csv.reader(f, delimiter=";")
            table = [list(zip(head, line)) for line in lines]
        rows = [{data.names[folded(name)]: text for name, text in row if folded(name) in data.names} for row in table]
        return [r for r in rows if not any(folded(text) in data.totals for text in r.values())]


class Sheet:
    """A sheet of a form: its columns by the header path, its rows of areas."""

    def __init__(self, sheet, job):
        self.sheet = sheet
        self.data = Dataset(sheet.title, job.year)
        self.first = int(re.sub("[A-Z]", "", sheet.freeze_panes))
        self.merged = {}
        for area in sheet.merged_cells.ranges:
            for row, column in ((r, c) for r in range(area.min_row, area.max_row + 1) for c in range(area.min_col, area.max_col + 1)):
                self.merged[row, column] = (area.min_row, area.min_col)
        numbers = [sheet.cell(self.first - 1, c).value for c in range(1, sheet.max_column + 1)]
        self.n_entry = sum(v is not None and re.fullmatch(r"\(\d+\)", str(v)) is not None for v in numbers)
        check(numbers[: self.n_entry] == [f"({i + 1})" for i in range(self.n_entry)], f"{sheet.title}: column numbers {numbers}")
        self.paths = [self.path(c) for c in range(1, sheet.max_column + 1)]
        self.fields = [self.data.names.get(folded(" > ".join(p))) for p in self.paths]
        self.last = self.first
        while self.sheet.cell(self.last, 1).value is not None:
            self.last += 1
        self.last -= 1

    def path(self, column):
        places = []
        for row in range(HEAD_ROWS + 1, self.first - 1):
            place = self.merged.get((row, column), (row, column))
            if place not in places and self.sheet.cell(*place).value is not None:
                places.append(place)
        return [self.sheet.cell(*p).value for p in places]

    def column(self, field):
        return self.fields.index(field) + 1

    def key(self, row):
        return tuple(folded(self.sheet.cell(row, self.column(k)).value) for k in self.data.keys())


def is_entry(form, column):
    return not form.sheet.cell(form.first, column).protection.locked


def check_cells(form, job):
    s = form.sheet
    keys = [tuple(folded(r[k]) for k in form.data.keys()) for r in job.rows(s.title)]
    check([form.key(r) for r in range(form.first, form.last + 1)] == keys, f"{s.title}: the rows are not those of the source")
    for c in range(1, form.n_entry + 1):
        field = form.fields[c - 1]
        check(field is not None, f"{s.title}: no field for {form.paths[c - 1]}")
        for r in range(1, s.max_row + 1):
            body = form.first <= r <= form.last
            check(s.cell(r, c).protection.locked != (body and is_entry(form, c)), f"{s.title}: cell {r},{c} is open or locked")
            if body and is_entry(form, c) and form.data.type(field) in NUMBERS:
                check(s.cell(r, c).value is None, f"{s.title}: cell {r},{c} holds {s.cell(r, c).value}")
    entered = [form.fields[c - 1] for c in range(1, form.n_entry + 1)]
    for field, f in form.data.fields.items():
        check(f.get("required") != "yes" or field in entered, f"{s.title}: {field} is not asked for")


def check_validations(form):
    s = form.sheet
    for c in range(1, form.n_entry + 1):
        if not is_entry(form, c):
            continue
        kind = form.data.type(form.fields[c - 1])
        cell = f"{get_column_letter(c)}{form.first}"
        found = [v for v in s.data_validations.dataValidation if cell in v.cells]
        check(len(found) == 1, f"{s.title}!{cell}: {len(found)} validations")
        if not found:
            continue
        v = found[0]
        check(f"{get_column_letter(c)}{form.last}" in str(v.sqref), f"{s.title}!{cell}: the check ends at {v.sqref}")
        check(v.promptTitle and v.prompt and v.showInputMessage, f"{s.title}!{cell}: no prompt")
        unit = form.data.fields[form.fields[c - 1]].get("unit")
        check(not unit or unit in v.prompt, f"{s.title}!{cell}: no unit in {v.prompt}")
        wanted = {"count": "whole", "money": "decimal", "rate": "decimal", "number": "decimal", "flag": "list", "date": "date", "month": "whole"}
        if kind in wanted:
            check(v.type == wanted[kind] and v.errorTitle and v.error, f"{s.title}!{cell}: {v.type} {v.error}")
            check(v.errorStyle in (None, "stop"), f"{s.title}!{cell}: {v.errorStyle}")
        if kind == "count":
            check(v.operator in (None, "between") and v.formula1 == "0" and int(v.formula2) > 10**6, f"{s.title}!{cell}: {v.formula1}")


def check_notes(form, job):
    s = form.sheet
    for c in range(1, s.max_column + 1):
        places = [s.cell(*form.merged.get((r, c), (r, c))) for r in range(HEAD_ROWS + 1, form.first - 1)]
        noted = any(p.comment and p.comment.text for p in places)
        check(noted == any(p.value is not None for p in places), f"{s.title}: column {c} has no note")
    text = " ".join(str(c.value) for row in s.iter_rows() for c in row if c.value is not None)
    for words in ("BIỂU NHẬP SỐ LIỆU", "ỦY BAN NHÂN DÂN", f"năm {job.year}", "NGƯỜI LẬP BIỂU", job.place):
        check(words in text, f"{s.title}: it does not say {words}")


def check_total(form):
    s = form.sheet
    row = form.last + 1
    if not form.data.totals:
        return
    labels = [folded(s.cell(row, c).value) for c in range(1, form.n_entry + 1)]
    check(any(label in form.data.totals for label in labels), f"{s.title}: no total row: {labels}")
    for c in range(1, form.n_entry + 1):
        if form.data.type(form.fields[c - 1]) == "count":
            letter = get_column_letter(c)
            check(f"SUM({letter}{form.first}:{letter}{form.last})" in str(s.cell(row, c).value), f"{s.title}: total {s.cell(row, c).value}")


def check_previous(form, job):
    """Figures of the year before stand behind a blank column, under one heading, where the area was one already."""
    s = form.sheet
    behind = range(form.n_entry + 1, s.max_column + 1)
    if job.source(s.title, "previous") is None:
        check(not behind, f"{s.title}: columns {list(behind)} of no year")
        return
    check(form.paths[form.n_entry] == [], f"{s.title}: no gap")
    data = Dataset(s.title, job.year - 1)
    before = {folded(r["area"]): r for r in job.rows(s.title, "previous")}
    for c in list(behind)[1:]:
        top, leaf = form.paths[c - 1][0], form.paths[c - 1][-1]
        check(top == f"Năm {job.year - 1} (tham khảo)" and re.fullmatch(r"\(.*\)", leaf), f"{s.title}: {form.paths[c - 1]}")
        check(form.fields[c - 1] is None, f"{s.title}: {form.paths[c - 1]} is a field")
        field = data.names[folded(leaf[1:-1])]
        for r in range(form.first, form.last + 1):
            area = folded(s.cell(r, form.column("area")).value)
            value = s.cell(r, c).value
            if area in before and before[area][field]:
                check(str(value) == before[area][field], f"{s.title}: {area} had {before[area][field]}, not {value}")
            check(s.cell(r, c).protection.locked, f"{s.title}: {r},{c} is open")


def check_print(form):
    s = form.sheet
    setup = s.page_setup
    check(s.protection.sheet and not s.protection.password, f"{s.title}: protection")
    check(str(setup.paperSize) == "9" and setup.fitToHeight in (None, 0, 1), f"{s.title}: paper")
    check(s.print_title_rows == f"${HEAD_ROWS + 1}:${form.first - 1}", f"{s.title}: repeats {s.print_title_rows}")
    check(s.column_dimensions["B"].width > 3, f"{s.title}: narrow")
    fonts = {c.font.name for row in s.iter_rows() for c in row if c.value is not None}
    check(fonts == {"Times New Roman"}, f"{s.title}: fonts {fonts}")


def check_form(job, path, *datasets):
    job = Job(job)
    book = openpyxl.load_workbook(path)
    check(book.sheetnames == (list(datasets) or job.area_datasets), f"sheets {book.sheetnames}")
    for sheet in book.worksheets:
        form = Sheet(sheet, job)
        check_cells(form, job)
        check_validations(form)
        check_notes(form, job)
        check_total(form)
        check_previous(form, job)
        check_print(form)
        print(f"{sheet.title}: {form.n_entry} columns, {form.last - form.first + 1} rows")


def typed(text, kind):
    if kind in NUMBERS:
        number = float(text.replace(".", "").replace(",", ".").replace("%", ""))
        return int(number) if number == int(number) else number
    if kind == "date":
        return datetime.datetime.strptime(text, "%d/%m/%Y")
    return text


def fill(job, path, filled):
    job = Job(job)
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        form = Sheet(sheet, job)
        rows = {tuple(folded(r[k]) for k in form.data.keys()): r for r in job.rows(sheet.title)}
        for r in range(form.first, form.last + 1):
            for c in range(1, form.n_entry + 1):
                text = rows[form.key(r)].get(form.fields[c - 1], "").strip() if is_entry(form, c) else ""
                if text not in ("", "-"):
                    sheet.cell(r, c).value = typed(text, form.data.type(form.fields[c - 1]))
    book.save(filled)


def copy_job(path, file, target):
    job = Job(path)
    folder = Path(target)
    shutil.copytree(job.path.parent, folder)
    shutil.copy(file, folder / ("so-lieu" + Path(file).suffix))
    text = job.path.read_text(encoding="utf-8")
    for dataset in job.area_datasets:
        source = rf'(<source id="[a-z-]+" dataset="{dataset}") href="[^"]*"( rows="[^"]*")?/>'
        text, n = re.subn(source, rf'\1 href="so-lieu{Path(file).suffix}"/>', text)
        check(n == 1, f"{n} sources of {dataset}")
    (folder / "job.xml").write_text(text, encoding="utf-8")


def without_places(path):
    figures = json.loads(Path(path).read_text(encoding="utf-8"))
    figures.pop("audit", None)
    for cells in [figures["texts"]] + [row["cells"] for table in figures["tables"] for row in table["rows"]]:
        for cell in cells:
            cell.pop("from")
    return figures


def same(one, other):
    a, b = without_places(one), without_places(other)
    check(a["texts"] == b["texts"], "figures in sentences differ")
    check([t["id"] for t in a["tables"]] == [t["id"] for t in b["tables"]], "other tables")
    for x, y in zip(a["tables"], b["tables"]):
        for r, s in zip(x["rows"], y["rows"]):
            for p, q in zip(r["cells"], s["cells"]):
                check(p == q, f"{x['id']}/{r['key']}: {p}, {q}")
        check(x == y, f"{x['id']} differs")


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    {"check": check_form, "fill": fill, "job": copy_job, "same": same}[what](*rest)
    if problems:
        sys.exit("\n".join(problems[:20]))
