#!/bin/sh
# Remarks typed into a progress workbook stand beside the right area and indicator in the next one, dated, the newest first: also when
# rows moved, areas are spelled otherwise, and other programs saved the workbook. Texts stay texts.
. "$(dirname "$0")/lib.sh"
remarks="$PYTHON tests/e2e/progress_remarks.py"
job=fixtures/lao-cai-2021/job.xml
made=$tmp/out/lao-cai-2021
progress() { # period, further options
	"$KEHOACH" progress $job -o "$tmp/out" "$@" 2>"$tmp/said"
}
ok "the workbook of May" progress --month 2021-05
ok "people type remarks, and sort the sheet" $remarks type "$made/progress-2021-05.xlsx" "$tmp/05.xlsx"
ok "that of June takes them over" progress --month 2021-06 --previous "$tmp/05.xlsx"
ok "its manifest has the workbook before" grep -q '"05.xlsx"' "$made/manifest-2021-06.json"
ok "so has its sheet of sources, with the hash" "$PYTHON" - "$made/progress-2021-06.xlsx" "$(sha256sum "$tmp/05.xlsx" | cut -d' ' -f1)" <<'PY'
import sys
import openpyxl
rows = list(openpyxl.load_workbook(sys.argv[1])["Nguồn số liệu"].iter_rows(values_only=True))
assert any("05.xlsx" in r and sys.argv[2] in r for r in rows), rows
PY
ok "they stand where they belong" $remarks check "$made/progress-2021-06.xlsx"
ok "one whose area is gone is told with its place" grep -q "05.xlsx\[Ghi chú\]:[0-9]*:3: warning: .*Phường Cũ" "$tmp/said"
ok "one more in June" $remarks add "$made/progress-2021-06.xlsx" "$tmp/06.xlsx" "Tả Phời" "đã khắc phục"
mkdir "$tmp/office"
ok "LibreOffice saves it" env LC_ALL=C.UTF-8 soffice "-env:UserInstallation=file://$tmp/profile" --headless --norestore \
	--convert-to "xlsx:Calc MS Excel 2007 XML" --outdir "$tmp/office" "$tmp/06.xlsx"
fails() { # what must be said, command...
	wanted=$1
	shift
	"$@" >"$tmp/said" 2>&1
	[ $? -eq 1 ] && grep -qF -- "$wanted" "$tmp/said"
}
newest_first() { # workbook
	progress --quarter 2021-Q3 --previous "$1" || { cat "$tmp/said"; return 1; }
	$remarks show "$made/progress-2021-Q3.xlsx" >"$tmp/shown" &&
		grep -qx "exits; Tả Phời; [^;]*; Tháng 6/2021: đã khắc phục / Tháng 5/2021: Xã chậm do mưa lũ. / Đã đôn đốc" "$tmp/shown" || { cat "$tmp/shown"; return 1; }
	[ "$(wc -l <"$tmp/shown")" = 9 ]
}
ok "a quarter has both, the newest first" newest_first "$tmp/06.xlsx"
ok "so it has what LibreOffice saved" newest_first "$tmp/office/06.xlsx"
# One that forgets the properties by which the workbook is known; and one that rewrites all.
ok "openpyxl saves it" $remarks resave "$tmp/06.xlsx" "$tmp/openpyxl.xlsx"
lost() { # workbook
	unzip -l "$1" >"$tmp/listed" && ! grep -q docProps/custom.xml "$tmp/listed"
}
ok "without properties of ours" lost "$tmp/openpyxl.xlsx"
ok "so it has what openpyxl saved" newest_first "$tmp/openpyxl.xlsx"
ok "gnumeric saves it" ssconvert "$tmp/06.xlsx" "$tmp/gnumeric.xlsx"
ok "so it has what gnumeric saved" newest_first "$tmp/gnumeric.xlsx"
ok "openpyxl saves what LibreOffice saved" $remarks resave "$tmp/office/06.xlsx" "$tmp/both.xlsx"
ok "so it has that" newest_first "$tmp/both.xlsx"
ok "one of another job is known too" fails "of the job 'lao-cai-2021', not of 'kong-chro-2024'" "$KEHOACH" progress fixtures/kong-chro-2024/job.xml \
	--month 2024-06 --previous "$tmp/openpyxl.xlsx" -o "$tmp/out"
ok "a quarter takes over from its last month" progress --quarter 2021-Q2 --previous "$tmp/06.xlsx"
ok "but no month from its quarter" fails "[previous]" "$KEHOACH" progress $job --month 2021-06 --previous "$made/progress-2021-Q2.xlsx" -o "$tmp/out"
ok "the workbook and its twin are sound" "$KEHOACH" lint "$made/progress-2021-06.xlsx" "$made/progress-2021-06.accessible.xlsx"
ok "rows and columns are as high and wide as they may be" $remarks heights "$made/progress-2021-06.xlsx"
ok "also those of the twin" $remarks heights "$made/progress-2021-06.accessible.xlsx"

# Remarks that are longer than a row shows: in parts, which are one text again.
ok "May again" progress --month 2021-05
ok "people tell long stories" $remarks tell "$made/progress-2021-05.xlsx" "$tmp/stories.xlsx"
ok "June takes them over" progress --month 2021-06 --previous "$tmp/stories.xlsx"
ok "in parts" $remarks told "$made/progress-2021-06.xlsx"
ok "the workbook and its twin are sound" "$KEHOACH" lint "$made/progress-2021-06.xlsx" "$made/progress-2021-06.accessible.xlsx"
ok "rows of the twin are as high as they may be" $remarks heights "$made/progress-2021-06.accessible.xlsx"
ok "people sort them" $remarks mix "$made/progress-2021-06.xlsx" "$tmp/mixed.xlsx"
ok "LibreOffice saves them" env LC_ALL=C.UTF-8 soffice "-env:UserInstallation=file://$tmp/profile" --headless --norestore \
	--convert-to "xlsx:Calc MS Excel 2007 XML" --outdir "$tmp/office" "$tmp/mixed.xlsx"
ok "July takes them over" progress --month 2021-07 --previous "$tmp/office/mixed.xlsx"
ok "byte for byte" $remarks told "$made/progress-2021-07.xlsx"
silent() { # rule
	! grep -F "[$1]" "$tmp/said"
}
ok "and nothing is said" silent remark
ok "August too" progress --month 2021-08 --previous "$made/progress-2021-07.xlsx"
ok "with the same" $remarks told "$made/progress-2021-08.xlsx"
ok "a part is deleted" $remarks lose "$made/progress-2021-08.xlsx" "$tmp/lost.xlsx"
ok "September takes over what is there" progress --month 2021-09 --previous "$tmp/lost.xlsx"
ok "and says which is missing" grep -q "lost.xlsx.*part 3 of [0-9]* of the remark of 'Hộ thoát nghèo', 'Tả Phời'" "$tmp/said"
finish
