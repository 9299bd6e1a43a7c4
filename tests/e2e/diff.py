"""The differences that kehoach diff lists, held against an own comparison of the two folders.

usage: diff.py json OLD NEW SAID | sheet BOOK SAID | periods PERIOD SAID
"""
import json
import os
import sys
from collections import Counter
from fractions import Fraction

import openpyxl


def results(root):
    found = {}
    for folder, _, files in os.walk(root):
        for name in files:
            if name.startswith("figures") and name.endswith(".json"):
                with open(os.path.join(folder, name), encoding="utf-8") as f:
                    found[os.path.relpath(os.path.join(folder, name), root)] = figures(json.load(f))
    return found


def figures(data):
    """(table, row, which of that key, column) -> (state, value, text), of figures only."""
    cells = {}
    for table in data["tables"]:
        met = Counter()
        for row in table["rows"]:
            for cell in row["cells"]:
                cells[table["id"], row["key"], met[row["key"]], cell["column"]] = cell["state"], cell["value"], cell["text"]
            met[row["key"]] += 1
    met = Counter()
    for text in data["texts"]:
        state = "missing" if text["value"] is None else "ok"
        cells["", text["expression"], met[text["expression"]], ""] = state, text["value"], text["text"]
        met[text["expression"]] += 1
    return cells


def is_figure(cell):
    return cell and (cell[1] is not None or cell[0] in ("not-applicable", "confidential"))


def wanted(old, new):
    old, new = results(old), results(new)
    assert old.keys() == new.keys()
    want = Counter()
    for path in old:
        area = os.path.dirname(path)
        for key in old[path].keys() | new[path].keys():
            was, now = old[path].get(key), new[path].get(key)
            if was != now and (is_figure(was) or is_figure(now)):
                difference = None
                if was and now and was[1] and now[1]:
                    difference = Fraction(now[1]) - Fraction(was[1])
                want[area, key[0], key[1], key[3], was, now, difference] += 1
    return want


def said_lines(path):
    with open(path, encoding="utf-8") as f:
        lines = [json.loads(line) for line in f]
    return lines[:-1], lines[-1]


def cell_of(cell):
    return (cell["state"], cell["value"], cell["text"]) if cell else None


def check_json(old, new, said):
    lines, counts = said_lines(said)
    got = Counter()
    for x in lines:
        difference = None if x["difference"] is None else Fraction(x["difference"])
        got[x["area"], x["table"], x["row"], x["column"], cell_of(x["old"]), cell_of(x["new"]), difference] += 1
    want = wanted(old, new)
    assert want and got == want, (got - want, want - got)
    assert counts["changed"] + counts["added"] + counts["removed"] == len(lines)


def check_sheet(book, said):
    lines, counts = said_lines(said)
    areas, changes = openpyxl.load_workbook(book).worksheets
    rows = [r for r in changes.iter_rows(min_row=3, values_only=True) if isinstance(r[0], str) and r[0].isdigit()]
    assert len(rows) == len(lines), (len(rows), len(lines))
    for row, x in zip(rows, lines):
        assert (row[2] or "") == x["area"] and (row[5] or "") == x["row_label"], (row, x)
        for value, cell in ((row[8], x["old"]), (row[9], x["new"])):
            if isinstance(value, (int, float)):
                assert abs(value - float(Fraction(cell["value"]))) < 1e-9
            else:
                assert (value or "") == (cell["text"] if cell else ""), (value, cell)
        if x["difference"] is not None:
            assert abs(row[10] - float(Fraction(x["difference"]))) < 1e-9, (row, x)
        else:
            assert row[10] is None
    listed = [r for r in areas.iter_rows(min_row=3, values_only=True) if isinstance(r[0], str) and r[0].isdigit()]
    assert len(listed) == counts["differing"] and sum(r[5] for r in listed) == counts["changed"]
    for sheet in (areas, changes):
        assert sheet.print_title_rows and sheet.print_area and sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.freeze_panes


def check_periods(period, said):
    lines, _ = said_lines(said)
    assert lines and {x["period"] for x in lines} == {period}


{"json": check_json, "sheet": check_sheet, "periods": check_periods}[sys.argv[1]](*sys.argv[2:])
