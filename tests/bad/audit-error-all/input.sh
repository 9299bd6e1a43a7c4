{ echo 'Thôn;Số hộ;Hộ nghèo;Tỷ lệ'; seq -f 'Thôn %.0f;100;7;99' 3000; } >data.csv
