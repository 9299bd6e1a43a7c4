"""A brief: one page; every number of its table and charts is one of figures.json (of its sentences: brief_sentences.py); charts say in
words what they show."""
import json
import re
import subprocess
import sys
from xml.etree import ElementTree


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def lengthen(source, target, n=200):
    text = open(source, encoding="utf-8").read()
    more = "<p>" + "Nội dung dài thêm. " * n + "</p>\n"
    open(target, "w", encoding="utf-8").write(text.replace("  <recipients>", more + "  <recipients>", 1))


def alternates(pdf):
    """/Alt of each structure element Figure."""
    qdf = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], check=True, capture_output=True).stdout
    found = []
    for body in qdf.split(b"endobj"):
        if not re.search(rb"/S /Figure\b", body):
            continue
        hexed = re.search(rb"/Alt <([0-9a-f]+)>", body)
        box = re.search(rb"/BBox \[(.*?)\]", body, re.S)
        assert hexed and box, body
        x, y, x2, y2 = map(float, box.group(1).split())
        assert 0 < x < x2 < 596 and 0 < y < y2 < 842, box.group(1)
        found.append(bytes.fromhex(hexed.group(1).decode()).decode("utf-16"))
    return found


def colours(pdf, page, looks):
    """The cells of the status words have their fill and their letters its ink, and black comes again behind them."""
    qdf = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], check=True, capture_output=True).stdout

    def rg(colour):
        return tuple(int(colour[i:i + 2], 16) for i in (0, 2, 4))

    used = {tuple(round(255 * float(x)) for x in found.split()) for found in re.findall(rb"([\d.]+ [\d.]+ [\d.]+) rg\b", qdf)}
    seen = 0
    for word, (fill, ink) in looks.items():
        if not any(line.rstrip().endswith(word) for line in page.splitlines() if re.match(r" *\d+ ", line)):
            continue
        seen += 1
        assert rg(fill) in used and rg(ink) in used, (word, used)
    assert seen, page


def looks_of(path):
    """word -> fill and ink, of the statuses of a template."""
    space = "{urn:kehoach:progress:1}"
    return {x.get("word"): (x.get("fill"), x.get("ink")) for x in ElementTree.parse(path).getroot().iter(space + "status")}


def texts(table, keys, columns):
    rows = {row["key"]: row["cells"] for row in table["rows"]}
    return [rows[key][column]["text"] for key in keys for column in columns if rows[key][column]["text"]]


def months_of(figures):
    """First and last month of figures-2021-05.json, -2021-Q2, -2021-H1, -2021."""
    kind, n = re.search(r"figures-\d{4}-?([QH]?)(\d*)\.json$", figures).groups()
    length = {"Q": 3, "H": 6}.get(kind, 1)
    return ((int(n) - 1) * length + 1, int(n) * length) if n else (1, 12)


def said(plain, tables, figures):
    """The sentences say what the tables do: net of relapses and new cases, against the plan, and of how many returns."""
    summary = {row["key"]: {name: cell["text"] for name, cell in row["cells"].items()} for row in tables["progress-summary"]["rows"]}
    reduced = summary["reduced"]
    first, last = months_of(figures)
    assert f"giảm {reduced['done']:0>2}/{reduced['plan']:0>2} hộ nghèo" in plain, plain
    assert f"đạt {reduced['rate_year']}% kế hoạch năm" in plain, plain
    assert (f"({reduced['coverage']} địa bàn đủ số liệu)" in plain) == (len(set(reduced["coverage"].split("/"))) == 2), plain
    parts = {key: int(summary[key]["done"]) for key in ("exits", "relapsed", "new_poor")}
    assert int(reduced["done"]) == parts["exits"] - parts["relapsed"] - parts["new_poor"], parts
    assert ("Từ đầu năm: thoát nghèo" in plain) == (parts["relapsed"] + parts["new_poor"] > 0), plain
    months = {row["key"]: row["cells"] for row in tables["progress-months"]["rows"]}
    reported, due = (sum(int(months[f"reduced/{series}"][f"m{m:02}"]["text"]) for m in range(first, last + 1)) for series in ("reported", "due"))
    in_period = re.search(r"; trong (?:tháng|quý|kỳ) giảm (\d+) hộ(?: \((\d+)/(\d+) báo cáo có số liệu\))?", plain)
    assert bool(in_period) == (1 < last and last - first < 11), plain
    if in_period:
        assert int(in_period[1]) == int(reduced["done_period"]), in_period
        assert in_period.groups()[1:] == (None, None) if reported == due else in_period.groups()[1:] == (str(reported), str(due)), (reported, due, plain)


def main(pdf, figures):
    data = json.load(open(figures, encoding="utf-8"))
    for row in (row for table in data["tables"] for row in table["rows"]):
        row["cells"] = {cell["column"]: cell for cell in row["cells"]}
    tables = {table["id"]: table for table in data["tables"]}
    info = run("pdfinfo", pdf)
    assert re.search(r"^Pages: +1$", info, re.M), info
    assert "Title:           Báo cáo tiến độ thực hiện" in info, info
    page = run("pdftotext", "-layout", pdf, "-")
    plain = re.sub(r"\s+", " ", run("pdftotext", pdf, "-"))

    colours(pdf, page, looks_of("templates/progress/poverty.xml"))
    for row in tables["progress-summary"]["rows"]:
        if row["kind"] == "total":
            continue
        wanted = [cell["text"] for name, cell in row["cells"].items() if cell["text"] and name not in ("no", "label", "unit", "status")]
        lines = [line.split() for line in page.splitlines() if re.match(rf" *{row['cells']['no']['text']} ", line)]
        assert any(line[i:i + len(wanted)] == wanted for line in lines for i in range(len(line))), (row["key"], wanted, lines)

    said(plain, tables, figures)
    lines, bars = alternates(pdf)
    months = [f"m{i:02}" for i in range(1, 13)]
    for key in ("reduced/done", "reduced/plan"):
        for value in texts(tables["progress-months"], [key], months):
            assert f": {value}" in lines, (value, lines)
    for row in tables["progress-ranking"]["rows"]:
        if row["kind"] != "total":
            assert f"{row['cells']['label']['text']}: {row['cells']['rate_year']['text']}" in bars, (row, bars)
            assert row["cells"]["rate_year"]["text"] in plain
    structure = run("pdfinfo", "-struct-text", pdf)
    assert structure.count("Figure") == 2 and structure.count("/BBox") == 2, structure


if sys.argv[1] == "--lengthen":
    lengthen(sys.argv[2], sys.argv[3], *map(int, sys.argv[4:]))
else:
    main(sys.argv[1], sys.argv[2])
