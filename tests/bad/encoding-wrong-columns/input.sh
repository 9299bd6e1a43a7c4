# VISCII, but the job says Windows-1258, which has the first header text as well
printf 'Th\364n,S\257 h\265,H\265 ngh\350o\nTh\364n 1,100,5\n' >data.csv
sed -i "s/href=\"data.csv\"/& encoding=\"windows-1258\"/" job.xml
