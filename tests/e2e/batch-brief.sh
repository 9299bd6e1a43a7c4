#!/bin/sh
# Briefs of progress that a job has signed: alone and in a batch; again only where the brief is another; what others signed stays.
. "$(dirname "$0")/batchlib.sh"
pki=$tmp/pki
ok "the PKI is made" tests/e2e/pki.sh "$pki" 127.0.0.1:1
key="--p12 $pki/signer.p12 --password-file $pki/password"
cat "$pki/second.crt" "$pki/ca.crt" >"$pki/second-chain.pem"
office="--key $pki/second.key --cert $pki/second-chain.pem"
brief="--month 2026-03 --pdf"
verifies() { # file
	"$KEHOACH" verify "$1" --trust "$pki/root.crt"
}

# ---- alone ----

cp -r fixtures/lao-cai-2021 "$tmp/alone"
sed -i 's|</job>|  <sign of="progress" field="signer" level="b"/>\n</job>|' "$tmp/alone/job.xml"
alone=$tmp/one/lao-cai-2021
progress() { # options
	"$KEHOACH" progress "$tmp/alone/job.xml" --month 2021-05 -o "$tmp/one" "$@" 2>"$tmp/err"
}
ok "without the key" progress --pdf
ok "it is told" said_error 'note: progress-2021-05.pdf is not signed: give its key'
ok "without the brief" progress
ok "there is nothing to tell" test -z "$(grep unsigned "$tmp/err")"
ok "with the key, and without the brief" progress $key
ok "it is told" said_error 'note: progress-2021-05.pdf is not among the results, so nothing is signed'
ok "with both" progress --pdf $key
ok "the brief is signed" verifies "$alone/progress-2021-05.signed.pdf"
ok "the plan is not: nobody asked for that" "$KEHOACH" build "$tmp/alone/job.xml" -o "$tmp/one" $key
ok "indeed" test ! -e "$alone/plan.signed.pdf"
ok "the folder holds" verifies "$alone"

unused() { # a key that no job asks for
	"$KEHOACH" progress fixtures/lao-cai-2021/job.xml --month 2021-05 --pdf -o "$tmp/unused" $key 2>"$tmp/err" &&
		said_error 'warning: no job asks for a signature of its brief, so the key is not used' && [ ! -e "$tmp/unused/lao-cai-2021/progress-2021-05.signed.pdf" ]
}
ok "a key that no job asks for is told" unused

# ---- in a batch ----

cp -r fixtures/tinh-mau-2026 "$tmp/in"
in=$tmp/in/batch.xml
out=$tmp/out
sed -i 's|</job>|  <sign of="progress" field="signer" level="b"/>\n</job>|' "$in"
signed() { # how many are, of plans or of progress
	find "$out/$made"/9* -name "$1*.signed.pdf" | wc -l
}
inodes() {
	(cd "$out/$made" && find . -name '*.signed.pdf' -exec stat -c '%n %i %s' {} + | sort)
}
area=$out/$made/91/90001
linked() { # how many signed briefs the index leads to
	[ "$(grep -o 'href="[^"]*progress-2026-03.signed.pdf" [^>]*>Báo cáo tóm tắt 2026-03 đã ký<' "$out/$made/index.html" | wc -l)" = "$1" ]
}
ok "without the key" batch "2026-03: 6 areas: 6 made" "$in" "$out" $brief
ok "it is told once" test "$(grep -c 'note: progress-2026-03.pdf of each area is not signed' "$tmp/err")" = 1
ok "and nothing is signed" test "$(signed '')" = 0
cp -r "$out" "$tmp/plain"
ok "with the key" batch "2026-03: 6 areas: 6 made" "$in" "$out" $brief $key -j 2
ok "briefs are signed" test "$(signed progress-2026-03)" = 6
ok "plans are not" test "$(signed plan)" = 0
ok "a signature holds" verifies "$area/progress-2026-03.signed.pdf"
ok "the folder of an area holds" verifies "$area"
ok "the index leads to them" linked 6
rest_same() {
	diff -r -x 'batch*.json' -x '*.signed.pdf' -x index.html "$out" "$tmp/plain"
}
ok "all else is the same as without" rest_same
before=$(inodes)
ok "again: nothing" batch "2026-03: 6 areas: 0 made, 6 unchanged" "$in" "$out" $brief $key
ok "verified: nothing" batch "2026-03: 6 areas: 0 made, 6 unchanged" "$in" "$out" $brief $key --verify
ok "without the key: nothing" batch "2026-03: 6 areas: 0 made, 6 unchanged" "$in" "$out" $brief
sed -i 's/^90001;Thôn 3;5\/4\/2026;0;/90001;Thôn 3;5\/4\/2026;1;/' "$tmp/in/thang/bao-cao-2026-03.csv"
ok "a return is another" batch "2026-03: 6 areas: 1 made, 5 unchanged" "$in" "$out" $brief $key
ok "its brief is signed, and no other" test "$(inodes | grep -vxF "$before" | cut -d' ' -f1)" = ./91/90001/progress-2026-03.signed.pdf
ok "it holds" verifies "$area"
printf x >>"$area/progress-2026-03.signed.pdf"
ok "one that is damaged" batch "2026-03: 6 areas: 1 made, 5 unchanged" "$in" "$out" $brief $key
ok "is told" said_error 'progress-2026-03.signed.pdf: warning: .*\(90001\): cannot be read, or a signature in it is damaged: it is now progress-2026-03.signed.[0-9a-f]{8}.pdf'
ok "and signed again" verifies "$area/progress-2026-03.signed.pdf"
ok "the index leads to that one" linked 6
ok "and to none that was set aside" test -z "$(grep -E 'signed\.[0-9a-f]{8}' "$out/$made/index.html")"
rm "$area"/progress-2026-03.signed.????????.pdf
seal() { # a brief gets its number when it is issued
	"$KEHOACH" sign "$area/progress-2026-03.signed.pdf" $office --field seal --number 12 --date 2026-04-06 -o "$tmp/sealed.pdf" &&
		mv "$tmp/sealed.pdf" "$area/progress-2026-03.signed.pdf"
}
ok "the office seals one" seal
cp "$area/progress-2026-03.signed.pdf" "$tmp/kept.pdf"
ok "it stays" batch "2026-03: 6 areas: 0 made, 6 unchanged" "$in" "$out" $brief $key
ok "as it is" cmp "$area/progress-2026-03.signed.pdf" "$tmp/kept.pdf"
sed -i 's/^90001;Thôn 3;5\/4\/2026;1;/90001;Thôn 3;5\/4\/2026;2;/' "$tmp/in/thang/bao-cao-2026-03.csv"
ok "its return is another" batch "2026-03: 6 areas: 1 made, 5 unchanged" "$in" "$out" $brief $key
ok "which is said" said_error 'progress-2026-03.signed.pdf: warning: .*\(90001\): has signatures that the new file in its place has not'
ok "what was issued is kept aside" cmp "$area"/progress-2026-03.signed.????????.pdf "$tmp/kept.pdf"
ok "without briefs" batch "2026-03: 6 areas: 6 made" "$in" "$out" --month 2026-03 $key
ok "signed ones are set aside" test "$(find "$out" -name 'progress-2026-03.signed.????????.pdf' | wc -l)" = 7
ok "which is said of each" test "$(grep -c 'progress-2026-03.signed.pdf: warning: .*is the signed form of an earlier progress-2026-03.pdf' "$tmp/err")" = 6

# ---- parts ----

for k in 1 2; do ok "part $k" batch "" "$in" "$tmp/parts" --shard $k/2 $brief $key; done
ok "joined" batch "" --merge "$tmp/joined" "$tmp/parts"
ok "with their signed briefs" test "$(find "$tmp/joined" -name 'progress-2026-03.signed.pdf' | wc -l)" = 6
finish '\.signed\.|sealed|kept'
