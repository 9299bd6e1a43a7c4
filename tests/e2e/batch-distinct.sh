#!/bin/sh
# Different texts of a register (<distinct>) are counted for each area of a list as Python counts them, and as for the area alone.
. "$(dirname "$0")/batchlib.sh"
made=people
ask() {
	"$PYTHON" tests/e2e/batch_distinct.py "$@"
}
in=$tmp/in/batch.xml
all="7 areas: 7 made, 0 unchanged, 0 failed"
# Persons of no commune are findings: the code is 1.
ok "persons" ask make "$tmp/in" 4000
ok "all areas" is_code 1 batch "$all" "$in" "$tmp/out" -j 2
ok "the figures of Python" ask same "$tmp/in" "$tmp/out/$made"
ok "one worker" is_code 1 batch "$all" "$in" "$tmp/one" -j 1
ok "the same bytes" same "$tmp/out" "$tmp/one"
alone() {
	ask alone "$tmp/in" 00003 && "$KEHOACH" build "$tmp/in/00003/job.xml" --only json --no-checks -o "$tmp/00003/made" 2>"$tmp/err" || { cat "$tmp/err"; return 1; }
	ask same "$tmp/in" "$tmp/00003/made/$made"
}
ok "an area alone" alone
ok "again: nothing" is_code 1 batch "0 made, 7 unchanged" "$in" "$tmp/out"
ask move "$tmp/in"
ok "a person of another household: the area" is_code 1 batch "1 made, 6 unchanged" "$in" "$tmp/out" -j 2
ok "again the figures of Python" ask same "$tmp/in" "$tmp/out/$made"
ask rename "$tmp/in"
ok "other names of households: nothing" is_code 1 batch "0 made, 7 unchanged" "$in" "$tmp/out" -j 2
ok "nothing personal" test -z "$(grep -rE 'NGUOI|p[0-9][0-9]' "$tmp/err" "$tmp/out")"

# More than memory keeps: a file of hashes, which all workers read.
ask make "$tmp/many" 300000
mkdir "$tmp/hashes"
many() {
	TMPDIR=$tmp/hashes is_code 1 batch "$all" "$tmp/many/batch.xml" "$tmp/many/out" --only json -j 2 && ask same "$tmp/many" "$tmp/many/out/$made" &&
		[ -z "$(ls "$tmp/hashes")" ]
}
ok "300,000 persons" many
finish
