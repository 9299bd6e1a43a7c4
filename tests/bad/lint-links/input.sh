python3 - <<"E"
# Each link looks for the last of the relationships.
import random
from lintbook import *
random.seed(1)
last = [(f"relationship-{i}", "hyperlink", "https://a/") for i in range(16000)] + [("relationship-z", "hyperlink", "https://a/"), ("y", "hyperlink", "tables/none.xml")]
write("a.xlsx", [("A", ONE_CELL + "<hyperlinks>" + "".join(
    f'<hyperlink ref="A{random.randrange(1, 10**6)}" r:id="relationship-z"/>' for _ in range(150000)) + "</hyperlinks>")],
      {"xl/worksheets/_rels/sheet1.xml.rels": relations(*last)})
E
