#!/usr/bin/env python3
"""What a validator of Office Open XML (the Open XML SDK) says of workbooks.

  ooxml.py VALIDATOR FILE.xlsx...      exit 1 with its findings if one of them is not valid, or is not validated at all
"""
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor


def validate(validator, path):
    """Lines about one file; none if it is valid."""
    done = subprocess.run([validator, path], capture_output=True, text=True)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        return [f"{path}: the validator says: {(done.stderr or done.stdout).strip()}"]
    lines = [f"{path}: {e.get('path')} {e.get('xPath')}: {e.get('description')} [{e.get('id') or e.get('errorType')}]" for e in said["errors"]]
    if not lines and (done.returncode or said["ok"] is not True):
        lines.append(f"{path}: not valid (exit code {done.returncode})")
    return lines


def main(validator, paths):
    with ThreadPoolExecutor(2) as pool:
        lines = [line for found in pool.map(lambda p: validate(validator, p), paths) for line in found]
    print("\n".join(lines))
    return 1 if lines or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
