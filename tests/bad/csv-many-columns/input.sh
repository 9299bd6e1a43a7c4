i=0; { printf "Thôn,Số hộ,Hộ nghèo\nThôn 1"; head -c 40000 /dev/zero | tr "\0" ","; echo; } > data.csv
