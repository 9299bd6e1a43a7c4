"""A second model of `kehoach progress`: from the files of the fixtures alone, exact, without a line of the program or of its
templates; held against every cell of figures-PERIOD.json.

progress_model.py [--explain] [--plant] [--only JOB/PERIOD] OUT
    the months 05 and 12, the second quarter, the first half and the year of both fixtures, of Lào Cai from its XLSX, CSV and
    XML returns; --explain: at May, `kehoach explain` says the same of each figure, and its numbers and months give it
--only lao-cai-2021/job/12: that alone
--plant adds 1 to one figure of the model: the comparison must fail."""
import argparse
import csv
import datetime
import glob
import json
import math
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from fractions import Fraction

from explain import KEHOACH, MISSING, NA, OK, ROOT, Evaluator, NoNames, Unknown, fold, parse

ALL = None  # in the place of an area: all of them together
NOTHING = (MISSING, None)
FIELDS = ("exits exits_dtts relapsed relapsed_dtts new_poor new_poor_dtts near_poor_exits near_poor_new trained credit houses_built "
          "houses_repaired insurance_cards models money_central money_province money_local money_community money_credit").split()
TAGS = ("thoat-ngheo thoat-ngheo-dtts tai-ngheo tai-ngheo-dtts phat-sinh phat-sinh-dtts thoat-can-ngheo can-ngheo-moi dao-tao-nghe "
        "vay-von nha-xay-moi nha-sua-chua the-bhyt mo-hinh giai-ngan-trung-uong giai-ngan-tinh giai-ngan-dia-phuong "
        "giai-ngan-xa-hoi-hoa giai-ngan-tin-dung").split()


# ---- files ----

def number(text):
    text = (text or "").strip().replace(".", "").replace(",", ".")
    return Fraction(text) if text else None


def moment(text):
    """(day, hour or "") of 2021-06-20T14:30, 20/06/2021 14:30 and days alone."""
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    if "/" in day:
        day = "-".join(reversed(day.split("/")))
    return datetime.date.fromisoformat(day), hour


def csv_table(path):
    with open(f"{ROOT}/fixtures/{path}", encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f, delimiter=";"))


def xml_rows(path):
    return [{c.tag: c.text or "" for c in row} for row in ElementTree.parse(f"{ROOT}/fixtures/{path}").getroot()]


class Return:
    def __init__(self, area, month, received, texts):
        self.area, self.month, self.received = area, int(month), received
        self.figures = {f: number(t) for f, t in zip(FIELDS, texts)}


def from_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.reader(f, delimiter=";"))[1:]
    return [Return(fold(r[1]), r[0], moment(r[2]), r[3:]) for r in rows]


def from_xml(path):
    rows = xml_rows(os.path.relpath(path, f"{ROOT}/fixtures"))
    return [Return(fold(r["ten"]), r["thang"] if "thang" in r else re.search(r"-(\d\d)[.-]", path)[1], moment(r["ngay-nhan"]),
                   [r.get(t) for t in TAGS]) for r in rows]


def sheet_rows(path):
    """Rows of the first sheet: letters of the column -> text."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as z:
        parts = z.namelist()
        shared = []
        if "xl/sharedStrings.xml" in parts:
            shared = ["".join(t.text or "" for t in s.iter(f"{space}t"))
                      for s in ElementTree.fromstring(z.read("xl/sharedStrings.xml"))]
        sheet = min(p for p in parts if p.startswith("xl/worksheets/sheet"))
        for row in ElementTree.fromstring(z.read(sheet)).iter(f"{space}row"):
            texts = {}
            for c in row:
                value = c.find(f"{space}v")
                text = "".join(t.text or "" for t in c.iter(f"{space}t")) if c.get("t") == "inlineStr" else value is not None and value.text
                if text:
                    texts[re.sub(r"\d", "", c.get("r"))] = shared[int(text)] if c.get("t") == "s" else text
            yield texts


def from_xlsx(path):
    """TT, name and day in A to C, then the fields in their order."""
    month = re.search(r"-(\d\d)[.-]", path)[1]
    result = []
    for row in sheet_rows(path):
        if not row.get("A", "").isdigit():
            continue
        days = Fraction(row["C"])
        minutes = round(days % 1 * 24 * 60)
        received = datetime.date(1899, 12, 30) + datetime.timedelta(int(days)), f"{minutes // 60:02}:{minutes % 60:02}" if minutes else ""
        columns = [chr(ord("D") + i) for i in range(len(FIELDS))]
        result.append(Return(fold(row["B"]), month, received, [row.get(c, "").replace(".", ",") for c in columns]))
    return result


# ---- what is planned and done ----

class Indicator:
    """value: of the sums of fields (and bases); plan: area -> figure of the year; quarters: area -> four of them."""

    def __init__(self, key, group, fields, value=None, plan=None, headline=False, by_area=True, base=None, ceiling=False):
        self.key, self.group, self.fields, self.headline, self.by_area = key, group, fields.split(), headline, by_area
        self.ceiling = ceiling
        self.value = value or (lambda *x: sum(x))
        self.plan = plan or {}
        self.quarters = None
        self.base = base


def added(plan):
    """With all areas together."""
    if plan and ALL not in plan:
        plan[ALL] = sum(plan.values())
    return plan


def by_area(rows, name, figure, where=lambda r: True):
    plan = {}
    for r in rows:
        if where(r) and number(r[figure]) is not None:
            area = fold(r[name])
            plan[area] = plan.get(area, Fraction(0)) + number(r[figure])
    return added(plan)


def million(*x):
    return sum(x) / 10 ** 6


def net(exits, relapsed, new_poor):
    """By how many households there are fewer."""
    return exits - relapsed - new_poor


def phased(plan, term=None):
    """The plan by quarters: equal parts in those of the term, else in all."""
    first, last = term or (1, 4)
    return {area: [Fraction(x) / (last - first + 1) if first <= q <= last else 0 for q in range(1, 5)] for area, x in plan.items()}


def together(*quarters):
    """Of all areas."""
    return {ALL: [sum(q) for q in zip(*(part[ALL] for part in quarters))]}


def indicators(reduced, exits, exits_dtts, relapsed, relapsed_dtts, new_poor, new_poor_dtts, drop, drop_base, trained, credit, houses, built, repaired,
               money, quarters=None):
    """In the order in which they are reported; a plan is {} where there is none. quarters: of the indicators that have them."""
    central, province, local, community, lent, total = money
    quarters = quarters or {}
    rate = (lambda a, b, c: net(a, b, c) / drop_base * 100) if drop_base else None
    result = [
        Indicator("reduced", "poverty", "exits relapsed new_poor", net, reduced, headline=True),
        Indicator("exits", "poverty", "exits", plan=exits, headline=True),
        Indicator("exits_dtts", "poverty", "exits_dtts", plan=exits_dtts, headline=True),
        Indicator("relapsed", "poverty", "relapsed", plan=relapsed, headline=True, ceiling=True),
        Indicator("relapsed_dtts", "poverty", "relapsed_dtts", plan=relapsed_dtts, ceiling=True),
        Indicator("new_poor", "poverty", "new_poor", plan=new_poor, headline=True, ceiling=True),
        Indicator("new_poor_dtts", "poverty", "new_poor_dtts", plan=new_poor_dtts, ceiling=True),
        *([Indicator("rate_drop", "poverty", "exits relapsed new_poor", rate, drop, headline=True, by_area=False)] if rate else []),
        Indicator("near_poor_exits", "poverty", "near_poor_exits"),
        Indicator("near_poor_new", "poverty", "near_poor_new", ceiling=True),
        Indicator("trained", "support", "trained", plan=trained, headline=True),
        Indicator("credit", "support", "credit", plan=credit, headline=True),
        Indicator("houses", "support", "houses_built houses_repaired", plan=houses, headline=True),
        Indicator("houses_built", "support", "houses_built", plan=built),
        Indicator("houses_repaired", "support", "houses_repaired", plan=repaired),
        Indicator("insurance_cards", "support", "insurance_cards"),
        Indicator("models", "support", "models"),
        Indicator("money_central", "money", "money_central", million, central),
        Indicator("money_province", "money", "money_province", million, province),
        Indicator("money_local", "money", "money_local", million, local),
        Indicator("money_community", "money", "money_community", million, community),
        Indicator("money_credit", "money", "money_credit", million, lent),
        Indicator("money", "total", "money_central money_province money_local money_community money_credit", million, total, headline=True,
                  by_area=False),
    ]
    for i in result:
        i.quarters = quarters.get(i.key)
    return result


def lao_cai():
    rows = [r for r in csv_table("lao-cai-2021/giam-ho-ngheo.csv") if r["TT"].isdigit()]
    areas = [fold(r["Đơn vị"]) for r in rows]
    quarters = {fold(r["Đơn vị"]): [number(r[f"Quý {q}"]) for q in ("I", "II", "III", "IV")] for r in rows}
    quarters[ALL] = [sum(q) for q in zip(*quarters.values())]
    programmes = csv_table("lao-cai-2021/chuong-trinh.csv")
    support = {p: by_area(programmes, "Đơn vị", "Số hộ", lambda r, p=p: r["Chương trình"] == p)
               for p in ("Đào tạo nghề", "Vay vốn tín dụng ưu đãi", "Nhà ở")}
    budget = {r["Mã"]: number(r["Khối lượng"]) * number(r["Đơn giá (đồng)"]) / 10 ** 6 for r in csv_table("lao-cai-2021/kinh-phi.csv") if r["Mã"]}
    money = [{}, {ALL: budget["BO"] + budget["DAO-TAO"]}, {ALL: budget["TRO-CAP"]}, {ALL: budget["NHA-O"]}, {ALL: budget["VAY-VON"]}, {ALL: sum(budget.values())}]
    plan = {area: sum(q) for area, q in quarters.items()}
    term = {r["Chương trình"]: (int(r["Từ quý"]), int(r["Đến quý"])) for r in csv_table("lao-cai-2021/thoi-gian.csv")}
    phasing = {"reduced": quarters}  # the plan is of how many are fewer, not of how many leave
    for key, p in zip(("trained", "credit", "houses"), support):
        phasing[key] = phased(support[p], term[p])
    item = {i: phased({ALL: budget[i]}, term.get(p)) for i, p in (("BO", "Giống bò sinh sản"), ("DAO-TAO", "Đào tạo nghề"), ("TRO-CAP", None),
                                                                 ("NHA-O", "Nhà ở"), ("VAY-VON", "Vay vốn tín dụng ưu đãi"))}
    phasing.update(money_province=together(item["BO"], item["DAO-TAO"]), money_local=item["TRO-CAP"], money_community=item["NHA-O"],
                   money_credit=item["VAY-VON"], money=together(*item.values()))
    return areas, indicators(plan, {}, {}, {}, {}, {}, {}, None, None, *support.values(), {}, {}, money, phasing)


def kong_chro():
    rows = [r for r in xml_rows("kong-chro-2024/so-lieu.xml") if fold(r["ten"]).startswith("tdp")]
    plans = [by_area(rows, "ten", tag) for tag in ("thoat-ngheo", "thoat-ngheo-dtts", "tai-ngheo", "tai-ngheo-dtts", "phat-sinh", "phat-sinh-dtts")]
    start = by_area(rows, "ten", "so-ho-dau-nam")[ALL]
    built, repaired = (sum(number(r["so-luong"]) for r in xml_rows("kong-chro-2024/du-an.xml") if r["ma"] == item) for item in ("DA5-XM", "DA5-SC"))
    reduced = {area: net(*(plans[i][area] for i in (0, 2, 4))) for area in plans[0]}
    drop = {ALL: reduced[ALL] / start * 100}
    return [fold(r["ten"]) for r in rows], indicators(reduced, *plans, drop, start, {}, {}, {ALL: built + repaired}, {ALL: built}, {ALL: repaired}, [{}] * 6)


class Model:
    """A job's figures at the end of a period of the months first to last."""

    def __init__(self, year, plan, returns, first, last):
        self.year, self.first, self.last = year, first, last
        self.areas, self.indicators = plan
        self.returns, self.corrections, self.first_received = {}, [], {}
        for r in sorted(returns, key=lambda r: r.received):
            self.add(r)

    def add(self, r):
        place = r.area, r.month
        self.first_received.setdefault(place, r.received)
        before = self.returns.get(place)
        if before and r.month <= self.last:
            self.corrections += [(*place, f, before.figures[f], r.figures[f], before.received, r.received)
                                 for f in FIELDS if before.figures[f] != r.figures[f]]
        self.returns[place] = r

    def figure(self, area, month, field):
        r = self.returns.get((area, month))
        return r and r.figures[field]

    def is_whole(self, i, area, month):
        """Whether the area's return of the month has all that the indicator is made of."""
        return all(self.figure(area, month, f) is not None for f in i.fields)

    def whole_returns(self, i, area, first, last):
        return [(a, m) for a in (self.areas if area is ALL else [area]) for m in range(first, last + 1) if self.is_whole(i, a, m)]

    def summed(self, indicator, area, first, last):
        returns = self.whole_returns(indicator, area, first, last) if first >= 1 else []
        sums = [sum(self.figure(a, m, f) for a, m in returns) for f in indicator.fields]
        return (OK, Fraction(indicator.value(*sums))) if returns else NOTHING

    def is_complete(self, i, area, first, last):
        return first >= 1 and len(self.whole_returns(i, area, first, last)) == (last - first + 1) * (len(self.areas) if area is ALL else 1)

    def change(self, i, area):
        """Of two periods whose returns are all there."""
        length = self.last - self.first + 1
        if not self.is_complete(i, area, self.first - length, self.last):
            return NOTHING
        return joint(lambda a, b: a - b, self.summed(i, area, self.first, self.last), self.summed(i, area, self.first - length, self.first - 1))

    def plan(self, i, area):
        return (OK, Fraction(i.plan[area])) if area in i.plan else NOTHING

    def plan_to_date(self, i, area, month):
        if area not in i.plan:
            return NOTHING
        if not i.quarters:
            return OK, Fraction(i.plan[area]) * month / 12
        return OK, sum(Fraction(q) * max(0, min(3, month - 3 * k)) / 3 for k, q in enumerate(i.quarters[area]))

    def reported(self, i, area):
        if area is ALL:
            return sum(self.reported(i, a) == self.last for a in self.areas)
        return len(self.whole_returns(i, area, 1, self.last))

    def due(self, area):
        return len(self.areas) if area is ALL else self.last

    def returned(self, area):
        if area is ALL:
            return sum(map(self.returned, self.areas))
        return int(all((area, m) in self.returns for m in range(self.first, self.last + 1)))

    def measure(self, i, area, name):
        length = self.last - self.first + 1
        return {
            "plan": lambda: self.plan(i, area),
            "plan_to_date": lambda: self.plan_to_date(i, area, self.last),
            "done": lambda: self.summed(i, area, 1, self.last),
            "done_period": lambda: self.summed(i, area, self.first, self.last),
            "done_previous": lambda: self.summed(i, area, self.first - length, self.first - 1),
            "change": lambda: self.change(i, area),
            "coverage": lambda: f"{self.reported(i, area)}/{self.due(area)}",
            "reported": lambda: (OK, Fraction(self.reported(i, area))),
            "due": lambda: (OK, Fraction(self.due(area))),
            "returned": lambda: (OK, Fraction(self.returned(area))),
            "months_left": lambda: (OK, Fraction(12 - self.last)),
        }[name]()

    def status(self, i, area):
        plan, to_date, done = (self.measure(i, area, m)[1] for m in ("plan", "plan_to_date", "done"))
        months = range(self.first, self.last + 1)
        if not any((a, m) in self.returns for a in (self.areas if area is ALL else [area]) for m in months):
            return "chưa báo cáo"
        if plan is None:
            return "không giao"
        if done is None:
            return "chưa đủ số liệu" if plan or i.ceiling else "không áp dụng"
        whole = all(self.reported(i, a) == self.last for a in ([a for a in self.areas if a in i.plan] or self.areas if area is ALL else [area]))
        if i.ceiling:
            return "vượt mức" if done > plan else "trong mức" if whole else "chưa đủ số liệu"
        if plan == 0:
            return "không áp dụng"
        return "đạt" if done >= plan else "đúng tiến độ" if done >= to_date * Fraction(95, 100) else "chậm" if whole else "chưa đủ số liệu"

    def followed(self):
        """Those that somebody speaks of."""
        return [i for i in self.indicators if ALL in i.plan or any(
            self.whole_returns(i, ALL, m, m) for m in range(1, self.last + 1))]


# ---- cells of the tables ----

def joint(operation, *operands):
    for state in (MISSING, NA):
        if any(o[0] == state for o in operands):
            return state, None
    try:
        return OK, operation(*(o[1] for o in operands))
    except ZeroDivisionError:
        return NA, None


COMPUTED = {
    "rate_year": (lambda d, p: d / p * 100, "done", "plan"),
    "rate_to_date": (lambda d, p: d / p * 100, "done", "plan_to_date"),
    "gap": (lambda p, d: p - d, "plan_to_date", "done"),
    "needed_exact": (lambda p, d, n: (p - d) / n, "plan", "done", "months_left"),
}


def cell(measure, column):
    if column in COMPUTED:
        operation, *names = COMPUTED[column]
        return joint(operation, *map(measure, names))
    return measure(column)


def short(day):
    return f"{day.day:02}/{day.month:02}/{day.year}" if day.month < 3 else f"{day.day:02}/{day.month}/{day.year}"


def due_day(model, month):
    return datetime.date(model.year + month // 12, month % 12 + 1, 5)


def arrival(model, area, month):
    received = model.first_received.get((area, month))
    return received and received[0]


def late_days(model, area, month):
    """Of a return that did not come: until those of the last month are due, since no report has a day."""
    day = arrival(model, area, month)
    if (area, month) not in model.returns:
        day = due_day(model, model.last)
    return max(0, (day - due_day(model, month)).days) if day else 0


def returns_cell(model, area, column):
    months = range(1, model.last + 1)
    if column.startswith("m"):
        month = int(column[1:3])
        day = arrival(model, area, month)
        text = day and (short(day).rsplit("/", 1)[0] if day.year == due_day(model, month).year else short(day))
        return "" if month > model.last else text or "chưa báo cáo"
    counts = {
        "reported": lambda a: sum((a, m) in model.returns for m in months),
        "due": lambda a: model.last,
        "late": lambda a: sum(late_days(model, a, m) > 0 for m in months),
        "late_days": lambda a: sum(late_days(model, a, m) for m in months),
        "corrections": lambda a: sum(c[0] == a for c in model.corrections),
    }
    counted = {k: sum(map(v, model.areas if area is ALL else [area])) for k, v in counts.items()}
    return OK, Fraction(counted["reported"], counted["due"]) * 100 if column == "completeness" else Fraction(counted[column])


class Tables:
    """Rows and cells of each table, by its id: row key -> column -> (state, value), or a text."""

    def __init__(self, model):
        self.model = model
        self.by_key = {i.key: i for i in model.indicators}

    def rows(self, table):
        return getattr(self, "rows_" + table.replace("progress-", ""))()

    def rows_summary(self):
        return [i.key for i in self.model.followed() if i.headline]

    def rows_support(self):
        return [i.key for i in self.model.followed() if i.group == "support"]

    def rows_money(self):
        return [i.key for i in self.model.followed() if i.group in ("money", "total")]

    def rows_late(self):
        return [i.key for i in self.model.followed() if self.model.status(i, ALL) == "chậm"]

    def rows_areas(self):
        return [f"{i.key}/{a}" for i in self.model.followed() if i.by_area for a in self.model.areas]

    def rows_months(self):
        return [f"{i.key}/{s}" for i in self.model.followed() if i.headline for s in ("month", "done", "plan", "reported", "due")]

    def rows_behind(self):
        return [k for k in self.rows_areas() if self.status(k) == "chậm"]

    def rows_ranking(self):
        i = self.by_key["reduced"]
        return [f"reduced/{a}" for a in self.model.areas if i.plan.get(a)]

    def rows_returns(self):
        return self.model.areas

    def rows_corrections(self):
        return [f"{a}/{m:02}/{f}" for a, m, f, *_ in self.model.corrections]

    def status(self, key):
        key, _, area = key.partition("/")
        return self.model.status(self.by_key[key], area or ALL)

    def figure(self, table, key, column):
        """None: the model says nothing of it."""
        if table == "progress-returns":
            return returns_cell(self.model, key, column)
        if table == "progress-corrections":
            c = next(c for c in self.model.corrections if f"{c[0]}/{c[1]:02}/{c[2]}" == key)
            return {"month": (OK, Fraction(c[1])), "before": (OK, c[3]), "after": (OK, c[4]),
                    "received_before": f"{short(c[5][0])} {c[5][1]}".strip(), "received_after": f"{short(c[6][0])} {c[6][1]}".strip()}.get(column)
        indicator, _, area = key.partition("/")
        i = self.by_key[indicator]
        if column == "needed":
            state, exact = self.figure(table, key, "needed_exact")
            return (state, exact) if state != OK or i.group in ("money", "total") or i.key == "rate_drop" else (state, Fraction(math.ceil(exact)))
        if table == "progress-months":
            return self.month(i, area, column)
        if column == "status":
            return self.status(key)
        if column == "rank":
            return OK, Fraction(RANKS.get(self.status(key), 5))
        return cell(lambda name: self.model.measure(i, area or ALL, name), column)

    def month(self, i, series, column):
        month = int(column[1:])
        if series == "reported":
            return NOTHING if month > self.model.last else (OK, Fraction(sum((a, month) in self.model.returns for a in self.model.areas)))
        if series == "due":
            return NOTHING if month > self.model.last else (OK, Fraction(len(self.model.areas)))
        if series == "plan":
            return self.model.plan_to_date(i, ALL, month)
        return NOTHING if month > self.model.last or not self.model.whole_returns(i, ALL, month, month) else self.model.summed(i, ALL, month if series == "month" else 1, month)

    def group(self, table, label, column):
        """The row of a group says what the summary does."""
        i = self.by_key.get(label)
        if table == "progress-areas" and column == "status":
            return self.model.status(i, ALL)
        if table == "progress-areas" and column != "rank":
            return cell(lambda name: self.model.measure(i, ALL, name), column)
        return NOTHING


# ---- comparing ----

RANKS = {"chậm": 1, "vượt mức": 1, "chưa báo cáo": 2, "chưa đủ số liệu": 2, "đúng tiến độ": 3, "đạt": 4}

ORDERED = {"progress-areas", "progress-behind", "progress-ranking"}  # by what they show
WORDS = {"label", "area", "no", "name", "unit", "unit_of", "content", "place_before", "place_after"}


def same(cell_found, expected):
    if isinstance(expected, str):
        return cell_found["text"] == expected
    return cell_found["state"] == expected[0] and (cell_found["value"] is None or Fraction(cell_found["value"]) == expected[1])


def said(expected):
    return expected if isinstance(expected, str) else f"{expected[0]} {expected[1]}"


class Comparison:
    def __init__(self, tables, plant):
        self.tables, self.plant = tables, plant
        self.faults, self.n = [], 0

    def cell(self, table, key, found, expected):
        if expected is None:
            self.faults.append(f"{table}/{key}/{found['column']}: the model does not know it")
            return
        if self.plant and not isinstance(expected, str) and expected[0] == OK:
            expected, self.plant = (OK, expected[1] + 1), False
        self.n += 1
        if not same(found, expected):
            self.faults.append(f"{table}/{key}/{found['column']}: {found['state']} {found['value']} {found['text']!r}, the model has {said(expected)}")

    def table(self, table):
        name = table["id"]
        leaves = [r["key"] for r in table["rows"] if r["kind"] == "area"]
        wanted = self.tables.rows(name)
        if sorted(leaves) != sorted(wanted) or (name not in ORDERED and leaves != wanted):
            self.faults.append(f"{name}: rows {sorted(set(leaves) - set(wanted))} too many, {sorted(set(wanted) - set(leaves))} too few, or in another order")
            return
        if name == "progress-areas":
            self.order(leaves)
        members = list(dict.fromkeys(key.split("/")[0] for key in leaves))  # rows of groups, in the same order, stand behind all leaves
        groups = iter(members if name == "progress-areas" else [None] * len(table["rows"]))
        for row in table["rows"]:
            group = next(groups) if row["kind"] == "group" else None
            for found in row["cells"]:
                if found["column"] not in WORDS:
                    self.row(name, row, group, found)

    def order(self, leaves):
        """What needs a look first stands first among the areas of an indicator."""
        last = {}
        for key in leaves:
            indicator, rank = key.split("/")[0], self.tables.figure("progress-areas", key, "rank")[1]
            if rank < last.get(indicator, rank):
                self.faults.append(f"progress-areas: {key} stands too low")
            last[indicator] = rank

    def row(self, name, row, group, found):
        column = found["column"]
        if row["kind"] == "area":
            self.cell(name, row["key"], found, self.tables.figure(name, row["key"], column))
        elif row["kind"] == "group":
            self.cell(name, row["key"], found, self.tables.group(name, group, column))
        elif name == "progress-returns" and not column.startswith("m"):
            self.cell(name, row["key"], found, returns_cell(self.tables.model, ALL, column))


# ---- the program ----

LAO_CAI = f"{ROOT}/fixtures/lao-cai-2021/returns"
JOBS = [
    ("lao-cai-2021", "job", lao_cai, lambda: [r for p in sorted(glob.glob(f"{LAO_CAI}/*.xlsx")) for r in from_xlsx(p)]),
    ("lao-cai-2021", "job-returns-csv", lao_cai, lambda: from_csv(f"{LAO_CAI}/bao-cao-thang.csv")),
    ("lao-cai-2021", "job-returns-xml", lao_cai, lambda: [r for p in sorted(glob.glob(f"{LAO_CAI}/xml/*.xml")) for r in from_xml(p)]),
    ("kong-chro-2024", "job", kong_chro, lambda: from_xml(f"{ROOT}/fixtures/kong-chro-2024/returns/bao-cao-thang.xml")),
]
PERIODS = [("--month", "05", 5, 5), ("--month", "12", 12, 12), ("--quarter", "Q2", 4, 6), ("--half", "H1", 1, 6), ("--year", "", 1, 12)]


def run(*arguments):
    done = subprocess.run([KEHOACH, *arguments], capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: exit code {done.returncode}: {done.stderr.decode()[:600]}")
    return done.stdout.decode()


def figures_of(job, option, period, out):
    path = f"{ROOT}/fixtures/{job[0]}/{job[1]}.xml"
    run("progress", path, option, period, "-o", f"{out}/{job[1]}")
    with open(f"{out}/{job[1]}/{job[0]}/figures-{period}.json", encoding="utf-8") as f:
        return json.load(f)


def compare(job, period, out, plant):
    option, part, first, last = period
    year = job[0][-4:]
    name = f"{year}-{part}" if part else year
    c = Comparison(Tables(Model(int(year), job[2](), job[3](), first, last)), plant)
    figures = figures_of(job, option, name, out)
    for table in figures["tables"]:
        c.table(table)
    return [f"{job[0]} {job[1]} {name}: {f}" for f in c.faults], c.n, figures


# ---- explanations ----

def answers_of(job, table):
    """Row and column -> what `explain` says; each cell once."""
    lines = run("explain", f"{ROOT}/fixtures/{job[0]}/{job[1]}.xml", table, "--month", f"{job[0][-4:]}-05", "--json").splitlines()
    answers = [a for a in map(json.loads, lines) if "severity" not in a]
    result = {(a["row"], a["column"]): a for a in answers}
    if len(result) != len(answers):
        raise RuntimeError(f"{table}: explain says something twice")
    return result


def explain_fault(table, row, found, answers):
    name = f"{table}/{row}/{found['column']}"
    answer = answers.get((row, found["column"]))
    if not answer or answer["kind"] == "none" or not answer["formula"]:
        return f"{name}: is not explained"
    if (answer["state"], answer["value"], answer["text"], answer["from"]) != tuple(found[k] for k in ("state", "value", "text", "from")):
        return f"{name}: explain says {answer['value']} {answer['text']!r}, not {found['value']} {found['text']!r}"
    try:
        result = Evaluator(NoNames()).value(parse(answer["numbers"]), None)
    except (Unknown, ZeroDivisionError) as e:
        return f"{name}: explain has the numbers {answer['numbers']!r}: {e}"
    if result != (OK, Fraction(found["value"])):
        return f"{name}: {answer['numbers']} gives {result}, not {found['value']}"
    return months_fault(name, answer)


def months_fault(name, answer):
    """The months of a field add up to what is said of all of them."""
    for use in answer["uses"]:
        if answer["kind"] != "progress" or ".." not in use["row"]:
            continue
        months = [Fraction(u["value"]) for u in answer["uses"] if u["name"] == use["name"] and ".." not in u["row"] and u["state"] == OK]
        if not months or sum(months) != Fraction(use["value"]):
            return f"{name}: the months of {use['name']} give {sum(months)}, not {use['value']}"
    return None


def explained(job, figures):
    faults = []
    for table in figures["tables"]:
        answers = answers_of(job, table["id"])
        faults += [explain_fault(table["id"], r["key"], c, answers) for r in table["rows"] if r["kind"] != "total" or table["id"] == "progress-returns"
                   for c in r["cells"] if c["value"] is not None]
    return [f for f in faults if f], len(faults)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--plant", action="store_true")
    parser.add_argument("--only")
    parser.add_argument("out")
    options = parser.parse_args()
    faults, n, n_explained = [], 0, 0
    for job in JOBS:
        for period in PERIODS:
            if options.only not in (None, f"{job[0]}/{job[1]}/{period[1]}"):
                continue
            found, cells, figures = compare(job, period, options.out, options.plant)
            faults += found
            n += cells
            if options.explain and period[1] == "05" and job[1] == "job":
                found, cells = explained(job, figures)
                faults += found
                n_explained += cells
    print("\n".join(faults[:40]))
    print(f"{n} cells compared, {n_explained} explained, {len(faults)} faults")
    sys.exit(bool(faults) or not n)


if __name__ == "__main__":
    main()
