#!/bin/sh
# appendix.xlsx as openpyxl reads it and as LibreOffice prints it.
. "$(dirname "$0")/lib.sh"
all="$(jobs) tests/golden/long-table/job.xml tests/golden/groups/job.xml"
ok "the workbooks build" "$KEHOACH" build $all -o "$tmp/out" --only xlsx,json
for job in $all; do
	id=$(basename "$(dirname "$job")")
	dir=$tmp/out/$id
	ok "$id: set-up, header, formats" "$PYTHON" tests/e2e/workbook.py "$dir" "$id" "$job"
	cp "$dir/appendix.xlsx" "$tmp/$id.xlsx"
done
ok "LibreOffice prints them" env LC_ALL=C.UTF-8 soffice "-env:UserInstallation=file://$tmp/profile" --headless --norestore --convert-to pdf --outdir "$tmp/printed" "$tmp"/*.xlsx
for pdf in "$tmp"/printed/*.pdf; do
	id=$(basename "$pdf" .pdf)
	ok "$id: nothing is cut to ###" sh -c "! pdftotext '$pdf' - | grep '###'"
done
pages() {
	pdfinfo "$tmp/printed/$1.pdf" | awk '/^Pages/ { print $2 }'
}
ok "a long table prints on several pages" test "$(pages long-table)" -ge 2
ok "each with the header" sh -c "test \$(pdftotext -layout '$tmp/printed/long-table.pdf' - | grep -c 'Ghi chú') = $(pages long-table)"
sheets=$("$PYTHON" -c 'import openpyxl, sys; print(len(openpyxl.load_workbook(sys.argv[1]).worksheets))' "$tmp/kong-chro-2024.xlsx")
ok "a wide table prints one page wide" test "$(pages kong-chro-2024)" = "$sheets"
ok "its last column on its first page" sh -c "pdftotext -raw -l 1 '$tmp/printed/kong-chro-2024.pdf' - | tr '\n' ' ' | grep -q 'giảm năm 2024'"
finish
