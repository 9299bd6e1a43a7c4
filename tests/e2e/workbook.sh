#!/bin/sh
# appendix.xlsx as openpyxl reads it and as LibreOffice prints it.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1 # one script imports another: nothing is left beside them
all="$(jobs) tests/golden/long-table/job.xml tests/golden/groups/job.xml"
ok "the workbooks build" "$KEHOACH" build $all -o "$tmp/out" --only xlsx,json
for job in $all; do
	id=$(basename "$(dirname "$job")")
	ok "$id: set-up, formats" "$PYTHON" tests/e2e/workbook.py set-up "$job" "$tmp/out/$id"
	cp "$tmp/out/$id/appendix.xlsx" "$tmp/$id.xlsx"
done
ok "LibreOffice prints them" env LC_ALL=C.UTF-8 soffice "-env:UserInstallation=file://$tmp/profile" --headless --norestore --convert-to pdf --outdir "$tmp/printed" "$tmp"/*.xlsx
for job in $all; do
	id=$(basename "$(dirname "$job")")
	ok "$id: each page has its whole header, nothing is cut to ###" "$PYTHON" tests/e2e/workbook.py printed "$job" "$tmp/printed/$id.pdf"
done
pages() {
	pdfinfo "$tmp/printed/$1.pdf" | awk '/^Pages/ { print $2 }'
}
ok "a long table prints on several pages" test "$(pages long-table)" -ge 2
sheets=$("$PYTHON" -c 'import openpyxl, sys; print(len(openpyxl.load_workbook(sys.argv[1]).worksheets))' "$tmp/kong-chro-2024.xlsx")
ok "a wide table prints one page wide" test "$(pages kong-chro-2024)" = "$sheets"
finish '/printed/'
