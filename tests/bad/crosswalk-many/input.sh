{ echo 'Thôn,Số hộ,Hộ nghèo'; seq -f 'Mới %.0f,100,7' 20000; } >data.csv
{ echo 'Thôn,Số hộ,Hộ nghèo'; seq -f 'Cũ %.0f,100,7' 20000; } >nam-truoc.csv
{ echo 'Đơn vị cũ;Đơn vị mới;Ngày hiệu lực;Tỷ lệ'; awk 'BEGIN { for (i = 1; i <= 20000; i++) printf "Cũ %d;Mới %d;2024-01-01;0,5\n", i, i }'; } >sap-nhap.csv
