# "Bản;Nhà / Đoàn Kết;Bình Mỹ / Hồng;Vĩnh Lộc" in TCVN3: Vietnamese, but no header that is known
printf 'B\266n;Nh\265\n\247o\265n K\325t;B\327nh M\374\nH\345ng;V\334nh L\351c\n' >data.csv
