"""The same plans and workbooks by other programs: Typst (PDF) and XlsxWriter (workbook), CPU a commune beside ours. They are given what ours
has made, text and cells ready; ours reads the figures, computes, composes and writes them, and finishes the PDF for the archive.

usage: batch_peers.py PROGRAM FOLDER [N]   exits 1 where a peer cannot be had, or has not made the same pages or cells
       batch_peers.py xlsxwriter FOLDER N  only that peer's part: writes FOLDER/I.xlsx of FOLDER/I.json
"""
import glob
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from xml.etree import ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import make_country  # noqa: E402

WARM = 3
VILLAGES_MOST = 19
FONTS = "/usr/share/fonts/truetype/liberation2"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def line(what, value, unit, note=""):
    print(f"{what:<52} {value:8.2f} {unit} {note}".rstrip(), flush=True)


# ---- ours ----

def ours(program, job, out, only, n):
    """CPU ms a commune."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "batch", job, "-o", out, "-j", "1", "--only", only], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / n * 1000


def pages(path):
    said = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", said)[1])


# ---- Typst ----

STYLE = """#set document(title: "Kế hoạch")
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 20mm), numbering: "1", number-align: top + center)
#set text(font: "Liberation Serif", size: 14pt, lang: "vi", top-edge: 14pt, bottom-edge: -5pt)
#set par(justify: true, leading: 0pt, spacing: 0pt, first-line-indent: (amount: 10mm, all: true))
#show heading: it => text(size: 14pt, weight: "bold", it)
"""


def escaped(text):
    return re.sub(r"([\\#*_`$<>@\[\]=+/~-])", r"\\\1", text)


def typst_table(table):
    """The landscape page: every printed column, the header on each page; widths are given, as measuring them would cost it more."""
    columns, rows = table["columns"], table["rows"]
    out = ['#page(flipped: true)[', '#set text(size: 8.5pt, top-edge: 8.5pt, bottom-edge: -3pt)', '#set par(first-line-indent: 0pt, justify: false)',
           f'#align(center)[*{escaped(table["title"])}*]', f"#table(columns: (1fr,) * {len(columns)}, inset: (x: 1pt, y: 3pt), stroke: 0.5pt, align: right,", "table.header("]
    out += [f'[*{escaped(" ".join(c["label"]))}*],' for c in columns] + ["),"]
    for row in rows:
        out.append("".join(f'[{escaped(cell["text"] or "")}],' for cell in row["cells"]))
    return "\n".join(out + [")", "]"])


def typst_source(text, table):
    """The plan's own text up to its appendix, a paragraph a line; headings and the letterhead bold."""
    head, _, body = text.partition("\n\n")
    body = body.split("\nBIỂU CHỈ TIÊU", 1)[0].split("Phụ lục", 1)[0]
    out = [STYLE, "#grid(columns: (1fr, 1.4fr), align: center, "]
    for row in head.split("\n"):
        left, right = (re.split(r"\s{2,}", row.strip(), maxsplit=1) + [""])[:2]
        out.append(f"[*{escaped(left)}*], [*{escaped(right)}*],")
    out.append(")")
    for paragraph in body.split("\n"):
        words = paragraph.strip()
        if re.match(r"[IVX]+\. ", words):
            out.append(f"= {escaped(words)}")
        elif words:
            out.append(escaped(words))
        out.append("")
    return "\n".join(out + [typst_table(table)]) + "\n"


def get_typst():
    """Why it cannot be had, or None."""
    wanted, home = ".ci/typst/package.json", "out/typst"
    if not shutil.which("node") or not shutil.which("npm"):
        return "no node or npm"
    try:
        with open(wanted, encoding="utf-8") as a, open(f"{home}/package.json", encoding="utf-8") as b:
            if a.read() == b.read() and os.path.isdir(f"{home}/node_modules"):
                return None
    except OSError:
        pass
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home)
    shutil.copy(wanted, home)
    done = subprocess.run(["npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"], cwd=home,
                          capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(home, ignore_errors=True)
        return (done.stderr.strip().splitlines() or ["npm failed"])[-1]
    return None


def measure_typst(areas, folder, ms):
    why = get_typst()
    if why:
        print(f"Typst: not measured ({why})")
        return False
    os.makedirs(folder, exist_ok=True)
    for i, area in enumerate(areas):
        with open(f"{area}/plan.txt", encoding="utf-8") as f, open(f"{area}/figures.json", encoding="utf-8") as g:
            make_country.make_jobs.write(f"{folder}/{i}.typ", typst_source(f.read(), json.load(g)["tables"][0]))
    done = subprocess.run(["node", "tests/bench/typst.js", folder, str(len(areas)), FONTS], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"Typst: not measured ({(done.stderr.strip().splitlines() or ['failed'])[-1]})")
        return False
    theirs = float(done.stdout) / len(areas) * 1000
    line("plan.pdf by Typst, tagged, warm: CPU a commune", theirs, "ms")
    line("  Typst's by ours", theirs / ms, "times")
    same = [(pages(f"{area}/plan.pdf"), pages(f"{folder}/{i}.pdf")) for i, area in enumerate(areas)]
    other = [pair for pair in same if pair[0] != pair[1]]
    if other:
        print(f"Typst: not the same pages in {len(other)} of {len(same)} plans (ours, Typst's: {other[0]})")
    return not other


# ---- XlsxWriter ----

def parts(path):
    with zipfile.ZipFile(path) as book:
        return [ElementTree.fromstring(book.read(f"xl/{name}.xml")) for name in ("sharedStrings", "styles", "worksheets/sheet1")]


def looks(styles):
    """What XlsxWriter's formats are made of, for each style of a cell."""
    own = {n.get("numFmtId"): n.get("formatCode") for n in styles.iter(f"{MAIN}numFmt")}
    fonts = list(styles.find(f"{MAIN}fonts"))
    for xf in styles.find(f"{MAIN}cellXfs"):
        font, align = fonts[int(xf.get("fontId"))], xf.find(f"{MAIN}alignment")
        look = {"font_name": font.find(f"{MAIN}name").get("val"), "font_size": float(font.find(f"{MAIN}sz").get("val")),
                "bold": font.find(f"{MAIN}b") is not None, "italic": font.find(f"{MAIN}i") is not None}
        number = xf.get("numFmtId")
        if number != "0":
            look["num_format"] = own.get(number) or int(number)
        if xf.get("borderId") != "0":
            look["border"] = 1
        if align is not None:
            look["align"] = align.get("horizontal", "general")
            look["text_wrap"] = align.get("wrapText") == "1"
        yield {k: v for k, v in look.items() if v}


def cells(path):
    """[row, column, text, number, formula, style] of each cell, the merged ranges, the widths of columns and heights of rows, the looks."""
    strings, styles, sheet = parts(path)
    texts = ["".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in strings]
    found = []
    for c in sheet.iter(f"{MAIN}c"):
        letters, row = re.match(r"([A-Z]+)(\d+)", c.get("r")).groups()
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        value, formula = c.find(f"{MAIN}v"), c.find(f"{MAIN}f")
        text = texts[int(value.text)] if c.get("t") == "s" else value.text if value is not None and c.get("t") == "str" else None
        number = float(value.text) if value is not None and c.get("t") in (None, "n") else None
        found.append([int(row) - 1, column - 1, text, number, formula.text if formula is not None else None, int(c.get("s", 0))])
    merged = [m.get("ref") for m in sheet.iter(f"{MAIN}mergeCell")]
    widths = [[int(c.get("min")) - 1, int(c.get("max")) - 1, float(c.get("width"))] for c in sheet.iter(f"{MAIN}col")]
    heights = [[int(r.get("r")) - 1, float(r.get("ht"))] for r in sheet.iter(f"{MAIN}row") if r.get("ht")]
    return {"cells": found, "merged": merged, "widths": widths, "heights": heights, "looks": list(looks(styles))}


def write_book(xlsxwriter, path, book):
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("Biểu")
    formats = [workbook.add_format(look) for look in book["looks"]]
    for first, last, width in book["widths"]:
        sheet.set_column(first, last, width)
    for row, height in book["heights"]:
        sheet.set_row(row, height)
    for ref in book["merged"]:
        sheet.merge_range(ref, "")
    for row, column, text, number, formula, style in book["cells"]:
        if formula is not None:
            sheet.write_formula(row, column, "=" + formula, formats[style], number if number is not None else text)
        elif number is not None:
            sheet.write_number(row, column, number, formats[style])
        elif text is not None:
            sheet.write_string(row, column, text, formats[style])
        else:
            sheet.write_blank(row, column, None, formats[style])
    sheet.freeze_panes(3, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    workbook.close()


def run_xlsxwriter(folder, n):
    import xlsxwriter
    books = []
    for i in range(n):
        with open(f"{folder}/{i}.json", encoding="utf-8") as f:
            books.append(json.load(f))
    for i in range(WARM):
        write_book(xlsxwriter, f"{folder}/{i % n}.xlsx", books[i % n])
    before = time.process_time()
    for i, book in enumerate(books):
        write_book(xlsxwriter, f"{folder}/{i}.xlsx", book)
    print(time.process_time() - before)


def measure_xlsxwriter(areas, folder, ms):
    subprocess.run([".ci/setup", "bench"], capture_output=True, check=False)
    os.makedirs(folder, exist_ok=True)
    for i, area in enumerate(areas):
        with open(f"{folder}/{i}.json", "w", encoding="utf-8") as f:
            json.dump(cells(f"{area}/appendix.xlsx"), f)
    done = subprocess.run(["/usr/bin/python3", __file__, "xlsxwriter", folder, str(len(areas))], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"XlsxWriter: not measured ({(done.stderr.strip().splitlines() or ['failed'])[-1]})")
        return False
    theirs = float(done.stdout) / len(areas) * 1000
    line("appendix.xlsx by XlsxWriter, warm: CPU a commune", theirs, "ms")
    line("  XlsxWriter's by ours", theirs / ms, "times")
    for i, area in enumerate(areas):
        a, b = cells(f"{area}/appendix.xlsx"), cells(f"{folder}/{i}.xlsx")
        if [c[:5] for c in a["cells"]] != [c[:5] for c in b["cells"]] or sorted(a["merged"]) != sorted(b["merged"]):
            print(f"XlsxWriter: not the same cells in {area}")
            return False
    return True


# ---- both ----

def keep_small(folder):
    """Leaves the communes whose table fits one page in both, so that all plans have nine; how many."""
    villages = {}
    with open(f"{folder}/data.csv", encoding="utf-8") as f:
        rows = f.read().splitlines()
    for row in rows[1:]:
        villages.setdefault(row.split(";")[0], []).append(row)
    kept = {code for code, own in villages.items() if len(own) <= VILLAGES_MOST}
    with open(f"{folder}/xa.csv", encoding="utf-8") as f:
        areas = f.read().splitlines()
    make_country.make_jobs.write(f"{folder}/xa.csv", "\n".join(areas[:1] + [a for a in areas[1:] if a.split(";")[0] in kept]) + "\n")
    make_country.make_jobs.write(f"{folder}/data.csv", "\n".join(rows[:1] + [r for r in rows[1:] if r.split(";")[0] in kept]) + "\n")
    return len(kept)


def main(program, folder, n=40):
    os.makedirs(folder, exist_ok=True)
    make_country.main(f"{folder}/peers", "now", n)
    n = keep_small(f"{folder}/peers")
    job = f"{folder}/peers/batch.xml"
    print(f"{n} communes of nine pages beside other programs, one worker; theirs without reading, computing and composing")
    ours(program, job, f"{folder}/all", "pdf,xlsx,json,text", n)
    areas = sorted(os.path.dirname(path) for path in glob.glob(f"{folder}/all/country/*/*/figures.json"))
    pdf = min(ours(program, job, f"{folder}/pdf{i}", "pdf", n) for i in range(3))
    xlsx = min(ours(program, job, f"{folder}/xlsx{i}", "xlsx", n) for i in range(3))
    line("plan.pdf for the archive: CPU a commune", pdf, "ms")
    ok = measure_typst(areas, f"{folder}/typst", pdf)
    line("appendix.xlsx: CPU a commune", xlsx, "ms")
    ok = measure_xlsxwriter(areas, f"{folder}/xlsxwriter", xlsx) and ok
    shutil.rmtree(folder)
    return 0 if ok else 1


if __name__ == "__main__":
    if sys.argv[1] == "xlsxwriter":
        run_xlsxwriter(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1], sys.argv[2], *(int(x) for x in sys.argv[3:4])))
