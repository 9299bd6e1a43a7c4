#!/bin/sh
# Whole results against files somebody has read. A case is a folder with
#   cmd        the arguments of kehoach, one line, as typed in the repository's root; $CASE is the case's folder
#   want.err   what it says
#   want.text want.layout want.json   plan.txt plan.layout figures.json
#   want.xlsx/ the parts of appendix.xlsx, one tag a line
# Only the files that are there are compared. UPDATE=1 shows the difference and takes the results over.
cd "$(dirname "$0")/../.." || exit 1
KEHOACH=${KEHOACH:-$(cd "$(dirname "$0")/../.." && pwd)/out/bin/kehoach}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0

parts() { # xlsx, folder
	mkdir -p "$2"
	unzip -q -o "$1" -d "$tmp/zip" || return 1
	(cd "$tmp/zip" && find . -name '*.xml' | grep -E 'worksheets|workbook\.xml|core\.xml' | sort) | while read -r part; do
		sed 's/></>\n</g' "$tmp/zip/$part" >"$2/$(basename "$part")"
	done
	rm -rf "$tmp/zip"
}

same() { # wanted, got
	[ -e "$1" ] || return 0
	[ -n "${UPDATE:-}" ] || { diff -ru "$1" "$2"; return; }
	diff -ru "$1" "$2"
	rm -rf "$1" && cp -r "$2" "$1"
}

# Its PDF says without a word that it is PDF/A and PDF/UA.
claimed() { # arguments
	rm -rf "$tmp/pdf"
	eval "LC_ALL=C \"\$KEHOACH\" $1 --only pdf -o \"$tmp/pdf\"" 2>/dev/null &&
		"$KEHOACH" lint --require "$tmp"/pdf/*/*.pdf 2>&1 | { ! grep .; }
}

for case in tests/golden/*/; do
	CASE=${case%/}
	name=${CASE##*/}
	n=$((n + 1))
	rm -rf "$tmp/out" "$tmp/parts"
	export CASE
	eval "LC_ALL=C \"\$KEHOACH\" $(cat "$CASE/cmd") -o \"$tmp/out\"" 2>"$tmp/err"
	result=$(find "$tmp/out" -mindepth 1 -maxdepth 1 -type d 2>/dev/null | head -1)
	[ ! -e "$result/appendix.xlsx" ] || parts "$result/appendix.xlsx" "$tmp/parts"
	if difference=$(
		same "$CASE/want.err" "$tmp/err" && same "$CASE/want.text" "$result/plan.txt" &&
			same "$CASE/want.layout" "$result/plan.layout" && same "$CASE/want.json" "$result/figures.json" &&
			same "$CASE/want.xlsx" "$tmp/parts" && claimed "$(sed 's/ --only [a-z,]*//' "$CASE/cmd")" 2>&1
	); then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
	fi
	[ -z "$difference" ] || echo "$difference" | head -60 | sed 's/^/# /'
done
echo "1..$n"
