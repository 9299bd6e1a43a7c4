"""A job whose three sources write the same ten areas in three spellings: whichever of them writes which, the tables are the same.

areas.py FOLDER [--plant]: writes the jobs into FOLDER and builds them; with --plant one name is of another area,
and the tables must differ."""
import itertools
import json
import os
import subprocess
import sys
import unicodedata

SPELLINGS = [
    ("Tổ dân phố 01", "TDP số 1", "Tổ 1"),
    ("Tổ dân phố 11", "TDP-11", "T.D.P số: 011"),
    ("Khu phố IV", "KP.4", "khu phố số 04"),
    ("Khu phố 14", "KP14", "KHU PHỐ XIV"),
    ("Thôn Hòa Bình", "Th. Hoà Bình", unicodedata.normalize("NFD", "THÔN HOÀ BÌNH")),
    ("Điện Biên II", "\u00d0iện Biên 2", "ĐIỆN BIÊN 02"),
    ("Phường Bắc Sơn", "P.Bắc Sơn", unicodedata.normalize("NFD", "P. BẮC SƠN")),
    ("Bản Mới", "Bản\u00a0 Mới", "B\u1ea3n M\u1edbi\u200b"),
    ("Bản Mới 1", "Bản Mới I", "bản Mới 01"),
    ("TT. Thủy Đông", "Thị trấn Thuỷ Đông", "TT Thủy  đông"),
]
ROLES = ["current", "previous", "plan"]
FILES = {
    "templates/datasets/villages.xml": """<dataset xmlns="urn:kehoach:dataset:1" id="villages" title="Thôn">
  <field id="area" type="area" key="yes"><name>Thôn</name></field>
  <field id="poor" type="count" unit="hộ"><name>Hộ nghèo</name></field></dataset>""",
    "templates/tables/villages.xml": """<table xmlns="urn:kehoach:table:1" id="villages" over="villages" rows="area" title="Hộ nghèo">
  <column id="area" label="Thôn" is="label"/><column id="poor" label="Hộ nghèo"/>
  <column id="before" label="Năm trước" unit="hộ" value="previous.poor" decimals="0"/>
  <column id="target" label="Kế hoạch" unit="hộ" value="plan.poor" decimals="0"/><total label="Cộng"/></table>""",
    "plan.xml": """<plan xmlns="urn:kehoach:plan:1" in="villages"><title>Giảm nghèo</title><section title="MỤC TIÊU">
  <p>Một nơi có {at('tdp 001', poor):02} hộ, nơi khác có {at('Khu phố iv', previous.poor):02} hộ.</p></section>
  <recipients><to>Như trên</to><file>VT</file></recipients></plan>""",
    "job.xml": """<job xmlns="urn:kehoach:job:1" id="areas" period="2024">
  <agency name="Ủy ban nhân dân xã Mẫu" area="xã Mẫu"/><document number="5" symbol="KH-UBND" place="Mẫu" date="2024-02-01"/>
  %s<plan href="plan.xml"/><workbook tables="villages"/>
  <signer authority="TM. UBND" title="CHỦ TỊCH" name="Nguyễn Văn A"/></job>"""
    % "".join(f'<source id="{r}" dataset="villages" href="{r}.csv" role="{r}"/>' for r in ROLES),
}


def write(folder, order, planted):
    """Source i writes spelling order[i], in an order of rows of its own."""
    for path, text in FILES.items():
        os.makedirs(os.path.dirname(f"{folder}/{path}"), exist_ok=True)
        with open(f"{folder}/{path}", "w", encoding="utf-8") as f:
            f.write(text)
    for i, role in enumerate(ROLES):
        rows = [(names[order[i]], 100 * i + n) for n, names in enumerate(SPELLINGS)]
        if planted and role == "plan":
            rows[0] = ("Tổ 7", rows[0][1])
        with open(f"{folder}/{role}.csv", "w", encoding="utf-8") as f:
            f.write("Thôn;Hộ nghèo\n" + "".join(f"{name};{x}\n" for name, x in (rows[::-1] if i == 1 else rows)))


def tables(folder, order, planted=False):
    write(folder, order, planted)
    run = subprocess.run([os.environ["KEHOACH"], "build", f"{folder}/job.xml", "-o", f"{folder}/out", "--only", "json,text"],
                         capture_output=True, text=True)
    assert run.returncode == 0 and (planted or not run.stderr), run.stderr
    with open(f"{folder}/out/areas/plan.txt", encoding="utf-8") as f:
        assert "Một nơi có 00 hộ, nơi khác có 102 hộ." in f.read()
    with open(f"{folder}/out/areas/figures.json", encoding="utf-8") as f:
        return json.load(f)["tables"]


def without_names(value):
    """Keys and labels are of the current source, as it writes them."""
    if isinstance(value, dict):
        return {k: without_names(v) for k, v in value.items() if k not in ("key", "label", "text")}
    return [without_names(v) for v in value] if isinstance(value, list) else value


folder, *options = sys.argv[1:]
planted = "--plant" in options
alike = tables(f"{folder}/alike", (0, 0, 0))
assert [row["key"] for row in alike[0]["rows"]][:3] == ["tổ dân phố 01", "tổ dân phố 11", "khu phố iv"], alike
for i, order in enumerate(itertools.permutations(range(3))):
    mixed = tables(f"{folder}/mixed{i}", order, planted)
    if planted:
        assert without_names(mixed) != without_names(alike), order
        continue
    if order[0] == 0:
        assert mixed == alike, (order, mixed, alike)
    assert without_names(mixed) == without_names(alike), order
    for row in ("tdp 1", "Tổ dân phố số 01"):
        run = subprocess.run([os.environ["KEHOACH"], "explain", f"{folder}/mixed{i}/job.xml", "villages", row, "target", "--json"],
                             capture_output=True, text=True)
        assert run.returncode == 0 and json.loads(run.stdout)["value"] == "200", run
