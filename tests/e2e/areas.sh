#!/bin/sh
# The same areas in three spellings are the same areas.
. "$(dirname "$0")/lib.sh"
ok "three sources in three spellings give the same tables" "$PYTHON" tests/e2e/areas.py "$tmp/jobs"
ok "with another area in one of them they differ" "$PYTHON" tests/e2e/areas.py "$tmp/other" --plant
finish
