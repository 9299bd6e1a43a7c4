#!/usr/bin/env python3
"""Writes the sources of a job as an office keeps them in a spreadsheet, and the job that reads each form of it.

make.py JOB.xml...      (job-csv.xml, where job.xml reads one of the forms itself) writes beside each: so-lieu.xlsx .ods .fods .xls, so-lieu-2003.xml, tcvn3/*.csv, job-FORM.xml

The sheets have title lines, headers of several levels with merged cells, a row of column numbers, numbers typed as text where
the source pads them, percent cells, a total row with formulas, notes and signature lines. openpyxl writes them, LibreOffice
computes the totals and saves every form but the Excel 2003 one. Run it when a source changes; the results are kept beside the job."""
import csv
import datetime
import functools
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FORMS = {  # FORM of job-FORM.xml: file, filter of LibreOffice
    "xlsx": ("so-lieu.xlsx", "Calc MS Excel 2007 XML"),
    "ods": ("so-lieu.ods", "calc8"),
    "fods": ("so-lieu.fods", "OpenDocument Spreadsheet Flat XML"),
    "xls": ("so-lieu.xls", "MS Excel 97"),
    "ssml": ("so-lieu-2003.xml", None),  # LibreOffice 7.4 cannot write it (its stylesheet recurses over 16,384 columns)
}
PERCENT = {"bac-son-2023", "kong-chro-2024"}  # whose rates are percent cells; the others write 1,56 for 1,56%
NUMBERS = {"count", "money", "rate", "number"}
FONT = "Times New Roman"
THIN = Border(*[Side(style="thin")] * 4)


def tag(e):
    return e.tag.rsplit("}", 1)[-1]


def folded(text):
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("-", " ").replace("_", " ").split())


class Dataset:
    def __init__(self, folder, name, period):
        paths = [f"{folder}/templates/datasets/{name}.xml", f"{ROOT}/templates/datasets/{name}.xml"]
        root = ElementTree.parse(next(p for p in paths if os.path.exists(p))).getroot()
        self.title = root.get("title")
        self.totals = (root.get("total") or "").split("|")
        self.fields = {}
        for field in root:
            if tag(field) == "field":
                names = [self.filled(n.text, period) for n in field if tag(n) == "name"]
                self.fields[field.get("id")] = (field.get("type"), field.get("unit") or "", names)
        self.known = {folded(n): f for f, (_, _, names) in self.fields.items() for n in [*names, f]}

    @staticmethod
    def filled(name, period):
        name = re.sub(r"\{period\s*([-+])\s*(\d)\}", lambda m: str(period + int(m[1] + m[2])), name)
        return name.replace("{period}", str(period))

    def header(self, written):
        """The field of a header text and the path of header cells for it: the first name with levels, else as it was written."""
        field = self.known.get(folded(written))
        if field is None:
            return None, [written]
        names = self.fields[field][2]
        levels = next((n for n in names if " > " in n), None)
        if levels is None and re.fullmatch("[a-z-]+", written):  # the name of an XML element
            levels = names[0]
        return field, (levels or written).split(" > ")


def rows_of(path, rows_path):
    if path.endswith(".xml"):
        element = rows_path.rsplit("/", 1)[-1]
        found = [e for e in ElementTree.parse(path).getroot() if tag(e) == element]
        names = []
        for row in found:
            names += [tag(c) for c in row if tag(c) not in names]
        return names, [[next((c.text or "" for c in row if tag(c) == n), "") for n in names] for row in found]
    with open(path, encoding="utf-8-sig", newline="") as f:
        text = f.read()
    delimiter = max(";,\t", key=text.splitlines()[0].count)
    rows = [r for r in csv.reader(text.splitlines(keepends=True), delimiter=delimiter) if any(c.strip() for c in r)]
    return rows[0], [r + [""] * (len(rows[0]) - len(r)) for r in rows[1:]]


def number(text):
    """'1.234,5' as a Decimal, or None."""
    if not re.fullmatch(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", text.strip()):
        return None
    return Decimal(text.strip().replace(".", "").replace(",", "."))


def put(cell, kind, text, percent):
    """One cell as an office types it."""
    text = text.strip()
    value = number(text)
    day = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if not text:
        return
    if kind == "date" and day:
        cell.value = datetime.date(int(day[3]), int(day[2]), int(day[1]))
        cell.number_format = "dd/mm/yyyy"
    elif kind in NUMBERS and value is not None and not re.match(r"0\d", text):
        if kind == "rate" and percent:
            cell.value = float(value / 100)
            cell.number_format = "0.00%"
        else:
            cell.value = int(value) if value == int(value) else float(value)
            cell.number_format = "#,##0" if kind in ("count", "money") and value >= 1000 else "General"
    else:
        cell.value = text  # "05": a number typed as text
        cell.number_format = "@"


def tree(paths, depth):
    """Merged header cells: (level, first column, levels, columns, text) of paths of texts."""
    cells = []
    for level in range(depth):
        first = 0
        while first < len(paths):
            last = first
            if level < len(paths[first]):
                while last + 1 < len(paths) and len(paths[first]) > level + 1 and paths[last + 1][: level + 1] == paths[first][: level + 1] and len(paths[last + 1]) > level + 1:
                    last += 1
                height = depth - level if level == len(paths[first]) - 1 else 1
                cells.append((level, first, height, last - first + 1, paths[first][level]))
            first = last + 1
    return cells


def styled(cell, text, **font):
    cell.value = text
    cell.font = Font(name=FONT, size=12, **font)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def write_header(sheet, top, paths):
    depth = max(map(len, paths))
    for level, column, height, width, text in tree(paths, depth):
        styled(sheet.cell(top + level, column + 1), text, bold=True)
        if height > 1 or width > 1:
            sheet.merge_cells(start_row=top + level, start_column=column + 1, end_row=top + level + height - 1,
                              end_column=column + width)
    for i in range(len(paths)):
        styled(sheet.cell(top + depth, i + 1), f"({i + 1})", italic=True)
    for row in sheet.iter_rows(min_row=top, max_row=top + depth, max_col=len(paths)):
        for cell in row:
            cell.border = THIN
    return top + depth + 1


def write_total(sheet, dataset, fields, first, last):
    """Sums of what can be added; the label stands in the first column of text."""
    label = next(i for i, f in enumerate(fields) if f and dataset.fields[f][0] in ("area", "text") and f != "row_no")
    styled(sheet.cell(last + 1, label + 1), dataset.totals[0], bold=True)
    for i, field in enumerate(fields):
        kind = dataset.fields[field][0] if field else None
        cells = [sheet.cell(r, i + 1).value for r in range(first, last + 1)]
        if kind in ("count", "money") and all(isinstance(v, (int, float)) for v in cells):
            letter = get_column_letter(i + 1)
            sheet.cell(last + 1, i + 1).value = f"=SUM({letter}{first}:{letter}{last})"


def write_sheet(book, name, dataset, header, rows, agency, percent):
    sheet = book.create_sheet(name)
    fields, paths = zip(*(dataset.header(h) for h in header))
    width = len(header)
    styled(sheet.cell(1, 1), agency.upper(), bold=True)
    styled(sheet.cell(3, 1), dataset.title, bold=True)
    for row in (1, 3):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=max(width, 2))
    first = write_header(sheet, 5, list(paths))
    for r, row in enumerate(rows, first):
        for c, text in enumerate(row):
            cell = sheet.cell(r, c + 1)
            put(cell, dataset.fields[fields[c]][0] if fields[c] else "text", text, percent)
            cell.font = Font(name=FONT, size=12)
            cell.border = THIN
    last = first + len(rows) - 1
    has_total = any(folded(c) in map(folded, dataset.totals) for row in rows for c in row if c)
    if dataset.totals[0] and not has_total:
        write_total(sheet, dataset, fields, first, last)
    sheet.cell(last + 3, 1).value = "Ghi chú: số liệu do các đơn vị báo cáo."
    sheet.cell(last + 5, 2).value = "Người lập biểu"
    sheet.cell(last + 5, max(width - 1, 3)).value = "TM. ỦY BAN NHÂN DÂN"
    sheet.cell(last + 9, 2).value = "Nguyễn Văn A"
    for i in range(width):
        sheet.column_dimensions[get_column_letter(i + 1)].width = 16


def convert(raw, folder):
    for file, name in FORMS.values():
        if not name:
            continue
        with tempfile.TemporaryDirectory() as tmp:
            suffix = file.rsplit(".", 1)[-1]
            subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp}/profile", "--headless", "--norestore", "--convert-to",
                            f"{suffix}:{name}", "--outdir", tmp, raw], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            shutil.move(f"{tmp}/so-lieu.{suffix}", f"{folder}/{file}")


STYLES = {"%": "sPercent", "d": "sDate"}


def ssml_cell(cell, formula, merged, skipped):
    """One cell as Excel 2003 writes it; skipped: cells are left out before it."""
    value, attributes = cell.value, ""
    if skipped:
        attributes += f' ss:Index="{cell.column}"'
    if cell.coordinate in merged:
        across, down = merged[cell.coordinate]
        attributes += (f' ss:MergeAcross="{across}"' if across else "") + (f' ss:MergeDown="{down}"' if down else "")
    kind, text = "String", "" if value is None else str(value)
    if isinstance(value, datetime.datetime):
        kind, text = "DateTime", value.strftime("%Y-%m-%dT00:00:00.000")
    elif isinstance(value, (int, float)):
        kind = "Number"
    style = next((name for mark, name in STYLES.items() if kind != "String" and mark in cell.number_format.lower()), None)
    if style:
        attributes += f' ss:StyleID="{style}"'
    if isinstance(formula, str) and formula.startswith("="):
        first, last = map(int, re.findall(r"[A-Z]+(\d+)", formula))
        attributes += f' ss:Formula="=SUM(R[{first - cell.row}]C:R[{last - cell.row}]C)"'
    data = f'<Data ss:Type="{kind}">{escape(text)}</Data>' if value is not None else ""
    return f"<Cell{attributes}>{data}</Cell>"


def ssml_sheet(sheet, formulas):
    merged = {r.coord.split(":")[0]: (r.max_col - r.min_col, r.max_row - r.min_row) for r in sheet.merged_cells.ranges}
    covered = {(row, col) for r in sheet.merged_cells.ranges for row, col in r.cells} - {
        (r.min_row, r.min_col) for r in sheet.merged_cells.ranges}
    yield f'<Worksheet ss:Name="{escape(sheet.title)}"><Table>'
    last_row = 0
    for row in sheet.iter_rows():
        cells = [c for c in row if (c.row, c.column) not in covered and (c.value is not None or c.coordinate in merged)]
        if not cells:
            continue
        yield f'<Row ss:Index="{row[0].row}">' if row[0].row != last_row + 1 else "<Row>"
        last_row, last_col = row[0].row, 0
        for cell in cells:
            yield ssml_cell(cell, formulas[cell.coordinate].value, merged, cell.column != last_col + 1)
            last_col = cell.column + merged.get(cell.coordinate, (0, 0))[0]
        yield "</Row>"
    yield "</Table></Worksheet>"


def write_ssml(folder):
    """What LibreOffice computed, as Excel 2003 writes it."""
    values, formulas = (openpyxl.load_workbook(f"{folder}/so-lieu.xlsx", data_only=d) for d in (True, False))
    with open(f"{folder}/{FORMS['ssml'][0]}", "w", encoding="utf-8") as f:
        f.write('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
                '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
                '<Styles><Style ss:ID="Default" ss:Name="Normal"/><Style ss:ID="sPercent"><NumberFormat ss:Format="0.00%"/></Style>'
                '<Style ss:ID="sDate"><NumberFormat ss:Format="dd/mm/yyyy"/></Style></Styles>\n')
        for sheet in values:
            f.write("\n".join(ssml_sheet(sheet, formulas[sheet.title])) + "\n")
        f.write("</Workbook>\n")


@functools.lru_cache(maxsize=None)
def tcvn3_byte(c):
    """The byte of an ABC font, as iconv knows it; None for capitals with a tone and other letters that the fonts have not."""
    if ord(c) < 127:
        return c.encode()
    done = subprocess.run(["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"], input=c.encode(), capture_output=True, check=False)
    return done.stdout if done.returncode == 0 and len(done.stdout) == 1 and done.stdout[0] > 0x7F else None


def write_tcvn3(path, lines):
    """False, and no file, where the old encoding cannot say it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(lines)
    made = [tcvn3_byte(c) for c in unicodedata.normalize("NFC", text.getvalue())]
    if None in made:
        return False
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(b"".join(made))
    return True


def job_text(text, replace):
    """The job with other sources; replace(tag, attributes) gives the attributes that change (None: left out)."""
    def changed(m):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', m[2]))
        attributes.update(replace(m[1], dict(attributes)))
        return f"<{m[1]}" + "".join(f' {k}="{v}"' for k, v in attributes.items() if v is not None) + "/>"

    return re.sub(r"<(source|crosswalk)\b([^>]*)/>", changed, text)


def own_form(path):
    """The form that job.xml itself reads."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    return next((form for form, (file, _) in FORMS.items() if f'href="{file}"' in text), None)


def make(path):
    folder = os.path.dirname(os.path.abspath(path))
    with open(path, encoding="utf-8") as f:
        text = f.read()
    job = ElementTree.fromstring(text.encode())
    sources = [(s.get("dataset", "crosswalk"), s.get("href"), s.get("rows"), int(s.get("period") or job.get("period")[:4])
                - (s.get("role") == "previous")) for s in job if tag(s) in ("source", "crosswalk")]
    agency = next(e.get("name") for e in job if tag(e) == "agency")
    book = openpyxl.Workbook()
    book.remove(book.active)
    old = {}
    for dataset, href, rows_path, period in sources:
        stem = os.path.splitext(href)[0]
        header, rows = rows_of(f"{folder}/{href}", rows_path)
        described = Dataset(folder, dataset, period)
        write_sheet(book, stem, described, header, rows, agency, job.get("id") in PERCENT)
        if write_tcvn3(f"{folder}/tcvn3/{stem}.csv", [[" > ".join(described.header(h)[1]) for h in header], *rows]):
            old[href] = {"href": f"tcvn3/{stem}.csv", "rows": None}
    with tempfile.TemporaryDirectory() as tmp:
        book.save(f"{tmp}/so-lieu.xlsx")
        convert(f"{tmp}/so-lieu.xlsx", folder)
    write_ssml(folder)
    stem_of = lambda a: os.path.splitext(a["href"])[0]
    jobs = {form: lambda _, a, file=file: {"href": file, "rows": None, "sheet": stem_of(a)} for form, (file, _) in FORMS.items()}
    if old:
        jobs["tcvn3"] = lambda _, a: old.get(a["href"], {})
    for form, replace in jobs.items():
        name = "job.xml" if path.endswith("job-csv.xml") and form == own_form(f"{folder}/job.xml") else f"job-{form}.xml"
        with open(f"{folder}/{name}", "w", encoding="utf-8") as f:
            f.write(job_text(text, replace))


for job in sys.argv[1:]:
    make(job)
