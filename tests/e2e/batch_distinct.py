"""A register of persons whose different households are counted for each commune of a batch: batch_distinct.py make DIR N: N persons in DIR;
batch_distinct.py same DIR BATCH: its figures are those that are counted here; batch_distinct.py alone DIR CODE: the commune's own rows with a job of
its own, in DIR/CODE; batch_distinct.py move|rename DIR: one of several members goes to a household of his own; a household is called otherwise."""
import collections
import csv
import json
import os
import random
import shutil
import sys

COMMUNES = [f"0{i:04}" for i in range(1, 8)]
NOBODY = "09999"
VILLAGES, HAMLETS = 3, 3
HEAD = ["Mã xã", "person", "household", "code", "age", "money"]
JOB = """<job xmlns="urn:kehoach:job:1" id="people" period="2024"{each}>
  {areas}<agency name="Ủy ban nhân dân {name}" area="{name}"/>
  <document number="5" symbol="KH-UBND" place="Mẫu" date="2024-12-01"/>
  <source id="areas" dataset="area-list" href="dia-ban.csv"{by}/>
  <source id="persons" dataset="people" register="persons" href="nguoi.csv"{by}/>
  <plan href="plan.xml"/>
  <signer authority="TM. ỦY BAN NHÂN DÂN" title="CHỦ TỊCH" name="Nguyễn Văn A"/>
</job>
"""
FIELDS = {
    "families": '<distinct from="persons" of="household"/>',
    "young": '<distinct from="persons" of="household" where="age &lt; 16"/>',
    "codes": '<distinct from="persons" of="code" where="age &gt;= 60"/>',
    "old": '<count from="persons" where="age &gt;= 60"/>',
}


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def templates(folder):
    write(f"{folder}/templates/datasets/persons.xml",
          '<dataset xmlns="urn:kehoach:dataset:1" id="persons" title="Người"><field id="code" type="text"/><field id="area" type="area" key="yes"/>'
          '<field id="household" type="text"/><field id="age" type="count" max="120"/><field id="money" type="count" unit="đồng"/>'
          '<field id="person" type="text" key="yes"/></dataset>')
    fields = "".join(f'<field id="{n}" type="count">{rule}</field>' for n, rule in FIELDS.items())
    write(f"{folder}/templates/datasets/people.xml", '<dataset xmlns="urn:kehoach:dataset:1" id="people" title="Nhân khẩu">'
          f'<field id="area" type="area" key="yes"/>{fields}</dataset>')
    columns = "".join(f'<column id="{n}" label="{n}"/>' for n in FIELDS)
    write(f"{folder}/templates/tables/people.xml", '<table xmlns="urn:kehoach:table:1" id="people" over="people" rows="area" title="Nhân khẩu">'
          f'<column id="area" label="Thôn" is="label"/>{columns}<total label="Cộng"/></table>')
    write(f"{folder}/plan.xml", '<plan xmlns="urn:kehoach:plan:1" in="people"><title>Nhân khẩu (số liệu mẫu)</title><section title="SỐ LIỆU">'
          '<table ref="people"/><p>Số liệu mẫu./.</p></section><recipients><to>Như trên</to><file>VT</file></recipients></plan>')


def write_rows(path, head, rows):
    with open(path, "w", encoding="utf-8") as f:
        csv.writer(f, lineterminator="\n").writerows([head, *rows])


def read(folder):
    with open(f"{folder}/nguoi.csv", encoding="utf-8") as f:
        return list(csv.reader(f))[1:]


def areas_of(commune):
    """Villages of the commune, and hamlets of these, which are rolled up."""
    rows = []
    for v in range(1, VILLAGES + 1):
        rows.append([f"{commune}{v}", f"Thôn {v}", ""])
        rows += [[f"{commune}{v}{h}", f"Xóm {v}{h}", f"{commune}{v}"] for h in range(1, HAMLETS + 1)]
    return rows


def make(folder, n):
    """Members of a household in several hamlets, villages and communes, persons that stand there twice, communes of nobody."""
    rng = random.Random(7)
    templates(folder)
    write_rows(f"{folder}/xa.csv", ["Mã xã", "Tên xã", "Mã tỉnh", "Tên tỉnh"], [[c, f"xã Mẫu {c}", "44", "tỉnh Mẫu"] for c in COMMUNES])
    write_rows(f"{folder}/dia-ban.csv", ["Mã xã", "Mã", "Tên", "Thuộc"], [[c, *row] for c in COMMUNES for row in areas_of(c)])
    rows = []
    for i in range(int(n)):
        commune = rng.choice(COMMUNES) if rng.random() < 0.97 else NOBODY
        code = rng.choice(areas_of(commune))[0]
        person = f"p{i}" if rng.random() < 0.95 else f"p{rng.randrange(i + 1)}"
        rows.append([commune, person, f"NGUOI-BI-MAT {rng.randrange(int(n) // 3)}", code, rng.randrange(90), 0])
    write_rows(f"{folder}/nguoi.csv", HEAD, rows)
    says = {"each": ' for-each="commune"', "areas": '<areas id="commune" dataset="communes" href="xa.csv"/>\n  ', "name": "{name}", "by": ' by="Mã xã"'}
    write(f"{folder}/batch.xml", JOB.format(**says))


def alone(folder, code):
    own = f"{folder}/{code}"
    shutil.copytree(f"{folder}/templates", f"{own}/templates")
    shutil.copy(f"{folder}/plan.xml", own)
    write_rows(f"{own}/dia-ban.csv", ["Mã", "Tên", "Thuộc"], areas_of(code))
    write_rows(f"{own}/nguoi.csv", HEAD[1:], [r[1:] for r in counted(folder) if r[0] == code])
    write(f"{own}/job.xml", JOB.format(each="", areas="", name=f"xã Mẫu {code}", by=""))


def counted(folder):
    """Of two rows of a person the first one of a commune that there is."""
    seen = set()
    for row in read(folder):
        if row[0] in COMMUNES and row[1] not in seen:
            seen.add(row[1])
            yield row


def wanted(folder):
    found = {}
    for commune, _, household, code, age, _ in counted(folder):
        sets = found.setdefault(commune, {}).setdefault(f"Thôn {code[5]}", {n: set() for n in FIELDS} | {"old": 0})
        sets["families"].add(household)
        if int(age) < 16:
            sets["young"].add(household)
        if int(age) >= 60:
            sets["codes"].add(code)
            sets["old"] += 1
    return {c: {v: {n: s if n == "old" else len(s) for n, s in sets.items()} for v, sets in of.items()} for c, of in found.items()}


def figures(path):
    """Of the villages; and the total, which only what can be added has."""
    with open(path, encoding="utf-8") as f:
        rows = json.load(f)["tables"][0]["rows"]
    found = {r["label"]: {c["column"]: c["value"] and int(c["value"]) for c in r["cells"] if c["column"] != "area"} for r in rows}
    return found, found.pop("Cộng")


def same(folder, batch):
    want = wanted(folder)
    assert len(want) == len(COMMUNES)
    for commune, villages in want.items():
        path = f"{batch}/44/{commune}/figures.json" if os.path.exists(f"{batch}/44") else f"{batch}/figures.json"
        if os.path.exists(f"{batch}/44") or batch.split("/")[-3] == commune:
            total = {n: None for n in FIELDS} | {"old": sum(v["old"] for v in villages.values())}
            assert figures(path) == (villages, total), (commune, figures(path), villages)


def change(folder, how):
    rows = read(folder)
    if how == "move":
        homes = collections.Counter((r[0], r[2]) for r in counted(folder))
        member = next(r for r in counted(folder) if homes[r[0], r[2]] > 1)
        rows[rows.index(member)][2] = "NGUOI-BI-MAT NEW"
    else:
        for row in rows:
            row[2] = row[2].replace("NGUOI-BI-MAT", "NGUOI-KHAC")
    write_rows(f"{folder}/nguoi.csv", HEAD, rows)


if __name__ == "__main__":
    what, *args = sys.argv[1:]
    if what in ("move", "rename"):
        change(args[0], what)
    else:
        {"make": make, "alone": alone, "same": same}[what](*args)
