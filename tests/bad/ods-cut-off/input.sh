sed -i 's/href="data.csv"/href="data.ods"/' job.xml
/usr/bin/python3 - <<'END'
import zipfile
with zipfile.ZipFile("data.ods", "w") as z:
    z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    z.writestr("content.xml", open("content.xml").read(), zipfile.ZIP_DEFLATED)
whole = open("data.ods", "rb").read()
open("data.ods", "wb").write(whole[:400])
END
