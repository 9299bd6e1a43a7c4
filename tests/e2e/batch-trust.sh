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

batch_names() { # a line of what was said
	grep -qxF "$1" "$tmp/summary" || { cat "$tmp/summary"; return 1; }
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

# ---- what lies in the way ----

fresh
mkdir "$tmp/precious"
echo p >"$tmp/precious/file"
rm -r "$out/$made/91/90003"/*
ln -s "$tmp/precious" "$out/$made/91/90003/.part"
ok "a link in place of the staging folder" batch "1 made, 5 unchanged, 0 failed" "$in" "$out"
ok "what it leads to stays" test -s "$tmp/precious/file"
ok "the area is made" same "$tmp/one" "$out"
echo x >"$out/$made/91/90003/.part"
rm "$out/$made/91/90003/plan.pdf"
ok "a file in its place" batch "1 made, 5 unchanged, 0 failed" "$in" "$out"

mv "$out/$made/91/90003" "$tmp/elsewhere"
rm "$tmp/elsewhere"/*
ln -s "$tmp/elsewhere" "$out/$made/91/90003"
ok "a link in place of an area's folder" is_code 1 batch "0 made, 5 unchanged, 1 failed" "$in" "$out"
ok "is told" said_error '91/90003: error: .*a link stands here'
ok "and not followed" test -z "$(ls -A "$tmp/elsewhere")"

unwritable() { # what is written last cannot be
	rm -r "$out"
	mkdir -p "$out/$made/index.html" "$out/$made/batch.json"
	is_code 1 batch "" "$in" "$out" && said_error 'index.html: error' && said_error 'batch.json: error'
}
ok "no index can be written: nothing is made" unwritable

busy() { # another run is at the same folder
	rm -r "$out"/*
	mkdir -p "$out/$made"
	exec 9<"$out/$made"
	flock -n 9 && is_code 3 batch "" "$in" "$out" && said_error "$made: error: another run is making this"
	code=$?
	exec 9<&-
	return $code
}
ok "another run is at the same folder" busy
ok "nothing was made" test -z "$(find "$out" -type f)"

# ---- what is told ----

fresh
sed -i '0,/;160.000.000;/s//;160.000.001;/' "$tmp/in/kinh-phi.csv"
ok "a finding" batch "0 failed; 1 findings" "$in" "$out"
ok "is counted again" batch "0 made, 6 unchanged, 0 failed; 1 findings" "$in" "$out"
ok "another order of --only" batch "6 made" "$in" "$out" --only pdf,json
ok "makes nothing anew" batch "0 made, 6 unchanged" "$in" "$out" --only json,pdf

fresh
sed -i 's/^6;90013;\(.*\);92;tỉnh Mẫu Nam;/6;90013;\1;91;tỉnh Mẫu Bắc;/; s/;90012;/;090012;/' "$tmp/in/xa.csv"
ok "areas that are elsewhere now" batch "2 made, 4 unchanged, 0 failed" "$in" "$out"
ok "which is told" said_error 'xa.csv: note: 2 areas have another folder than they had before'

fresh
sed -i '/^9001[23];/d' "$tmp/in/chi-tieu.csv"
ok "two areas that fail" is_code 1 batch "4 unchanged, 2 failed" "$in" "$out"
ok "the first is told" said_error 'error: xã Phú Sơn \(90012\): .*\[no-rows\]'
ok "the second is told" said_error 'error: phường Đông Hưng \(90013\): .*\[no-rows\]'
ok "the summary names them" batch_names "tinh-mau-2026: not made: 90012, 90013"
ok "their old results are told" said_error '92/90013: warning: .*an earlier run made of it still lies here.*\[stale\]'

torn() { # a journal whose last line is not whole, and a run that is stopped behind it
	rm -r "$out"
	mkdir -p "$out/$made"
	printf '{"code":"9' >"$out/$made/batch.part"
	is_code 1 batch "2 made, 0 unchanged, 1 failed" "$in" "$out" --strict --resume -j 1
}
grep -v '^90003;' fixtures/tinh-mau-2026/chi-tieu.csv >"$tmp/in/chi-tieu.csv"
ok "behind a torn line of the journal" torn
ok "nothing is lost" is_code 1 batch "3 made, 2 unchanged, 1 failed" "$in" "$out" --resume

twelve() { # areas of one province, the first ten of which cannot be written
	fresh
	for file in xa chi-tieu kinh-phi; do
		head -1 fixtures/tinh-mau-2026/$file.csv >"$tmp/in/$file.csv"
		for code in 11 12 13 14 15 16 17 18 19 20 21 22; do
			sed -n "s/^\(1;\|\)90001;/\1900$code;/p" fixtures/tinh-mau-2026/$file.csv >>"$tmp/in/$file.csv"
		done
	done
	rm -r "$out"
	mkdir -p "$out/$made/91"
	for code in 11 12 13 14 15 16 17 18 19 20; do echo x >"$out/$made/91/900$code"; done
	is_code 3 batch "12 areas: 0 made, 0 unchanged, 8 failed" "$in" "$out" -j 1
}
ok "a machine that fails again and again" twelve
ok "is told" said_error 'the machine failed for 8 areas one after another.*\[stopped\]'
ok "and how many are left" batch_names "tinh-mau-2026: 4 areas were not tried"
rm "$out/$made/91/90015"
ok "faults here and there" is_code 3 batch "12 areas: 3 made, 0 unchanged, 9 failed" "$in" "$out" -j 1

finish
