"""CPU time and peak memory of `kehoach progress` beside their goals, and beside what libxlsxwriter alone takes for as many cells.

usage: progress.py KEHOACH CELLS SLOWER JOB.xml OUT WHAT SECONDS MB OPTION...
SLOWER: how many times as long as on the machine of the goals workbooks take here (machine.c). SECONDS 0: there is no goal."""
import glob
import os
import resource
import subprocess
import sys
import zipfile

TIMES = 3


def cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command):
    began = cpu()
    subprocess.run(command, check=True)
    return cpu() - began


def count(out):
    """Cells of texts, and all others, of the workbooks."""
    text = other = 0
    for path in glob.glob(f"{out}/*/*.xlsx"):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    sheet = book.read(name)
                    n = sheet.count(b' t="s"')
                    text += n
                    other += sheet.count(b"<c r=") - n
    return text, other


def line(what, value, unit, goal):
    said = f"goal {goal:6.2f} {unit}   {'reached' if value <= goal else 'NOT REACHED'}" if goal else ""
    print(f"{what:<52} {value:8.2f} {unit}    {said}".rstrip(), flush=True)


def main(kehoach, cells, slower, job, out, what, seconds, mb, *options):
    took = min(run([kehoach, "progress", job, *options, "-o", out]) for _ in range(TIMES))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    line(what, took, "s", float(seconds))
    line("  the same by the yardstick", took / float(slower), "s", float(seconds))
    line("  its peak of memory", peak, "MB", float(mb))
    text, other = count(out)
    subprocess.run([cells, os.path.join(out, "floor.xlsx"), str(text), str(other), str(took)], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
