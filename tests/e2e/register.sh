#!/bin/sh
# A register is counted to the same plan from any file, by any number of threads, and nothing of a person comes out of it.
. "$(dirname "$0")/lib.sh"
"$PYTHON" tests/e2e/register.py "$tmp/jobs"

text_of() { # job, options
	job=$1
	shift
	rm -rf "$tmp/one" && "$KEHOACH" build "$tmp/jobs/$job" --only text,json -o "$tmp/one" "$@" 2>"$tmp/said" && cat "$tmp"/one/*/plan.txt
}

same_as() { # wanted, job, options
	wanted=$1
	shift
	text_of "$@" >"$tmp/got" && diff "$wanted" "$tmp/got"
}

text_of job-tong-hop.xml >"$tmp/by-hand"
ok "a table made by hand" same_as "$tmp/by-hand" job.xml
for threads in 2 3 16; do
	ok "$threads threads" same_as "$tmp/by-hand" job.xml -j "$threads"
done
for file in ho-dan.xlsx ho-dan.xml ho-dan-2.csv ho-dan-3.csv; do
	ok "$file" same_as "$tmp/by-hand" "job-$file.job"
done

behind() {
	same_as "$tmp/by-hand" job-ho-dan-4.xlsx.job && grep -q 'ho-dan-4.xlsx\[Sheet\]:4: note: something stands behind the last column of the header \[columns\]' "$tmp/said" &&
		! grep -q NGUOI-BI-MAT "$tmp/said" || { cat "$tmp/said"; return 1; }
}
ok "a cell of a sheet behind the last column is told, the row is counted" behind

families() {
	text_of persons/job.xml >"$tmp/families"
	grep -qE '^Xã An Mẫu +\| +2 +\| +2 +\| +2 +\| +300$' "$tmp/families" && grep -qE '^Xã Bình Mẫu +\| +1 +\| +1 +\| +1 +\| +7$' "$tmp/families" &&
		grep -qE '^Phường Chung Mẫu +\| +1 +\| +\| +\| *$' "$tmp/families" && grep -q "nguoi.csv:9:4: note: 'age': this cell is empty \[missing\]" "$tmp/said" || { cat "$tmp/families" "$tmp/said"; return 1; }
}
ok "different households of an area, by hamlets that are rolled up; what is not known is missing" families

logic() { # job: the same condition over rows of a register and of a table
	for job in plain "$1"; do
		"$KEHOACH" build "$tmp/logic/$job.xml" --only json --no-checks -o "$tmp/logic/out" 2>"$tmp/said" || { cat "$tmp/said"; return 1; }
	done
	"$PYTHON" tests/e2e/register_logic.py same "$tmp/logic/out/plain/figures.json" "$tmp/logic/out/$1/figures.json"
}
"$PYTHON" tests/e2e/register_logic.py make "$tmp/logic"
for rows in plain quoted rows; do
	ok "conditions with empty cells are what they are in tables: $rows" logic "register-$rows"
done

no_secret() {
	"$KEHOACH" build "$tmp/jobs/job-ho-dan-sai.csv.job" --only pdf,xlsx,json,text,layout -o "$tmp/secret" 2>"$tmp/secret.err"
	[ -e "$tmp/secret/register/plan.pdf" ] && grep -q duplicate "$tmp/secret.err" || { cat "$tmp/secret.err"; return 1; }
	for xlsx in "$tmp"/secret/*/*.xlsx; do unzip -qo "$xlsx" -d "$tmp/secret/unpacked"; done
	pdftotext "$tmp/secret/register/plan.pdf" "$tmp/secret/plan.pdf.txt"
	! grep -rE 'NGUOI-BI-MAT|HM00' "$tmp/secret" "$tmp/secret.err"
}
ok "no name and no number of a household in any result or message" no_secret

# Bytes that may be several encodings, letters of TCVN3 as if they were Unicode, and fonts of before Unicode: what stands there is not shown.
no_secret_letters() {
	mkdir -p "$tmp/letters" && cp "$tmp"/jobs/*.xml "$tmp/jobs/dia-ban.csv" "$tmp/letters"
	for name in 'Nguy\352\336n V\343n B\355 M\362t' 'Ho\265ng \247\370c B\335 M\313t'; do
		printf 'ma-ho,ma-thon,dan-toc,phan-loai-dau-nam,phan-loai-cuoi-nam,bien-dong,ho-ten\nHM1,4401001,Kinh,HN,HN,,'"$name"'\n' >"$tmp/letters/ho-dan.csv"
		"$KEHOACH" build "$tmp/letters/job.xml" --only json --no-checks -o "$tmp/letters/out" 2>"$tmp/letters/err"
		grep -q 'encoding' "$tmp/letters/err" && ! grep -E 'Nguy|B. M|Ho.*ng' "$tmp/letters/err" || { cat "$tmp/letters/err"; return 1; }
		iconv -f windows-1252 -t utf-8 "$tmp/letters/ho-dan.csv" >"$tmp/letters/utf8.csv" && mv "$tmp/letters/utf8.csv" "$tmp/letters/ho-dan.csv"
		"$KEHOACH" build "$tmp/letters/job.xml" --only json --no-checks -o "$tmp/letters/out" 2>"$tmp/letters/err"
		! grep -E 'Nguy|B. M|Ho.*ng' "$tmp/letters/err" || return 1
	done
}
ok "no letters of a name in messages about encodings" no_secret_letters

not_attached() {
	"$KEHOACH" build "$tmp/jobs/job.xml" --attach --only pdf -o "$tmp/attached" 2>"$tmp/attached.err"
	grep -q 'register .*not put into the PDF' "$tmp/attached.err" && pdfdetach -list "$tmp/attached/register/plan.pdf" | grep -q dia-ban.csv &&
		! pdfdetach -list "$tmp/attached/register/plan.pdf" | grep ho-dan
}
ok "a register is no attachment" not_attached

a_form() {
	"$KEHOACH" form "$tmp/jobs/job-ho-dan-sai.csv.job" --dataset poverty-dtts -o "$tmp/form.xlsx" 2>"$tmp/form.err" || { cat "$tmp/form.err"; return 1; }
	unzip -qo "$tmp/form.xlsx" -d "$tmp/form" && grep -rq 'Bình Mẫu' "$tmp/form" && ! grep -rE 'NGUOI-BI-MAT|HM00' "$tmp/form" "$tmp/form.err"
}
ok "a form has areas of the other sources, and nothing of a register" a_form

explained() {
	"$KEHOACH" explain "$tmp/jobs/job.xml" poverty-dtts total poor_start >"$tmp/explained" 2>/dev/null
	grep -qx "  ho-dan.csv, column 'Phân loại đầu năm': 68 rows" "$tmp/explained" || { cat "$tmp/explained"; return 1; }
}
ok "explain says file, column and number of rows" explained

# Làng Kual is in another commune than the row says; a line break in a name is a blank.
line_breaks() {
	mkdir -p "$tmp/breaks" && cp "$tmp"/jobs/*.xml "$tmp/jobs/dia-ban.csv" "$tmp/breaks"
	printf 'Mã hộ,Thôn,Xã,Dân tộc,Phân loại đầu năm,Phân loại cuối năm,Biến động\nHM2,"Làng Kual\nXã Bình Mẫu",Xã An Mẫu,Kinh,Hộ nghèo,Hộ nghèo,\nHM1,"Thôn\nĐông",Xã An Mẫu,Kinh,HN,HN,\nHM3,Làng Dơng,Xã Bình Mẫu,Kinh,HN,HN,\n' >"$tmp/breaks/ho-dan.csv"
	"$KEHOACH" build "$tmp/breaks/job.xml" --only json --no-checks -o "$tmp/breaks/out" 2>"$tmp/breaks/err"
	grep -q '^[^ ]*ho-dan.csv:2:2: note: this code or name of an area is not known' "$tmp/breaks/err" &&
		grep -q '1 rows of 1 codes' "$tmp/breaks/err" && grep -q 'Xã An Mẫu' "$tmp/breaks/out/register/figures.json" || { cat "$tmp/breaks/err"; return 1; }
}
ok "line breaks in names of areas" line_breaks

strict() {
	rm -rf "$tmp/strict"
	"$KEHOACH" build "$tmp/jobs/job-ho-dan-sai.csv.job" --strict -o "$tmp/strict" 2>/dev/null
	[ $? = 1 ] && [ ! -e "$tmp/strict/register" ]
}
ok "with --strict nothing is written" strict
finish
