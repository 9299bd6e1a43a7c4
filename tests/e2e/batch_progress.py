"""What tests/e2e/batch-progress.sh asks of workbooks of progress.

  batch_progress.py alone FIXTURE DIR BATCH  a job for each area, made by kehoach progress into DIR, comes to the same but for names of sources
  batch_progress.py index BATCH              the page leads to the workbooks
  batch_progress.py silent FIGURES           what nobody has reported is missing, no zero
  batch_progress.py manifests BATCH          what they list lies there, with these checksums; sources are the area's parts
"""
import csv
import glob
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(__file__))
import batch as b  # noqa: E402

PERIOD = "2026-02"


def sheets(path, left_out):
    import openpyxl

    return {s.title: [[c.value for c in r] for r in s.iter_rows()] for s in openpyxl.load_workbook(path).worksheets
            if s.title not in left_out}


def own_returns(fixture, folder, code):
    os.makedirs(f"{folder}/thang")
    for path in glob.glob(f"{fixture}/thang/*.csv"):
        head, *rows = b.rows_of(path)
        own = [r[1:] for r in rows if r[0] == code]
        if own:
            with open(f"{folder}/thang/{os.path.basename(path)}", "w", encoding="utf-8") as f:
                csv.writer(f, delimiter=";", lineterminator="\n").writerows([head[1:], *own])


def alone(fixture, out, batch):
    b.alone(fixture, f"{out}/jobs")
    for folder in glob.glob(f"{out}/jobs/*"):
        code = os.path.basename(folder)
        own_returns(fixture, folder, code)
        shutil.copytree(f"{fixture}/templates", f"{folder}/templates")
        subprocess.run([os.environ["KEHOACH"], "progress", f"{folder}/job.xml", "--month", PERIOD, "-o", f"{out}/{code}"], check=True)
        one, = glob.glob(f"{out}/{code}/*/figures-{PERIOD}.json")
        many, = glob.glob(f"{batch}/*/{code}/figures-{PERIOD}.json")
        assert b.without_places(b.load(one)) == b.without_places(b.load(many)), code
        name = f"progress-{PERIOD}.xlsx"
        mine, theirs = (sheets(f"{os.path.dirname(p)}/{name}", ("Nguồn số liệu", "Nguồn")) for p in (one, many))
        assert list(mine) == list(theirs) and len(mine) > 4, (list(mine), list(theirs))
        for title in mine:
            assert mine[title] == theirs[title], (code, title)


def index(batch):
    with open(f"{batch}/index.html", encoding="utf-8") as f:
        page = f.read()
    links = [html.unescape(x) for x in re.findall(r'href="([^"]*progress[^"]*)"', page)]
    assert len(links) == 16 and all(os.path.isfile(f"{batch}/{x}") for x in links), links
    assert f"Tiến độ {PERIOD}" in page


def silent(figures):
    table, = (t for t in b.load(figures)["tables"] if t["id"] == "progress-summary")
    done = [c for r in table["rows"] for c in r["cells"] if c["column"] in ("done", "done_period")]
    assert done and all(c["state"] == "missing" and c["value"] is None for c in done), done


def manifests(batch):
    found = glob.glob(f"{batch}/9*/*/manifest-{PERIOD}.json")
    assert len(found) == 6, found
    for path in found:
        folder, manifest = os.path.dirname(path), b.load(path)
        code = os.path.basename(folder)
        assert {o["path"] for o in manifest["outputs"]} == {f"progress-{PERIOD}.xlsx", f"progress-{PERIOD}.accessible.xlsx",
                                                            f"figures-{PERIOD}.json"}, path
        for output in manifest["outputs"]:
            with open(f"{folder}/{output['path']}", "rb") as f:
                assert hashlib.sha256(f.read()).hexdigest() == output["sha256"], output
        inputs = {i["path"] for i in manifest["inputs"]}
        assert {f"chi-tieu.csv#{code}", f"thang/bao-cao-2026-01.csv#{code}", "templates/progress/poverty.xml"} <= inputs, inputs


if __name__ == "__main__":
    {"alone": alone, "index": index, "manifests": manifests, "silent": silent}[sys.argv[1]](*sys.argv[2:])
