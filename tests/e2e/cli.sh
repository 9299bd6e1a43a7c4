#!/bin/sh
# The command line: exit codes, languages, where findings go, what is replaced.
. "$(dirname "$0")/lib.sh"
job=fixtures/bac-son-2023/job.xml

exits() { # code, command...
	want=$1
	shift
	"$@" >"$tmp/stdout" 2>"$tmp/stderr"
	code=$?
	[ $code = "$want" ] || { echo "exit code $code, wanted $want"; cat "$tmp/stderr"; return 1; }
}
says() { # pattern
	grep -q -- "$1" "$tmp/stderr" || { cat "$tmp/stderr"; return 1; }
}

ok "no command: 2" exits 2 "$KEHOACH"
ok "unknown command: 2, with a suggestion" exits 2 "$KEHOACH" biuld
ok "the suggestion" says "did you mean build"
ok "unknown option: 2" exits 2 "$KEHOACH" build $job --drat
ok "the suggestion" says "did you mean --draft"
ok "an option given twice: 2" exits 2 "$KEHOACH" build $job -o "$tmp/a" -o "$tmp/b"
ok "unknown result: 2" exits 2 "$KEHOACH" build $job --only pfd
ok "no job: 2" exits 2 "$KEHOACH" check
ok "a missing job: 1" exits 1 "$KEHOACH" check nowhere/job.xml
ok "a folder as a job: 1" exits 1 "$KEHOACH" check fixtures
ok "a bad day: 2, before anything is read" exits 2 "$KEHOACH" build $job --date 2023-02-30 -o "$tmp/bad-date"
ok "nothing was written" test ! -e "$tmp/bad-date"
ok "--help: 0" exits 0 "$KEHOACH" --help
ok "--help lists build" grep -q "kehoach build JOB.xml" "$tmp/stdout"
ok "--version: 0" exits 0 "$KEHOACH" --version

ok "an output folder that is a file: 3" exits 3 "$KEHOACH" build $job -o "$root/README.md"
ok "a folder that cannot be made: 3" exits 3 "$KEHOACH" build $job -o /proc/nowhere
# A file size limit of one block: the disk is as good as full.
ok "a full disk: 3" exits 3 sh -c "ulimit -f 8; exec \"$KEHOACH\" build $job -o $tmp/full"
ok "nothing is left of it" sh -c "! find $tmp/full -type f | grep ."

ok "check writes nothing" sh -c "cd $tmp && \"$KEHOACH\" check $root/$job 2>/dev/null; test -z \"\$(ls | grep -vE 'std|full')\""
ok "asserted figures: warnings, exit 0" exits 0 "$KEHOACH" check $job
ok "with both values" says "warning: .*0,59.*0,60.*\[asserted\]"
ok "with the cell" says "chi-tieu.csv:6:"
ok "in Vietnamese" exits 0 env LC_ALL=vi_VN.UTF-8 "$KEHOACH" check $job
ok "Vietnamese words" says "cảnh báo: "
ok "by LANG, where LC_ALL is empty" exits 0 env LC_ALL= LANG=vi_VN "$KEHOACH" check $job
ok "Vietnamese words" says "cảnh báo: "
ok "--json: on standard output" exits 0 "$KEHOACH" check --json $job
ok "as JSON" "$PYTHON" -c "
import json, sys
lines = [json.loads(l) for l in open('$tmp/stdout', encoding='utf-8')]
assert len(lines) > 3 and open('$tmp/stderr').read() == ''
for f in lines: assert list(f) == ['file', 'sheet', 'row', 'col', 'severity', 'rule', 'message'], f
assert any(f['rule'] == 'asserted' and f['row'] == 6 for f in lines)"

# A job with an error leaves what was there, and the other jobs go on.
mkdir "$tmp/keep"
cp -r fixtures/bac-son-2023 "$tmp/job"
ok "a good job builds" exits 0 "$KEHOACH" build "$tmp/job/job.xml" -o "$tmp/keep"
before=$(cd "$tmp/keep" && find . -type f -exec ls -l --time-style=full-iso {} + | sort)
sed -i 's/237/hai trăm/' "$tmp/job/chi-tieu.csv"
ok "a job with an error: 1, the other goes on" exits 1 "$KEHOACH" build "$tmp/job/job.xml" fixtures/kong-chro-2024/job.xml -o "$tmp/keep"
ok "names the cell" says "chi-tieu.csv:2:3: error: .*hai trăm"
after=$(cd "$tmp/keep" && find ./bac-son-2023 -type f -exec ls -l --time-style=full-iso {} + | sort)
ok "nothing of it is replaced" test "$before" = "$after"
ok "the other is there" test -s "$tmp/keep/kong-chro-2024/plan.pdf"
ok "no half file is left" sh -c "! find $tmp/keep -name '*.part' | grep ."

ok "--draft" exits 0 "$KEHOACH" build --draft $job -o "$tmp/draft"
ok "DỰ THẢO on each page" sh -c "test \$(pdftotext $tmp/draft/bac-son-2023/plan.pdf - | grep -c '^DỰ') = \$(pdfinfo $tmp/draft/bac-son-2023/plan.pdf | awk '/^Pages/ { print \$2 }')"
ok "--only png" exits 0 "$KEHOACH" build --only png $job -o "$tmp/png"
ok "page pictures" sh -c "file $tmp/png/bac-son-2023/plan-1.png 2>/dev/null | grep -q PNG || head -c 4 $tmp/png/bac-son-2023/plan-1.png | grep -q PNG"
ok "--only with nothing else" sh -c "test ! -e $tmp/png/bac-son-2023/plan.pdf"

# A folder of results is of one run.
ok "--only pdf over a full build" exits 0 "$KEHOACH" build --only pdf $job -o "$tmp/draft"
ok "leaves no old workbook beside the new PDF" test "$(ls "$tmp/draft/bac-son-2023" | tr '\n' ' ')" = "manifest.json plan.pdf "
touch "$tmp/draft/bac-son-2023/ghi-chu.txt"
ok "and again, whole" exits 0 "$KEHOACH" build $job -o "$tmp/draft"
ok "what no manifest lists stays" test -e "$tmp/draft/bac-son-2023/ghi-chu.txt"
rm "$tmp/draft/bac-son-2023/plan.pdf"
mkdir "$tmp/draft/bac-son-2023/plan.pdf"
before=$(cksum "$tmp"/draft/bac-son-2023/*.json)
ok "a folder in the way: 3" exits 3 "$KEHOACH" build --draft $job -o "$tmp/draft"
ok "and nothing is replaced" test "$before" = "$(cksum "$tmp"/draft/bac-son-2023/*.json)"
ok "findings that cannot be written: 3" sh -c "\"$KEHOACH\" check --json $job >/dev/full; test \$? = 3"
ok "--templates=DIR" exits 0 "$KEHOACH" check --templates=templates $job
ok "--templates without a folder: 2" exits 2 "$KEHOACH" check $job --templates
ok "--help of one command" exits 0 "$KEHOACH" build --help
ok "lists its options" sh -c "grep -q -- '--only LIST' $tmp/stdout && ! grep -q 'kehoach check' $tmp/stdout"

ok "installs" make -s install DESTDIR="$tmp/dest" PREFIX=/usr MODE="${MODE:-release}"
installed=$tmp/dest/usr/bin/kehoach
ok "runs from there" exits 0 "$installed" build $job -o "$tmp/installed"
ok "to the same bytes" sh -c "cmp $tmp/installed/bac-son-2023/plan.pdf $tmp/keep/bac-son-2023/plan.pdf"
ok "with its own templates" sh -c "strings -a $installed >/dev/null 2>&1; cd /; rm -rf $tmp/dest/usr/share/kehoach/templates/tables; ! $installed check $root/$job 2>/dev/null"
finish
