"""published.py FOLDER NUMBERS: every figure of a published plan stands in exactly one of two files of its job.

NUMBERS lists what the document prints: where,subject,area,value_printed,... In FOLDER, cong-bo.csv has those that are
computed anew (the audit's file), khong-tinh.csv those that are not, with the reason. Decimal and group marks may differ:
`5.13` of a document is `5,13` in the job. Prints both counts; exits 1 after a difference.
"""
import csv
import re
import sys
from collections import Counter


def rows(path, delimiter, columns):
    """(line, {column: text}) of each row; the header must have the columns."""
    with open(path, encoding="utf-8", newline="") as f:
        reader = csv.DictReader(f, delimiter=delimiter)
        missing = [c for c in columns if c not in (reader.fieldnames or [])]
        if missing:
            sys.exit(f"{path}:1: no column {', '.join(missing)}")
        found = []
        for row in reader:
            if None in row:
                sys.exit(f"{path}:{reader.line_num}: more cells than the header has")
            found.append((reader.line_num, {c: (row[c] or "").strip() for c in columns}))
        return found


def plain(printed):
    """The text with one mark for all that stands between digits."""
    return re.sub(r"(?<=\d)[.,](?=\d)", ",", printed)


def figures(path, delimiter, columns, filled=()):
    """Count of (where, subject, area, printed), and whether the cells of `filled` are."""
    found = Counter()
    good = True
    for line, row in rows(path, delimiter, [*columns, *filled]):
        where, subject, area, printed = (row[c] for c in columns)
        found[where, subject, area, plain(printed)] += 1
        for column in filled:
            if not row[column]:
                print(f"{path}:{line}: {column} is empty")
                good = False
    return found, good


def main(folder, numbers):
    columns = ("Vị trí", "Nội dung", "Địa bàn", "Công bố")
    printed, _ = figures(numbers, ",", ("where", "subject", "area", "value_printed"))
    claimed, claims_good = figures(f"{folder}/cong-bo.csv", ";", columns, ("Bảng", "Biểu thức"))
    left, reasons_good = figures(f"{folder}/khong-tinh.csv", ";", columns, ("Lý do",))
    good = claims_good and reasons_good
    for what, difference in (
        ("in neither file", printed - (claimed + left)),
        ("not in the document, or in both files", (claimed + left) - printed),
    ):
        for figure, n in difference.items():
            print(f"{what}: {' | '.join(figure)}" + (f" ({n} times)" if n > 1 else ""))
            good = False
    print(f"{folder}: {claimed.total()} computed anew, {left.total()} not, {printed.total()} printed")
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except OSError as e:
        sys.exit(str(e))
