# Windows-1258: "Xã Tân" lost the letter before its mark
printf 'Th\364n,S\364\354 h\364\362,H\364\362 ngh\350o\nTh\364n 1,100,5\nX\343 T,\342n,3\n\336 T,100,5\n' >data.csv
sed -i "s/href=\"data.csv\"/& encoding=\"cp1258\"/" job.xml
