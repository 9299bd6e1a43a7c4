#!/bin/sh
# What differs between two folders of results: every figure that was changed and no other, as text, JSON and a workbook.
. "$(dirname "$0")/lib.sh"
made=tinh-mau-2026
validator=$root/out/ooxml/node_modules/.bin/ooxml-validator

differs() { # wanted exit code, arguments...: what it says is in $tmp/said and $tmp/err
	want=$1
	shift
	"$KEHOACH" diff "$@" >"$tmp/said" 2>"$tmp/err"
	[ $? -eq "$want" ] || { cat "$tmp/said" "$tmp/err"; return 1; }
}
says() { # fixed text
	grep -qF -- "$1" "$tmp/said" || { cat "$tmp/said" "$tmp/err"; return 1; }
}
error() { # fixed text
	grep -qF -- "$1" "$tmp/err" || { cat "$tmp/said" "$tmp/err"; return 1; }
}
check() {
	"$PYTHON" tests/e2e/diff.py "$@"
}

cp -r fixtures/tinh-mau-2026 "$tmp/in"
"$KEHOACH" batch "$tmp/in/batch.xml" -o "$tmp/old" >/dev/null 2>&1
sed -i '/^90003;.*;1;Tổ dân phố 1;/s/;[0-9]*;[0-9]*;[0-9]*;số/;300;10;2;số/' "$tmp/in/chi-tieu.csv"
"$KEHOACH" batch "$tmp/in/batch.xml" -o "$tmp/new" >/dev/null 2>&1

ok "nothing differs" differs 0 "$tmp/old" "$tmp/old"
ok "which is said" says "8 areas compared, 0 differ"
ok "a changed row" differs 1 "$tmp/old/$made" "$tmp/new/$made"
ok "its area and its province" says "8 areas compared, 2 differ: "
ok "its area by name" says "91/90003 (phường Tân Mỹ): "
ok "its figure" says "  poverty-targets, Tổ dân phố 1, Số hộ: 173 -> 300 (+127)"
ok "as JSON" differs 1 "$tmp/old/$made" "$tmp/new/$made" --format=json -o "$tmp/diff.xlsx"
cp "$tmp/said" "$tmp/said.json"
ok "each figure that differs, and no other" check json "$tmp/old/$made" "$tmp/new/$made" "$tmp/said.json"
ok "as a workbook" check sheet "$tmp/diff.xlsx" "$tmp/said.json"
ok "which is sound" "$KEHOACH" lint "$tmp/diff.xlsx"
if [ -x "$validator" ]; then
	ok "and valid" "$PYTHON" tests/e2e/ooxml.py "$validator" "$tmp/diff.xlsx"
else
	echo "# the validator of workbooks is not installed: .ci/setup test"
fi
"$KEHOACH" diff "$tmp/old/$made" "$tmp/new/$made" -o "$tmp/again.xlsx" >/dev/null
ok "the same bytes again" cmp "$tmp/diff.xlsx" "$tmp/again.xlsx"
ok "the other way round" differs 1 "$tmp/new/$made" "$tmp/old/$made" --format=json
ok "each figure again" check json "$tmp/new/$made" "$tmp/old/$made" "$tmp/said"
ok "with all words" differs 1 "$tmp/old/$made" "$tmp/new/$made" --words --format json
LANG=vi_VN.UTF-8 LC_ALL=vi_VN.UTF-8 "$KEHOACH" diff "$tmp/old" "$tmp/new" >"$tmp/said"
ok "in Vietnamese" says "đã so sánh 8 đơn vị, 2 đơn vị khác nhau"

# ---- areas that only one side has ----

cp -r "$tmp/new" "$tmp/less"
rm -r "$tmp/less/$made/92/90012"
ok "an area less" differs 1 "$tmp/new" "$tmp/less"
ok "is said" says "$made/92/90012 (xã Phú Sơn): only in the old folder, "
ok "an area more" differs 1 "$tmp/less" "$tmp/new" --format=json -o "$tmp/more.xlsx"
ok "is said too" says '"change":"area-added","figures":'
ok "its workbook is sound" "$KEHOACH" lint "$tmp/more.xlsx"
ok "nothing differs: a workbook too" differs 0 "$tmp/new" "$tmp/new" -o "$tmp/none.xlsx"
ok "which is sound" "$KEHOACH" lint "$tmp/none.xlsx"

# ---- what lies there of earlier runs ----

cp -r "$tmp/in" "$tmp/in2"
sed -i '/^90012;/d; s/^90002;\(.*\);Thôn 2;281;3;/90002;\1;Thôn 2;281;-3;/' "$tmp/in2/chi-tieu.csv"
sed -i '/;90011;/d; s/^90012;/&/' "$tmp/in2/xa.csv"
cp -r "$tmp/new" "$tmp/rerun"
"$KEHOACH" batch "$tmp/in2/batch.xml" -o "$tmp/rerun" >/dev/null 2>&1
"$KEHOACH" batch "$tmp/in2/batch.xml" -o "$tmp/fresh" >/dev/null 2>&1
ok "a fresh folder, and one where an earlier run was" differs 0 "$tmp/fresh" "$tmp/rerun"
ok "areas that could not be made are told" error "rerun/$made/91/90002/figures.json: warning: xã Hòa Lộc could not be made"
ok "and those that are no longer listed" error "1 folders of areas here are not in batch.json"
differs 1 "$tmp/new" "$tmp/fresh" --format=json
cp "$tmp/said" "$tmp/said.fresh"
ok "the same against an earlier state" differs 1 "$tmp/new" "$tmp/rerun" --format=json
ok "to the byte" cmp "$tmp/said" "$tmp/said.fresh"

# ---- progress of the areas of a batch, and of those above ----

cp -r fixtures/tinh-mau-2026 "$tmp/in3"
for results in month same; do
	"$KEHOACH" batch "$tmp/in3/batch.xml" -o "$tmp/$results" --month 2026-03 >/dev/null 2>&1
done
ok "a month, twice the same: nothing differs" differs 0 "$tmp/month" "$tmp/same"
ok "with plans and progress of all areas" says "16 areas compared, 0 differ"
ok "and without a word" test ! -s "$tmp/err"
sed -i '/^90012;Thôn 3;/s/;1;0;0;/;2;0;0;/' "$tmp/in3/thang/bao-cao-2026-03.csv"
"$KEHOACH" batch "$tmp/in3/batch.xml" -o "$tmp/return" --month 2026-03 >/dev/null 2>&1
ok "another return" differs 1 "$tmp/month/$made" "$tmp/return/$made"
ok "its area and its province" says "16 areas compared, 2 differ: "
ok "the area's progress" says "92/90012 (xã Phú Sơn) 2026-03: "
ok "the province's" says "summary/92 (tỉnh Mẫu Nam) 2026-03: "
ok "nothing else is said" test ! -s "$tmp/err"
ok "rows of one label are told apart: in the month" says "  progress-months, Hộ thoát nghèo [exits/month], T3: 2 -> 3 (+1)"
ok "and since January" says "  progress-months, Hộ thoát nghèo [exits/done], T3: 3 -> 4 (+1)"
ok "a village of one indicator" says "  progress-areas, Thôn 3 [exits/thôn 3], Thực hiện, Lũy kế: 1 -> 2 (+1)"
ok "the only one of its label by that alone" says "  progress-ranking, Thôn 3, Lũy kế thực hiện (hộ): 1 -> 2 (+1)"
ok "as JSON, and as a workbook" differs 1 "$tmp/month/$made" "$tmp/return/$made" --format=json -o "$tmp/month.xlsx"
ok "each figure of both" check json "$tmp/month/$made" "$tmp/return/$made" "$tmp/said"
ok "which the workbook tells apart" check sheet "$tmp/month.xlsx" "$tmp/said"
cp -r "$tmp/return" "$tmp/earlier"
cp -r "$tmp/earlier/$made/summary/92" "$tmp/earlier/$made/summary/93"
ok "progress of a province that is in no list" differs 0 "$tmp/return" "$tmp/earlier"
ok "is of an earlier run, as its plan is" error "2 folders of areas here are not in batch.json"
sed -i 's|^90013;Tổ dân phố 3;3/4/2026;0;|90013;Tổ dân phố 3;3/4/2026;-7;|; s|^\(9001[12];.*/4/2026;\)[0-9]*;|\1-1;|' "$tmp/in3/thang/bao-cao-2026-03.csv"
"$KEHOACH" batch "$tmp/in3/batch.xml" -o "$tmp/earlier" --month 2026-03 >/dev/null 2>&1
ok "progress of a province that could not be made" differs 1 "$tmp/return" "$tmp/earlier"
ok "is older" error "earlier/$made/summary/92/figures-2026-03.json: warning: tỉnh Mẫu Nam could not be made"

# ---- results of one job, and of its progress ----

"$KEHOACH" build fixtures/lao-cai-2021/job.xml -o "$tmp/one" >/dev/null 2>&1
for month in 2021-05 2021-06; do
	"$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month $month -o "$tmp/one" >/dev/null 2>&1
done
cp -r "$tmp/one" "$tmp/two"
cp "$tmp/two/lao-cai-2021/figures-2021-06.json" "$tmp/two/lao-cai-2021/figures-2021-05.json"
ok "figures of a month" differs 1 "$tmp/one/lao-cai-2021" "$tmp/two/lao-cai-2021" --format=json
ok "of that month only" check periods 2021-05 "$tmp/said"
ok "each of them" check json "$tmp/one/lao-cai-2021" "$tmp/two/lao-cai-2021" "$tmp/said"

cp -r "$tmp/one" "$tmp/unit"
"$PYTHON" - "$tmp/unit/lao-cai-2021/figures.json" <<'P'
import json, sys
data = json.load(open(sys.argv[1], encoding="utf-8"))
column = next(c for t in data["tables"] for c in t["columns"] if c["unit"] and any(x["column"] == c["id"] and x["value"] for r in t["rows"] for x in r["cells"]))
column["unit"] = "nghìn đơn vị"
json.dump(data, open(sys.argv[1], "w", encoding="utf-8"), ensure_ascii=False)
P
ok "another unit" differs 1 "$tmp/one" "$tmp/unit" -o "$tmp/unit.xlsx"
ok "is said" says ' nghìn đơn vị'
ok "its workbook is sound" "$KEHOACH" lint "$tmp/unit.xlsx"

# ---- what stands around figures: headings, rows and columns without any ----

cp -r "$tmp/one" "$tmp/around"
"$PYTHON" - "$tmp/around/lao-cai-2021/figures.json" <<'P'
import copy, json, sys
data = json.load(open(sys.argv[1], encoding="utf-8"))
table = next(t for t in data["tables"] if len(t["rows"]) > 2 and t["columns"][-1]["label"])
column = table["columns"][-1]
column["label"] = ["Tiêu đề\u202e khác"]
row = copy.deepcopy(table["rows"][0])
row["key"], row["label"] = "thon-moi", "Thôn Mới"
for cell in row["cells"]:
    cell.update(state="missing", value=None, text="")
table["rows"].append(row)
for r in table["rows"]:
    r["cells"].append(dict(r["cells"][-1], column="blank", state="missing", value=None, text=""))
table["columns"].append(dict(column, id="blank", label=["Cột trống"]))
json.dump(data, open(sys.argv[1], "w", encoding="utf-8"), ensure_ascii=False)
P
ok "a heading, a row, a column" differs 1 "$tmp/one" "$tmp/around"
ok "are counted" says "  and 3 headings, or rows and columns without figures"
ok "the row" says ", Thôn Mới: a new row, without figures"
ok "the column" says ", Cột trống: a new column, without figures"
ok "the heading, by what it was" says ": the column was called: "
ok "no figure" says "0 figures changed, 0 added, 0 removed"
ok "as JSON, and as a workbook" differs 1 "$tmp/one" "$tmp/around" --format=json -o "$tmp/around.xlsx"
cp "$tmp/said" "$tmp/said.around"
ok "each of them" check around "$tmp/one" "$tmp/around" "$tmp/said.around"
ok "on its sheets" check sheet "$tmp/around.xlsx" "$tmp/said.around"
ok "which are sound" "$KEHOACH" lint "$tmp/around.xlsx"
ok "the other way round" differs 1 "$tmp/around" "$tmp/one" --format=json
ok "each of them again" check around "$tmp/around" "$tmp/one" "$tmp/said"
LANG=vi_VN.UTF-8 LC_ALL=vi_VN.UTF-8 "$KEHOACH" diff "$tmp/one" "$tmp/around" >"$tmp/said"
ok "in Vietnamese" says "Thôn Mới: dòng mới, không có số liệu"

# ---- what goes wrong ----

echo '{"job":7}' >"$tmp/less/$made/91/90001/figures.json"
ok "a file that is none is told" differs 1 "$tmp/new" "$tmp/less"
ok "with its place" error "$made/91/90001/figures.json: error: is not as this program writes it"
ok "the others are compared" says "6 areas compared"
ok "and it is said that one is not" says "1 areas could not be compared; see the errors"
ok "no folder" differs 1 "$tmp/nowhere" "$tmp/new"
ok "a folder without results" differs 1 "$tmp/in" "$tmp/new"
ok "one folder" differs 2 "$tmp/new"
ok "an unknown format" differs 2 "$tmp/new" "$tmp/new" --format=yaml
ok "no workbook" differs 2 "$tmp/new" "$tmp/new" -o "$tmp/x.csv"
ok "nowhere to write" differs 3 "$tmp/new" "$tmp/new" -o "$tmp/nowhere/x.xlsx"
# More than waits to be written at a time, so that it is the writing on the way that fails.
full() {
	for i in 1 2 3 4 5 6 7 8 9; do mkdir -p "$tmp/much/$i" "$tmp/much2/$i" && cp "$tmp/one/lao-cai-2021/figures-2021-05.json" "$tmp/much/$i/figures.json" &&
		cp "$tmp/one/lao-cai-2021/figures-2021-06.json" "$tmp/much2/$i/figures.json" || return 1; done
	"$KEHOACH" diff "$tmp/much" "$tmp/much2" --format=json >/dev/full 2>"$tmp/err"
	[ $? -eq 3 ]
}
ok "a full disk" full
finish
