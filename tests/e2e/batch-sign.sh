#!/bin/sh
# Plans of a batch that are signed: once, again only where the plan is another; a signature that somebody made afterwards stays.
. "$(dirname "$0")/batchlib.sh"
pki=$tmp/pki
ok "the PKI is made" tests/e2e/pki.sh "$pki" 127.0.0.1:1
key="--p12 $pki/signer.p12 --password-file $pki/password"
cp -r fixtures/tinh-mau-2026 "$tmp/in"
in=$tmp/in/batch.xml
out=$tmp/out
sed -i 's|</job>|  <sign field="signer" level="b"/>\n</job>|' "$in"
signed() { # how many plans are
	find "$out/$made"/9* -name plan.signed.pdf | wc -l
}
inodes() {
	(cd "$out/$made" && find . -name plan.signed.pdf -exec stat -c '%n %i %s' {} + | sort)
}
newer() { # signed plans that are others than in the list
	inodes | grep -vxF "$1" | cut -d' ' -f1
}
begins() {
	for plan in "$out/$made"/9*/*/plan.pdf; do
		head -c "$(stat -c %s "$plan")" "${plan%.pdf}.signed.pdf" | cmp - "$plan" || return 1
	done
}
change() {
	sed -i "/^90003;.*;1;Tổ dân phố 1;/s/;[0-9]*;[0-9]*;[0-9]*;số/;$1;10;2;số/" "$tmp/in/chi-tieu.csv"
}
verifies() { # code of an area
	"$KEHOACH" verify "$out/$made"/*/"$1/plan.signed.pdf" --trust "$pki/root.crt"
}

# ---- by batch itself ----

ok "signed" batch "6 areas: 6 made, 0 unchanged, 0 failed" "$in" "$out" $key
ok "all plans" test "$(signed)" = 6
ok "begin with their plans" begins
ok "a signature holds" verifies 90012
ok "summaries ask for none" test ! -e "$out/$made/summary/91/plan.signed.pdf"
linked() {
	[ "$(grep -o 'plan\.signed\.pdf"' "$out/$made/index.html" | wc -l)" = 6 ]
}
ok "the index leads to them" linked
"$KEHOACH" batch "$in" -o "$tmp/plain" >/dev/null 2>"$tmp/err"
ok "without a key it is told" said_error 'note: plan.pdf of each area is not signed'
rest_same() {
	diff -r -x 'batch*.json' -x plan.signed.pdf -x index.html "$out" "$tmp/plain"
}
ok "all but signatures is the same as without a key" rest_same
before=$(inodes)
ok "again: nothing" batch "6 areas: 0 made, 6 unchanged" "$in" "$out" $key
ok "verified: nothing" batch "6 areas: 0 made, 6 unchanged" "$in" "$out" $key --verify
change 300
ok "a changed plan" batch "6 areas: 1 made, 5 unchanged" "$in" "$out" $key
ok "is signed again, and no other" test "$(newer "$before")" = ./91/90003/plan.signed.pdf
ok "and holds" verifies 90003
before=$(inodes)
sed -i '1s/$/ /' "$tmp/in/muc-tieu.csv"
ok "other inputs, the same plans" batch "6 areas: 6 made" "$in" "$out" $key
ok "none is signed again" test -z "$(newer "$before")"
rm "$out/$made/92/90011/plan.signed.pdf"
ok "one that is gone" batch "6 areas: 1 made, 5 unchanged" "$in" "$out" $key
ok "is signed again" verifies 90011
ok "two workers" batch "6 made" "$in" "$tmp/two" -j 2 $key
ok "a key that no job asks for" batch "6 made" $job "$tmp/unused" $key
ok "is told" said_error 'batch.xml:[0-9:]* warning: the job asks for no signature, so the key is not used'
ok "no such token" is_code 1 batch "" "$in" "$out" --pkcs11 x.so

# ---- what is no signature, or not all of them ----

plan=$out/$made/92/90011
cp "$plan/plan.pdf" "$plan/plan.signed.pdf"
ok "a bare copy of a plan" batch "6 areas: 1 made, 5 unchanged" "$in" "$out" $key
ok "is signed" verifies 90011
damage() { # the last digits of the signature
	"$PYTHON" - "$plan/plan.signed.pdf" <<-'P'
	import re, sys
	data = bytearray(open(sys.argv[1], "rb").read())
	at = re.search(rb"/Contents ?<([0-9A-Fa-f]+?)(?:00)*>", data).end(1) - 9
	data[at] = ord("0") if data[at] != ord("0") else ord("1")
	open(sys.argv[1], "wb").write(data)
	P
}
ok "a signature is damaged" damage
ok "which is seen with --verify" batch "6 areas: 1 made, 5 unchanged" "$in" "$out" $key --verify
ok "and it is signed again" verifies 90011
both() { # signatures of two fields
	[ "$("$KEHOACH" verify "$plan/plan.signed.pdf" --trust "$pki/root.crt" --json | grep -o '"field":"[a-z]*"' | sort -u | wc -l)" -eq 2 ]
}
sed -i 's|</job>|  <sign field="seal" level="b"/>\n</job>|' "$in"
ok "a seal is asked for, which one plan cannot have" is_code 1 batch "6 areas: 5 made, 0 unchanged, 1 failed" "$in" "$out" $key
ok "the others have both" both
sed -i '/field="seal"/d' "$in"
ok "it is not asked for" batch "6 areas: 6 made" "$in" "$out" $key
ok "what is sealed stays" both
sed -i "/^90011;.*;1;/s/;[0-9]*;[0-9]*;[0-9]*;số/;300;10;2;số/" "$tmp/in/chi-tieu.csv"
ok "a changed plan that was sealed" batch "6 areas: 1 made, 5 unchanged" "$in" "$out" $key
ok "is said" said_error '90011\): has signatures that the new file in its place has not'
kept() { # the sealed one under another name, and the new one is signed
	aside=$(sed -n 's/.*90011): has signatures .* it is now \(plan.signed.*pdf\); .*/\1/p' "$tmp/err")
	"$KEHOACH" verify "$plan/$aside" --trust "$pki/root.crt" && verifies 90011 && ! both
}
ok "and kept aside" kept

# ---- by kehoach sign afterwards ----

rm -rf "$out"
ok "unsigned" batch "6 made" "$in" "$out"
sign() {
	for plan in "$out/$made"/9*/*/plan.pdf; do
		"$KEHOACH" sign "$plan" $key --field signer -o "${plan%.pdf}.signed.pdf" || return 1
	done
}
ok "signed by hand" sign
before=$(inodes)
ok "again: nothing" batch "6 areas: 0 made, 6 unchanged" "$in" "$out"
ok "but the index leads to them" linked
sed -i '1s/ $//' "$tmp/in/muc-tieu.csv"
ok "other inputs, the same plans" batch "6 areas: 6 made" "$in" "$out"
ok "signatures are as they were" test -z "$(newer "$before")"
change 310
ok "a changed plan" batch "6 areas: 1 made, 5 unchanged" "$in" "$out"
ok "it is said" said_error 'plan.signed.pdf: warning: phường Tân Mỹ \(90003\): is the signed form of an earlier plan.pdf'
ok "the signature is kept aside" test -z "$(find "$out/$made/91/90003" -name plan.signed.pdf)" -a -n "$(find "$out/$made/91/90003" -name 'plan.signed.????????.pdf')"
ok "the others are as they were" test "$(signed)" = 5
ok "the same in an empty folder" batch "6 made" "$in" "$tmp/fresh"
ok "what lay there is no figure of an area above" "$KEHOACH" diff "$tmp/fresh" "$out"
finish 'plan\.signed'
