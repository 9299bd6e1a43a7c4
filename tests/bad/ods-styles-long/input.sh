sed -i 's/href="data.csv"/href="data.ods"/' job.xml
/usr/bin/python3 - <<'END'
import zipfile

head = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
<office:automatic-styles>
"""
styles = "".join(f'<style:style style:name="{i}{"a" * 30000}" style:family="table-cell"/>\n' for i in range(1000))
with zipfile.ZipFile("data.ods", "w") as z:
    z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    z.writestr("content.xml", head + styles + "</office:automatic-styles></office:document-content>")
END
