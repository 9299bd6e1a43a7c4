python3 - <<"E"
# Pictures without a place, all in one drawing that many sheets share.
from lintbook import *
parts = {f"xl/worksheets/_rels/sheet{i}.xml.rels": relations(("d", "drawing", "../drawings/drawing1.xml")) for i in range(1, 101)}
parts["xl/drawings/drawing1.xml"] = drawing("<pic/>" * 100000)
write("a.xlsx", [(f"Trang {i}", ONE_CELL + '<drawing r:id="d"/>') for i in range(1, 101)], parts)
E
