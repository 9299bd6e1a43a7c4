#!/bin/sh
# The same figures in sentences, tables, PDF, workbook and figures.json, read by poppler and openpyxl.
. "$(dirname "$0")/lib.sh"
ok "all plans build" "$KEHOACH" build $(jobs) -o "$tmp/out"
ok "their texts too" "$KEHOACH" build $(jobs) -o "$tmp/text" --only text
for job in $(jobs); do
	id=$(basename "$(dirname "$job")")
	ok "$id: PDF says what figures.json says" "$PYTHON" tests/e2e/figures.py pdf "$job" "$tmp/out/$id" "$tmp/text/$id/plan.txt"
	ok "$id: the workbook says what figures.json says" "$PYTHON" tests/e2e/figures.py xlsx "$job" "$tmp/out/$id"
done

# A comparison that cannot fail proves nothing: one figure, word or row changed in figures.json or plan.txt must be found.
finds() { # pdf or xlsx, what is found, job, file, sed script
	rm -rf "$tmp/changed"
	cp -r "$tmp/out/$3" "$tmp/changed"
	cp "$tmp/text/$3/plan.txt" "$tmp/changed"
	sed -i "$5" "$tmp/changed/$4"
	! cmp -s "$tmp/changed/$4" "$tmp/out/$3/$4" && ! cmp -s "$tmp/changed/$4" "$tmp/text/$3/$4" || { echo "nothing was changed"; return 1; }
	plain=
	[ "$1" = xlsx ] || plain=$tmp/changed/plan.txt
	if "$PYTHON" tests/e2e/figures.py "$1" "fixtures/$3/job.xml" "$tmp/changed" $plain >"$tmp/found" 2>&1; then
		echo "nothing was found"
		return 1
	fi
	grep -q -- "$2" "$tmp/found" || { cat "$tmp/found"; return 1; }
}
ok "a digit of an appendix" finds pdf "poverty-dtts in plan.txt.*25,82" kong-chro-2024 figures.json 's/"text":"25,28"/"text":"25,82"/'
ok "a digit of a table in the text" finds pdf "poverty-targets in plan.txt.*1,03.*1,30" bac-son-2023 figures.json 's/"text":"1,03"/"text":"1,30"/'
ok "a digit of the row of a group" finds pdf "ward-targets in plan.txt.*32,98" long-khanh-2024 figures.json 's/"text":"32,89"/"text":"32,98"/'
ok "a word of a cell that wraps" finds pdf "targets in plan.txt.*thấpbé" mau-chung figures.json 's/thể thấp còi"/thể thấp bé"/'
ok "a figure in a sentence" finds pdf "plan.xml:39:70: '1,65' is not in the PDF" lai-chau-2024 figures.json 's/"text":"1,56","from/"text":"1,65","from/'
ok "a figure that is part of another" finds pdf "is not in the PDF behind" lao-cai-2021 figures.json '/"texts"/,$s/"text":"0,24"/"text":"24"/'
ok "a row less" finds pdf "poverty-targets in plan.txt: 11 rows, figures.json has 10" mau-chung figures.json '/^{"key":"thôn 7"/d'
ok "a word less in plan.txt" finds pdf "the PDF has .*giảm90hộnghèosovới" lao-cai-2021 plan.txt 's/hộ nghèo so với/hộ so với/'
ok "a recipient" finds pdf "the PDF has .*Nơinhận" mau-chung plan.txt 's/Phó Chủ tịch UBND/Phó CT UBND/'
ok "a table less in plan.txt" finds pdf "the PDF has" lao-cai-2021 plan.txt '/^TT  *|  *Chương trình /,/^5 /d'
ok "the digit of the appendix in the workbook" finds xlsx "shows 25,28" kong-chro-2024 figures.json 's/"text":"25,28"/"text":"25,82"/'
ok "a value in the workbook" finds xlsx "value 692, figures.json says 693" kong-chro-2024 figures.json 's/"value":"692"/"value":"693"/'
ok "a figure of a table that is only in the workbook" finds xlsx "shows 84,8" lai-chau-2024 figures.json 's/"text":"84,8"/"text":"84,9"/'
ok "a sum of a group in the workbook" finds xlsx "shows 2.048" lao-cai-2021 figures.json 's/"text":"2.048"/"text":"2.084"/'
ok "a row less in the workbook" finds xlsx "figures.json says" mau-chung figures.json '/^{"key":"kt-2"/d'
ok "another label" finds xlsx "columns .*Số hộ dân" bac-son-2023 figures.json 's/"label":\["Số hộ"\]/"label":["Số hộ dân"]/'
ok "a finding of the audit" finds xlsx "Kiểm tra số liệu, row 8" bac-son-2023 figures.json 's/"computed":"0,35"/"computed":"0,36"/'

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
