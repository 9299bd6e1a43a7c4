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

# ---- another job, other inputs ----

fresh
sed 's/TM. ỦY BAN NHÂN DÂN/TM. KHÁC/; s/href="xa.csv"/href="xa2.csv"/' "$in" >"$tmp/in/batch2.xml"
cp "$tmp/in/xa.csv" "$tmp/in/xa2.csv"
ok "another job of the same id" batch "6 made, 0 unchanged, 0 failed" "$tmp/in/batch2.xml" "$out"
ok "and nothing of it again" batch "0 made, 6 unchanged, 0 failed" "$tmp/in/batch2.xml" "$out"
rm "$out/$made/index.html"
sed 's/TM. KHÁC/TM. KHÁC NỮA/' "$tmp/in/batch2.xml" >"$tmp/in/batch3.xml"
ok "the same list, and no index" batch "6 made, 0 unchanged, 0 failed" "$tmp/in/batch3.xml" "$out"

changed_meanwhile() { # the job, its list and a template are others by the time the sources are read
	fresh
	mkdir -p "$tmp/in/templates/tables"
	cp templates/tables/budget.xml "$tmp/in/templates/tables/"
	awk 'BEGIN { for (i = 0; i < 1500000; i++) print ";Tổng cộng;;;;;;" }' >>"$tmp/in/chi-tieu.csv"
	(
		sleep 0.5
		sed -i 's/TM. ỦY BAN NHÂN DÂN/TM. HỘI ĐỒNG ĐÃ SỬA/' "$in"
		sed -i 's/;15;2026/;51;2026/' "$tmp/in/xa.csv"
		echo '<!-- -->' >>"$tmp/in/templates/tables/budget.xml"
	) &
	batch "0 failed" "$in" "$out"
	wait
}
ok "inputs are changed while they are read" changed_meanwhile
ok "which is told of the job" said_error 'batch.xml: warning: this was changed after it was read.*\[changed\]'
ok "and of the list" said_error 'xa.csv: warning: this was changed'
ok "and of the template" said_error 'templates/tables/budget.xml: warning: this was changed'
ok "the next run makes all of them" batch "6 made" "$in" "$out"
new_signer() {
	pdftotext "$out/$made/91/90001/plan.pdf" - | grep -q 'ĐÃ SỬA'
}
ok "of what is there now" new_signer
ok "and then nothing" batch "0 made, 6 unchanged, 0 failed" "$in" "$out"

finish
