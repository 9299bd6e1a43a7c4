#!/bin/sh
# Wrong and hostile input. A case is a folder whose files are laid over those of common/ (a small good job), with
#   cmd       the arguments of kehoach, one line; $OUT is the folder for results
#   want.err  what it says on standard error, exactly (a last line "..." allows more)
#   want.code its exit code
#   seconds   optional: of the processor that it may take, instead of 2
#   input.sh  optional: makes input that is too large or too strange to keep; its Python finds the modules beside this
# With names of cases only those are run; UPDATE=1 takes over what the program says: read it before.
# Nothing may be written, and it may take at most 64 MB and 2 s of the processor (where that can be measured: not under sanitizers), and 20 s in all.
here=$(cd "$(dirname "$0")" && pwd)
KEHOACH=${KEHOACH:-$(cd "$(dirname "$0")/../.." && pwd)/out/bin/kehoach}
tmp=$(mktemp -d)
trap 'chmod -R u+rwx "$tmp"; rm -rf "$tmp"' EXIT
n=0
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1

says_what_is_wanted() { # want, got
	if [ "$(tail -n 1 "$1")" = ... ]; then
		lines=$(($(wc -l <"$1") - 1))
		head -n "$lines" "$1" >"$tmp/want" && head -n "$lines" "$2" >"$tmp/got" && diff -u "$tmp/want" "$tmp/got"
	else
		diff -u "$1" "$2"
	fi
}

[ $# -gt 0 ] || set -- $(ls "$here")
for case; do
	case=$here/$case
	[ -d "$case" ] || continue
	name=${case##*/}
	[ "$name" != common ] || continue
	n=$((n + 1))
	rm -rf "$tmp/in" "$tmp/out"
	cp -r "$here/common" "$tmp/in"
	cp -r "$case/." "$tmp/in"
	cd "$tmp/in" || exit 1
	[ ! -e input.sh ] || sh ./input.sh || echo "# input.sh failed"
	export OUT="$tmp/out"
	limit=65536 seconds=2
	[ ! -e "$case/seconds" ] || seconds=$(cat "$case/seconds")
	[ "${MODE:-release}" = release ] || limit=unlimited seconds=unlimited
	(ulimit -d $limit; ulimit -t $seconds; eval "LC_ALL=C timeout 20 \"\$KEHOACH\" $(cat cmd)") >"$tmp/stdout" 2>"$tmp/err"
	code=$?
	cd "$here" || exit 1
	if [ -n "${UPDATE:-}" ]; then
		tail -n 1 "$case/want.err" 2>/dev/null | grep -q '^\.\.\.$' || cp "$tmp/err" "$case/want.err"
		echo "$code" >"$case/want.code"
	fi
	if difference=$(says_what_is_wanted "$case/want.err" "$tmp/err" 2>&1) &&
		[ "$code" = "$(cat "$case/want.code")" ] &&
		{ [ ! -d "$tmp/out" ] || [ -z "$(find "$tmp/out" -type f)" ]; }; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit code $code, wanted $(cat "$case/want.code")"
		echo "$difference" | head -40 | sed 's/^/# /'
		[ ! -d "$tmp/out" ] || find "$tmp/out" -type f | sed 's/^/# written: /'
	fi
done
echo "1..$n"
