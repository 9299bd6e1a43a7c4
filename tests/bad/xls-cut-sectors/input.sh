sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

with open("data.xls", "wb") as f:
    f.write(ole({"Workbook": workbook([("Biểu", cells(ROWS * 200))])})[:9000])
END
