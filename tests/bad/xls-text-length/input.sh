sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

save("data.xls", workbook([("Biểu", cells(ROWS) + record(0x0204, place(4, 0) + b"\xFF\xFF\0abc"))]))
END
