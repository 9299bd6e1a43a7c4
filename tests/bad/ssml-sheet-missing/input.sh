sed -i 's/href="data.csv"/href="data.xml" sheet="Số liệu 2024"/' job.xml
