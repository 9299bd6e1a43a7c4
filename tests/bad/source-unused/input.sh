sed -i 's|href="data.csv"|href="data.csv" sheet="Biểu 1" rows="/a/b"|' job.xml
