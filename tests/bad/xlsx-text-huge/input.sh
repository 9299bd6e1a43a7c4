/usr/bin/python3 - <<'END'
import random

import xlsx

text = "".join(random.Random(1).choices("abcdefghijklmnop", k=3000)) * 400
xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + xlsx.row(5, [text, 1, 1])))
END
