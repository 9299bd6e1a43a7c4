# Such bytes in most rows: the file is in another encoding, and which one is not sure by so few words.
{
	echo 'ma-ho,ho-ten,ma-thon,dan-toc,phan-loai-dau-nam,phan-loai-cuoi-nam,bien-dong'
	for i in $(seq 100); do
		printf "HA$i,A,4401001,Kinh,HN,HN,\n"
	done
	for i in $(seq 40); do
		printf "HB$i,Nguy\324n,4401001,Kinh,HN,HN,\nHC$i,Tr\307n,4401001,Kinh,HN,HN,\nHD$i,L\252,4401001,Kinh,HN,HN,\n"
	done
} >ho-dan.csv
