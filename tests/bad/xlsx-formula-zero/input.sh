/usr/bin/python3 - <<'END'
import xlsx

book = xlsx.workbook("Số liệu").replace("</workbook>", '<calcPr calcId="124519" fullCalcOnLoad="1"/></workbook>')
formulas = '<row r="5"><c r="A5" t="inlineStr"><is><t>Thôn 4</t></is></c><c r="B5"><f>B4*2</f><v>0</v></c><c r="C5"><f>C3*2</f><v>0</v></c></row>'
xlsx.write(book=book, sheet1=xlsx.sheet(xlsx.rows() + formulas))
END
