{ echo 'Thôn,Số hộ'$(seq -f ',c%.0f' 16000 | tr -d '\n'); echo 'Thôn 1,100'$(yes ,1 | head -n 16000 | tr -d '\n'); } >data.csv
