rm data.csv; mkfifo data.csv
