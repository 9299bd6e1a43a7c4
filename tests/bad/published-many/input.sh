{
	echo 'Vị trí,Nội dung,Địa bàn,Bảng,Biểu thức,Công bố,Quan hệ'
	awk 'BEGIN { for (i = 1; i <= 20000; i++) printf "I.%d,x%d,,sample,total.poor + %d +,%d,\n", i, i, i, i }'
} >cong-bo.csv
