sed -i 's/href="data.csv"/href="data.fods"/' job.xml
/usr/bin/python3 - <<'END'
head = open("head.txt").read()
open("data.fods", "w").write(head + "<table:table-row><table:table-cell office:value-type='string'>" + ("<text:p>" + "a" * 65536 + "</text:p>\n") * 1000
	+ "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>")
END
