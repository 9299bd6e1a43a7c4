"""Registers of a batch: batch_register.py make DIR: the golden register as that of three communes, in DIR/all (each of its villages an area of
its commune), as a workbook and as XML beside it, and a job alone for each in DIR/CODE; batch_register.py same DIR BATCH: figures of both,
but for places, are the same and add up to those of the golden register's rows."""
import csv
import glob
import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(__file__))
import batch as b  # noqa: E402

GOLDEN = "tests/golden/register"
XML = ["ma-xa", "ma-ho", "ho-ten", "ma-thon", "dan-toc", "phan-loai-dau-nam", "phan-loai-cuoi-nam", "bien-dong"]
JOB = """<job xmlns="urn:kehoach:job:1" id="register" period="2024"{each}>
  {areas}<agency name="Ủy ban nhân dân {name}" area="{name}"/>
  <document number="5" symbol="KH-UBND" place="Mẫu" date="2024-12-01"/>
  <source id="areas" dataset="area-list" href="dia-ban.csv"{by}/>
  <source id="households" dataset="poverty-dtts" register="household-register" href="{file}"{by}/>
  <plan href="plan.xml"/>
  <workbook tables="poverty-dtts"/>
  <signer authority="TM. ỦY BAN NHÂN DÂN" title="CHỦ TỊCH" name="Nguyễn Văn A"/>
</job>
"""
PLAN = """<plan xmlns="urn:kehoach:plan:1" in="poverty-dtts">
  <title>Giảm nghèo năm {period} (số liệu mẫu)</title>
  <section title="SỐ LIỆU">
    <p>Đầu năm {period} toàn xã có {total(poor_start):02} hộ nghèo trong {total(households_start)} hộ.</p>
    <table ref="poverty-dtts"/>
    <p>Số liệu trong kế hoạch này là số liệu mẫu./.</p>
  </section>
  <recipients><to>Như trên</to><file>VT</file></recipients>
</plan>
"""


def read(name):
    with open(f"{GOLDEN}/{name}", encoding="utf-8") as f:
        return list(csv.reader(f))


def write(path, rows):
    with open(path, "w", encoding="utf-8") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)


def commune(village):
    return village[:5]


def write_forms(folder, head, rows):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["DANH SÁCH HỘ (số liệu mẫu)"], head, *rows):
        book.active.append([v or None for v in row])
    book.save(f"{folder}/ho-dan.xlsx")
    with open(f"{folder}/ho-dan.xml", "w", encoding="utf-8") as f:
        f.write("<danh-sach>")
        for row in rows:
            f.write("<ho>" + "".join(f"<{n}>{v}</{n}>" for n, v in zip(XML, row) if v) + "</ho>\n")
        f.write("</danh-sach>\n")


def job(folder, path, **says):
    with open(f"{folder}/{path}", "w", encoding="utf-8") as f:
        f.write(JOB.format(**says))
    with open(f"{folder}/plan.xml", "w", encoding="utf-8") as f:
        f.write(PLAN)


def make(out):
    area_head, *areas = read("dia-ban.csv")
    head, *rows = read("ho-dan.csv")
    villages = [a for a in areas if len(a[0]) == 7]
    rows = [r for r in rows if len(r[2]) == 7]
    every = f"{out}/all"
    os.makedirs(every)
    write(f"{every}/xa.csv", [["Mã xã", "Tên xã", "Mã tỉnh", "Tên tỉnh"]] + [[a[0], a[1], "44", "tỉnh Mẫu"] for a in areas if len(a[0]) == 5])
    write(f"{every}/dia-ban.csv", [["Mã xã", *area_head[:2]]] + [[commune(a[0]), *a[:2]] for a in villages])
    whole = [[commune(r[2]), *r] for r in rows]
    write(f"{every}/ho-dan.csv", [["Mã xã", *head]] + whole)
    write_forms(every, ["Mã xã", *head], whole)
    says = {"each": ' for-each="commune"', "areas": '<areas id="commune" dataset="communes" href="xa.csv"/>\n  ', "name": "{name}"}
    for form in ("csv", "xlsx", "xml"):
        by = ' by="Mã xã"'
        job(every, f"{form}.xml", file=f"ho-dan.{form}", by=by, **says)
        with open(f"{every}/{form}.xml", encoding="utf-8") as f:
            text = f.read()
        with open(f"{every}/{form}.xml", "w", encoding="utf-8") as f:
            f.write(text.replace('href="ho-dan.xml" by="Mã xã"', 'href="ho-dan.xml" by="ma-xa"'))
    for a in areas:
        if len(a[0]) != 5:
            continue
        folder = f"{out}/{a[0]}"
        os.makedirs(folder)
        write(f"{folder}/dia-ban.csv", [area_head[:2]] + [v[:2] for v in villages if commune(v[0]) == a[0]])
        write(f"{folder}/ho-dan.csv", [head] + [r for r in rows if commune(r[2]) == a[0]])
        job(folder, "job.xml", each="", areas="", name=a[1], by="", file="ho-dan.csv")


def households(path):
    table = b.load(path)["tables"][0]
    total, = [r for r in table["rows"] if r["kind"] == "total"]
    return int(next(c["value"] for c in total["cells"] if c["column"] == "households_start"))


def same(out, batch):
    found = sorted(glob.glob(f"{batch}/44/*/figures.json"))
    assert len(found) == 3, found
    for path in found:
        own, = glob.glob(f"{out}/made/{path.split('/')[-2]}/*/figures.json")
        mine, theirs = (b.without_places(b.load(p)) for p in (own, path))
        assert mine["tables"] == theirs["tables"] and mine["texts"] == theirs["texts"], path
    assert sum(map(households, found)) > 30


if __name__ == "__main__":
    {"make": make, "same": same}[sys.argv[1]](*sys.argv[2:])
