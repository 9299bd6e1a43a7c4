{
	echo 'Vị trí,Nội dung,Địa bàn,Bảng,Biểu thức,Công bố,Quan hệ'
	awk 'BEGIN { for (i = 1; i <= 10000; i++) printf "I.%d,x%d,,sample,total.poor,%d,\n", i, i, i + 13 }'
} >cong-bo.csv
