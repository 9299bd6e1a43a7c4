#!/bin/sh
# A batch on a cluster of two nodes, one of which loses its power in the middle: the same bytes as on one machine. Nodes are two daemons of
# this machine (slurmlib.sh). Without Slurm, or root, it is skipped and says so.
. "$(dirname "$0")/batchlib.sh"
. "$(dirname "$0")/slurmlib.sh"
trap 'cluster_stop; rm -rf "$tmp"' EXIT
if ! why=$(have_slurm); then
	echo "1..0 # SKIP $why"
	exit 0
fi
if ! cluster_start; then
	ok "the cluster starts" sh -c "tail -n 5 '$cluster'/*.log; exit 1"
	finish
	exit 0
fi
"$PYTHON" tests/e2e/slurm.py fixtures/$made "$tmp/many" 300
many=$tmp/many/batch.xml
"$PYTHON" tests/e2e/slurm.py fixtures/$made "$tmp/some" 80
some=$tmp/some/batch.xml

run() { # code, what the summary says, name of the folder, job, options...
	code=$1 want=$2 to=$3 from=$4
	shift 4
	said=$("$KEHOACH" batch "$from" -o "$tmp/$to" "$@" 2>"$tmp/$to.err")
	[ $? -eq "$code" ] || { echo "said: $said"; cat "$tmp/$to.err"; return 1; }
	case $said in *"$want"*) ;; *) echo "said: $said"; cat "$tmp/$to.err"; return 1 ;; esac
}
is_empty() { # the queue
	[ -z "$(squeue --noheader 2>&1)" ]
}
lines() { # of a part's journal that are there
	cat "$tmp/$1/$made/batch.$2.part" 2>/dev/null | wc -l
}
part_on() { # node: the part that it makes
	squeue --noheader --array --nodelist="$1" --states=running --format=%K 2>/dev/null | head -1
}
part_begun() { # node, out, parts
	part=$(part_on "$1")
	echo "$part" >"$tmp/part"
	[ -n "$part" ] && [ "$(lines "$2" "$part-of-$3")" -ge 5 ]
}

ok "300 areas on one machine" run 0 "300 areas: 300 made, 0 unchanged, 0 failed" one "$many" -j 2

# ---- a node is lost ----

"$KEHOACH" batch "$many" -o "$tmp/lost" --slurm 4 --partition main -- --mem=0 --comment='a b' >"$tmp/lost.out" 2>"$tmp/lost.err" &
follower=$!
ok "both nodes are at work" within 30 part_begun n1 lost 4
lost=$(cat "$tmp/part")
ok "a node loses its power" power_off n1

# Meanwhile on this machine what the cluster makes later: until Slurm misses a node and hands its part in again, most of the time goes by.
ok "80 areas on one machine" run 0 "80 areas: 80 made, 0 unchanged, 0 failed" few "$some" -j 2
cp -r fixtures/$made "$tmp/wrong"
sed -i '/^90013;/d' "$tmp/wrong/chi-tieu.csv"
echo '99999;xã Lạ;1;Thôn 1;100;20;2;số liệu mẫu' >>"$tmp/wrong/chi-tieu.csv"
ok "wrong input, on one machine" run 1 "5 made, 0 unchanged, 1 failed" wrong-one "$tmp/wrong/batch.xml" --month 2026-05
mkdir "$tmp/a error: b"
cp -r "$tmp/wrong"/* "$tmp/a error: b"
sed -i 's/^90003;\(.*\);Thôn 1;[0-9]*;/90003;\1;Thôn 1;nhiều;/' "$tmp/a error: b/chi-tieu.csv"
vietnamese() { # folder, options: from a folder of an odd name
	to=$1
	shift
	LC_ALL=vi_VN.UTF-8 run 1 "không lập được" "$to" "$tmp/a error: b/batch.xml" "$@"
}
ok "and in Vietnamese" vietnamese vi-one

wait $follower
code=$?
ok "the batch ends well" test $code -eq 0
summary() {
	grep -qE '^tinh-mau-2026: 300 areas: [0-9]+ made, [0-9]+ unchanged, 0 failed; ' "$tmp/lost.out" || { cat "$tmp/lost.out" "$tmp/lost.err"; return 1; }
}
ok "with the summary of all areas" summary
restarted() { # the part was begun again, and its areas that were done were not made again
	scontrol show job --all 2>/dev/null | grep -A9 " ArrayTaskId=$lost " | grep -q 'Restarts=1' || { scontrol show job; return 1; }
	grep -qE ' [1-9][0-9]* unchanged' "$tmp/lost.out"
}
ok "its part was made by the other node, from where it was" restarted
ok "the same bytes" same "$tmp/one" "$tmp/lost"
ok "nothing is left beside the results" test -z "$(find "$tmp/lost" -name '.*' -o -name 'batch.*-of-*')"
ok "the queue is empty" is_empty
ok "again: nothing" run 0 "0 made, 300 unchanged" lost "$many" --slurm 4
ok "and nothing was handed in" is_empty

# ---- parts that fail ----

start n1 slurmd -D -N n1
ok "the node comes back" within 20 idle 2
"$KEHOACH" batch "$some" -o "$tmp/taken" --slurm 2 >"$tmp/taken.out" 2>"$tmp/taken.err" &
follower=$!
within 30 part_begun n1 taken 2
ok "a part is taken out of the queue" scancel "$(squeue --noheader --array --nodelist=n1 --format=%i | head -1)"

# Meanwhile a part that cannot be made.
mkdir -p "$tmp/never/$made/batch.1-of-2.part"
ok "a part that always fails" run 3 "" never $job --slurm 2
ok "is given up" grep -q "error: the part '1' has failed 3 times, the last time with code 3 \[slurm\]" "$tmp/never.err"
ok "what it said is kept" grep -q 'batch.1-of-2.part' "$tmp/never/$made/.slurm/1.out"
wait $follower
ok "it is handed in again" grep -qE "note: the part '[12]' has failed and was handed in again \[slurm\]" "$tmp/taken.err"
ok "the same bytes" same "$tmp/few" "$tmp/taken"

ok "wrong input, on the cluster" run 1 "5 made, 0 unchanged, 1 failed" wrong-many "$tmp/wrong/batch.xml" --slurm 3 --month 2026-05
ok "says the same" cmp "$tmp/wrong-one.err" "$tmp/wrong-many.err"
ok "and makes the same" same "$tmp/wrong-one" "$tmp/wrong-many"
same_words() {
	vietnamese vi-many --slurm 3 && grep -q 'chi-tieu.csv:[0-9]*:[0-9]*: lỗi: ' "$tmp/vi-many.err" && cmp "$tmp/vi-one.err" "$tmp/vi-many.err"
}
ok "the same in Vietnamese" same_words

ok "nothing is left in the queue" within 5 is_empty

# ---- two followers ----

"$KEHOACH" batch "$some" -o "$tmp/twice" --slurm 2 >"$tmp/twice.out" 2>"$tmp/twice.err" &
follower=$!
within 30 part_begun n1 twice 2
ok "a second follower is refused" run 3 "" twice "$some" --slurm 2
ok "and says why" grep -q 'slurm: error: another run has handed this in to the cluster and follows it' "$tmp/twice.err"
kill -HUP $follower
wait $follower
ok "one that has gone leaves its job" run 3 "" twice "$some" --slurm 2
ok "which is said" grep -qE 'slurm: error: jobs of an earlier run still make this: [0-9,]+; wait' "$tmp/twice.err"
ok "it comes to its end" within 120 is_empty
rm -r "$tmp/twice/$made/.slurm"
ok "as if it had been followed" same "$tmp/few" "$tmp/twice"
ok "then another may follow" run 0 "0 made, 80 unchanged" twice "$some" --slurm 2

# ---- stopped, refused, not there ----

"$KEHOACH" batch "$some" -o "$tmp/stopped" --slurm 2 >"$tmp/stopped.out" 2>"$tmp/stopped.err" &
follower=$!
within 30 part_begun n1 stopped 2
kill -TERM $follower
wait $follower
ok "a signal: the code of a stop" test $? -eq 3
ok "says what is to be done" grep -qE 'stopped by a signal; the job [0-9]+ was cancelled' "$tmp/stopped.err"
ok "takes the job back" within 10 is_empty

ok "no such partition" run 3 "" nowhere $job --slurm 2 --partition nowhere
ok "nothing is left of it" test ! -e "$tmp/nowhere/$made/.slurm" -a -z "$(grep 'what the parts said' "$tmp/nowhere.err")"
ok "is what sbatch says" grep -q 'error: sbatch has taken nothing (code 1): .*nowhere' "$tmp/nowhere.err"
mkdir "$tmp/empty"
missing() { # language, pattern
	LC_ALL=$1 PATH=$tmp/empty "$KEHOACH" batch $job -o "$tmp/none" --slurm 2 2>"$tmp/none.err"
	[ $? -eq 3 ] && grep -q "$2" "$tmp/none.err" || { cat "$tmp/none.err"; return 1; }
}
ok "no sbatch" missing C 'error: sbatch cannot be run: .*slurm-client'
ok "in Vietnamese" missing vi_VN.UTF-8 'sbatch'
echo "1..$n" # plans are those of batch.sh, which looks at them closely
