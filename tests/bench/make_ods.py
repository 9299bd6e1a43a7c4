"""A register as ODS, as LibreOffice writes it: 100,000 rows of 20 columns, 3 of them text. Seeded: the same on every machine.
usage: make_ods.py FILE.ods"""
import random
import sys
import zipfile

ROWS, NUMBERS = 100_000, 17
SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content '
    + " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    + ' office:version="1.3"><office:automatic-styles><style:style style:name="ta1" style:family="table">'
    '<style:table-properties table:display="true"/></style:style></office:automatic-styles><office:body><office:spreadsheet>'
    '<table:table table:name="So lieu" table:style-name="ta1"><table:table-column table:number-columns-repeated="20"/>'
)
TAIL = (
    '<table:table-row table:number-rows-repeated="948575"><table:table-cell table:number-columns-repeated="20"/></table:table-row>'
    "<table:table-row><table:table-cell table:number-columns-repeated=\"20\"/></table:table-row></table:table></office:spreadsheet>"
    "</office:body></office:document-content>"
)


def text(s):
    return f'<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>{s}</text:p></table:table-cell>'


def number(value, shown):
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" calcext:value-type="float">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def row(rng, i):
    cells = [text(f"Xã số {i % 11000}"), text(f"Thôn {i}"), text(rng.choice(("Nghèo", "Cận nghèo", "Không")))]
    for k in range(NUMBERS):
        n = rng.randint(0, 9999)
        cells.append(number(n, n) if k % 4 else number(n / 100, str(n / 100).replace(".", ",")))
    return "<table:table-row>" + "".join(cells) + "</table:table-row>"


def main():
    rng = random.Random(2024)
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        with z.open("content.xml", "w") as content:
            content.write(HEAD.encode())
            for i in range(ROWS):
                content.write(row(rng, i).encode())
            content.write(TAIL.encode())


main()
