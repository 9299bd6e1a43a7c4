sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

N = 2000
string = struct.pack("<HB", 8900, 0) + b"\xE0" * 8900  # two bytes each where they are kept
strings = record(0x00FC, struct.pack("<II", N, N)) + record(0x003C, string) * N
save("data.xls", workbook([("Biểu", cells(ROWS))], book=strings))
END
