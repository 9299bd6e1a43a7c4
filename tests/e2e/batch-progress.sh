#!/bin/sh
# How far the plans of many areas are: workbooks beside the plans, each as if made alone, and only what has changed made again.
. "$(dirname "$0")/batchlib.sh"
ask() {
	"$PYTHON" tests/e2e/batch_progress.py "$@"
}
cp -r fixtures/tinh-mau-2026 "$tmp/in"
in=$tmp/in/batch.xml
out=$tmp/out
ok "plans alone" batch "tinh-mau-2026: 6 areas: 6 made" "$in" "$out"
ok "a month" batch "2026-02: 6 areas: 6 made, 0 unchanged, 0 failed; 0 findings" "$in" "$out" --month 2026-02
ok "the plans are as they were" batch "tinh-mau-2026: 6 areas: 0 made, 6 unchanged" "$in" "$out" --month 2026-02
ok "again: nothing" batch "2026-02: 6 areas: 0 made, 6 unchanged" "$in" "$out" --month 2026-02
ok "all at once" batch "2026-02: 6 areas: 6 made" "$in" "$tmp/one" --month 2026-02 -j 1
ok "the same bytes" same "$out" "$tmp/one"
ok "each as if made alone" ask alone fixtures/tinh-mau-2026 "$tmp/alone" "$out/$made"
ok "the index leads to them" ask index "$out/$made"
sound() {
	for book in "$out/$made"/9*/*/progress-*.xlsx; do
		"$KEHOACH" lint "$book" || return 1
	done
}
ok "workbooks are sound" sound
ok "manifests hold" ask manifests "$out/$made"
touch "$tmp"/in/* "$tmp"/in/thang/* "$out/$made"/9*/*/*
ok "touched: nothing" batch "2026-02: 6 areas: 0 made, 6 unchanged" "$in" "$out" --month 2026-02
sed -i '/^90001;Thôn 2;/s/;\([0-9]*\);\([0-9]*\);\([0-9]*\);số/;2;\2;\3;số/' "$tmp/in/thang/bao-cao-2026-01.csv"
ok "a changed return: its area" batch "2026-02: 6 areas: 1 made, 5 unchanged" "$in" "$out" --month 2026-02
ok "and no plan" batch "tinh-mau-2026: 6 areas: 0 made, 6 unchanged" "$in" "$out" --month 2026-02
ok "another period" batch "2026-Q1: 6 areas: 6 made" "$in" "$out" --quarter 2026-Q1
ok "the first is there still" batch "2026-02: 6 areas: 0 made, 6 unchanged" "$in" "$out" --month 2026-02
sed 's/2026$/2026/' "$tmp/in/thang/bao-cao-2026-03.csv" | head -4 >"$tmp/in/thang/bao-cao-2026-04.csv"
ok "one more file: all that may be in it" batch "2026-02: 6 areas: 6 made" "$in" "$out" --month 2026-02
rm "$tmp/in/thang/bao-cao-2026-04.csv" "$out/$made/91/90002/progress-2026-02.xlsx"
batch "" "$in" "$out" --month 2026-02
rm "$out/$made/91/90002/progress-2026-02.xlsx"
ok "a workbook that is gone" batch "2026-02: 6 areas: 1 made, 5 unchanged" "$in" "$out" --month 2026-02
sed -i '/^90013;.*;1;Tổ dân phố 1;/s/;[0-9]*;[0-9]*;[0-9]*;số/;100;200;2;số/' "$tmp/in/chi-tieu.csv"
ok "an area without a plan" is_code 1 batch "2026-02: 6 areas: 0 made, 5 unchanged, 1 failed" "$in" "$out" --month 2026-02
ok "is told once" test -z "$(grep 90013 "$tmp/err" | sort | uniq -d)" -a "$(grep -c 'error: .*90013' "$tmp/err")" -gt 0
cp fixtures/tinh-mau-2026/chi-tieu.csv "$tmp/in/"
echo '99999;Thôn 1;4/2/2026;1;0;0;số liệu mẫu' >>"$tmp/in/thang/bao-cao-2026-01.csv"
ok "a return of nobody: the others" is_code 1 batch "2026-02: 6 areas: " "$in" "$out" --month 2026-02
ok "is told" said_error "bao-cao-2026-01.csv:[0-9]+:1: error: no area of the list has the code '99999'"
ok "and told again" is_code 1 batch "2026-02: 6 areas: 0 made, 6 unchanged" "$in" "$out" --month 2026-02

# ---- nobody has reported ----

rm -rf "$tmp/in"
cp -r fixtures/tinh-mau-2026 "$tmp/in"
sed -i '/^90001;/d' "$tmp"/in/thang/*.csv
ok "an area that has sent no return" batch "2026-03: 6 areas: 6 made, 0 unchanged, 0 failed" "$in" "$tmp/silent" --month 2026-03
ok "its figures are missing" ask silent "$tmp/silent/$made/91/90001/figures-2026-03.json"
ok "its workbook is sound" "$KEHOACH" lint "$tmp/silent/$made/91/90001/progress-2026-03.xlsx"
sed -i 1q "$tmp"/in/thang/*.csv
ok "nobody at all" batch "2026-03: 6 areas: 5 made, 1 unchanged, 0 failed" "$in" "$tmp/silent" --month 2026-03

# ---- progress that could not be made ----

cp fixtures/tinh-mau-2026/thang/*.csv "$tmp/in/thang/"
ok "all of them" batch "2026-03: 6 areas: 6 made" "$in" "$tmp/failed" --month 2026-03
sed -i 's|^90001;Thôn 3;5/4/2026;0;|90001;Thôn 3;5/4/2026;-7;|' "$tmp/in/thang/bao-cao-2026-03.csv"
ok "then one less" is_code 1 batch "2026-03: 6 areas: 0 made, 5 unchanged, 1 failed" "$in" "$tmp/failed" --month 2026-03
unfollowed() {
	page=$tmp/failed/$made/index.html
	[ "$(grep -c 'Tiến độ 2026-03: chưa lập được' "$page")" -eq 1 ] && ! grep -q 'href="91/90001/progress-2026-03' "$page" && grep -q 'href="91/90002/progress-2026-03.xlsx"' "$page"
}
ok "the index says it, and does not lead to what is there of before" unfollowed

# ---- the brief, remarks of before ----

rm -rf "$tmp/in" "$out"
cp -r fixtures/tinh-mau-2026 "$tmp/in"
cp -r "$tmp/one" "$out"
area=$out/$made/91/90001
last=$(ls "$area"/progress-2026-02.xlsx)
say() { # who, remark: typed into the workbook of an area
	"$PYTHON" tests/e2e/progress_remarks.py add "$last" "$tmp/typed.xlsx" "$1" "$2" && cp "$tmp/typed.xlsx" "$last"
}
ok "a remark of February" say "Thôn 2" "đã đôn đốc"
ok "the brief of March, and remarks" batch "2026-03: 6 areas: 6 made, 0 unchanged, 0 failed" "$in" "$out" --month 2026-03 --pdf --previous "$out"
ok "the plans are as they were" batch "tinh-mau-2026: 6 areas: 0 made, 6 unchanged" "$in" "$out" --month 2026-03 --pdf --previous "$out"
ok "again: nothing" batch "2026-03: 6 areas: 0 made, 6 unchanged" "$in" "$out" --month 2026-03 --pdf --previous "$out"
ok "the brief can be archived" "$KEHOACH" lint --require "$area/progress-2026-03.pdf"
carried() {
	"$PYTHON" tests/e2e/progress_remarks.py show "$area/progress-2026-03.xlsx" >"$tmp/shown"
	grep -q "2/2026: đã đôn đốc" "$tmp/shown" || { cat "$tmp/shown"; return 1; }
}
ok "the remark is in the workbook of March" carried
ok "the index leads to the brief" grep -q 'href="91/90001/progress-2026-03.pdf"' "$out/$made/index.html"
alone_too() { # what kehoach progress makes of the same area
	"$KEHOACH" progress "$tmp/alone/jobs/90001/job.xml" --month 2026-03 --pdf --previous "$last" -o "$tmp/alone-out" &&
		cmp "$tmp/alone-out/$made/progress-2026-03.pdf" "$area/progress-2026-03.pdf"
}
ok "as if made alone" alone_too
ok "another remark" say "Thôn 1" "chậm vì mưa"
ok "makes this area again" batch "2026-03: 6 areas: 1 made, 5 unchanged" "$in" "$out" --month 2026-03 --pdf --previous "$out"
ok "without remarks and brief: all" batch "2026-03: 6 areas: 6 made" "$in" "$out" --month 2026-03
ok "the brief is gone" test ! -e "$area/progress-2026-03.pdf"
rm "$out/$made/92/90011"/progress-2026-0[12].xlsx
ok "an area without a workbook of before" batch "2026-03: 6 areas: 6 made, 0 unchanged, 0 failed" "$in" "$out" --month 2026-03 --previous "$out"
ok "is told" said_error "note: 1 areas have no progress workbook here of a period before 2026-03"
ok "no workbook of before at all" is_code 1 batch "" "$in" "$out" --month 2026-01 --previous "$out"
ok "is told" said_error "error: there is no progress workbook of the job 'tinh-mau-2026' of a period before 2026-01"
# ---- the day of the briefs ----

cp -r fixtures/tinh-mau-2026 "$tmp/dated"
sed -i '/^90002;Thôn 1;/d' "$tmp/dated/thang/bao-cao-2026-03.csv"
dated() { # day, what the summary says of progress, exit code
	is_code 0 batch "$2" "$tmp/dated/batch.xml" "$tmp/days" --month 2026-03 --pdf ${1:+--date} $1
}
brief_has() { # area, words
	pdftotext "$tmp/days/$made/$1/progress-2026-03.pdf" - | tr '\n' ' ' >"$tmp/text"
	grep -qF "$2" "$tmp/text" || { cat "$tmp/text"; return 1; }
}
overdue() { # days that an area is behind, two of whose returns never came
	"$PYTHON" -c 'import json, sys
table, = (t for t in json.load(open(sys.argv[1]))["tables"] if t["id"] == "progress-returns")
row, = (r for r in table["rows"] if r["key"] == "90002")
print(next(c["value"] for c in row["cells"] if c["column"] == "late_days"))' "$tmp/days/$made/summary/91/figures-2026-03.json"
}
ok "without a day" dated "" "2026-03: 6 areas: 6 made"
before=$(overdue)
ok "a day: all" dated 2026-04-25 "2026-03: 6 areas: 6 made"
ok "and all above" grep -q "tong-hop, 2026-03: 2 areas: 2 made" "$tmp/summary"
ok "an area's brief has it" brief_has 91/90002 "ngày 25 tháng 4 năm 2026"
ok "that of the area above" brief_has summary/91 "ngày 25 tháng 4 năm 2026"
ok "what never came is overdue until then" test "$(overdue)" = "$((before + 2 * 20))"
ok "the same day: nothing" dated 2026-04-25 "2026-03: 6 areas: 0 made, 6 unchanged"
ok "nothing above" grep -q "tong-hop, 2026-03: 2 areas: 0 made, 2 unchanged" "$tmp/summary"
ok "another day: all" dated 2026-04-26 "2026-03: 6 areas: 6 made"
ok "a day before the period" is_code 2 batch "" "$tmp/dated/batch.xml" "$tmp/days" --month 2026-03 --date 2026-02-28
ok "is told" said_error "error: --date 2026-02-28 is before 2026-03 begins"
ok "no period" is_code 2 batch "" "$in" "$out" --pdf

# ---- files of each area alone ----

own() { # the same returns, a folder for each area
	cp -r fixtures/tinh-mau-2026 "$tmp/own"
	for code in 90001 90002 90003 90011 90012 90013; do
		mkdir -p "$tmp/own/tra/$code"
		for file in fixtures/tinh-mau-2026/thang/*.csv; do
			grep -E "^(Mã xã|$code);" "$file" | cut -d';' -f2- >"$tmp/own/tra/$code/${file##*/}"
			[ "$(wc -l <"$tmp/own/tra/$code/${file##*/}")" -gt 1 ] || rm "$tmp/own/tra/$code/${file##*/}"
		done
	done
	sed -i 's|href="thang/\*.csv" by="Mã xã"|href="tra/{code}/*.csv"|' "$tmp/own/batch.xml"
}
ok "a folder of returns for each area" own
ok "made" batch "2026-03: 6 areas: 6 made, 0 unchanged, 0 failed" "$tmp/own/batch.xml" "$tmp/own-out" --month 2026-03
ok "again: nothing" batch "2026-03: 6 areas: 0 made, 6 unchanged" "$tmp/own/batch.xml" "$tmp/own-out" --month 2026-03
cp "$tmp/own/tra/90003/bao-cao-2026-03.csv" "$tmp/own/tra/90003/bao-cao-2026-04.csv"
ok "one more file: its area" batch "2026-03: 6 areas: 1 made, 5 unchanged" "$tmp/own/batch.xml" "$tmp/own-out" --month 2026-03
finish
