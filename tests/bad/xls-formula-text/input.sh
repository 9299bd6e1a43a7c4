sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

bad = formula(4, 0, b"\0\0\0\0\0\0\xFF\xFF") + number(4, 1, 5)
save("data.xls", workbook([("Biểu", cells(ROWS) + bad)]))
END
