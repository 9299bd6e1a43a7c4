sed -i 's/href="data.csv"/href="data.fods"/' job.xml
/usr/bin/python3 - <<'END'
head = open("head.txt").read()
open("data.fods", "w").write(head + "<table:table-row-group>" * 100000)
END
