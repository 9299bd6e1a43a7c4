"""Cached values of workbooks against what another program computed from their formulas.

stale BOOKS OUT: copies of the workbooks whose cached values are taken away, so that nothing can be copied through.
compare BOOKS CSV PROGRAM: every formula cell of the workbooks against the CSV files the program wrote."""
import csv
import glob
import os
import re
import sys
import zipfile

import openpyxl


def stale(books, out):
    os.makedirs(out, exist_ok=True)
    for path in glob.glob(f"{books}/*.xlsx"):
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(f"{out}/{os.path.basename(path)}", "w") as new:
            for item in old.infolist():
                data = old.read(item)
                if "worksheets/sheet" in item.filename:
                    data = re.sub(rb' t="str"(?=><f>)', b"", data)
                    data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
                new.writestr(item, data)


def same(ours, theirs):
    if ours in (None, ""):
        return theirs == ""
    if isinstance(ours, str):
        return ours == theirs
    try:
        return abs(float(theirs) - float(ours)) <= 1e-12 * max(1, abs(float(ours)))
    except ValueError:
        return False


def table_of(folder, program, book, number, title):
    # LibreOffice names the file after the sheet, where there are several.
    name = f"{folder}/{book}-{title}.csv" if program == "office" else f"{folder}/{book}-{number}.csv"
    with open(name, encoding="utf-8", newline="") as f:
        return list(csv.reader(f))


def compare(books, folder, program):
    compared = 0
    for path in sorted(glob.glob(f"{books}/*.xlsx")):
        book = os.path.basename(path)[:-5]
        values = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path)
        for number, sheet in enumerate(formulas.worksheets):
            rows = table_of(folder, program, book, number, sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if not (isinstance(cell.value, str) and cell.value.startswith("=")):
                        continue
                    ours = values[sheet.title][cell.coordinate].value
                    line = rows[cell.row - 1] if cell.row <= len(rows) else []
                    theirs = line[cell.column - 1] if cell.column <= len(line) else ""
                    compared += 1
                    if not same(ours, theirs):
                        sys.exit(f"{book}[{sheet.title}]!{cell.coordinate} {cell.value}: ours {ours!r}, theirs {theirs!r}")
    if compared < 50:
        sys.exit(f"only {compared} formulas compared")
    print(f"{compared} formulas agree")


if __name__ == "__main__":
    {"stale": stale, "compare": compare}[sys.argv[1]](*sys.argv[2:])
