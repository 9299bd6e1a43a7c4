#!/bin/sh
# The brief of a period: one page for each month and each other period, its numbers those of figures.json, charts with words, archivable, signed,
# the same bytes again.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1

sentences="$PYTHON tests/e2e/brief_sentences.py"

progress() { # job, year, out
	for period in "--month $2-01" "--month $2-05" "--month $2-08" "--month $2-12" "--quarter $2-Q2" "--quarter $2-Q4" "--half $2-H1" "--half $2-H2" "--year $2"; do
		# shellcheck disable=SC2086
		"$KEHOACH" progress "fixtures/$1/job.xml" $period --pdf -o "$3" 2>>"$tmp/err" || return 1
	done
}
for job in lao-cai-2021 kong-chro-2024; do
	ok "$job: briefs" progress "$job" "${job##*-}" "$tmp/one"
	for pdf in "$tmp/one/$job"/progress-*.pdf; do
		name=${pdf##*/progress-}
		name=${name%.pdf}
		ok "$job $name: one page, its numbers, its charts in words" \
			"$PYTHON" tests/e2e/brief.py "$pdf" "$tmp/one/$job/figures-$name.json"
		ok "$job $name: each number of its sentences is that of the sheets" \
			$sentences "$tmp/one/$job/progress-$name.xlsx" "$tmp/one/$job/figures-$name.json" "$pdf"
		ok "$job $name: another one in the place of any is found" $sentences --changed "$tmp/one/$job/progress-$name.xlsx" "$tmp/one/$job/figures-$name.json"
		ok "$job $name: lint" "$KEHOACH" lint "$pdf"
	done
done
# Its charts give the room that a longer text or table takes.
pages() { # job, year, periods...
	job=$1
	year=$2
	shift 2
	for period; do
		"$KEHOACH" progress "fixtures/$job/job.xml" "--${period%%:*}" "$year${period#*:}" --pdf -o "$tmp/all" 2>>"$tmp/err" || return 1
		n_page=$(pdfinfo "$tmp/all/$job/progress-$year${period#*:}.pdf" | sed -n 's/^Pages: *//p')
		[ "$n_page" = 1 ] || { echo "$year${period#*:}: $n_page pages"; return 1; }
	done
}
for job in lao-cai-2021 kong-chro-2024; do
	ok "$job: one page for each month, quarter, half and year" pages "$job" "${job##*-}" month:-01 month:-02 month:-03 month:-04 month:-05 \
		month:-06 month:-07 month:-08 month:-09 month:-10 month:-11 month:-12 quarter:-Q1 quarter:-Q2 quarter:-Q3 quarter:-Q4 half:-H1 half:-H2 year:
done
silent() {
	! grep -F '[pages]' "$tmp/err"
}
ok "no brief is said to be too long" silent
ok "nine briefs each" test "$(ls "$tmp"/one/*/progress-*.pdf | wc -l)" = 18

# A return that lacks a figure is one that came; a sentence that counts figures in the place of returns is found.
lacking() { # folder of the results
	"$KEHOACH" progress "$tmp/lacking/job-returns-csv.xml" --month 2021-05 --pdf -o "$tmp/$1" 2>/dev/null &&
		$sentences "$tmp/$1/lao-cai-2021/progress-2021-05.xlsx" "$tmp/$1/lao-cai-2021/figures-2021-05.json" "$tmp/$1/lao-cai-2021/progress-2021-05.pdf"
}
cp -r fixtures/lao-cai-2021 "$tmp/lacking"
sed -i 's/^1;Thống Nhất;04\/02\/2021;0;/1;Thống Nhất;04\/02\/2021;;/' "$tmp/lacking/returns/bao-cao-thang.csv"
ok "a return lacks a figure: its sentences" lacking lacks
# The month's own figure: what is said of it and of the returns that came does not contradict, and the cell is named.
cp -r fixtures/lao-cai-2021 "$tmp/empty"
sed -i 's/^\(5;Hợp Thành;[^;]*;\)[^;]*;/\1;/' "$tmp/empty/returns/bao-cao-thang.csv"
empty() {
	"$KEHOACH" progress "$tmp/empty/job-returns-csv.xml" --month 2021-05 --pdf -o "$tmp/empties" 2>"$tmp/err" &&
		$sentences "$tmp/empties/lao-cai-2021/progress-2021-05.xlsx" "$tmp/empties/lao-cai-2021/figures-2021-05.json" "$tmp/empties/lao-cai-2021/progress-2021-05.pdf" &&
		pdftotext "$tmp/empties/lao-cai-2021/progress-2021-05.pdf" - | tr '\n' ' ' >"$tmp/text" || return 1
	for words in '(6/7 báo cáo có số liệu)' 'Đã nhận 35/35 báo cáo tháng' 'Chưa đủ số liệu từ đầu năm: 01 địa bàn (Hợp Thành).'; do
		grep -qF "$words" "$tmp/text" || { cat "$tmp/text"; return 1; }
	done
	grep "bao-cao-thang.csv:[0-9]*:4: warning: the return of 'Hợp Thành' for 5/2021 came, .* for: 'Số hộ thoát nghèo'.*\[missing-figure\]" "$tmp/err" || { cat "$tmp/err"; return 1; }
}
ok "a return of the month lacks a figure" empty
# Who did not report of a month before is named as well.
gaps() {
	cp -r fixtures/lao-cai-2021 "$tmp/gaps" && sed -i '/^1;Pom Hán;/d; /^5;Cốc San;/d' "$tmp/gaps/returns/bao-cao-thang.csv" &&
		"$KEHOACH" progress "$tmp/gaps/job-returns-csv.xml" --month 2021-05 --pdf -o "$tmp/gapped" 2>/dev/null &&
		$sentences "$tmp/gapped/lao-cai-2021/progress-2021-05.xlsx" "$tmp/gapped/lao-cai-2021/figures-2021-05.json" "$tmp/gapped/lao-cai-2021/progress-2021-05.pdf" &&
		pdftotext "$tmp/gapped/lao-cai-2021/progress-2021-05.pdf" - | tr '\n' ' ' >"$tmp/text" &&
		grep -F 'chưa báo cáo trong tháng: Cốc San. Chưa đủ số liệu từ đầu năm: 01 địa bàn (Pom Hán).' "$tmp/text" || { cat "$tmp/text"; return 1; }
}
ok "areas that did not report of this month and of one before" gaps
mkdir -p "$tmp/lacking/templates/plans"
sed -e 's/<if in="progress-returns" test="sum(due) > 0">/<if in="progress-areas" test="count(rank > 0) > 0">/' \
	-e "s/{sum(if(known(reported), reported, 0))}\/{sum(if(known(due), due, 0))}/{sum(if(indicator = 'exits', reported, 0))}\/{sum(if(indicator = 'exits', due, 0))}/" \
	templates/plans/progress-brief.xml >"$tmp/lacking/templates/plans/progress-brief.xml"
miscounts() {
	! lacking miscounted >"$tmp/said" 2>&1 && grep -F "'34': progress-returns/total/reported is 35" "$tmp/said" || { cat "$tmp/said"; return 1; }
}
ok "a sentence that counts 34 of 35 returns is found" miscounts

again() {
	cp -r fixtures "$tmp/elsewhere" && cd "$tmp/elsewhere" &&
		TZ=Asia/Ho_Chi_Minh LC_ALL=vi_VN.UTF-8 "$KEHOACH" progress lao-cai-2021/job.xml --month 2021-05 --pdf -o "$tmp/two"
}
ok "again, elsewhere" again
ok "the same bytes" cmp "$tmp/one/lao-cai-2021/progress-2021-05.pdf" "$tmp/two/lao-cai-2021/progress-2021-05.pdf"

dated() {
	"$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month 2021-05 --pdf --date 2021-06-20 -o "$tmp/dated" 2>"$tmp/err" && ! grep -F '[date]' "$tmp/err" &&
		pdftotext -layout "$tmp/dated/lao-cai-2021/progress-2021-05.pdf" - | grep -q 'ngày 20 tháng 6 năm 2021'
}
ok "a day of its own" dated
sooner() {
	"$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month 2021-05 --date 2021-06-05 -o "$tmp/sooner" 2>"$tmp/err" &&
		grep -q 'bao-cao-2021-05.*:6:3: warning: the report is dated 2021-06-05, .* received 2021-06-11: .*day: 2; date it 2021-06-20 .*\[date\]' "$tmp/err" || { cat "$tmp/err"; return 1; }
}
ok "a day on which returns that it counts had not come" sooner
# Without one the day and month wait, and the year is that in which the brief is due: in the month behind the period.
years() { # year, periods...
	year=$1
	shift
	for period; do
		pdftotext -layout "$tmp/one/lao-cai-2021/progress-$period.pdf" - | grep -Eq "ngày +tháng +năm $year\$" || { echo "$period: not $year"; return 1; }
	done
}
ok "the year of a period within the year" years 2021 2021-01 2021-05 2021-Q2 2021-H1
ok "the next one behind December" years 2022 2021-12 2021-Q4 2021-H2 2021
early() {
	"$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month 2021-12 --pdf --date 2021-12-28 -o "$tmp/early" 2>"$tmp/err" &&
		grep -q 'from 2022-01-01 on \[date\]' "$tmp/err" && pdftotext -layout "$tmp/early/lao-cai-2021/progress-2021-12.pdf" - | grep -q 'ngày 28 tháng 12 năm 2021'
}
ok "but for a day in December, which is early" early

# Fewer are poor by those who leave poverty without those who fall back and those who are new; without one of them nobody knows.
says() { # folder, command over the returns, words
	cp -r fixtures/lao-cai-2021 "$tmp/$1" && eval "$2" <fixtures/lao-cai-2021/returns/bao-cao-thang.csv >"$tmp/$1/returns/bao-cao-thang.csv" &&
		"$KEHOACH" progress "$tmp/$1/job-returns-csv.xml" --month 2021-02 --pdf -o "$tmp/$1/out" || return 1
	pdftotext "$tmp/$1/out/lao-cai-2021/progress-2021-02.pdf" - | tr '\n' ' ' >"$tmp/text"
	grep -qF "$3" "$tmp/text" || { cat "$tmp/text"; return 1; }
}
ok "more fall back than leave" says relapses "sed 's/^\(2;Hợp Thành;[^;]*;1;1;\)0;/\15;/'" \
	"Đến hết tháng 2, toàn thành phố Lào Cai tăng 02 hộ nghèo (kế hoạch năm giảm 90 hộ); trong tháng tăng 03 hộ. Từ đầu năm: thoát nghèo 03 hộ, tái nghèo 05 hộ."
ok "so they do in an area" grep -qF "Hợp Thành (tăng 03 hộ)" "$tmp/text"
ok "nobody says who falls back" says unknown "cut -d';' -f1-5,8-" \
	"Đến hết tháng 2, chưa có số liệu về số hộ nghèo giảm của thành phố Lào Cai. Từ đầu năm: thoát nghèo 03 hộ."

# Nothing is drawn for what is not asked for.
without() {
	"$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month 2021-05 -o "$tmp/plain" && [ ! -e "$tmp/plain/lao-cai-2021/progress-2021-05.pdf" ]
}
ok "without --pdf no brief" without

# A text that needs more than a page is said, not cut.
long() {
	cp -r fixtures/lao-cai-2021 "$tmp/long" && mkdir -p "$tmp/long/templates/plans" &&
		"$PYTHON" tests/e2e/brief.py --lengthen templates/plans/progress-brief.xml "$tmp/long/templates/plans/progress-brief.xml" &&
		"$KEHOACH" progress "$tmp/long/job.xml" --month 2021-05 --pdf -o "$tmp/three" 2>"$tmp/err" && grep -F 'the brief has 2 pages' "$tmp/err"
}
ok "two pages are a warning" long

pki=$tmp/pki
ok "the PKI is made" tests/e2e/pki.sh "$pki"
signed() {
	"$KEHOACH" sign "$tmp/one/lao-cai-2021/progress-2021-05.pdf" -o "$tmp/signed.pdf" --p12 "$pki/signer.p12" --password-file "$pki/password" </dev/null &&
		"$KEHOACH" lint "$tmp/signed.pdf"
}
ok "signed, and lint still passes" signed
verified() {
	"$KEHOACH" verify "$tmp/signed.pdf" --trust "$pki/root.crt" --crl "$pki/ca.crl"
}
ok "verified" verified

# A folder of results with a plan, two periods of its progress, and the signed brief of one of them.
both=$tmp/both/lao-cai-2021
folder() {
	"$KEHOACH" build fixtures/lao-cai-2021/job.xml -o "$tmp/both" 2>/dev/null && cp "$tmp"/one/lao-cai-2021/*-2021-05.* "$tmp"/one/lao-cai-2021/*-2021-Q2.* "$both" &&
		cp "$tmp/signed.pdf" "$both/progress-2021-05.signed.pdf"
}
verify() { # exit code, rules, folder
	"$KEHOACH" verify "$3" --trust "$pki/root.crt" --crl "$pki/ca.crl" >"$tmp/out" 2>"$tmp/err"
	code=$?
	cat "$tmp/out" "$tmp/err"
	found=$(sed -n 's/.*\[\([a-z]*\)\]$/\1/p' "$tmp/err" | grep -vx revocation | sort -u | tr '\n' ' ')
	[ $code = "$1" ] && [ "$found" = "${2:+$2 }" ] || { echo "exit code $code, rules: $found"; return 1; }
}
changed() { # name of the copy, command over files in it
	cp -r "$both" "$tmp/$1" && (cd "$tmp/$1" && eval "$2")
}
again_built() { # what runs
	"$@" 2>"$tmp/err" && ! grep '\[signed\]$' "$tmp/err" && cmp "$tmp/signed.pdf" "$both/progress-2021-05.signed.pdf" && verify 0 "" "$both"
}
ok "a folder with plan and progress" folder
ok "each file is listed" verify 0 "" "$both"
ok "and the signed brief is judged" grep -q 'progress-2021-05.signed.pdf: VALID' "$tmp/out"
ok "a changed workbook" changed book 'echo >>progress-2021-05.xlsx'
ok "is an error" verify 1 manifest "$tmp/book"
ok "that says what to do" grep -q 'progress-2021-05.xlsx: error: .*make the progress of that period again' "$tmp/err"
ok "another period's brief signed" changed other 'mv progress-2021-05.signed.pdf progress-2021-Q2.signed.pdf'
ok "is an error" verify 1 prefix "$tmp/other"
ok "a result that two manifests list" changed twice 'cp manifest-2021-05.json manifest-2021-Q1.json'
ok "is an error" verify 1 manifest "$tmp/twice"
ok "a manifest of no period" changed strange 'mv manifest-2021-05.json manifest-2021-13.json'
ok "vouches for nothing" verify 1 "unlisted unsigned" "$tmp/strange"
ok "progress alone, without a plan" changed alone 'rm manifest.json plan.pdf appendix* figures.json'
ok "is held against its own" verify 0 "" "$tmp/alone"
ok "the plan built again leaves progress and its signature" again_built "$KEHOACH" build fixtures/lao-cai-2021/job.xml -o "$tmp/both"
ok "so does another period" again_built "$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month 2021-06 -o "$tmp/both"
outdated() {
	"$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month 2021-05 -o "$tmp/both" 2>"$tmp/err"
	grep -q 'progress-2021-05.signed.pdf: warning: .*\[signed\]$' "$tmp/err" && [ ! -e "$both/progress-2021-05.pdf" ] &&
		[ "$(ls "$both" | grep -c '^progress-2021-05.signed.[0-9a-f]*.pdf$')" = 1 ] && [ -e "$both/progress-2021-Q2.pdf" ]
}
ok "the same period without its brief sets the signed one aside" outdated
ok "manifests name what was read and written" "$PYTHON" tests/e2e/manifest.py --progress "$tmp/one/lao-cai-2021" fixtures/lao-cai-2021/job.xml
finish
