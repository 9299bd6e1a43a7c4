#!/bin/sh
# The same figures in sentences, tables, PDF, workbook and figures.json, read by poppler and openpyxl.
. "$(dirname "$0")/lib.sh"
ok "all plans build" "$KEHOACH" build $(jobs) -o "$tmp/out"
ok "their texts too" "$KEHOACH" build $(jobs) -o "$tmp/text" --only text
for dir in "$tmp"/out/*/; do
	id=$(basename "$dir")
	ok "$id: PDF says what figures.json says" "$PYTHON" tests/e2e/figures.py pdf "$dir" "$tmp/text/$id/plan.txt"
	ok "$id: the workbook says what figures.json says" "$PYTHON" tests/e2e/figures.py xlsx "$dir"
done

# A comparison that cannot fail proves nothing: one digit changed in figures.json must be found.
victim=$tmp/out/kong-chro-2024
if [ -d "$victim" ]; then
	cp -r "$victim" "$tmp/changed"
	sed -i 's/"text":"25,28"/"text":"25,82"/; s/"value":"692"/"value":"693"/' "$tmp/changed/figures.json"
	ok "a changed digit is found in the PDF" sh -c "! $PYTHON tests/e2e/figures.py pdf $tmp/changed $tmp/text/kong-chro-2024/plan.txt"
	ok "a changed digit is found in the workbook" sh -c "! $PYTHON tests/e2e/figures.py xlsx $tmp/changed"
fi

ok "Kông Chro's totals" "$PYTHON" tests/e2e/figures.py totals "$tmp/out/kong-chro-2024" poverty-dtts \
	"2.737 1.111 692 25,28 631 56,80 133 120 0 0 0 0 2.757 1.128 559 20,28 511 45,30 5,0"
ok "Bắc Sơn's totals" "$PYTHON" tests/e2e/figures.py totals "$tmp/out/bac-son-2023" poverty-targets \
	"2.452 29 1,18 08 21 0,86"

# One figure of the source changes: sentence, table, workbook and JSON follow.
cp -r fixtures/bac-son-2023 "$tmp/job"
sed -i 's/\(Khu phố 1[;,]237[;,]\)2/\13/' "$tmp/job/chi-tieu.csv"
ok "a changed source builds" "$KEHOACH" build "$tmp/job/job.xml" -o "$tmp/after"
ok "its sentences follow" sh -c "pdftotext $tmp/after/bac-son-2023/plan.pdf - | tr '\n' ' ' | grep -q '30 hộ nghèo'"
ok "its total follows" "$PYTHON" tests/e2e/figures.py totals "$tmp/after/bac-son-2023" poverty-targets \
	"2.452 30 1,22 08 22 0,90"
finish
