"""Every hash of every manifest.json is that of the file it names; every output is listed."""
import hashlib
import json
import os
import re
import sys


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def input_path(root, job, path):
    if path.startswith("templates/") and not os.path.exists(f"{root}/fixtures/{job}/{path}"):
        return f"{root}/{path}"
    if path.startswith("fonts/"):
        return f"/usr/share/fonts/truetype/liberation2/{path[6:]}"
    return f"{root}/fixtures/{job}/{path}"


results, root = sys.argv[1:]
for job in sorted(os.listdir(results)):
    with open(f"{results}/{job}/manifest.json", encoding="utf-8") as f:
        manifest = json.load(f)
    assert list(manifest) == ["job", "program", "inputs", "outputs"], list(manifest)
    assert manifest["job"] == job
    for entry in manifest["inputs"]:
        assert sha256(input_path(root, job, entry["path"])) == entry["sha256"], entry["path"]
    names = [entry["path"] for entry in manifest["inputs"]]
    assert len(names) == len(set(names)), names
    with open(f"{root}/fixtures/{job}/job.xml", encoding="utf-8") as f:
        how, name = re.search(r'<plan (href|template)="([^"]+)"', f.read()).groups()
    plan = name if how == "href" else f"templates/plans/{name}.xml"
    assert "job.xml" in names and plan in names and any(n.startswith("templates/tables/") for n in names), names
    assert sum(n.startswith("fonts/") for n in names) == 4, names
    for entry in manifest["outputs"]:
        assert sha256(f"{results}/{job}/{entry['path']}") == entry["sha256"], entry["path"]
    listed = sorted(entry["path"] for entry in manifest["outputs"])
    assert listed == sorted(n for n in os.listdir(f"{results}/{job}") if n != "manifest.json"), listed
