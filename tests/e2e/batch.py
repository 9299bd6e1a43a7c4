"""What tests/e2e/batch.sh asks of the results of kehoach batch.

  batch.py alone FIXTURE DIR    a job.xml for each area of the list, beside its rows only, into DIR/CODE/
  batch.py figures ALONE BATCH  figures.json of both, but for the places, are the same
  batch.py manifests BATCH      what the manifests list lies there, with these checksums
  batch.py places BATCH FIXTURE places of figures in the files of all areas are rows of that area
  batch.py printed BATCH FIXTURE  its figures, as a spreadsheet shows them, are those of the page
  batch.py sheet BATCH FIXTURE  the index as a workbook has the sums of the areas' rows
  batch.py forms FIXTURE DIR    the same job with its figures as XLSX, as XML and in another order, into DIR/FORM/
  batch.py kill PROGRAM JOB OUT workers|stop   runs it with two workers; kills both while an area is being made, or stops all by a signal
"""
import csv
import glob
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time


def rows_of(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.reader(f, delimiter=";"))


def alone(fixture, out):
    with open(f"{fixture}/batch.xml", encoding="utf-8") as f:
        job = f.read()
    job = re.sub(r' for-each="commune"', "", job)
    job = re.sub(r"<areas .*?</areas>", "", job, flags=re.S)
    job = re.sub(r"<summary [^>]*>", "", job)
    job = re.sub(r' by="[^"]*"', "", job)
    head, *areas = rows_of(f"{fixture}/xa.csv")
    field = {"Mã xã": "code", "Tên xã": "name", "Địa danh": "short_name", "Số văn bản": "number", "Ngày văn bản": "date",
             "Chức vụ người ký": "title", "Người ký": "signer"}
    for area in areas:
        says = {field[h]: v for h, v in zip(head, area) if h in field}
        folder = f"{out}/{says['code']}"
        os.makedirs(folder)
        with open(f"{folder}/job.xml", "w", encoding="utf-8") as f:
            f.write(re.sub(r"\{(\w+)\}", lambda m: says[m[1]], re.sub(r"<!--.*?-->", "", job, flags=re.S)))
        for path in glob.glob(f"{fixture}/*.csv"):
            rows = rows_of(path)
            if "Mã xã" in rows[0] and not path.endswith("/xa.csv"):
                column = rows[0].index("Mã xã")
                rows = [r[:column] + r[column + 1:] for i, r in enumerate(rows) if i == 0 or r[column] == says["code"]]
            with open(f"{folder}/{os.path.basename(path)}", "w", encoding="utf-8") as f:
                csv.writer(f, delimiter=";", lineterminator="\n").writerows(rows)


def without_places(value):
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items() if k != "from"}
    if isinstance(value, list):
        return [without_places(v) for v in value]
    return value


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def figures(one, batch):
    found = glob.glob(f"{batch}/[0-9]*/*/figures.json")
    assert found
    for path in found:
        code = path.split("/")[-2]
        own, = glob.glob(f"{one}/{code}/*/figures.json")
        assert without_places(load(path)) == without_places(load(own)), path


def manifests(batch):
    found = glob.glob(f"{batch}/[0-9]*/*/manifest.json")
    assert len(found) == 6, found
    for path in found:
        manifest = load(path)
        folder = os.path.dirname(path)
        code = os.path.basename(folder)
        assert {o["path"] for o in manifest["outputs"]} | {"manifest.json"} == set(os.listdir(folder)), path
        for output in manifest["outputs"]:
            with open(f"{folder}/{output['path']}", "rb") as f:
                assert hashlib.sha256(f.read()).hexdigest() == output["sha256"], output
        inputs = {i["path"] for i in manifest["inputs"]}
        assert {f"chi-tieu.csv#{code}", f"kinh-phi.csv#{code}", f"xa.csv#{code}", "muc-tieu.csv", "batch.xml"} <= inputs, inputs


def places(batch, fixture):
    """Each place in a divided file is in a row of that area."""
    n = 0
    for path in glob.glob(f"{batch}/*/*/figures.json"):
        code = path.split("/")[-2]
        with open(path, encoding="utf-8") as f:
            for name, row in re.findall(r'"(chi-tieu.csv|kinh-phi.csv):(\d+):\d+"', f.read()):
                assert rows_of(f"{fixture}/{name}")[int(row) - 1][0] == code, (path, name, row)
                n += 1
    assert n > 100, n


def sheet(batch, fixture):
    import openpyxl

    rows = list(openpyxl.load_workbook(f"{batch}/index.xlsx").active.iter_rows(values_only=True))
    top = next(i for i, r in enumerate(rows) if r[0] == "TT")
    figures = {r[1]: r[5:9] for r in rows[top + 1:] if r[1]}
    assert len(figures) == 6, figures
    head, *data = rows_of(f"{fixture}/chi-tieu.csv")
    households, poor, exits = (next(i for i, h in enumerate(head) if h.startswith(w)) for w in ("Số hộ", "Hộ nghèo", "Chỉ tiêu"))
    for code, (n, start, rate, down) in figures.items():
        own = [r for r in data if r[0] == code]
        assert n == sum(int(r[households]) for r in own), code
        assert start == sum(int(r[poor]) for r in own), code
        assert down == sum(int(r[exits]) for r in own), code
        assert abs(rate - 100 * start / n) < 1e-9, code


def printed(batch, fixture):
    import html
    import openpyxl
    from decimal import ROUND_HALF_UP, Decimal

    with open(f"{batch}/index.html", encoding="utf-8") as f:
        page = html.unescape(f.read())
    seen = 0
    for book in openpyxl.load_workbook(f"{batch}/index.xlsx").worksheets:
        for row in book.iter_rows():
            for cell in row:
                if isinstance(cell.value, float):
                    n = len(cell.number_format.partition(".")[2])
                    text = str(Decimal(cell.value).quantize(Decimal(1).scaleb(-n), ROUND_HALF_UP)).replace(".", ",")
                    assert f">{text}<" in page, (cell.coordinate, cell.value, text)
                    seen += 1
    assert seen == 6, seen


def forms(fixture, out):
    """The same figures as a workbook whose codes are merged cells without zeros in front, as XML, and in another order."""
    import openpyxl

    head, *data = rows_of(f"{fixture}/chi-tieu.csv")
    with open(f"{fixture}/batch.xml", encoding="utf-8") as f:
        job = f.read()
    for form in ("xlsx", "xml", "order"):
        folder = f"{out}/{form}"
        os.makedirs(folder)
        for path in (*glob.glob(f"{fixture}/*.csv"), f"{fixture}/tinh.xml"):
            shutil.copy(path, folder)
        with open(f"{folder}/batch.xml", "w", encoding="utf-8") as f:
            f.write(job.replace('href="chi-tieu.csv"', f'href="chi-tieu.{"csv" if form == "order" else form}"'))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Chỉ tiêu giảm nghèo (số liệu mẫu)"])
    sheet.append(head)
    sheet.append([f"({i + 1})" for i in range(len(head))])
    for i, row in enumerate(data):
        first = not i or row[0] != data[i - 1][0]
        sheet.append([int(row[0]) if first else None, *(int(v) if v.isdigit() else v for v in row[1:])])
    start = 4
    for row in range(5, len(data) + 5):
        if row == len(data) + 4 or sheet.cell(row, 1).value is not None:
            sheet.merge_cells(start_row=start, end_row=row - 1, start_column=1, end_column=1)
            start = row
    book.save(f"{out}/xlsx/chi-tieu.xlsx")
    names = {"Mã xã": "ma-xa", "Đơn vị": "don-vi", "Số hộ": "so-ho", "Hộ nghèo đầu năm 2026": "ho-ngheo-dau-nam",
             "Chỉ tiêu giảm hộ nghèo năm 2026": "chi-tieu-giam"}
    with open(f"{out}/xml/chi-tieu.xml", "w", encoding="utf-8") as f:
        f.write("<so-lieu>\n")
        for row in data:
            f.write("<thon>" + "".join(f"<{names[h]}>{v}</{names[h]}>" for h, v in zip(head, row) if h in names) + "</thon>\n")
        f.write("</so-lieu>\n")
    with open(f"{out}/xml/batch.xml", encoding="utf-8") as f:
        job = f.read()
    with open(f"{out}/xml/batch.xml", "w", encoding="utf-8") as f:
        f.write(job.replace('href="chi-tieu.xml" by="Mã xã"', 'href="chi-tieu.xml" by="ma-xa"'))
    turns = {}
    for row in data:
        turns.setdefault(row[0], []).append(row)
    mixed = []
    while any(turns.values()):
        mixed += [rows.pop(0) for rows in reversed(turns.values()) if rows]
    with open(f"{out}/order/chi-tieu.csv", "w", encoding="utf-8") as f:
        csv.writer(f, delimiter=";", lineterminator="\n").writerows([head, *mixed])


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
        return [int(p) for p in f.read().split()]


def begun(out):
    """Folders of areas that are being made."""
    return [os.path.dirname(p) for p in glob.glob(f"{out}/*/*/*/.part")]


def kill_workers(run, out):
    """They are halted first, so that what is being made then is theirs. None: nothing is."""
    workers = children(run.pid)
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    areas = begun(out) if len(workers) == 2 else []
    for worker in workers:
        os.kill(worker, signal.SIGKILL if areas else signal.SIGCONT)
    return (workers, areas, time.time_ns()) if areas else None


def stop_all(run, out):
    if not begun(out):
        return None
    os.kill(run.pid, signal.SIGTERM)
    return [], [], 0


def others(run, workers):
    """Whether workers are begun in the place of those that are gone."""
    while run.poll() is None:
        try:
            if set(children(run.pid)) - set(workers):
                return True
        except FileNotFoundError:
            break
    return False


def kill(program, job, out, how):
    for _ in range(5):
        shutil.rmtree(out, ignore_errors=True)
        run = subprocess.Popen([program, "batch", job, "-o", out, "-j", "2"])
        done = None
        while not done and run.poll() is None:
            try:
                done = (kill_workers if how == "workers" else stop_all)(run, out)
            except (FileNotFoundError, ProcessLookupError):
                pass  # it has just ended
        if done:
            break
    else:
        sys.exit("nobody was killed: it is over too soon")
    workers, areas, when = done
    assert not workers or others(run, workers), "no other worker was begun"
    code = run.wait()
    for area in areas:
        made = os.stat(f"{area}/manifest.json").st_mtime_ns
        assert made > when - 20_000_000, (area, made, when)  # clocks of file systems go by ticks
    sys.exit(code)


if __name__ == "__main__":
    {"alone": alone, "figures": figures, "manifests": manifests, "places": places, "sheet": sheet, "printed": printed, "forms": forms, "kill": kill}[sys.argv[1]](*sys.argv[2:])
