rm data.csv; mkdir data.csv
