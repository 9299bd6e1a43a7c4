{ head -c 1000000 /dev/zero | tr '\0' a; yes , | head -n 16000 | tr -d '\n'; echo; echo 'Thôn,Số hộ,Hộ nghèo'$(seq -f ',c%.0f' 16000 | tr -d '\n'); echo 'Thôn 1,100,500'; } >data.csv
