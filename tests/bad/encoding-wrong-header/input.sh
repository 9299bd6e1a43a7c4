# TCVN3, but the job says VISCII: every byte is a letter there
printf 'Th\253n,S\350 h\351,H\351 ngh\314o\nTh\253n 1,100,5\n' >data.csv
sed -i "s/href=\"data.csv\"/& encoding=\"viscii\"/" job.xml
