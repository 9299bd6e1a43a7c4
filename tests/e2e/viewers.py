#!/usr/bin/env python3
"""viewers.py: the files that `kehoach verify --json` (standard input) says are signed, drawn by poppler and mupdf: whole, and cut behind
each signature. Outside of form fields the pages must be equal, and no program may say that it repairs one.

Prints what is otherwise and exits 1; else how many pairs of pages were equal.
"""

import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from attacks import Pdf

DPI = 36
ROUND = 2  # pixels around a field that its edge may touch
DRAW = {
    "poppler": lambda pdf, out: ["pdftoppm", "-gray", "-r", str(DPI), pdf, f"{out}/p"],
    "mupdf": lambda pdf, out: ["mutool", "draw", "-q", "-c", "gray", "-r", str(DPI), "-o", f"{out}/p-%d.pgm", pdf],
}


def fields(pdf):
    """Boxes of form fields by the page they are on, counted from 1."""
    listed = subprocess.run(["mutool", "show", pdf, "pages"], stdout=subprocess.PIPE, check=True).stdout
    pages = {int(number): int(page) for page, number in re.findall(rb"page (\d+) = (\d+) 0 R", listed)}
    boxes = {}
    for body in Pdf(Path(pdf).read_bytes()).objects.values():
        if re.search(rb"/Subtype ?/Widget", body) and (page := re.search(rb"/P (\d+) 0 R", body)):
            box = [float(n) for n in re.search(rb"/Rect ?\[([^\]]*)\]", body)[1].split()]
            boxes.setdefault(pages[int(page[1])], []).append(box)
    return boxes


def draw(viewer, pdf):
    """Pages as (width, height, rows), and what the program said."""
    with tempfile.TemporaryDirectory() as out:
        said = subprocess.run(DRAW[viewer](pdf, out), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
        pages = {int(re.search(r"(\d+)\.pgm", p.name)[1]): read(p.read_bytes()) for p in Path(out).iterdir()}
    return pages, {line for line in said.splitlines() if "... repeated" not in line}


def read(pgm):
    head = re.match(rb"P5\s+(?:#.*\s+)?(\d+)\s+(\d+)\s+255\s", pgm)
    width, height = int(head[1]), int(head[2])
    return width, height, [bytearray(pgm[head.end() + y * width : head.end() + (y + 1) * width]) for y in range(height)]


def masked(page, boxes):
    width, height, rows = page
    for left, bottom, right, top in ([n * DPI / 72 for n in box] for box in boxes):
        if right <= left:
            continue
        first, last = max(0, int(left) - ROUND), min(width, int(right) + 1 + ROUND)
        for y in range(max(0, int(height - top) - ROUND), min(height, int(height - bottom) + 1 + ROUND)):
            rows[y][first:last] = bytes(last - first)
    return width, height, rows


def compare(viewer, pdf, cuts):
    """How many pages were equal, and what is wrong."""
    boxes, wrong, n = fields(pdf), [], 0
    whole, said = draw(viewer, pdf)
    wrong += [f"{viewer} says: {line}" for line in said if re.search(r"repair|xref|reconstruct|error", line, re.I)]
    for size in cuts:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as cut:
            cut.write(Path(pdf).read_bytes()[:size])
            cut.flush()
            before, said_before = draw(viewer, cut.name)
        if said != said_before:
            wrong.append(f"{viewer} says {said - said_before} of the whole file and {said_before - said} of its first {size} bytes")
        if whole.keys() != before.keys() or not whole:
            wrong.append(f"{viewer} finds {len(whole)} pages and before {len(before)}")
        for page in whole.keys() & before.keys():
            n += 1
            if masked(whole[page], boxes.get(page, [])) != masked(before[page], boxes.get(page, [])):
                wrong.append(f"{viewer} draws page {page} otherwise than in the first {size} bytes")
    return n, [f"{pdf}: {what}" for what in wrong]


def main():
    jobs = []
    for line in map(json.loads, sys.stdin):
        size = Path(line["file"]).stat().st_size
        cuts = sorted({s["covers"]["bytes"] for s in line["signatures"]} - {size})
        jobs += [(viewer, line["file"], cuts) for viewer in DRAW if cuts]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda job: compare(*job), jobs))
    wrong = [what for _, found in done for what in found]
    print("\n".join(wrong) or sum(n for n, _ in done))
    sys.exit(1 if wrong or not jobs else 0)


main()
