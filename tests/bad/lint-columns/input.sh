python3 - <<"E"
# Each <col> names all columns.
from lintbook import *
cells = '<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData>'
write("a.accessible.xlsx", [("A", ONE_CELL), ("B", "<cols>" + '<col min="1" max="16384" width="9.123456"/>' * 20000 + "</cols>" + cells
      + '<tableParts><tablePart r:id="t"/></tableParts>')],
      {"xl/worksheets/_rels/sheet2.xml.rels": relations(("t", "table", "../tables/table1.xml")), "xl/tables/table1.xml": table(1, 2)})
E
