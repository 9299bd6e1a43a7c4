#!/bin/sh
# Builds every fuzz target with clang and runs each for FUZZ_SECONDS (60). New inputs stay in out/fuzz; a crash fails.
set -eu
cd "$(dirname "$0")/../.."
out=out/fuzz
mkdir -p $out/obj
pkgs="cairo harfbuzz harfbuzz-subset freetype2 libxml-2.0 xlsxwriter libutf8proc libcrypto"
flags="-std=c17 -g -O1 -Isrc -D_POSIX_C_SOURCE=200809L -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all $(pkg-config --cflags $pkgs)"
objects=
for source in $(find src -mindepth 2 -name '*.c'); do
	object=$out/obj/$(echo "$source" | tr / _).o
	[ "$object" -nt "$source" ] || clang $flags -c -o "$object" "$source"
	objects="$objects $object"
done
failed=
for target in tests/fuzz/*.c; do
	name=$(basename "$target" .c)
	clang $flags -fsanitize=fuzzer -o "$out/$name" "$target" $objects $(pkg-config --libs $pkgs) -lm
	mkdir -p "$out/corpus/$name"
	dict=
	[ ! -e "tests/fuzz/$name.dict" ] || dict="-dict=tests/fuzz/$name.dict"
	echo "== $name"
	LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0 "$out/$name" -max_total_time="${FUZZ_SECONDS:-60}" -max_len=8192 -timeout=10 -print_final_stats=1 \
		$dict -artifact_prefix="$out/$name-" "$out/corpus/$name" "tests/fuzz/seeds/$name" 2>&1 | grep -E 'stat::number_of|ERROR|SUMMARY|panic|artifact' || failed=1
	ls "$out/$name-"* >/dev/null 2>&1 && failed="$failed $name"
done
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
