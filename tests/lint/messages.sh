#!/bin/sh
# Every message of the program has a Vietnamese text with the same conversions, and none is left over.
cd "$(dirname "$0")/../.." || exit 1
echo 1..1
if message=$("${PYTHON:-/usr/bin/python3}" tests/lint/messages.py --check templates/locale/vi.po 2>&1); then
	echo "ok 1 - templates/locale/vi.po is complete"
else
	echo "not ok 1 - templates/locale/vi.po is complete"
	echo "$message" | sed 's/^/# /'
fi
