sed -i 's/data\.csv/data.xls/' job.xml
/usr/bin/python3 - <<'END'
from xls import *

save("data.xls", bytes(5000), name="Contents")
END
