# A quote amid a cell, a line break in quotes, a line that is too long, and a quote that is never closed.
{
	printf 'Mã hộ,Mã thôn,Dân tộc,Phân loại đầu năm,Phân loại cuối năm,Biến động,Ghi chú\nHM1,4401001,Kinh,HN,HN,,"a\nb"\nHM2,4401001,"Ki"nh,HN,HN,,\n'
	head -c 30000000 /dev/zero | tr '\0' x
	printf '\nHM3,4401001,Kinh,HN,HN,,\nHM4,4401001,Kinh,HN,HN,,"c\nHM5,4401001,Kinh,HN,HN,,\n'
} >ho-dan.csv
