/usr/bin/python3 - <<'END'
import xlsx

texts = "".join(f"<si><t>{i:x}</t></si>" for i in range(2097153))
xlsx.write(
    book_relations=xlsx.relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
    more={"xl/sharedStrings.xml": f'<sst xmlns="{xlsx.MAIN}">{texts}</sst>'},
)
END
