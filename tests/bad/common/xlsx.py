"""Workbooks for cases of wrong input: a good one of the rows of data.csv, of which a case changes some. All texts are
bytes or str; the job is changed to read data.xlsx."""
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DATA = [["Thôn", "Số hộ", "Hộ nghèo"], ["Thôn 1", 100, 5], ["Thôn 2", 200, 8], ["Thôn 3", 150, 0]]


def relations(*given):
    """(type, target) each, rId1 on; a third member is what else stands in the element."""
    items = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{r[0]}" Target="{r[1]}"{"".join(r[2:])}/>' for i, r in enumerate(given, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{items}</Relationships>'


def cell(ref, value):
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{ref}"><v>{value}</v></c>'


def row(number, values):
    return f'<row r="{number}">' + "".join(cell("ABCDEFGH"[i] + str(number), v) for i, v in enumerate(values)) + "</row>"


def rows(data=DATA):
    return "".join(row(i, values) for i, values in enumerate(data, 1))


def sheet(cells=None, behind=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows() if cells is None else cells}</sheetData>{behind}</worksheet>'


def workbook(*names):
    sheets = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(names, 1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def parts(**changed):
    """The parts by name; changed ones by what they are: root, book, book_relations, sheet1, ..."""
    made = {
        "_rels/.rels": changed.get("root", relations(("officeDocument", "xl/workbook.xml"))),
        "xl/workbook.xml": changed.get("book", workbook("Số liệu")),
        "xl/_rels/workbook.xml.rels": changed.get("book_relations", relations(("worksheet", "worksheets/sheet1.xml"))),
        "xl/worksheets/sheet1.xml": changed.get("sheet1", sheet()),
    }
    made.update(changed.get("more", {}))
    return made


def to_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def write(made=None, name="data.xlsx", job=True, **changed):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        for part, text in (made or parts(**changed)).items():
            z.writestr(part, to_bytes(text))
    if job:
        use()


def use(attributes=""):
    """Lets the job read data.xlsx."""
    with open("job.xml", encoding="utf-8") as f:
        text = f.read()
    with open("job.xml", "w", encoding="utf-8") as f:
        f.write(text.replace('href="data.csv"', 'href="data.xlsx"' + attributes))


def change(edit):
    """Rewrites data.xlsx by edit(bytearray, [offsets of local headers], [of central ones])."""
    with open("data.xlsx", "rb") as f:
        data = bytearray(f.read())
    n, _, start = struct.unpack_from("<HLL", data, data.rindex(b"PK\5\6") + 10)
    central, local = [], []
    for _ in range(n):
        central.append(start)
        local.append(struct.unpack_from("<L", data, start + 42)[0])
        start += 46 + sum(struct.unpack_from("<HHH", data, start + 28))
    edit(data, local, central)
    with open("data.xlsx", "wb") as f:
        f.write(data)
