sed -i 's/href="data.csv"/href="data.fods"/' job.xml
/usr/bin/python3 - <<'END'
head, end = open("head.txt").read(), "</table:table></office:spreadsheet></office:body></office:document>"
cell = "<table:table-cell office:value-type='string' table:number-columns-repeated='16000'><text:p>" + "a" * 1048000 + "</text:p></table:table-cell>"
open("data.fods", "w").write(head + "<table:table-row>" + cell + "</table:table-row>" + end)
END
