"""Conditions on rows of a register beside the same conditions on rows of a table: register_logic.py make FOLDER; register_logic.py same
PLAIN REGISTER: figures.json of both. An area has one row; what its cells lack is lacking in both, or decided in both."""
import itertools
import json
import os
import sys
from xml.sax.saxutils import quoteattr

CONDITIONS = ["x = 1 or y = 1", "x = 1 and y = 1", "not (x = 1) or y = 1", "x = y", "known(x)", "known(x) and known(y)",
              "if(known(x), x = 1, y = 1)", "if(known(x), x = 1, y = 1) or if(known(y), y = 1, x = 1)", "if(x = 1, y = 1, y = 0)",
              "not known(x) or y = 1", "x = 1 and y = 1 and z = 1", "x = 1 or y = 1 and z = 1"]
CELLS = list(itertools.product(["1", "0", ""], repeat=3))
HEAD = ["Thôn", "x", "y", "z"]


def columns(make):
    return "".join(make(f"c{i}", quoteattr(c)) for i, c in enumerate(CONDITIONS))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def dataset(folder, name, fields):
    write(f"{folder}/templates/datasets/{name}.xml", f'<dataset xmlns="urn:kehoach:dataset:1" id="{name}" title="T">'
          f'<field id="area" type="area" key="yes"><name>Thôn</name></field>{fields}</dataset>')


def table(folder, name, cells):
    write(f"{folder}/templates/tables/{name}.xml", f'<table xmlns="urn:kehoach:table:1" id="{name}" over="{name}" rows="area" title="T">'
          f'<column id="area" label="Thôn" is="label"/>{cells}</table>')


def job(folder, name, over, file, register=""):
    write(f"{folder}/{name}-plan.xml", f'<plan xmlns="urn:kehoach:plan:1" in="{over}"><title>T</title><section title="SỐ LIỆU">'
          f'<table ref="{over}"/></section><recipients><to>Như trên</to><file>VT</file></recipients></plan>')
    write(f"{folder}/{name}.xml", f'<job xmlns="urn:kehoach:job:1" id="{name}" period="2024"><agency name="Ủy ban nhân dân xã Mẫu" area="xã Mẫu"/>'
          '<document number="5" symbol="KH-UBND" place="Mẫu" date="2024-12-01"/>'
          f'<source id="s" dataset="{over}"{register} href="{file}"/><plan href="{name}-plan.xml"/>'
          '<signer authority="TM. ỦY BAN NHÂN DÂN" title="CHỦ TỊCH" name="Nguyễn Văn A"/></job>')


def make(folder):
    import openpyxl

    rows = [[f"Thôn {i + 1}", *cells] for i, cells in enumerate(CELLS)]
    fields = "".join(f'<field id="{n}" type="count" max="1"/>' for n in HEAD[1:])
    dataset(folder, "pairs", fields)
    dataset(folder, "found", columns(lambda n, c: f'<field id="{n}" type="count"><count from="pairs" where={c}/></field>'))
    table(folder, "pairs", columns(lambda n, c: f'<column id="{n}" label="{n}" value={quoteattr(f"if({c[1:-1]}, 1, 0)")}/>'))
    table(folder, "found", columns(lambda n, c: f'<column id="{n}" label="{n}"/>'))
    write(f"{folder}/plain.csv", "\n".join(",".join(r) for r in [HEAD, *rows]) + "\n")
    write(f"{folder}/quoted.csv", "\n".join(",".join(f'"{v}"' for v in r) for r in [HEAD, *rows]) + "\n")
    book = openpyxl.Workbook()
    for row in [HEAD, *rows]:
        book.active.append([v or None for v in row])
    book.save(f"{folder}/rows.xlsx")
    job(folder, "plain", "pairs", "plain.csv")
    for file in ("plain.csv", "quoted.csv", "rows.xlsx"):
        job(folder, "register-" + file.split(".")[0], "found", file, ' register="pairs"')


def figures(path):
    with open(path, encoding="utf-8") as f:
        rows = json.load(f)["tables"][0]["rows"]
    return {r["label"]: [(c.get("value"), c.get("state")) for c in r["cells"] if c["column"] != "area"] for r in rows if r["kind"] != "total"}


def same(plain, register):
    one, two = figures(plain), figures(register)
    assert len(one) == len(CELLS), one
    for i, cells in enumerate(CELLS):
        for k, condition in enumerate(CONDITIONS):
            a, b = (f[f"Thôn {i + 1}"][k] for f in (one, two))
            assert a == b, (cells, condition, a, b)
    assert {state for row in one.values() for _, state in row} > {"missing"}


if __name__ == "__main__":
    {"make": make, "same": same}[sys.argv[1]](*sys.argv[2:])
