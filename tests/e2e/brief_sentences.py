"""The sentences of a progress report: each number in them is that of its indicator or area, in figures-P.json and in the cell of the
workbook's own sheet, and none is there that nothing is known of.

brief_sentences.py BOOK.xlsx figures-P.json [brief.pdf]   the sentences of the first sheet; the brief has the same
brief_sentences.py --changed BOOK.xlsx figures-P.json     the same sentences with one digit changed, each in its turn: every one is found

What a sentence may say is listed in FORMS: what is not known there is an error, so that a new sentence is learnt here too."""
import json
import re
import subprocess
import sys
from fractions import Fraction

import openpyxl
from progress import body, hidden, total_printed

NUMBER = r"\d[\d.]*(?:,\d+)?"
AREA = rf"[^;()]+ \((?:{NUMBER}%|tăng {NUMBER} hộ)\)"
INDICATOR = rf"[^;()]+ \(-?{NUMBER}/{NUMBER} [^();]+\)"
LISTED_MOST = 12
WORDS = {"late": "chậm", "done": "đạt", "over": "vượt mức", "partial": "chưa đủ số liệu", "missing": "chưa báo cáo"}
ROMAN = ["I", "II", "III", "IV"]


class Facts:
    """Each cell as the figures have it and as its sheet has it."""

    def __init__(self, path, figures):
        self.book = openpyxl.load_workbook(path, data_only=True)
        with open(figures, encoding="utf-8") as f:
            self.tables = {t["id"]: t for t in json.load(f)["tables"]}
        self.year, self.first, self.last, self.kind = period_of(figures)
        self.cells = {name: self.read(name) for name in ("progress-summary", "progress-areas", "progress-returns")}
        self.headline = "reduced" if "reduced" in self.cells["progress-summary"] else "exits"

    def read(self, name):
        columns = [c["id"] for c in self.tables[name]["columns"] if c["id"] not in hidden(name)]
        facts = [r for r in self.tables[name]["rows"] if r["kind"] != "total" or total_printed(name)]
        rows = body(self.book, name)[1]
        assert len(facts) == len(rows), f"{name}: {len(rows)} rows, not {len(facts)}"
        table = {}
        for fact, row in zip(facts, rows):
            cells = {c["column"]: c for c in fact["cells"]}
            table[fact["key"]] = {column: (cells[column], at.value) for column, at in zip(columns, row)}
        return table

    def numbers(self, table, key, column):
        """The exact one, and that of the sheet; None: it has none."""
        fact, value = self.cells[table][key][column]
        return [None if fact["value"] is None else Fraction(fact["value"]), Fraction(str(value)) if isinstance(value, (int, float)) else None]

    def word(self, table, key, column):
        fact, value = self.cells[table][key][column]
        assert (value or "") == fact["text"], f"{table}/{key}/{column}: {value!r}, the figures have {fact['text']!r}"
        return fact["text"]

    def areas(self, status):
        """Of the headline's indicator, by name, in the order of the sheet."""
        rows = [key for key in self.cells["progress-areas"] if key.startswith(self.headline + "/")]
        return {self.word("progress-areas", key, "area"): key for key in rows if self.word("progress-areas", key, "status") == WORDS[status]}

    def lacking(self):
        """Areas that reported in the period, but of which not every month since January is known."""
        rows = {self.word("progress-areas", key, "area"): self.word("progress-areas", key, "coverage").split("/")
                for key in self.cells["progress-areas"] if key.startswith(self.headline + "/")}
        return [name for name, (known, due) in rows.items() if known != due and name not in self.unreported()]

    def labels(self, status):
        return {self.word("progress-summary", key, "label"): key for key in self.cells["progress-summary"]
                if self.word("progress-summary", key, "status") == WORDS[status]}

    def came(self, key):
        """Of the months of the period, those whose return is there."""
        return [self.word("progress-returns", key, f"m{m:02}_day") != WORDS["missing"] for m in range(self.first, self.last + 1)]

    def unreported(self):
        return [self.word("progress-returns", key, "label") for key in self.cells["progress-returns"] if key != "total" and not all(self.came(key))]


def period_of(figures):
    year, kind, n = re.search(r"figures-(\d{4})-?([QH]?)(\d*)\.json$", figures).groups()
    length = {"Q": 3, "H": 6}.get(kind, 1)
    first, last = ((int(n) - 1) * length + 1, int(n) * length) if n else (1, 12)
    return int(year), first, last, kind or ("M" if n else "Y")


def round_half_up(x, decimals):
    scaled = abs(x) * 10 ** decimals
    return Fraction(int(scaled + Fraction(1, 2)), 10 ** decimals)


def is_number(text, x):
    """As text of the magnitude of x: "09", "2.102,3"."""
    digits = text.replace(".", "").replace(",", ".")
    return x is not None and Fraction(digits) == round_half_up(x, len(digits.partition(".")[2]))


class Telling:
    """One text being held against the facts."""

    def __init__(self, facts):
        self.f = facts
        self.problems = []

    def check(self, condition, message):
        if not condition:
            self.problems.append(message)

    def number(self, text, table, key, column):
        for x in self.f.numbers(table, key, column):
            self.check(is_number(text, x), f"{text!r}: {table}/{key}/{column} is {x}")

    def summary(self, text, column, key=None):
        self.number(text, "progress-summary", key or self.f.headline, column)

    def sign(self, word, column, words):
        """A word for more, less, or the same."""
        for x in self.f.numbers("progress-summary", self.f.headline, column):
            self.check(x is not None and word == words[(x > 0) - (x < 0)], f"{word!r}: {column} is {x}")

    # ---- what sentences say ----

    def month(self, m):
        self.check(self.f.kind == "M" and int(m[1]) == self.f.last, f"{m[0]!r}: months {self.f.first} to {self.f.last}")

    def quarter(self, m):
        self.check(self.f.kind == "Q" and ROMAN.index(m[1]) * 3 + 3 == self.f.last, f"{m[0]!r}: months {self.f.first} to {self.f.last}")

    def half(self, m):
        self.check(self.f.kind == "H" and self.f.last == 6 and int(m[1]) == 6 and int(m[2]) == self.f.year, f"{m[0]!r}: not that half year")

    def whole(self, m):
        self.check(self.f.last == 12 and self.f.kind in "HY" and int(m[1]) == self.f.year, f"{m[0]!r}: not that year")

    def done(self, m):
        if m["way"]:
            self.sign(m["way"], "done", {1: "giảm", 0: "giảm", -1: "tăng"})
        self.summary(m["done"], "done")
        if m["plan"]:
            self.summary(m["plan"], "plan")

    def planned(self, m):
        self.summary(m[1], "plan")

    def coverage(self, m):
        self.check(self.f.word("progress-summary", self.f.headline, "coverage") == f"{m[1]}/{m[2]}", f"{m[0]!r}: not the coverage")

    def rate_year(self, m):
        self.summary(m[1], "rate_year")

    def rate_to_date(self, m):
        self.summary(m[1], "rate_to_date")

    def in_period(self, m):
        self.check({"tháng": "M", "quý": "Q", "kỳ": "H"}[m["of"]] == self.f.kind, f"{m[0]!r}: the period is {self.f.kind}")
        if m["way"] != "có":
            self.sign(m["way"], "done_period", {1: "giảm", 0: "giảm", -1: "tăng"})
        self.summary(m["n"], "done_period")

    def by_returns(self, m):
        came = [x for key in self.f.cells["progress-returns"] if key != "total" for x in self.f.came(key)]
        known = sum(came)
        if self.f.kind == "M":  # a return that came may lack the figure
            known = sum(self.f.numbers("progress-areas", key, "done_period")[0] is not None
                        for key in self.f.cells["progress-areas"] if key.startswith(self.f.headline + "/"))
        self.check([int(m[1]), int(m[2])] == [known, len(came)], f"{m[0]!r}: the figure is known of {known} of {len(came)} returns")

    def change(self, m):
        self.sign(m[1], "change", {1: "nhiều hơn", 0: "bằng", -1: "ít hơn"})
        if m[3]:
            for x in self.f.numbers("progress-summary", self.f.headline, "change"):
                self.check(x is not None and is_number(m[3], round_half_up(x, 0)), f"{m[0]!r}: the change is {x}")
        else:
            self.sign("bằng", "change", {1: "nhiều hơn", 0: "bằng", -1: "ít hơn"})

    def exits(self, m):
        self.summary(m[1], "done", "exits")

    def relapsed(self, m):
        self.summary(m[1], "done", "relapsed")

    def new_poor(self, m):
        self.summary(m[1], "done", "new_poor")

    def names(self, said, known, what):
        self.check(said == list(known), f"{what}: {said}, the sheet has {list(known)}")

    def late_areas(self, m):
        late = self.f.areas("late")
        self.check(int(m[1]) == len(late), f"{m[0]!r}: {len(late)} areas are late")
        self.check(bool(m[2]) == (len(late) <= LISTED_MOST), f"{m[0]!r}: they are listed or not")
        if not m[2]:
            return
        listed = re.findall(rf"(?:^|; )(.+?) \((?:({NUMBER})%|tăng ({NUMBER}) hộ)\)", m[2])
        self.names([name for name, *_ in listed], late, "late areas")
        for name, rate, more in listed:
            if name in late and more:
                self.number(more, "progress-areas", late[name], "done")
                self.check(self.f.numbers("progress-areas", late[name], "done")[0] < 0, f"{name} has no rise")
            elif name in late:
                self.number(rate, "progress-areas", late[name], "rate_to_date")

    def no_late_area(self, m):
        self.check(not self.f.areas("late"), f"{m[0]!r}: {list(self.f.areas('late'))}")

    def unreported(self, m):
        missing = self.f.unreported()
        self.check(int(m[1]) == len(missing), f"{m[0]!r}: {len(missing)} areas did not report")
        if m[2]:
            self.names(sorted(m[2].split("; ")), sorted(missing), "areas that did not report")

    def partial(self, m):
        partial = self.f.lacking()
        self.check(int(m[1]) == len(partial), f"{m[0]!r}: {partial}")
        if m[2]:
            self.names(m[2].split("; "), partial, "areas of which not all is known")

    def others(self, status, but):
        return {label: key for label, key in self.f.labels(status).items() if key not in but}

    def indicators(self, m):
        status = {"Chỉ tiêu khác đã đạt kế hoạch năm": "done", "Chỉ tiêu khác chậm tiến độ": "late", "Vượt mức của kế hoạch": "over"}[m[1]]
        known = self.others(status, [] if status == "over" else [self.f.headline, "exits_dtts"])
        listed = re.findall(rf"(?:^|; )(.+?) \((-?{NUMBER})/({NUMBER}) ([^);]+)\)", m[2])
        self.names([x[0] for x in listed], known, m[1])
        for label, done, plan, unit in listed:
            if label in known:
                self.summary(done.lstrip("-"), "done", known[label])
                self.summary(plan, "plan", known[label])
                self.check(unit == self.f.word("progress-summary", known[label], "unit"), f"{label}: {unit}")

    def returns(self, m):
        self.number(m[1], "progress-returns", "total", "reported")
        self.number(m[2], "progress-returns", "total", "due")

    def tell(self, text):
        """Each form that the text has is taken out of it; what is left has no number."""
        seen = set()
        for name, form in FORMS:
            pattern = re.compile(form)
            for m in pattern.finditer(text):
                getattr(self, name)(m)
                seen.add(name if name != "indicators" else m[1])
            text = pattern.sub(" ", text)
        self.check(not re.search(r"\d", text), f"nothing is known of {text!r}")
        return seen


FORMS = [
    ("month", r"Đến hết tháng (\d+)"),
    ("quarter", r"Đến hết quý ([IV]+)"),
    ("half", r"Hết (\d) tháng đầu năm (\d{4})"),
    ("whole", r"(?:Hết n|N)ăm (\d{4})"),
    ("done", rf"(?:có|(?P<way>giảm|tăng)) (?P<done>{NUMBER})(?:/(?P<plan>{NUMBER}))? hộ (?:thoát )?nghèo(?= \(|[,;.])"),
    ("planned", rf"\(kế hoạch năm giảm ({NUMBER}) hộ\)"),
    ("coverage", r"\((\d+)/(\d+) địa bàn đủ số liệu\)"),
    ("rate_year", rf"đạt (-?{NUMBER})% kế hoạch năm"),
    ("rate_to_date", rf"bằng (-?{NUMBER})% kế hoạch đến kỳ"),
    ("in_period", rf"trong (?P<of>tháng|quý|kỳ) (?P<way>có|giảm|tăng) (?P<n>{NUMBER}) hộ"),
    ("by_returns", r"\((\d+)/(\d+) báo cáo có số liệu\)"),
    ("change", rf"(nhiều hơn|ít hơn|bằng) (tháng|quý|kỳ) trước(?: ({NUMBER}) hộ)?"),
    ("exits", rf"thoát nghèo ({NUMBER}) hộ"),
    ("relapsed", rf"(?:Từ đầu năm có (?={NUMBER} hộ tái)|tái nghèo )({NUMBER}) hộ(?: tái nghèo)?"),
    ("new_poor", rf"phát sinh ({NUMBER}) hộ(?: nghèo)?"),
    ("late_areas", rf"(\d+) địa bàn chậm so với kế hoạch đến kỳ về giảm hộ nghèo(?:: ({AREA}(?:; {AREA})*)|, danh sách ở trang “Địa bàn chậm” của sổ theo dõi)\."),
    ("no_late_area", r"Không có địa bàn nào chậm tiến độ giảm hộ nghèo\."),
    ("unreported", r"(\d+) địa bàn chưa báo cáo (?:trong tháng|đủ trong kỳ)(?:: ([^.]+)|, danh sách[^.]*)\."),
    ("partial", r"Chưa đủ số liệu từ đầu năm: (\d+) địa bàn(?: \(([^)]*)\))?\."),
    ("indicators", rf"(Chỉ tiêu khác đã đạt kế hoạch năm|Chỉ tiêu khác chậm tiến độ|Vượt mức của kế hoạch): ({INDICATOR}(?:; {INDICATOR})*)\."),
    ("returns", r"Đã nhận (\d+)/(\d+) báo cáo tháng"),
]


def paragraphs(facts):
    """Between the title and the table of the first sheet."""
    sheet, rows = body(facts.book, "progress-summary")
    said = [str(row[0].value) for row in sheet.iter_rows(max_row=rows[0][0].row - 1) if row[0].value]
    title = max(i for i, text in enumerate(said) if text.startswith("Tiến độ "))
    end = said.index("TT")
    return [re.sub(r"\s+", " ", text).replace("./.", ".") for text in said[title + 1:end]]


def must_be_said(facts, telling):
    """What no sentence may pass over."""
    others = [facts.headline, "exits_dtts"]
    done, rate = (facts.numbers("progress-summary", facts.headline, column)[0] for column in ("done", "rate_year"))
    wanted = {"done": done is not None,
              "rate_year": rate is not None and done >= 0,
              "coverage": len(set(facts.word("progress-summary", facts.headline, "coverage").split("/"))) == 2,
              "late_areas": bool(facts.areas("late")),
              "unreported": bool(facts.unreported()),
              "partial": bool(facts.lacking()),
              "Chỉ tiêu khác đã đạt kế hoạch năm": bool(telling.others("done", others)),
              "Chỉ tiêu khác chậm tiến độ": bool(telling.others("late", others)),
              "Vượt mức của kế hoạch": bool(facts.labels("over")),
              "returns": True}
    return {name for name, is_wanted in wanted.items() if is_wanted}, set(wanted)


def problems_of(facts, text):
    telling = Telling(facts)
    try:
        seen = telling.tell(text)
    except (ValueError, KeyError) as e:
        return [f"{text!r}: {e!r}"]
    wanted, ruled = must_be_said(facts, telling)
    telling.check(wanted == seen & ruled, f"said: {sorted(seen & ruled)}, to be said: {sorted(wanted)}")
    return telling.problems


def main(path, figures, pdf=None):
    facts = Facts(path, figures)
    said = paragraphs(facts)
    problems = problems_of(facts, " ".join(said))
    if pdf:
        brief = re.sub(r"\s+", " ", subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout)
        problems += [f"the brief does not say {text!r}" for text in said if text not in brief.replace("./.", ".")]
    if len(said) < 2:
        problems.append(f"only {said}")
    return problems


def changed(path, figures):
    """Each digit of each number, another in its place: what is not found then is held against nothing."""
    facts = Facts(path, figures)
    text = " ".join(paragraphs(facts))
    digits = [m.start() for m in re.finditer(r"\d", text)]
    assert len(digits) > 10, text
    unfound = []
    for at in digits:
        other = text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1:]
        if not problems_of(facts, other):
            unfound.append(f"nothing is found wrong with {other[max(0, at - 40):at + 20]!r}")
    print(f"{len(digits)} digits")
    return unfound


if __name__ == "__main__":
    found = changed(*sys.argv[2:]) if sys.argv[1] == "--changed" else main(*sys.argv[1:])
    if found:
        sys.exit("\n".join(found[:20]))
