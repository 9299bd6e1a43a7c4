"""Compares figures.json with what other programs read in plan.pdf and appendix.xlsx.

figures.py pdf JOB.xml RESULTS plan.txt
figures.py xlsx JOB.xml RESULTS
figures.py totals RESULTS TABLE "FIGURES"

Which tables, columns and rows a file must have is said by the job and its templates, not by the files."""
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import openpyxl

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORDS = set("round min max abs if sum count total at upto shown and or not thousand million billion".split())
AUDIT = "Kiểm tra số liệu"
AUDIT_LABELS = ["TT", "Nội dung kiểm tra", "Mức độ", "Vị trí", "Số liệu", "Đã ghi", "Tính được", "Giải thích", "Miễn trừ"]
SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}
NO_FINDING = "Không có sai lệch nào giữa số đã ghi và số tính được."


def figures(folder):
    with open(f"{folder}/figures.json", encoding="utf-8") as f:
        return json.load(f)


def fail(message):
    print(message)
    sys.exit(1)


def run(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def flat(text):
    return " ".join(text.split())


def squeezed(text):
    return "".join(text.split())


# ---- what a job says of its own results, read from its XML and its templates alone ----

class Unknown(Exception):
    """These tests do not know this yet: they must learn it, they may not pass over it."""


def tag(element):
    return element.tag.rsplit("}", 1)[-1]


def children(element, *tags):
    return [e for e in element if isinstance(e.tag, str) and tag(e) in tags]


class Job:
    def __init__(self, xml):
        self.folder = os.path.dirname(os.path.abspath(xml))
        self.xml = ElementTree.parse(xml).getroot()
        self.period = int(self.xml.get("period")[:4])
        self.agency, self.document, self.signer = (self.one(name) for name in ("agency", "document", "signer"))
        self.texts = []  # plans and parts of plans that were read
        self.plan = self.own_plan()
        self.parts = list(self.appendices())
        self.links = [e.get("to") for e in self.below(self.plan, "link", ("section", "appendix"))]  # tables linked to

    def one(self, name):
        found = children(self.xml, name)
        return found[0] if found else None

    def template(self, name):
        """The job's own template of that name, else the program's."""
        paths = (f"{self.folder}/templates/{name}.xml", f"{ROOT}/templates/{name}.xml")
        return ElementTree.parse(next(p for p in paths if os.path.exists(p))).getroot()

    def plan_text(self, name):
        self.texts.append(f"templates/plans/{name}.xml")
        return self.template(f"plans/{name}")

    def says(self, text):
        """A text of a template as it is printed, or None: only years are computed here."""
        text = text.replace("{period - 1}", str(self.period - 1)).replace("{period}", str(self.period))
        return None if "{" in text else text

    def workbook_tables(self):
        workbook = self.one("workbook")
        return workbook.get("tables").split() if workbook is not None else []

    def number(self, blank=""):
        number = self.document.get("number") or blank
        return f"{'0' if re.fullmatch('[1-9]', number) else ''}{number}/{self.document.get('symbol')}"

    def date(self, blank=""):
        """The day as a plan prints it; a part that is left blank is blank."""
        year, month, day = (self.document.get("date", "").split("-") + [None] * 3)[:3]
        month = month and (f"{int(month):02}" if int(month) < 3 else str(int(month)))
        return f"ngày {day or blank} tháng {month or blank} năm {year or blank}"

    def attached(self):
        return f"(Kèm theo Kế hoạch số {self.number('.....')} {self.date('.....')} của {self.agency.get('name')})"

    def files(self):
        """What was read, but for tables, forms and fonts."""
        sources, plan, crosswalk, audit = children(self.xml, "source"), *(self.one(n) for n in ("plan", "crosswalk", "audit"))
        datasets = {s.get("dataset") for s in sources}
        read = {"job.xml", *self.texts, *(s.get("href") for s in sources), *([plan.get("href")] if plan.get("href") else [])}
        if crosswalk is not None:
            datasets.add("crosswalk")
            read.add(crosswalk.get("href"))
        if audit is not None and audit.get("published"):
            datasets.add("published")
            read.add(audit.get("published"))
        return read | {f"templates/datasets/{name}.xml" for name in datasets}

    def own_plan(self):
        self.slots = {}
        plan = self.one("plan")
        if plan.get("template"):
            return self.plan_text(plan.get("template"))
        own = ElementTree.parse(f"{self.folder}/{plan.get('href')}").getroot()
        if not own.get("base"):
            return own
        self.slots = {e.get("slot"): e for e in children(own, "own")}
        return self.plan_text(own.get("base"))

    def walk(self, element, sometimes=False):
        """What is below an element, in order, but not what is in sections and appendices below it; included parts and slots
        in their places; whether conditions decide over it."""
        for e in element:
            if not isinstance(e.tag, str):
                continue
            if tag(e) == "include":
                yield from self.walk(self.plan_text(e.get("part")), sometimes)
            elif tag(e) == "slot":
                yield from self.walk(self.slots.get(e.get("name"), e), sometimes)
            else:
                yield e, sometimes
                if tag(e) not in ("section", "appendix"):
                    yield from self.walk(e, sometimes or tag(e) in ("if", "else", "each"))

    def below(self, element, wanted, into=("section",), sometimes=False):
        """Elements of a name below an element, in order; those in the elements of `into` too."""
        for e, decided in self.walk(element, sometimes):
            if tag(e) == wanted:
                if decided:
                    raise Unknown(f"<{wanted}> under a condition")
                yield e
            if tag(e) in into:
                yield from self.below(e, wanted, into, decided)

    def appendices(self):
        for e in self.below(self.plan, "appendix"):
            if e.get("separate") == "yes":
                raise Unknown("an appendix that is a file of its own")
            own = e.get("table")
            tables = [t.get("ref") or own for t in self.below(e, "table")]
            title = self.says(e.get("title") or self.table(own).title)
            yield {"title": title and title.upper(), "landscape": e.get("orientation") == "landscape",
                   "table": own, "tables": tables if own in tables else [own, *tables]}

    def appendix_names(self):
        roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
        return ["Phụ lục"] if len(self.parts) == 1 else [f"Phụ lục {roman[i]}" for i in range(len(self.parts))]

    def placed(self):
        """Ids of the tables of plan.pdf, in order."""
        return [e.get("ref") for e in self.below(self.plan, "table")] + [t for part in self.parts for t in part["tables"]]

    def chapters(self):
        """Titles of the sections of the first level; None where more than years are computed."""
        return [self.says(e.get("title")) for e in self.below(self.plan, "section", ())]

    def table(self, name):
        return Table(self, name)


class Table:
    def __init__(self, job, name):
        self.job = job
        self.xml = job.template(f"tables/{name}")
        self.fields = {e.get("id"): e.get("type") for e in children(job.template(f"datasets/{self.xml.get('over')}"), "field")}
        self.title = job.says(self.xml.get("title"))
        self.unit_line = self.xml.get("unit-line")
        self.all_columns = list(self.leaves(self.xml, []))
        self.columns = [(path, e) for path, e in self.all_columns if e.get("hidden") != "yes"]
        self.has_subtotal = bool(children(self.xml, "subtotal"))
        self.total = next((e.get("place", "last") for e in children(self.xml, "total")), None)
        self.notes = [job.says(e.text) for e in children(self.xml, "note")]

    def leaves(self, element, path):
        for e in children(element, "column", "group"):
            label = path + [self.job.says(e.get("label"))]
            if tag(e) == "group":
                yield from self.leaves(e, label)
            else:
                yield label, e

    def header(self):
        """(level, first column, rows, columns, label) of each cell of the header, line by line."""
        depth = max(len(path) for path, _ in self.columns)
        for level in range(depth):
            c = 0
            while c < len(self.columns):
                path = self.columns[c][0]
                leaf = level >= len(path) - 1
                n = 1
                while not leaf and c + n < len(self.columns) and self.columns[c + n][0][:level + 1] == path[:level + 1]:
                    n += 1
                if level < len(path):
                    yield level, c, depth - level if leaf else 1, n, path[level]
                c += n

    def numbering(self):
        """The line of column numbers, without the formulas behind them; empty without it."""
        letters, numbers = iter("ABCDEFGH"), iter(range(1, 1000))
        return [next(letters) if e.get("is") else str(next(numbers)) for _, e in self.columns] if self.xml.get("numbering") else []

    def printed(self, table):
        """(row, its visible cells) of figures.json that stand in a document."""
        labels = [[e.get("id"), path] for path, e in self.all_columns]
        if [[c["id"], c["label"]] for c in table["columns"]] != labels:
            fail(f"{table['id']}: columns {table['columns']}, the template has {labels}")
        kinds = [row["kind"] for row in table["rows"]]
        if self.total and kinds.index("total") != (0 if self.total == "first" else len(kinds) - 1):
            fail(f"{table['id']}: the total is not {self.total}")
        visible = [i for i, (_, e) in enumerate(self.all_columns) if e.get("hidden") != "yes"]
        prints = {"area": True, "group": self.has_subtotal, "total": self.total is not None}
        return [(row, [row["cells"][i] for i in visible]) for row in table["rows"] if prints[row["kind"]]]

    def is_live(self, kind, column):
        """Whether a cell of the workbook is a formula: what is computed from other cells of its sheet."""
        e = self.columns[column][1]
        value, total = e.get("value"), e.get("total")
        names = set(re.findall(r"[a-z_][a-z_0-9.]*", re.sub(r"'[^']*'", "", value or ""))) - WORDS
        from_cells = bool(value) and names <= {v.get("id") for _, v in self.columns}
        if e.get("is") or (kind != "area" and total == "none"):
            return False
        if kind == "area":
            return from_cells
        if not value and not e.get("allocate"):
            return self.fields[e.get("id")] in ("count", "money", "number")  # no rate is added, no text
        is_sum = total == "sum" or (total is None and not re.search(r"[/(]", value or ""))
        return is_sum or from_cells


# ---- PDF: its text ----

def check_pdf(xml, folder, plain):
    job, data = Job(xml), figures(folder)
    by_id = {t["id"]: t for t in data["tables"]}
    tables = [(job.table(name), by_id[name]) for name in job.placed()]
    text = run("pdftotext", "-raw", f"{folder}/plan.pdf", "-")
    if unicodedata.normalize("NFC", text) != text:
        fail("the text copies out in another form than NFC")
    whole = " ".join(re.sub(r"^\d+\n", "", page) for page in text.split("\f"))
    check_texts(data["texts"], flat(whole))
    with open(plain, encoding="utf-8") as f:
        check_words(f.read().splitlines(), squeezed(whole), tables)
    check_structure(f"{folder}/plan.pdf", tables)
    check_places(f"{folder}/plan.pdf", tables)
    print(f"{len(data['texts'])} figures in sentences, {sum(len(t.printed(d)) for t, d in tables)} rows of {len(tables)} tables")


def check_texts(texts, whole):
    """Each figure of a sentence, as a word of its own, in order."""
    place = 0
    for figure in texts:
        found = re.compile(r"(?<!\w)(?<!\d[.,])" + re.escape(flat(figure["text"])) + r"(?!\w)(?![.,]\d)").search(whole, place)
        if not found:
            fail(f'{figure["at"]}: {figure["text"]!r} is not in the PDF behind {whole[max(0, place - 60):place]!r}')
        place = found.end()
    if not texts:
        fail("no figures in sentences")


def check_words(lines, whole, tables):
    """The PDF has the words of plan.txt and no others, in their order; plan.txt has the tables of the plan."""
    head = lines.index("")
    place = 0
    for side_by_side in (columns(lines[:head - 1]), columns(lines[head - 1:head])):
        place = expect(whole, place, "".join(side_by_side))
    foot = next(i for i, line in enumerate(lines) if line.startswith("Nơi nhận:"))
    end = next((i for i in range(foot, len(lines)) if lines[i].startswith("===")), len(lines))
    grids = []
    i = head
    while i < len(lines):
        if i == foot:
            place = expect(whole, place, "".join(columns(lines[foot:end])))
            i = end
        elif "|" in lines[i]:
            grids.append([])
            while i < len(lines) and ("|" in lines[i] or "-+-" in lines[i]):
                grids[-1].append(lines[i])
                i += 1
            following = next((squeezed(line) for line in lines[i:] if line.strip("= ")), None)
            place = whole.find(following, place) if following else len(whole)
            if place < 0:
                fail(f"not in the PDF behind a table: {following}")
        else:
            place = expect(whole, place, "" if set(lines[i]) == {"="} else lines[i])
            i += 1
    if place != len(whole):
        fail(f"the PDF has more text than plan.txt: {whole[place:place + 80]}")
    if len(grids) != len(tables):
        fail(f"plan.txt has {len(grids)} tables, the plan places {len(tables)}")
    for grid, (table, data) in zip(grids, tables):
        body = grid[next(i for i, line in enumerate(grid) if "-+-" in line) + 1:]
        body = [line.split("|") for line in body]
        if table.numbering():
            expect_numbers(f"{data['id']} in plan.txt", body.pop(0), table)
        compare_rows(f"{data['id']} in plan.txt", body, table, data)


def columns(lines):
    """The left column, then the right one, of lines that stand side by side."""
    if len(lines) == 1:  # number and day, with blanks for the pen
        return re.split(r"\s{2,}(?=\S+( \S+)*, ngày)", lines[0].strip(), maxsplit=1)[::2]
    at = re.search(r"\s{2,}", lines[0]).end()
    return ["".join(line[:at] for line in lines), "".join(line[at:] for line in lines)]


def expect(whole, place, words):
    words = squeezed(words)
    if not whole.startswith(words, place):
        fail(f"the PDF has {whole[place:place + len(words) + 20]!r}, plan.txt has {words!r}")
    return place + len(words)


def expect_numbers(where, cells, table):
    numbers = [squeezed(cell).partition("=")[0] for cell in cells]
    if numbers != table.numbering():
        fail(f"{where}: column numbers {cells}, not {table.numbering()}")


def compare_rows(where, rows, table, data):
    wanted = [[squeezed(c["text"]) for c in cells] for _, cells in table.printed(data)]
    rows = [[squeezed(text) for text in row] for row in rows]
    for row in rows:
        row += [""] * (len(table.columns) - len(row))
    if rows != wanted:
        differ = [pair for pair in zip(rows, wanted) if pair[0] != pair[1]]
        fail(f"{where}: {len(rows)} rows, figures.json has {len(wanted)}; {differ[:2]}")


# ---- PDF: its tables ----

def structure_tables(pdf):
    """Of each table in the structure tree its lines, each a list of (TH or TD, text)."""
    tables, inside, in_cell = [], None, False
    for line in run("pdfinfo", "-struct-text", pdf).splitlines():
        depth = len(line) - len(line.lstrip())
        text = re.fullmatch(r'\s*"(.*)"', line)
        name = line.split()[0].rstrip(":") if line.strip() and not text else None
        if name == "Table":
            inside = depth
            tables.append([])
        elif inside is None:
            continue
        elif name and depth <= inside:
            inside = None
        elif name == "Caption":
            in_cell = False
        elif name == "TR":
            tables[-1].append([])
        elif name in ("TH", "TD"):
            tables[-1][-1].append([name, ""])
            in_cell = True
        elif text and in_cell:
            tables[-1][-1][-1][1] += squeezed(text[1])
    return tables


def check_structure(pdf, tables):
    """Header and cells of each table, whole however they wrap: what a reader for the blind says."""
    found = structure_tables(pdf)
    if len(found) != len(tables):
        fail(f"{len(found)} tables in the structure tree, the plan places {[d['id'] for _, d in tables]}")
    for lines, (table, data) in zip(found, tables):
        header = [text for line in lines if all(name == "TH" for name, _ in line) for _, text in line]
        labels = [squeezed(label) for *_, label in table.header()]
        if header[:len(labels)] != labels:
            fail(f"{data['id']}: its header in the PDF is {header}, not {labels}")
        expect_numbers(f"{data['id']} in the PDF", header[len(labels):], table)
        body = [line for line in lines if any(name == "TD" for name, _ in line)]
        if any(len(line) != len(table.columns) for line in body):
            fail(f"{data['id']}: rows of another length than its header")
        compare_rows(f"{data['id']} in the PDF", [[text for _, text in line] for line in body], table, data)


def page_words(pdf):
    """Pages as lists of (y, x, word)."""
    pages = []
    for page in run("pdftotext", "-bbox", pdf, "-").split("<page ")[1:]:
        words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', page)
        pages.append([((float(y) + float(y2)) / 2, float(x), unescape(w)) for x, y, y2, w in words])
    return pages


def unescape(word):
    for entity, c in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        word = word.replace(entity, c)
    return word


def lines_of(words):
    """Words of a page by line: those whose middles differ by less than 2 pt."""
    result = []
    for y, x, w in sorted(words):
        if result and y - result[-1][0] < 2:
            result[-1][1].append((x, w))
        else:
            result.append([y, [(x, w)]])
    return [[w for _, w in sorted(line)] for _, line in result]


def check_places(pdf, tables):
    """The figures of a row stand on one line with nothing but words of their row; rows and tables one below the other."""
    lines = [line for page in page_words(pdf) for line in lines_of(page)]
    start = 0
    for table, data in tables:
        for row, cells in table.printed(data):
            wanted = [(c["text"].split(), c["value"] is not None or e.get("is") == "ordinal")
                      for c, (_, e) in zip(cells, table.columns)]
            found = next((i for i in range(start, len(lines)) if is_row(lines[i], wanted)), None)
            if found is None:
                fail(f'{data["id"]}: row {row["label"]} is on no line of the PDF: {" | ".join(c["text"] for c in cells)}')
            start = found + 1


def is_row(line, cells):
    """Whether a line is made of the cells: each whole, or of a cell that may wrap some words that follow each other."""
    if not cells:
        return not line
    (words, whole), rest = cells[0], cells[1:]
    if whole:
        return line[:len(words)] == words and is_row(line[len(words):], rest)
    starts = [i for i in range(len(words)) if line and words[i] == line[0]]
    for i in starts:
        for n in range(len(words) - i, 0, -1):
            if line[:n] == words[i:i + n] and is_row(line[n:], rest):
                return True
    return is_row(line, rest)


# ---- XLSX ----

def shown(value, code):
    """What a spreadsheet program of a Vietnamese office shows for a number under the formats we use."""
    decimals = len(code.split(".")[1]) if "." in code else 0
    x = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    digits = str(abs(x).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
    whole, _, part = digits.partition(".")
    if "," in code.split(".")[0]:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", whole)
    whole = whole.zfill(len(re.sub(r"[^0]", "", code.split(".")[0])))
    negative = x < 0 and set(digits) - set("0.")
    return ("-" if negative else "") + whole + ("," + part if part else "")


def check_xlsx(xml, folder):
    """The sheets are the tables that the job names, in order, each cell by cell, then what the audit found; and nothing else."""
    job, data = Job(xml), figures(folder)
    cached = openpyxl.load_workbook(f"{folder}/appendix.xlsx", data_only=True)
    formulas = openpyxl.load_workbook(f"{folder}/appendix.xlsx")
    by_id = {t["id"]: t for t in data["tables"]}
    titles = [job.table(name).title for name in job.workbook_tables()] + ([AUDIT] if job.one("audit") is not None else [])
    if [sheet["A1"].value for sheet in cached.worksheets] != titles:
        fail(f"sheets {[sheet['A1'].value for sheet in cached.worksheets]}, not {titles}")
    compared = live = 0
    for name, sheet in zip(job.workbook_tables(), cached.worksheets):
        n, n_live = check_sheet(sheet, formulas[sheet.title], job.table(name), by_id[name])
        compared += n
        live += n_live
    if job.one("audit") is not None:
        check_audit(formulas.worksheets[-1], data["audit"])
        live_audit = [c for row in formulas.worksheets[-1].iter_rows() for c in row if c.data_type == "f"]
        if live_audit:
            fail(f"formulas in the audit: {live_audit}")
    print(f"{compared} cells, {live} formulas")


def check_sheet(sheet, formulas, table, data):
    """How many cells and formulas."""
    lines = [[table.title], *([[table.unit_line]] if table.unit_line else [])]
    for i, line in enumerate(lines):
        expect_line(sheet, i + 1, line)
    header = len(lines) + 1
    row_number = check_header(sheet, header, table)
    n_live = 0
    rows = table.printed(data)
    for row, cells in rows:
        for k, cell in enumerate(cells):
            at = sheet.cell(row_number, k + 1)
            compare_cell(f"{sheet.title}!{at.coordinate}", at, cell)
            is_live = formulas.cell(row_number, k + 1).data_type == "f"
            if is_live != table.is_live(row["kind"], k):
                fail(f"{sheet.title}!{at.coordinate}: {'a' if is_live else 'no'} formula: {formulas[at.coordinate].value!r}")
            n_live += is_live
        row_number += 1
    for note in table.notes:
        expect_line(sheet, row_number, [note])
        row_number += 1
    if sheet.max_row != row_number - 1 or sheet.max_column != len(table.columns):
        fail(f"{sheet.title}: {sheet.dimensions}, not {row_number - 1} rows of {len(table.columns)} columns")
    if any(d.hidden for d in [*sheet.column_dimensions.values(), *sheet.row_dimensions.values()]) or sheet.sheet_state != "visible":
        fail(f"{sheet.title}: something is hidden")
    return len(rows) * len(table.columns), n_live


def expect_line(sheet, row_number, wanted):
    values = [c.value for c in sheet[row_number]]
    if values != wanted + [None] * (len(values) - len(wanted)):
        fail(f"{sheet.title}, row {row_number}: {values}, not {wanted}")


def check_header(sheet, first, table):
    """Labels where they belong, merged over what they speak of; the row behind the header."""
    merged = {str(r) for r in sheet.merged_cells.ranges}
    last = first
    for level, c, n_row, n_column, label in table.header():
        at = sheet.cell(first + level, c + 1)
        last = max(last, first + level + n_row - 1)
        area = f"{at.coordinate}:{sheet.cell(first + level + n_row - 1, c + n_column).coordinate}"
        if at.value != label:
            fail(f"{sheet.title}!{at.coordinate}: {at.value!r} in the header, not {label!r}")
        if n_row * n_column > 1 and area not in merged:
            fail(f"{sheet.title}: {area} is not merged")
    if table.numbering():
        last += 1
        expect_numbers(sheet.title, [c.value for c in sheet[last]], table)
    if sheet.print_title_rows != f"${first}:${last}":
        fail(f"{sheet.title}: repeats rows {sheet.print_title_rows}, not ${first}:${last}")
    if not re.fullmatch(rf"[A-Z]+{last + 1}", sheet.freeze_panes or ""):
        fail(f"{sheet.title}: frozen at {sheet.freeze_panes}, its body begins in row {last + 1}")
    return last + 1


def compare_cell(where, at, cell):
    if cell["value"] is None:
        if str(at.value if at.value is not None else "") != cell["text"]:
            fail(f'{where}: {at.value!r}, figures.json says {cell["text"]!r}')
        return
    if isinstance(at.value, str) or at.value is None:
        fail(f"{where}: {at.value!r} is no number")
    exact = Fraction(cell["value"])
    if abs(float(exact) - float(at.value)) > 1e-15 * abs(float(exact)):  # written with 16 digits
        fail(f'{where}: value {at.value!r}, figures.json says {cell["value"]}')
    if shown(at.value, at.number_format) != cell["text"]:
        fail(f'{where}: shows {shown(at.value, at.number_format)} ({at.number_format}), figures.json says {cell["text"]}')


def check_audit(sheet, findings):
    """Each finding as figures.json has it; numbers are texts there, as they were printed."""
    expect_line(sheet, 1, [AUDIT])
    expect_line(sheet, 2, AUDIT_LABELS)
    if not findings:
        expect_line(sheet, 3, [NO_FINDING])
    labels = {}
    for i, f in enumerate(findings):
        number, rule, *rest, waiver = [c.value for c in sheet[i + 3]]
        *path, line, column = f["at"].split(":")
        cell = f"tệp {path[0].rpartition('/')[2]}{''.join(f', trang {s}' for s in path[1:])}, dòng {line}, cột {column}"
        # A published figure: where it stands in the document, which begins its place and its subject.
        stated = next((p for p in (f["subject"].partition(", ")[0],) if f["place"].startswith(p)), None)
        wanted = [SEVERITIES[f["severity"]], stated if f["rule"] in ("published", "places") else cell, f["subject"], f["printed"], f["computed"], f["explanation"] or None]
        if [number, *rest] != [str(i + 1), *wanted]:
            fail(f"{sheet.title}, row {i + 3}: {rest}, figures.json has {wanted}")
        if not rule or labels.setdefault(f["rule"], rule) != rule:
            fail(f"{sheet.title}, row {i + 3}: {rule!r} stands for {f['rule']}")
        if bool(waiver) != bool(f["waiver"]):
            fail(f"{sheet.title}, row {i + 3}: waived {waiver!r}, figures.json has {f['waiver']}")
    if {"published", "asserted"} <= set(labels) and labels["published"] == labels["asserted"]:
        fail(f"one label for two rules: {labels}")
    if sheet.max_row != 2 + max(1, len(findings)):
        fail(f"{sheet.title}: {sheet.max_row} rows for {len(findings)} findings")


def check_totals(folder, table_id, wanted):
    for table in figures(folder)["tables"]:
        if table["id"] == table_id:
            total = [c["text"] for r in table["rows"] if r["key"] == "total" for c in r["cells"] if c["value"] is not None]
            if total != wanted.split():
                fail(f"{' '.join(total)}\nwanted {wanted}")
            return
    fail(f"no table {table_id}")


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    {"pdf": check_pdf, "xlsx": check_xlsx, "totals": check_totals}[what](*rest)
