python3 - <<'P'
import xlsx
BOOK = xlsx.workbook("Ghi chú").replace("</workbook>", '<definedNames><definedName name="kehoach.period">"2024-01"</definedName>'
    '<definedName name="kehoach.job">"khac"</definedName></definedNames></workbook>')
xlsx.write(name="previous.xlsx", job=False, book=BOOK)
P
