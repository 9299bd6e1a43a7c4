#!/bin/sh
# kehoach build of a job with <sign> elements: plan.signed.pdf, what the command line must give for it, and what becomes of the
# signed files of earlier runs. Nothing leaves the loopback.
. "$(dirname "$0")/lib.sh"
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
pki=$tmp/pki
"$PYTHON" tests/e2e/tsa.py "$pki" "$tmp/port" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$tmp"' EXIT
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ ! -s "$tmp/port" ] || break
	sleep 0.1
done
url=http://127.0.0.1:$(cat "$tmp/port")
ok "the PKI is made" tests/e2e/pki.sh "$pki" "${url#http://}"
key="--p12 $pki/signer.p12 --password-file $pki/password"
out=$tmp/out/mau-chung

job() { # lines of <sign>
	rm -rf "$tmp/job"
	cp -r fixtures/mau-chung "$tmp/job"
	sed -i "s|</job>|$1</job>|" "$tmp/job/job.xml"
}
build() { # options
	"$KEHOACH" build "$tmp/job/job.xml" -o "$tmp/out" "$@" >"$tmp/said" 2>&1 </dev/null
	code=$?
	cat "$tmp/said"
	return $code
}
says() { # text, options
	wanted=$1
	shift
	build "$@" && grep "$wanted" "$tmp/said"
}
fails() { # exit code, rule, options
	want=$1
	rule=$2
	shift 2
	build "$@"
	[ $? = "$want" ] && grep "error: .*\[$rule\]$" "$tmp/said"
}
verifies() { # options
	"$KEHOACH" verify "$out" --trust "$pki/root.crt" "$@"
}
none() {
	[ ! -e "$out/plan.signed.pdf" ]
}
begins() {
	head -c "$(stat -c %s "$out/plan.pdf")" "$out/plan.signed.pdf" | cmp - "$out/plan.pdf"
}
cat >"$tmp/has.py" <<'PY'
import json, sys
found = " ".join(s["field"] + ":" + (s["level"] or "-") for s in json.load(sys.stdin)["signatures"])
if found != sys.argv[1]:
    sys.exit(found)
PY
has() { # signatures as FIELD:LEVEL
	"$KEHOACH" --json verify "$out/plan.signed.pdf" --trust "$pki/root.crt" 2>/dev/null | "$PYTHON" "$tmp/has.py" "$1"
}

job '<sign field="signer" level="b"/>'
ok "without a key: a note" says 'note: .*\[unsigned\]$'
ok "and no signed file" none
ok "a draft: a note" says 'note: .*\[unsigned\]$' --draft $key
ok "without the plan: a note" says 'note: .*\[unsigned\]$' --only xlsx $key
ok "with a key" build $key
ok "it is signed" has signer:b
ok "it begins with the plan" begins
ok "the folder holds" verifies
listed() {
	grep -q plan.pdf "$out/manifest.json" && ! grep -q plan.signed "$out/manifest.json"
}
ok "the manifest does not list it" listed
nothing_left() {
	[ -z "$(find "$tmp/out" -name '*.part*')" ]
}
ok "nothing is left beside" nothing_left
cp "$out/plan.signed.pdf" "$tmp/kept.pdf"
ok "the same again, no key: the note" says 'note: .*\[unsigned\]$'
ok "what is signed still fits and stays" cmp "$tmp/kept.pdf" "$out/plan.signed.pdf"
ok "a key that does not open" fails 1 password --p12 "$pki/signer.p12" --password-file "$pki/wrong"
ok "leaves everything" cmp "$tmp/kept.pdf" "$out/plan.signed.pdf"
ok "half a key" fails 2 usage --cert "$pki/signer.crt"
ok "two keys" fails 2 usage $key --key "$pki/signer.key"
ok "no time" fails 2 usage $key --time today
ok "at a given time" build $key --time 2026-01-31T09:00:00+07:00
cp "$out/plan.signed.pdf" "$tmp/kept.pdf"
ok "and again" build $key --time 2026-01-31T09:00:00+07:00
ok "the same bytes" cmp "$tmp/kept.pdf" "$out/plan.signed.pdf"

sed -i 's/symbol="/symbol="A/' "$tmp/job/job.xml"
aside() {
	ls "$out" | grep -E '^plan\.signed\.[0-9a-f]{8}\.pdf$'
}
ok "another plan, no key: a warning" says 'warning: .*\[signed\]$'
ok "no signed file of that name" none
ok "the old one has a name of its own" aside
ok "and its bytes" cmp "$tmp/kept.pdf" "$out/$(aside)"
rm -f "$out"/plan.signed.*
ok "another plan, with a key" build $key
sed -i 's/symbol="A/symbol="B/' "$tmp/job/job.xml"
ok "yet another: the signed file is replaced" build $key
ok "it begins with the plan" begins
ok "nothing is set aside" test "$(ls "$out" | grep -c signed)" = 1

job '<sign field="signer" level="lt"/><sign field="seal" level="lta"/>'
ok "two signatures" build $key --tsa "$url/tsa" --trust "$pki/root.crt"
ok "of their levels" has "signer:lta seal:lta timestamp:-"
ok "the folder holds" verifies --revocation required
cp "$out/plan.signed.pdf" "$tmp/kept.pdf"
ok "no service" fails 1 sign $key
ok "no trust" fails 2 usage $key --tsa "$url/tsa"
ok "trust for nothing" fails 2 usage $key --trust "$pki/root.crt"
"$PYTHON" tests/e2e/sign.py png "$tmp/ink.png" 160 90
ok "one picture for two signatures" fails 1 picture $key --tsa "$url/tsa" --trust "$pki/root.crt" --image "$tmp/ink.png"
ok "a service that is wrong" fails 1 tsa-hash $key --tsa "$url/tsa-hash" --trust "$pki/root.crt"
ok "a service that is not there" fails 3 service $key --tsa http://127.0.0.1:1/ --trust "$pki/root.crt"
ok "leave everything" cmp "$tmp/kept.pdf" "$out/plan.signed.pdf"
ok "nothing is left beside" nothing_left

job '<sign field="seal" level="b"/><sign field="signer" level="b"/>'
ok "the seal before the signer" fails 1 order $key
ok "is told at its line" grep -F "job.xml:$(grep -n 'field="seal"' "$tmp/job/job.xml" | cut -d: -f1):" "$tmp/said"
ok "and stops nothing where nothing is signed" build
job '<sign field="seal" level="b"/>'
ok "the seal alone" fails 1 order $key
job '<sign field="signer" level="b"/><sign field="seal" level="b"/>'
sed -i 's/ number="[0-9]*"//; s/date="2026-02-10"/date="2026-02"/' "$tmp/job/job.xml"
ok "the seal on a blank number and day" fails 1 blank $key
ok "both are told" test "$(grep -c 'error: .*\[blank\]$' "$tmp/said")" = 2
ok "a day from the command line" fails 1 blank $key --date 2026-02-10
ok "leaves the number" test "$(grep -c 'error: .*\[blank\]$' "$tmp/said")" = 1
job '<sign field="signer" level="b"/>'
sed -i 's/ number="[0-9]*"//; s/date="2026-02-10"/date="2026-02"/' "$tmp/job/job.xml"
ok "who signs may leave them blank" build $key
ok "a service that no level asks for: a warning" says 'warning: .*\[unsigned\]$' $key --tsa "$url/tsa" --trust "$pki/root.crt"

job '<sign field="chairman" level="b"/>'
ok "a field that is not there" fails 1 field $key
cp fixtures/mau-chung/job.xml "$tmp/job/job.xml"
ok "a key that no job asks for: a warning" says 'warning: .*\[unsigned\]$' $key
finish
