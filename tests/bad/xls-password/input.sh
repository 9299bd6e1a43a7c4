sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

save("data.xls", workbook([("Biểu", cells(ROWS))], book=record(0x002F, bytes(6))))
END
