"""Compares figures.json with what other programs read in plan.pdf and appendix.xlsx."""
import glob
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import openpyxl


def figures(folder):
    with open(f"{folder}/figures.json", encoding="utf-8") as f:
        return json.load(f)


def fail(message):
    print(message)
    sys.exit(1)


# ---- PDF ----

def flat(text):
    return " ".join(text.split())


def page_words(pdf):
    """Pages as lists of (y, x, word)."""
    xml = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout.decode()
    pages = []
    for page in xml.split("<page ")[1:]:
        words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', page)
        pages.append([((float(y) + float(y2)) / 2, float(x), unescape(w)) for x, y, y2, w in words])
    return pages


def unescape(word):
    for entity, c in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        word = word.replace(entity, c)
    return word


def lines(words):
    """Words of a page by line: those whose middles differ by less than 2 pt."""
    result = []
    for y, x, w in sorted(words):
        if result and y - result[-1][0] < 2:
            result[-1][1].append((x, w))
        else:
            result.append([y, [(x, w)]])
    return [[w for _, w in sorted(line)] for _, line in result]


def check_pdf(folder, plain):
    text = subprocess.run(["pdftotext", "-raw", f"{folder}/plan.pdf", "-"], capture_output=True, check=True).stdout.decode()
    if unicodedata.normalize("NFC", text) != text:
        fail("the text copies out in another form than NFC")
    pages = [re.sub(r"^\d+\n", "", p) for p in text.split("\f")]
    whole = flat(" ".join(pages))
    data = figures(folder)
    place = 0
    for figure in data["texts"]:
        found = whole.find(figure["text"], place)
        if found < 0:
            fail(f'{figure["at"]}: {figure["text"]!r} is not in the PDF behind {whole[max(0, place - 60):place]!r}')
        place = found + len(figure["text"])
    # Every sentence of the reference text is there, word for word; recipients and signature stand side by side.
    squeezed = whole.replace(" ", "")
    with open(plain, encoding="utf-8") as f:
        plain_lines = f.read().splitlines()
    for line in plain_lines:
        for sentence in map(flat, re.split(r"\s{2,}", line.strip())):
            if "|" in line or set(sentence) <= set("=-+ ") or len(sentence) < 40:
                continue
            if sentence.replace(" ", "") not in squeezed:
                fail(f"not in the PDF: {sentence}")
    grids = [[flat(cell) for cell in line.split("|")] for line in plain_lines if "|" in line]
    all_lines = [line for page in page_words(f"{folder}/plan.pdf") for line in lines(page)]
    rows = 0
    for table in data["tables"]:
        if stands_in(table, grids):
            rows += check_pdf_table(table, all_lines)
    if not data["texts"] or (grids and not rows):
        fail("nothing was compared")
    print(f"{len(data['texts'])} figures in sentences, {rows} rows of tables")


# What a table prints is said by its template, not by figures.json.

def template(table):
    return ET.parse(f"templates/tables/{table['id']}.xml").getroot() if os.path.exists(
        f"templates/tables/{table['id']}.xml") else ET.parse(glob.glob(f"tests/golden/*/templates/tables/{table['id']}.xml")[0]).getroot()


def printed(table):
    """Rows of the printed cells."""
    root = template(table)
    hidden = {c.get("id") for c in root.iter() if c.tag.endswith("}column") and c.get("hidden") == "yes"}
    has_total = any(e.tag.endswith("}total") for e in root)
    return [[c for c in row["cells"] if c["column"] not in hidden]
            for row in table["rows"] if row["kind"] != "total" or has_total]


def stands_in(table, grids):
    """Whether the plan's text places the table: a line with just the cells of one of its rows, so that one wrong row does not
    take the table out of the comparison."""
    rows = [[flat(c["text"]) for c in row] for row in printed(table)]
    return any(grid[-len(row):] == row for row in rows for grid in grids)


def check_pdf_table(table, all_lines):
    """Rows found, one below the other."""
    start = 0
    cells = printed(table)
    for row in cells:
        wanted = [w for c in row if c["value"] is not None for w in c["text"].split()]
        found = next((i for i in range(start, len(all_lines)) if in_order(wanted, all_lines[i])), None)
        if found is None:
            fail(f'{table["id"]}: {wanted} is not in the PDF')
        start = found + 1
    return len(cells)


def in_order(wanted, line):
    words = iter(line)
    return all(w in words for w in wanted)


# ---- XLSX ----

def shown(value, code):
    """What a spreadsheet program of a Vietnamese office shows for a number under the formats we use."""
    decimals = len(code.split(".")[1]) if "." in code else 0
    x = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    digits = str(abs(x).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
    whole, _, part = digits.partition(".")
    if "#,##" in code:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", whole)
    whole = whole.zfill(len(re.sub(r"[^0]", "", code.split(".")[0])))
    negative = x < 0 and set(digits) - set("0.")
    return ("-" if negative else "") + whole + ("," + part if part else "")


def sheet_of(book, table):
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=1, max_row=5):
            if any(flat(str(c.value)) == flat(table["title"]) for c in row if c.value is not None):
                return sheet
    return None


def check_xlsx(folder):
    data = figures(folder)
    cached = openpyxl.load_workbook(f"{folder}/appendix.xlsx", data_only=True)
    formulas = openpyxl.load_workbook(f"{folder}/appendix.xlsx")
    compared = live = n_sheet = 0
    for table in data["tables"]:
        sheet = sheet_of(cached, table)
        if sheet is None:
            continue
        n_sheet += 1
        cells = printed(table)
        row_number = first_row(sheet, table, cells[0])
        for row in cells:
            for k, cell in enumerate(row):
                at = sheet.cell(row_number, k + 1)
                formula = formulas[sheet.title].cell(row_number, k + 1).value
                compare_cell(f'{sheet.title}!{at.coordinate}', at, cell)
                compared += 1
                live += isinstance(formula, str) and formula.startswith("=")
            row_number += 1
    of_tables = [s for s in cached.sheetnames if s != "Kiểm tra số liệu"]
    if n_sheet != len(of_tables):
        fail(f"{n_sheet} tables compared, but there are the sheets {of_tables}")
    if compared < 10 or not live:
        fail(f"only {compared} cells and {live} formulas compared")
    print(f"{compared} cells, {live} formulas")


def first_row(sheet, table, cells):
    texts = [(i, c["text"]) for i, c in enumerate(cells) if c["value"] is None and c["text"]]
    for r in range(1, 40):
        if all(str(sheet.cell(r, i + 1).value) == t for i, t in texts):
            return r
    fail(f'{table["id"]}: its first row is not in the sheet {sheet.title}')


def compare_cell(where, at, cell):
    if cell["value"] is None:
        if str(at.value if at.value is not None else "") != cell["text"]:
            fail(f'{where}: {at.value!r}, figures.json says {cell["text"]!r}')
        return
    if isinstance(at.value, str) or at.value is None:
        fail(f"{where}: {at.value!r} is no number")
    exact = Fraction(cell["value"])
    if abs(float(exact) - float(at.value)) > 1e-15 * abs(float(exact)):  # written with 16 digits
        fail(f'{where}: value {at.value!r}, figures.json says {cell["value"]}')
    if shown(at.value, at.number_format) != cell["text"]:
        fail(f'{where}: shows {shown(at.value, at.number_format)} ({at.number_format}), figures.json says {cell["text"]}')


def check_totals(folder, table_id, wanted):
    for table in figures(folder)["tables"]:
        if table["id"] == table_id:
            total = [c["text"] for r in table["rows"] if r["key"] == "total" for c in r["cells"] if c["value"] is not None]
            if total != wanted.split():
                fail(f"{' '.join(total)}\nwanted {wanted}")
            return
    fail(f"no table {table_id}")


if __name__ == "__main__":
    what, folder, *rest = sys.argv[1:]
    {"pdf": check_pdf, "xlsx": check_xlsx, "totals": check_totals}[what](folder, *rest)
