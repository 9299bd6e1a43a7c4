python3 - <<"E"
# Thirty thousand cells show the same long text.
from lintbook import *
row = "<row>" + '<c t="s"><v>0</v></c>' * 15000 + "</row>"
write("a.xlsx", [("A", f"<sheetData>{row}{row}</sheetData>")], {"xl/sharedStrings.xml": f'<sst xmlns="{SPACE}"><si><t>{"a" * 1000000}</t></si></sst>'})
E
