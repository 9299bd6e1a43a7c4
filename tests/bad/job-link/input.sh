rm data.csv; ln -s /etc/passwd data.csv
