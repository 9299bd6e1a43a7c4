python3 - <<"E"
# Nearly a thousand codes, none of which the many cells of the cover explain, on several sheets.
from itertools import islice, product
from lintbook import *
codes = "".join("[%s]" % "".join(letters) for letters in islice(product("abcdefghij", repeat=3), 999))
cover = "<sheetData>" + ("<row>" + '<c t="str"><v>aaaaaaaaaaaaaaaaaaaa</v></c>' * 10 + "</row>") * 4000 + "</sheetData>"
body = ('<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="str"><v>' + codes
        + '</v></c></row></sheetData><tableParts><tablePart r:id="t"/></tableParts>')
parts = {}
for i in range(2, 32):
    parts[f"xl/worksheets/_rels/sheet{i}.xml.rels"] = relations(("t", "table", f"../tables/table{i}.xml"))
    parts[f"xl/tables/table{i}.xml"] = table(1, 2, f"so_lieu_{i}")
write("a.accessible.xlsx", [("Bìa", cover)] + [(f"Trang {i}", body) for i in range(2, 32)], parts)
E
