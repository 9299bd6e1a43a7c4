#!/bin/sh
# plan.pdf as poppler and qpdf see it, and the layout norm where a program can measure it.
. "$(dirname "$0")/lib.sh"
ok "all plans build" "$KEHOACH" build $(jobs) -o "$tmp/out"
ok "their texts too" "$KEHOACH" build $(jobs) -o "$tmp/text" --only text
for dir in "$tmp"/out/*/; do
	id=$(basename "$dir")
	pdf=$dir/plan.pdf
	ok "$id: qpdf finds no fault" qpdf --check "$pdf"
	ok "$id: the norm" "$PYTHON" tests/e2e/norm.py "$pdf" "$id" "$tmp/text/$id/plan.txt"
done
finish
