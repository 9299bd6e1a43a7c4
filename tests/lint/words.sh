#!/bin/sh
# Calls and habits that have no place here, and functions that have grown too long.
cd "$(dirname "$0")/../.." || exit 1
echo 1..5

none() { # number, what, matches
	if [ -z "$3" ]; then echo "ok $1 - $2"; else echo "not ok $1 - $2"; echo "$3" | sed 's/^/# /'; fi
}

none 1 "no unsafe or hidden calls" "$(grep -nE '\b(strcpy|strcat|sprintf|vsprintf|gets|gmtime|localtime|time|setjmp|longjmp|strtod|atof|atoi|system|popen)\(' -r src --include='*.[ch]')"
none 2 "the environment and the locale only in main, but TMPDIR where a temporary file is made" \
	"$(grep -nE '\b(setlocale|getenv)\(' -r src --include='*.[ch]' | grep -vE '^src/(main\.c:|base/hashlog\.c:.*getenv\("TMPDIR"\))')"
none 3 "nothing but main and the out-of-memory path prints or exits" "$(grep -nE '\b(printf|puts|putchar|perror|exit|abort)\(|fprintf\(std(err|out)' -r src --include='*.c' | grep -vE '^src/(main|base/arena)\.c|_printf\(')"
none 4 "no typedef of structs, no _t names of our own" "$(grep -nE '^typedef (struct|enum|union)|^struct [a-z_]+_t\b' -r src --include='*.[ch]')"
long=$(ctags -x --_xformat='%{end} %n %N %F' --kinds-C=f $(find src -name '*.c') |
	awk '$1 ~ /^[0-9]+$/ && $1 - $2 > 60 { printf "%s:%s %s has %d lines\n", $4, $2, $3, $1 - $2 }')
none 5 "no function over 60 lines" "$long"
