#!/bin/sh
# Tables of random length, header depth and row height: every page has the whole header, caption and unit; rows are whole.
. "$(dirname "$0")/lib.sh"
ok "30 jobs are made" "$PYTHON" tests/e2e/long_tables.py make "$tmp/jobs" 30
ok "they build" sh -c "\"\$KEHOACH\" build $tmp/jobs/*/job.xml -o $tmp/out --only pdf,json"
ok "every page of every table" "$PYTHON" tests/e2e/long_tables.py check "$tmp/jobs" "$tmp/out"
finish
