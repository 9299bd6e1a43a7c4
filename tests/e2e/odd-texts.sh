#!/bin/sh
# Odd but right input: cells that look like formulas, line ends and encodings of other programs, zeros.
. "$(dirname "$0")/lib.sh"

job() { # name: builds the job with $tmp/data.csv into $tmp/out-NAME
	rm -rf "$tmp/$1"
	cp -r tests/bad/common "$tmp/$1"
	cp "$tmp/data.csv" "$tmp/$1/data.csv"
	"$KEHOACH" build "$tmp/$1/job.xml" -o "$tmp/out-$1///"
}
good='Thôn,Số hộ,Hộ nghèo
Thôn 1,100,5
Thôn 2,200,8
'
printf '%s' "$good" >"$tmp/data.csv"
ok "a plain file" job plain
printf '%s' "$good" | tr '\n' '\r' >"$tmp/data.csv"
ok "line ends of old Macs" job cr
printf '%s' "$good" | sed 's/$/\r/' >"$tmp/data.csv"
ok "line ends of Windows" job crlf
printf '%s' "$good" | iconv -f utf-8 -t utf-16le >"$tmp/data.csv"
ok "UTF-16 little-endian without a mark" job le
printf '%s' "$good" | iconv -f utf-8 -t utf-16be >"$tmp/data.csv"
ok "UTF-16 big-endian without a mark" job be
printf '\357\273\277\n%s' "$good" >"$tmp/data.csv"
ok "a mark and a blank line" job mark
for name in cr crlf le be; do
	ok "$name: the same figures.json" cmp "$tmp/out-plain/mau/figures.json" "$tmp/out-$name/mau/figures.json"
done

cat >"$tmp/data.csv" <<'END'
Thôn,Số hộ,Hộ nghèo
=1+1,100,5
"=HYPERLINK(""http://x"",""y"")",100,5
+cmd|' /C calc'!A0,100,5
-2+3,100,5
@SUM(A1),100,5
"	=1",100,5
"Thôn
hai dòng",100,5
END
ok "cells that look like formulas" job formulas
ok "are texts of the workbook, and only our formulas are formulas" "$PYTHON" -c "
import openpyxl
sheet = openpyxl.load_workbook('$tmp/out-formulas/mau/appendix.xlsx').worksheets[0]
cells = [c for row in sheet.iter_rows() for c in row if c.value is not None]
odd = [c for c in cells if str(c.value)[:1] in '=+-@' and c.column == 1]
assert len(odd) == 6 and all(c.data_type == 's' for c in odd), [(c.value, c.data_type) for c in odd]
assert all(c.column > 1 for c in cells if c.data_type == 'f')"
ok "its parts are well-formed XML" sh -c "cd $tmp && mkdir parts && cd parts && unzip -q ../out-formulas/mau/appendix.xlsx && find . -type f | xargs xmllint --noout"

printf 'Thôn,Số hộ,Hộ nghèo\nThôn 1,-0,0\nThôn 2,0,−0\n' >"$tmp/data.csv"
ok "zeros with signs, no household at all" job zeros
ok "no minus sign, '-' for the rate" "$PYTHON" -c "
import json
rows = json.load(open('$tmp/out-zeros/mau/figures.json', encoding='utf-8'))['tables'][0]['rows']
texts = [[c['text'] for c in row['cells'][1:]] for row in rows]
assert texts == [['0', '0', '-']] * 3, texts"
finish
