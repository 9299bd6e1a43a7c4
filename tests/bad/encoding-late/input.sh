# a header in ASCII, 20000 rows of ASCII, then too little to tell by
/usr/bin/python3 -c "
import sys
sys.stdout.buffer.write(b'area,households,poor\n' + b''.join(b'T%d,5,5\n' % i for i in range(20000)) + b'Th\xABn,5,5\n')" >data.csv
