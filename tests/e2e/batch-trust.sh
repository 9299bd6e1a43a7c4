#!/bin/sh
# What a batch believes of what lies there: results that were damaged, another job, inputs that change under its hands, two runs at once.
. "$(dirname "$0")/batchlib.sh"
ok "all areas" batch "6 made" $job "$tmp/one" -j 2
fresh() { # folder: the job, and its results
	rm -rf "$tmp/in" "$tmp/out"
	cp -r fixtures/tinh-mau-2026 "$tmp/in"
	cp -rp "$tmp/one" "$tmp/out"
	in=$tmp/in/batch.xml
	out=$tmp/out
}

# ---- damaged results ----

fresh
: >"$out/$made/91/90001/plan.pdf"
ok "the first area's plan is empty" batch "1 made, 5 unchanged, 0 failed" "$in" "$out"
ok "and is made" same "$tmp/one" "$out"
printf x >>"$out/$made/91/90001/appendix.xlsx"
ok "the first area's workbook is longer" batch "1 made, 5 unchanged, 0 failed" "$in" "$out"
ok "and is made" same "$tmp/one" "$out"

finish
