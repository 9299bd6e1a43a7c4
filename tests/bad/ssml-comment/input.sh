sed -i 's/href="data.csv"/href="data.xml"/' job.xml
/usr/bin/python3 - <<'PY'
open("data.xml", "w").write("<?xml version='1.0'?>\n<!-- " + "x" * 5000 + ''' -->
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="A"><Table><Row><Cell><Data ss:Type="String">a</Data></Cell></Row></Table></Worksheet></Workbook>''')
PY
