sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

with open("data.xls", "wb") as f:
    f.write(record(0x0809, struct.pack("<HHHH", 0, 0x10, 0, 0)) + cells(ROWS) + eof())
END
