#!/bin/sh
# Plans of a batch that a token signs: each worker by a session of its own, with a PIN that is asked for once and tried once.
. "$(dirname "$0")/batchlib.sh"
module=$(ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so 2>/dev/null | head -1)
pki=$tmp/pki
ok "the PKI is made" tests/e2e/pki.sh "$pki" 127.0.0.1:1
mkdir "$tmp/tokens"
echo "directories.tokendir = $tmp/tokens" >"$tmp/softhsm.conf"
export SOFTHSM2_CONF="$tmp/softhsm.conf"
printf '1234\n' >"$tmp/pin"
printf '4321\n' >"$tmp/badpin"
chmod 600 "$tmp/pin" "$tmp/badpin"
put_cert() { # label, id, certificate
	openssl x509 -in "$pki/$3.crt" -outform DER -out "$tmp/cert.der" &&
		pkcs11-tool --module "$module" --token-label office -l --pin 1234 -w "$tmp/cert.der" -y cert -d "$2" -a "$1"
}
put_key() { # the same, with its key
	openssl pkcs8 -topk8 -nocrypt -in "$pki/$3.key" -out "$tmp/key.p8" &&
		softhsm2-util --import "$tmp/key.p8" --token office --label "$1" --id "$2" --pin 1234 && put_cert "$1" "$2" "$3"
}
ok "a token" softhsm2-util --init-token --free --label office --pin 1234 --so-pin 1234
ok "with an RSA key" put_key rsa 01 signer
ok "with an EC key" put_key ec 02 ec256
ok "with the CA's certificate" put_cert ca 77 ca
token="--pkcs11 $module --token office --pin-file $tmp/pin"
cp -r fixtures/tinh-mau-2026 "$tmp/in"
in=$tmp/in/batch.xml
out=$tmp/out
sed -i 's|</job>|  <sign field="signer" level="b"/>\n</job>|' "$in"
verified() { # folder, who: all plans are signed, by him
	[ "$(find "$1" -name plan.signed.pdf | wc -l)" = 6 ] || return 1
	for plan in "$1/$made"/9*/*/plan.signed.pdf; do
		"$KEHOACH" verify "$plan" --trust "$pki/root.crt" | grep -q "$2" || return 1
	done
}
for j in 1 2 4; do
	ok "$j workers" batch "6 areas: 6 made, 0 unchanged, 0 failed" "$in" "$tmp/j$j" -j $j $token --key-label rsa --time 2026-04-14T09:00:00+07:00
	ok "all plans are signed" verified "$tmp/j$j" 'Nguyễn Văn A'
done
same_bytes() { # a token's signature is that of its key, whoever makes it
	for plan in "$tmp/j1/$made"/9*/*/plan.signed.pdf; do
		cmp "$plan" "$tmp/j4/${plan#"$tmp/j1/"}" || return 1
	done
}
ok "the same bytes" same_bytes
ok "again: nothing" batch "0 made, 6 unchanged" "$in" "$tmp/j2" $token --key-label rsa
ok "by the EC key" batch "6 made" "$in" "$out" -j 2 $token --key-label ec
ok "all plans are signed" verified "$out" 'Trần Thị B'
rm "$out/$made/92/90011/plan.signed.pdf"
ok "one is gone" batch "1 made, 5 unchanged" "$in" "$out" $token --key-label ec
ok "and signed again" verified "$out" 'Trần Thị B'
asked() { # how often it asks for the PIN on a terminal
	rm -rf "$out"
	"$PYTHON" - "$KEHOACH" batch "$in" -o "$out" -j 2 --pkcs11 "$module" --token office --key-label rsa <<-'P'
	import os, pty, sys

	pid, terminal = pty.fork()
	if not pid:
	    os.execvp(sys.argv[1], sys.argv[1:])
	shown = b""
	times = 0
	while True:
	    try:
	        piece = os.read(terminal, 1000)
	    except OSError:
	        break
	    if not piece:
	        break
	    shown += piece
	    if shown.count(b"PIN of the token: ") > times:
	        times += 1
	        os.write(terminal, b"1234\n")
	status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
	if times != 1 or status or b"1234" in shown:
	    sys.exit(f"asked {times} times, code {status}: {shown!r}")
	P
}
ok "the PIN is asked for once" asked
ok "and serves all workers" verified "$out" 'Nguyễn Văn A'

# ---- what is wrong is told before anything is made ----

tries() { # of a wrong PIN: all processes together have one
	rm -rf "$out"
	is_code 1 batch "" "$in" "$out" -j 4 --pkcs11 "$module" --token office --key-label rsa --pin-file "$tmp/badpin" &&
		said_error 'the PIN is not that of the token' && [ "$(grep -c 'PIN' "$tmp/err")" = 1 ] && [ ! -e "$out" ]
}
ok "a wrong PIN" tries
ok "no such key" is_code 1 batch "" "$in" "$out" $token --key-label other
ok "is told" said_error "there is no key 'other' on the token"
ok "nothing was made" test ! -e "$out"

# ---- and a token that goes away meanwhile ----

gone() { # when the sources are read
	rm -rf "$out"
	awk 'BEGIN { for (i = 0; i < 1500000; i++) print ";Tổng cộng;;;;;;" }' >>"$tmp/in/chi-tieu.csv"
	(
		until [ -d "$out/$made" ]; do sleep 0.02; done
		mv "$tmp/tokens" "$tmp/taken"
	) &
	is_code 3 batch "6 areas: 0 made, 0 unchanged, 6 failed" "$in" "$out" -j 1 $token --key-label rsa
	code=$?
	wait
	return $code
}
one_try() {
	[ "$(grep -v 'does not open any more' "$tmp/err" | grep -c '\[token\]$')" = 1 ] || { cat "$tmp/err"; return 1; }
}
ok "taken away before the workers open it" gone
ok "is told" said_error 'error: .*the token does not open any more; see that it is plugged in \[token\]'
ok "no worker tries again and again" one_try
ok "no half-signed plan is left" test -z "$(find "$out" -name '*.pdf')"
mv "$tmp/taken" "$tmp/tokens"
ok "with the token" batch "6 made" "$in" "$out" -j 2 $token --key-label rsa
ok "all plans are signed" verified "$out" 'Nguyễn Văn A'
finish 'plan\.signed'
