#!/bin/sh
# A plan for each of BATCH communes of the synthetic country (0: all of it, and that of before 2025), and PEERS of them beside Typst and
# XlsxWriter, which are installed. Exits 1 where a peer cannot be had. Alone: make bench part=batch.
set -eu
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)")
trap 'rm -rf "$tmp"' EXIT
${PYTHON:-/usr/bin/python3} tests/bench/batch.py "${KEHOACH:-out/bin/kehoach}" "$tmp/batch" "${BATCH:-150}" "$@"
${PYTHON:-/usr/bin/python3} tests/bench/batch_peers.py "${KEHOACH:-out/bin/kehoach}" "$tmp/peers" "${PEERS:-40}"
