"""A workbook for the benchmark: 100,000 rows of 20 cells, one of them a text of its own (100,000 shared strings), 59 MB of
sheet XML. Seeded: the same on every machine.

usage: make_workbook.py FILE.xlsx"""
import random
import sys
import zipfile

ROWS, COLUMNS = 100_000, 20
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
KINDS = ["Thôn", "Tổ dân phố", "Bản", "Khu phố"]


def relation(n, kind, target):
    return f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def cells(rng, row):
    letters = [chr(ord("A") + i) for i in range(COLUMNS)]
    yield f'<c r="A{row}" t="s"><v>{row - 1}</v></c>'
    for i in range(1, COLUMNS):
        value = rng.randrange(1_000) if i % 4 else round(rng.random() * 100, 2)
        yield f'<c r="{letters[i]}{row}"><v>{value}</v></c>'


def write(path):
    rng = random.Random(1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("_rels/.rels", RELATIONS % relation(1, "officeDocument", "xl/workbook.xml"))
        z.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="So lieu" sheetId="1" r:id="rId1"/></sheets></workbook>')
        z.writestr("xl/_rels/workbook.xml.rels", RELATIONS % (relation(1, "worksheet", "worksheets/sheet1.xml") + relation(2, "sharedStrings", "sharedStrings.xml")))
        strings = "".join(f"<si><t>{rng.choice(KINDS)} số {i}</t></si>" for i in range(ROWS))
        z.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        rows = "".join(f'<row r="{r}" spans="1:{COLUMNS}">{"".join(cells(rng, r))}</row>' for r in range(1, ROWS + 1))
        z.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>')


write(sys.argv[1])
