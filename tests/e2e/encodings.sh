#!/bin/sh
# Sources in encodings of before Unicode give the figures of the same sources in UTF-8.
. "$(dirname "$0")/lib.sh"
fixture=fixtures/long-khanh-2024
want=$tmp/want/long-khanh-2024/figures.json

build() { # job, name of the results
	"$KEHOACH" build "$1" -o "$tmp/$2" --only json 2>"$tmp/$2.err"
}

same() { # name of the results
	"$PYTHON" tests/e2e/encodings.py same "$want" "$tmp/$1/long-khanh-2024/figures.json"
}

# Every source in that encoding: $tmp/job-NAME
encoded_job() { # name, arguments of encodings.py
	rm -rf "$tmp/job-$1"
	cp -r "$fixture" "$tmp/job-$1"
	for file in chi-tieu so-lieu-mau kinh-phi; do
		"$PYTHON" tests/e2e/encodings.py encode $2 <"$fixture/$file.csv" >"$tmp/job-$1/$file.csv" || return 1
	done
}

told_job() { # name, encoding
	sed -i "s/dataset=\"[^\"]*\" href=\"[^\"]*.csv\"/& encoding=\"$2\"/" "$tmp/job-$1/job.xml"
	[ "$(grep -c "encoding=\"$2\"" "$tmp/job-$1/job.xml")" = 3 ]
}

build "$fixture/job.xml" want
ok "a TCVN3 source of a fixture" build "$fixture/job-tcvn3.xml" fixture
ok "it gives the same figures" same fixture
ok "it is not the file in UTF-8" sh -c "! iconv -f UTF-8 -t UTF-8 $fixture/tcvn3/so-lieu-mau.csv >/dev/null 2>&1"
ok "a note names the encoding" grep -q "note: .*TCVN3 (ABC)" "$tmp/fixture.err"
for encoding in tcvn3 vni viscii cp1258; do
	ok "$encoding: sources made" encoded_job $encoding $encoding
	ok "$encoding: built" build "$tmp/job-$encoding/job.xml" $encoding
	ok "$encoding: the same figures" same $encoding
	ok "$encoding: a note for each source" test "$(grep -c 'note: .*\[encoding\]' "$tmp/$encoding.err")" = 3
	ok "$encoding: told by the job" told_job $encoding $encoding
	ok "$encoding: built as told" build "$tmp/job-$encoding/job.xml" told-$encoding
	ok "$encoding: the same figures as told" same told-$encoding
	ok "$encoding: no note as told" sh -c "! grep -q '\[encoding\]' '$tmp/told-$encoding.err'"
	ok "$encoding as Unicode: sources made" encoded_job stored-$encoding "$encoding stored"
	ok "$encoding as Unicode: built" build "$tmp/job-stored-$encoding/job.xml" stored-$encoding
	ok "$encoding as Unicode: the same figures" same stored-$encoding
	ok "$encoding as Unicode: a note for each source" test "$(grep -c 'note: .*\[encoding\]' "$tmp/stored-$encoding.err")" = 3
done
finish
