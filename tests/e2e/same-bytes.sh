#!/bin/sh
# Same inputs, same bytes: any folder, time zone, locale, umask, order of jobs.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1 # one script imports another: nothing is left beside them
ok "first build" env TZ=UTC LC_ALL=C "$KEHOACH" build $(jobs) -o "$tmp/one" --only pdf,xlsx,json,png,text
mkdir -p "$tmp/elsewhere/deep"
cp -r fixtures "$tmp/elsewhere/deep/fixtures"
second() {
	cd "$tmp/elsewhere/deep/fixtures" && umask 077 &&
		TZ=Asia/Ho_Chi_Minh LC_ALL=vi_VN.UTF-8 LANG=de_DE.UTF-8 "$KEHOACH" build $(ls -r */job.xml) -o "$tmp/two" --only pdf,xlsx,json,png,text
}
ok "second build, elsewhere" second
third() {
	TZ=America/St_Johns LC_ALL=C.UTF-8 "$KEHOACH" build "$tmp"/elsewhere/deep/fixtures/*/job.xml -o "$tmp/three" --only pdf,xlsx,json,png,text
}
ok "third build, by absolute paths" third
ok "the same bytes in another folder, zone and locale" diff -rq "$tmp/one" "$tmp/two"
ok "the same bytes by absolute paths" diff -rq "$tmp/one" "$tmp/three"
ok "manifests name what was read and written" "$PYTHON" tests/e2e/manifest.py "$tmp/one" $(jobs)
finish
