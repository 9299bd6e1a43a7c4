#!/bin/sh
# Every numeric cell can be explained, names the source cells it comes from and no others matter: a second evaluation, in
# Python, gives the same values before and after each of those cells is changed.
. "$(dirname "$0")/lib.sh"
prove="$PYTHON tests/e2e/explain.py"
ok "every numeric cell of every job" $prove $(jobs) tests/golden/*/job.xml
finish
