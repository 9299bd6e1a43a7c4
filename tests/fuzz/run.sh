#!/bin/sh
# Builds the fuzz targets with clang and runs each for FUZZ_SECONDS (60): those named, else all. A crash, a leak, a report of
# a sanitizer or an input that takes over 10 s fails, and stays as out/fuzz/TARGET-*; new inputs stay in out/fuzz/corpus/TARGET.
set -eu
cd "$(dirname "$0")/../.."
out=out/fuzz
obj=out/obj/fuzz
pkgs="cairo harfbuzz harfbuzz-subset freetype2 libxml-2.0 xlsxwriter libutf8proc libcrypto libcurl libp11 libzip zlib libgsf-1 libdeflate libpng jansson"
! pkg-config --exists libisal || pkgs="$pkgs libisal"
sanitize="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls ./*.c | sed 's|^\./||; s|\.c$||')
mkdir -p $out

# The library by the Makefile's own rules, so that only what changed is built again.
make --no-print-directory -j"$(nproc)" MODE=fuzz CC=clang "flags_fuzz=-g -O1 -fsanitize=fuzzer-no-link $sanitize" $obj/kehoach.a
for name; do
	clang -std=c17 -g -O1 -Isrc -D_POSIX_C_SOURCE=200809L -fsanitize=fuzzer $sanitize $(pkg-config --cflags $pkgs) \
		-o "$out/$name" "tests/fuzz/$name.c" $obj/kehoach.a $(pkg-config --libs $pkgs) -lm
done

export LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0
failed=
for name; do
	mkdir -p "$out/corpus/$name"
	dict=
	[ ! -e "tests/fuzz/$name.dict" ] || dict="-dict=tests/fuzz/$name.dict"
	echo "== $name"
	"$out/$name" -max_total_time="${FUZZ_SECONDS:-60}" -max_len=8192 -timeout=10 -print_final_stats=1 $dict \
		-artifact_prefix="$out/$name-" "$out/corpus/$name" "tests/fuzz/seeds/$name" >"$out/$name.log" 2>&1 || failed="$failed $name"
	grep -E 'stat::number_of_executed|stat::peak_rss|ERROR|SUMMARY|runtime error|Test unit written' "$out/$name.log" || true
done
[ -z "$failed" ] || { echo "failed:$failed; see $out/TARGET.log"; exit 1; }
