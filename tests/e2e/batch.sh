#!/bin/sh
# One job for each area of a list: the same bytes however it is made, each area as if alone, and only what has changed made again.
. "$(dirname "$0")/batchlib.sh"
ok "one worker" batch "6 areas: 6 made, 0 unchanged, 0 failed" $job "$tmp/one" -j 1
ok "two workers" batch "6 made" $job "$tmp/two" -j 2
ok "seven workers" batch "6 made" "$PWD/$job" "$tmp/seven" -j 7
ok "the same bytes" same "$tmp/one" "$tmp/two"
ok "the same bytes by an absolute path" same "$tmp/one" "$tmp/seven"
ok "nothing is left beside the results" test -z "$(find "$tmp/one" -name '.*')"

# ---- each area alone ----

# A job of its own for each area, made of its rows only: the plan and the workbook are the same, and figures.json but for the places.
alone() {
	"$PYTHON" tests/e2e/batch.py alone fixtures/tinh-mau-2026 "$tmp/alone" || return 1
	for dir in "$tmp"/alone/*/; do
		code=$(basename "$dir")
		"$KEHOACH" build "$dir/job.xml" -o "$tmp/alone-out/$code" || return 1
		for file in plan.pdf appendix.xlsx; do
			cmp "$tmp/alone-out/$code/$made/$file" "$tmp"/one/$made/*/"$code/$file" || return 1
		done
	done
	"$PYTHON" tests/e2e/batch.py figures "$tmp/alone-out" "$tmp/one/$made"
}
ok "each area is as if made alone" alone
ok "manifests hold" "$PYTHON" tests/e2e/batch.py manifests "$tmp/one/$made"
ok "places are those of the file of all areas" "$PYTHON" tests/e2e/batch.py places "$tmp/one/$made" fixtures/tinh-mau-2026

ok "other forms of the same figures" "$PYTHON" tests/e2e/batch.py forms fixtures/tinh-mau-2026 "$tmp/forms"
for form in xlsx xml order; do
	ok "$form" batch "6 made, 0 unchanged, 0 failed" "$tmp/forms/$form/batch.xml" "$tmp/forms/$form/out"
	same_plans() {
		for plan in "$tmp/one/$made"/*/*/plan.pdf "$tmp/one/$made"/*/*/appendix.xlsx; do
			cmp "$plan" "$tmp/forms/$form/out/${plan#"$tmp/one/"}" || return 1
		done
	}
	ok "$form: the same plans" same_plans
done

# ---- the index ----

ok "the index in a browser" "$PYTHON" tests/e2e/batch_index.py plain "$tmp/one/$made"
hostile() { # names that mean something to a browser, and an area that cannot be made
	cp -r fixtures/tinh-mau-2026 "$tmp/hostile"
	"$PYTHON" tests/e2e/batch_index.py names "$tmp/hostile" && is_code 1 batch "5 made, 0 unchanged, 1 failed" "$tmp/hostile/batch.xml" "$tmp/hostile-out"
}
ok "hostile names" hostile
ok "are nothing but names in a browser" "$PYTHON" tests/e2e/batch_index.py hostile "$tmp/hostile-out/$made"
sheet() { # the figures of the list, as numbers
	"$PYTHON" tests/e2e/batch.py sheet "$tmp/one/$made" fixtures/tinh-mau-2026
}
ok "the index as a workbook" sheet
ok "which is sound" "$KEHOACH" lint "$tmp/one/$made/index.xlsx"
cp -r fixtures/tinh-mau-2026 "$tmp/cut"
sed -i 's/rounding="half-up"/rounding="truncate"/' "$tmp/cut/batch.xml" "$tmp/cut/tinh.xml"
ok "figures that are cut off" batch "6 made" "$tmp/cut/batch.xml" "$tmp/cut-out"
ok "are the same in both" "$PYTHON" tests/e2e/batch.py printed "$tmp/cut-out/$made" fixtures/tinh-mau-2026
json_lines() { # nothing else on standard output
	"$KEHOACH" batch $job -o "$tmp/one" --json 2>/dev/null | "$PYTHON" -c 'import json, sys
said = [json.loads(l) for l in sys.stdin]
assert [(x["summary"], x["areas"], x["unchanged"]) for x in said if "summary" in x] == [("tinh-mau-2026", 6, 6), ("tinh-mau-2026-tong-hop", 2, 2)], said'
}
ok "the summary as lines of JSON" json_lines

# ---- only what has changed ----

cp -r fixtures/tinh-mau-2026 "$tmp/in"
in=$tmp/in/batch.xml
out=$tmp/again
ok "again: first" batch "6 made" "$in" "$out"
ok "again: nothing" batch "0 made, 6 unchanged, 0 failed" "$in" "$out"
touch "$tmp"/in/* "$out"/$made/*/*/*
ok "touched: nothing" batch "0 made, 6 unchanged" "$in" "$out"
ok "verified: nothing" batch "0 made, 6 unchanged" "$in" "$out" --verify
changed() { # pattern of sed, file: one area's row
	before=$(cd "$out/$made" && find [0-9]* -name plan.pdf -exec stat -c '%n %i' {} + | sort)
	sed -i "$1" "$tmp/in/$2"
}
changed '/^90003;.*;1;Tổ dân phố 1;/s/;[0-9]*;[0-9]*;[0-9]*;số/;300;10;2;số/' chi-tieu.csv
ok "a changed row: its area" batch "1 made, 5 unchanged" "$in" "$out"
ok "and no other" test "$(echo "$before" | grep -cF -f - /dev/null; (cd "$out/$made" && find [0-9]* -name plan.pdf -exec stat -c '%n %i' {} + | sort) | grep -vxF "$before" | wc -l)" = "0
1"
changed '1s/$/ /' muc-tieu.csv
ok "a changed source of all: all" batch "6 made" "$in" "$out"
changed 's/;2026-02-1/;2026-02-2/' xa.csv
ok "a changed list: all whose row is another" batch "4 made, 2 unchanged" "$in" "$out"
changed 's/^\([0-9]\);/1\1;/; s/;số liệu mẫu$/;mẫu/' xa.csv
ok "what the job does not name of it: nothing" batch "0 made, 6 unchanged" "$in" "$out"
mkdir -p "$tmp/in/templates/tables"
cp templates/tables/budget.xml "$tmp/in/templates/tables/"
ok "the same template elsewhere: nothing" batch "0 made, 6 unchanged" "$in" "$out"
echo '<!-- -->' >>"$tmp/in/templates/tables/budget.xml"
ok "another template: all" batch "6 made" "$in" "$out"
ok "other options: all" batch "6 made" "$in" "$out" --draft
ok "back again" batch "6 made" "$in" "$out"
rm "$out/$made/92/90011/plan.pdf"
printf x >>"$out/$made/92/90012/appendix.xlsx"
ok "results that are not as they were: these" batch "2 made, 4 unchanged" "$in" "$out"
cp "$out/$made/91/90001/plan.pdf" "$tmp/kept.pdf"
printf x | dd of="$out/$made/91/90001/plan.pdf" bs=1 seek=9000 conv=notrunc 2>/dev/null
touch -r "$tmp/kept.pdf" "$out/$made/91/90001/plan.pdf"
ok "a flipped byte is found" batch "1 made, 5 unchanged" "$in" "$out" --verify
ok "and mended" cmp "$tmp/kept.pdf" "$out/$made/91/90001/plan.pdf"
sed -i '/"code":"90002"/d' "$out/$made/batch.json"
ok "a batch.json that was edited: all" batch "6 made" "$in" "$out"
ok "which is told" said_error 'batch.json: warning: this is not as the program writes it'
grep -v '^90013;' "$tmp/in/chi-tieu.csv" >"$tmp/rows" && cp "$tmp/rows" "$tmp/in/chi-tieu.csv"

# ---- what goes wrong ----

ok "an area without rows" is_code 1 batch "0 made, 5 unchanged, 1 failed" "$in" "$out"
ok "is told" said_error 'chi-tieu.csv: error: phường Đông Hưng \(90013\): no row has the code .* \[no-rows\]'
ok "and tried again" is_code 1 batch "0 made, 5 unchanged, 1 failed" "$in" "$out"
echo '90013;phường Đông Hưng;1;Tổ dân phố 1;100;200;2;số liệu mẫu' >>"$tmp/in/chi-tieu.csv"
echo '99999;xã Lạ;1;Thôn 1;100;20;2;số liệu mẫu' >>"$tmp/in/chi-tieu.csv"
echo ';xã Lạ;1;Thôn 1;100;20;2;số liệu mẫu' >>"$tmp/in/chi-tieu.csv"
ok "a bad area, rows of nobody" is_code 1 batch "0 made, 5 unchanged, 1 failed" "$in" "$out"
ok "the bad area is told" said_error '^.*error: phường Đông Hưng \(90013\): '
ok "the unknown code is told" said_error "chi-tieu.csv:[0-9]+:1: error: no area of the list has the code '99999'"
ok "the row without a code is told" said_error "chi-tieu.csv:[0-9]+:1: error: this row says no code"
sed -i '/^90013;.*;200;/s/;200;/;20;/' "$tmp/in/chi-tieu.csv"
ok "rows of nobody: the others are made" is_code 1 batch "1 made, 5 unchanged, 0 failed" "$in" "$out"
ok "and they are told again" is_code 1 batch "0 made, 6 unchanged, 0 failed" "$in" "$out"
many() { # rows of nobody: some are told, all are counted
	cp -r fixtures/tinh-mau-2026 "$tmp/many"
	awk 'BEGIN { for (i = 0; i < 10000; i++) printf "7%04d;xã Lạ;1;Thôn 1;100;20;2;\n;xã Lạ;1;Thôn 1;100;20;2;\n", i }' >>"$tmp/many/chi-tieu.csv"
	is_code 1 batch "6 made, 0 unchanged, 0 failed" "$tmp/many/batch.xml" "$tmp/many/out" &&
		said_error 'chi-tieu.csv: error: 10000 rows in all say no code' && said_error 'chi-tieu.csv: error: 10000 rows in all have codes' &&
		[ "$(wc -l <"$tmp/err")" -eq 42 ]
}
ok "20,000 rows of nobody" many
killed() { # while areas are being made: their workers, or all
	"$PYTHON" tests/e2e/batch.py kill "$KEHOACH" "$job" "$tmp/killed" "$1" >"$tmp/said" 2>"$tmp/err"
	[ $? -eq "$2" ] && grep -q "$3" "$tmp/said" && [ -z "$(find "$tmp/killed" -name '.*')" ] || { cat "$tmp/said" "$tmp/err"; return 1; }
}
ok "killed workers: their areas are made by others" killed workers 0 "6 made, 0 unchanged, 0 failed"
ok "the same bytes" same "$tmp/one" "$tmp/killed"
ok "a signal: what is done is whole" killed stop 3 "areas:"
whole() {
	for manifest in "$tmp"/killed/$made/*/*/manifest.json; do
		[ ! -e "$manifest" ] || cmp "$manifest" "$tmp/one/${manifest#"$tmp/killed/"}" || return 1
	done
	[ ! -e "$tmp/killed/$made/batch.json" ]
}
ok "and the same" whole
ok "--resume makes the rest" batch ", 0 failed" $job "$tmp/killed" --resume
ok "all of it" same "$tmp/one" "$tmp/killed"
full() { # no file may have more than a few blocks: plan.pdf does not fit
	(ulimit -f 16; "$KEHOACH" batch $job -o "$tmp/full" -j 2 >"$tmp/said" 2>"$tmp/err")
	[ $? -eq 3 ] && [ -z "$(find "$tmp/full" -name plan.pdf -o -name '.*')" ] || { cat "$tmp/err"; find "$tmp/full"; return 1; }
}
ok "a full disk leaves nothing" full
small() { # forty areas of one village each: the journal does not fit, all else does
	cp -r fixtures/tinh-mau-2026 "$tmp/small"
	for file in xa chi-tieu kinh-phi; do
		awk -F';' -v OFS=';' -v f=$file 'NR == 1 { print; next }
			f == "xa" && $2 == "90001" { for (i = 0; i < 40; i++) { $2 = 91000 + i; print } }
			f != "xa" && $1 == "90001" && ++n == 1 { for (i = 0; i < 40; i++) { $1 = 91000 + i; print } }' fixtures/tinh-mau-2026/$file.csv >"$tmp/small/$file.csv"
	done
	sed -i '/<summary/d' "$tmp/small/batch.xml"
}
journal() {
	(ulimit -f 200; "$KEHOACH" batch "$tmp/small/batch.xml" -o "$tmp/journal" -j 2 --only text >"$tmp/said" 2>"$tmp/err")
	[ $? -eq 3 ] && grep -q 'batch.part: error: cannot be written' "$tmp/err" &&
		[ -z "$(find "$tmp/journal" -name '.*')" ] || { cat "$tmp/said" "$tmp/err"; find "$tmp/journal" -size +100k; return 1; }
}
ok "forty areas" small
ok "made" batch "40 areas: 40 made" "$tmp/small/batch.xml" "$tmp/small-out" --only text
ok "a journal that does not fit" journal
whole_texts() {
	for text in "$tmp/journal/$made"/*/*/plan.txt; do
		cmp "$text" "$tmp/small-out/${text#"$tmp/journal/"}" || return 1
	done
}
ok "what is made is whole" whole_texts
ok "--resume goes on" batch "40 areas: " "$tmp/small/batch.xml" "$tmp/journal" --only text --resume
ok "to the same" same "$tmp/small-out" "$tmp/journal"
# ---- workers that are killed, twice for some areas ----

"$PYTHON" tests/e2e/slurm.py fixtures/tinh-mau-2026 "$tmp/crowd" 40
shot() { # every worker, as soon as it is seen
	"$KEHOACH" batch "$tmp/crowd/batch.xml" -o "$tmp/shot" -j 2 >"$tmp/shot.said" 2>"$tmp/shot.err" &
	parent=$!
	while kill -0 $parent 2>/dev/null; do
		for worker in $(cat /proc/$parent/task/$parent/children 2>/dev/null); do kill -SEGV "$worker" 2>/dev/null; done
		sleep 0.03
	done
	wait $parent
	[ $? -eq 1 ] && grep -q 'was killed twice while making it, by signal 11' "$tmp/shot.err" &&
		! grep -q '; 0 findings' "$tmp/shot.said" || { cat "$tmp/shot.said" "$tmp/shot.err"; return 1; }
}
# Sanitizers catch the signal themselves, and look for leaks in a process that would be shot like a worker.
if [ "${MODE:-release}" != asan ]; then
	ok "killed twice is told" shot
	ok "and nothing of it is left" test -z "$(find "$tmp/shot" -name '.part')"
	ok "a later run makes them" batch "0 failed" "$tmp/crowd/batch.xml" "$tmp/shot"
fi
finish
