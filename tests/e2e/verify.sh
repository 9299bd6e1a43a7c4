#!/bin/sh
# What `kehoach verify` says of files that were signed here with a throw-away PKI: that they hold, for how long, and that nothing done to
# them later passes. Nothing leaves the loopback.
. "$(dirname "$0")/lib.sh"
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
server=
trap '[ -z "$server" ] || { kill $server; wait $server; } 2>/dev/null; rm -rf "$tmp"' EXIT
pki=$tmp/pki
mkdir "$pki"
"$PYTHON" tests/e2e/tsa.py "$pki" "$tmp/port" &
server=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ ! -s "$tmp/port" ] || break
	sleep 0.1
done
url=http://127.0.0.1:$(cat "$tmp/port")
rmdir "$pki"
ok "the PKI is made" tests/e2e/pki.sh "$pki" "${url#http://}"
for name in signer second ec256 brief revoked alone; do
	cat "$pki/$name.crt" "$pki/chain.pem" >"$pki/$name-chain.pem"
done
to_pem() {
	openssl crl -inform DER -in "$1"
}
{ to_pem "$pki/ca.crl" && to_pem "$pki/root.crl"; } >"$tmp/crls.pem"

# A plan that waits for its number and day.
cp -r fixtures/bac-son-2023 "$tmp/job"
sed -i 's/<document number="66" /<document /; s/date="2023-03-09"/date="2023-03"/' "$tmp/job/job.xml"
"$KEHOACH" build "$tmp/job/job.xml" -o "$tmp/built" 2>/dev/null
dir=$tmp/built/bac-son-2023
packed=$dir/plan.pdf
ok "qpdf unpacks the plan" qpdf --object-streams=disable --newline-before-endstream "$packed" "$tmp/plain.pdf"
ok "and linearizes it" qpdf --object-streams=disable --newline-before-endstream --linearize "$packed" "$tmp/linear.pdf"

sign() { # in, out, field, key, options...
	in=$1 out=$2 field=$3 key=$4
	shift 4
	service="--tsa $url/tsa --trust $pki/root.crt"
	case " $* " in *" --level b "*) service= ;; esac
	"$KEHOACH" sign "$in" -o "$out" --field "$field" --key "$pki/$key.key" --cert "$pki/$key-chain.pem" $service "$@"
}
verify() {
	"$KEHOACH" verify --trust "$pki/root.crt" "$@"
}
gives() { # code, rules of errors ("" for none), command...
	want=$1 rules=$2
	shift 2
	"$@" >"$tmp/out" 2>"$tmp/err"
	code=$?
	cat "$tmp/out" "$tmp/err"
	found=$(sed -n 's/.*error: .*\[\(.*\)\]$/\1/p' "$tmp/err" | sort -u | tr '\n' ' ')
	[ $code = "$want" ] && [ "$found" = "${rules:+$rules }" ] || { echo "exit code $code, rules: $found"; return 1; }
}
warns() { # rules of warnings, in what the last command printed
	found=$(sed -n 's/.*warning: .*\[\(.*\)\]$/\1/p' "$tmp/err" | sort -u | tr '\n' ' ')
	[ "$found" = "$1 " ] || { echo "warnings: $found"; return 1; }
}
says() { # text, in what the last command printed
	grep -qF -- "$1" "$tmp/out" "$tmp/err" || { cat "$tmp/out" "$tmp/err"; return 1; }
}
json() { # an expression over the object o that must be true, of the last line of the last command
	tail -1 "$tmp/out" | "$PYTHON" -c 'import json, sys
o = json.loads(sys.stdin.read())
s = o["signatures"]
sys.exit(0 if eval(sys.argv[1]) else json.dumps(o, ensure_ascii=False, indent=1))' "$1"
}

# ---- attacks ----

mkdir "$tmp/attacks"
ok "attacks are made" env TSA_URL="$url/tsa" "$PYTHON" tests/e2e/attacks.py "$tmp/plain.pdf" "$packed" "$tmp/linear.pdf" \
	"$pki" "$tmp/attacks"
attacks() {
	verify --json "$tmp"/attacks/*.pdf 2>/dev/null | "$PYTHON" tests/e2e/verified.py attacks "$tmp/attacks"
}
harmless() {
	verify --json "$tmp"/attacks/valid/*.pdf 2>/dev/null | "$PYTHON" tests/e2e/verified.py valid
}
ok "each of $(ls "$tmp/attacks" | grep -c 'pdf$') attacks is INVALID, by its rule, and names what was changed" attacks
ok "each of $(ls "$tmp/attacks/valid" | grep -c 'pdf$') files that were only signed or changed as allowed is VALID" harmless
signed=$tmp/attacks/valid/packed-signed.pdf
sealed=$tmp/attacks/valid/packed-sealed.pdf

cat >"$tmp/flip.py" <<-'PY'
	import random, sys
	data = open(sys.argv[1], "rb").read()
	chosen = random.Random(66)
	for i in range(200):
	    at, mask = chosen.randrange(len(data)), chosen.randrange(1, 256)
	    open(f"{sys.argv[2]}/{i}.pdf", "wb").write(data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :])
PY
flips() { # file
	rm -rf "$tmp/flips"
	mkdir "$tmp/flips"
	"$PYTHON" "$tmp/flip.py" "$1" "$tmp/flips"
	verify --json "$tmp"/flips/*.pdf 2>/dev/null | "$PYTHON" tests/e2e/verified.py invalid
}
ok "a byte changed in 200 places is INVALID each time" flips "$sealed"

# Why other viewers do not do: they look at what was signed, not at what is shown.
certutil -N -d "sql:$tmp" --empty-password 2>/dev/null && certutil -A -d "sql:$tmp" -n root -t CT,C,C -i "$pki/root.crt" 2>/dev/null
pdfsig -nssdir "sql:$tmp" "$tmp/attacks/packed-content.pdf" >"$tmp/pdfsig" 2>&1
echo "# pdfsig of a page replaced later:$(grep -i 'signature validation' "$tmp/pdfsig")"

# ---- what holds, and when ----

ok "B-B" gives 0 "" verify "$signed"
ok "its time is not proved" says "not proved"
ok "B-T" sign "$packed" "$tmp/t.pdf" signer signer --level t
ok "it holds" gives 0 "" verify --json "$tmp/t.pdf"
ok "with its level and time" json 's[0]["level"] == "t" and s[0]["time"] and s[0]["chain"] == "good" and s[0]["integrity"] is True'
ok "B-LT" sign "$packed" "$tmp/lt.pdf" signer ec256 --level lt
ok "it holds without CRLs given" gives 0 "" verify --json --revocation required "$tmp/lt.pdf"
ok "with its level and a DSS after it" json 's[0]["level"] == "lt" and s[0]["revocation"] == "good" and [l["kind"] for l in s[0]["later"]] == ["dss"]'
ok "B-LTA" sign "$packed" "$tmp/lta.pdf" signer signer --level lta
ok "it holds" gives 0 "" verify --json --revocation required "$tmp/lta.pdf"
ok "with its level, a DSS and a timestamp after it" json 's[0]["level"] == "lta" and [l["kind"] for l in s[0]["later"]] == ["dss", "timestamp"] and s[1]["covers"]["whole_file"]'
ok "a byte changed in 200 places of it is INVALID each time" flips "$tmp/lta.pdf"
ok "revocation is unknown without CRLs" gives 1 revocation verify --revocation required "$tmp/t.pdf"
ok "and known with them" gives 0 "" verify --revocation required --crl "$tmp/crls.pem" "$tmp/t.pdf"

ok "a signer whose certificate ends soon signs" sign "$packed" "$tmp/brief.pdf" signer brief --level b
ok "with a timestamp too" sign "$packed" "$tmp/brief-t.pdf" signer brief --level t
later=$(date -u -d '+10 days' +%Y-%m-%dT%H:%M:%SZ)
ok "then it does not hold without a timestamp" gives 1 cert-time verify --at "$later" "$tmp/brief.pdf"
ok "and holds with one" gives 0 "" verify --at "$later" "$tmp/brief-t.pdf"
ok "a document timestamp over it keeps it too" sign "$tmp/brief.pdf" "$tmp/kept.pdf" seal second --number 66 --date 2023-03-09 --level lta
ok "so that it holds later" gives 0 "" verify --json --at "$later" "$tmp/kept.pdf"
ok "judged at that time, which is shown" json 's[0]["signer"] == "Sắp hết hạn" and s[0]["ok"] and len(s) == 3 and s[0]["level"] == "lta" and s[0]["time"] == s[2]["time"]'
verify "$tmp/kept.pdf" >"$tmp/out" 2>"$tmp/err"
ok "and said" says ", proved by a document timestamp of Dấu thời gian"

# What is shown: other programs draw each version behind a signature as they drew what was signed.
viewers() {
	verify --json "$@" 2>/dev/null | "$PYTHON" tests/e2e/viewers.py
}
otherwise() {
	! viewers "$tmp/attacks/content-replaced.pdf"
}
ok "poppler and mupdf draw all that is VALID as it was signed" viewers "$tmp"/attacks/valid/*.pdf "$tmp/lta.pdf" "$tmp/kept.pdf"
ok "and a page that was replaced otherwise" otherwise
refuses() { # rule, file
	gives 1 "$1" "$KEHOACH" sign "$2" -o "$tmp/no.pdf" --field seal --number 66 --date 2023-03-09 --key "$pki/second.key" \
		--cert "$pki/second-chain.pem" && [ ! -e "$tmp/no.pdf" ]
}
ok "a plan that was altered behind a signature is not sealed" refuses changed "$tmp/attacks/content-replaced.pdf"
ok "nor one that hides an object" refuses hidden "$tmp/attacks/valid/hidden-object.pdf"

ok "when all certificates have ended, nothing holds" gives 1 "cert-time timestamp" verify --at 2050-01-01T00:00:00Z "$tmp/kept.pdf" "$signed"
ok "before the signature its timestamp does not hold" gives 1 "cert-time timestamp" verify --at 2020-01-01T00:00:00Z "$tmp/t.pdf"

ok "a revoked signer signs" sign "$packed" "$tmp/revoked.pdf" signer revoked --level b
ok "revoked before" gives 1 revoked verify --crl "$tmp/crls.pem" "$tmp/revoked.pdf"
sleep 1
(cd "$pki" && mkdir -p issued && openssl ca -config openssl.cnf -revoke signer.crt && openssl ca -config openssl.cnf -gencrl -out new.pem) >/dev/null 2>&1
cat "$pki/new.pem" >>"$tmp/crls.pem"
ok "revoked after the time of the timestamp: it holds" gives 0 "" verify --crl "$tmp/crls.pem" "$tmp/t.pdf"
ok "and without a timestamp not" gives 1 revoked verify --crl "$tmp/crls.pem" "$signed"

ok "of a CA that nobody trusts" sign "$packed" "$tmp/alone.pdf" signer alone --level b
ok "does not hold" gives 1 chain verify "$tmp/alone.pdf"
ok "nor does any when another CA is trusted" gives 1 chain "$KEHOACH" verify --trust "$pki/stranger.crt" "$signed"

# ---- what came later, and is no change ----

valid=$tmp/attacks/valid
ok "a number that nobody signed" gives 0 "" verify "$valid/number.pdf"
ok "is warned of" warns "revocation unsigned-text"
ok "and said in the text" says "but signed by NOBODY"
verify --json "$valid/number.pdf" >"$tmp/out"
ok "and in JSON" json 'o["ok"] and o["unsigned_fields"] == ["number"] and [(l["kind"], l["signed"]) for l in s[0]["later"]] == [("form", False)]'
verify --json "$sealed" >"$tmp/out"
ok "one that the seal covers is not" json 'o["unsigned_fields"] == [] and ("form", True) in [(l["kind"], l["signed"]) for l in s[0]["later"]]'
ok "a version that changes nothing" gives 0 "" verify "$valid/nothing.pdf"
ok "is warned of too" warns "idle revocation"
verify --json "$valid/nothing.pdf" >"$tmp/out"
ok "and has its entry" json '[(l["kind"], l["objects"]) for l in s[0]["later"]] == [("nothing", [])] and o["revisions"] == s[0]["covers"]["revision"] + 1'
ok "sealed at level lta, with all proofs once more" sign "$tmp/lta.pdf" "$tmp/lta2.pdf" seal second --level lta --leave-blank
ok "it holds" gives 0 "" verify --json "$tmp/lta2.pdf"
ok "and no version is there without a reason" json 'len(s) == 4 and not [l for l in s[0]["later"] if l["kind"] in ("nothing", "unused")] and [x["level"] for x in s if x["kind"] == "signature"] == ["lta", "lta"]'

# ---- the order ----

ok "sealed blank" sign "$signed" "$tmp/blank.pdf" seal second --level b --leave-blank
ok "holds" gives 0 "" verify "$tmp/blank.pdf"
ok "and is warned of" warns "blank revocation"
verify --json "$tmp/blank.pdf" >"$tmp/out"
ok "in JSON too" json '[(x["over_blank"], x["before_signer"]) for x in s] == [(False, False), (True, False)]'
verify --json "$sealed" >"$tmp/out"
ok "what was sealed in order is not" json 'not [x for x in s if x["over_blank"] or x["before_signer"]]'

# ---- made by another program ----

openssl pkcs12 -export -inkey "$pki/signer.key" -in "$pki/signer.crt" -certfile "$pki/chain.pem" -out "$tmp/nss.p12" -passout pass:x -name signer
pk12util -i "$tmp/nss.p12" -d "sql:$tmp" -W x >/dev/null 2>&1
pdfsig -nssdir "sql:$tmp" -add-signature -nick signer "$packed" "$tmp/nss.pdf" >/dev/null 2>&1
ok "pdfsig's signature holds, though below PAdES" gives 0 "" verify "$tmp/nss.pdf"
ok "which is warned of" warns "baseline revocation"
verify --json "$tmp/nss.pdf" >"$tmp/out"
ok "and said in JSON" json 's[0]["level"] == "cms" and s[0]["level_why"] and s[0]["integrity"]'
ok "a byte changed in 200 places of it is INVALID each time" flips "$tmp/nss.pdf"

# ---- what is given of PEM ----

half() { # file, n: its n-th block without its second line
	awk -v n="$2" '/^-----BEGIN/ { block++; line = 0 } { line++ } !(block == n && line == 2)' "$1"
}
cat "$pki/stranger.crt" "$pki/root.crt" >"$tmp/two.pem"
ok "two CAs" gives 0 "" "$KEHOACH" verify --trust "$tmp/two.pem" --crl "$tmp/crls.pem" "$tmp/t.pdf"
for i in 1 2; do
	half "$tmp/two.pem" $i >"$tmp/half.pem"
	ok "with number $i damaged" gives 1 "$([ $i = 1 ] && echo trust || echo pem)" "$KEHOACH" verify --trust "$tmp/half.pem" "$tmp/t.pdf"
done
half "$tmp/crls.pem" 2 >"$tmp/half-crls.pem"
ok "CRLs, of which the second is damaged" gives 1 pem verify --crl "$tmp/half-crls.pem" "$tmp/t.pdf"
ok "it is said which" says "block 2 of the 3"
cat "$tmp/crls.pem" "$pki/root.crt" >"$tmp/mixed.pem"
ok "a certificate among the CRLs" gives 1 pem verify --crl "$tmp/mixed.pem" "$tmp/t.pdf"

# ---- files ----

ok "no signature" gives 1 unsigned verify "$packed"
ok "no PDF" gives 1 pdf verify README.md
ok "no file" gives 1 file verify "$tmp/none.pdf"
qpdf --encrypt a b 256 -- "$tmp/plain.pdf" "$tmp/encrypted.pdf"
ok "encrypted" gives 1 encrypted verify "$tmp/encrypted.pdf"
ok "no --trust" gives 2 usage "$KEHOACH" verify "$signed"
ok "--at that is no time" gives 2 usage verify --at yesterday "$signed"
ok "--revocation that is nothing" gives 2 usage verify --revocation no "$signed"
ok "no file named" gives 2 usage verify
ok "no such CA file" gives 1 file "$KEHOACH" verify --trust "$tmp/none.pem" "$signed"
ok "of several files one is not signed" gives 1 unsigned verify "$signed" "$packed" "$sealed"
ok "the others are judged" says "$sealed: VALID"
lines() {
	verify --json "$signed" "$tmp/none.pdf" "$packed" >"$tmp/out" 2>"$tmp/err"
	[ $? = 1 ] && [ "$(wc -l <"$tmp/out")" = 3 ] && [ ! -s "$tmp/err" ]
}
ok "one line of JSON a file, and nothing else" lines
vietnamese() {
	LC_ALL=vi_VN.UTF-8 verify "$sealed" "$tmp/attacks/packed-content.pdf"
}
vietnamese >"$tmp/out" 2>"$tmp/err"
ok "in Vietnamese the verdict" says "KHÔNG HỢP LỆ"
ok "and the reason" says "đã sửa nội dung"

# ---- folders of results ----

folder() { # name: a copy of the results with the plan signed
	cp -r "$dir" "$tmp/$1"
	cp "$sealed" "$tmp/$1/plan.signed.pdf"
}
folder good
ok "a folder" gives 0 "" verify "$tmp/good"
ok "as JSON" gives 0 "" verify --json "$tmp/good"
all_hold() {
	"$PYTHON" tests/e2e/verified.py valid <"$tmp/out" && [ "$(wc -l <"$tmp/out")" = 2 ]
}
ok "one line for the folder, one for the file" all_hold
folder unsigned && rm "$tmp/unsigned/plan.signed.pdf"
ok "without a signed file" gives 1 unsigned verify "$tmp/unsigned"
folder output && echo >>"$tmp/output/figures.json"
ok "with a changed result" gives 1 manifest verify "$tmp/output"
ok "the signed file is judged all the same" says "plan.signed.pdf: VALID"
folder missing && rm "$tmp/missing/figures.json"
ok "with a missing result" gives 1 file verify "$tmp/missing"
folder other && cp "$tmp/attacks/valid/sealed.pdf" "$tmp/other/plan.signed.pdf"
ok "with a signed file of another plan" gives 1 prefix verify "$tmp/other"
folder link && mv "$tmp/link/figures.json" "$tmp/figures.json" && ln -s ../figures.json "$tmp/link/figures.json"
ok "with a link that leaves it" gives 1 outside verify "$tmp/link"
folder none && rm "$tmp/none/manifest.json"
ok "without a manifest" gives 1 file verify "$tmp/none"
ok "said in JSON too" gives 1 "" verify --json "$tmp/none"
ok "of the folder" json 'o["ok"] is False and o["findings"][0]["rule"] == "file"'
folder more && cp "$sealed" "$tmp/more/other.PDF" && cp "$packed" "$tmp/more/plain.pdf" && mkdir "$tmp/more/old" && ln -s /etc/passwd "$tmp/more/link.txt"
ok "with a signed file that nothing vouches for" gives 1 unlisted verify "$tmp/more"
ok "which is judged, and not said to be valid" says "other.PDF: INVALID"
ok "of other files it is warned" says "plain.pdf: warning"
ok "of folders too" says "/old: warning"
ok "the listed one holds" says "plan.signed.pdf: VALID"
ok "said in JSON too" gives 1 "" verify --json "$tmp/more"
unlisted() {
	head -1 "$tmp/out" | "$PYTHON" -c 'import json, sys
o = json.loads(sys.stdin.read())
found = [(u["file"].rsplit("/", 1)[1], u["signed"]) for u in o["unlisted"]]
sys.exit(0 if not o["ok"] and found == [("link.txt", False), ("old", False), ("other.PDF", True), ("plain.pdf", False)] else str(found))'
}
ok "of the folder" unlisted
ok "and of the file" json 'o["file"].endswith("other.PDF") and not o["ok"] and "unlisted" in [f["rule"] for f in o["findings"]] and s[0]["ok"]'
folder named && mv "$tmp/named/plan.signed.pdf" "$tmp/named/plan2.signed.pdf"
ok "with a signed file of another name" gives 1 "unlisted unsigned" verify "$tmp/named"
folder noted && echo x >"$tmp/noted/note.txt"
ok "with a note beside the results" gives 0 "" verify "$tmp/noted"
ok "which is warned of" warns "revocation unlisted"
hostile() { # rule, text of a manifest
	rm -rf "$tmp/hostile"
	folder hostile
	printf '%s' "$2" >"$tmp/hostile/manifest.json"
	gives 1 "$1" verify "$tmp/hostile"
}
ok "with a manifest that is no JSON" hostile manifest '{"outputs":'
ok "that is a list" hostile manifest '[]'
ok "without results" hostile manifest '{"outputs":{}}'
ok "with names that leave the folder" hostile "manifest unlisted unsigned" '{"outputs":[{"path":"../figures.json","sha256":"0"}]}'
ok "with a name twice" hostile manifest '{"outputs":[{"path":"plan.pdf","path":"plan.pdf"}]}'
ok "with a result twice" hostile "manifest" "$("$PYTHON" -c '
import json, sys
m = json.load(open(sys.argv[1])); m["outputs"] *= 2; print(json.dumps(m))' "$dir/manifest.json")"
ok "with numbers for names" hostile "manifest unlisted unsigned" '{"outputs":[{"path":1,"sha256":2},3,null]}'
ok "too deep" hostile manifest "$("$PYTHON" -c 'print("[" * 100000)')"
ok "with too many results" hostile "limit" "$("$PYTHON" -c 'print("{\"outputs\":[" + ",".join(["0"] * 100000) + "]}")')"

finish '/(attacks|flips)/|/(plain|encrypted|nss)\.pdf$'
