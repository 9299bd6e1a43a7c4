# Bytes that are no UTF-8, a zero byte, both in a column that nobody reads; a sound row between them and one with an unknown word behind.
printf 'Mã hộ,Mã thôn,Dân tộc,Phân loại đầu năm,Phân loại cuối năm,Biến động,Họ tên\nHM1,4401001,Kinh,HN,HN,,Nguy\341n\nHM2,4401001,Kinh,HN,HN,,\nHM3,4401001,Kinh,HN,HN,,a\0b\nHM4,4401001,Kinh,HN,HN,,"a\n\341"\nHM5,4401001,x,HN,HN,,\n' >ho-dan.csv
