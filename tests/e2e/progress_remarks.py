"""Remarks that people type into a progress workbook, as the next one has them.

progress_remarks.py type FILE.xlsx OUT.xlsx     what a month of work does to the sheet: see TYPED; its rows in another order
progress_remarks.py add FILE.xlsx OUT.xlsx AREA TEXT
progress_remarks.py resave FILE.xlsx OUT.xlsx   opened and saved by openpyxl (3.0 keeps no custom properties)
progress_remarks.py show FILE.xlsx              a line for each row with earlier remarks: indicator, area, status, text
progress_remarks.py check FILE.xlsx             what the workbook behind "type" must hold
progress_remarks.py tell FILE.xlsx OUT.xlsx     remarks that are longer than a row shows: see STORIES
progress_remarks.py mix FILE.xlsx OUT.xlsx      its rows in another order
progress_remarks.py lose FILE.xlsx OUT.xlsx     without the second part of a remark
progress_remarks.py told FILE.xlsx              what the workbooks behind "tell" must hold"""
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
S = f"{{{SPACE}}}"
SHEET = "Ghi chú"
LONG = "dài " * 8190  # a cell takes 32767 characters
WORD = "a" * 16000  # no column is as wide
ESCAPES = "_x005F_x0041_x005F_x0042_ " * 1500  # "_x0041_x0042_ " as it must stand in the file
# (indicator, area as it stands there) -> what is typed, and what the area is then called
TYPED = {
    ("exits", "Tả Phời"): ("Xã chậm do mưa lũ.\nĐã đôn đốc", "TẢ PHỜI"),
    ("exits", "Vạn Hoà"): ('=HYPERLINK("http://a.example","x")', "xã Vạn Hòa"),
    ("trained", "Thống Nhất"): ("m_x0007_ột\thai\r\nba &amp; <b> _x0041_ \u0301", "Thống Nhất"),
    ("houses", "Cốc San"): (LONG, "Cốc San"),
    ("houses", "Tả Phời"): ("_x005F_x0041_ chu, _x005F_x005f__x0041_, _x00 _xyz1_", "Tả Phời"),
    ("houses", "Vạn Hoà"): (WORD, "Vạn Hoà"),
    ("houses", "Thống Nhất"): (ESCAPES, "Thống Nhất"),
    ("houses", "Hợp Thành"): (("formula", "kết quả của công thức"), "Hợp Thành"),
    ("credit", "Pom Hán"): ("của địa bàn không còn", "Phường Cũ"),
}
WANTED = {
    ("exits", "Tả Phời"): "Tháng 5/2021: Xã chậm do mưa lũ.\nĐã đôn đốc",
    ("exits", "Vạn Hoà"): 'Tháng 5/2021: =HYPERLINK("http://a.example","x")',
    ("trained", "Thống Nhất"): "Tháng 5/2021: m_x005F_x0007_ột hai\nba &amp; <b> A \u0301",
    ("houses", "Cốc San"): "Tháng 5/2021: " + LONG.strip(),
    ("houses", "Tả Phời"): "Tháng 5/2021: _x005F_x0041_ chu, _x005F_x005f_A, _x00 _xyz1_",
    ("houses", "Vạn Hoà"): "Tháng 5/2021: " + WORD,
    ("houses", "Thống Nhất"): "Tháng 5/2021: " + ("_x0041_x0042_ " * 1500).strip(),
    ("houses", "Hợp Thành"): "Tháng 5/2021: kết quả của công thức",
    ("credit", "Phường Cũ"): "Tháng 5/2021: của địa bàn không còn",
}


def texts(z):
    return ["".join(t.text or "" for t in s.iter(f"{S}t")) for s in ElementTree.fromstring(z.read("xl/sharedStrings.xml"))]


def sheet_part(z):
    names = [s.get("name") for s in ElementTree.fromstring(z.read("xl/workbook.xml")).iter(f"{S}sheet")]
    return f"xl/worksheets/sheet{names.index(SHEET) + 1}.xml"


def cell_text(cell, shared):
    value = cell.find(f"{S}v")
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{S}t"))
    if value is None or value.text is None:
        return ""
    return shared[int(value.text)] if cell.get("t") == "s" else value.text


def table(path):
    """(row element, column letter -> (cell element, text)) of the sheet, and its tree."""
    with zipfile.ZipFile(path) as z:
        shared, root = texts(z), ElementTree.fromstring(z.read(sheet_part(z)))
    rows = [(row, {re.sub(r"\d", "", c.get("r")): (c, cell_text(c, shared)) for c in row}) for row in root.iter(f"{S}row")]
    return root, rows


def put(row, letter, value):
    """Formulas, where the value is ("formula", its result)."""
    number = row.get("r")
    cell = next((c for c in row if c.get("r") == f"{letter}{number}"), None)
    if cell is None:
        cell = ElementTree.SubElement(row, f"{S}c", r=f"{letter}{number}")
        row[:] = sorted(row, key=lambda c: c.get("r"))
    for child in list(cell):
        cell.remove(child)
    if isinstance(value, tuple):
        cell.set("t", "str")
        ElementTree.SubElement(cell, f"{S}f").text = 'CONCATENATE("kết quả ","của công thức")'
        ElementTree.SubElement(cell, f"{S}v").text = value[1]
        return
    cell.set("t", "inlineStr")
    text = ElementTree.SubElement(ElementTree.SubElement(cell, f"{S}is"), f"{S}t")
    text.text = value
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def save(path, out, root):
    ElementTree.register_namespace("", SPACE)
    with zipfile.ZipFile(path) as z, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        part = sheet_part(z)
        for name in z.namelist():
            to.writestr(name, ElementTree.tostring(root) if name == part else z.read(name))


def reverse(root, rows):
    """The rows of the table the other way round."""
    data = root.find(f"{S}sheetData")
    body = [row for row, cells in rows if cells.get("B", (0, ""))[1] not in ("", "Mã chỉ tiêu")]
    numbers = [row.get("r") for row in body]
    first = list(data).index(body[0])
    for row in body:
        data.remove(row)
    for i, (row, number) in enumerate(zip(reversed(body), numbers)):
        for c in row:
            c.set("r", re.sub(r"\d+", number, c.get("r")))
        row.set("r", number)
        data.insert(first + i, row)


def type_remarks(path, out):
    root, rows = table(path)
    found = set()
    for row, cells in rows:
        place = cells.get("B", (0, ""))[1], cells.get("C", (0, ""))[1]
        if place in TYPED:
            typed, area = TYPED[place]
            put(row, "E", typed)
            put(row, "C", area)
            found.add(place)
    assert found == set(TYPED), set(TYPED) - found
    merges = root.find(f"{S}mergeCells")
    assert merges is None or not [m for m in merges if int(re.search(r"\d+", m.get("ref"))[0]) in range(3, 80)]
    reverse(root, rows)
    save(path, out, root)


def add(path, out, area, text):
    root, rows = table(path)
    next(put(row, "E", text) or 1 for row, cells in rows if (cells.get("B", (0, ""))[1], cells.get("C", (0, ""))[1]) == ("exits", area))
    save(path, out, root)


def resave(path, out):
    import openpyxl

    openpyxl.load_workbook(path).save(out)


def body(path):
    return [cells for _, cells in table(path)[1] if cells.get("B", (0, ""))[1] not in ("", "Mã chỉ tiêu")]


def earlier(path):
    """(indicator, area) -> (status, cells, text); the parts of a text in their order, each but the last without its mark."""
    parts = {}
    for cells in body(path):
        if cells.get("F", (0, ""))[1]:
            part = cells.get("G", (0, ""))[1]
            parts.setdefault((cells["B"][1], cells["C"][1]), []).append((int(part.split("/")[0]) if part else 1, part, cells))
    found = {}
    for place, rows in parts.items():
        rows.sort(key=lambda row: row[0])
        names = [name for _, name, _ in rows]
        assert names == ([""] if len(rows) == 1 else [f"{i + 1}/{len(rows)}" for i in range(len(rows))]), f"{place}: parts {names}"
        texts = [cells["F"][1] for _, _, cells in rows]
        assert all(t.endswith("…") for t in texts[:-1]), f"{place}: no mark"
        found[place] = rows[0][2]["D"][1], [cells["F"][0] for _, _, cells in rows], "".join([t[:-1] for t in texts[:-1]] + texts[-1:])
    return found


def check(path):
    rows = earlier(path)
    assert set(rows) == set(WANTED), rows.keys()
    for place, wanted in WANTED.items():
        _, cells, text = rows[place]
        assert all(cell.find(f"{S}f") is None for cell in cells), f"{place}: a formula"
        if "_x0041_x0042_" in wanted:
            text = text.replace("_x005F", "")
        assert text == wanted, f"{place}: {len(text)}, {len(wanted)} characters: {text[:300]!r}"
    assert rows["credit", "Phường Cũ"][0] == "không còn theo dõi"
    assert not any(cells.get("E", (0, ""))[1] for cells in body(path)), "not empty"


# Each is a paragraph of a village, in words of 2 to 7 letters; with lines; without a space; with more lines than a row shows.
SENTENCE = "Thôn đã rà soát từng hộ nghèo, hộ cận nghèo theo Nghị định; UBND xã đôn đốc HẰNG TUẦN nhưng đường vào thôn bị sạt lở. "
STORIES = {
    ("exits", "Tả Phời"): (SENTENCE * 40)[:4000].strip(),
    ("houses", "Cốc San"): (SENTENCE.replace("; ", ";\n") * 300)[:30000].strip(),
    ("houses", "Vạn Hoà"): "ở" * 3000,
    ("trained", "Thống Nhất"): "\n".join(f"- hộ {i}" for i in range(100)),
    ("credit", "Cốc San"): ("TOÀN CHỮ HOA và " * 90).strip(),
}


def tell(path, out):
    """The stories, typed into the sheet."""
    root, rows = table(path)
    for row, cells in rows:
        place = cells.get("B", (0, ""))[1], cells.get("C", (0, ""))[1]
        if place in STORIES:
            put(row, "E", STORIES[place])
    save(path, out, root)


def mix(path, out):
    """The rows of the sheet in another order, those of parts too."""
    root, rows = table(path)
    reverse(root, rows)
    save(path, out, root)


def lose(path, out):
    """The second part of a remark is deleted, with its row's texts."""
    root, rows = table(path)
    row = next(row for row, cells in rows if cells.get("G", (0, ""))[1].startswith("2/") and cells["C"][1] == "Tả Phời")
    for letter in "BCDEFG":
        put(row, letter, "")
    put(row, "A", "")
    save(path, out, root)


def told(path):
    """All of them, byte for byte, each word of theirs whole in a row, and no row as high as it may be."""
    found = {place: text for place, (_, _, text) in earlier(path).items()}
    assert found == {place: "Tháng 5/2021: " + story for place, story in STORIES.items()}, {p: t[:80] for p, t in found.items()}
    words = {word for story in STORIES.values() for word in story.split()} | {"Tháng", "5/2021:"}
    for cells in body(path):
        for word in cells.get("F", (0, ""))[1].removesuffix("…").split():
            assert word in words or set(word) == {"ở"}, f"{word!r} is cut"
    high = [float(row.get("ht") or 0) for row, _ in table(path)[1]]
    assert 100 < max(high) < 409, max(high)


def heights(path):
    """No row is higher than spreadsheet programs allow, no column wider."""
    with zipfile.ZipFile(path) as z:
        sheets = [z.read(name).decode() for name in z.namelist() if name.startswith("xl/worksheets/sheet")]
    rows = [float(h) for sheet in sheets for h in re.findall(r'<row [^>]*\bht="([^"]*)"', sheet)]
    columns = [float(w) for sheet in sheets for w in re.findall(r'<col [^>]*\bwidth="([^"]*)"', sheet)]
    assert max(rows) <= 409.5, max(rows)
    assert max(columns) < 256, max(columns)


def show(path):
    for (indicator, area), (status, _, text) in earlier(path).items():
        print(indicator, area, status, text.replace("\n", " / ")[:200], sep="; ")


if __name__ == "__main__":
    {"type": type_remarks, "add": add, "resave": resave, "show": show, "check": check, "heights": heights,
     "tell": tell, "mix": mix, "lose": lose, "told": told}[sys.argv[1]](*sys.argv[2:])
