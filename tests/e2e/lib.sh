# For the scripts beside this: a temporary folder, TAP, and where things are. Sourced, not run.
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
PYTHON=${PYTHON:-/usr/bin/python3}
KEHOACH=${KEHOACH:-$root/out/bin/kehoach}
export KEHOACH
export LC_ALL=C
n=0

ok() { # what, command...
	what=$1
	shift
	n=$((n + 1))
	if output=$("$@" 2>&1); then
		echo "ok $n - $what"
	else
		echo "not ok $n - $what"
		echo "$output" | head -40 | sed 's/^/# /'
	fi
}

# Every PDF the script has made is what it claims, and only drafts claim nothing; but for those whose path matches the pattern.
claimed() { # pattern
	find "$tmp" -type f -name '*.pdf' | sort | grep -Ev -- "$1" | while read -r pdf; do
		case ${pdf#"$tmp"} in
		*draft*) said=$("$KEHOACH" lint "$pdf" 2>&1 | grep -v '\[claims-nothing\]$') ;;
		*) said=$("$KEHOACH" lint --require "$pdf" 2>&1) ;;
		esac
		[ -z "$said" ] || { echo "$pdf:"; echo "$said"; exit 1; }
	done
}

finish() { # pattern of the PDFs that are not to be looked at
	[ -z "$(find "$tmp" -type f -name '*.pdf')" ] || ok "all PDFs are what they claim" claimed "${1:-^$}"
	echo "1..$n"
}

jobs() {
	ls fixtures/*/job.xml
}

# The same, but of a job that reads a spreadsheet the one that reads the same sources as text.
text_jobs() {
	for job in $(jobs); do
		[ ! -e "${job%.xml}-csv.xml" ] || job=${job%.xml}-csv.xml
		echo "$job"
	done
}
