sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

date = number(4, 1, 43981, DATE) + number(4, 2, 43981.75, DATE)
save("data.xls", workbook([("Biểu", cells(ROWS) + label(4, 0, "Thôn 4") + date)], book=record(0x0022, b"\1\0")))
END
