printf 'Th\253n,S\350 h\351,H\351 ngh\314o\nTh\253n 1,1\00000,5\n' >data.csv
sed -i "s/href=\"data.csv\"/& encoding=\"abc\"/" job.xml
