sed -i 's/href="data.csv"/href="data.xml"/' job.xml
/usr/bin/python3 - <<'PY'
styles = "".join(f'<Style ss:ID="s{i}" ss:Parent="s{i + 1}"/>' for i in range(20))
columns = '<Column ss:Index="1" ss:Span="16383" ss:StyleID="s0"/>\n' * 2000
open("data.xml", "w").write(f'''<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles>{styles}</Styles><Worksheet ss:Name="Số liệu"><Table>
{columns}<Row><Cell><Data ss:Type="String">a</Data></Cell></Row></Table></Worksheet></Workbook>''')
PY
