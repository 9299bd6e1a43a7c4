#!/bin/sh
# appendix.xlsx as openpyxl reads it and as LibreOffice prints it.
. "$(dirname "$0")/lib.sh"
ok "the workbooks build" "$KEHOACH" build $(jobs) tests/golden/long-table/job.xml tests/golden/groups/job.xml -o "$tmp/out" --only xlsx,json
for dir in "$tmp"/out/*/; do
	id=$(basename "$dir")
	ok "$id: set-up, header, formats" "$PYTHON" tests/e2e/workbook.py "$dir" "$id"
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
ok "a wide table prints one page wide" test "$(pages kong-chro-2024)" -le 2
finish
