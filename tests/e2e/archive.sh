#!/bin/sh
# plan.pdf as an archive takes it: what it claims by its objects, and what poppler and qpdf make of it.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
holds() { # what must be in the output, command...
	wanted=$1
	shift
	"$@" >"$tmp/said" 2>&1
	grep -q -- "$wanted" "$tmp/said" || { cat "$tmp/said"; return 1; }
}
all_fonts() { # every font embedded, with its characters
	pdffonts "$1" | tail -n +3 | awk '{ if ($(NF - 4) != "yes" || $(NF - 2) != "yes") { print; bad = 1 } } END { exit bad || !NR }'
}
no_warning() {
	! "$@" 2>&1 >/dev/null | grep .
}
same() { # folders
	for f in "$1"/*/*.pdf; do
		cmp "$f" "$2/${f#"$1"/}" || return 1
	done
}

ok "all plans build" "$KEHOACH" build $(jobs) -o "$tmp/out" --only pdf
for pdf in "$tmp"/out/*/*.pdf; do
	name=${pdf#"$tmp"/out/}
	ok "$name: its objects are what it claims" "$PYTHON" tests/e2e/archive.py "$pdf"
	ok "$name: qpdf finds no fault" qpdf --check "$pdf"
	ok "$name: tagged" holds "Tagged: *yes" pdfinfo "$pdf"
	ok "$name: has metadata" holds "Metadata Stream: *yes" pdfinfo "$pdf"
	ok "$name: a tree that poppler reads without a word" no_warning pdfinfo -struct-text "$pdf"
	ok "$name: all fonts are embedded and have characters" all_fonts "$pdf"
done
ok "each change of the objects is found" "$PYTHON" tests/e2e/archive.py --mutants "$tmp/out/lao-cai-2021/plan.pdf"

# The same bytes from another folder, in another time zone and language.
cp -r fixtures/lao-cai-2021 "$tmp/elsewhere"
ok "elsewhere" env TZ=Asia/Ho_Chi_Minh LC_ALL=vi_VN.UTF-8 "$KEHOACH" build "$tmp/elsewhere/job.xml" -o "$tmp/again" --only pdf
ok "the same bytes" same "$tmp/again" "$tmp/out"

# Lines and tabs in names: one text in both places.
cp -r fixtures/lao-cai-2021 "$tmp/lines"
sed 's/<agency name="\([^ "]*\) /<agency name="\1\&#10;\&#9;/' fixtures/lao-cai-2021/job.xml >"$tmp/lines/job.xml"
ok "the name has a line and a tab" grep -q 'name="[^"]*&#10;&#9;' "$tmp/lines/job.xml"
ok "lines in names" "$KEHOACH" build "$tmp/lines/job.xml" -o "$tmp/lined" --only pdf
ok "its objects are what it claims" "$PYTHON" tests/e2e/archive.py "$tmp/lined/lao-cai-2021/plan.pdf"
ok "kehoach lint finds nothing" "$KEHOACH" lint "$tmp/lined/lao-cai-2021/plan.pdf"

# Sources attached: part 3. A draft: no claim, no field.
ok "with its sources" "$KEHOACH" build fixtures/lao-cai-2021/job.xml -o "$tmp/attached" --only pdf --attach
attached=$tmp/attached/lao-cai-2021/plan.pdf
ok "its objects are what it claims" "$PYTHON" tests/e2e/archive.py "$attached"
ok "qpdf finds no fault" qpdf --check "$attached"
extracted() {
	mkdir -p "$tmp/files" && pdfdetach -saveall -o "$tmp/files" "$attached" && cmp "$tmp/files/chi-tieu.csv" fixtures/lao-cai-2021/chi-tieu.csv
}
ok "a source comes out as it went in" extracted
ok "a draft" "$KEHOACH" build fixtures/lao-cai-2021/job.xml -o "$tmp/draft" --only pdf --draft
draft=$tmp/draft/lao-cai-2021/plan.pdf
ok "has no fields" holds "Form: *none" pdfinfo "$draft"
no_claims() {
	! pdfinfo -meta "$draft" | grep -E "pdfaid|pdfuaid"
}
ok "claims nothing" no_claims
ok "is tagged" holds "Tagged: *yes" pdfinfo "$draft"
finish
