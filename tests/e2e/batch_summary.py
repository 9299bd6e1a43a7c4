"""What tests/e2e/batch-summary.sh asks of summaries.

  batch_summary.py sums BATCH [CODE...]  every total of a summary is the exact sum over the areas below it, but for those of these codes
  batch_summary.py rows BATCH FIXTURE [CODE...]  the same totals, added up from the rows of the job's own files
  batch_summary.py inputs BATCH          the manifests list the parts they are made of
  batch_summary.py index BATCH           the pages lead to them
"""
import csv
import glob
import html
import json
import os
import re
import sys
from fractions import Fraction

# Table and column of a summary, and of the areas below.
FIGURES = [("poverty-targets", c, "poverty-targets", c) for c in ("households", "poor_start", "exits", "poor_end")] + [
    ("area-budget", "amount", "budget", "amount"), ("area-budget", "amount_million", "budget", "amount_million")]


def tables_of(path):
    with open(path, encoding="utf-8") as f:
        return {t["id"]: t for t in json.load(f)["tables"]}


def total(tables, table, column):
    row, = [r for r in tables[table]["rows"] if r["kind"] == "total"]
    cell, = [c for c in row["cells"] if c["column"] == column]
    assert cell["state"] == "ok", cell
    return Fraction(cell["value"])


def above(batch):
    found = sorted(glob.glob(f"{batch}/summary/*/figures.json"))
    assert found
    return found


def sums(batch, *missing):
    n = 0
    for path in above(batch):
        code = path.split("/")[-2]
        summary = tables_of(path)
        below = [tables_of(p) for p in glob.glob(f"{batch}/{code}/*/figures.json") if p.split("/")[-2] not in missing]
        assert below
        for table, column, from_table, from_column in FIGURES:
            want = sum(total(t, from_table, from_column) for t in below)
            got = total(summary, table, column)
            assert got == want, (path, table, column, got, want)
            n += 1
        rows = [r for r in summary["poverty-targets"]["rows"] if r["kind"] == "area"]
        assert len(rows) == len(below), (path, len(rows))
    assert n == len(FIGURES) * len(above(batch))


def rows_of(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter=";"))


def whole(text):
    """As it is written: 1.528.000"""
    assert re.fullmatch(r"\d{1,3}(\.\d{3})*|\d+", text), text
    return int(text.replace(".", ""))


def from_rows(fixture, codes):
    """Of the areas: what a summary says of them."""
    def add(name, column):
        return sum(whole(r[column]) for r in rows_of(f"{fixture}/{name}.csv") if r["Mã xã"] in codes)

    poor, exits = (add("chi-tieu", c) for c in ("Hộ nghèo đầu năm 2026", "Chỉ tiêu giảm hộ nghèo năm 2026"))
    amount = add("kinh-phi", "Thành tiền (đồng)")
    return {("poverty-targets", "households"): add("chi-tieu", "Số hộ"), ("poverty-targets", "poor_start"): poor,
            ("poverty-targets", "exits"): exits, ("poverty-targets", "poor_end"): poor - exits,
            ("area-budget", "amount"): amount, ("area-budget", "amount_million"): Fraction(amount, 1_000_000)}


def rows(batch, fixture, *missing):
    communes = rows_of(f"{fixture}/xa.csv")
    for path in above(batch):
        code = path.split("/")[-2]
        codes = {r["Mã xã"] for r in communes if r["Mã tỉnh"] == code} - set(missing)
        assert codes
        summary = tables_of(path)
        for (table, column), want in from_rows(fixture, codes).items():
            got = total(summary, table, column)
            assert got == want, (path, table, column, got, want)


def inputs(batch):
    for path in above(batch):
        code = path.split("/")[-2]
        with open(path.replace("figures.json", "manifest.json"), encoding="utf-8") as f:
            names = {i["path"] for i in json.load(f)["inputs"]}
        assert {f"batch.json#{code}", f"xa.csv#{code}", f"tinh.csv#{code}", "tinh.xml", "batch.xml"} <= names, names
        with open(path, encoding="utf-8") as f:
            places = set(re.findall(r'"(xa\.csv):(\d+):', f.read()))
        with open("fixtures/tinh-mau-2026/xa.csv", encoding="utf-8") as f:
            rows = list(csv.reader(f, delimiter=";"))
        assert {rows[int(row) - 1][4] for _, row in places} == {code}, places


def index(batch):
    import openpyxl

    with open(f"{batch}/index.html", encoding="utf-8") as f:
        page = f.read()
    links = [html.unescape(x) for x in re.findall(r'href="(summary/[^"]*)"', page)]
    assert sorted(links) == sorted(f"summary/{c}/{n}" for c in ("91", "92") for n in ("plan.pdf", "appendix.xlsx")), links
    assert all(os.path.isfile(f"{batch}/{x}") for x in links)
    book = openpyxl.load_workbook(f"{batch}/index.xlsx")
    assert len(book.sheetnames) == 2, book.sheetnames
    text = [str(c) for r in book.worksheets[1].iter_rows(values_only=True) for c in r if c]
    assert "tỉnh Mẫu Bắc" in text and "tỉnh Mẫu Nam" in text, text


if __name__ == "__main__":
    {"sums": sums, "rows": rows, "inputs": inputs, "index": index}[sys.argv[1]](*sys.argv[2:])
