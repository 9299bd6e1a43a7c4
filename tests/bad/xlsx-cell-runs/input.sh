/usr/bin/python3 - <<'END'
import random

import xlsx

text = "".join(random.Random(1).choices("abcdefghijklmnop", k=3000)) * 250
xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + '<row r="5"><c r="A5" t="inlineStr"><is>' + f"<r><t>{text}</t></r>" * 100 + "</is></c></row>"))
END
