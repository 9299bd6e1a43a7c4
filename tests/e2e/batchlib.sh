# For the tests of batches: runs one, and compares its results. Sourced, not run.
. "$(dirname "$0")/lib.sh"
job=fixtures/tinh-mau-2026/batch.xml
made=tinh-mau-2026

batch() { # what the summary says, job, out, options...
	want=$1 from=$2 to=$3
	shift 3
	said=$("$KEHOACH" batch "$from" -o "$to" "$@" 2>"$tmp/err")
	code=$?
	echo "$said" >"$tmp/summary"
	case $said in
	*"$want"*) ;;
	*) echo "said: $said"; cat "$tmp/err"; return 99 ;; # no code of the program
	esac
	return $code
}
is_code() { # wanted code, command...
	want_code=$1
	shift
	"$@"
	[ $? -eq "$want_code" ]
}
said_error() { # pattern
	grep -qE "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }
}
sealed() { # file: a state that was edited, with the checksum of what it is now
	body=$(sed '$s/,"check":"[0-9a-f]*"}$//' "$1")
	printf '%s,"check":"%s"}\n' "$body" "$(printf %s "$body" | sha256sum | cut -c1-64)" >"$1"
}
same() { # two folders of results: all but the times in batch*.json, and its checksum
	diff -r -x 'batch*.json' "$1" "$2" &&
		for dir in "$1" "$2"; do sed -E 's/"mtime":[0-9]+//g; s/"check":"[0-9a-f]+"//; s/("[a-z0-9.-]+",[0-9]+),[0-9]+\]/\1]/g' "$dir/$made"/batch*.json >"$dir.marks"; done &&
		diff "$1.marks" "$2.marks"
}
