#!/bin/sh
# Documents of the areas above: exact sums of those below, what is missing is told, and only what has changed is made again.
. "$(dirname "$0")/batchlib.sh"
ask() {
	"$PYTHON" tests/e2e/batch_summary.py "$@"
}
text_of() { # area above: its plan as one line
	pdftotext "$out/$made/summary/$1/plan.pdf" - | tr '\n' ' '
}
says() { # area above, words
	text_of "$1" | grep -qF "$2" || { text_of "$1"; return 1; }
}
lacks() {
	! text_of "$1" | grep -qF "$2"
}

cp -r fixtures/tinh-mau-2026 "$tmp/in"
in=$tmp/in/batch.xml
out=$tmp/out
ok "made" batch "tong-hop: 2 areas: 2 made, 0 unchanged, 0 failed" "$in" "$out"
ok "exact sums of the areas below" ask sums "$out/$made"
ok "which are those of the files" ask rows "$out/$made" "$tmp/in"
ok "their inputs are listed" ask inputs "$out/$made"
ok "the index leads to them" ask index "$out/$made"
ok "all areas are there" lacks 91 "chưa lập được"
cp -r "$out" "$tmp/first"

# ---- only what has changed ----

ok "again: nothing" batch "tong-hop: 2 areas: 0 made, 2 unchanged" "$in" "$out"
touch "$tmp"/in/* "$out/$made"/*/*/* "$out/$made"/index.*
ok "touched: nothing" batch "tong-hop: 2 areas: 0 made, 2 unchanged" "$in" "$out"
sed -i '/^90003;.*;1;Tổ dân phố 1;/s/;[0-9]*;[0-9]*;[0-9]*;số/;300;10;2;số/' "$tmp/in/chi-tieu.csv"
ok "a changed row: the area above it" batch "tong-hop: 2 areas: 1 made, 1 unchanged" "$in" "$out"
ok "exact again" ask sums "$out/$made"
ok "by the rows too" ask rows "$out/$made" "$tmp/in"
sed -i 's/^90003;\([^;]*\);1;Tổ dân phố 1;/90003;\1;1;Tổ dân phố Một;/' "$tmp/in/chi-tieu.csv"
ok "another name of a village: no sum is another" batch "tong-hop: 2 areas: 0 made, 2 unchanged" "$in" "$out"
sed -i '/^2;92;/s/;2026-03;/;2026-03-02;/' "$tmp/in/tinh.csv"
ok "a changed list of areas above: that one" batch "tong-hop: 2 areas: 1 made, 1 unchanged" "$in" "$out"
ok "and none below" batch "tinh-mau-2026: 6 areas: 0 made, 6 unchanged" "$in" "$out"
mkdir -p "$tmp/in/templates/plans"
sed 's/Chỉ tiêu của từng đơn vị như sau/Chỉ tiêu của các đơn vị như sau/' templates/plans/areas-summary.xml >"$tmp/in/templates/plans/areas-summary.xml"
ok "another text: all" batch "tong-hop: 2 areas: 2 made, 0 unchanged" "$in" "$out"
rm "$out/$made/summary/92/appendix.xlsx"
ok "a file that is gone" batch "tong-hop: 2 areas: 1 made, 1 unchanged" "$in" "$out"
rm "$out/$made/index.html"
ok "the index that is gone: nothing else" batch "tong-hop: 2 areas: 0 made, 2 unchanged" "$in" "$out"
ok "is there again" ask index "$out/$made"
printf x >>"$out/$made/index.xlsx"
ok "an index that is not whole: nothing else" batch "tinh-mau-2026: 6 areas: 0 made, 6 unchanged" "$in" "$out"
ok "is whole again" "$KEHOACH" lint "$out/$made/index.xlsx"

# ---- what is missing ----

cp "$tmp/in/chi-tieu.csv" "$tmp/whole.csv"
grep -v '^90013;' "$tmp/whole.csv" >"$tmp/in/chi-tieu.csv"
cp -r "$out" "$tmp/before"
ok "an area that cannot be made" is_code 1 batch "tong-hop: 2 areas: 1 made, 1 unchanged, 0 failed" "$in" "$out"
ok "is named above" says 92 "Còn 01 đơn vị chưa lập được kế hoạch: phường Đông Hưng"
ok "and is in no sum" ask sums "$out/$made" 90013
ok "by the rows too" ask rows "$out/$made" "$tmp/in" 90013
ok "the other is as it was" cmp "$tmp/before/$made/summary/91/plan.pdf" "$out/$made/summary/91/plan.pdf"
cp "$tmp/whole.csv" "$tmp/in/chi-tieu.csv"
ok "it can be made again" batch "tong-hop: 2 areas: 1 made, 1 unchanged, 0 failed" "$in" "$out"
ok "the same bytes" same "$tmp/before" "$out"
grep -v '^9001' "$tmp/whole.csv" >"$tmp/in/chi-tieu.csv"
ok "none of an area's can be made" is_code 1 batch "tong-hop: 2 areas: 0 made, 1 unchanged, 1 failed" "$in" "$out"
ok "is told" said_error 'tỉnh Mẫu Nam \(92\): the documents of no area below could be made'
cp "$tmp/whole.csv" "$tmp/in/chi-tieu.csv"
sed -i 's/;92;/;93;/' "$tmp/in/tinh.csv"
ok "an area above that is in no list" is_code 1 batch "tong-hop: 1 areas: " "$in" "$out"
ok "is told once" test "$(grep -c "no area of .*tinh.csv' has the code '92'" "$tmp/err")" = 1
ok "one that none is below" said_error 'tinh.csv: note: 1 areas of this list have none below them'
ok "both are told again" is_code 1 batch "tong-hop: 1 areas: 0 made, 1 unchanged" "$in" "$out"
ok "told again" said_error "has the code '92'"
sed -i 's/;93;/;92;/' "$tmp/in/tinh.csv"
sed -i 's/;90003;phường Tân Mỹ;/;90003;xã An Bình;/' "$tmp/in/xa.csv"
ok "two areas of one name" batch "tong-hop: 2 areas: 2 made" "$in" "$out"
ok "are told apart" says 91 "xã An Bình (90003)"
ok "exact sums of them" ask sums "$out/$made"

# ---- --strict ----

grep -v '^90002;' "$tmp/whole.csv" >"$tmp/in/chi-tieu.csv"
ok "strict: the first that fails ends the run" is_code 1 batch "6 areas: 1 made, 0 unchanged, 1 failed" "$in" "$tmp/strict" -j 1 --strict
ok "is told" said_error '\(90002\) could not be made, so with --strict nothing more is begun'
ok "no index, no summary" test ! -e "$tmp/strict/$made/index.html" -a ! -e "$tmp/strict/$made/summary" -a ! -e "$tmp/strict/$made/batch.json"
cp "$tmp/whole.csv" "$tmp/in/chi-tieu.csv"
ok "--resume goes on" batch "6 areas: 5 made, 1 unchanged, 0 failed" "$in" "$tmp/strict" --strict --resume
last_fails() { # workers
	grep -v '^90013;' "$tmp/whole.csv" >"$tmp/in/chi-tieu.csv"
	is_code 1 batch "6 areas: 5 made, 0 unchanged, 1 failed" "$in" "$tmp/strict-last$1" -j "$1" --strict &&
		[ ! -e "$tmp/strict-last$1/$made/index.html" ] && [ ! -e "$tmp/strict-last$1/$made/batch.json" ]
}
ok "strict: the last that fails ends it too" last_fails 1
ok "with several workers too" last_fails 6
behind() { # what others made meanwhile is not told
	grep -v '^90002;' "$tmp/whole.csv" >"$tmp/in/chi-tieu.csv"
	is_code 1 batch "6 areas: 1 made, 0 unchanged, 1 failed" "$in" "$tmp/strict-six" -j 6 --strict
}
ok "the first with several workers: the same is said" behind
cp "$tmp/whole.csv" "$tmp/in/chi-tieu.csv"
echo '99999;xã Lạ;1;Thôn 1;100;20;2;số liệu mẫu' >>"$tmp/in/chi-tieu.csv"
ok "strict: rows of nobody" is_code 1 batch "" "$in" "$tmp/strict-rows" --strict
ok "nothing is made" test -z "$(find "$tmp/strict-rows" -type f)"

# ---- two levels ----

cp -r fixtures/tinh-mau-2026 "$tmp/levels"
sed 's/for-each="province"/for-each="region"/; s/id="province"/id="region"/; s/id="tinh-mau-2026-tong-hop"/id="tinh-mau-2026-vung"/' "$tmp/levels/tinh.xml" >"$tmp/levels/vung.xml"
sed -i 's|  <summary .*|&\n  <summary href="vung.xml" field="parent_code"/>|' "$tmp/levels/batch.xml"
ok "codes that two levels have in common" batch "vung: 2 areas: 2 made, 0 unchanged, 0 failed" "$tmp/levels/batch.xml" "$tmp/two"
both() { # each level has its own documents
	for level in province region; do
		for code in 91 92; do [ -f "$tmp/two/$made/summary-$level/$code/plan.pdf" ] || return 1; done
	done
	[ "$(grep -o 'href="summary-[a-z]*/9[12]/plan.pdf"' "$tmp/two/$made/index.html" | sort -u | wc -l)" -eq 4 ]
}
ok "do not write over each other" both
ok "again: nothing of the one" batch "tong-hop: 2 areas: 0 made, 2 unchanged" "$tmp/levels/batch.xml" "$tmp/two"
ok "nor of the other" batch "vung: 2 areas: 0 made, 2 unchanged" "$tmp/levels/batch.xml" "$tmp/two"
leads() { # the index to the signed plan of a province as long as that is there
	above="$tmp/two/$made/summary-province/91"
	cp "$above/plan.pdf" "$above/plan.signed.pdf" && "$KEHOACH" batch "$tmp/levels/batch.xml" -o "$tmp/two" >/dev/null 2>&1
	grep -q 'href="summary-province/91/plan.signed.pdf"' "$tmp/two/$made/index.html" || return 1
	rm "$above/plan.signed.pdf" && "$KEHOACH" batch "$tmp/levels/batch.xml" -o "$tmp/two" >/dev/null 2>&1
	! grep -q 'plan.signed.pdf' "$tmp/two/$made/index.html"
}
ok "the index leads to what is signed, and no longer than it is there" leads
finish
