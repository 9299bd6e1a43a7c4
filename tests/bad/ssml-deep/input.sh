sed -i 's/href="data.csv"/href="data.xml"/' job.xml
/usr/bin/python3 - <<'END'
head = open("head.txt").read()
open("data.xml", "w").write(head + "<Row><Cell><Data ss:Type='String'>" + "<B>" * 100000)
END
