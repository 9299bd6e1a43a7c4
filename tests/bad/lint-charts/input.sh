python3 - <<"E"
# Three thousand frames show the same large chart.
import random
from lintbook import *
random.seed(1)
words = " ".join(random.choice(["một", "hai", "ba", "bốn"]) for _ in range(10000))
write("a.xlsx", [("A", ONE_CELL + '<drawing r:id="d"/>')], {
    "xl/worksheets/_rels/sheet1.xml.rels": relations(("d", "drawing", "../drawings/drawing1.xml")),
    "xl/drawings/drawing1.xml": drawing('<graphicFrame><cNvPr descr="x"/><chart r:id="c"/></graphicFrame>' * 3000),
    "xl/drawings/_rels/drawing1.xml.rels": relations(("c", "chart", "../charts/chart1.xml")),
    "xl/charts/chart1.xml": "<chartSpace>" + f"<!--{words}-->" * 250 + "<f>B!A1</f></chartSpace>"})
E
