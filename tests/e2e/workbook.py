"""What a clerk and an auditor expect of appendix.xlsx, read with openpyxl."""
import json
import sys

import openpyxl

problems = []


def check(condition, message):
    if not condition:
        problems.append(message)


def check_sheet(sheet, n_formula):
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
                n_formula[0] += 1
                continue
            digits = text.replace(".", "").replace(",", "")
            check(not digits.isdigit() or cell.column == 1, f"{name}!{cell.coordinate}: the number {text} is stored as text")


def main(folder, job):
    book = openpyxl.load_workbook(f"{folder}/appendix.xlsx")
    with open(f"{folder}/figures.json", encoding="utf-8") as f:
        data = json.load(f)
    n_formula = [0]
    names = [s.title for s in book.worksheets]
    check(len(names) == len(set(names)) and all(len(n) <= 31 for n in names), f"sheet names: {names}")
    check(book.properties.title and book.properties.creator, "no title or author")
    check(book.properties.created and book.properties.created.year in (2023, 2024), f"created {book.properties.created}")
    for sheet in book.worksheets:
        check_sheet(sheet, n_formula)
    check(n_formula[0] >= 3, f"{n_formula[0]} formulas")
    if job == "kong-chro-2024":
        sheet = book.worksheets[0]
        merged = [str(r) for r in sheet.merged_cells.ranges]
        check(len(merged) >= 15, f"merged header cells: {merged}")
        check(sheet.page_setup.orientation == "landscape", "the wide sheet is not landscape")
        check(sum(c["unit"] is not None for c in data["tables"][0]["columns"]) >= 19, "units")
    if job == "groups":
        check(any(c.font.bold for row in book.worksheets[0].iter_rows() for c in row if c.value == "Cộng Vùng cao"), "group rows are not bold")
    if problems:
        sys.exit("\n".join(problems[:20]))


main(*sys.argv[1:])
