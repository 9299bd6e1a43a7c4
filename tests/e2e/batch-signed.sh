#!/bin/sh
# What a batch believes of signed plans that lie there: by size and time, else by their bytes; what is damaged is told and signed again, and
# what others signed is never lost.
. "$(dirname "$0")/batchlib.sh"
pki=$tmp/pki
ok "the PKI is made" tests/e2e/pki.sh "$pki" 127.0.0.1:1
key="--p12 $pki/signer.p12 --password-file $pki/password"
cat "$pki/second.crt" "$pki/ca.crt" >"$pki/second-chain.pem"
office="--key $pki/second.key --cert $pki/second-chain.pem"
cp -r fixtures/tinh-mau-2026 "$tmp/in"
in=$tmp/in/batch.xml
out=$tmp/out
sed -i 's|</job>|  <sign field="signer" level="b"/>\n</job>|' "$in"
plan=$out/$made/92/90011
sealed=$plan/plan.signed.pdf

verifies() { # file
	"$KEHOACH" verify "$1" --trust "$pki/root.crt"
}
damage() { # file: the last digits of its signature; its size and time stay
	"$PYTHON" - "$1" <<-'P'
	import os, re, sys
	was = os.stat(sys.argv[1])
	data = bytearray(open(sys.argv[1], "rb").read())
	at = re.search(rb"/Contents ?<([0-9A-Fa-f]+?)(?:00)*>", data).end(1) - 9
	data[at] = ord("0") if data[at] != ord("0") else ord("1")
	open(sys.argv[1], "wb").write(data)
	os.utime(sys.argv[1], ns=(was.st_atime_ns, was.st_mtime_ns))
	P
}
noted() { # code of an area, what is noted of its signed plan
	grep "\"code\":\"$1\"" "$out/$made/batch.json" | grep -o '"signed":{[^}]*}' | grep -q "$2"
}
is_noted() { # the checksum is that of the file
	noted 90011 "\"sha256\":\"$(sha256sum <"$sealed" | cut -c1-64)\",\"size\":$(stat -c %s "$sealed"),"
}
silent() {
	! grep -E '\[(signed|unsigned)\]' "$tmp/err"
}
aside() { # how many signed files are
	[ "$(find "$out" -name 'plan.signed.????????.pdf' | wc -l)" = "$1" ]
}

# ---- with the key ----

ok "signed" batch "6 made" "$in" "$out" $key
ok "the state says by which bytes" is_noted
ok "and that all is signed" noted 90011 '"complete":true'
touch "$sealed"
ok "another time" batch "0 made, 6 unchanged" "$in" "$out" $key
ok "no word of it" silent
ok "its bytes are looked at, and the time is noted" noted 90011 "\"mtime\":$(date -r "$sealed" +%s%N)"
cp -p "$sealed" "$tmp/whole.pdf"
ok "damaged, as large and as old as it was" damage "$sealed"
ok "is believed" batch "0 made, 6 unchanged" "$in" "$out" $key
touch "$sealed"
ok "not with another time" batch "1 made, 5 unchanged" "$in" "$out" $key
ok "which is told" said_error 'plan.signed.pdf: warning: .*\(90011\): cannot be read, or a signature in it is damaged: it is now plan.signed.[0-9a-f]{8}.pdf'
ok "it is signed again" verifies "$sealed"
ok "and what was there is kept" aside 1
ok "the state knows the new one" is_noted
rm "$plan"/plan.signed.????????.pdf
cp "$plan/plan.pdf" "$sealed"
ok "a bare copy of the plan" batch "1 made, 5 unchanged" "$in" "$out" $key
ok "is told" said_error 'plan.signed.pdf: warning: .*has no signature; it is signed again'
ok "and nothing is lost with it" aside 0

# ---- sealed afterwards ----

seal() { # code of an area
	"$KEHOACH" sign "$out/$made"/*/"$1/plan.signed.pdf" $office --field seal --leave-blank -o "$tmp/sealed.pdf" && mv "$tmp/sealed.pdf" "$out/$made"/*/"$1/plan.signed.pdf"
}
ok "the office seals a plan" seal 90011
ok "which stays, with the key" batch "0 made, 6 unchanged" "$in" "$out" $key
ok "without a word" silent
ok "and is noted" is_noted
ok "again, and verified" batch "0 made, 6 unchanged" "$in" "$out" $key --verify
ok "the seal is damaged" damage "$sealed"
ok "verified" batch "1 made, 5 unchanged" "$in" "$out" $key --verify
ok "it is kept aside: a signature in it may hold" aside 1
ok "and the plan is signed" verifies "$sealed"
rm "$plan"/plan.signed.????????.pdf

# ---- without the key ----

touch "$sealed"
ok "without the key" batch "0 made, 6 unchanged" "$in" "$out"
ok "signatures that hold need no word" silent
ok "damaged" damage "$sealed"
touch "$sealed"
ok "it stays" batch "0 made, 6 unchanged" "$in" "$out"
worthless() {
	said_error 'plan.signed.pdf: warning: is not plan.pdf with signatures that all hold, so it is worth nothing.*\[signed\]'
}
ok "and is told" worthless
ok "each time" batch "0 made, 6 unchanged" "$in" "$out"
ok "it is told" worthless
sed -i '1s/$/ /' "$tmp/in/muc-tieu.csv"
ok "also where the plan is made again" batch "6 made" "$in" "$out"
ok "it is told" said_error 'plan.signed.pdf: warning: .*\(90011\): is not plan.pdf with signatures that all hold'
ok "the others are not" test "$(grep -c 'that all hold' "$tmp/err")" = 1
ok "with the key" batch "1 made, 5 unchanged" "$in" "$out" $key
ok "it is signed" verifies "$sealed"
rm "$sealed"
ok "one that is gone, without the key" batch "0 made, 6 unchanged" "$in" "$out"
ok "is told" said_error 'plan.signed.pdf: note: was here when this was run before'
ok "and forgotten" batch "0 made, 6 unchanged" "$in" "$out"
ok "without a word" silent
sign_as() { # field, options: as it is signed by hand
	field=$1
	shift
	"$KEHOACH" sign "$plan/plan.pdf" "$@" --field "$field" -o "$sealed"
}
ok "signed by hand" sign_as signer $key
ok "it is found" batch "0 made, 6 unchanged" "$in" "$out"
ok "and noted" is_noted
ok "damaged, with the same time" damage "$sealed"
ok "verified, without the key" batch "0 made, 6 unchanged" "$in" "$out" --verify
ok "it is told" worthless
ok "and told again" batch "0 made, 6 unchanged" "$in" "$out"
ok "not verified" worthless
find "$out" -name 'plan.signed*' -delete

# ---- by another certificate than that of the key ----

ok "another office signs the field by hand" sign_as signer $office
cp "$sealed" "$tmp/foreign.pdf"
ok "with the key" batch "6 made, 0 unchanged" "$in" "$out" $key
ok "it stays, and who signed is said" said_error 'plan.signed.pdf: note: .*\(90011\): is signed by Văn phòng, not by the key that was given, and stays'
ok "the same bytes" cmp "$sealed" "$tmp/foreign.pdf"
ok "again: nothing" batch "0 made, 6 unchanged" "$in" "$out" $key
ok "it is said once" silent
sed -i "/^90011;.*;1;/s/;[0-9]*;[0-9]*;[0-9]*;số/;300;10;2;số/" "$tmp/in/chi-tieu.csv"
ok "its plan is changed" batch "1 made, 5 unchanged" "$in" "$out" $key
ok "it is said" said_error '90011\): has signatures that the new file in its place has not, or of another certificate: it is now plan.signed'
foreign_kept() {
	cmp "$plan"/plan.signed.????????.pdf "$tmp/foreign.pdf" && verifies "$sealed" | grep -q 'Nguyễn Văn A'
}
ok "its signature is kept, and the new plan is signed" foreign_kept
rm "$plan"/plan.signed.????????.pdf
ok "signed by another" sign_as signer $office
cp "$sealed" "$tmp/foreign.pdf"
sed -i 's|</job>|  <sign field="seal" level="b"/>\n</job>|' "$in"
ok "another signature is asked for, which one plan cannot have" is_code 1 batch "5 made, 0 unchanged, 1 failed" "$in" "$out" $key
ok "the file that has not both is said" said_error '90011\): has signatures that the new file in its place has not'
ok "and kept" foreign_kept

# ---- all of them by another key ----

rm -rf "$out"
sed -i '/field="seal"/d' "$in"
none='none of the 6 signed files that were looked at is by the key that was given, the last of them is signed by Nguyễn Văn A; they stay'
ok "signed with one key" batch "6 made" "$in" "$out" $key
ok "no word of it" silent
cp "$sealed" "$tmp/first.pdf"
ok "again with another" batch "0 made, 6 unchanged" "$in" "$out" $office
ok "that none is by it is told" said_error "note: $none"
ok "and they stay" cmp "$sealed" "$tmp/first.pdf"
ok "again, and verified" batch "0 made, 6 unchanged" "$in" "$out" $office --verify
ok "it is told again" said_error "note: $none"
sed -i "/^90012;.*;1;/s/;[0-9]*;[0-9]*;[0-9]*;số/;300;10;2;số/" "$tmp/in/chi-tieu.csv"
ok "a plan is changed" batch "1 made, 5 unchanged" "$in" "$out" $office
ok "the others are told" said_error "note: none of the 5 signed"
ok "one is by the key now" batch "0 made, 6 unchanged" "$in" "$out" $office
ok "no word of the others" silent
ok "nor with the first key" batch "0 made, 6 unchanged" "$in" "$out" $key
ok "for which they are" silent
ok "and none without a key" batch "0 made, 6 unchanged" "$in" "$out"
ok "at all" silent

# ---- parts ----

rm -rf "$out"
for k in 1 2; do ok "part $k, signed" batch "" "$in" "$tmp/p$k" --shard $k/2 $key; done
merge() {
	"$KEHOACH" batch --merge "$tmp/p1" "$tmp/p2" -o "$out" >"$tmp/summary" 2>"$tmp/err"
}
ok "joined" merge
ok "the state of all has what is signed" is_noted
ok "each of them" test "$(grep -o '"signed":{' "$out/$made/batch.json" | wc -l)" = 6
ok "and all is as it was" batch "0 made, 6 unchanged" "$in" "$out" $key
ok "the office seals a plan" seal 90012
cp "$out/$made/92/90012/plan.signed.pdf" "$tmp/kept.pdf"
ok "joined again" merge
ok "what is sealed stays" cmp "$out/$made/92/90012/plan.signed.pdf" "$tmp/kept.pdf"
ok "a part's signed plan is damaged" damage "$(find "$tmp/p1" "$tmp/p2" -path '*/90012/plan.signed.pdf')"
ok "joined again" merge
ok "what is sealed stays, and is no part's" cmp "$out/$made/92/90012/plan.signed.pdf" "$tmp/kept.pdf"
finish 'plan\.signed'
