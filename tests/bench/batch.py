"""The synthetic country: CPU and wall time a commune, workers, memory, linearity, a rerun. Prints each figure beside its goal.

usage: batch.py PROGRAM FOLDER [N [FLOOR_MS]]
       N communes of each country (the bench's share; 0: all of them); FLOOR_MS: raw cairo's time for a document on this machine, beside
       which the goal (set where it is 5.9 ms) is printed too
"""
import os
import re
import resource
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import make_country  # noqa: E402

FLOOR_OF_GOALS = 5.9


def line(what, value, unit, goal=None, least=False):
    text = f"{what:<52} {value:8.2f} {unit}"
    if goal is not None:
        reached = value >= goal if least else value <= goal
        text += f"   goal {goal:6.1f} {unit}  {'reached' if reached else 'NOT REACHED'}"
    print(text, flush=True)


def workers_memory(pid, peak):
    """[KiB] of the largest worker so far."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
            for child in f.read().split():
                with open(f"/proc/{child}/status", encoding="ascii") as status:
                    found = re.search(r"VmHWM:\s+(\d+)", status.read())
                    peak = max(peak, int(found[1]) if found else 0)
    except OSError:
        pass
    return peak


def start(program, job, out, workers, *more):
    with open(f"{out}.said", "wb") as said:
        return subprocess.Popen([program, "batch", job, "-o", out, "-j", str(workers), *more], stdout=said, stderr=subprocess.DEVNULL)


def run(program, job, out, workers, *more, want):
    """CPU seconds, wall seconds, peak KiB of a worker."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    peak = 0
    process = start(program, job, out, workers, *more)
    while process.poll() is None:
        peak = workers_memory(process.pid, peak)
        time.sleep(0.02)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(f"{out}.said", encoding="utf-8") as said:
        text = said.read()
    assert process.returncode == 0 and want in text, text
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, peak


def at_once(program, job, outs):
    """Wall seconds of as many runs at once, which share nothing."""
    began = time.monotonic()
    runs = [start(program, job, out, 1) for out in outs]
    assert [r.wait() for r in runs] == [0] * len(runs)
    wall = time.monotonic() - began
    for out in outs:
        shutil.rmtree(out)
    return wall


def measure(program, folder, kind, n, floor):
    make_country.main(f"{folder}/{kind}", kind, n)
    job = f"{folder}/{kind}/batch.xml"
    n = n or make_country.COUNTRIES[kind][1]
    print(f"{n} communes of the country of {kind}, nine-page plans with a table of 21 columns, workbook and both JSON")
    cpu, wall, peak = run(program, job, f"{folder}/one", 1, want=f"{n} made")
    line("CPU time a commune, one worker", cpu / n * 1000, "ms", None if floor else 12)
    if floor:
        line("  of raw cairo's for the document", cpu / n * 1000 / floor, "times", 12 / FLOOR_OF_GOALS)
    line("peak memory of a worker", peak / 1024, "MB", 48)
    again, again_wall, _ = run(program, job, f"{folder}/one", 1, want=f"0 made, {n} unchanged")
    line("again, nothing changed: wall time", again_wall, "s", 1)
    with open(f"{folder}/{kind}/data.csv", encoding="utf-8") as f:
        rows = f.read()
    with open(f"{folder}/{kind}/data.csv", "w", encoding="utf-8") as f:
        f.write(re.sub(r"\n(00001;Thôn 1);1000;", r"\n\1;1001;", rows))
    _, changed, _ = run(program, job, f"{folder}/one", 1, want=f"1 made, {n - 1} unchanged")
    line("again, one row changed: wall time", changed, "s")
    _, two, _ = run(program, job, f"{folder}/two", 2, want=f"{n} made")
    both = 2 * wall / at_once(program, job, [f"{folder}/left", f"{folder}/right"])
    line("two workers, wall time of one by that of two", wall / two, "times", 1.8, least=True)
    line("  two runs at once that share nothing (yardstick)", both, "times")
    line("  two workers by the yardstick, where it is 2", wall / two / both * 2, "times", 1.8, least=True)
    shutil.rmtree(f"{folder}/two")
    shutil.rmtree(f"{folder}/one")
    if n >= 4:
        make_country.main(f"{folder}/half", kind, n // 2)
        half, _, half_peak = run(program, f"{folder}/half/batch.xml", f"{folder}/one", 1, want=f"{n // 2} made")
        line("CPU time of all communes by that of half of them", cpu / half, "times", 2.1)
        line("memory of a worker grown from half of them to all", (peak - half_peak) / 1024, "MB", 2)
        shutil.rmtree(f"{folder}/one")


def main(program, folder, n=150, floor=0.0):
    os.makedirs(folder, exist_ok=True)
    for kind in ("now", "old") if not n else ("now",):
        measure(program, folder, kind, n or None, floor)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(x) for x in sys.argv[3:4]), *(float(x) for x in sys.argv[4:5]))
