#!/bin/sh
# The progress workbook: its figures, formulas, set-up, and what LibreOffice prints of it; the same bytes anywhere.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
periods="lao-cai-2021:--month:2021-05 lao-cai-2021:--month:2021-12 kong-chro-2024:--month:2024-05 kong-chro-2024:--month:2024-12 kong-chro-2024:--quarter:2024-Q2 lao-cai-2021:--half:2021-H1 kong-chro-2024:--year:2024"
profile=$tmp/profile
mkdir -p "$profile/user" "$tmp/books" "$tmp/gnumeric"
cat >"$profile/user/registrymodifications.xcu" <<'XCU'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
XCU
office() { # format, folder, files...
	format=$1
	out=$2
	shift 2
	LC_ALL=C.UTF-8 soffice "-env:UserInstallation=file://$profile" --headless --norestore --convert-to "$format" --outdir "$out" "$@"
}
progress() { # JOB:OPTION:PERIOD, folder
	job=${1%%:*}
	option=${1#*:}
	"$KEHOACH" progress "fixtures/$job/job.xml" "${option%%:*}" "${option#*:}" -o "$2"
}
second() {
	cp -r fixtures "$tmp/elsewhere" && cd "$tmp/elsewhere" && umask 077 || return 1
	for p in $periods; do
		option=${p#*:}
		TZ=Asia/Ho_Chi_Minh LC_ALL=vi_VN.UTF-8 LANG=de_DE.UTF-8 "$KEHOACH" progress "${p%%:*}/job.xml" "${option%%:*}" "${option#*:}" -o "$tmp/two" || return 1
	done
}

for p in $periods; do
	name=${p%%:*}-${p##*:}
	ok "$name: written" progress "$p" "$tmp/one"
	book=$tmp/one/${p%%:*}/progress-${p##*:}.xlsx
	ok "$name: its figures are those of the figures' file" "$PYTHON" tests/e2e/progress.py numbers "$book" "$tmp/one/${p%%:*}/figures-${p##*:}.json"
	ok "$name: set-up, colours, charts" "$PYTHON" tests/e2e/progress.py set-up "$book"
	ok "$name: lint finds nothing" "$KEHOACH" lint "$book"
	cp "$book" "$tmp/books/$name.xlsx"
done
ok "their parts are compressed at the level that is quick" "$PYTHON" tests/e2e/zip_level.py 3 "$tmp"/books/*.xlsx
ok "the same once more, in another folder, zone and locale" second
ok "gives the same bytes" diff -rq "$tmp/one" "$tmp/two"

ok "LibreOffice prints them" office pdf "$tmp/printed" "$tmp"/books/*.xlsx
for book in "$tmp"/books/*.xlsx; do
	name=$(basename "$book" .xlsx)
	ok "$name: the first sheet is one page, each page has its number, nothing is cut to ###" "$PYTHON" tests/e2e/progress.py printed "$book" "$tmp/printed/$name.pdf"
done

ok "stale copies are made" "$PYTHON" tests/e2e/recalculate.py stale "$tmp/books" "$tmp/stale"
ok "LibreOffice computes" office 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1' "$tmp/office" "$tmp"/stale/*.xlsx
ok "LibreOffice gets our values" "$PYTHON" tests/e2e/recalculate.py compare "$tmp/books" "$tmp/office" office
for book in "$tmp"/stale/*.xlsx; do
	ok "gnumeric computes $(basename "$book")" ssconvert -S --recalc "$book" "$tmp/gnumeric/$(basename "$book" .xlsx)-%n.csv"
done
ok "gnumeric gets our values" "$PYTHON" tests/e2e/recalculate.py compare "$tmp/books" "$tmp/gnumeric" gnumeric
# What reading the returns found is told in the workbooks too, in Vietnamese whoever makes them.
cp -r fixtures/lao-cai-2021 "$tmp/wrong"
{
	echo 'Tổng cộng;;;999'
	echo 'Ghi chú: số liệu mẫu'
} >>"$tmp/wrong/returns/bao-cao-thang.csv"
sed -i '1s/Mô hình sinh kế được hỗ trợ/Cột lạ/' "$tmp/wrong/returns/bao-cao-thang.csv"
told() { # locale, folder
	LC_ALL=$1 "$KEHOACH" progress "$tmp/wrong/job-returns-csv.xml" --month 2021-05 -o "$tmp/$2" && for suffix in .xlsx .accessible.xlsx; do
		"$PYTHON" tests/e2e/progress.py told "$tmp/$2/lao-cai-2021/progress-2021-05$suffix" || return 1
	done
}
ok "findings of reading stand on the sheet of findings" told C.UTF-8 told
ok "with a clerk's language" told vi_VN.UTF-8 told-vi
ok "the same" diff -r "$tmp/told" "$tmp/told-vi"
# Figures that were published of the plan are compared here as `check` compares them.
for job in kong-chro-2024 lao-cai-2021; do
	"$KEHOACH" check "fixtures/$job/job.xml" 2>"$tmp/checked"
	ok "$job: so do findings of what was published" "$PYTHON" tests/e2e/progress.py published "$tmp/one/$job/progress-${job##*-}-05.xlsx" "$tmp/checked"
done
# The words of what reading finds are an input of these alone, and are read once.
words() { # manifest, number of times
	[ "$(grep -c locale/vi.po "$1")" = "$2" ]
}
ok "the manifest has the file of their words" words "$tmp/told/lao-cai-2021/manifest-2021-05.json" 1
ok "that of workbooks without findings has not" words "$tmp/one/lao-cai-2021/manifest-2021-05.json" 0

# Several months that nobody reported of: each is coloured.
cp -r fixtures/lao-cai-2021 "$tmp/silent"
awk -F ';' 'NR == 1 || $1 < 3' fixtures/lao-cai-2021/returns/bao-cao-thang.csv >"$tmp/silent/returns/bao-cao-thang.csv"
ok "few returns" "$KEHOACH" progress "$tmp/silent/job-returns-csv.xml" --month 2021-05 -o "$tmp/few"
ok "every month without one is coloured" "$PYTHON" tests/e2e/progress.py set-up "$tmp/few/lao-cai-2021/progress-2021-05.xlsx"
# A return that came with an empty cell.
cp -r fixtures/lao-cai-2021 "$tmp/lacking"
sed -i 's/^1;Thống Nhất;04\/02\/2021;0;/1;Thống Nhất;04\/02\/2021;;/' "$tmp/lacking/returns/bao-cao-thang.csv"
ok "a return lacks a figure" "$KEHOACH" progress "$tmp/lacking/job-returns-csv.xml" --month 2021-05 -o "$tmp/lacks"
ok "it is counted as a return everywhere" "$PYTHON" tests/e2e/progress.py counted "$tmp/lacks/lao-cai-2021/progress-2021-05.xlsx"
# A month of which nobody reported.
cp -r fixtures/lao-cai-2021 "$tmp/april"
sed -i '/^4;/d' "$tmp/april/returns/bao-cao-thang.csv"
ok "nobody reports of April" "$KEHOACH" progress "$tmp/april/job-returns-csv.xml" --month 2021-05 -o "$tmp/gap"
ok "the line has no point there" "$PYTHON" tests/e2e/progress.py gap "$tmp/gap/lao-cai-2021/progress-2021-05.xlsx"

sorted=$tmp/books/kong-chro-2024-2024-05.xlsx
ok "its rows are sorted by each column of a filter" "$PYTHON" tests/e2e/progress_sorted.py sort "$sorted" "$tmp/sorted"
ok "LibreOffice computes them" office 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1' "$tmp/resorted" "$tmp"/sorted/*.xlsx
ok "all sums are what they were" "$PYTHON" tests/e2e/progress_sorted.py compare "$sorted" "$tmp/sorted" "$tmp/resorted"
finish '/printed/' # by LibreOffice
