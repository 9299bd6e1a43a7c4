"""Every manifest.json names what its job reads, by its XML, and what was written; each hash is that of the file.

manifest.py RESULTS JOB.xml...
manifest.py --progress FOLDER JOB.xml
    the manifests of progress in a folder: together they list all of it, and what returns say is among what was read"""
import glob
import hashlib
import json
import os
import re
import sys

from figures import ROOT, Job, figures


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def input_path(folder, path):
    if path.startswith("fonts/"):
        return f"/usr/share/fonts/truetype/liberation2/{path[6:]}"
    own = f"{folder}/{path}"
    return own if os.path.exists(own) or not path.startswith("templates/") else f"{ROOT}/{path}"


def files_are(folder, entries, path_of):
    names = [entry["path"] for entry in entries]
    assert len(names) == len(set(names)), names
    for entry in entries:
        assert sha256(path_of(entry["path"])) == entry["sha256"], entry["path"]
    return names


def progress(folder, xml):
    job = Job(xml)
    manifests = [n for n in os.listdir(folder) if re.fullmatch(r"manifest-.*\.json", n)]
    returns = {os.path.relpath(p, job.folder) for r in job.xml.findall("{*}returns") for p in glob.glob(f"{job.folder}/{r.get('href')}")}
    listed = []
    for name in manifests:
        with open(f"{folder}/{name}", encoding="utf-8") as f:
            manifest = json.load(f)
        assert list(manifest) == ["job", "program", "inputs", "outputs"], list(manifest)
        read = set(files_are(folder, manifest["inputs"], lambda p: input_path(job.folder, p)))
        wanted = returns | {"job.xml", "templates/progress/poverty.xml", "templates/plans/progress-brief.xml", "templates/tables/progress-summary.xml"}
        assert read >= wanted, (name, wanted - read)
        period = name[len("manifest-"):-len(".json")]
        written = files_are(folder, manifest["outputs"], lambda p: f"{folder}/{p}")
        assert {f"progress-{period}.xlsx", f"progress-{period}.pdf", f"figures-{period}.json"} <= set(written), written
        listed += written
    assert manifests and sorted(listed + manifests) == sorted(os.listdir(folder)), set(listed + manifests) ^ set(os.listdir(folder))


if sys.argv[1] == "--progress":
    progress(*sys.argv[2:])
    sys.exit()
results, *jobs = sys.argv[1:]
assert sorted(os.listdir(results)) == sorted(os.path.basename(os.path.dirname(xml)) for xml in jobs), os.listdir(results)
for xml in jobs:
    job = Job(xml)
    folder = f"{results}/{job.xml.get('id')}"
    with open(f"{folder}/manifest.json", encoding="utf-8") as f:
        manifest = json.load(f)
    assert list(manifest) == ["job", "program", "inputs", "outputs"], list(manifest)
    assert manifest["job"] == job.xml.get("id")
    for entry in manifest["inputs"]:
        assert sha256(input_path(job.folder, entry["path"])) == entry["sha256"], entry["path"]
    names = [entry["path"] for entry in manifest["inputs"]]
    assert len(names) == len(set(names)), names
    tables = {t["id"] for t in figures(folder)["tables"]}
    assert tables >= {*job.workbook_tables(), *job.placed()}, tables
    faces = {f"fonts/LiberationSerif-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic")}
    audited = bool(job.xml.findall("{*}audit"))
    wanted = job.files() | {f"templates/tables/{name}.xml" for name in tables} | {"templates/forms/nd30.xml", "templates/areas/prefixes.xml"} | faces
    wanted |= {"templates/color/srgb.icc", "templates/records/nd30.xml", "templates/wording/archive.xml", "templates/wording/fields.xml"}
    wanted |= {"templates/wording/audit.xml"} if audited or figures(folder)["audit"] else set()
    # Words that are found in sheets are read where a row needs them: around the tables of a spreadsheet.
    words = {"templates/wording/sheet.xml"}
    assert words & set(names) if any(n.endswith((".ods", ".xlsx")) for n in names) else True, names
    assert set(names) - words == wanted, (xml, set(names) ^ wanted)
    for entry in manifest["outputs"]:
        assert sha256(f"{folder}/{entry['path']}") == entry["sha256"], entry["path"]
    listed = sorted(entry["path"] for entry in manifest["outputs"])
    assert listed == sorted(n for n in os.listdir(folder) if n != "manifest.json"), listed
    assert {"plan.pdf", "plan.txt", "plan-1.png", "appendix.xlsx", "figures.json"} <= set(listed), listed
