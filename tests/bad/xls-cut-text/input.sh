sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

strings = record(0x00FC, struct.pack("<IIHB", 1, 1, 100, 0) + b"a" * 50)
save("data.xls", workbook([("Biểu", shared(0, 0, 0))], book=strings))
END
