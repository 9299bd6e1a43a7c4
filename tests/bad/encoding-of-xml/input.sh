mv data.csv data.txt
printf '<so-lieu><thon><a>x</a></thon></so-lieu>' >data.xml
sed -i 's/href="data.csv"/href="data.xml" encoding="tcvn3"/' job.xml
