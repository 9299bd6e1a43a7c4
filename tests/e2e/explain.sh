#!/bin/sh
# Every numeric cell is explained and names the source cells that it comes from: with 1 added to one of them, no other cell
# changes, and those that name it get the value of a second evaluation. The job in explain-job/ has what no plan has yet.
. "$(dirname "$0")/lib.sh"
prove="$PYTHON tests/e2e/explain.py"
# Its model of the sources reads text (forms.sh: spreadsheets give the same).
ok "every numeric cell of the plans" $prove $(text_jobs)
ok "and of the jobs made for tests" $prove tests/golden/groups/job.xml tests/golden/rounding/job.xml tests/e2e/explain-job/job.xml

# A comparison that cannot fail proves nothing: one wrong expectation, then a program that says something else in one place.
fails() { # what is found, what is looked for: command...
	wanted=$1
	shift
	if "$@" fixtures/bac-son-2023/job.xml >"$tmp/faults" 2>&1; then
		echo "nothing was found"
		return 1
	fi
	grep -q -- "$wanted" "$tmp/faults" || { cat "$tmp/faults"; return 1; }
}
cat >"$tmp/liar" <<EOF
#!/bin/sh
if [ "\$1" = explain ]; then "$KEHOACH" "\$@" | sed "\$LIE"; else "$KEHOACH" "\$@" && sed -i "\$LIE" "\$4"/*/figures.json; fi
EOF
chmod +x "$tmp/liar"
lie() { # what is found, sed script
	fails "$1" env KEHOACH="$tmp/liar" LIE="$2" $prove
}
ok "a wrong expectation is found" fails "321, the model has ok 322" $prove --plant
ok "a place left out" lie "2:3 + 1 changes it from ok 200/237 to ok 100/119, but" 's/"chi-tieu.csv:2:3",//g'
ok "a wrong value" lie "rate_start: ok 200/239, the model has ok 200/237" 's#"200/237"#"200/239"#'
ok "a wrong value after a change" lie "2:3 + 1 gives ok 2/3, the model has ok 100/119" 's#"100/119"#"2/3"#'
ok "a row left out" lie "khu phố 5/households: only in the model" '/^{"key":"khu phố 5"/d'
ok "wrong numbers" lie "3 / 237 \* 100 gives ok 100/79" 's#"numbers":"2 / 237 \* 100"#"numbers":"3 / 237 * 100"#'
ok "a use left out" lie "does not say that it uses 'households' of the row 'khu phố 1': ok 237" \
	's/,{"name":"households","row":"khu phố 1"[^}]*}//'
ok "explain that differs from figures.json" lie "explain says text '0,85', not '0,84'" 's/\("job".*"text":\)"0,84"/\1"0,85"/'

ok "a row by its label" sh -c "\"$KEHOACH\" explain fixtures/bac-son-2023/job.xml poverty-targets 'KHU PHỐ 5' exits | grep -q 'chi-tieu.csv:6:6'"
# Of a row, all that has an explanation, with a blank line between two figures.
row_is_its_figures() {
	job=fixtures/bac-son-2023/job.xml
	"$KEHOACH" explain $job poverty-targets 'khu phố 9' >"$tmp/row" || return 1
	[ "$(grep -c '^$' "$tmp/row")" -gt 3 ] || return 1
	columns=$("$KEHOACH" explain --json $job poverty-targets 'khu phố 9' | sed -n 's/.*"column":"\([^"]*\)".*/\1/p')
	for column in $columns; do
		[ ! -s "$tmp/figures" ] || echo
		"$KEHOACH" explain $job poverty-targets 'khu phố 9' "$column"
	done >>"$tmp/figures"
	cmp "$tmp/row" "$tmp/figures"
}
ok "a row is its figures one by one" row_is_its_figures
ok "people read numbers as they write them" sh -c "\"$KEHOACH\" explain fixtures/lao-cai-2021/job.xml budget BO amount_million | grep -qx '  = 2.000.000.000 / 1.000.000'"
finish
