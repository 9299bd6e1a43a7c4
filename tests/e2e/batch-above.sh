#!/bin/sh
# How far the plans are, for the areas above: what is kept of the areas below is added up, what is missing is told, and only what has
# changed is made again.
. "$(dirname "$0")/batchlib.sh"
ask() {
	"$PYTHON" tests/e2e/batch_above.py "$@"
}
above="tong-hop, 2026-03"
month="--month 2026-03"
cp -r fixtures/tinh-mau-2026 "$tmp/in"
in=$tmp/in/batch.xml
out=$tmp/out
ok "made" batch "$above: 2 areas: 2 made, 0 unchanged, 0 failed; 0 findings" "$in" "$out" $month
ok "exact sums of what the areas sent" ask sums "$out/$made" "$tmp/in" 2026-03
ok "each area as its own workbook says" ask own "$out/$made" 2026-03
ok "the workbooks hold them" ask book "$out/$made" 2026-03
ok "their inputs are listed" ask inputs "$out/$made" 2026-03
ok "the index leads to them" ask index "$out/$made" 2026-03
sound() {
	for book in "$out/$made"/summary/*/progress-*.xlsx "$out/$made/index.xlsx"; do
		"$KEHOACH" lint "$book" || return 1
	done
}
ok "workbooks are sound" sound
validator=$root/out/ooxml/node_modules/.bin/ooxml-validator
[ ! -x "$validator" ] || ok "and valid" "$PYTHON" tests/e2e/ooxml.py "$validator" "$out/$made"/summary/*/progress-*.xlsx
ok "with one worker" batch "$above: 2 areas: 2 made" "$in" "$tmp/single" $month -j 1
ok "the same bytes" same "$out" "$tmp/single"
for period in 2026-01 2026-02 2026-Q1 2026-H1; do
	case $period in *-Q*) option=--quarter ;; *-H*) option=--half ;; *) option=--month ;; esac
	ok "$period" batch "tong-hop, $period: 2 areas: 2 made, 0 unchanged, 0 failed" "$in" "$out" $option $period
	ok "its sums" ask sums "$out/$made" "$tmp/in" $period
	ok "its areas" ask own "$out/$made" $period
done
levels() { # input, results, periods...: the same figures as of one job with all villages
	from=$1 results=$2
	shift 2
	for code in 91 92; do
		ask flat "$from" "$results.flat$code" $code || return 1
		for period; do
			case $period in *-Q*) option=--quarter ;; *-H*) option=--half ;; *) option=--month ;; esac
			"$KEHOACH" progress "$results.flat$code/job.xml" $option $period -o "$results.flat$code/out" &&
				ask total "$results.flat$code/out" "$results/$made" $code $period || return 1
		done
	done
}
ok "level by level as all at once" levels "$tmp/in" "$out" 2026-01 2026-02 2026-03 2026-Q1 2026-H1


# ---- sums since January ----

cp -r fixtures/tinh-mau-2026 "$tmp/upto"
ok "the same returns as sums since January" ask cumulative "$tmp/upto"
for period in 2026-02 2026-03; do
	ok "$period" batch "tong-hop, $period: 2 areas: 2 made, 0 unchanged, 0 failed" "$tmp/upto/batch.xml" "$tmp/since" --month $period
	ok "its areas" ask own "$tmp/since/$made" $period
done
ok "the first quarter" batch "tong-hop, 2026-Q1: 2 areas: 2 made, 0 unchanged, 0 failed" "$tmp/upto/batch.xml" "$tmp/since" --quarter 2026-Q1
ok "level by level as all at once" levels "$tmp/upto" "$tmp/since" 2026-02 2026-03 2026-Q1

# ---- plans by quarters ----

cp -r fixtures/tinh-mau-2026 "$tmp/phased"
sed -i 's|<progress template="poverty"/>|<progress template="poverty"><target of="reduced" table="poverty-targets" value="exits" quarters="exits/2 exits/4 exits/4 exits-exits"/></progress>|' "$tmp/phased/batch.xml"
for period in 2026-02 2026-03; do
	ok "$period" batch "tong-hop, $period: 2 areas: 2 made, 0 unchanged, 0 failed" "$tmp/phased/batch.xml" "$tmp/quarters" --month $period
	ok "its areas" ask own "$tmp/quarters/$made" $period
done
ok "level by level as all at once" levels "$tmp/phased" "$tmp/quarters" 2026-02 2026-03

# ---- only what has changed ----

unchanged="$above: 2 areas: 0 made, 2 unchanged"
ok "again: nothing" batch "$unchanged" "$in" "$out" $month
touch "$tmp"/in/* "$tmp"/in/thang/* "$out/$made"/*/*/*
ok "touched: nothing" batch "$unchanged" "$in" "$out" $month
ok "read again: nothing" batch "$unchanged" "$in" "$out" $month --verify
sed -i '/^90001;Thôn 2;/s/;số liệu mẫu/;đã kiểm tra/' "$tmp/in/thang/bao-cao-2026-03.csv"
ok "a remark in a return: its area" batch "2026-03: 6 areas: 1 made, 5 unchanged" "$in" "$out" $month
ok "and none above" batch "$unchanged" "$in" "$out" $month
sed -i '/^90001;Thôn 2;/s/;1;0;0;/;2;0;0;/' "$tmp/in/thang/bao-cao-2026-03.csv"
ok "a figure in a return: the area above it" batch "$above: 2 areas: 1 made, 1 unchanged" "$in" "$out" $month
ok "and no summary of plans" batch "tong-hop: 2 areas: 0 made, 2 unchanged" "$in" "$out" $month
ok "its sums" ask sums "$out/$made" "$tmp/in" 2026-03
sed -n '1p; s/^\(90011;Thôn 3;\)3\/4\/2026;0/\120\/4\/2026;1/p' fixtures/tinh-mau-2026/thang/bao-cao-2026-03.csv >"$tmp/in/thang/dinh-chinh-2026-03.csv"
ok "a correction" batch "$above: 2 areas: 1 made, 1 unchanged" "$in" "$out" $month
ok "its sums" ask sums "$out/$made" "$tmp/in" 2026-03
rm "$out/$made/summary/91/progress-2026-03.xlsx"
ok "a workbook that is gone" batch "$above: 2 areas: 1 made, 1 unchanged" "$in" "$out" $month
ok "with the brief: all" batch "$above: 2 areas: 2 made" "$in" "$out" $month --pdf
ok "it can be archived" "$KEHOACH" lint --require "$out/$made/summary/91/progress-2026-03.pdf"
ok "is one page" test "$(pdfinfo "$out/$made/summary/91/progress-2026-03.pdf" | sed -n 's/^Pages: *//p')" = 1

# ---- remarks of before ----

remark() {
	"$PYTHON" tests/e2e/progress_remarks.py add "$out/$made/summary/91/progress-2026-02.xlsx" "$tmp/typed.xlsx" "xã Hòa Lộc" "đã nhắc" &&
		cp "$tmp/typed.xlsx" "$out/$made/summary/91/progress-2026-02.xlsx"
}
ok "a remark of February" remark
ok "March" batch "$above: 2 areas: 2 made, 0 unchanged, 0 failed" "$in" "$out" $month --previous "$out"
carried() {
	"$PYTHON" tests/e2e/progress_remarks.py show "$out/$made/summary/91/progress-2026-03.xlsx" | grep -q "2/2026: đã nhắc"
}
ok "has it" carried
ok "again: nothing" batch "$unchanged" "$in" "$out" $month --previous "$out"

# ---- parts ----

for k in 1 2; do ok "part $k of 2" batch "0 failed" "$in" "$tmp/parts" --shard $k/2 $month; done
ok "no part has any" test ! -e "$tmp/parts/$made/summary"
ok "joined" "$KEHOACH" batch --merge "$tmp/parts"
batch "" "$in" "$tmp/whole" $month
ok "the same bytes" same "$tmp/whole" "$tmp/parts"
ok "a later run: nothing" batch "$unchanged" "$in" "$tmp/parts" $month

# ---- what is missing ----

rm "$tmp/in/thang/dinh-chinh-2026-03.csv"
sed -i '/^90002;/d' "$tmp"/in/thang/*.csv
sed -i 's|^90013;Tổ dân phố 3;3/4/2026;0;|90013;Tổ dân phố 3;3/4/2026;-7;|' "$tmp/in/thang/bao-cao-2026-03.csv"
ok "one that sent nothing, one that cannot be made" is_code 1 batch "$above: 2 areas: 2 made, 0 unchanged, 0 failed" "$in" "$tmp/lacks" $month --pdf
ok "are in no sum" ask sums "$tmp/lacks/$made" "$tmp/in" 2026-03 90013
ok "the workbooks say it" ask book "$tmp/lacks/$made" 2026-03
says() { # area above, words
	pdftotext "$tmp/lacks/$made/summary/$1/progress-2026-03.pdf" - | tr '\n' ' ' >"$tmp/text"
	grep -qF "$2" "$tmp/text" || { cat "$tmp/text"; return 1; }
}
ok "who sent nothing is named" says 91 "01 địa bàn chưa báo cáo trong tháng: xã Hòa Lộc."
ok "who sent a part is named" says 92 "02 địa bàn có báo cáo tháng nhưng chưa đủ: xã An Bình; xã Phú Sơn."
ok "who could not be made is named" says 92 "01 địa bàn chưa lập được sổ theo dõi, số liệu chưa có trong báo cáo này: phường Đông Hưng."
cp -r fixtures/tinh-mau-2026 "$tmp/two"
sed -i '0,/^90001;/s/^\(90001;[^;]*;1;[^;]*;\)[0-9]*;/\1abc;/' "$tmp/two/chi-tieu.csv"
sed -i 's|^\(90003;.*/4/2026;\)[0-9]*;|\1-7;|' "$tmp/two/thang/bao-cao-2026-03.csv"
ok "two of three: one without a plan, one without its progress" is_code 1 batch "$above: 2 areas: 2 made, 0 unchanged, 0 failed" "$tmp/two/batch.xml" "$tmp/lacks" $month --pdf
ok "both are named" grep -qx "tinh-mau-2026, 2026-03: not made: 90001, 90003" "$tmp/summary"
ok "nothing is on track, and shares are of the same areas" ask sums "$tmp/lacks/$made" fixtures/tinh-mau-2026 2026-03 90001 90003
ok "the brief says whose plan it is" says 91 "kế hoạch năm của 1/3 địa bàn đã lập được sổ theo dõi"
rm -rf "$tmp/lacks"
batch "" "$in" "$tmp/lacks" $month --pdf
ok "the others can be made again" is_code 1 batch "$above: 2 areas: 2 made, 0 unchanged" "$in" "$tmp/lacks" $month
sed -i 's|^\(9001.;.*/4/2026;\)-*[0-9]*;|\1-1;|' "$tmp/in/thang/bao-cao-2026-03.csv"
ok "none of an area's can be made" is_code 1 batch "$above: 2 areas: 0 made, 1 unchanged, 1 failed" "$in" "$tmp/lacks" $month
ok "is told" said_error 'tỉnh Mẫu Nam \(92\): the progress of no area below could be made'
ok "and that what lies there is older" said_error "warning: tỉnh Mẫu Nam \(92\) could not be made"
ok "the index says it" ask index "$tmp/lacks/$made" 2026-03 92
ok "strict: nothing above" is_code 1 batch "" "$in" "$tmp/strict" $month --strict
ok "is there" test -z "$(find "$tmp/strict/$made/summary" -name 'progress*')"
grep -v '^9001[123];' fixtures/tinh-mau-2026/chi-tieu.csv >"$tmp/in/chi-tieu.csv"
ok "without its plans there is none either" is_code 1 batch "$above: 2 areas: 1 made, 0 unchanged, 1 failed" "$in" "$tmp/unplanned" $month

# ---- a name that no font can print ----

cp -r fixtures/tinh-mau-2026 "$tmp/glyph"
sed -i 's/;xã Hòa Lộc;/;xã Hòa 🏠 Lộc;/' "$tmp/glyph/xa.csv"
sed -i 's|^90012;\(.*\)/4/2026;[0-9]*;|90012;\1/4/2026;-7;|' "$tmp/glyph/thang/bao-cao-2026-03.csv"
ok "its area alone" is_code 1 batch "2026-03: 6 areas: 4 made, 0 unchanged, 2 failed" "$tmp/glyph/batch.xml" "$tmp/glyphs" $month --pdf
ok "is told at its row" said_error "xa.csv:3:3: error: the font has no character U\+1F3E0"
ok "its row is told beside the other" grep -qx "tinh-mau-2026, 2026-03: not made: 90012, and 1 rows of the list that have faults" "$tmp/summary"
ok "the areas above are made" grep -q "$above: 2 areas: 2 made, 0 unchanged, 0 failed" "$tmp/summary"

# ---- another template, damage ----

rm -rf "$tmp/in"
cp -r fixtures/tinh-mau-2026 "$tmp/in"
mkdir "$tmp/in/templates/progress"
sed 's/id="poverty"/id="khac"/' templates/progress/poverty.xml >"$tmp/in/templates/progress/khac.xml"
sed -i 's/template="poverty"/template="khac"/' "$tmp/in/tinh.xml"
ok "another template above" is_code 1 batch "$above: 2 areas: 0 made, 0 unchanged, 2 failed" "$in" "$tmp/other" $month
ok "is told" said_error "tinh.xml:.* the progress of .* was followed by the template 'poverty' over 'monthly-returns', here it is 'khac'"
cp fixtures/tinh-mau-2026/tinh.xml "$tmp/in/"
ok "the same again" batch "$above: 2 areas: 2 made" "$in" "$tmp/other" $month
state=$tmp/other/$made/batch-2026-03.json
sed -i 's/"values":\["poverty monthly-returns 4 3 0\\nm 4 /"values":["poverty monthly-returns 4 3 0\\nm x /' "$state"
sealed "$state"
ok "what is kept is damaged" is_code 1 batch "$above: 2 areas: 0 made, 1 unchanged, 1 failed" "$in" "$tmp/other" $month
ok "is told" said_error "what was kept of the progress of .* cannot be read"
rm "$state"
ok "and made again" batch "$above: 2 areas: 1 made, 1 unchanged, 0 failed" "$in" "$tmp/other" $month
sed -i '/<progress .*list=/d' "$tmp/in/tinh.xml"
ok "a summary that does not ask for it" batch "2026-03: 6 areas: 6 made" "$in" "$tmp/unasked" $month
ok "has none" test -z "$(find "$tmp/unasked/$made/summary" -name 'progress*')"
finish
