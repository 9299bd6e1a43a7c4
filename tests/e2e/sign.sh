#!/bin/sh
# kehoach sign: a plan signed at each level and with keys of every source, its number and day filled in, appendices, pictures, what
# is refused; each signed file is judged by kehoach verify and by programs that are not ours. Nothing leaves the loopback.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
module=$(ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so 2>/dev/null | head -1)

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
for name in signer second revoked ec256 ec384; do
	cat "$pki/$name.crt" "$pki/ca.crt" >"$pki/$name-chain.pem"
done
trusted_root() {
	mkdir "$tmp/nss" && certutil -N -d "sql:$tmp/nss" --empty-password &&
		certutil -A -d "sql:$tmp/nss" -n root -t CT,C,C -i "$pki/root.crt"
}
ok "poppler knows the root" trusted_root
ok "a plan without number and day" "$KEHOACH" build fixtures/lao-cai-2021/job.xml -o "$tmp/out" --only pdf
plan=$tmp/out/lao-cai-2021/plan.pdf
"$PYTHON" tests/e2e/sign.py png "$tmp/ink.png" 160 90
"$PYTHON" tests/e2e/sign.py png "$tmp/seal.png" 120 120 seal

# ---- what is asked of each signed file ----
sign() { # in, out, options...: as nobody's terminal
	in=$1
	out=$2
	shift 2
	"$KEHOACH" sign "$in" -o "$tmp/$out.pdf" "$@" </dev/null
}
p12() { # in, out, options...
	in=$1
	out=$2
	shift 2
	sign "$in" "$out" --p12 "$pki/signer.p12" --password-file "$pki/password" "$@"
}
ours() { # file, what it has: see sign.py report
	file=$1
	shift
	"$KEHOACH" --json verify "$file" --trust "$pki/root.crt" --crl "$pki/ca.crl" >"$tmp/said.json" || { cat "$tmp/said.json"; return 1; }
	"$PYTHON" tests/e2e/sign.py report "$tmp/said.json" "$@" || { cat "$tmp/said.json"; return 1; }
}
# It exits 0 on bad files too: its text is read. Of document timestamps it knows nothing.
poppler() { # file, number of signatures
	pdfsig -nssdir "sql:$tmp/nss" "$1" >"$tmp/said" 2>&1
	[ "$(grep -c 'Signature is Valid\.' "$tmp/said")" = "$2" ] && [ "$(grep -c 'Certificate is Trusted\.' "$tmp/said")" = "$2" ] &&
		! grep -E 'Digest Mismatch|is Invalid|unknown failure' "$tmp/said" || { cat "$tmp/said"; return 1; }
}
openssl_likes() { # file
	rm -rf "$tmp/cms"
	"$PYTHON" tests/e2e/sign.py cms "$1" "$tmp/cms" || return 1
	for der in "$tmp"/cms/*.der; do
		if [ "$(cat "${der%.der}.kind")" = ETSI.RFC3161 ]; then
			openssl ts -verify -in "$der" -token_in -data "${der%.der}.tbs" -CAfile "$pki/root.crt" -untrusted "$pki/ca.crt" || return 1
			continue
		fi
		openssl cms -verify -binary -cades -inform DER -in "$der" -content "${der%.der}.tbs" -CAfile "$pki/root.crt" -purpose any \
			-out /dev/null >"$tmp/said" 2>&1
		grep 'CAdES Verification successful' "$tmp/said" || { cat "$tmp/said"; return 1; }
	done
}
mupdf_likes() { # file
	mutool sign -v "$1" >"$tmp/said" 2>&1
	! grep -i 'digest error\|invalidated' "$tmp/said" && grep 'unchanged since signing\|there have been edits' "$tmp/said"
}
is_sound() { # file, the file before: nothing lost on the way
	qpdf --check "$1" || return 1
	head -c "$(stat -c %s "$2")" "$1" | cmp - "$2" || return 1
	pdfinfo -struct "$1" 2>&1 >/dev/null | grep . && return 1
	"$PYTHON" tests/e2e/archive.py "$1" | grep -v 'a form that nobody signed' && return 1
	pdffonts "$1" | tail -n +3 | awk '{ if ($(NF - 4) != "yes" || $(NF - 2) != "yes") { print; bad = 1 } } END { exit bad }'
}
good() { # what, file, the file before, signatures poppler knows, what it has...
	title=$1
	file=$tmp/$2.pdf
	before=$3
	count=$4
	shift 4
	ok "$title: holds for us" ours "$file" "$@"
	ok "$title: for poppler and NSS" poppler "$file" "$count"
	ok "$title: for OpenSSL" openssl_likes "$file"
	ok "$title: for MuPDF" mupdf_likes "$file"
	ok "$title: is what it was, and sound" is_sound "$file" "$before"
}

# ---- levels and keys ----
service="--tsa $url/tsa --trust $pki/root.crt"
for level in b t lt lta; do
	case $level in
	b | t) has=signer=$level ;;
	lt) has="signer=lt signer>dss" ;;
	lta) has="signer=lta signer>dss signer>timestamp timestamp=-" ;;
	esac
	stamped=$service
	[ $level != b ] || stamped=
	ok "RSA, level $level" p12 "$plan" "rsa-$level" --level "$level" $stamped
	good "RSA, level $level" "rsa-$level" "$plan" 1 $has
	ok "EC, level $level" sign "$plan" "ec-$level" --key "$pki/ec256.key" --cert "$pki/ec256-chain.pem" --level "$level" $stamped
	good "EC, level $level" "ec-$level" "$plan" 1 $has
done
cat "$pki/mail.crt" "$pki/ca.crt" >"$pki/mail-chain.pem"
ok "a certificate for mails" sign "$plan" mail --key "$pki/mail.key" --cert "$pki/mail-chain.pem"
ok "signs plans too" ours "$tmp/mail.pdf" signer=b
ok "P-384" sign "$plan" ec384 --key "$pki/ec384.key" --cert "$pki/ec384-chain.pem"
good "P-384" ec384 "$plan" 1 signer=b

at="--time 2021-04-14T09:00:00+07:00"
ok "signed at a given time" p12 "$plan" first $at
ok "and again" p12 "$plan" again $at
ok "the same bytes" cmp "$tmp/first.pdf" "$tmp/again.pdf"
for file in signer-old signer-rc2; do
	ok "$file.p12" sign "$plan" "$file" --p12 "$pki/$file.p12" --password-file "$pki/password" $at
	ok "the same bytes" cmp "$tmp/first.pdf" "$tmp/$file.pdf"
done
ok "PEM, encrypted" sign "$plan" locked --key "$pki/signer-locked.pem" --cert "$pki/signer-chain.pem" --password-file "$pki/password" $at
ok "PEM, plain" sign "$plan" plain --key "$pki/signer.key" --cert "$pki/signer-chain.pem" $at
ok "the same bytes" cmp "$tmp/locked.pdf" "$tmp/plain.pdf"

mkdir "$tmp/tokens"
echo "directories.tokendir = $tmp/tokens" >"$tmp/softhsm.conf"
export SOFTHSM2_CONF="$tmp/softhsm.conf"
printf '1234\n' >"$tmp/pin"
printf '4321\n' >"$tmp/badpin"
chmod 600 "$tmp/pin" "$tmp/badpin"
put_key() { # label, id, key and certificate
	openssl pkcs8 -topk8 -nocrypt -in "$pki/$3.key" -out "$tmp/key.p8" &&
		softhsm2-util --import "$tmp/key.p8" --token office --label "$1" --id "$2" --pin 1234 && put_cert "$1" "$2" "$3"
}
put_cert() {
	openssl x509 -in "$pki/$3.crt" -outform DER -out "$tmp/cert.der" &&
		pkcs11-tool --module "$module" --token-label office -l --pin 1234 -w "$tmp/cert.der" -y cert -d "$2" -a "$1"
}
token() { # in, out, options...
	in=$1
	out=$2
	shift 2
	sign "$in" "$out" --pkcs11 "$module" --token office --pin-file "$tmp/pin" "$@"
}
ok "a token" softhsm2-util --init-token --free --label office --pin 1234 --so-pin 1234
ok "with an RSA key" put_key rsa 01 signer
ok "with an EC key" put_key ec 02 ec256
ok "with the CA's certificate" put_cert ca 77 ca
ok "a token signs with its RSA key" token "$plan" token-rsa --key-label rsa
good "a token with RSA" token-rsa "$plan" 1 signer=b
ok "a token signs with its EC key" token "$plan" token-ec --key-label ec --level t $service
good "a token with EC" token-ec "$plan" 1 signer=t

# ---- a plan on its way: the signer, then the office with number and day ----
ok "the signer, with his picture" p12 "$plan" approved --image "$tmp/ink.png" --reason "Phê duyệt" --location "Lào Cai" --level lt $service
good "approved" approved "$plan" 1 signer=lt "signer>dss"
ok "the office fills in and seals" sign "$tmp/approved.pdf" sealed --key "$pki/second.key" --cert "$pki/second-chain.pem" --field seal \
	--number 66 --date 2021-04-15 --image "$tmp/seal.png" --level lta $service
good "sealed" sealed "$tmp/approved.pdf" 2 signer=lta "signer>dss" "signer>signature" "signer>form" "signer>timestamp" seal=lta "seal>dss" \
	"seal>timestamp" timestamp=-
shows() { # file, text
	pdftotext -layout "$1" - | tr -s ' ' | grep "$2"
}
ok "the number is seen" shows "$tmp/sealed.pdf" 'Số: 66 */KH-UBND'
ok "the day is seen" shows "$tmp/sealed.pdf" 'ngày 15 tháng 4 năm 2021'
typeset() {
	"$PYTHON" tests/e2e/sign.py line "$@"
}
ok "as if typeset: the number" typeset "$tmp/sealed.pdf" 'Số:' +66 -/KH-UBND
ok "as if typeset: the day" typeset "$tmp/sealed.pdf" ngày 15 tháng 4 năm 2021
office="--key $pki/second.key --cert $pki/second-chain.pem"
for number in 1234a 123456Đ 7-2/A.5; do
	ok "a number as $number, without naming the seal" sign "$tmp/approved.pdf" numbered $office --number "$number" --date 2021-04-03
	ok "holds" ours "$tmp/numbered.pdf" signer=lt "signer>dss" "signer>signature" "signer>form" seal=b
	ok "is seen" shows "$tmp/numbered.pdf" "Số: *$number/KH-UBND"
done
ok "1234a at full width" sign "$tmp/approved.pdf" numbered $office --number 1234a --date 2021-04-03
ok "as if typeset" typeset "$tmp/numbered.pdf" 'Số:' +1234a -/KH-UBND
ok "a number below 10" sign "$tmp/approved.pdf" numbered $office --number 7 --date 2021-04-03
ok "has its zero" shows "$tmp/numbered.pdf" 'Số: *07/KH-UBND'
ok "what has no number and day" sign "$tmp/approved.pdf" blank $office --field seal --leave-blank
ok "is sealed without them" ours "$tmp/blank.pdf" signer=lt "signer>dss" "signer>signature" seal=b
cp -r fixtures/lao-cai-2021 "$tmp/whole-year"
sed -i 's/date="2021-04"/date="2021"/' "$tmp/whole-year/job.xml"
ok "a plan without its month" "$KEHOACH" build "$tmp/whole-year/job.xml" -o "$tmp/year" --only pdf
ok "is signed" p12 "$tmp/year/lao-cai-2021/plan.pdf" year
ok "and sealed with number, day and month" sign "$tmp/year.pdf" year-sealed $office --number 102 --date 2021-12-31
good "number, day and month" year-sealed "$tmp/year.pdf" 2 signer=b "signer>signature" "signer>form" seal=b
ok "as if typeset" typeset "$tmp/year-sealed.pdf" ngày 31 tháng 12 năm 2021
ok "both pictures are there, with their transparency" test "$(pdfimages -list "$tmp/sealed.pdf" | grep -c smask)" = 2
read_only() {
	qpdf --json --json-key=acroform "$tmp/sealed.pdf" 2>/dev/null | "$PYTHON" -c '
import json, sys
fields = {f["fullname"]: f for f in json.load(sys.stdin)["acroform"]["fields"]}
assert fields["number"]["fieldflags"] & 1 and fields["date"]["fieldflags"] & 1, fields'
}
ok "and nobody may change them" read_only
no_warning() {
	"$@" >"$tmp/said" 2>"$tmp/warned"
	! grep . "$tmp/warned" && grep -q '^ *Form' "$tmp/said"
}
ok "its tree of tags is read to the end" no_warning pdfinfo -struct-text "$tmp/sealed.pdf"
archived() { # file: still what it claims to be
	"$KEHOACH" lint "$1" >"$tmp/said" 2>&1 || { cat "$tmp/said"; return 1; }
	! grep 'claims neither' "$tmp/said"
}
ok "it is the PDF/A and PDF/UA that it claims to be" archived "$tmp/sealed.pdf"

# ---- pictures are ink: what is beneath stays as it was ----
stays_dark() { # before, after: on each page that has a picture
	one=$1 other=$2
	for page in $(pdfimages -list "$other" | awk '/smask/ { print $1 }' | sort -u); do
		paint "$one" "$tmp/one" "$page" && paint "$other" "$tmp/other" "$page" &&
			"$PYTHON" tests/e2e/sign.py dark "$tmp/one.ppm" "$tmp/other.ppm" || return 1
	done
	[ -n "$page" ]
}
paint() { # file, out, page
	pdftoppm -r 100 -f "$3" -l "$3" -singlefile "$1" "$2"
}
ok "letters beneath signature and seal are as black as before" stays_dark "$plan" "$tmp/sealed.pdf"
"$PYTHON" tests/e2e/sign.py over "$tmp/over.pdf"
for kind in ring seal; do
	"$PYTHON" tests/e2e/sign.py png "$tmp/$kind.png" 120 120 "$kind"
	ok "a picture on text: $kind" p12 "$tmp/over.pdf" "over-$kind" --image "$tmp/$kind.png"
	ok "$kind: each letter is as black as before" stays_dark "$tmp/over.pdf" "$tmp/over-$kind.pdf"
done
paint() {
	mutool draw -q -r 100 -o "$2.ppm" "$1" "$3"
}
ok "MuPDF paints them so, too" stays_dark "$tmp/over.pdf" "$tmp/over-seal.pdf"

# ---- what a later signature lies over ----
warns() { # how often, file
	"$KEHOACH" verify "$2" --trust "$pki/root.crt" --crl "$pki/ca.crl" >"$tmp/said" 2>&1 || { cat "$tmp/said"; return 1; }
	[ "$(grep -c 'warning: .*\[over\]$' "$tmp/said")" = "$1" ] && [ "$(grep -c 'over what was signed before' "$tmp/said")" = "$1" ] ||
		{ cat "$tmp/said"; return 1; }
}
ok "signature and seal in their places give no warning" warns 0 "$tmp/sealed.pdf"
ok "signed above the text" p12 "$tmp/over.pdf" over-first --field above
ok "signed on the text after that" p12 "$tmp/over-first.pdf" over-then --field on --image "$tmp/seal.png"
ok "gives a warning" warns 1 "$tmp/over-then.pdf"
ok "which no first signature gives" warns 0 "$tmp/over-seal.pdf"

# ---- certified ----
for level in 2 3; do
	ok "certified $level" p12 "$plan" "certified-$level" --certify "$level"
	good "certified $level" "certified-$level" "$plan" 1 signer=b
done
ok "certified 2, then sealed" sign "$tmp/certified-2.pdf" certified-sealed --key "$pki/second.key" --cert "$pki/second-chain.pem" --field seal \
	--number 7 --date 2021-04-30
good "certified and sealed" certified-sealed "$tmp/certified-2.pdf" 2 signer=b "signer>signature" "signer>form" seal=b

# ---- kept for decades: more timestamps than fields were made for ----
ec="--key $pki/ec256.key --cert $pki/ec256-chain.pem"
cp "$tmp/sealed.pdf" "$tmp/kept-0.pdf"
for i in 1 2 3 4 5; do
	ok "renewed $i times" sign "$tmp/kept-$((i - 1)).pdf" "kept-$i" --field "renewal-$i" --level lta $service $ec
	ok "is what it was, and sound" is_sound "$tmp/kept-$i.pdf" "$tmp/kept-$((i - 1)).pdf"
done
all_hold() { # file, signatures, timestamps
	"$KEHOACH" --json verify "$1" --trust "$pki/root.crt" --revocation required >"$tmp/said.json" || { cat "$tmp/said.json"; return 1; }
	"$PYTHON" -c 'import json, sys
said = json.load(open(sys.argv[1]))["signatures"]
kinds = [s["kind"] for s in said]
assert all(s["ok"] for s in said) and [kinds.count(k) for k in ("signature", "timestamp")] == [int(n) for n in sys.argv[2:]], kinds' \
		"$tmp/said.json" "$2" "$3"
}
ok "all signatures and timestamps hold" all_hold "$tmp/kept-5.pdf" 7 6
intact() { # the second of one signer's certificates NSS does not look at again
	pdfsig -nocert -nssdir "sql:$tmp/nss" "$tmp/kept-5.pdf" >"$tmp/said" 2>&1
	[ "$(grep -c 'Signature is Valid\.' "$tmp/said")" = 7 ] || { cat "$tmp/said"; return 1; }
}
ok "for poppler" intact
ok "for OpenSSL" openssl_likes "$tmp/kept-5.pdf"
ok "for MuPDF" mupdf_likes "$tmp/kept-5.pdf"
ok "it is still the PDF/A and PDF/UA that it claims to be" archived "$tmp/kept-5.pdf"
ok "its tree of tags is read to the end" no_warning pdfinfo -struct-text "$tmp/kept-5.pdf"
described() {
	qpdf --json --json-key=acroform "$tmp/kept-5.pdf" 2>/dev/null | "$PYTHON" -c '
import json, sys
fields = {f["fullname"]: f for f in json.load(sys.stdin)["acroform"]["fields"]}
assert fields["timestamp6"]["alternativename"] == fields["timestamp"]["alternativename"] != "timestamp", fields
assert fields["renewal-1"]["alternativename"] == "renewal-1", fields'
}
ok "each new field is described" described

# ---- an appendix that is issued alone ----
cp -r fixtures/lao-cai-2021 "$tmp/alone"
sed -i 's/<appendix /<appendix separate="yes" /' "$tmp/alone/plan.xml"
ok "appendices of their own" "$KEHOACH" build "$tmp/alone/job.xml" -o "$tmp/alone-out" --only pdf
appendix=$tmp/alone-out/lao-cai-2021/appendix-1.pdf
ok "certified 1, where nothing waits" p12 "$appendix" certified-1 --number 66 --certify 1
good "certified 1" certified-1 "$appendix" 1 issue=b
ok "an appendix is issued" p12 "$appendix" issued --number 66 --time 2021-04-15T08:30:00+07:00
good "issued" issued "$appendix" 1 issue=b
ok "its number and symbol are seen" shows "$tmp/issued.pdf" '66/KH-UBND'
ok "its time is seen" shows "$tmp/issued.pdf" '2021-04-15T08:30:00+07:00'
sed -i 's/<document /<document number="66" /' "$tmp/alone/job.xml"
ok "appendices of a plan that says its number" "$KEHOACH" build "$tmp/alone/job.xml" -o "$tmp/alone-out-66" --only pdf
issued_with=$tmp/alone-out-66/lao-cai-2021/appendix-1.pdf
ok "an appendix that knows it" p12 "$issued_with" issued-66 --time 2021-04-15T08:30:00+07:00
ok "its number and symbol are seen" shows "$tmp/issued-66.pdf" '66/KH-UBND'
ok "a draft, which has no fields" "$KEHOACH" build fixtures/lao-cai-2021/job.xml -o "$tmp/draft" --only pdf --draft
no_form=$tmp/draft/lao-cai-2021/plan.pdf

# ---- many files, one unlock ----
cp "$plan" "$tmp/one.pdf"
cp "$plan" "$tmp/two.pdf"
ok "two files, the password from a pipe that can be read once" sh -c 'cat "$1" | "$2" sign "$3/one.pdf" "$3/two.pdf" -o "$3/many" --p12 "$4" --password-file /dev/stdin' \
	- "$pki/password" "$KEHOACH" "$tmp" "$pki/signer.p12"
ok "both are signed" ours "$tmp/many/one.signed.pdf" signer=b
ok "both are signed" ours "$tmp/many/two.signed.pdf" signer=b

# ---- what is refused ----
refused() { # exit code, rule, options... (the last -o counts): no file, no password in what is said
	want=$1
	rule=$2
	shift 2
	rm -f "$tmp/no.pdf"
	"$KEHOACH" sign "$@" -o "$tmp/no.pdf" </dev/null >"$tmp/said" 2>&1
	code=$?
	cat "$tmp/said"
	[ $code = "$want" ] || { echo "exit code $code"; return 1; }
	[ "$(sed -n 's/.*error: .*\[\(.*\)\]$/\1/p' "$tmp/said" | sort -u)" = "$rule" ] || return 1
	! ls "$tmp"/no.pdf* 2>/dev/null || return 1
	! grep -e "$(cat "$pki/password")" -e "$(cat "$pki/wrong")" -e 1234 -e 4321 "$tmp/said" || return 1
	sed -n 's/.*error: //p' "$tmp/said" >>"$tmp/messages"
}
refused_alike() { # the same; in words that another case has too
	cp "$tmp/messages" "$tmp/messages.before"
	refused "$@"
	code=$?
	cp "$tmp/messages.before" "$tmp/messages"
	return $code
}
pass="--password-file $pki/password"
mine="--p12 $pki/signer.p12 $pass"
pem() { # name: options
	echo "--key $pki/$1.key --cert $pki/$1.crt"
}
ok "a wrong password" refused 1 password "$plan" --p12 "$pki/signer.p12" --password-file "$pki/wrong"
ok "a wrong password of an old file" refused 1 password "$plan" --p12 "$pki/signer-rc2.p12" --password-file "$pki/wrong"
ok "a wrong password of a PEM key" refused 1 password "$plan" --key "$pki/signer-locked.pem" --cert "$pki/signer.crt" --password-file "$pki/wrong"
ok "a wrong PIN" refused 1 password "$plan" --pkcs11 "$module" --token office --key-label rsa --pin-file "$tmp/badpin"
ok "no such token" refused 1 token "$plan" --pkcs11 "$module" --token none --pin-file "$tmp/pin"
ok "a document timestamp of a service that is wrong" refused 1 tsa-hash "$plan" $mine --tsa "$url/tsa-hash" --trust "$pki/root.crt" --level lta
ok "no such password file" refused 1 secret "$plan" --p12 "$pki/signer.p12" --password-file "$tmp/none"
: >"$tmp/messages"
ok "an expired certificate" refused 1 key-expired "$plan" $(pem expired)
ok "one that is not valid yet" refused 1 key-not-yet "$plan" $(pem early)
ok "one for another usage" refused 1 key-usage "$plan" $(pem usage)
ok "one of a web server" refused 1 cert-usage "$plan" $(pem server)
ok "a key that is too short" refused 1 key-size "$plan" $(pem weak)
ok "key and certificate of two people" refused 1 key-match "$plan" --key "$pki/second.key" --cert "$pki/signer.crt"
ok "what is no key" refused 1 key-format "$plan" --key "$pki/root.crt" --cert "$pki/signer.crt"
ok "a service that answers for another hash" refused 1 tsa-hash "$plan" $mine --tsa "$url/tsa-hash" --trust "$pki/root.crt"
ok "one that answers another question" refused 1 tsa-nonce "$plan" $mine --tsa "$url/tsa-nonce" --trust "$pki/root.crt"
ok "one whose certificate is for something else" refused 1 tsa-usage "$plan" $mine --tsa "$url/tsa-plain" --trust "$pki/root.crt"
ok "one that lies about the time" refused 1 tsa-time "$plan" $mine --tsa "$url/tsa-late" --trust "$pki/root.crt"
ok "one that refuses" refused 1 tsa-refused "$plan" $mine --tsa "$url/tsa-refused" --trust "$pki/root.crt"
ok "one that nobody trusts" refused 1 tsa-chain "$plan" $mine --tsa "$url/tsa" --trust "$pki/stranger.crt"
ok "a service that is not there" refused 3 service "$plan" $mine --tsa http://127.0.0.1:1/ --trust "$pki/root.crt"
ok "a broken one" refused 3 service "$plan" $mine --tsa "$url/broken" --trust "$pki/root.crt"
ok "a revoked certificate, for long" refused 1 revoked "$plan" --key "$pki/revoked.key" --cert "$pki/revoked-chain.pem" --level lt $service
ok "a field that is not there" refused 1 field "$plan" $mine --field chairman
ok "a field for a text" refused 1 field "$plan" $mine --field number
ok "a field that is signed" refused 1 filled "$tmp/first.pdf" $mine --field signer
ok "the signer fills in too" p12 "$plan" numbered --field signer --number 66
ok "a second filling" refused 1 filled "$tmp/numbered.pdf" $mine --field seal --number 67 --date 2021-04-15
ok "a day, after the seal" sign "$tmp/numbered.pdf" sealed-early $office --field seal --leave-blank
ok "is refused" refused 1 filled "$tmp/sealed-early.pdf" $mine --field timestamp --date 2021-04-15
ok "the seal before the signer" refused 1 order "$plan" $mine --field seal --number 66 --date 2021-04-15
ok "also where the number means the seal" refused_alike 1 order "$plan" $mine --number 66 --date 2021-04-15
ok "the seal before the signer, blank" refused_alike 1 order "$plan" $mine --field seal --leave-blank
sealed_first() { # as by a program that knows no order
	qpdf --object-streams=disable "$plan" "$tmp/unpacked.pdf" &&
		LC_ALL=C sed 's|/T (signer)|/T (zigner)|' "$tmp/unpacked.pdf" >"$tmp/other-name.pdf" &&
		sign "$tmp/other-name.pdf" sealed-first $office --field seal --leave-blank &&
		LC_ALL=C sed -i 's|/T (zigner)|/T (signer)|' "$tmp/sealed-first.pdf"
}
ok "a plan that is sealed first" sealed_first
seen_early() { # its bytes were changed above, and it is said all the same
	"$KEHOACH" verify --json "$tmp/sealed-first.pdf" --trust "$pki/root.crt" >"$tmp/said.json"
	grep -q '"before_signer":true,"over_blank":true' "$tmp/said.json" && grep -q '"rule":"order"' "$tmp/said.json" || { cat "$tmp/said.json"; return 1; }
}
ok "verify sees it" seen_early
ok "the signer behind the seal" refused 1 order "$tmp/sealed-first.pdf" $mine --field signer
ok "also as the first that waits" refused_alike 1 order "$tmp/sealed-first.pdf" $mine
ok "the seal without number and day" refused 1 blank "$tmp/first.pdf" $mine --field seal
ok "the next field is the seal: the same" refused_alike 1 blank "$tmp/first.pdf" $mine
ok "the seal without its day" refused_alike 1 blank "$tmp/first.pdf" $mine --field seal --number 66
ok "the seal without its number" refused_alike 1 blank "$tmp/first.pdf" $mine --field seal --date 2021-04-15
ok "blanks for who signs" refused 1 blank "$plan" $mine --leave-blank
ok "a number on what has it printed" refused 1 field "$appendix" $mine --date 2021-04-15
ok "a day of another month" refused 1 date "$tmp/first.pdf" $mine --number 66 --date 2021-05-15
ok "says which month it is" grep -F '04/2021' "$tmp/said"
ok "a day of another year" refused 1 date "$tmp/year.pdf" $mine --number 66 --date 2022-04-15
for number in '6 6' '6)6' 0 66/ -66 '六' 987650987650987650987 KH; do
	ok "a number as '$number'" refused_alike 1 number "$tmp/first.pdf" $mine --number "$number" --date 2021-04-15
done
ok "a number that is too long for its field" refused 1 room "$tmp/first.pdf" $mine --number 98765098 --date 2021-04-15
ok "another number than the file says" refused 1 number "$issued_with" $mine --number 67
ok "a picture where text is shown" refused 1 picture "$issued_with" $mine --image "$tmp/ink.png"
ok "a number where no office signs" refused 1 field "$no_form" $mine --number 66
for name in '' a.b "$(printf 'a\tb')"; do
	ok "a new field named '$name'" refused_alike 1 field "$no_form" $mine --field "$name"
done
ok "a password for a key that has none" refused 1 password "$plan" --key "$pki/signer.key" --cert "$pki/signer.crt" $pass
ok "an appendix without its number" refused 1 number "$appendix" $mine
ok "certifying what is signed" refused 1 certify "$tmp/first.pdf" $mine --field seal --certify 2
ok "certifying for good what waits for its seal" refused 1 certify "$plan" $mine --certify 1
ok "what is certified for good" refused 1 locked "$tmp/certified-1.pdf" $mine --field timestamp
ok "a picture that is none" refused 1 picture "$plan" $mine --image README.md
for kind in paper grey framed disc half; do
	"$PYTHON" tests/e2e/sign.py png "$tmp/$kind.png" 120 90 "$kind"
	ok "a signature on paper: $kind" refused 1 picture "$plan" $mine --image "$tmp/$kind.png"
done
"$PYTHON" tests/e2e/sign.py png "$tmp/nothing.png" 20 20 nothing
ok "a picture of nothing" refused 1 picture "$plan" $mine --image "$tmp/nothing.png"
ok "what is no PDF" refused 1 pdf README.md $mine
head -c 60000 "$plan" >"$tmp/cut.pdf"
ok "a damaged file" refused 1 pdf "$tmp/cut.pdf" $mine
qpdf --encrypt a b 256 -- "$plan" "$tmp/encrypted.pdf"
ok "an encrypted file" refused 1 encrypted "$tmp/encrypted.pdf" $mine
distinct() {
	sort "$tmp/messages" | uniq -d | grep . && return 1
	[ "$(wc -l <"$tmp/messages")" -gt 25 ]
}
ok "each has its own words" distinct
ca=$pki/root.crt
for case in "no key" "two keys:$mine $(pem ec256)" "no level:$mine --level c" "a level without a service:$mine --level t" \
	"no trust:$mine --level lt --tsa $url/tsa" "no trust for a timestamp:$mine --tsa $url/tsa" "trust without a service:$mine --trust $ca" \
	"a service for level b:$mine --level b $service" "only trust for level b:$mine --level b --trust $ca" \
	"a certificate beside PKCS#12:$mine --cert $pki/signer.crt" "a PIN beside PKCS#12:$mine --pin-file $tmp/pin" \
	"a token beside PKCS#12:$mine --token office" "a label beside PEM:$(pem signer) --key-label rsa" \
	"a password beside a token:--pkcs11 $module --token office --pin-file $tmp/pin $pass" \
	"no day:$mine --date 2021-04" "no time:$mine --time today" "no certification:$mine --certify 4" \
	"a number for two files:$mine --number 6 $plan" \
	"a password on the command line:--p12 $pki/signer.p12 --password x"; do
	options=${case#*:}
	[ "$options" != "$case" ] || options=
	ok "command line: ${case%%:*}" refused 2 usage "$plan" $options
done
no_folder() {
	"$KEHOACH" sign "$plan" -o "$tmp/nowhere/a.pdf" $mine </dev/null >"$tmp/said" 2>&1
	[ $? = 2 ] && grep "error: there is no folder $tmp/nowhere .*\[usage\]$" "$tmp/said" && [ ! -e "$tmp/nowhere" ] || return 1
	"$KEHOACH" sign "$plan" -o "$plan/a.pdf" $mine </dev/null >"$tmp/said" 2>&1
	[ $? = 2 ] && grep 'error: there is no folder .*\[usage\]$' "$tmp/said"
}
ok "no folder for the signed file: told, not made" no_folder
ok "ended while it asks for the password: the terminal is as it was" "$PYTHON" tests/e2e/prompt.py "$KEHOACH" sign "$plan" -o "$tmp/ended.pdf" \
	--p12 "$pki/signer.p12"
ok "and nothing is written" test ! -e "$tmp/ended.pdf"
warned() { # text, options...: signed, with this warning alone
	want=$1
	shift
	"$KEHOACH" sign "$plan" -o "$tmp/warned.pdf" "$@" </dev/null >"$tmp/said" 2>&1 || { cat "$tmp/said"; return 1; }
	cat "$tmp/said"
	[ "$(grep -c warning "$tmp/said")" = 1 ] && grep -q "warning: others .* $want .*chmod 600.*\[secret\]$" "$tmp/said"
}
cp "$pki/password" "$tmp/group-password"
cp "$pki/signer.p12" "$tmp/group.p12"
cp "$pki/signer.key" "$tmp/group.key"
chmod 640 "$tmp/group-password" "$tmp/group.p12" "$tmp/group.key"
ok "a password that the group may read" warned "this password" --p12 "$pki/signer.p12" --password-file "$tmp/group-password"
ok "a PKCS#12 file that it may read" warned "this private key" --p12 "$tmp/group.p12" $pass
ok "a PEM key that it may read" warned "this private key" --key "$tmp/group.key" --cert "$pki/signer.crt"
no_secret_options() {
	! "$KEHOACH" sign --help | grep -E -- '--(password|pin) '
}
ok "no option takes a password" no_secret_options
same_name() {
	cp "$plan" "$tmp/self.pdf"
	refused_as 2 usage "$tmp/self.pdf" -o "$tmp/self.pdf" && cmp "$plan" "$tmp/self.pdf"
}
refused_as() { # exit code, rule, arguments of sign...
	want=$1
	rule=$2
	shift 2
	"$KEHOACH" sign "$@" $mine </dev/null >"$tmp/said" 2>&1
	code=$?
	cat "$tmp/said"
	[ $code = "$want" ] && grep -q "error: .*\[$rule\]$" "$tmp/said"
}
ok "a file is not written over itself" same_name
next_input() {
	rm -rf "$tmp/both"
	mkdir "$tmp/both" && cp "$plan" "$tmp/both/x.pdf" && cp "$plan" "$tmp/both/x.signed.pdf"
	refused_as 2 usage "$tmp/both/x.pdf" "$tmp/both/x.signed.pdf" -o "$tmp/both" && grep "^$tmp/both/x.signed.pdf: .*overwritten" "$tmp/said" &&
		cmp "$plan" "$tmp/both/x.signed.pdf" && [ "$(ls "$tmp/both" | wc -l)" = 2 ]
}
ok "nor over the next one that is signed" next_input
own_key() {
	cp "$pki/signer.p12" "$tmp/own.p12"
	"$KEHOACH" sign "$plan" -o "$tmp/own.p12" --p12 "$tmp/own.p12" $pass </dev/null >"$tmp/said" 2>&1
	[ $? = 2 ] && grep "own.p12: .*overwritten" "$tmp/said" && cmp "$pki/signer.p12" "$tmp/own.p12"
}
ok "nor over the key" own_key
no_regular() {
	ln -sf "$tmp/linked" "$tmp/link.pdf"
	refused_as 2 file "$plan" -o "$tmp/link.pdf" && [ -L "$tmp/link.pdf" ] && [ ! -e "$tmp/linked" ] || return 1
	mkfifo "$tmp/pipe.pdf"
	refused_as 2 file "$plan" -o "$tmp/pipe.pdf" && [ -p "$tmp/pipe.pdf" ]
}
ok "nor over a link or a pipe" no_regular
no_part() { # what others put beside the file is neither followed nor removed
	echo mine >"$tmp/kept"
	ln -s "$tmp/kept" "$tmp/clear.pdf.part"
	sign "$plan" clear $mine && [ "$(cat "$tmp/kept")" = mine ] && [ -L "$tmp/clear.pdf.part" ] && ! ls "$tmp"/clear.pdf.?*.part
}
ok "a link beside it is not followed" no_part

# ---- the manual ----
as_in_readme() {
	awk '/^## /{ on = /Sign a plan/ } on && /^```/{ code = !code; next } on && code' README.md |
		sed "s|out/bin/kehoach|$KEHOACH|g; s|out/try|$tmp/try|g" >"$tmp/readme.sh"
	[ "$(grep -c kehoach "$tmp/readme.sh")" = 4 ] && sh -eu "$tmp/readme.sh" && shows "$tmp/try/issued.pdf" 'Số: 66 */KH-UBND'
}
ok "what README says works" as_in_readme
finish '/(cut|encrypted|unpacked|other-name|sealed-first|over[-a-z]*)\.pdf$'
