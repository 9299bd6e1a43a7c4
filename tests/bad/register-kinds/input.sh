# Thirty rows and more of each of seven kinds of faults, so that their places are more than the findings that are listed of one file.
{
	echo 'Mã hộ,Mã thôn,Dân tộc,Phân loại đầu năm,Phân loại cuối năm,Biến động'
	for i in $(seq 30); do
		echo "A$i,4401001,,HN,HN,"
		echo "B$i,4401001,Kin,HN,HN,"
		echo "C$i,4401001,Kinh,HN,HN"
		echo "D$i,4401001,Kinh,HN,HN,Thoát nghèo"
		echo "E,4401001,Kinh,HN,HN,"
		echo "G$i,4401001,Kinh,KN,HN,Thoát nghèo"
		echo "F$i,44$i,Kinh,HN,HN,"
	done
} >ho-dan.csv
