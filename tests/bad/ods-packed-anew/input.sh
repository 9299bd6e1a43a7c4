sed -i 's/href="data.csv"/href="data.ods"/' job.xml
/usr/bin/python3 - <<'END'
import zipfile
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
def cell(x):
    if isinstance(x, str):
        return f"<table:table-cell office:value-type='string'><text:p>{x}</text:p></table:table-cell>"
    return f"<table:table-cell office:value-type='float' office:value='{x}'/>"
rows = [["Thôn", "Số hộ", "Hộ nghèo"], ["Thôn 1", 100, 5], ["Thôn 2", 200, 8], ["Thôn 3", "x", 0]]
table = "".join("<table:table-row>" + "".join(map(cell, r)) + "</table:table-row>" for r in rows)
with zipfile.ZipFile("data.ods", "w") as z:
    z.writestr("content.xml", f"<office:document-content xmlns:office='{OFFICE}office:1.0' xmlns:table='{OFFICE}table:1.0' xmlns:text='{OFFICE}text:1.0'>"
        f"<office:body><office:spreadsheet><table:table table:name='A'>{table}</table:table></office:spreadsheet></office:body></office:document-content>")
    z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
END
