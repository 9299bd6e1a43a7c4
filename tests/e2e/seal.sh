#!/bin/sh
# Signatures over bytes with a throw-away PKI: keys of every source, what OpenSSL says of the results, services that answer well,
# wrongly, or not at all, and what verifying says. Nothing leaves the loopback.
. "$(dirname "$0")/lib.sh"
mode=${MODE:-release}
pkgs="libcrypto libcurl libp11 libutf8proc libxml-2.0"
sanitize=
[ "$mode" != asan ] || sanitize="-fsanitize=address,undefined"
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
module=$(ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so 2>/dev/null | head -1)

ok "the tool builds" ${CC:-gcc} -std=c17 $sanitize -Isrc -D_POSIX_C_SOURCE=200809L -o "$tmp/seal" tests/e2e/seal.c \
	"out/obj/$mode/kehoach.a" $(pkg-config --libs $pkgs) -lm

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
head -c 100000 README.md >"$tmp/text"
seal() {
	"$tmp/seal" "$@"
}
gives() { # code, rule ("" for none), command...: the exit code and the only rule of an error
	want=$1
	rule=$2
	shift 2
	"$@" >"$tmp/out" 2>"$tmp/err"
	code=$?
	cat "$tmp/out" "$tmp/err"
	[ $code = "$want" ] || { echo "exit code $code"; return 1; }
	found=$(sed -n 's/.*error: .*\[\(.*\)\]$/\1/p' "$tmp/err" | sort -u | tr '\n' ' ')
	[ "$found" = "${rule:+$rule }" ] || { echo "rules: $found"; return 1; }
}
sign() { # name, options...
	name=$1
	shift
	seal sign "$tmp/text" "$tmp/$name.der" "$@"
}
openssl_likes() { # name
	openssl cms -verify -binary -cades -inform DER -in "$tmp/$1.der" -content "$tmp/text" -CAfile "$pki/root.crt" -purpose any \
		-out /dev/null 2>&1 | tee "$tmp/said" && grep -q 'CAdES Verification successful' "$tmp/said"
}
no_signing_time() {
	! openssl asn1parse -inform DER -in "$tmp/$1.der" | grep -q signingTime
}

cat "$pki/signer.crt" "$pki/chain.pem" >"$pki/signer-chain.pem"
for file in signer.p12 signer-old.p12 signer-rc2.p12; do
	ok "$file signs" gives 0 "" sign "$file" "p12=$pki/$file" "secret=$pki/password"
	ok "OpenSSL likes it" openssl_likes "$file"
	ok "$file with the wrong password" gives 1 password sign no "p12=$pki/$file" "secret=$pki/wrong"
done
ok "all three are the same bytes" cmp "$tmp/signer.p12.der" "$tmp/signer-old.p12.der"
ok "an encrypted PEM key signs" gives 0 "" sign pem "key=$pki/signer-locked.pem" "cert=$pki/signer-chain.pem" "secret=$pki/password"
ok "the same bytes again" cmp "$tmp/signer.p12.der" "$tmp/pem.der"
ok "no signing-time in it" no_signing_time pem
ok "the wrong password" gives 1 password sign no "key=$pki/signer-locked.pem" "cert=$pki/signer-chain.pem" "secret=$pki/wrong"
ok "no password" gives 1 password sign no "key=$pki/signer-locked.pem" "cert=$pki/signer-chain.pem"
for name in ec256 ec384; do
	cat "$pki/$name.crt" "$pki/ca.crt" >"$tmp/chain.pem"
	ok "$name signs" gives 0 "" sign "$name" "key=$pki/$name.key" "cert=$tmp/chain.pem"
	ok "OpenSSL likes it" openssl_likes "$name"
	ok "without a signing-time" no_signing_time "$name"
done
for case in expired:key-expired early:key-not-yet usage:key-usage weak:key-size ca:key-usage; do
	name=${case%:*}
	ok "$name is refused" gives 1 "${case#*:}" sign no "key=$pki/$name.key" "cert=$pki/$name.crt"
done
ok "key and certificate of two people" gives 1 key-match sign no "key=$pki/second.key" "cert=$pki/signer.crt"
ok "no key at all" gives 1 key-format sign no "key=$pki/root.crt" "cert=$pki/signer.crt"
ok "no PKCS#12" gives 1 key-format sign no "p12=$pki/root.crt" "secret=$pki/password"

# A token.
mkdir "$tmp/tokens"
echo "directories.tokendir = $tmp/tokens" >"$tmp/softhsm.conf"
export SOFTHSM2_CONF="$tmp/softhsm.conf"
echo 1234 >"$tmp/pin"
echo 9999 >"$tmp/badpin"
chmod 600 "$tmp/pin" "$tmp/badpin"
put_key() { # label, id, key, certificate
	openssl pkcs8 -topk8 -nocrypt -in "$pki/$3.key" -out "$tmp/key.p8" &&
		softhsm2-util --import "$tmp/key.p8" --token t1 --label "$1" --id "$2" --pin 1234 &&
		openssl x509 -in "$pki/$4.crt" -outform DER -out "$tmp/cert.der" &&
		pkcs11-tool --module "$module" --token-label t1 -l --pin 1234 -w "$tmp/cert.der" -y cert -d "$2" -a "$1"
}
put_ca() {
	openssl x509 -in "$pki/ca.crt" -outform DER -out "$tmp/cert.der" &&
		pkcs11-tool --module "$module" --token-label t1 -l --pin 1234 -w "$tmp/cert.der" -y cert -d 77 -a ca
}
ok "a token is made" softhsm2-util --init-token --free --label t1 --pin 1234 --so-pin 1234
ok "with an RSA key" put_key rsa 01 signer signer
hsm() { # name, options...
	name=$1
	shift
	sign "$name" "module=$module" "secret=$tmp/pin" "$@"
}
ok "the only key of the only token signs, the chain from a file" gives 0 "" hsm token "cert=$pki/chain.pem"
ok "OpenSSL likes it" openssl_likes token
ok "the same bytes as from a file" cmp "$tmp/token.der" "$tmp/pem.der"
ok "the issuing CA's certificate put onto the token" put_ca
ok "with an EC key" put_key ec 02 ec256 ec256
ok "two keys, none named" gives 1 token hsm no
ok "the EC key by its label" gives 0 "" hsm token-ec token=t1 label=ec
ok "OpenSSL likes it, the chain from the token" openssl_likes token-ec
ok "no such key" gives 1 token hsm no token=t1 label=none
ok "no such token" gives 1 token hsm no token=t9
ok "the wrong PIN" gives 1 password sign no "module=$module" "secret=$tmp/badpin" token=t1 label=rsa
ok "no PIN" gives 1 password sign no "module=$module" token=t1 label=rsa
ok "no module" gives 1 token sign no "module=$tmp/text" "secret=$tmp/pin"
ok "a key with the certificate of another" put_key mixed 03 second signer
ok "is refused" gives 1 key-match hsm no token=t1 label=mixed

# Timestamps.
root=$pki/root.crt
stamp() { # path, [name of the result]
	seal stamp "$tmp/pem.der" "$tmp/${2:-no}.der" "$url$1" "$root"
}
ok "a timestamp of openssl ts" gives 0 "" stamp /tsa stamped
ok "OpenSSL still likes the signature" openssl_likes stamped
ok "a timestamp made here" gives 0 "" stamp /tsa-own own
for case in hash:tsa-hash nonce:tsa-nonce plain:tsa-usage sha1:tsa-hash changed:tsa-signature garbage:tsa-answer cut:tsa-answer \
	refused:tsa-refused late:tsa-time long:http; do
	ok "a service that is wrong: ${case%:*}" gives 1 "${case#*:}" stamp "/tsa-${case%:*}"
done
stamp /tsa-refused 2>"$tmp/err"
ok "what a service says when it refuses is told" grep -q 'hết hạn mức' "$tmp/err"
ok "a service that is moved" gives 1 http stamp /moved
ok "a service that is not there" gives 1 http stamp /none
ok "a service that is broken" gives 3 service stamp /broken
ok "a service that never answers" gives 3 service stamp /silent
ok "a port where nobody is" gives 3 service seal stamp "$tmp/pem.der" "$tmp/no.der" http://127.0.0.1:1/ "$root"
ok "another protocol" gives 1 url seal stamp "$tmp/pem.der" "$tmp/no.der" "file://$root" "$root"
ok "a password in the address" gives 1 url seal stamp "$tmp/pem.der" "$tmp/no.der" http://u:p@127.0.0.1/ "$root"
ok "a service of a root that nobody trusts" gives 1 tsa-chain seal stamp "$tmp/pem.der" "$tmp/no.der" "$url/tsa" "$pki/stranger.crt"
ok "a document timestamp" gives 0 "" seal token "$tmp/text" "$tmp/token.tst" "$url/tsa" "$root"
ok "OpenSSL likes it" openssl ts -verify -in "$tmp/token.tst" -token_in -data "$tmp/text" -CAfile "$root" -untrusted "$pki/ca.crt"
ok "of the policy asked for" gives 0 "" seal token "$tmp/text" "$tmp/token2.tst" "$url/tsa" "$root" 1.2.3.4.1
ok "of another policy" gives 1 tsa-policy seal token "$tmp/text" "$tmp/no.tst" "$url/tsa-policy" "$root" 1.2.3.4.1

# What a DSS needs, and verifying with it.
ok "revocation is asked" gives 0 "" seal collect "$tmp/stamped.der" "$tmp/dss" "$root"
ok "four certificates, one of them for both" test "$(ls "$tmp/dss" | grep -c cert)" = 4
ok "OCSP for the signer, CRLs for the others" test "$(ls "$tmp/dss" | grep -c ocsp)/$(ls "$tmp/dss" | grep -c crl)" = 1/2
ok "and of a document timestamp" gives 0 "" seal collect "$tmp/token.tst" "$tmp/dss2" "$root"
ok "all of it holds" gives 0 "" seal verify "$tmp/text" "$tmp/stamped.der" "$root" 0 "$tmp/dss"
ok "and is archived" grep -q 'ok 1 integrity 1 baseline 1 archived 1' "$tmp/out"
ok "without the DSS, revocation is unknown" gives 0 "" seal verify "$tmp/text" "$tmp/stamped.der" "$root" 0
ok "which is told" grep -q 'warning.*\[revocation\]' "$tmp/err"
ok "an empty DSS where revocation is required" gives 1 revocation seal verify "$tmp/text" "$tmp/stamped.der" "$root" 0 "$tmp/none"
ok "a document that was changed" gives 1 cms-digest seal verify LICENSE "$tmp/stamped.der" "$root" 0
ok "a root that nobody trusts" gives 1 "chain timestamp" seal verify "$tmp/text" "$tmp/stamped.der" "$pki/stranger.crt" 0
ok "after its certificate has expired" gives 1 cert-time seal verify "$tmp/text" "$tmp/pem.der" "$root" 1900000000
cp -r "$tmp/dss" "$tmp/dss3"
printf '\0' >>"$tmp/dss3/crl0"
ok "a DSS that was changed" gives 1 "evidence revocation" seal verify "$tmp/text" "$tmp/stamped.der" "$root" 0 "$tmp/dss3"

cat "$pki/revoked.crt" "$pki/ca.crt" >"$tmp/chain.pem"
ok "a revoked certificate signs" gives 0 "" sign revoked "key=$pki/revoked.key" "cert=$tmp/chain.pem"
ok "but cannot be archived" gives 1 revoked seal collect "$tmp/revoked.der" "$tmp/dss4" "$root"
ok "nor with CRLs that are given" gives 1 revoked seal collect "$tmp/revoked.der" "$tmp/dss4" "$root" "$pki/ca.crl" "$pki/root.crl"
ok "nor holds" gives 1 revoked seal verify "$tmp/text" "$tmp/revoked.der" "$root" 0 "$tmp/dss"

kill $server
wait $server 2>/dev/null
ok "CRLs that are given do without services" gives 0 "" seal collect "$tmp/stamped.der" "$tmp/dss5" "$root" "$pki/ca.crl" "$pki/root.crl"
ok "no service answers any more" gives 3 service seal collect "$tmp/stamped.der" "$tmp/dss6" "$root"
finish
