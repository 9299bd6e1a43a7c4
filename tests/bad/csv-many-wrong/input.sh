{ echo 'Thôn,Số hộ,Hộ nghèo'; seq -f 'Thôn %.0f,x,12.5' 40000; } >data.csv
