#!/bin/sh
# The brief of a period: one page for each kind of period, its numbers those of figures.json, charts with words, archivable, signed,
# the same bytes again.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1

progress() { # job, year, out
	for period in "--month $2-01" "--month $2-05" "--month $2-12" "--quarter $2-Q2" "--quarter $2-Q4" "--half $2-H1" "--half $2-H2" "--year $2"; do
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
		ok "$job $name: lint" "$KEHOACH" lint "$pdf"
	done
done
silent() {
	! grep -F '[pages]' "$tmp/err"
}
ok "no brief is said to be too long" silent
ok "eight briefs each" test "$(ls "$tmp"/one/*/progress-*.pdf | wc -l)" = 16

again() {
	cp -r fixtures "$tmp/elsewhere" && cd "$tmp/elsewhere" &&
		TZ=Asia/Ho_Chi_Minh LC_ALL=vi_VN.UTF-8 "$KEHOACH" progress lao-cai-2021/job.xml --month 2021-05 --pdf -o "$tmp/two"
}
ok "again, elsewhere" again
ok "the same bytes" cmp "$tmp/one/lao-cai-2021/progress-2021-05.pdf" "$tmp/two/lao-cai-2021/progress-2021-05.pdf"

dated() {
	"$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month 2021-05 --pdf --date 2021-06-03 -o "$tmp/dated" &&
		pdftotext -layout "$tmp/dated/lao-cai-2021/progress-2021-05.pdf" - | grep -q 'ngày 03 tháng 6 năm 2021'
}
ok "a day of its own" dated

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
finish
