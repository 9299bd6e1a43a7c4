#!/bin/sh
# Progress of both fixtures against a second model, at several periods, from returns of three formats; every figure of May is explained.
. "$(dirname "$0")/lib.sh"
prove="$PYTHON tests/e2e/progress_model.py"
ok "every cell is what the model has, and is explained" $prove --explain "$tmp/out"

# A comparison that cannot fail proves nothing.
finds() { # what is found: command...
	wanted=$1
	shift
	if "$@" >"$tmp/faults" 2>&1; then
		echo "nothing was found"
		return 1
	fi
	grep -q -- "$wanted" "$tmp/faults" || { cat "$tmp/faults"; return 1; }
}
cat >"$tmp/liar" <<EOF
#!/bin/sh
"$KEHOACH" "\$@" && find "\$6" -name 'figures-*.json' -exec sed -i "\$LIE" {} +
EOF
chmod +x "$tmp/liar"
lie() { # where, what is found, sed script
	finds "$2" env KEHOACH="$tmp/liar" LIE="$3" $prove --only "$1" "$tmp/lies"
}
ok "a wrong expectation is found" finds "20 faults" $prove --plant "$tmp/out"
ok "a wrong word" lie lao-cai-2021/job-returns-xml/Q2 "'chậm', the model has không giao" 's/"text":"không giao"/"text":"chậm"/'
ok "a missing return told as there" lie lao-cai-2021/job-returns-csv/12 "the model has chưa báo cáo" 's/\("column":"m08_day".*\)"text":"chưa báo cáo"/\1"text":"03\/9"/'
ok "a row left out" lie kong-chro-2024/job/12 "progress-corrections: rows" '/"key":"tdp plei pyang\/03\/exits"/d'
finish
