#!/bin/sh
# kehoach lint on workbooks: each one that is written holds the rules of all, and each change of one that holds all rules is found
# under its own rule.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
fails() { # code, what must be in the output, command...
	want=$1
	wanted=$2
	shift 2
	"$@" >"$tmp/said" 2>&1
	[ $? -eq "$want" ] && grep -qF -- "$wanted" "$tmp/said"
}
silent() {
	said=$("$@" 2>&1) && [ -z "$said" ]
}

ok "all appendices build" "$KEHOACH" build $(jobs) -o "$tmp/out" --only xlsx
for xlsx in "$tmp"/out/*/*.xlsx; do
	ok "${xlsx#"$tmp"/out/}: holds the rules of all workbooks" silent "$KEHOACH" lint "$xlsx"
done
for job in $(text_jobs); do
	id=$(basename "$(dirname "$job")")
	ok "$id: the form is written" "$KEHOACH" form "$job" -o "$tmp/form-$id.xlsx"
	ok "$id: the form holds them" silent "$KEHOACH" lint "$tmp/form-$id.xlsx"
done
ok "two workbooks that hold all rules are made" "$PYTHON" tests/e2e/lint_xlsx.py make "$tmp"
ok "both at once" silent "$KEHOACH" lint "$tmp/base.xlsx" "$tmp/base.accessible.xlsx"
ok "each change is found as what it is" "$PYTHON" tests/e2e/lint_xlsx.py mutants "$tmp"
ok "a presentation is not accessible" fails 1 "d3-merge" "$KEHOACH" lint --accessible "$tmp/base.xlsx"
cp "$tmp/base.xlsx" "$tmp/called.ACCESSIBLE.xlsx"
ok "nor by its name" fails 1 "d3-merge" "$KEHOACH" lint "$tmp/called.ACCESSIBLE.xlsx"
cp "$tmp/base.accessible.xlsx" "$tmp/renamed.xlsx"
ok "one that is, whatever it is called" silent "$KEHOACH" lint --accessible "$tmp/renamed.xlsx"
cp "$tmp/base.xlsx" "$tmp/no-name"
# The words it goes by are data.
mkdir -p "$tmp/words/wording" "$tmp/wrong/wording"
sed 's/bìa|trang bìa|/trang đầu|/' templates/wording/lint.xml >"$tmp/words/wording/lint.xml"
grep -v 'id="link"' templates/wording/lint.xml >"$tmp/wrong/wording/lint.xml"
ok "other words, other covers" fails 1 "by which it is not known as the" "$KEHOACH" --templates "$tmp/words" lint "$tmp/base.accessible.xlsx"
ok "a list that is missing" fails 1 "the text 'link' is missing" "$KEHOACH" --templates "$tmp/wrong" lint "$tmp/base.xlsx"
ok "a workbook is told by its first bytes" silent "$KEHOACH" lint "$tmp/no-name"
ok "the sheet and cell are named" fails 1 "[Tổng hợp]:1:1:" "$KEHOACH" lint --accessible "$tmp/base.xlsx"
ok "in Vietnamese" env LC_ALL=vi_VN.UTF-8 sh -c '"$KEHOACH" lint --accessible "$1" 2>&1 | grep -q "được gộp"' - "$tmp/base.xlsx"
head -c 3000 "$tmp/base.xlsx" >"$tmp/cut.xlsx"
ok "a file that is cut off" fails 1 "[format]" "$KEHOACH" lint "$tmp/cut.xlsx"
ok "a PDF under the name of a workbook" fails 1 "[format]" sh -c 'printf "%%PDF-1.7\n" >"$1"; "$KEHOACH" lint "$1"' - "$tmp/pdf.xlsx"
ok "no file named" fails 2 "usage" "$KEHOACH" lint --accessible
ok "a file that is not there" fails 1 "[file]" "$KEHOACH" lint "$tmp/none.xlsx"
finish
