#!/bin/sh
# The accessible workbook beside that of progress: all rules hold, no figure differs, other programs read the same, and it can be
# typed into.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
twin="$PYTHON tests/e2e/progress_twin.py"
progress() { # JOB:OPTION:PERIOD and further options
	job=${1%%:*}
	option=${1#*:}
	shift
	"$KEHOACH" progress "fixtures/$job/job.xml" "${option%%:*}" "${option#*:}" -o "$tmp/out" "$@" 2>"$tmp/said"
}
silent() {
	said=$("$@" 2>&1) && [ -z "$said" ]
}
says() { # text, cell of the cover
	"$PYTHON" -c 'import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
sys.exit(sys.argv[2] not in book["Trang bìa"][sys.argv[3]].value)' "$tmp/out/lao-cai-2021/progress-$3.accessible.xlsx" "$1" "$2"
}
for p in lao-cai-2021:--month:2021-05 lao-cai-2021:--month:2021-12 kong-chro-2024:--month:2024-05 kong-chro-2024:--month:2024-12 \
	kong-chro-2024:--quarter:2024-Q2 lao-cai-2021:--half:2021-H1 kong-chro-2024:--year:2024 lao-cai-2021:--month:2021-01; do
	name=${p%%:*}-${p##*:}
	stem=$tmp/out/${p%%:*}/progress-${p##*:}
	ok "$name: written" progress "$p"
	ok "$name: every rule of accessible workbooks holds" silent "$KEHOACH" lint "$stem.accessible.xlsx"
	ok "$name: the figures of the printed one" $twin compare "$stem.xlsx" "$stem.accessible.xlsx"
done
book=$tmp/out/lao-cai-2021/progress-2021-05.accessible.xlsx
mkdir "$tmp/gnumeric" "$tmp/office" "$tmp/changed"
ok "gnumeric reads it" ssconvert -S "$book" "$tmp/gnumeric/twin-%n.csv"
ok "and the same numbers" $twin read "$book" "$tmp/gnumeric"
ok "LibreOffice reads it" env LC_ALL=C.UTF-8 soffice "-env:UserInstallation=file://$tmp/profile" --headless --norestore --convert-to xlsx \
	--outdir "$tmp/office" "$book"
ok "and gives back the same figures" $twin compare "${book%.accessible.xlsx}.xlsx" "$tmp/office/progress-2021-05.accessible.xlsx"
ok "every rule that is broken is found" $twin mutants "$book" "$tmp/changed"
ok "the cover says when it is told again" says "Tháng 6/2021, sau hạn gửi báo cáo của địa bàn ngày 05/7/2021" A5 2021-05
ok "behind the half year: the next" says "6 tháng cuối năm 2021, sau hạn gửi báo cáo của địa bàn ngày 05/01/2022" A5 2021-H1
ok "behind December, the last of the plan's year: nothing" says "Lần cập nhật tiếp theo: không có, đây là kỳ báo cáo cuối của năm kế hoạch 2021" A5 2021-12
ok "a day that is not known is not made up" says "ghi trên báo cáo khi ban hành" A4 2021-05
ok "one that is" progress lao-cai-2021:--month:2021-05 --date 2021-06-07
ok "stands there" says "Ngày báo cáo: 07/6/2021" A4 2021-05
ok "a remark is typed into it" "$PYTHON" tests/e2e/progress_remarks.py add "$book" "$tmp/typed.xlsx" "Tả Phời" "đã đôn đốc"
ok "the next month takes it over" progress lao-cai-2021:--month:2021-06 --previous "$tmp/typed.xlsx"
ok "and nothing else" sh -c '"$1" tests/e2e/progress_remarks.py show "$2" >"$3" && cat "$3" && [ "$(wc -l <"$3")" = 1 ] && grep -q "Tháng 5/2021: đã đôn đốc" "$3"' \
	- "$PYTHON" "$tmp/out/lao-cai-2021/progress-2021-06.xlsx" "$tmp/shown"
finish
