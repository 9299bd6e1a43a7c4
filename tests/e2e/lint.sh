#!/bin/sh
# kehoach lint: every PDF that is made is what it claims, and each change of one is found under its own rule.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
notes() { # what must be in the output, command that must succeed...
	wanted=$1
	shift
	"$@" >"$tmp/said" 2>&1 && grep -q -- "$wanted" "$tmp/said"
}
fails() { # code, what must be in the output, command...
	want=$1
	wanted=$2
	shift 2
	"$@" >"$tmp/said" 2>&1
	[ $? -eq "$want" ] && grep -q -- "$wanted" "$tmp/said"
}
silent() {
	said=$("$@" 2>&1) && [ -z "$said" ]
}

ok "all plans build" "$KEHOACH" build $(jobs) -o "$tmp/out" --only pdf
for pdf in "$tmp"/out/*/*.pdf; do
	ok "${pdf#"$tmp"/out/}: is what it claims" silent "$KEHOACH" lint "$pdf"
done
ok "several at once" silent "$KEHOACH" lint "$tmp"/out/*/*.pdf
plan=$tmp/out/lao-cai-2021/plan.pdf
ok "with its sources attached" "$KEHOACH" build fixtures/lao-cai-2021/job.xml -o "$tmp/attached" --only pdf --attach
attached=$tmp/attached/lao-cai-2021/plan.pdf
ok "is what it claims, part 3" silent "$KEHOACH" lint "$attached"
ok "each claim is there" silent "$KEHOACH" lint --require "$plan" "$attached"
ok "a draft" "$KEHOACH" build fixtures/lao-cai-2021/job.xml -o "$tmp/draft" --only pdf --draft
ok "claims nothing, which is said" notes "claims-nothing" "$KEHOACH" lint "$tmp/draft/lao-cai-2021/plan.pdf"
ok "which is an error where claims are required" fails 1 "\[claim\]" "$KEHOACH" lint --require "$tmp/draft/lao-cai-2021/plan.pdf"
ok "each change is found as what it is" "$PYTHON" tests/e2e/lint_mutants.py "$plan" "$attached" "$tmp"
ok "no file named" fails 2 "usage" "$KEHOACH" lint
ok "a file that is not there" fails 1 "file" "$KEHOACH" lint "$tmp/none.pdf"
ok "neither a PDF nor a workbook" fails 1 "neither a PDF nor" "$KEHOACH" lint Makefile
finish '/(mutant|qdf|same)\.pdf$'
