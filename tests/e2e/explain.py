"""Proves what `kehoach explain` and figures.json say of the numeric cells of jobs, by a second evaluation written from
templates/README.md alone: exact, in Python, without a line of the program.

explain.py [--plant] [--jobs N] JOB.xml...

1. Each table has the rows of the model, each numeric cell its state and value.
2. `explain --json` answers for each of them, agrees with figures.json, and its "numbers" give its value.
3. Adding 1 to one source cell that any of them names changes no cell that does not name it, byte for byte, and gives
   each cell that names it the value of the model, which reads the changed file anew.

--plant adds 1 to one expected value of the model: the comparison must fail."""
import argparse
import bisect
import collections
import functools
import json
import math
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from xml.parsers import expat

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KEHOACH = os.environ.get("KEHOACH", f"{ROOT}/out/bin/kehoach")

OK, NA, MISSING, CONFIDENTIAL = "ok", "not-applicable", "missing", "confidential"
WORST = [OK, NA, MISSING, CONFIDENTIAL]  # of two operands the worse one is the state of the result
NOTHING = (MISSING, None)
NUMBERS = {"count", "money", "rate", "number"}


class Unknown(Exception):
    """The model does not know this: it must learn it, the test may not pass over it."""


def worse(a, b):
    return a if WORST.index(a) >= WORST.index(b) else b


# ---- texts ----

TONES = "\u0300\u0301\u0303\u0309\u0323"
OPEN_PAIR = re.compile(f"(o|(?<!q)u)([aey])([{TONES}])(?!\\w|[\u0300-\u036f])")
TYPED = {**dict.fromkeys("‘’ʼ′´`", "'"), **dict.fromkeys("“”„″", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
UNSEEN = re.compile("[\0\u00ad\u200b-\u200f\u2060\ufeff]")


@functools.lru_cache(None)
def fold(text):
    """Lower case, NFC, single spaces, typed quotes and dashes, hoà as hòa."""
    text = "".join(TYPED.get(c, c) for c in " ".join(UNSEEN.sub("", text).split())).lower().replace("ð", "đ")

    def move(m):
        pair = m[1] + m[2]
        return m[1] + m[3] + m[2] if pair in ("oa", "oe", "uy") else m[0]

    return unicodedata.normalize("NFC", OPEN_PAIR.sub(move, unicodedata.normalize("NFD", text)))


def clean(text):
    return unicodedata.normalize("NFC", UNSEEN.sub("", text)).strip()


@functools.lru_cache(None)
def header_text(text):
    return re.sub(r"[ _-]+", " ", re.sub(r"\s*>\s*", " > ", fold(text))).strip()


def fill_period(text, year):
    def number(m):
        return str(year + int((m[1] or "0").replace(" ", "")))

    return re.sub(r"\{\s*period\s*([-+]\s*\d)?\s*\}", number, text)


def round_to(x, decimals, how):
    scale = Fraction(10) ** decimals
    whole, rest = divmod(abs(x) * scale, 1)
    up = {"half-up": rest >= Fraction(1, 2), "truncate": False,
          "half-even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2)}[how]
    result = (whole + 1 if up else whole) / scale
    return -result if x < 0 else result


def read_number(text, point):
    """(state, value) of the text of a numeric cell; point: the source has decimal points."""
    text = text.strip()
    if text in ("", "-", "–", "—", "...", "…"):
        return NOTHING
    if text.lower() == "[c]":
        return CONFIDENTIAL, None
    text = re.sub(r"[\s\u00a0\u202f]", "", text.rstrip("%")).replace("−", "-")
    groups, decimal = (",", ".") if point else (".", ",")
    text = text.replace(groups, "").replace(decimal, ".")
    if not re.fullmatch(r"-?\d*(\.\d+)?", text):
        raise Unknown(f"the number {text!r}")
    return OK, Fraction(text)


def one_more(text, point):
    """The text of a number, with 1 added, its decimals and its % kept."""
    state, value = read_number(text, point)
    assert state == OK
    mark = "." if point else ","
    decimals = len(re.sub(r"\D", "", text.split(mark)[1])) if mark in text else 0
    digits = str(abs(value + 1) * 10 ** decimals).rjust(decimals + 1, "0")
    whole, part = digits[:len(digits) - decimals], digits[len(digits) - decimals:]
    return ("-" if value + 1 < 0 else "") + whole + (mark + part if part else "") + ("%" if "%" in text else "")


# ---- the expression language ----

LEXEME = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<text>'[^']*'|\"[^\"]*\")"
                    r"|(?P<hole>\?|\[c\])|(?P<sign>==|!=|<>|<=|>=|[-=<>+*/(),.]))")
COMPARE = {"=": lambda a, b: a == b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<>": lambda a, b: a != b,
           "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}
FUNCTIONS = {"if", "round", "min", "max", "abs", "ceil", "sum", "count", "total", "at", "upto", "shown"}


class Parser:
    """Text to nested tuples: ("number", x), ("text", s), ("name", id, view), ("+", [tree...]), ("call", name, [tree...]),
    ("hole", state) for the "?", "-" and "[c]" of explain's numbers."""

    def __init__(self, text):
        self.lexemes = []
        place = 0
        while text[place:].strip():
            m = LEXEME.match(text, place)
            if not m:
                raise Unknown(f"{text[place:]!r} in the expression {text!r}")
            self.lexemes.append((m.lastgroup, m[m.lastgroup]))
            place = m.end()
        self.lexemes.append(("end", ""))
        self.at = 0

    def look(self):
        return self.lexemes[self.at][1] if self.lexemes[self.at][0] in ("sign", "name") else None

    def take(self, *wanted):
        found = self.lexemes[self.at]
        if wanted and self.look() not in wanted:
            raise Unknown(f"{found[1]!r} where one of {wanted} should stand")
        self.at += 1
        return found[1]

    def whole(self):
        tree = self.either()
        if self.lexemes[self.at][0] != "end":
            raise Unknown(f"{self.lexemes[self.at][1]!r} behind an expression")
        return tree

    def chain(self, operators, below):
        tree = below()
        while self.look() in operators:
            operator = self.take()
            tree = (operator, [tree, below()])
        return tree

    def either(self):
        return self.chain({"or"}, self.both)

    def both(self):
        return self.chain({"and"}, self.negated)

    def negated(self):
        if self.look() == "not":
            self.take()
            return "not", [self.negated()]
        return self.comparison()

    def comparison(self):
        tree = self.added()
        if self.look() in COMPARE:
            return self.take(), [tree, self.added()]
        return tree

    def added(self):
        return self.chain({"+", "-"}, self.multiplied)

    def multiplied(self):
        return self.chain({"*", "/"}, self.signed)

    def signed(self):
        if self.look() == "-":
            self.take()
            # "-" alone, as explain's numbers have it, is a figure that is not applicable.
            alone = self.look() in COMPARE or self.look() in ("+", "*", "/", ",", ")") or self.lexemes[self.at][0] == "end"
            return ("hole", NA) if alone else ("negate", [self.signed()])
        return self.primary()

    def primary(self):
        kind, text = self.lexemes[self.at]
        self.at += 1
        if kind == "number":
            return "number", Fraction(text)
        if kind == "text":
            return "text", text[1:-1]
        if kind == "hole":
            return "hole", MISSING if text == "?" else CONFIDENTIAL
        if text == "(":
            tree = self.either()
            self.take(")")
            return tree
        if kind != "name":
            raise Unknown(f"{text!r} where a figure should stand")
        if self.look() == "(":
            return self.call(text)
        if self.look() == ".":
            self.take()
            name = ("name", self.take(), text if text != "total" else "row")
            return ("call", "total", [name]) if text == "total" else name
        return "name", text, "row"

    def call(self, name):
        self.take("(")
        arguments = [self.either()]
        while self.look() == ",":
            self.take()
            arguments.append(self.either())
        self.take(")")
        if name not in FUNCTIONS | {"allocate"}:
            raise Unknown(f"the function {name}()")
        if name in ("upto", "shown"):
            return "name", arguments[0][1], name
        return "call", name, arguments


@functools.lru_cache(None)
def parse(text):
    return Parser(text).whole()


def walk(tree):
    """Each tree inside, the tree itself first."""
    yield tree
    for child in tree[-1] if isinstance(tree[-1], list) else []:
        yield from walk(child)


class Evaluator:
    """Of parsed expressions; env says what names and rows mean: name(id, view, row), leaves, total, find(key)."""

    def __init__(self, env):
        self.env = env

    def value(self, tree, row):
        """(state, number, text or truth)"""
        kind = tree[0]
        if kind in ("number", "text"):
            return OK, tree[1]
        if kind == "hole":
            return tree[1], None
        if kind == "name":
            return self.env.name(tree[1], tree[2], row)
        if kind == "call":
            return getattr(self, f"call_{tree[1]}")(tree[2], row)
        return self.operation(kind, [self.value(t, row) for t in tree[1]])

    def operation(self, sign, operands):
        state = functools.reduce(worse, [o[0] for o in operands])
        if state != OK:
            return state, None
        x = operands[0][1]
        if len(operands) == 1:
            return OK, not x if sign == "not" else -x
        y = operands[1][1]
        if sign == "/":
            return (OK, x / y) if y else (NA, None)
        if sign in COMPARE:
            return OK, COMPARE[sign](x, y)
        return OK, {"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "and": lambda: x and y,
                    "or": lambda: x or y}[sign]()

    def over(self, function, operands):
        state = functools.reduce(worse, [o[0] for o in operands], OK)
        return (OK, function([o[1] for o in operands])) if state == OK else (state, None)

    def call_if(self, arguments, row):
        state, truth = self.value(arguments[0], row)
        if state != OK:
            return state, None
        return self.value(arguments[1 if truth else 2], row)

    def call_round(self, arguments, row):
        return self.over(lambda x: round_to(x[0], int(arguments[1][1]), "half-up"), [self.value(arguments[0], row)])

    def call_ceil(self, arguments, row):
        return self.over(lambda x: Fraction(math.ceil(x[0])), [self.value(arguments[0], row)])

    def call_abs(self, arguments, row):
        return self.over(lambda x: abs(x[0]), [self.value(arguments[0], row)])

    def call_min(self, arguments, row):
        return self.over(min, [self.value(t, row) for t in arguments])

    def call_max(self, arguments, row):
        return self.over(max, [self.value(t, row) for t in arguments])

    def call_sum(self, arguments, row):
        tree = arguments[0]
        if tree[0] == "name" and tree[2] == "row" and self.env.skips(tree[1]):
            return self.value(tree, self.env.total)
        return self.over(lambda x: sum(x, Fraction(0)), [self.value(tree, leaf) for leaf in self.env.leaves])

    def call_count(self, arguments, row):
        return self.over(lambda x: Fraction(sum(map(bool, x))), [self.value(arguments[0], leaf) for leaf in self.env.leaves])

    def call_total(self, arguments, row):
        return self.value(arguments[0], self.env.total)

    def call_at(self, arguments, row):
        return self.value(arguments[1], self.env.find(arguments[0][1]))


class NoNames:
    """Of the "numbers" of explain, where every name has been replaced."""

    leaves = ()
    total = None

    def name(self, name, view, row):
        raise Unknown(f"the name {name}, where only numbers should stand")

    def find(self, key):
        raise Unknown(f"the row {key}, where only numbers should stand")


# ---- files of the sources ----

# A cell as found: name (XML) or column (CSV), text, its place (row, column), where its text stands in the decoded file.
Cell = collections.namedtuple("Cell", "name text place span")


def decode(data):
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark):].decode(encoding), mark, encoding
    return data.decode("utf-8"), b"", "utf-8"


def csv_rows(text):
    """Lists of cells, with the column as their name."""
    records = {d: split_csv(text, d) for d in ";\t,"}

    def agreement(delimiter):
        counts = collections.Counter(len(r) for r in records[delimiter] if len(r) > 1)
        return max(counts.values(), default=0), len(records[delimiter][0]) if records[delimiter] else 0

    return records[max(";\t,", key=agreement)]


def split_csv(text, delimiter):
    rows, row, place, line = [], [], 0, 1
    plain = re.compile(f"[^{delimiter}\r\n]*")
    quoted = re.compile('"((?:[^"]|"")*)"')
    while place < len(text):
        m = quoted.match(text, place) or plain.match(text, place)
        group = 1 if m.re is quoted else 0
        row.append(Cell(len(row) + 1, m[group].replace('""', '"'), (line, len(row) + 1), m.span(group)))
        line += len(re.findall("\r\n|\r|\n", m[0]))
        place = m.end()
        if text[place:place + 1] == delimiter:
            place += 1
            if place == len(text):
                row.append(Cell(len(row) + 1, "", (line, len(row) + 1), (place, place)))
            continue
        place += 2 if text[place:place + 2] == "\r\n" else 1
        rows.append(row)
        row, line = [], line + 1
    return rows + ([row] if row else [])


class XmlRows:
    """The repeated element of a file, each with its cells: attributes and the elements inside."""

    def __init__(self, text, path):
        self.text = text
        self.data = text.encode()
        self.starts = [0] + [m.end() for m in re.finditer(b"\n", self.data)]
        self.path = path.strip("/").split("/") if path else None
        self.open = []
        self.rows = []
        self.row_depth = 0
        self.names = []
        self.leaf = []
        self.found = ""
        self.found_at = None
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.Parse(re.sub(rb"^<\?xml.*?\?>", lambda m: b" " * len(m[0]), self.data), True)

    def place(self, offset):
        line = bisect.bisect_right(self.starts, offset)
        return line, len(self.data[self.starts[line - 1]:offset].decode()) + 1

    def characters(self, text):
        if self.found_at is None:
            self.found_at = self.parser.CurrentByteIndex
        self.found += text

    def flush(self):
        """The text between two tags, if it is a cell."""
        text, at, self.found, self.found_at = self.found, self.found_at, "", None
        if not self.row_depth or not text.strip():
            return
        name = "/".join(self.names) or self.open[-1]
        start = len(self.data[:at].decode())
        self.rows[-1].append(Cell(name, text, self.place(at), (start, start + len(text))))
        self.leaf[-1] = False

    def start(self, name, attributes):
        self.flush()
        name = name.split(" ")[-1]
        at = self.parser.CurrentByteIndex
        self.open.append(name)
        if self.leaf:
            self.leaf[-1] = False
        if self.row_depth:
            label = attributes.get("label") or attributes.get("nhan")
            self.names.append(label or name)
            self.attributes(attributes, at, {"label", "nhan"})
            self.leaf.append(True)
        elif self.open == self.path if self.path else len(self.open) == 2:
            self.row_depth = len(self.open)
            self.rows.append([])
            self.attributes(attributes, at, set())
            self.leaf.append(False)

    def attributes(self, attributes, at, but):
        start = len(self.data[:at].decode())
        for name, value in attributes.items():
            if name in but:
                continue
            m = re.compile(rf"\s{re.escape(name)}\s*=\s*([\"'])(.*?)\1", re.S).search(self.text, start)
            self.rows[-1].append(Cell("/".join(self.names + [name]), value, self.place(at), m.span(2)))

    def end(self, name):
        self.flush()
        if self.row_depth and self.leaf.pop() and len(self.open) > self.row_depth:
            at = self.parser.CurrentByteIndex
            at = self.data.rfind(b"<" + self.open[-1].encode(), 0, at + 1)
            self.rows[-1].append(Cell("/".join(self.names), "", self.place(at), None))
        if self.row_depth == len(self.open):
            self.row_depth = 0
        elif self.row_depth:
            self.names.pop()
        self.open.pop()


# ---- templates and the job ----

def children(element, *names):
    return [e for e in element if e.tag.split("}")[-1] in names]


class Field:
    def __init__(self, element):
        self.id = element.get("id")
        self.type = element.get("type")
        self.key = element.get("key") == "yes"
        self.names = [n.text for n in children(element, "name")] + [self.id]


class Dataset:
    def __init__(self, path):
        root = ElementTree.parse(path).getroot()
        self.id = root.get("id")
        self.fields = {f.id: f for f in map(Field, children(root, "field"))}
        self.totals = {fold(t) for t in (root.get("total") or "").split("|")} - {""}
        self.label = max(self.fields.values(), key=self.rank)

    @staticmethod
    def rank(f):
        if f.type == "area":
            return 4 if f.key else 3 if f.id != "parent" else 0
        return 2 if f.type == "text" and f.id != "code" else 1 if f.key else 0

    def matcher(self, year):
        """Header path -> (strength, field)."""
        full, ends, shared = {}, {}, set()
        for f in self.fields.values():
            for name in f.names:
                levels = header_text(fill_period(name, year)).split(" > ")
                full.setdefault(" > ".join(levels), f)
                for i in range(1, len(levels)):
                    end = " > ".join(levels[i:])
                    if ends.setdefault(end, f) is not f:
                        shared.add(end)

        def match(path):
            levels = path.split(" > ")
            for i in range(len(levels)):
                if " > ".join(levels[i:]) in full:
                    return 3 if not i else 2, full[" > ".join(levels[i:])]
            return (1, ends[path]) if path in ends and path not in shared else (0, None)

        return match


Datum = collections.namedtuple("Datum", "state value text cell")
NO_DATUM = Datum(MISSING, None, "", None)


class Row:
    """Of a source: data is the datum of each field that has one."""

    def __init__(self, data):
        self.data = data
        self.area = None
        self.month = int(next((d.value for d in data.values() if d.cell and d.cell[0] == "month" and d.state == OK), 0))

    def text(self, field):
        datum = self.data.get(field)
        return datum.text if datum and datum.state == OK else ""


class Source:
    def __init__(self, job, element):
        self.job = job
        self.href = element.get("href")
        self.dataset = job.dataset(element.get("dataset"))
        self.role = element.get("role") or "current"
        self.point = element.get("decimal") == "."
        self.path = element.get("rows")
        self.years = [int((element.get("period") or str(job.year))[:4])]
        if self.role == "previous" and not element.get("period"):
            self.years.insert(0, job.year - 1)
        self.content = None

    def read(self, text):
        """Rows of the file's text; the last answer is kept."""
        if self.content is None or self.content[0] != text:
            xml = text.lstrip().startswith("<")
            rows = self.xml(text) if xml else self.csv(text)
            self.content = text, [Row(r) for r in rows]
        for row in self.content[1]:
            row.area = None
        return self.content[1]

    def xml(self, text):
        rows = XmlRows(text, self.path).rows
        matchers = [self.dataset.matcher(year) for year in self.years]
        fields = {}
        for name in {c.name for row in rows for c in row}:
            path = header_text(name)
            tries = [m(p)[1] for m in matchers for p in (path, header_text(name.replace("/", " > ")))]
            fields[name] = next((f for f in tries if f), None)
        return self.typed([[(fields[c.name], c) for c in row] for row in rows])

    def csv(self, text):
        rows = csv_rows(text)
        first, levels, fields = self.header(rows[:44])
        body = [row for row in rows[first + levels:]]
        while body and not any(c.text.strip() for c in body[0]):
            body.pop(0)
        if body and self.is_numbering(body[0]):
            body.pop(0)
        return self.typed([[(fields.get(c.name), c) for c in row] for row in body])

    @staticmethod
    def is_numbering(row):
        numbers = [re.match(r"\(?(\d+)(\)|$|=| )", c.text.strip()) for c in row if c.text.strip()]
        return len(numbers) >= 3 and all(numbers) and [int(m[1]) for m in numbers] == list(range(1, len(numbers) + 1))

    def header(self, rows):
        """First row, number of rows, column -> field: the lines that match most."""
        best = (0, 0), None
        for first in range(min(len(rows), 40)):
            for levels in range(1, min(4, len(rows) - first) + 1):
                for year in self.years:
                    matched = self.columns(rows[first:first + levels], self.dataset.matcher(year))
                    score = len(matched), sum(strength == 3 for strength, _ in matched.values())
                    if score > best[0]:
                        best = score, (first, levels, {column: f for f, (_, column) in matched.items()})
        return best[1]

    @staticmethod
    def columns(rows, match):
        """Field -> (strength, column), of the strongest one."""
        texts = [{c.name: header_text(c.text) for c in row} for row in rows]
        above = [""] * len(rows)
        matched = {}
        for column in range(1, max(map(len, rows), default=0) + 1):
            own = [t.get(column, "") for t in texts]
            if not any(own):
                continue
            for i, text in enumerate(own):
                if text:
                    above[i:] = [text] + [""] * (len(own) - i - 1)
            path = " > ".join(t for t in [t or a for t, a in zip(own[:-1], above)] + own[-1:] if t)
            strength, field = match(path)
            if field and strength > matched.get(field, (0,))[0]:
                matched[field] = strength, column
        return matched

    def typed(self, rows):
        """Rows of data without the totals; the cells of a row as (field or None, cell)."""
        result = []
        for row in rows:
            filled = [(f, c) for f, c in row if c.text.strip()]
            if not filled:
                continue
            label = next((c for f, c in filled if f is self.dataset.label), filled[0][1])
            if fold(label.text) in self.dataset.totals:
                continue
            result.append({f.id: self.datum(f, c) for f, c in row if f})
        return result

    def datum(self, field, cell):
        at = field.type, self.href, cell
        text = clean(cell.text)
        if field.type in NUMBERS:
            return Datum(*read_number(text, self.point), text, at)
        if not text:
            return Datum(MISSING, None, "", at)
        if field.type == "flag":
            return Datum(OK, fold(text) in ("x", "có", "1", "yes", "true", "đúng", "✓", "✔"), text, at)
        if field.type == "month":
            return Datum(OK, Fraction(int(text.split("-")[-1])), text, at)
        return Datum(OK, text, text, at)


class Job:
    def __init__(self, path):
        self.path = path
        self.folder = os.path.dirname(path)
        root = ElementTree.parse(path).getroot()
        self.id = root.get("id")
        self.year, _, month = root.get("period").partition("-")
        self.year = int(self.year)
        self.month = int(month) if month else None
        self.rounding = root.get("rounding") or "half-up"
        agency = children(root, "agency")[0]
        self.constants = {"period": (OK, Fraction(self.year)), "agency": (OK, agency.get("name")),
                          "month": (OK, Fraction(self.month)) if month else NOTHING,
                          "locality": (OK, agency.get("area")), "thousand": (OK, Fraction(10 ** 3)),
                          "million": (OK, Fraction(10 ** 6)), "billion": (OK, Fraction(10 ** 9))}
        self.area = agency.get("area")
        self.datasets = {}
        self.sources = [Source(self, s) for s in children(root, "source")]
        for element in children(root, "crosswalk"):
            element.set("dataset", "crosswalk")
            self.sources.append(Source(self, element))
        workbook = children(root, "workbook")
        self.workbook = workbook[0].get("tables").split() if workbook else []
        self.templates = {}
        self.texts = {}
        for href in {s.href for s in self.sources}:
            with open(f"{self.folder}/{href}", "rb") as f:
                self.texts[href] = decode(f.read())

    def find(self, kind, name):
        for folder in (f"{self.folder}/templates", f"{ROOT}/templates"):
            path = f"{folder}/{kind}/{name}.xml"
            if os.path.exists(path):
                return path
        raise Unknown(f"{kind}/{name}.xml")

    def dataset(self, name):
        if name not in self.datasets:
            self.datasets[name] = Dataset(self.find("datasets", name))
        return self.datasets[name]

    def template(self, name):
        if name not in self.templates:
            self.templates[name] = Template(self, self.find("tables", name))
        return self.templates[name]


class Column:
    def __init__(self, element, dataset, template):
        self.id = element.get("id")
        self.field = dataset.fields.get(self.id)
        self.formula = element.get("value")
        self.allocate = element.get("allocate")
        self.by = element.get("by")
        self.mode = element.get("mode") or "largest-remainder"
        self.rule = element.get("total")
        self.skip = element.get("missing") == "skip"
        decimals = element.get("decimals")
        self.exact = decimals == "own" or (not decimals and self.field and self.field.type in ("rate", "number"))
        self.decimals = int(decimals or 0) if decimals != "own" else 0
        self.rounding = element.get("rounding") or template.rounding
        if self.allocate:
            self.kind = "allocation"
        elif self.formula:
            self.kind = "indicator"
            self.tree = parse(self.formula)
        elif element.get("is"):
            self.kind = element.get("is")
        else:
            self.kind = "field" if self.field.type in NUMBERS else "text"
        self.numeric = self.kind in ("field", "indicator", "allocation")


class Template:
    """A table as its XML says it."""

    def __init__(self, job, path):
        root = ElementTree.parse(path).getroot()
        self.id = root.get("id")
        self.job = job
        self.dataset = job.dataset(root.get("over"))
        self.rounding = root.get("rounding") or job.rounding
        keys = {f.type for f in self.dataset.fields.values() if f.key}
        self.by_area = (root.get("rows") or ("area" if "area" in keys else "data")) == "area"
        self.has_month = "month" in keys
        self.only_months = keys == {"month"}
        self.groups = root.get("groups")
        self.order = root.get("order") or "source"
        self.subtotal = bool(children(root, "subtotal"))
        self.columns = {}
        for element in root.iter():
            if element.tag.endswith("}column"):
                column = Column(element, self.dataset, self)
                self.columns[column.id] = column
        self.summed = {}

    def is_constant(self, name):
        """A number of the job hides a field, a text does not."""
        if name in self.columns or name not in self.job.constants:
            return False
        return name not in ("agency", "locality") or name not in self.dataset.fields

    def is_summed(self, column):
        """Whether its totals add it up."""
        if column.id not in self.summed:
            self.summed[column.id] = self.find_summed(column)
        return self.summed[column.id]

    def find_summed(self, column):
        if column.rule or not column.numeric or column.kind == "allocation":
            return column.rule == "sum" or (column.kind == "allocation" and not column.rule)
        if column.kind == "field":
            return column.field.type != "rate"
        trees = list(walk(column.tree))
        names = [t for t in trees if t[0] == "name" and not self.is_constant(t[1])]
        if not names or any(t[0] in ("/", "call") or t[-1] == "shown" for t in trees):
            return False
        return all(self.name_is_summed(t[1], t[2]) for t in names)

    def name_is_summed(self, name, view):
        if view == "row" and name in self.columns:
            return self.columns[name].numeric and self.is_summed(self.columns[name])
        return self.dataset.fields[name].type in NUMBERS - {"rate"}


# ---- areas ----

class Area:
    def __init__(self, name, code, parent):
        self.name = name
        self.folded = fold(name)
        self.code = code
        self.parent = parent
        self.key = None


class Areas:
    """Rows of all sources speak of one area by its code, else by its folded name."""

    def __init__(self, job, rows):
        self.root = Area(job.area, None, None)
        self.all = [self.root]
        sources = [(s, rows[i], self.says(s, rows[i])) for i, s in enumerate(job.sources)]
        for wanted in (True, False):
            for source, its_rows, says in sources:
                field = next((f.id for f in source.dataset.fields.values()
                              if f.type == "area" and f.key and f.id != "parent"), None)
                for row in its_rows if field and says == wanted else ():
                    if row.text(field):
                        row.area = self.find(row, field, any("parent" in r.data for r in its_rows))
        names = collections.Counter(a.folded for a in self.all)
        for area in self.all:
            shared = names[area.folded] > 1 and area.parent
            area.key = area.code or (f"{area.parent.folded}/{area.folded}" if shared else area.folded)

    @staticmethod
    def says(source, rows):
        fields = source.dataset.fields
        return any(name in r.data and fields[name].type == kind for r in rows for name, kind in
                   (("parent", "area"), ("code", "text")))

    def find(self, row, field, has_parent):
        name, code = row.text(field), row.text("code") or None
        if code:
            known = next((a for a in self.all if a.code == code), None)
            if known:
                return known
        fits = [a for a in self.all if a.folded == fold(name) and (not code or (not a.code and a is not self.root))]
        parent = self.root
        if has_parent:
            parent = self.parent(row.text("parent"))
            fits = [a for a in fits if a.parent is parent]
        area = fits[0] if fits else Area(name, code, parent)
        if not fits:
            self.all.append(area)
        area.code = area.code or code
        return area

    def parent(self, name):
        if not name or fold(name) == self.root.folded:
            return self.root
        known = [a for a in self.all if a.folded == fold(name)]
        if not known:
            self.all.append(Area(name, None, self.root))
        return known[0] if known else self.all[-1]


class Crosswalk:
    """What areas were made of before they merged, split or were renamed."""

    def __init__(self, job, rows, areas):
        previous = next((i for i, s in enumerate(job.sources) if s.role == "previous"), None)
        self.areas = areas
        self.changes = []
        self.old = set()
        if previous is None:
            return
        self.old = {row.area.key for row in rows[previous] if row.area}
        after = f"{job.sources[previous].years[0]}-12-31"
        until = f"{job.year}-{job.month or 12:02}-31"
        for source, its_rows in zip(job.sources, rows):
            for row in its_rows if source.dataset.id == "crosswalk" else ():
                since = "-".join(reversed(row.text("since").split("/"))) if "/" in row.text("since") else row.text("since")
                weight = row.data.get("weight", NO_DATUM)
                if after < since <= until:
                    self.changes.append((since, self.key(row.text("from")), self.key(row.text("to")),
                                         weight.value if weight.state == OK else Fraction(1)))

    def key(self, name):
        return next((a.key for a in self.areas.all if name == a.code or fold(name) == a.folded), fold(name))

    def parts(self, key, until="9"):
        """Old area -> its share in the area."""
        days = [since for since, old, new, _ in self.changes if key in (old, new) and since < until]
        if not days:
            return {key: Fraction(1)}
        day = max(days)
        changes = [(old, new, weight) for since, old, new, weight in self.changes if since == day]
        sources = [(old, weight) for old, new, weight in changes if new == key]
        if key in self.old and all(old != key for old, _, _ in changes):
            sources.append((key, Fraction(1)))  # it went on, and others came to it
        result = collections.Counter()
        for old, weight in sources:
            for name, share in self.parts(old, day).items():
                result[name] += weight * share
        return result


# ---- tables ----

class Leaf:
    def __init__(self, row, key, match):
        self.row = row  # any of them
        self.key = key
        self.match = match
        self.kind = "area"
        self.group = None


class Sum:
    """A row of a group or the total."""

    def __init__(self, kind, key, leaves):
        self.kind = kind
        self.key = key
        self.leaves = leaves


class Table:
    """The cells of a template over rows; the env of its expressions."""

    def __init__(self, template, rows, crosswalk):
        self.template = template
        self.crosswalk = crosswalk
        self.known = {}
        self.evaluator = Evaluator(self)
        self.roles = {}
        for source, its_rows in zip(template.job.sources, rows):
            if source.dataset is template.dataset:
                self.roles.setdefault(source.role, its_rows)
        self.index = {}
        for role, its_rows in self.roles.items():
            for row in its_rows:
                self.index.setdefault((role, self.match(row)), []).append(row)
        self.make_leaves()
        self.total = Sum("total", "total", self.leaves)
        self.groups = []
        if template.groups:
            members = {}
            for leaf in self.leaves:
                members.setdefault(self.group_key(leaf), []).append(leaf)
            self.groups = [Sum("group", f"group:{key}", leaves) for key, leaves in members.items()]
        self.rows = self.leaves + (self.groups if template.subtotal else []) + [self.total]

    def row_key(self, row):
        """Of the data: the area's key or folded name, and the other key texts."""
        fields = self.template.dataset.fields.values()
        told = {"parent", "code"}
        area = next((f.id for f in fields if f.type == "area" and f.key and f.id not in told), None)
        parts = [row.area.key] if row.area else []
        parts += [fold(row.text(f.id)) for f in fields if f.key and f.type != "month" and row.text(f.id) and not
                  (row.area and (f.id in told or f.id == area))]
        if parts:
            return "/".join(parts)
        if row.month:
            text = next(d.text for d in row.data.values() if d.cell[0] == "month")
            return text if "-" in text else f"{self.template.job.year:04}-{row.month:02}"
        return str(self.roles["current"].index(row) + 1)

    def match(self, row):
        if self.template.by_area and row.area:
            return row.area.key
        return "" if self.template.only_months else self.row_key(row)

    def make_leaves(self):
        self.leaves, seen = [], set()
        for row in self.roles["current"]:
            match = self.match(row)
            if self.template.by_area and match in seen:
                continue
            seen.add(match)
            self.leaves.append(Leaf(row, match if self.template.by_area else self.row_key(row), match))

    def group_key(self, leaf):
        if self.template.groups == "parent":
            return leaf.row.area.parent.key if leaf.row.area and leaf.row.area.parent else ""
        return fold(leaf.row.text(self.template.groups))

    def find(self, key):
        for name in ([r for r in self.rows if r.key == key], self.labelled(key)):
            if len(name) == 1:
                return name[0]
        raise Unknown(f"the row {key}")

    def labelled(self, key):
        label = self.template.dataset.label.id
        return [leaf for leaf in self.leaves if fold(leaf.row.text(label)) == fold(key)]

    # -- fields

    def partner(self, role, leaf):
        """The row of a source that belongs to the leaf, or None."""
        if role == "current" and not self.template.by_area:
            return leaf.row
        month = self.month(leaf)
        rows = [r for r in self.index.get((role, leaf.match), ()) if not month or not r.month or r.month == month]
        return rows[0] if len(rows) == 1 else None

    def month(self, leaf):
        return self.template.job.month if self.template.by_area and self.template.has_month else leaf.row.month

    def datum(self, role, leaf, name):
        row = self.partner(role, leaf)
        return row.data.get(name, NO_DATUM) if row else NO_DATUM

    def upto(self, leaf, name):
        parts = []
        for month in range(1, (self.template.job.month or 12) + 1):
            rows = [r for r in self.index[("current", leaf.match)] if r.month == month]
            parts.append(rows[0].data.get(name, NO_DATUM)[:2] if len(rows) == 1 else NOTHING)
        return self.added(parts)

    def field(self, name, view, row):
        field = self.template.dataset.fields[name]
        if row.kind != "area":
            if field.type not in NUMBERS - {"rate"} or (view == "previous" and row is self.total and self.left_out()):
                return NOTHING
            return self.added([self.field(name, view, leaf) for leaf in row.leaves])
        if view == "upto":
            return self.upto(row, name)
        if view == "previous" and row.row.area:
            return self.previous(name, row)
        datum = self.datum({"row": "current", "shown": "current"}.get(view, view), row, name)
        return datum.state, datum.value

    def left_out(self):
        """Whether an area of the year before went to no row: it has no part in the sum of the rows."""
        taken = {key for leaf in self.leaves if leaf.row.area for key in self.crosswalk.parts(leaf.row.area.key)}
        return self.template.by_area and bool(self.crosswalk.old - taken)

    def previous(self, name, leaf):
        """Of the areas that the leaf's was made of."""
        parts = []
        for key, weight in self.crosswalk.parts(leaf.row.area.key).items():
            rows = [r for r in self.roles.get("previous", ()) if r.area and r.area.key == key
                    and (not self.month(leaf) or not r.month or r.month == self.month(leaf))]
            datum = rows[0].data.get(name, NO_DATUM) if len(rows) == 1 else NO_DATUM
            parts.append((datum.state, datum.value * weight if datum.state == OK else None))
        return self.added(parts)

    def added(self, parts, skip=False):
        if skip:
            parts = [p for p in parts if p[0] != MISSING]
        if not parts:
            return NOTHING
        return self.evaluator.over(lambda x: sum(x, Fraction(0)), parts)

    # -- names of expressions

    def name(self, name, view, row):
        if name in self.template.columns and view in ("row", "shown"):
            state, value = self.cell(row, self.template.columns[name])
            if view == "shown" and state == OK:
                value = self.shown(self.template.columns[name], value)
            return state, value
        if self.template.is_constant(name):
            return self.template.job.constants[name]
        if name not in self.template.dataset.fields:
            raise Unknown(f"the name {name}")
        return self.field(name, view, row)

    def skips(self, name):
        column = self.template.columns.get(name)
        return bool(column) and column.skip and self.template.is_summed(column)

    @staticmethod
    def shown(column, value):
        if column.kind == "field" and column.exact:
            return value  # as many decimals as the source has
        return round_to(value, column.decimals, column.rounding)

    # -- cells

    def cell(self, row, column):
        key = id(row), column.id
        if key not in self.known:
            self.known[key] = self.leaf_cell(row, column) if row.kind == "area" else self.sum_cell(row, column)
        return self.known[key]

    def leaf_cell(self, leaf, column):
        if column.kind == "ordinal":
            raise Unknown("an expression that uses an ordinal")
        if column.kind == "label":
            return OK, leaf.row.text(self.template.dataset.label.id)
        if column.kind == "indicator":
            return self.evaluator.value(column.tree, leaf)
        if column.kind == "allocation":
            return self.shares(column)[self.leaves.index(leaf)]
        return self.field(column.id, "row", leaf)

    def sum_cell(self, row, column):
        if self.template.is_summed(column):
            return self.added([self.cell(leaf, column) for leaf in row.leaves], column.skip)
        if column.kind == "indicator" and column.rule != "none":
            return self.evaluator.value(column.tree, row)
        return NOTHING

    def shares(self, column):
        """Of each leaf, of what is shared out."""
        if column.mode == "given":
            return [self.field(column.id, "row", leaf) for leaf in self.leaves]
        state, whole = self.evaluator.value(parse(column.allocate), self.total)
        weights = [self.evaluator.value(parse(column.by), leaf) for leaf in self.leaves]
        state = functools.reduce(worse, [w[0] for w in weights], state)
        if state != OK:
            return [(state, None)] * len(self.leaves)
        weights = [w[1] for w in weights]
        exact = [whole * w / sum(weights) if whole else Fraction(0) for w in weights]
        if column.mode == "proportional":
            return [(OK, x) for x in exact]
        result = [Fraction(x.__floor__()) for x in exact]
        order = sorted(range(len(exact)), key=lambda i: (result[i] - exact[i], -weights[i], i))
        for i in order[:int(whole - sum(result))]:
            result[i] += 1
        return [(OK, x) for x in result]


class Model:
    """All tables of a job, with one of its files changed or none."""

    def __init__(self, job, tables, changed=None):
        texts = {href: text for href, (text, _, _) in job.texts.items()}
        texts.update(changed or {})
        self.rows = [s.read(texts[s.href]) for s in job.sources]
        crosswalk = Crosswalk(job, self.rows, Areas(job, self.rows))
        self.tables = {name: Table(job.template(name), self.rows, crosswalk) for name in tables}

    def cells(self):
        """(table, row key, column) -> (state, value) of numeric cells."""
        result = {}
        for name, table in self.tables.items():
            for key, row in keyed((row.key, row) for row in table.rows):
                for column in table.template.columns.values():
                    if column.numeric:
                        result[name, key, column.id] = table.cell(row, column)
        return result


def keyed(pairs):
    """Keys made unique: the second row of a key is "key#2"."""
    seen = collections.Counter()
    for key, thing in pairs:
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}#{seen[key]}", thing


# ---- the program ----

Found = collections.namedtuple("Found", "state value text places")


def run(*arguments):
    return subprocess.run([KEHOACH, *arguments], capture_output=True, check=False)


def build(job, out):
    """figures.json of a job."""
    done = run("build", job, "-o", out, "--only", "json", "--no-checks")
    if done.returncode:
        raise RuntimeError(f"build {job}: exit code {done.returncode}: {done.stderr.decode()[:600]}")
    name = os.listdir(out)[0]
    with open(f"{out}/{name}/figures.json", encoding="utf-8") as f:
        return json.load(f)


def cells_of(figures, numeric):
    """(table, row key, column) -> Found, of the columns that are numeric(table, column)."""
    result = {}
    for table in figures["tables"]:
        for key, row in keyed((r["key"], r) for r in table["rows"]):
            for cell in row["cells"]:
                if numeric(table["id"], cell["column"]):
                    result[table["id"], key, cell["column"]] = Found(cell["state"], cell["value"], cell["text"],
                                                                     cell["from"])
    return result


def agrees(found, expected):
    value = None if found.value is None else Fraction(found.value)
    return found.state == expected[0] and value == expected[1]


def number_or_text(text):
    try:
        return Fraction(text) if text is not None else None
    except ValueError:
        return text


def plain(state, value):
    """A value as explain has it: truths are 1 and 0."""
    return state, Fraction(value) if isinstance(value, bool) else value


def looked_up(tree):
    """Names and functions over rows, not what is inside of these."""
    if tree[0] == "name" or (tree[0] == "call" and tree[1] in ("sum", "count", "total", "at")):
        yield tree
        return
    for child in tree[-1] if isinstance(tree[-1], list) else []:
        yield from looked_up(child)


def one_way(tree):
    """What a name or a function over rows says, however it is written."""
    return tree[1] if tree[0] == "name" and tree[2] == "row" else str(tree)


def shown_value(state, value):
    return f"{state} {value}" if value is not None else state


CASES = []  # what the workers find when they are forked


class Case:
    """A job with its baseline; made before the workers are forked."""

    def __init__(self, path, folder):
        self.job = Job(path)
        self.folder = f"{folder}/{len(CASES)}"
        self.figures = build(path, f"{self.folder}/baseline")
        self.tables = [t["id"] for t in self.figures["tables"]]
        self.model = Model(self.job, self.tables)
        self.expected = self.model.cells()
        self.found = cells_of(self.figures, self.is_numeric)
        # Cells that are wrong already are not told again of each change.
        self.wrong = {c for c, f in self.found.items() if c in self.expected and not agrees(f, self.expected[c])}
        self.sources = {}
        for rows in self.model.rows:
            for row in rows:
                for datum in row.data.values():
                    _, href, cell = datum.cell
                    self.sources.setdefault(f"{href}:{cell.place[0]}:{cell.place[1]}", []).append(datum)
        self.point = {s.href: s.point for s in self.job.sources}
        self.answers = {}  # table -> row and column -> what explain says of it

    def is_numeric(self, table, column):
        return self.job.template(table).columns[column].numeric

    def baseline(self):
        """Faults of the cells as they are."""
        faults = []
        missing = set(self.job.workbook) - set(self.tables)
        if missing:
            faults.append(f"{self.job.id}: no table {', '.join(sorted(missing))} in figures.json")
        for cell in sorted(set(self.expected) ^ set(self.found)):
            faults.append(f"{self.name(cell)}: only in {'the model' if cell in self.expected else 'figures.json'}")
        faults += [f"{self.name(cell)}: {shown_value(*self.found[cell][:2])}, the model has {shown_value(*self.expected[cell])}"
                   for cell in sorted(self.wrong)]
        return faults

    def name(self, cell):
        return f"{self.job.id}: {'/'.join(cell)}"

    # -- what explain says

    def explain(self, cell):
        """Faults of the answer of `explain --json`, and 1 for an answer."""
        try:
            answer = self.answer(cell)
        except RuntimeError as e:
            return [f"{self.name(cell)}: explain: {e}"], 0
        known = self.expected_answer(cell)
        faults = [f"{self.name(cell)}: explain says {name} {answer.get(name)!r}, not {value!r}"
                  for name, value in known.items() if answer.get(name) != value]
        if set(answer) != set(known) | {"numbers", "uses"}:
            faults.append(f"{self.name(cell)}: explain has the members {', '.join(answer)}")
        return faults + self.numbers(cell, answer) + self.uses(cell, answer), 1

    def answer(self, cell):
        """Of the cell among all of its table; where it is not among them, of the cell alone."""
        table, key, column = cell
        if table not in self.answers:
            self.answers[table] = {(a["row"], a["column"]): a for a in self.ask(table)}
        if (key, column) in self.answers[table]:
            return self.answers[table][key, column]
        answers = self.ask(table, key, column)
        if len(answers) != 1:
            raise RuntimeError(f"{len(answers)} answers")
        if answers[0]["kind"] != "none":
            raise RuntimeError("is not among those of its table")
        return answers[0]

    def ask(self, *address):
        done = run("explain", self.job.path, *address, "--json")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode or done.stderr or any(line.get("severity") not in (None, "warning", "note") for line in lines):
            raise RuntimeError(f"exit code {done.returncode}: {(done.stdout + done.stderr).decode()[:300]}")
        return [line for line in lines if "severity" not in line]

    def expected_answer(self, cell):
        """All but the numbers and uses."""
        table = next(t for t in self.figures["tables"] if t["id"] == cell[0])
        found, column = self.found[cell], self.job.template(cell[0]).columns[cell[2]]
        head = next(c for c in table["columns"] if c["id"] == cell[2])
        row = dict(keyed((r["key"], r) for r in table["rows"]))[cell[1]]
        kind = self.kind(self.job.template(cell[0]), column, row["kind"])
        formula = {"source": column.id, "sum": f"sum({column.id})", "none": "", "indicator": column.formula,
                   "allocation": f"allocate({column.mode}, {column.allocate}, {column.by})"}[kind]
        return {"job": self.job.id, "table": cell[0], "row": cell[1], "label": row["label"], "column": cell[2],
                "header": head["label"], "unit": head["unit"], "state": found.state, "value": found.value,
                "text": found.text, "kind": kind, "formula": formula, "from": found.places}

    @staticmethod
    def kind(template, column, row):
        if row == "area":
            return "source" if column.kind == "field" or column.mode == "given" else column.kind
        if template.is_summed(column):
            return "sum"
        return "indicator" if column.kind == "indicator" and column.rule != "none" else "none"

    def numbers(self, cell, answer):
        """Faults of "numbers", which must give the value; of an allocation, the whole and the weight."""
        table = self.model.tables[cell[0]]
        column = table.template.columns[cell[2]]
        numbers, expected = answer["numbers"], [self.expected[cell]]
        if answer["kind"] == "none" or answer["state"] != OK:
            return []
        if answer["kind"] == "allocation":
            numbers = numbers.replace(f"allocate({column.mode}, ", "allocate(", 1)
            expected = [table.evaluator.value(parse(column.allocate), table.total),
                        table.evaluator.value(parse(column.by), self.row(cell))]
        try:
            tree = parse(numbers)
            result = [Evaluator(NoNames()).value(t, None) for t in (tree[2] if tree[:2] == ("call", "allocate") else [tree])]
        except (Unknown, ZeroDivisionError) as e:
            return [f"{self.name(cell)}: explain has the numbers {answer['numbers']!r}: {e}"]
        if result != expected:
            return [f"{self.name(cell)}: {answer['numbers']} gives {', '.join(shown_value(*r) for r in result)}, the model has "
                    f"{', '.join(shown_value(*e) for e in expected)}"]
        return []

    def row(self, cell):
        return next(row for key, row in keyed((r.key, r) for r in self.model.tables[cell[0]].rows) if key == cell[1])

    def uses(self, cell, answer):
        """Faults of "uses": what the formula looks up in the sources and the table, each once, with the model's values."""
        expected = collections.Counter((name, row, *plain(*value)) for name, row, value in self.looked_up(cell, answer["kind"]))
        found = collections.Counter((one_way(parse(u["name"])), u["row"], u["state"], number_or_text(u["value"])) for u in answer["uses"])
        return [f"{self.name(cell)}: explain {verb} that it uses {name!r} of the row {row!r}: {shown_value(state, value)}"
                for verb, more in (("does not say", expected - found), ("says", found - expected))
                for name, row, state, value in more]

    def looked_up(self, cell, kind):
        """(name, row key, value) of each figure that the cell is computed from."""
        table = self.model.tables[cell[0]]
        column, row = table.template.columns[cell[2]], self.row(cell)
        if kind == "sum":
            values = [(leaf.key, table.cell(leaf, column)) for leaf in row.leaves]
            return [(one_way(parse(column.id)), key, value) for key, value in values if not (column.skip and value[0] == MISSING)]
        trees = {"indicator": [(row, column.formula)], "allocation": [(table.total, column.allocate), (row, column.by)]}
        result = {}
        for at, formula in trees.get(kind, ()):
            for tree in looked_up(parse(formula)):
                where = table.total if tree[:2] == ("call", "total") else at
                key = where.key if tree[0] == "name" or where is table.total and tree[:2] == ("call", "total") else ""
                if tree[0] == "name" and table.template.is_constant(tree[1]):
                    key = ""  # of no row
                result[one_way(tree), key] = table.evaluator.value(tree, at)
        return [(name, key, value) for (name, key), value in result.items()]

    # -- one source cell more by 1

    def places(self):
        """Places that a numeric cell names and that hold a number, and faults of the others."""
        named = sorted({place for found in self.found.values() for place in found.places})
        numbers, faults, others = [], [], 0
        for place in named:
            data = self.sources.get(place)
            if not data:
                if place in self.job.texts:
                    raise Unknown(f"{place}: a whole file as a place")
                # A row that ends before a column, or has no element of the name, has a hole there.
                if not all(f.state == MISSING for f in self.found.values() if place in f.places):
                    faults.append(f"{self.job.id}: {place} is no cell of a row of the sources")
            elif any(d.cell[0] in NUMBERS and d.state == OK for d in data):
                numbers.append(place)
            else:
                others += 1
        return numbers, faults, others

    def changed(self, place):
        """(href, text of the file) with 1 added there."""
        datum = next(d for d in self.sources[place] if d.cell[0] in NUMBERS and d.state == OK)
        _, href, cell = datum.cell
        text = self.job.texts[href][0]
        start, end = cell.span
        if text[start:end] != cell.text:
            raise Unknown(f"{place}: {text[start:end]!r} for {cell.text!r}")
        return href, text[:start] + one_more(cell.text, self.point[href]) + text[end:]

    def copy(self):
        """The folder of this worker's own copy of the job: with all its tables, but a plan of one sentence, since a sentence
        may refuse a figure with 1 more (a sum in triệu that is not whole any longer)."""
        copy = f"{self.folder}/{os.getpid()}"
        if not os.path.exists(copy):
            shutil.copytree(self.job.folder, copy, ignore=shutil.ignore_patterns("*.png", "*.pdf", "want.*"))
            with open(self.job.path, encoding="utf-8") as f:
                job = re.sub(r"<workbook\b[^>]*>", "", f.read())
            job = re.sub(r"<plan\b[^>]*>", f'<plan href="bare.xml"/><workbook tables="{" ".join(self.tables)}"/>', job)
            write(f"{copy}/job.xml", job.encode())
            write(f"{copy}/bare.xml", BARE_PLAN.encode())
        return copy

    def perturb(self, place, plant):
        """Faults after adding 1 at the place, and how many cells changed."""
        href, text = self.changed(place)
        original, mark, encoding = self.job.texts[href]
        path = f"{self.copy()}/{href}"
        write(path, mark + text.encode(encoding))
        try:
            figures = build(f"{self.copy()}/job.xml", f"{self.copy()}-out")
        except RuntimeError as e:
            if self.is_weight(href) and "[crosswalk]" in str(e):
                return [], 0
            raise
        finally:
            write(path, mark + original.encode(encoding))
        if self.is_weight(href):
            return [f"{self.job.id}: {place} + 1: weights that do not add up to 1 are accepted"], 0
        expected = Model(self.job, self.tables, {href: text}).cells()
        if plant:
            cell = next(c for c, f in self.found.items() if place in f.places and expected[c][0] == OK)
            expected[cell] = OK, expected[cell][1] + 1
        return self.compare(place, cells_of(figures, self.is_numeric), expected)

    def is_weight(self, href):
        """Whether it is a crosswalk's file: its weights add up to 1, so none can have 1 more."""
        return any(s.href == href and s.dataset.id == "crosswalk" for s in self.job.sources)

    def compare(self, place, now, expected):
        faults, n_changed = [], 0
        if set(now) != set(self.found):
            faults.append(f"{self.job.id}: {place} + 1: other cells than before")
        for cell, before in self.found.items():
            after = now.get(cell, before)
            n_changed += after[:2] != before[:2]
            if place not in before.places:
                if after[:2] != before[:2]:
                    faults.append(f"{self.name(cell)}: {place} + 1 changes it from {shown_value(*before[:2])} to "
                                  f"{shown_value(*after[:2])}, but it does not name that cell")
            elif cell not in self.wrong and not agrees(after, expected[cell]):
                faults.append(f"{self.name(cell)}: {place} + 1 gives {shown_value(*after[:2])}, the model has "
                              f"{shown_value(*expected[cell])}")
        return faults, n_changed


BARE_PLAN = """<plan xmlns="urn:kehoach:plan:1"><title>T</title><section title="S"><p>P.</p></section></plan>"""


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)


# ---- workers ----


def work(task):
    kind, i, what = task
    case = CASES[i]
    try:
        return kind, *(case.explain(what) if kind == "explain" else case.perturb(*what))
    except (Unknown, RuntimeError, StopIteration) as e:
        return kind, [f"{case.job.id}: {what}: {type(e).__name__} {e}"], 0


def tasks_of(i, case, plant):
    """(tasks, faults, named places that hold no number) of a case."""
    places, faults, others = case.places()
    tasks = [("perturb", i, (place, plant and place == places[0])) for place in places]
    return tasks + [("explain", i, cell) for cell in case.found], faults, others


def prove(options, folder):
    """All faults, and what was looked at."""
    faults, tasks, others = [], [], 0
    for i, path in enumerate(options.job):
        CASES.append(Case(path, folder))
        more, wrong, blank = tasks_of(i, CASES[i], options.plant and not i)
        tasks += more
        faults += CASES[i].baseline() + wrong
        others += blank
    done = collections.Counter()
    tasks.sort(key=lambda task: task[0], reverse=True)
    with multiprocessing.Pool(options.jobs) as pool:
        for kind, more, n in pool.imap_unordered(work, tasks, chunksize=8):
            faults += more
            done[kind] += n
    kinds = collections.Counter(kind for kind, _, _ in tasks)
    if not done["perturb"] or not kinds["explain"]:
        faults.append("nothing was compared")
    return faults, (f"{kinds['explain']} numeric cells of {len(CASES)} jobs, {done['explain']} explained; "
                    f"{kinds['perturb']} source cells changed, which changed {done['perturb']} cells; "
                    f"{others} named places hold a text or a flag")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--plant", action="store_true")
    parser.add_argument("--jobs", type=int, default=min(3, os.cpu_count() or 2))
    parser.add_argument("job", nargs="+")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults, counts = prove(options, folder)
    for fault in faults[:40]:
        print(fault)
    if len(faults) > 40:
        print(f"and {len(faults) - 40} more")
    print(counts)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
