for i in $(seq 4 1000); do echo "Thôn $i,$i,$((i % 5))"; done >>data.csv
