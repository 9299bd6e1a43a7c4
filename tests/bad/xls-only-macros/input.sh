sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

save("data.xls", workbook([("Module1", b"", 0, 6, 0x06), ("Macro1", cells(ROWS), 0, 1, 0x40)]))
END
