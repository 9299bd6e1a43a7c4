#!/bin/sh
# Forms to be filled in: what they hold, that they read back, and which files they need.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
form=tests/e2e/form.py
office() { # format, folder, files...
	format=$1
	to=$2
	shift 2
	env LC_ALL=C.UTF-8 soffice "-env:UserInstallation=file://$tmp/profile" --headless --norestore --convert-to "$format" --outdir "$to" "$@"
}
fails() { # exit code, words of the finding, command...
	want=$1
	words=$2
	shift 2
	found=$("$@" 2>&1)
	got=$?
	[ "$got" = "$want" ] && echo "$found" | grep -qF -- "$words" && return
	echo "exit code $got: $found"
	return 1
}

mkdir "$tmp/forms" "$tmp/filled"
for job in $(text_jobs); do
	id=$(basename "$(dirname "$job")")
	ok "$id: the form is written" "$KEHOACH" form "$job" -o "$tmp/forms/$id.xlsx"
	ok "$id: areas, open cells, checks, notes" "$PYTHON" $form check "$job" "$tmp/forms/$id.xlsx"
	ok "$id: filled in" "$PYTHON" $form fill "$job" "$tmp/forms/$id.xlsx" "$tmp/filled/$id.xlsx"
done
ok "LibreOffice prints them" office pdf "$tmp/printed" "$tmp"/forms/*.xlsx
for job in $(text_jobs); do
	id=$(basename "$(dirname "$job")")
	ok "$id: nothing is cut to ###" sh -c "pdftotext -layout $tmp/printed/$id.pdf - | grep -c 'BIỂU NHẬP SỐ LIỆU' && ! pdftotext $tmp/printed/$id.pdf - | grep -q '###'"
	ok "$id: the signatures are whole" sh -c "pdftotext -layout $tmp/printed/$id.pdf - | grep -c 'NGƯỜI LẬP BIỂU  *THỦ TRƯỞNG ĐƠN VỊ'"
done

# Read back as a spreadsheet program saves them, which computes the totals.
ok "the filled forms are saved as ods" office ods "$tmp/saved" "$tmp"/filled/*.xlsx
ok "the filled forms are saved as xlsx" office xlsx "$tmp/saved" "$tmp"/filled/*.xlsx
for job in $(text_jobs); do
	id=$(basename "$(dirname "$job")")
	ok "$id: builds" "$KEHOACH" build "$job" --only json -o "$tmp/own"
	for kind in ods xlsx; do
		ok "$id: a job of the $kind" "$PYTHON" $form job "$job" "$tmp/saved/$id.$kind" "$tmp/$kind/$id"
		ok "$id: the $kind reads back without any setting" "$KEHOACH" build "$tmp/$kind/$id/job.xml" --only json -o "$tmp/$kind-out"
		ok "$id: no column and no unit of the $kind is unknown" sh -c "! $KEHOACH check $tmp/$kind/$id/job.xml 2>&1 | grep '\[unknown-column\]\|\[unit\]'"
		ok "$id: the $kind gives the same figures" "$PYTHON" $form same "$tmp/own/$id/figures.json" "$tmp/$kind-out/$id/figures.json"
	done
done

# Same bytes; by the name of the dataset or of the source.
cp -r fixtures/mau-chung "$tmp/job"
cp "$tmp/job/job-csv.xml" "$tmp/job/job.xml"
ok "one dataset" "$KEHOACH" form "$tmp/job/job.xml" --dataset poverty-targets -o "$tmp/one.xlsx"
ok "one dataset by its source, elsewhere" env TZ=Asia/Ho_Chi_Minh LC_ALL=vi_VN.UTF-8 sh -c "cd $tmp && $KEHOACH form job/job.xml --dataset areas -o two.xlsx"
ok "the same bytes" cmp "$tmp/one.xlsx" "$tmp/two.xlsx"
ok "a form that is there is left alone" fails 2 "what was filled in would be lost" "$KEHOACH" form "$tmp/job/job.xml" -o "$tmp/one.xlsx"
ok "one sheet of several" "$KEHOACH" form fixtures/lao-cai-2021/job.xml --dataset programmes -o "$tmp/programmes.xlsx"
ok "... is that of the dataset" "$PYTHON" $form check fixtures/lao-cai-2021/job.xml "$tmp/programmes.xlsx" programmes

# In January: last year's file, and this year's is empty, or not there.
head -1 fixtures/mau-chung/chi-tieu.csv >"$tmp/job/chi-tieu.csv"
ok "a source without rows" "$KEHOACH" form "$tmp/job/job.xml" -o "$tmp/january.xlsx"
rm "$tmp/job/chi-tieu.csv"
ok "a source that is not there says whose areas are listed" fails 0 "lists the areas of 'nam-truoc.csv'" "$KEHOACH" form "$tmp/job/job.xml" -o "$tmp/none.xlsx"
ok "... both give the areas of last year" cmp "$tmp/january.xlsx" "$tmp/none.xlsx"
ok "other sources are not needed" sh -c "rm $tmp/job/bao-cao.csv $tmp/job/kinh-phi.csv && $KEHOACH form $tmp/job/job.xml -o $tmp/less.xlsx && cmp $tmp/less.xlsx $tmp/none.xlsx"
rm "$tmp/job/nam-truoc.csv"
ok "no areas at all" fails 1 "no area is known" "$KEHOACH" form "$tmp/job/job.xml" -o "$tmp/nothing.xlsx"
ok "... writes nothing" test ! -e "$tmp/nothing.xlsx"
cp fixtures/mau-chung/chi-tieu.csv "$tmp/job"
sed 's/;9;2;/;chín;2;/' fixtures/mau-chung/chi-tieu.csv >"$tmp/job/chi-tieu.csv"
ok "wrong figures do not matter" fails 0 "has 1 errors" "$KEHOACH" form "$tmp/job/job.xml" -o "$tmp/wrong.xlsx"

# What cannot be written. Nothing is half written, and no source is.
ok "no such folder" fails 3 "writing failed" "$KEHOACH" form fixtures/mau-chung/job.xml -o "$tmp/none/f.xlsx"
mkdir "$tmp/way.xlsx"
ok "a folder in the way" fails 1 "not written over" "$KEHOACH" form fixtures/mau-chung/job.xml -o "$tmp/way.xlsx"
ok "... nothing is left beside it" sh -c '! ls "$1"*.part' - "$tmp/way.xlsx"
cp "$tmp/one.xlsx" "$tmp/job/nam-truoc.csv.xlsx"
sed 's/nam-truoc.csv/nam-truoc.csv.xlsx/' fixtures/mau-chung/job-csv.xml >"$tmp/job/job.xml"
ok "a source of the job is not lost" fails 2 "its figures would be lost" "$KEHOACH" form "$tmp/job/job.xml" -o "$tmp/job/nam-truoc.csv.xlsx"
finish '/printed/'
