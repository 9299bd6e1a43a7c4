#!/bin/sh
# LibreOffice and gnumeric, made to compute every formula anew, get the values that we cached.
. "$(dirname "$0")/lib.sh"
profile=$tmp/profile
mkdir -p "$profile/user"
cat >"$profile/user/registrymodifications.xcu" <<'XCU'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
XCU
office() { # folder, files...
	out=$1
	shift
	LC_ALL=C.UTF-8 soffice "-env:UserInstallation=file://$profile" --headless --norestore \
		--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1' --outdir "$out" "$@"
}
ok "the workbooks build" "$KEHOACH" build $(jobs) tests/golden/*/job.xml -o "$tmp/out" --only xlsx
mkdir "$tmp/books" "$tmp/gnumeric"
for book in "$tmp"/out/*/appendix.xlsx; do cp "$book" "$tmp/books/$(basename "$(dirname "$book")").xlsx"; done
ok "stale copies are made" "$PYTHON" tests/e2e/recalculate.py stale "$tmp/books" "$tmp/stale"
ok "LibreOffice computes" office "$tmp/office" "$tmp"/stale/*.xlsx
ok "LibreOffice gets our values" "$PYTHON" tests/e2e/recalculate.py compare "$tmp/books" "$tmp/office" office
for book in "$tmp"/stale/*.xlsx; do
	ok "gnumeric computes $(basename "$book")" ssconvert -S --recalc "$book" "$tmp/gnumeric/$(basename "$book" .xlsx)-%n.csv"
done
ok "gnumeric gets our values" "$PYTHON" tests/e2e/recalculate.py compare "$tmp/books" "$tmp/gnumeric" gnumeric
finish
