#!/bin/sh
# Every header compiles alone.
cd "$(dirname "$0")/../.." || exit 1
n=0
for header in $(find src -name '*.h' | sort); do
	n=$((n + 1))
	if echo "#include \"${header#src/}\"" | ${CC:-gcc} -std=c17 -Wall -Wextra -Werror -Isrc -D_POSIX_C_SOURCE=200809L \
		$(pkg-config --cflags cairo harfbuzz freetype2 libxml-2.0) -fsyntax-only -x c -; then
		echo "ok $n - $header"
	else
		echo "not ok $n - $header"
	fi
done
echo "1..$n"
