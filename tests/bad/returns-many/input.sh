mkdir returns
/usr/bin/python3 -c '
for i in range(10001):
    open(f"returns/{i}.csv", "w").close()'
