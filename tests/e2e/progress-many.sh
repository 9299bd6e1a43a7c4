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
ok "chart and sentences" "$PYTHON" tests/e2e/progress_many.py check $areas "$out/progress-2024-01.xlsx" "$out/progress-2024-01.pdf"
ok "lint finds nothing" "$KEHOACH" lint "$out/progress-2024-01.xlsx" "$out/progress-2024-01.pdf"
finish
