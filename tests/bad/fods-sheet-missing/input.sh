sed -i 's/href="data.csv"/href="data.fods" sheet="Số liệu 2024"/' job.xml
