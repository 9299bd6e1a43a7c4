# Bytes that may be letters of an encoding of before Unicode, in one row of ten behind a header and rows of ASCII: faults of those rows.
{
	echo 'ma-ho,ho-ten,ma-thon,dan-toc,phan-loai-dau-nam,phan-loai-cuoi-nam,bien-dong'
	for i in $(seq 300); do
		name=A
		case $i in
		*03) name='Nguy\324n' ;;
		*13 | *50) name='Tr\307n' ;;
		*23 | *60) name='L\252' ;;
		*[37]9) name='Ph\271m' ;;
		esac
		printf "H$i,$name,4401001,Kinh,HN,HN,\n"
	done
} >ho-dan.csv
