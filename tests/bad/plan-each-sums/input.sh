for i in $(seq 4 20000); do echo "Thôn $i,$i,$((i % 5))"; done >>data.csv
