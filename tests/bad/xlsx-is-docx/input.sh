/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(
    root=xlsx.relations(("officeDocument", "word/document.xml")),
    more={"word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'},
)
END
