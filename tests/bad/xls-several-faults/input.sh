sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

cut = record(0x0204, place(5, 0) + struct.pack("<HB", 9, 0) + b"Th")  # a text with fewer characters than it says
faults = shared(4, 0, 2) + number(4, 1, float("inf")) + number(4, 2, 1, style=77)
faults += cut + formula(5, 1, b"\x07\0\0\0\0\0\xFF\xFF") + number(5, 2, 1) + number(5, 2, 2)
faults += label(6, 0, "Thôn 4") + label(6, 1, "12x") + number(6, 2, 1)
save("data.xls", workbook([("Biểu", cells(ROWS) + faults)], book=sst(["a", "b"])))
END
