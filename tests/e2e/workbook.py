"""What a clerk and an auditor expect of appendix.xlsx, read with openpyxl, and of what LibreOffice prints of it.

workbook.py set-up JOB.xml RESULTS
workbook.py printed JOB.xml printed.pdf

Its cells, labels and formulas are compared by figures.py."""
import subprocess
import sys

import openpyxl
from figures import AUDIT, AUDIT_LABELS, Job, squeezed

A4_WIDTH, LEFT, RIGHT = (mm * 72 / 25.4 for mm in (210, 30, 15))
problems = []


def check(condition, message):
    if not condition:
        problems.append(message)


def sheet_width(sheet):
    """In points; a column width is a number of digits, each 7 pixels wide."""
    widths = [next(d.width for d in sheet.column_dimensions.values() if d.min <= c <= d.max) for c in range(1, sheet.max_column + 1)]
    return sum(widths) * 7 * 0.75


def check_sheet(sheet, landscape=None):
    """landscape: of the appendix its table stands in; None: it stands in none, and its width decides."""
    name = sheet.title
    setup = sheet.page_setup
    check(str(setup.paperSize) == "9", f"{name}: paper is not A4")
    check(sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage, f"{name}: not fitted to the page")
    check(setup.fitToWidth in (None, 1) and setup.fitToHeight == 0, f"{name}: fits {setup.fitToWidth} x {setup.fitToHeight}")
    check(sheet.print_title_rows, f"{name}: no repeated rows")
    check(sheet.freeze_panes, f"{name}: no frozen panes")
    check("&P" in (sheet.oddHeader.center.text or "") + (sheet.oddFooter.center.text or ""), f"{name}: no page number")
    if landscape is None:
        landscape = sheet_width(sheet) > A4_WIDTH - LEFT - RIGHT
    check(setup.orientation == ("landscape" if landscape else "portrait"), f"{name}: {setup.orientation}, {sheet_width(sheet):.0f} pt wide")
    area = "$A$1:${}${}".format(openpyxl.utils.get_column_letter(sheet.max_column), sheet.max_row)
    check(area in str(sheet.print_area), f"{name}: prints {sheet.print_area}, not {area}")
    first = int(sheet.freeze_panes.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    for row in sheet.iter_rows(min_row=first, max_row=sheet.max_row):
        for cell in row:
            if cell.value is None:
                continue
            check(cell.font.name == "Times New Roman", f"{name}!{cell.coordinate}: font {cell.font.name}")
            digits = cell.value.replace(".", "").replace(",", "") if isinstance(cell.value, str) else ""
            # What the audit found is text, as it was printed.
            check(sheet.title == AUDIT or not digits.isdigit() or cell.column == 1, f"{name}!{cell.coordinate}: the number {digits} is stored as text")


def check_bold(sheet, table):
    """Sums stand out: rows of groups and totals are bold, the others are not."""
    first = int(sheet.freeze_panes.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    label = next(i for i, (_, e) in enumerate(table.columns) if e.get("is") == "label" or not e.get("is")) + 1
    bold = [sheet.cell(r, label).font.bold for r in range(first, sheet.max_row + 1 - len(table.notes))]
    check(any(bold) == bool(table.has_subtotal or table.total) and not all(bold), f"{sheet.title}: bold rows {bold}")


def check_setup(xml, folder):
    job = Job(xml)
    book = openpyxl.load_workbook(f"{folder}/appendix.xlsx")
    names = [s.title for s in book.worksheets]
    check(len(names) == len(set(names)) and all(len(n) <= 31 for n in names), f"sheet names: {names}")
    check((names[-1] == AUDIT) == (job.one("audit") is not None), f"sheet names: {names}")
    check(book.properties.title.startswith("Kế hoạch ") and book.properties.creator == job.agency.get("name"), "no title or another author")
    date = (job.document.get("date") + "-01-01")[:10]  # a blank day or month counts as 1
    check(str(book.properties.created)[:10] == date, f"created {book.properties.created}, not {date}")
    for name, sheet in zip(job.workbook_tables(), book.worksheets):
        check_sheet(sheet, next((part["landscape"] for part in job.parts if name in part["tables"]), None))
    for sheet in book.worksheets[len(job.workbook_tables()):]:
        check_sheet(sheet)
    for name, sheet in zip(job.workbook_tables(), book.worksheets):
        check_bold(sheet, job.table(name))


def check_printed(xml, pdf):
    """Every page of every sheet has the whole width of its header, from the first label to the last."""
    job = Job(xml)
    sheets = [(t.title, [label for *_, label in t.header()]) for t in map(job.table, job.workbook_tables())]
    sheets += [(AUDIT, AUDIT_LABELS)] if job.one("audit") is not None else []
    pages = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode().split("\f")[:-1]
    at = -1
    for number, page in enumerate(pages):
        if at + 1 < len(sheets) and squeezed(sheets[at + 1][0]) in squeezed(page):
            at += 1
        words = page.split()
        for label in sheets[max(at, 0)][1]:
            check(all(w in words for w in label.split()), f"page {number + 1}: no {label!r} of {sheets[max(at, 0)][0]}")
        check("###" not in page, f"page {number + 1}: something is cut to ###")
    check(at == len(sheets) - 1, f"{at + 1} sheets printed of {len(sheets)}")
    print(f"{len(pages)} pages of {len(sheets)} sheets")


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    {"set-up": check_setup, "printed": check_printed}[what](*rest)
    if problems:
        sys.exit("\n".join(problems[:20]))
