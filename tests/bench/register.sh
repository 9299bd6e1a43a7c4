#!/bin/sh
# A register of 26 million households, sorted by village and in random order, to 42 counters for each of 95,400 villages, beside DuckDB
# on the same file. ROWS: fewer, for a quick look; FIRST: a command before each run of ours, such as 'chrt -f 1' where others use the machine
# too. Exits 1 where results differ or the peer cannot be had.
set -u
cd "$(dirname "$0")/../.." || exit 1
BENCH=${BENCH:-$PWD/out/obj/release/bench}
ROWS=${ROWS:-26000000}
NODE=${NODE:-node}
FIRST=${FIRST:-}
bad=0

# A row has 40 bytes; two files, and some room for what else is on the disk.
dir=${TMPDIR:-/tmp}
free=$(df -Pk "$dir" | awk 'NR == 2 { print $4 }')
most=$((free * 1024 / 2 / 40 * 8 / 10))
if [ "$ROWS" -gt "$most" ]; then
	echo "register: only $free KB are free in $dir: $most rows in place of $ROWS"
	ROWS=$most
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

line() { # what, value, unit, goal, whether at least
	awk -v what="$1" -v value="$2" -v unit="$3" -v goal="$4" -v least="${5:-}" 'BEGIN {
		reached = least ? value >= goal : value <= goal
		printf "%-52s %8.2f %-5s goal %6.1f %-5s %s\n", what, value, unit, goal, unit, reached ? "reached" : "NOT REACHED" }'
}

plain() { printf "%-52s %8.2f %s\n" "$1" "$2" "$3"; }

# The median by CPU of five: CPU [s], wall [s], peak [MB].
measure() { # file, threads
	for i in 1 2 3 4 5; do $FIRST "$BENCH/register" count "$1" "$2"; done | sort -n | sed -n 3p
}

cpu_of() { # command: user + system [s], and nothing else
	bash -c 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1' - "$@" 2>&1 | awk '{ print $1 + $2 }'
}

for order in sorted random; do
	"$BENCH/register" make "$ROWS" $order "$tmp/$order.csv" || exit 1
done
bytes=$(wc -c <"$tmp/sorted.csv")
echo "register: $(wc -l <"$tmp/sorted.csv") lines, $bytes bytes, 17 columns"
# What this machine is, beside the one the goals were set on, where wc -l takes 0.097 s: the median of five.
for i in 1 2 3 4 5; do cpu_of $FIRST wc -l "$tmp/sorted.csv"; done | sort -n | sed -n 3p >"$tmp/wc"
wc_cpu=$(cat "$tmp/wc")
plain "wc -l of it, CPU (yardstick)" "$wc_cpu" s
share=$(awk -v n="$ROWS" 'BEGIN { print n / 26000000 }')
by_wc() { awk -v cpu="$1" -v wc="$wc_cpu" -v share="$share" 'BEGIN { print cpu / wc * 0.097 * share }'; }
goal() { awk -v goal="$1" -v share="$share" 'BEGIN { print goal * share }'; }

set -- $(measure "$tmp/sorted.csv" 1)
sorted_cpu=$1 sorted_wall=$2 peak=$3
line "register, sorted, one thread, CPU" "$sorted_cpu" s "$(goal 0.8)"
line "  the same by the yardstick" "$(by_wc "$sorted_cpu")" s "$(goal 0.8)"
set -- $(measure "$tmp/random.csv" 1)
random_cpu=$1 random_wall=$2
peak=$(printf '%s\n%s\n' "$peak" "$3" | sort -n | tail -1)
line "register, random order, one thread, CPU" "$random_cpu" s "$(goal 1.5)"
line "  the same by the yardstick" "$(by_wc "$random_cpu")" s "$(goal 1.5)"
over_wc() { awk -v a="$1" -v b="$wc_cpu" 'BEGIN { print a / b }'; }
line "register, sorted, by wc -l" "$(over_wc "$sorted_cpu")" times 4
line "register, random order, by wc -l" "$(over_wc "$random_cpu")" times 8
# What two threads can be worth here: two programs at a time that have nothing in common, beside one after the other.
alone=$(measure "$tmp/sorted.csv" 1 | cut -d' ' -f2)
for i in 1 2 3 4 5; do
	$FIRST "$BENCH/register" count "$tmp/sorted.csv" 1 >"$tmp/first" &
	$FIRST "$BENCH/register" count "$tmp/sorted.csv" 1 >"$tmp/second"
	wait $!
	cat "$tmp/first" "$tmp/second" | cut -d' ' -f2 | sort -n | tail -1
done | sort -n | sed -n 3p >"$tmp/pair"
pair=$(awk -v a="$alone" -v b="$(cat "$tmp/pair")" 'BEGIN { print 2 * a / b }')
plain "two programs at once, times as fast (yardstick)" "$pair" ""
two_threads() { # file, wall of one thread, what
	set -- "$2" "$3" $(measure "$1" 2)
	plain "register, $2, two threads, CPU" "$3" s
	times=$(awk -v a="$1" -v b="$4" 'BEGIN { print a / b }')
	line "register, $2, two threads, times as fast (wall)" "$times" "" 1.7 least
	line "  the same by the yardstick, where it is 2" "$(awk -v a="$times" -v b="$pair" 'BEGIN { print a / b * 2 }')" "" 1.7 least
	peak=$(printf '%s\n%s\n' "$peak" "$5" | sort -n | tail -1)
}
two_threads "$tmp/sorted.csv" "$sorted_wall" sorted
two_threads "$tmp/random.csv" "$random_wall" "random order"
line "register, peak memory (the file is not mapped)" "$peak" MB 64

for order in sorted random; do
	for threads in 1 2; do
		"$BENCH/register" count "$tmp/$order.csv" $threads "$tmp/$order.$threads" >/dev/null
		cmp -s "$tmp/sorted.1" "$tmp/$order.$threads" || { echo "register: $order, $threads threads: another result"; bad=1; }
	done
done

# ---- the peer ----

peer() {
	command -v "$NODE" >/dev/null || { echo "no node"; return 1; }
	cmp -s .ci/duckdb/package.json out/duckdb/package.json && return 0
	rm -rf out/duckdb && mkdir -p out/duckdb && cp .ci/duckdb/package.json out/duckdb &&
		(cd out/duckdb && npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error) >/dev/null 2>"$tmp/npm" && return 0
	rm -rf out/duckdb
	tail -1 "$tmp/npm"
	return 1
}

if why=$(peer) && cpu=$("$NODE" tests/bench/duckdb.js "$tmp/sorted.csv" 1 "$tmp/duckdb.csv" 2>"$tmp/duckdb.err"); then
	cmp -s "$tmp/sorted.1" "$tmp/duckdb.csv" || { echo "register: DuckDB has another result"; bad=1; }
	plain "DuckDB, sorted, one thread, CPU" "$cpu" s
	line "DuckDB, times our CPU, sorted" "$(awk -v a="$cpu" -v b="$sorted_cpu" 'BEGIN { print a / b }')" "" 10 least
	cpu=$("$NODE" tests/bench/duckdb.js "$tmp/random.csv" 1 "$tmp/duckdb.csv")
	cmp -s "$tmp/sorted.1" "$tmp/duckdb.csv" || { echo "register: DuckDB has another result"; bad=1; }
	plain "DuckDB, random order, one thread, CPU" "$cpu" s
	line "DuckDB, times our CPU, random order" "$(awk -v a="$cpu" -v b="$random_cpu" 'BEGIN { print a / b }')" "" 10 least
else
	echo "DuckDB: not measured (${why:-$(tail -1 "$tmp/duckdb.err" 2>/dev/null)})"
	bad=1
fi
exit $bad
