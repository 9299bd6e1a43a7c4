sed -i 's/href="data.csv"/href="data.xml"/' job.xml
/usr/bin/python3 - <<'END'
with open("data.xml", "w") as f:
    f.write('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>\n')
    for i in range(1000):
        f.write(f'<Style ss:ID="{i}{"a" * 30000}"/>\n')
    f.write("</Styles></Workbook>")
END
