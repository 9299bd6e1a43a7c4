#!/bin/sh
# Every #include "x/y.h" stands in the table of src/README.md; every folder of src has a row there.
cd "$(dirname "$0")/../.." || exit 1
echo 1..2
awk -F'|' '
	FILENAME == "src/README.md" {
		if (NF == 5 && $2 !~ /module|---/) {
			gsub(/ /, "", $2); n = split($4, may, /[ ,]+/)
			row[$2] = 1; allowed[$2 "/" $2] = 1
			for (i = 1; i <= n; i++) if (may[i] != "") allowed[$2 "/" may[i]] = 1
		}
		next
	}
	{
		split(FILENAME, part, "/"); module = part[2] == "main.c" ? "main" : part[2]
		if (!(module in row)) { print "# no row for " FILENAME; bad = 1 }
		if (match($0, /^#include "[^"]*"/)) {
			split(substr($0, 11, RLENGTH - 11), inc, "/")
			if (!(module "/" inc[1] in allowed) && !(module "/all" in allowed)) {
				print "# " FILENAME ":" FNR ": " module " may not include " inc[1]; bad = 1
			}
		}
	}
	END { exit bad }' src/README.md $(find src -name '*.[ch]') && echo "ok 1 - one-way includes" || echo "not ok 1 - one-way includes"

# Libraries stay in the files that own them.
bad=
only() { # header regex, files it may stand in
	found=$(grep -lE "#include <($1)" -r src | grep -vE "$2")
	[ -z "$found" ] || { echo "# <$1> also in: $(echo $found)"; bad=1; }
}
only 'libxml/' '^src/base/'
only 'cairo' '^src/render/(pdf|png|paint|tags)'
only 'hb|ft2build|harfbuzz' '^src/text/|^src/render/paint'
only 'xlsxwriter' '^src/render/xlsx'
only 'openssl/' '^src/base/|^src/seal/'
only 'curl/' '^src/seal/http\.'
only 'libp11' '^src/seal/pkcs11\.'
only 'utf8proc' '^src/base/utf8'
only 'gsf' '^src/ingest/ole'
only 'zip.h' '^src/ingest/zip|^src/render/xlsxlanguage'
only 'png.h' '^src/seal/picture'
only 'jansson' '^src/cmd/results|^src/batch/(state|figures|said)'
only 'libdeflate' '^src/pdf/deflate'

# The checker of workbooks does not trust what reads them: it has the package from ingest, and no rows.
found=$(grep -hoE '^#include "ingest/[^"]*"' -r src/sheetlint | grep -vE 'ingest/(zip|opc|merges|limits)\.h' | sort -u)
[ -z "$found" ] || { echo "# sheetlint may not include $(echo $found)"; bad=1; }
[ -z "$bad" ] && echo "ok 2 - libraries in their own files" || echo "not ok 2 - libraries in their own files"
