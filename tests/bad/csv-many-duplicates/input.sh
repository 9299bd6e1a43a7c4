{ echo 'Thôn,Số hộ,Hộ nghèo'; for k in 1 2; do seq -f 'Thôn %.0f,100,5' 40000; done; } >data.csv
