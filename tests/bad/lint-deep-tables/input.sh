python3 - <<"E"
# Tables of a million blank rows, or below as many.
from lintbook import *
parts = {}
for i in range(1, 301):
    parts[f"xl/worksheets/_rels/sheet{i}.xml.rels"] = relations(("t", "table", f"../tables/table{i}.xml"))
    parts[f"xl/tables/table{i}.xml"] = table(1048575 if i % 2 else 1, 1048576, f"so_lieu_{i}")
body = '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData><tableParts><tablePart r:id="t"/></tableParts>'
write("a.accessible.xlsx", [(f"Trang {i}", body) for i in range(1, 301)], parts)
E
