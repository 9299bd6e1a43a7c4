#!/usr/bin/env python3
"""verified.py attacks DIR | valid | invalid: what `kehoach verify --json` said (standard input) is what is expected.

  attacks DIR   each file is INVALID by the rule in DIR/NAME.want, and `changed` names exactly the objects listed there
  valid         each file holds
  invalid       none does
Also that each line has the form that is promised. Prints what is otherwise and exits 1.
"""

import json
import sys
from pathlib import Path

FILE = {"file", "ok", "signatures"}
SIGNATURE = {"field", "signer", "time", "level", "integrity", "chain", "revocation", "covers", "shown", "later"}


def form(line):
    """What is missing of the form of a line."""
    missing = FILE - line.keys()
    for signature in line["signatures"]:
        missing |= SIGNATURE - signature.keys()
        for later in signature["later"]:
            missing |= {"kind", "objects"} - later.keys()
    wrong = [f"no {', '.join(sorted(missing))}"] if missing else []
    for signature in line["signatures"]:
        first, listed = signature["covers"]["revision"], {later["revision"] for later in signature["later"]}
        if signature["covers"]["bytes"] and listed != set(range(first + 1, line["revisions"] + 1)):
            wrong.append(f"later revisions of {signature['field']}: {sorted(listed)} of {line['revisions']}")
    return wrong


def attack(line, folder):
    rules, objects = set(), set()
    for want in (folder / Path(line["file"]).with_suffix(".want").name).read_text().split():
        (objects if want.isdigit() else rules).add(want)
    found = {f["rule"] for f in line["findings"] if f["severity"] == "error"}
    named = {str(o) for s in line["signatures"] for later in s["later"] if later["kind"] == "change" for o in later["objects"]}
    wrong = ["holds"] if line["ok"] else []
    if not found & rules:
        wrong.append(f"rules {sorted(found)}, not {sorted(rules)}")
    if "changed" in rules and named != objects:
        wrong.append(f"objects {sorted(named)}, not {sorted(objects)}")
    return wrong


def main():
    what = sys.argv[1]
    n = failed = 0
    for text in sys.stdin:
        line = json.loads(text)
        n += 1
        wrong = form(line)
        if what == "attacks":
            wrong += attack(line, Path(sys.argv[2]))
        elif line["ok"] != (what == "valid"):
            wrong.append("holds" if line["ok"] else f"{line['findings']}")
        if wrong:
            failed += 1
            print(f"{line['file']}: {'; '.join(wrong)}")
    if not n:
        print("no line at all")
    sys.exit(1 if failed or not n else 0)


main()
