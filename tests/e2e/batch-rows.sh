#!/bin/sh
# Rows with faults, of the list and of sources: their areas are left out, and all others are as they are without such rows.
. "$(dirname "$0")/batchlib.sh"
ok "without faults" batch "6 areas: 6 made" $job "$tmp/one" --only text
in=$tmp/in/batch.xml
fresh() {
	rm -rf "$tmp/in" "$tmp/out"
	cp -r fixtures/tinh-mau-2026 "$tmp/in"
}
others() { # codes of areas that are made, and those only
	for code; do
		cmp "$tmp/one/$made"/*/"$code/plan.txt" "$tmp/out/$made"/*/"$code/plan.txt" || return 1
	done
	[ "$(ls "$tmp/out/$made"/9*/*/plan.txt | wc -l)" -eq $# ]
}
nothing() {
	[ -z "$(find "$tmp/out" -type f)" ] || { find "$tmp/out"; return 1; }
}

# ---- the list ----

fresh
{
	echo '7;a/b;xã Bảy;Bảy;91;tỉnh Mẫu Bắc;1;2026-02-10;CHỦ TỊCH;A;'
	echo '8;90001;xã Tám;Tám;91;tỉnh Mẫu Bắc;1;2026-02-10;CHỦ TỊCH;A;'
	printf '9;90077;"xã Chín\n10;90078;xã M\377;M;91;tỉnh Mẫu Bắc;1;2026-02-10;CHỦ TỊCH;A;\n'
	echo ';;xã Mười;Mười;91;tỉnh Mẫu Bắc;1;2026-02-10;CHỦ TỊCH;A;'
	printf '11;%04000d;xã Dài;Dài;91;tỉnh Mẫu Bắc;1;2026-02-10;CHỦ TỊCH;A;\n' 1
} >>"$tmp/in/xa.csv"
ok "faults of the list, strictly" is_code 1 batch "" "$in" "$tmp/out" --only text --strict
ok "make nothing" nothing
ok "faults of the list" is_code 1 batch "12 areas: 5 made, 0 unchanged, 7 failed" "$in" "$tmp/out" --only text
ok "the others are made" others 90002 90003 90011 90012 90013
ok "no code of a folder" said_error "xa.csv:8:2: error: 'a/b' is no code"
ok "a code twice" said_error "xa.csv:9:3: error: .*already.*\[duplicate\]"
ok "an open quote" said_error "xa.csv:10: error: this row of the list of areas cannot be read: a quote"
ok "a byte of no text" said_error "xa.csv:11: error: this row of the list of areas cannot be read: it has bytes"
ok "no code" said_error "xa.csv:12:2: error: .*\[empty-key\]"
ok "a long code is cut" said_error "xa.csv:13:2: error: '0{40}\.\.\.' is no code"
ok "they are counted" said_error "xa.csv: error: 7 rows of the list"
ok "rows of a source with such a code are not told too" is_code 1 said_error "chi-tieu.csv"
ok "again: the same is told" is_code 1 batch "12 areas: 0 made, 5 unchanged, 7 failed" "$in" "$tmp/out" --only text
fresh
sed -i '2,$s/;9\([0-9]*\);/;9.\1;/' "$tmp/in/xa.csv"
ok "no area is left" is_code 1 batch "" "$in" "$tmp/out" --only text
ok "which is told" said_error 'xa.csv: error: so no area is left, and nothing is made'

# ---- sources ----

fresh
sed -i '3s/Thôn/"Thôn/; 9s/Thôn/Th\x00ôn/' "$tmp/in/chi-tieu.csv"
printf '90013;NHA-XAY;\377;;;;;;\n"90013";"9"0;;;;;;;\n"9001"1;;;;;;;;\n' >>"$tmp/in/kinh-phi.csv"
ok "faults of sources, strictly" is_code 1 batch "" "$in" "$tmp/out" --only text --strict
ok "make nothing" nothing
ok "faults of sources" is_code 1 batch "6 areas: 3 made, 0 unchanged, 3 failed" "$in" "$tmp/out" --only text
ok "the others are made" others 90003 90011 90012
ok "an open quote" said_error 'chi-tieu.csv:3: error: xã An Bình \(90001\) is left out, since this row of it cannot be read: a quote'
ok "a zero byte" said_error 'chi-tieu.csv:9: error: xã Hòa Lộc \(90002\) is left out.*bytes'
ok "a byte of no text" said_error 'kinh-phi.csv:[0-9]+: error: phường Đông Hưng \(90013\) is left out.*bytes'
ok "a row whose code cannot be read" said_error 'kinh-phi.csv:[0-9]+: error: this row is in no plan, since neither'
ok "again: the same" is_code 1 batch "6 areas: 0 made, 3 unchanged, 3 failed" "$in" "$tmp/out" --only text
many() { # of one kind
	fresh
	awk 'BEGIN { for (i = 0; i < 30; i++) print "90013;Tổ " i ";\"a\"b;;;;;"; printf "90012;Thôn;%0200000d;;;;;\n", 1 }' >>"$tmp/in/chi-tieu.csv"
	is_code 1 batch "6 areas: 4 made, 0 unchanged, 2 failed" "$in" "$tmp/out" --only text && said_error '30 rows in all cannot be read: a quote' &&
		said_error '\(90012\) is left out.*longer than a row may be' && [ "$(wc -l <"$tmp/err")" -eq 22 ]
}
ok "many: some are told, all are counted" many
twice() { # a value in a row of XML, the first one
	rm -rf "$tmp/out"
	"$PYTHON" tests/e2e/batch.py forms fixtures/tinh-mau-2026 "$tmp/forms" || return 1
	sed -i '2s|</thon>|<so-ho>9</so-ho></thon>|' "$tmp/forms/xml/chi-tieu.xml"
	is_code 1 batch "6 areas: 5 made, 0 unchanged, 1 failed" "$tmp/forms/xml/batch.xml" "$tmp/out" --only text &&
		said_error 'chi-tieu.xml:2: error: xã An Bình \(90001\) is left out.*of one name twice'
}
ok "a value twice in a row of XML" twice
fresh
sed -i '2s/^[^;]*;/"/' "$tmp/in/muc-tieu.csv"
ok "a source of all areas" is_code 1 batch "" "$in" "$tmp/out" --only text
ok "stops all, which is told" said_error 'muc-tieu.csv: error: this cannot be divided .* nothing is made'
ok "and it does" nothing
finish
