"""A country for the benchmark of batches: communes of provinces, villages of communes, and a job for each commune. Seeded: the same on
every machine. The plan is the nine pages of make_jobs.py, its text the same for all but for the names and the figures.

usage: make_country.py FOLDER now|old [N]   now: 34 provinces, 3,321 communes, 63,619 villages; old: 63, 10,600, 95,400
       with N only the first N communes and their villages
"""
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import make_jobs  # noqa: E402

COUNTRIES = {"now": (34, 3321, 63619), "old": (63, 10600, 95400)}


def country(kind, rng):
    """(code, name, province's code and name, villages) of each commune."""
    n_province, n_commune, n_village = COUNTRIES[kind]
    villages = [2] * n_commune
    for _ in range(n_village - sum(villages)):
        villages[rng.randrange(n_commune)] += 1
    for i in range(n_commune):
        province = i * n_province // n_commune + 1
        name = f"{rng.choice(['Bình', 'An', 'Phú', 'Tân', 'Đông', 'Hòa'])} {rng.choice(['Thạnh', 'Lộc', 'Mỹ', 'Sơn', 'Hưng'])} {i + 1}"
        yield f"{i + 1:05}", name, f"{province:02}", f"tỉnh Mẫu {province}", villages[i]


def plan(rng):
    text = make_jobs.plan(rng, "NAME")
    for words in ("<b>Xã</b> NAME", "Xã NAME", "xã NAME"):
        text = text.replace(words, "{locality}")
    assert text.count("{locality}") > 20 and "NAME" not in text
    return text


def main(folder, kind, most):
    rng = random.Random(2026)
    os.makedirs(folder, exist_ok=True)
    make_jobs.templates(folder)
    make_jobs.form(folder)
    make_jobs.write(f"{folder}/plan.xml", plan(rng))
    columns = range(2, make_jobs.COLUMNS - 4)
    areas = ["Mã xã;Tên xã;Địa danh;Mã tỉnh;Tên tỉnh"]
    rows = [";".join(["Mã xã", "Thôn"] + [f"Cột {i}" for i in columns])]
    for code, name, province, province_name, n_village in list(country(kind, rng))[:most]:
        areas.append(f"{code};xã {name};{name};{province};{province_name}")
        for village in range(1, n_village + 1):
            rows.append(";".join([code, f"Thôn {village}", "1000"] + [str(rng.randint(1, 999)) for _ in columns[1:]]))
    make_jobs.write(f"{folder}/xa.csv", "\n".join(areas) + "\n")
    make_jobs.write(f"{folder}/data.csv", "\n".join(rows) + "\n")
    make_jobs.write(f"{folder}/batch.xml",
        '<job xmlns="urn:kehoach:job:1" id="country" period="2026" for-each="commune">'
        '<areas id="commune" dataset="communes" href="xa.csv"><figure table="bench" column="c2" label="Cột 2"/><figure table="bench" column="r3" label="Tỷ lệ 3 (%)"/></areas>'
        '<agency name="Ủy ban nhân dân {name}" area="{name}"/>'
        '<document symbol="KH-UBND" place="{short_name}" date="2026-01-15"/>'
        '<source id="data" dataset="bench" href="data.csv" by="Mã xã"/><plan href="plan.xml"/><workbook tables="bench"/>'
        '<form name="bench"/><signer authority="TM. ỦY BAN NHÂN DÂN" title="CHỦ TỊCH" name="Nguyễn Văn A"/></job>\n')


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else None)
