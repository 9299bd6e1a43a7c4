sed -i 's/href="data.csv"/href="data.fods"/' job.xml
/usr/bin/python3 - <<'PY'
open("data.fods", "w").write('''<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Số liệu">
''' + '''<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="1000"/>x</text:p></table:table-cell></table:table-row>
''' * 3000 + '''</table:table></office:spreadsheet></office:body></office:document>''')
PY
