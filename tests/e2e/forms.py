"""The results of two jobs are the same but for the places that their figures come from.

forms.py FOLDER JOB.xml OTHER.xml
forms.py --count FIXTURES      each plan of the yardstick has all forms, one job reads XLSX and one ODS as its own source"""
import difflib
import glob
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

PLANS = ["bac-son-2023", "kong-chro-2024", "lai-chau-2024", "lao-cai-2021", "long-khanh-2024"]
FORMS = {"xlsx", "ods", "fods", "xls", "ssml", "tcvn3"}


def bytes_of(folder, job):
    """figures.json without its places: "from" of figures, "at" of findings."""
    done = subprocess.run([os.environ["KEHOACH"], "build", job, "-o", folder, "--only", "json"], capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode())
    path = glob.glob(f"{folder}/*/figures.json")
    assert len(path) == 1, path
    with open(path[0], encoding="utf-8") as f:
        text = f.read()
    json.loads(text)
    text, n = re.subn(r'"from":\[(?:"(?:[^"\\]|\\.)*",?)*\]', '"from":[]', text)
    assert n, "no figure has a place"
    return re.sub(r'(\{"rule":"(?!published)[^}]*?)"at":"[^"]*"', r'\1"at":""', text)


def compare(tmp, first, other):
    texts = [bytes_of(f"{tmp}/{os.path.basename(job)}-{os.path.basename(os.path.dirname(job))}", job) for job in (first, other)]
    if texts[0] != texts[1]:
        lines = difflib.unified_diff(*(t.splitlines() for t in texts), lineterm="", n=0)
        sys.exit("\n".join(line[:300] for line in list(lines)[:12]))


def count(fixtures):
    for plan in PLANS:
        forms = {re.search(r"job-([\w-]+)\.xml", p)[1] for p in glob.glob(f"{fixtures}/{plan}/job-*.xml")}
        assert forms >= FORMS - {own_form(f"{fixtures}/{plan}/job.xml")}, (plan, forms)
    own = [own_form(p) for p in glob.glob(f"{fixtures}/*/job.xml")]
    assert "xlsx" in own and "ods" in own, own


def own_form(job):
    hrefs = [e.get("href") for e in ElementTree.parse(job).getroot() if e.tag.endswith("source")]
    return next((h.rsplit(".", 1)[-1] for h in hrefs if h.endswith((".xlsx", ".ods"))), "csv")


if sys.argv[1] == "--count":
    count(sys.argv[2])
else:
    compare(*sys.argv[1:])
