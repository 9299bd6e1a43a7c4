# Names in place of the properties: one that is no constant, one of a sheet, one that is none of ours.
python3 - <<'P'
import xlsx
BOOK = xlsx.workbook("Ghi chú").replace("</workbook>", "<definedNames><definedName name=\"kehoach.period\">'Ghi chú'!$A$1</definedName>"
    '<definedName name="kehoach.job" localSheetId="0">"mau"</definedName><definedName name="kehoach.jobs">"mau"</definedName></definedNames></workbook>')
xlsx.write(name="previous.xlsx", job=False, book=BOOK)
P
