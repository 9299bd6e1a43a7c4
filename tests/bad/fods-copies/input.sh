sed -i 's/href="data.csv"/href="data.fods"/' job.xml
