sed -i 's/href="data.csv"/href="data.xml"/' job.xml
