"""Sorted by the reader, the workbook says what it said: rows of a filter are moved as spreadsheet programs move them, by each column of
it and back to front, then another program computes all formulas anew.

progress_sorted.py sort BOOK.xlsx OUT          a copy for each column of each filter, without cached values
progress_sorted.py compare BOOK.xlsx OUT CSV   every formula of the copies against what the book has cached there"""
import csv
import glob
import os
import re
import sys

import openpyxl
from openpyxl.utils import range_boundaries
from recalculate import same

CELL = re.compile(r"(?<![A-Za-z$!'])([A-Z]{1,3})(\$?)([0-9]+)(?![0-9(])")


def filters(book):
    for sheet in book.worksheets:
        if sheet.auto_filter.ref:
            yield sheet, range_boundaries(sheet.auto_filter.ref)


def moved(value, source, target):
    """A formula in another row: its references to its own row go with it, fixed ones stay; what names another row would be another cell."""
    if not (isinstance(value, str) and value.startswith("=")):
        return value

    def move(m):
        if m.group(2):
            return m.group(0)
        if int(m.group(3)) != source:
            sys.exit(f"{value} in row {source}: names a cell of another row, which moves too")
        return f"{m.group(1)}{target}"
    return CELL.sub(move, value)


def order(values, column, rows, backwards):
    """Numbers before texts, blanks last, as programs sort."""
    def key(r):
        value = values.cell(r, column).value
        return (value is None, isinstance(value, str), value if value is not None else 0)
    known = [r for r in rows if values.cell(r, column).value is not None]
    return sorted(known, key=key, reverse=backwards) + [r for r in rows if r not in known]


def plans(book, values):
    """(name, sheet, its row at each place) for each copy."""
    for sheet, (left, head, right, bottom) in filters(book):
        for column in range(left, right + 1):
            rows = order(values[sheet.title], column, list(range(head + 1, bottom + 1)), column % 2 == 0)
            yield f"{book.worksheets.index(sheet)}-{column}", sheet.title, {head + 1 + i: r for i, r in enumerate(rows)}


def sort(path, out):
    os.makedirs(out, exist_ok=True)
    values = openpyxl.load_workbook(path, data_only=True)
    for name, title, place in plans(openpyxl.load_workbook(path), values):
        copy = openpyxl.load_workbook(path)
        sheet = copy[title]
        old = {(r, c): sheet.cell(r, c).value for r in place.values() for c in range(1, sheet.max_column + 1)}
        for target, source in place.items():
            for c in range(1, sheet.max_column + 1):
                sheet.cell(target, c).value = moved(old[source, c], source, target)
        copy.save(f"{out}/{name}.xlsx")
    print(f"{len(glob.glob(out + '/*.xlsx'))} copies")


def compare(path, out, folder):
    values, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    compared = shuffled = 0
    for name, title, place in plans(formulas, values):
        shuffled += any(a != b for a, b in place.items())
        for sheet in formulas.worksheets:
            with open(f"{folder}/{name}-{sheet.title}.csv", encoding="utf-8", newline="") as f:
                rows = list(csv.reader(f))
            for row in sheet.iter_rows():
                for cell in row:
                    source = place.get(cell.row, cell.row) if sheet.title == title else cell.row
                    formula, ours = sheet.cell(source, cell.column).value, values[sheet.title].cell(source, cell.column).value
                    if not (isinstance(formula, str) and formula.startswith("=")):
                        continue
                    theirs = rows[cell.row - 1][cell.column - 1]
                    compared += 1
                    if not same(ours, theirs):
                        sys.exit(f"{name} [{sheet.title}]!{cell.coordinate} {formula}: was {ours!r}, is {theirs!r} when sorted")
    if shuffled < 5 or compared < 1000:
        sys.exit(f"only {compared} formulas, {shuffled} copies in another order")
    print(f"{compared} formulas agree, {shuffled} copies in another order")


if __name__ == "__main__":
    {"sort": sort, "compare": compare}[sys.argv[1]](*sys.argv[2:])
