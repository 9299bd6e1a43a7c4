#!/bin/sh
# Every workbook that is written is valid Office Open XML, as the Open XML SDK sees it. .ci/setup test brings the validator.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
validator=$root/out/ooxml/node_modules/.bin/ooxml-validator
valid() {
	"$PYTHON" tests/e2e/ooxml.py "$validator" "$@"
}
invalid() { # what must be found, file
	found=$("$PYTHON" tests/e2e/ooxml.py "$validator" "$2") && return 1
	echo "$found" | grep -qF -- "$1"
}
[ -x "$validator" ] || {
	echo "1..0 # SKIP the validator of workbooks is not installed: .ci/setup test"
	exit 0
}

ok "the workbooks of all jobs build" "$KEHOACH" build $(jobs) tests/golden/long-table/job.xml tests/golden/groups/job.xml -o "$tmp/out" --only xlsx
ok "appendices are valid" valid "$tmp"/out/*/*.xlsx
for job in $(text_jobs); do
	ok "$job: the form is written" "$KEHOACH" form "$job" -o "$tmp/form-$(basename "$(dirname "$job")").xlsx"
done
ok "forms are valid" valid "$tmp"/form-*.xlsx
for month in 2021-05 2021-12; do
	ok "the progress of $month is written" "$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month $month -o "$tmp/progress"
done
for month in 2024-05 2024-12; do
	ok "the progress of $month is written" "$KEHOACH" progress fixtures/kong-chro-2024/job.xml --month $month -o "$tmp/progress"
done
ok "workbooks of progress are valid" valid "$tmp"/progress/*/*.xlsx
written=$(find out/plans -name '*.xlsx' ! -name appendix.xlsx 2>/dev/null) # those are above
[ -z "$written" ] || ok "what else make plans has written is valid" valid $written
"$PYTHON" - "$tmp/out/mau-chung/appendix.xlsx" "$tmp/wrong.xlsx" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w") as new:
    for name in old.namelist():
        data = old.read(name)
        new.writestr(name, data.replace(b"<sheetData>", b"<sheetDatum/><sheetData>") if name.endswith("sheet1.xml") else data)
PY
ok "one that is not valid is found" invalid "sheetDatum" "$tmp/wrong.xlsx"
head -c 2000 "$tmp/wrong.xlsx" >"$tmp/cut.xlsx"
ok "so is one that cannot be read" invalid "cut.xlsx" "$tmp/cut.xlsx"
finish
