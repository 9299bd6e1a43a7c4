#!/bin/sh
# A register that is read once for all areas of a list counts the same as one for each of them.
. "$(dirname "$0")/batchlib.sh"
made=register
ask() {
	"$PYTHON" tests/e2e/batch_register.py "$@"
}
column() { # file, text: in which column the first cell begins with it
	sed -n "/,$2/{s/,$2.*/,/; s/[^,]//g; p; q}" "$1" | awk '{ print length + 1 }'
}
ok "registers" ask make "$tmp/in"
alone() {
	for code in 44010 44020 44030; do
		"$KEHOACH" build "$tmp/in/$code/job.xml" -o "$tmp/in/made/$code" 2>"$tmp/err" || { cat "$tmp/err"; return 1; }
	done
}
ok "each alone" alone
for form in csv xlsx xml; do
	ok "$form" batch "3 areas: 3 made, 0 unchanged, 0 failed" "$tmp/in/all/$form.xml" "$tmp/$form" -j 2
	ok "$form: the same figures" ask same "$tmp/in" "$tmp/$form/$made"
done
in=$tmp/in/all/csv.xml
out=$tmp/csv
rows=$tmp/in/all/ho-dan.csv
ok "one worker" batch "3 made" "$in" "$tmp/one" -j 1
ok "the same bytes" same "$out" "$tmp/one"
ok "again: nothing" batch "3 areas: 0 made, 3 unchanged" "$in" "$out"
touch "$rows"
ok "touched: nothing" batch "3 areas: 0 made, 3 unchanged" "$in" "$out"
sed -i '0,/^44020,\(.*\)Hộ không nghèo,Hộ không nghèo/s//44020,\1Hộ nghèo,Hộ nghèo/' "$rows"
ok "a changed row: its area" batch "3 areas: 1 made, 2 unchanged" "$in" "$out"
sed -i 's/Nguyễn Văn A/NGUOI-BI-MAT/' "$rows"
ok "another name: nothing" batch "3 areas: 0 made, 3 unchanged" "$in" "$out"
cp "$rows" "$tmp/good.csv"
row=$(grep '^44010,' "$rows" | tail -1)
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
	echo "$row" | sed "s/^44010,[^,]*,/MAT99$i,HX$i,/"
	echo "$row" | sed "s/^44010,[^,]*,/44010,HY$i,/; s/\$/,NGUOI-BI-MAT/"
done >>"$rows"
ok "rows of nobody, ragged rows: the areas are made" is_code 1 batch "3 areas: 0 made, 3 unchanged" "$in" "$out"
ok "rows of nobody are counted" said_error "ho-dan.csv: error: 23 rows are of no area of the list by the column 'Mã xã'"
ok "the first 20 are told" test "$(grep -c 'this code is that of no area' "$tmp/err")" = 20
ok "ragged rows are counted, told once" test "$(grep -c '23 rows have more or fewer cells' "$tmp/err")" = 1
ok "the first 20 of them" test "$(grep -c 'this row has more or fewer cells' "$tmp/err")" = 20
ok "nothing personal" test -z "$(grep -rE 'NGUOI-BI-MAT|HX[0-9]|MAT99' "$tmp/err" "$out")"
ok "strict" is_code 1 batch "" "$in" "$tmp/strict" --strict
ok "nothing is made" test -z "$(find "$tmp/strict" -type f)"
cp "$tmp/good.csv" "$rows"
for i in 1 2 3; do
	echo "$row" | sed "s/^\(44010,\)[^,]*\(,[^,]*,\)[^,]*/\1HZ$i\2MAT99$i/"
done >>"$rows"
ok "rows of villages that nobody knows: the area is made" batch "1 made, 2 unchanged" "$in" "$out"
ok "they are counted" said_error "ho-dan.csv: warning: Xã An Mẫu \(44010\): 3 rows of 3 codes or names of areas are left out"
ok "the first of each is told, in the column of villages" test "$(grep -c "ho-dan.csv:[0-9]*:$(column "$rows" MAT99): note: .*this code or name of an area is not known" "$tmp/err")" = 3
ok "with --strict it is not" is_code 1 batch "1 failed" "$in" "$tmp/strict" --strict -j 2
ok "nothing lies there" test ! -e "$tmp/strict/$made/44/44010/plan.pdf"
cp "$tmp/good.csv" "$rows"
batch "" "$in" "$out"
ok "good again" batch "3 areas: 0 made, 3 unchanged" "$in" "$out"
grep -v '^44030,' "$tmp/good.csv" >"$rows"
ok "no row of an area" is_code 1 batch "3 areas: 0 made, 2 unchanged, 1 failed" "$in" "$out"
ok "is told" said_error "no row has the code of this area in the column 'Mã xã'"
finish
