"""Small workbooks for kehoach lint that would take long to look at if every pair of things in them were compared."""
import zipfile

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
ONE_CELL = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def relations(*which):
    """(id, kind, target), ..."""
    return f'<Relationships xmlns="{PACKAGE}relationships">' + "".join(
        f'<Relationship Id="{i}" Type="{RELATION}/{kind}" Target="{target}"' + (' TargetMode="External"/>' if "://" in target else "/>")
        for i, kind, target in which) + "</Relationships>"


def table(first, last, name="so_lieu"):
    return (f'<table xmlns="{SPACE}" id="1" name="t" displayName="{name}" ref="A{first}:A{last}">'
            '<tableColumns count="1"><tableColumn id="1" name="a"/></tableColumns></table>')


def drawing(content):
    return f'<wsDr xmlns="{DRAWING}" xmlns:r="{RELATION}">{content}</wsDr>'


def styles(formats=""):
    return (f'<styleSheet xmlns="{SPACE}"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>'
            f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/></cellXfs>{formats}</styleSheet>")


def write(path, sheets, parts=None):
    """sheets: (name, XML in <worksheet>); parts: name -> XML of what else there is; xl/styles.xml and xl/sharedStrings.xml are referred to."""
    parts = dict(parts or {})
    of_book = [(f"s{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    of_book += [(name, name, f"{name}.xml") for name in ("styles", "sharedStrings") if f"xl/{name}.xml" in parts]
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="s{i}"/>' for i, (name, _) in enumerate(sheets, 1))
    parts["xl/workbook.xml"] = f'<workbook xmlns="{SPACE}" xmlns:r="{RELATION}"><sheets>{listed}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = relations(*of_book)
    parts["_rels/.rels"] = relations(("book", "officeDocument", "xl/workbook.xml"))
    for i, (_, content) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{SPACE}" xmlns:r="{RELATION}">{content}</worksheet>'
    kinds = {"workbook": TYPES + "sheet.main+xml", "sheet": TYPES + "worksheet+xml", "table": TYPES + "table+xml", "styles": TYPES + "styles+xml",
             "sharedStrings": TYPES + "sharedStrings+xml", "drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
             "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"}
    override = "".join(f'<Override PartName="/{name}" ContentType="{kinds[name.split("/")[-1].split(".")[0].rstrip("0123456789")]}"/>'
                       for name in parts if not name.endswith(".rels"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType='
                   f'"application/vnd.openxmlformats-package.relationships+xml"/>{override}</Types>')
        for name, text in parts.items():
            z.writestr(name, text)
