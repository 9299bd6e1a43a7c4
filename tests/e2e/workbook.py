"""What a clerk and an auditor expect of appendix.xlsx, read with openpyxl."""
import json
import sys
import xml.etree.ElementTree

import openpyxl

AUDIT = "Kiểm tra số liệu"  # its figures are text, as they were printed
problems = []


def check(condition, message):
    if not condition:
        problems.append(message)


def check_sheet(sheet):
    """Checks one sheet; how many formulas it has."""
    n_formula = 0
    name = sheet.title
    setup = sheet.page_setup
    check(str(setup.paperSize) == "9", f"{name}: paper is not A4")
    check(sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage, f"{name}: not fitted to the page")
    check(setup.fitToWidth in (None, 1) and setup.fitToHeight == 0, f"{name}: fits {setup.fitToWidth} x {setup.fitToHeight}")
    check(sheet.print_title_rows, f"{name}: no repeated rows")
    check(sheet.freeze_panes, f"{name}: no frozen panes")
    check("&P" in (sheet.oddHeader.center.text or "") + (sheet.oddFooter.center.text or ""), f"{name}: no page number")
    check(sheet.print_area, f"{name}: no print area")
    first = int(sheet.freeze_panes.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    for row in sheet.iter_rows(min_row=first, max_row=sheet.max_row):
        for cell in row:
            if cell.value is None:
                continue
            check(cell.font.name == "Times New Roman", f"{name}!{cell.coordinate}: font {cell.font.name}")
            text = cell.value if isinstance(cell.value, str) else ""
            if text.startswith("="):
                n_formula += 1
                continue
            digits = text.replace(".", "").replace(",", "")
            check(name == AUDIT or not digits.isdigit() or cell.column == 1, f"{name}!{cell.coordinate}: the number {text} is stored as text")
    return n_formula


def n_least(table):
    """How many formulas a table must have: one for each row of sums, one for rows with a figure of several source cells."""
    def has(row, n_from):
        return any(c["state"] == "ok" and c["value"] is not None and len(c["from"]) >= n_from for c in row["cells"])

    sums = [r for r in table["rows"] if r["kind"] != "area" and r["label"] and has(r, 1)]  # a row without a label is not printed
    return max(len(sums), any(has(r, 2) for r in table["rows"]))


def main(folder, job, job_xml):
    book = openpyxl.load_workbook(f"{folder}/appendix.xlsx")
    with open(f"{folder}/figures.json", encoding="utf-8") as f:
        data = json.load(f)
    document = xml.etree.ElementTree.parse(job_xml).find("{urn:kehoach:job:1}document")
    date = (document.get("date") + "-01-01")[:10]  # a blank day or month counts as 1
    names = [s.title for s in book.worksheets]
    check(len(names) == len(set(names)) and all(len(n) <= 31 for n in names), f"sheet names: {names}")
    check(book.properties.title and book.properties.creator, "no title or author")
    created = book.properties.created
    check(created and created.strftime("%Y-%m-%d") == date, f"created {created}, not {date}")
    n_formula = {sheet.title: check_sheet(sheet) for sheet in book.worksheets}
    tables = {t["title"]: t for t in data["tables"]}
    for sheet in book.worksheets:
        if sheet.title == AUDIT:
            continue
        table = tables.get(sheet["A1"].value) or next((t for title, t in tables.items() if title.startswith(sheet.title)), None)
        check(table is not None, f"{sheet.title}: of no table")
        least = n_least(table) if table else 0
        check(n_formula[sheet.title] >= least, f"{sheet.title}: {n_formula[sheet.title]} formulas, not {least} or more")
    if job == "kong-chro-2024":
        sheet = book.worksheets[0]
        merged = [str(r) for r in sheet.merged_cells.ranges]
        check(len(merged) >= 15, f"merged header cells: {merged}")
        check(sheet.page_setup.orientation == "landscape", "the wide sheet is not landscape")
        check(sum(c["unit"] != "" for c in data["tables"][0]["columns"]) >= 19, "units")
    if job == "groups":
        check(any(c.font.bold for row in book.worksheets[0].iter_rows() for c in row if c.value == "Cộng Vùng cao"), "group rows are not bold")
    if problems:
        sys.exit("\n".join(problems[:20]))


main(*sys.argv[1:])
