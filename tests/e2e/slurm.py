"""For slurm.sh: a province with more communes.

usage: slurm.py FIXTURE FOLDER N   the fixture with N communes in place of its own: their rows again and again, with codes and names of
                                   their own
"""
import os
import shutil
import sys

ROWS = (("xa.csv", 1), ("chi-tieu.csv", 0), ("kinh-phi.csv", 0))  # files with rows of all communes, and where their code stands
LIST, NAME = "xa.csv", 2


def rows_of(path, column):
    """The lines in front of the first commune's, and each commune's rows by its code, in the order of the file."""
    head, codes = [], {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            cells = line.split(";")
            if len(cells) > column and cells[column].isdigit():
                codes.setdefault(cells[column], []).append(cells)
            elif not codes:
                head.append(line)
    return head, codes


def main(fixture, folder, n):
    shutil.copytree(fixture, folder)
    for name, column in ROWS:
        head, codes = rows_of(os.path.join(fixture, name), column)
        known = list(codes)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.writelines(head)
            for i in range(n):
                for cells in codes[known[i * len(known) // n]]:
                    cells = list(cells)
                    cells[column] = str(40001 + i)
                    if name == LIST:
                        cells[NAME] += f" {i + 1}"
                    f.write(";".join(cells))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
