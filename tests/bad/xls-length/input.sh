sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

save("data.xls", workbook([("Biểu", cells(ROWS) + struct.pack("<HH", 0x0203, 0xFFFF) + place(4, 0))]))
END
