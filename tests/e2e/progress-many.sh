#!/bin/sh
# Progress of many areas: the chart shows a part and says so, sentences count and name the sheet that lists.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
areas=60
out=$tmp/out/many
progress() {
	mkdir "$tmp/many" && "$PYTHON" tests/e2e/progress_many.py make "$tmp/many" $areas &&
		"$KEHOACH" progress "$tmp/many/job.xml" --month 2024-01 --pdf -o "$tmp/out"
}
ok "written" progress
# A text that leaves no more room on the page than a chart of the usual height takes.
long() {
	mkdir -p "$tmp/many/templates/plans" &&
		"$PYTHON" tests/e2e/brief.py --lengthen templates/plans/progress-brief.xml "$tmp/many/templates/plans/progress-brief.xml" 33 &&
		"$KEHOACH" progress "$tmp/many/job.xml" --month 2024-01 --pdf -o "$tmp/long" 2>"$tmp/err" && ! grep -F '[pages]' "$tmp/err"
}
ok "a longer text" long
ok "chart and sentences" "$PYTHON" tests/e2e/progress_many.py check $areas "$out/progress-2024-01.xlsx" "$out/progress-2024-01.pdf" "$tmp/long/many/progress-2024-01.pdf"
ok "lint finds nothing" "$KEHOACH" lint "$out/progress-2024-01.xlsx" "$out/progress-2024-01.pdf"
finish
