# UTF-8 with single bytes of TCVN3 and of Latin-1
printf 'Thôn,Số hộ,Hộ nghèo\nThôn 1,100,5\nTh\253n 2,200,8\nX\343 3,100,2\n' >data.csv
