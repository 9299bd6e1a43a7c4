printf "Thôn,Số hộ,Hộ nghèo\n" > data.csv
head -c 1073741824 /dev/zero | tr "\0" a >> data.csv
