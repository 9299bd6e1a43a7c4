"""What tests/e2e/batch-above.sh asks of the progress of areas above.

  batch_above.py sums BATCH INPUT PERIOD [CODE...]  figures, words and coverage are what the CSVs of the input say; CODE: areas below whose
                                                    progress could not be made
  batch_above.py own BATCH PERIOD                   the rows of an area below are what its own workbook says of it as a whole
  batch_above.py book BATCH PERIOD                  the workbook holds the same figures, and its twin
  batch_above.py flat INPUT DIR CODE                a job of all villages below one area above, into DIR
  batch_above.py total FLAT BATCH CODE PERIOD       its figures are those that were added up level by level
  batch_above.py cumulative INPUT                   the same returns as sums since January
  batch_above.py index BATCH PERIOD [CODE...]       the pages lead to them; CODE: areas above without
  batch_above.py inputs BATCH PERIOD                their manifests list what they came of
"""
import csv
import datetime
import glob
import html
import os
import re
import shutil
import sys
from fractions import Fraction

sys.path.insert(0, os.path.dirname(__file__))
import batch as b  # noqa: E402

FIELDS = {"exits": "Thoát nghèo", "relapsed": "Tái nghèo", "new_poor": "Phát sinh"}
SIGNS = {**{f: [(f, 1)] for f in FIELDS}, "reduced": [("exits", 1), ("relapsed", -1), ("new_poor", -1)]}  # fewer poor households
FIGURES = ("plan", "plan_to_date", "done_period", "done", "rate_year", "rate_to_date")


def months_of(period):
    part = period[5:]
    kind, n = (part[0], int(part[1:])) if part[0] in "QH" else ("M", int(part))
    length = {"M": 1, "Q": 3, "H": 6}[kind]
    return (n - 1) * length + 1, n * length


def records(path):
    head, *rows = b.rows_of(path)
    return [dict(zip(head, r)) for r in rows]


def day_of(text):
    return tuple(reversed([int(x) for x in text.split("/")]))


class Input:
    """What the files say: of each area below its villages, and of each village and month the return that came last."""

    def __init__(self, folder):
        self.areas = {r["Mã xã"]: (r["Tên xã"], r["Mã tỉnh"]) for r in records(f"{folder}/xa.csv")}
        self.plan, self.poor, self.households = {}, {}, {}
        self.returns, self.first = {}, {}
        for r in records(f"{folder}/chi-tieu.csv"):
            village = (r["Mã xã"], r["Đơn vị"])
            self.plan[village] = Fraction(r["Chỉ tiêu giảm hộ nghèo năm 2026"])
            self.households[village] = Fraction(r["Số hộ"])
            self.poor[village] = Fraction(r["Hộ nghèo đầu năm 2026"])
        for path in glob.glob(f"{folder}/thang/*.csv"):
            month = int(re.search(r"2026-(\d\d)", path)[1])
            for r in records(path):
                key = (r["Mã xã"], r["Đơn vị"], month)
                day = day_of(r["Ngày nhận"])
                self.first[key] = min(day, self.first.get(key, day))
                if key not in self.returns or day > day_of(self.returns[key]["Ngày nhận"]):
                    self.returns[key] = r

    def villages(self, code):
        return [v for v in self.plan if v[0] == code]

    def below(self, above):
        return [c for c, (_, parent) in self.areas.items() if parent == above]

    def done(self, code, indicator, first, last):
        known = [Fraction(sign * int(self.returns[v + (m,)][FIELDS[f]])) for f, sign in SIGNS[indicator] for v in self.villages(code) for m in range(first, last + 1)
                 if v + (m,) in self.returns]
        return sum(known) if known else None

    def whole(self, code, month):
        return all(v + (month,) in self.returns for v in self.villages(code))

    def count(self, code, first, last):
        return sum(v + (m,) in self.returns for v in self.villages(code) for m in range(first, last + 1))


def due(month):
    return datetime.date(2026 + month // 12, month % 12 + 1, 5)


def late_days(x, code, last):
    """Of the returns of an area's villages: those that came late, and those that are overdue when the last month's are due."""
    for village in x.villages(code):
        for m in range(1, last + 1):
            day = x.first.get(village + (m,))
            yield max(0, ((datetime.date(*day) if day else due(last)) - due(m)).days)


def cells(row):
    return {c["column"]: Fraction(c["value"]) if c["value"] is not None else c["text"] if c["state"] == "ok" and c["text"] else None
            for c in row["cells"]}


def table(batch, above, period, name):
    path = f"{batch}/summary/{above}/figures-{period}.json" if above else batch
    t, = (t for t in b.load(path)["tables"] if t["id"] == name)
    return {r["key"]: cells(r) for r in t["rows"]}


def known_sum(values):
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def status(plan, to_date, done, returned, awaited, made=True, unmade=False):
    """The rules of templates/progress/poverty.xml for what is no ceiling."""
    if not made:
        return "chưa lập sổ"
    if not returned:
        return "chưa báo cáo"
    if unmade:
        return "chưa đủ số liệu"
    if done is not None and done >= plan:
        return "đạt"
    if done is not None and done >= to_date * Fraction(95, 100):
        return "đúng tiến độ"
    return "chưa đủ số liệu" if awaited else "chậm"


def rate(a, of):
    return None if a is None or of is None else a / of * 100


def check(got, want, what):
    for column, value in want.items():
        assert got[column] == value, (what, column, got[column], value)


def expected(x, codes, field, first, last):
    """Of each area below, then of all of them: figures and how many are whole."""
    plan = {c: sum(x.plan[v] for v in x.villages(c)) if field == "reduced" else None for c in codes}
    rows = {c: {"plan": plan[c], "plan_to_date": None if plan[c] is None else plan[c] * last / 12,
                "done_period": x.done(c, field, first, last), "done": x.done(c, field, 1, last)} for c in codes}
    total = {f: known_sum(r[f] for r in rows.values()) for f in ("plan", "plan_to_date", "done_period", "done")}
    for r in (*rows.values(), total):
        r["rate_year"], r["rate_to_date"] = rate(r["done"], r["plan"]), rate(r["done"], r["plan_to_date"])
    return rows, total


def sums_above(x, batch, above, period, failed):
    first, last = months_of(period)
    codes = [c for c in x.below(above) if c not in failed]
    areas, totals = table(batch, above, period, "progress-areas"), table(batch, above, period, "progress-summary")
    months, returned = table(batch, above, period, "progress-months"), table(batch, above, period, "progress-returns")
    whole = {c: sum(x.whole(c, m) for m in range(1, last + 1)) for c in codes}
    for field in SIGNS:
        rows, total = expected(x, codes, field, first, last)
        for c in codes:
            check(areas[f"{field}/{c}"], {**rows[c], "coverage": f"{whole[c]}/{last}"}, (above, field, c))
        for c in set(x.below(above)) - set(codes):
            check(areas[f"{field}/{c}"], {"plan": None, "done": None, "coverage": f"0/{last}", "status": "chưa lập sổ"}, c)
        full = sum(n == last for n in whole.values())
        check(totals[field], {**total, "coverage": f"{full}/{len(x.below(above))}"}, (above, field))
        for m in range(1, last + 1):
            check(months[f"{field}/month"], {f"m{m:02}": known_sum(x.done(c, field, m, m) for c in codes)}, (above, field, m))
            check(months[f"{field}/whole"], {f"m{m:02}": sum(x.whole(c, m) for c in codes)}, (above, field, m))
    rows, total = expected(x, codes, "reduced", first, last)
    for c in codes:
        word = status(rows[c]["plan"], rows[c]["plan_to_date"], rows[c]["done"], x.count(c, first, last), whole[c] < last)
        check(areas[f"reduced/{c}"], {"status": word}, c)
        late = [n for n in late_days(x, c, last) if n]
        check(returned[c], {"reported": x.count(c, 1, last), "due": len(x.villages(c)) * last, "late": len(late), "late_days": sum(late)}, c)
        for m in range(1, last + 1):
            n = x.count(c, m, m)
            days = [x.first[v + (m,)] for v in x.villages(c) if v + (m,) in x.first]
            day = max(days) if days else None
            want = "chưa báo cáo" if not n else "chưa đủ" if not x.whole(c, m) else f"{day[2]:02}/{day[1]:02}" if day[1] < 3 else f"{day[2]:02}/{day[1]}"
            check(returned[c], {f"m{m:02}_day": want}, (c, m))
    check(totals["reduced"], {"status": status(total["plan"], total["plan_to_date"], total["done"], sum(x.count(c, first, last) for c in codes),
                                             any(n < last for n in whole.values()), unmade=len(codes) < len(x.below(above)))}, above)
    # a rate does not add up: it is computed of the sums, over the households of the same areas; its plan is known of all of them or not at all
    households = sum(x.households[v] for c in codes for v in x.villages(c))
    parts = [known_sum(x.done(c, f, 1, last) for c in codes) for f in FIELDS]
    plan = sum(x.plan[v] for c in x.below(above) for v in x.villages(c)) / households * 100
    done = (parts[0] - parts[1] - parts[2]) / households * 100
    if len(codes) < len(x.below(above)):
        assert codes and totals["rate_drop"]["status"] in ("chưa đủ số liệu", "chưa báo cáo"), totals["rate_drop"]
        check(totals["rate_drop"], {"plan": None, "plan_to_date": None, "done": done, "rate_year": None, "rate_to_date": None}, above)
    else:
        check(totals["rate_drop"], {"plan": plan, "done": done, "rate_year": done / plan * 100}, above)


def sums(batch, folder, period, *failed):
    x = Input(folder)
    above = sorted({parent for _, parent in x.areas.values()})
    assert above == ["91", "92"]
    for code in above:
        sums_above(x, batch, code, period, failed)


def own(batch, period):
    n = 0
    for path in glob.glob(f"{batch}/9*/*/figures-{period}.json"):
        above, code = path.split("/")[-3:-1]
        rows = table(batch, above, period, "progress-areas")
        for indicator, said in table(path, None, period, "progress-summary").items():
            row = rows.get(f"{indicator}/{code}")
            if row:
                check(row, {c: said[c] for c in (*FIGURES, "status")}, (code, indicator))
                n += 1
    assert n == 24, n


def values(sheet):
    return [[c for c in r] for r in sheet.iter_rows(values_only=True)]


def near(got, want):
    if want is None:
        return got in (None, "", "[x]")
    return abs(Fraction(got) - want) < Fraction(1, 10**9)


def book(batch, period):
    import openpyxl

    for path in glob.glob(f"{batch}/summary/*/progress-{period}.xlsx"):
        above = path.split("/")[-2]
        sheets = {s.title: values(s) for s in openpyxl.load_workbook(path, data_only=True).worksheets}
        twin = {s.title: values(s) for s in openpyxl.load_workbook(path.replace(".xlsx", ".accessible.xlsx"), data_only=True).worksheets}
        assert "Số liệu đính chính" not in sheets and "Báo cáo của cơ sở" in sheets, list(sheets)
        areas, totals = table(batch, above, period, "progress-areas"), table(batch, above, period, "progress-summary")
        rows = [r for r in sheets["Theo địa bàn"] if isinstance(r[0], int) or (r[0] and str(r[0]).isdigit())]
        want = [w for k, w in areas.items() if "/" in k]
        assert len(rows) == len(want), (len(rows), len(want))
        for got, w in zip(rows, want):
            assert (got[1], got[2], got[10], got[11]) == (w["label"], w["area"], w["coverage"], w["status"]), (got, w)
            assert all(near(g, w[c]) for g, c in zip(got[4:10], FIGURES)), (got, w)
        rows = [r for r in sheets["Tổng hợp"] if r[2] in ("hộ", "điểm %", "triệu đồng")]
        want = [w for k, w in totals.items() if k != "total"]
        assert len(rows) == len(want), rows
        for got, w in zip(rows, want):
            assert (got[1], got[10], got[11]) == (w["label"], w["coverage"], w["status"]), (got, w)
            assert all(near(g, w[c]) for g, c in zip(got[3:9], FIGURES)), (got, w)
        text = [[str(c) for c in r if c is not None] for s in twin.values() for r in s]
        for w in (w for k, w in areas.items() if "/" in k):
            assert any(w["label"] in r and w["area"] in r and w["status"] in r for r in text), w


def flat(folder, out, above):
    x = Input(folder)
    name = {v: f"Thôn {v[0]}{i + 1:02}" for c in x.below(above) for i, v in enumerate(x.villages(c))}
    with open(f"{folder}/batch.xml", encoding="utf-8") as f:
        job = re.sub(r"<!--.*?-->", "", f.read(), flags=re.S)
    job = re.sub(r' for-each="commune"|<areas .*?</areas>|<summary [^>]*>| by="[^"]*"|<figure[^>]*>', "", job, flags=re.S)
    says = {"name": "tỉnh Mẫu", "short_name": "Mẫu", "number": "1", "date": "2026-02-10", "title": "CHỦ TỊCH", "signer": "Nguyễn Văn A"}
    os.makedirs(f"{out}/thang")
    with open(f"{out}/job.xml", "w", encoding="utf-8") as f:
        f.write(re.sub(r"\{(\w+)\}", lambda m: says[m[1]], job))
    shutil.copytree(f"{folder}/templates", f"{out}/templates")
    for path in glob.glob(f"{folder}/*.csv") + glob.glob(f"{folder}/thang/*.csv"):
        head, *rows = b.rows_of(path)
        if "Đơn vị" in head and head[0] == "Mã xã":
            unit = head.index("Đơn vị")
            rows = [r[1:unit] + [name[r[0], r[unit]]] + r[unit + 1:] for r in rows if (r[0], r[unit]) in name]
            head = head[1:]
            if "TT" in head:
                for i, r in enumerate(rows):
                    r[head.index("TT")] = str(i + 1)
        elif head[0] == "Mã xã":
            rows, head = [r[1:] for r in rows if r[0] == x.below(above)[0]], head[1:]
        if rows:
            with open(f"{out}/{os.path.relpath(path, folder)}", "w", encoding="utf-8") as f:
                csv.writer(f, delimiter=";", lineterminator="\n").writerows([head, *rows])


def total(one, batch, above, period):
    path, = glob.glob(f"{one}/*/figures-{period}.json")
    both = [(table(path, None, period, "progress-summary"), table(batch, above, period, "progress-summary")),
            (table(path, None, period, "progress-months"), table(batch, above, period, "progress-months"))]
    n = 0
    for alone, added in both:
        for key, row in alone.items():
            if key.split("/")[0] not in (*SIGNS, "rate_drop") or key.endswith(("/reported", "/known", "/due")):
                continue
            figures = [c for c in row if c in (*FIGURES, "change") or re.fullmatch(r"m\d\d", c)]
            check(added[key], {c: row[c] for c in figures}, (above, key))
            n += len(figures)
    assert n > 100, n


def cumulative(folder):
    path = f"{folder}/templates/datasets/monthly-returns.xml"
    with open(path, encoding="utf-8") as f:
        text = f.read()
    for field in FIELDS:
        text = text.replace(f'<field id="{field}" type="count"', f'<field id="{field}" type="count" cumulative="yes"')
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    upto = {}
    for path in sorted(glob.glob(f"{folder}/thang/*.csv")):
        head, *rows = b.rows_of(path)
        for r in rows:
            for field in FIELDS.values():
                key = (r[0], r[1], field)
                upto[key] = upto.get(key, 0) + int(r[head.index(field)])
                r[head.index(field)] = str(upto[key])
        with open(path, "w", encoding="utf-8") as f:
            csv.writer(f, delimiter=";", lineterminator="\n").writerows([head, *rows])


def index(batch, period, *without):
    import openpyxl

    with open(f"{batch}/index.html", encoding="utf-8") as f:
        page = f.read()
    for code in ("91", "92"):
        item, = re.findall(rf"<li class=.*\({code}\):.*</li>", page)
        links = [html.unescape(x) for x in re.findall(r'href="(summary/[^"]*)"', item)]
        want = {f"summary/{code}/progress-{period}.xlsx", f"summary/{code}/progress-{period}.accessible.xlsx"}
        assert all(os.path.isfile(f"{batch}/{x}") for x in links), links
        assert (want <= set(links)) == (code not in without), (code, links)
        assert (f"Tiến độ {period}: chưa lập được" in item) == (code in without), item
    for sheet in openpyxl.load_workbook(f"{batch}/index.xlsx").worksheets:
        head, = (r for r in values(sheet) if r[0] == "TT")
        column = head.index(f"Sổ theo dõi {period}")
        for row in values(sheet):
            if row[1] in ("91", "92"):
                assert row[column] == ("Chưa lập được" if row[1] in without else "Đã lập"), row


def inputs(batch, period):
    for code in ("91", "92"):
        names = {i["path"] for i in b.load(f"{batch}/summary/{code}/manifest-{period}.json")["inputs"]}
        assert {f"batch.json#{code}", f"xa.csv#{code}", "tinh.xml", "templates/progress/poverty.xml"} <= names, names
        assert not any("thang/" in n for n in names), names


if __name__ == "__main__":
    {"sums": sums, "own": own, "book": book, "flat": flat, "total": total, "cumulative": cumulative, "index": index,
     "inputs": inputs}[sys.argv[1]](*sys.argv[2:])
