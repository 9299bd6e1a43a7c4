# Windows-1258 has no letter 0x8F
printf 'Th\364n,S\364\354 h\364\362,H\364\362 ngh\350o\nTh\364n 1,100,5\nTh\217n 2,100,5\n' >data.csv
sed -i "s/href=\"data.csv\"/& encoding=\"CP1258\"/" job.xml
