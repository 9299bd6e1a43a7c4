"""The differences that kehoach diff lists, held against an own comparison of the two folders.

usage: diff.py json OLD NEW SAID | sheet BOOK SAID | around OLD NEW SAID | periods PERIOD SAID
"""
import json
import os
import sys
from collections import Counter
from fractions import Fraction

import openpyxl


def results(root, read=None):
    found = {}
    for folder, _, files in os.walk(root):
        for name in files:
            if name.startswith("figures") and name.endswith(".json"):
                with open(os.path.join(folder, name), encoding="utf-8") as f:
                    found[os.path.relpath(os.path.join(folder, name), root)] = (read or figures)(json.load(f))
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


def tables(data):
    return {t["id"]: t for t in data["tables"]}


def keys(table):
    """Rows by their keys, with how many of it stood before."""
    met = Counter()
    rows = {}
    for row in table["rows"]:
        rows[row["key"], met[row["key"]]] = row
        met[row["key"]] += 1
    return rows


def bare(cells):
    return not any(is_figure((c["state"], c["value"], c["text"])) for c in cells)


def wanted_around(old, new):
    """Headings that are others; rows and columns without figures that one side has."""
    old, new = results(old, tables), results(new, tables)
    want = Counter()
    for path in old:
        area = os.path.dirname(path)
        for name in old[path].keys() | new[path].keys():
            both = [x[path].get(name, {"columns": [], "rows": []}) for x in (old, new)]
            rows = [keys(t) for t in both]
            columns = [{c["id"]: c for c in t["columns"]} for t in both]
            for i, way in ((0, "removed"), (1, "added")):
                for key in rows[i].keys() - rows[1 - i].keys():
                    if bare(rows[i][key]["cells"]):
                        want[area, "row-" + way, name, key[0], "", None] += 1
                for column in columns[i].keys() - columns[1 - i].keys():
                    if columns[1 - i] and bare([c for r in both[i]["rows"] for c in r["cells"] if c["column"] == column]):
                        want[area, "column-" + way, name, "", column, None] += 1
            for column in columns[0].keys() & columns[1].keys():
                labels = [", ".join(c[column]["label"]) for c in columns]
                if labels[0] != labels[1]:
                    want[area, "heading", name, "", column, labels[0]] += 1
    return want


FIGURES = ("value", "unit", "printed", "words", "added", "removed")


def around(lines):
    got = Counter()
    for x in lines:
        if x["change"] not in FIGURES:
            assert x["old"] is None and x["new"] is None and x["difference"] is None
            if x["table"]:
                got[x["area"], x["change"], x["table"], x["row"], x["column"], x["old_column_label"]] += 1
    return got


def check_around(old, new, said):
    lines, counts = said_lines(said)
    want = wanted_around(old, new)
    got = around(lines)
    assert want and got == want, (got - want, want - got)
    assert counts["around"] == sum(got.values())
    assert counts["changed"] + counts["added"] + counts["removed"] + counts["around"] == len(lines)


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
        if x["change"] not in FIGURES:
            continue
        difference = None if x["difference"] is None else Fraction(x["difference"])
        got[x["area"], x["table"], x["row"], x["column"], cell_of(x["old"]), cell_of(x["new"]), difference] += 1
    want = wanted(old, new)
    assert want and got == want, (got - want, want - got)
    assert around(lines) == wanted_around(old, new)
    assert counts["changed"] + counts["added"] + counts["removed"] + counts["around"] == len(lines)


def row_names(lines):
    """What each line's row is called: its label, with the key where the label is that of several rows of the table."""
    met = {}
    for x in lines:
        met.setdefault((x["area"], x["period"], x["table"], x["row_label"]), set()).add(x["row"])
    for x in lines:
        shared = len(met[x["area"], x["period"], x["table"], x["row_label"]]) > 1
        label, key = x["row_label"], f"[{x['row']}]"
        yield {f"{label} {key}"} if shared else {label, f"{label} {key}"}


def check_sheet(book, said):
    lines, counts = said_lines(said)
    areas, changes = openpyxl.load_workbook(book).worksheets
    rows = [r for r in changes.iter_rows(min_row=3, values_only=True) if isinstance(r[0], str) and r[0].isdigit()]
    assert len(rows) == len(lines), (len(rows), len(lines))
    for row, x, names in zip(rows, lines, row_names(lines)):
        assert (row[2] or "") == x["area"] and (row[5] or "") in names, (row, x)
        if x["change"] == "heading":
            assert all(row[i] or x[n] == "" for i, n in ((8, "old_column_label"), (9, "column_label"))), (row, x)
            continue
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
    assert sum(r[8] for r in listed) == counts["around"]
    for sheet in (areas, changes):
        assert sheet.print_title_rows and sheet.print_area and sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.freeze_panes


def check_periods(period, said):
    lines, _ = said_lines(said)
    assert lines and {x["period"] for x in lines} == {period}


{"json": check_json, "sheet": check_sheet, "around": check_around, "periods": check_periods}[sys.argv[1]](*sys.argv[2:])
