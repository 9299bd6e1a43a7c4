#!/bin/sh
# A batch in parts: made in one folder at once, or in several and joined; the same bytes as without parts, and what is wrong with parts.
. "$(dirname "$0")/batchlib.sh"
month="--month 2026-05"

ok "the whole" batch "6 made" $job "$tmp/one" $month

# ---- in one folder, at once ----

at_once() { # parts, out, job, options...
	parts=$1 to=$2 from=$3
	shift 3
	pids=
	for k in $(seq "$parts"); do
		"$KEHOACH" batch "$from" -o "$to" -j 2 --shard "$k/$parts" "$@" >"$tmp/said.$k" 2>"$tmp/err.$k" &
		pids="$pids $!"
	done
	for pid in $pids; do wait "$pid" || { cat "$tmp"/err.*; return 1; }; done
	cat "$tmp"/said.*
}
joined() { # what the summary says, folders and options...
	want=$1
	shift
	said=$("$KEHOACH" batch --merge "$@" 2>"$tmp/err")
	code=$?
	case $said in *"$want"*) return $code ;; *) echo "said: $said"; cat "$tmp/err"; return 1 ;; esac
}
for parts in 1 3 6 9; do
	ok "$parts parts at once" at_once $parts "$tmp/at$parts" $job $month
	ok "no index yet" test ! -e "$tmp/at$parts/$made/index.html" -a ! -e "$tmp/at$parts/$made/batch.json"
	ok "joined" joined "6 areas: 6 made, 0 unchanged, 0 failed" "$tmp/at$parts"
	ok "the same bytes" same "$tmp/one" "$tmp/at$parts"
	ok "nothing of the parts is left" test -z "$(find "$tmp/at$parts" -name '*-of-*' -o -name '.*')"
done
ok "a later whole run: nothing" batch "0 made, 6 unchanged" $job "$tmp/at3" $month
ok "later parts: nothing" at_once 3 "$tmp/at3" $job $month
none_made() { ! grep -v ' 0 made' "$tmp"/said.[1-3]; }
ok "nothing" none_made
ok "joined again" joined "0 made, 6 unchanged" "$tmp/at3/$made"
ok "the same bytes" same "$tmp/one" "$tmp/at3"

# ---- in several folders ----

for k in 1 2; do ok "part $k of 2" batch "0 failed" $job "$tmp/part$k" --shard $k/2 $month; done
ok "joined elsewhere" joined "6 made" "$tmp/part2" "$tmp/part1" -o "$tmp/joined"
ok "the same bytes" same "$tmp/one" "$tmp/joined"
ok "the parts are as they were" test -e "$tmp/part1/$made/batch.1-of-2.json"
ok "a later whole run: nothing" batch "0 made, 6 unchanged" $job "$tmp/joined" $month
cp -r "$tmp/part1" "$tmp/first"
ok "joined into the first" joined "6 made" "$tmp/first" "$tmp/part2"
ok "the same bytes" same "$tmp/one" "$tmp/first"
moved() { # the job is named where it is elsewhere
	(cd "$tmp" && ! "$KEHOACH" batch --merge part1 part2 -o moved 2>moved.err) && grep -q 'is not here; name it' "$tmp/moved.err" || return 1
	root=$PWD
	(cd "$tmp" && "$KEHOACH" batch --merge "$root/$job" part1 part2 -o moved) && same "$tmp/one" "$tmp/moved"
}
ok "from another folder" moved

# ---- what is wrong ----

refused() { # pattern, folders...
	pattern=$1
	shift
	is_code 1 "$KEHOACH" batch --merge "$@" -o "$tmp/refused" 2>"$tmp/err"
	[ $? -eq 0 ] && said_error "$pattern" && [ ! -e "$tmp/refused/$made/batch.json" ]
}
ok "one is missing" refused 'error: part 2 of 2 is missing; make it with --shard 2/2' "$tmp/part1"
cp -r fixtures/$made "$tmp/other"
sed -i 's/ id="tinh-mau-2026"/ id="khac"/' "$tmp/other/batch.xml"
mkdir "$tmp/jobs"
cp -r "$tmp/part1/." "$tmp/part2/." "$tmp/jobs"
"$KEHOACH" batch "$tmp/other/batch.xml" -o "$tmp/jobs" --shard 1/2 >/dev/null
ok "parts of two jobs" refused "there are parts of several jobs here, in 'khac' and in 'tinh-mau-2026'" "$tmp/jobs"
ok "one of them by name" joined "6 areas: 6 made" "$job" "$tmp/jobs"
ok "and only that" test -e "$tmp/jobs/khac/batch.1-of-2.json" -a ! -e "$tmp/jobs/$made/batch.1-of-2.json"
ok "one is there twice" refused 'part 1 of 2 is in .*part1.* already; name only one' "$tmp/part1" "$tmp/part1" "$tmp/part2"
altered() { # name, pattern of sed: part 2 with another state
	cp -r "$tmp/part2" "$tmp/$1"
	sed -i "$2" "$tmp/$1/$made/batch.2-of-2.json"
	sealed "$tmp/$1/$made/batch.2-of-2.json"
}
altered job 's/"job":"tinh-mau-2026"/"job":"khac"/'
ok "of another job" refused "batch.2-of-2.json: error: this is a part of the job 'khac'" "$tmp/part1" "$tmp/job"
altered version 's/"program":"[^"]*"/"program":"kehoach 0.0.1"/'
ok "of another version" refused "this part was made by kehoach 0.0.1" "$tmp/part1" "$tmp/version"
altered options 's/"options":"[^"]*"/"options":"pdf "/'
ok "with other options" refused "this part was made with other options than" "$tmp/part1" "$tmp/options"
altered input '/"path":"muc-tieu.csv"/s/"sha256":"...../"sha256":"00000/'
ok "of another input" refused "it was made of another 'muc-tieu.csv' than '.*part1/$made/batch.1-of-2.json'" "$tmp/part1" "$tmp/input"
double=$(sed -n 's/^{"code":"\([0-9]*\)".*"state":"done".*/\1/p' "$tmp/part1/$made/batch.1-of-2.json" | head -1)
own=$(sed -n 's/^{"code":"\([0-9]*\)".*"state":"done".*/\1/p' "$tmp/part2/$made/batch.2-of-2.json" | head -1)
altered double "s/\"code\":\"$own\"/\"code\":\"$double\"/"
ok "an area twice, in two ways" refused "\($double\) is in '.*part1.*' too, and made in another way: .* are not the same" "$tmp/part1" "$tmp/double"
altered nobody "s/\"code\":\"$own\"/\"code\":\"77777\"/"
ok "an area in no part" refused "\($own\) is in no part" "$tmp/part1" "$tmp/nobody"
altered outside "s/\"code\":\"$own\"/\"code\":\"..\/..\/x\"/"
ok "an area that leads elsewhere" refused "batch.2-of-2.json: error: this is no state of the part" "$tmp/part1" "$tmp/outside"
cp -r "$tmp/part2" "$tmp/torn"
rm "$tmp/torn/$made"/*/"$own/plan.pdf"
ok "a file of a part is gone" refused "$own/plan.pdf: error: this file of the part is not there" "$tmp/part1" "$tmp/torn"
cp -r "$tmp/part2" "$tmp/no-progress"
rm "$tmp/no-progress/$made/batch-2026-05.2-of-2.json"
ok "progress of a part is gone" refused 'batch-2026-05.2-of-2.json: error: ' "$tmp/part1" "$tmp/no-progress"
cp -r "$tmp/part2" "$tmp/mended"
printf x >>"$(echo "$tmp/mended/$made"/*/"$own/plan.pdf")"
ok "a file that is another is made again" joined "0 failed" "$tmp/part1" "$tmp/mended" -o "$tmp/again"
ok "the same bytes" same "$tmp/one" "$tmp/again"

cp -r fixtures/$made "$tmp/wrong"
sed -i '/^90013;/d' "$tmp/wrong/chi-tieu.csv"
echo '99999;xã Lạ;1;Thôn 1;100;20;2;số liệu mẫu' >>"$tmp/wrong/chi-tieu.csv"
ok "wrong input: the whole" is_code 1 batch "5 made, 0 unchanged, 1 failed" "$tmp/wrong/batch.xml" "$tmp/wrong-one" $month
cp "$tmp/err" "$tmp/wrong-one.err"
for k in 1 2 3; do "$KEHOACH" batch "$tmp/wrong/batch.xml" -o "$tmp/wrong-parts" --shard $k/3 $month >/dev/null 2>&1; done
ok "wrong input: the parts, joined" is_code 1 joined "5 made, 0 unchanged, 1 failed" "$tmp/wrong-parts"
ok "say the same" cmp "$tmp/wrong-one.err" "$tmp/err"
ok "and are the same" same "$tmp/wrong-one" "$tmp/wrong-parts"

ok "the PKI is made" tests/e2e/pki.sh "$tmp/pki" 127.0.0.1:1
key="--p12 $tmp/pki/signer.p12 --password-file $tmp/pki/password"
cp -r fixtures/$made "$tmp/sign"
sed -i 's|</job>|  <sign field="signer" level="b"/>\n</job>|' "$tmp/sign/batch.xml"
for k in 1 2; do ok "signed: part $k of 2" batch "0 failed" "$tmp/sign/batch.xml" "$tmp/signed$k" --shard $k/2 $key; done
cp -r "$tmp/signed1" "$tmp/signed2" "$tmp/pki"
ok "signed: joined" joined "6 made" "$tmp/signed1" "$tmp/signed2" -o "$tmp/signed"
signatures() { # are where they were made, and as they were
	[ "$(find "$tmp/signed" -name plan.signed.pdf | wc -l)" -eq 6 ] && for k in 1 2; do
		diff -r "$tmp/pki/signed$k" "$tmp/signed$k" || return 1
		for plan in "$tmp/signed$k/$made"/*/*/plan.signed.pdf; do cmp "$plan" "$tmp/signed/${plan#"$tmp/signed$k/"}" || return 1; done
	done
}
ok "signatures go along" signatures
ok "a later signed run: nothing" batch "0 made, 6 unchanged" "$tmp/sign/batch.xml" "$tmp/signed" $key
ok "without a word of keys" test -z "$(grep 'not signed' "$tmp/err")"
sealed_plan=$tmp/signed/$made/92/90011/plan.signed.pdf
seal() { # a plan that is joined already
	"$KEHOACH" sign "$sealed_plan" $key --field seal -o "$tmp/sealed.pdf" && cp "$tmp/sealed.pdf" "$sealed_plan"
}
ok "one is sealed afterwards" seal
ok "joined again" joined "0 failed" "$tmp/signed1" "$tmp/signed2" -o "$tmp/signed"
ok "the seal stays" cmp "$tmp/sealed.pdf" "$sealed_plan"
not_handed() { is_code 2 batch "" "$tmp/sign/batch.xml" "$tmp/never" --slurm 2 $key; }
ok "keys are not handed to a cluster" not_handed

busy() { # file that is locked, by whom a part 1/2 is not to be made beside: two runs of the same part, or of two divisions
	"$PYTHON" - "$tmp/busy/$made" "$1" <<-'P' &
	import fcntl, os, sys, time
	os.makedirs(sys.argv[1], exist_ok=True)
	f = open(sys.argv[1] + "/" + sys.argv[2], "w")
	fcntl.flock(f, fcntl.LOCK_EX)
	open(sys.argv[1] + "/locked", "w")
	time.sleep(2)
	P
	holder=$!
	while [ ! -e "$tmp/busy/$made/locked" ]; do sleep 0.05; done
	is_code 3 batch "" $job "$tmp/busy" --shard 1/2
	code=$?
	wait $holder
	rm "$tmp/busy/$made/locked"
	[ $code -eq 0 ] && said_error "$1: error: $2"
}
ok "another run is at the same part" busy batch.1-of-2.part 'another run is making this'
ok "or at a part of another division" busy batch.3-of-3.part 'a part of another division is being made here'
whole_beside() { # a whole run, beside a part that is under way
	"$PYTHON" tests/e2e/slurm.py fixtures/$made "$tmp/many" 60
	"$KEHOACH" batch "$tmp/many/batch.xml" -o "$tmp/beside" -j 1 --shard 1/2 >"$tmp/part.said" 2>&1 &
	part=$!
	while [ ! -s "$tmp/beside/$made/batch.1-of-2.part" ]; do sleep 0.05; done
	is_code 3 batch "" "$tmp/many/batch.xml" "$tmp/beside"
	whole=$?
	is_code 3 batch "" "$tmp/many/batch.xml" "$tmp/beside" --shard 2/3
	other=$?
	wait $part && [ $whole -eq 0 ] && [ $other -eq 0 ] && grep -q "30 made, 0 unchanged, 0 failed" "$tmp/part.said" && said_error 'batch.1-of-2.part: error: a part of another division'
}
ok "nor a whole run or another division beside it" whole_beside
ok "and when it has gone" batch ", 0 failed" $job "$tmp/busy" --shard 1/2
finish /mended/
