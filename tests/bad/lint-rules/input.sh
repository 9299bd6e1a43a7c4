python3 - <<"E"
# Rules over ranges without cells.
import random
from lintbook import *
random.seed(1)
rules = "".join(f'<cfRule type="cellIs" dxfId="0" priority="{random.randrange(1, 10**9)}"/>' for _ in range(120000))
write("a.xlsx", [("A", ONE_CELL + '<conditionalFormatting sqref="' + "B2 " * 4096 + f'">{rules}</conditionalFormatting>'), ("B", ONE_CELL)],
      {"xl/styles.xml": styles('<dxfs><dxf><font><color rgb="FF000000"/></font></dxf></dxfs>')})
E
