#!/bin/sh
# Names that a header gives to other folders mean nothing else in its own.
cd "$(dirname "$0")/../.." || exit 1
"${PYTHON:-/usr/bin/python3}" tests/lint/names.py
