"""A job of a plan for 200 areas and the returns of its 12 months, 40 figures each, of which each is an indicator: one file a month, or
one an area and month ("each"). Seeded: the same job on every machine."""
import os
import random
import re
import sys

AREAS, INDICATORS, MONTHS, HEADLINES = 200, 40, 12, 10
GROUPS = [("poverty", 20), ("support", 12), ("money", 8)]


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def ids():
    """The first is the one that the brief and the ranking speak of."""
    return ["reduced"] + [f"f{i:02}" for i in range(1, INDICATORS)]


def progress():
    """The usual template of progress with other indicators, and no bases and checks, which are over its own."""
    with open("templates/progress/poverty.xml", encoding="utf-8") as f:
        text = f.read()
    groups = [name for name, n in GROUPS for _ in range(n)]
    indicators = "".join(
        f'<indicator id="{name}" group="{groups[i]}" label="Chỉ tiêu số {i:02}" unit="hộ" value="{name}" headline="{"yes" if i < HEADLINES else "no"}">'
        '<target table="reductions-quarterly" value="exits" quarters="q1 q2 q3 q4"/></indicator>\n' for i, name in enumerate(ids()))
    text, n = re.subn(r"<base .*</indicator>", lambda _: indicators, text, flags=re.S)
    assert n == 1
    text, n = re.subn(r"<check .*/>", "", text, flags=re.S)
    assert n == 1
    for old, new in (('id="poverty"', 'id="bench"'), ('over="monthly-returns"', 'over="bench-returns"')):
        assert old in text, old
        text = text.replace(old, new)
    return text


def templates(folder):
    os.makedirs(f"{folder}/templates/datasets", exist_ok=True)
    os.makedirs(f"{folder}/templates/progress", exist_ok=True)
    fields = "".join(f'<field id="{name}" type="count" unit="hộ"><name>Cột {i:02}</name></field>' for i, name in enumerate(ids()))
    write(f"{folder}/templates/datasets/bench-returns.xml", '<dataset xmlns="urn:kehoach:dataset:1" id="bench-returns" title="Báo cáo tháng">'
          '<field id="area" type="area" key="yes" required="yes"><name>Đơn vị</name></field>'
          f'<field id="month" type="month" key="yes"><name>Tháng</name></field>{fields}</dataset>\n')
    write(f"{folder}/templates/progress/bench.xml", progress())


def returns(folder, rng, areas, each):
    os.makedirs(f"{folder}/returns", exist_ok=True)
    header = ";".join(["Đơn vị"] + [f"Cột {i:02}" for i in range(INDICATORS)])
    for month in range(1, MONTHS + 1):
        rows = [";".join([area] + [str(rng.randint(0, 4)) for _ in range(INDICATORS)]) for area in areas]
        if each:
            for i, row in enumerate(rows):
                write(f"{folder}/returns/{i:03}-2021-{month:02}.csv", f"{header}\n{row}\n")
        else:
            write(f"{folder}/returns/2021-{month:02}.csv", "\n".join([header] + rows) + "\n")


def main(folder, each):
    templates(folder)
    rng = random.Random(2021)
    areas = [f"Xã số {i:03}" for i in range(AREAS)]
    plan = ["Loại;Đơn vị;Quý I;Quý II;Quý III;Quý IV;Cả năm"]
    for area in areas:
        quarters = [rng.randint(2, 9) for _ in range(4)]
        plan.append(";".join(["xã", area] + [str(n) for n in quarters + [sum(quarters)]]))
    write(f"{folder}/reductions.csv", "\n".join(plan) + "\n")
    returns(folder, rng, areas, each)
    write(f"{folder}/plan.xml", '<plan xmlns="urn:kehoach:plan:1" in="reductions-quarterly"><title>Kế hoạch</title><p>Giảm {total(exits)} hộ.</p></plan>\n')
    write(f"{folder}/job.xml",
          '<job xmlns="urn:kehoach:job:1" id="bench" period="2021"><agency name="Ủy ban nhân dân tỉnh Mẫu" area="tỉnh Mẫu"/>'
          '<document number="1" symbol="KH-UBND" place="Mẫu" date="2021-01-05"/><source id="plan" dataset="reductions" href="reductions.csv"/>'
          '<returns dataset="bench-returns" href="returns/*.csv"/><plan href="plan.xml"/><workbook tables="reductions-quarterly"/>'
          '<progress template="bench"/><signer authority="TM" title="CHỦ TỊCH" name="Nguyễn Văn A"/></job>\n')


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] == ["each"])
