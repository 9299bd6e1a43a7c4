#!/bin/sh
# kehoach new: a job folder that builds, the id from its name, and nothing left behind when it cannot be made.
. "$(dirname "$0")/lib.sh"

exits() { # code, command...
	want=$1
	shift
	"$@" >"$tmp/stdout" 2>"$tmp/stderr"
	code=$?
	[ $code = "$want" ] || { echo "exit code $code, wanted $want"; cat "$tmp/stderr"; return 1; }
}
says() { # pattern
	grep -q -- "$1" "$tmp/stderr" || { cat "$tmp/stderr"; return 1; }
}
new() { # DIR, NAME, more...: in the folder of jobs, with the skeletons of this test
	dir=$1
	name=$2
	shift 2
	(cd "$tmp/jobs" && "$KEHOACH" new "$dir" --plan "$name" --templates "$tmp/t" "$@")
}
nothing_but() { # names in the folder of jobs
	is=$(cd "$tmp/jobs" && find . -mindepth 1 | sort | tr '\n' ' ')
	[ "$is" = "$*${1:+ }" ] || { echo "there is: $is"; return 1; }
}
id_is() { # folder, id
	grep -q "<job xmlns=\"urn:kehoach:job:1\" id=\"$2\" period=" "$tmp/jobs/$1/job.xml" || { grep '<job' "$tmp/jobs/$1/job.xml"; return 1; }
}
skeleton() { # name: one that is a copy of a small job, without its audit of published figures: four files
	mkdir -p "$tmp/t/new/$1"
	for file in chi-tieu.csv phan-cong.csv plan.xml; do
		cp "fixtures/bac-son-2023/$file" "$tmp/t/new/$1"
	done
	sed '/<audit .*\/>/d' fixtures/bac-son-2023/job.xml >"$tmp/t/new/$1/job.xml"
}

mkdir "$tmp/jobs"
skeleton small-plan
mkdir -p "$tmp/t/new/small-plan/templates/notes/a/b" "$tmp/t/new/Not_A_Name" "$tmp/t/new/small-project"
cp README.md "$tmp/t/new/small-plan/templates/notes/a/b/"
touch "$tmp/t/new/file"

ok "a new job" exits 0 new "Xã Tôi" small-plan
ok "says what to do next" says "^Xã Tôi: note: .*job.xml, chi-tieu.csv, phan-cong.csv, .*kehoach build 'Xã Tôi/job.xml' \[new\]$"
ok "and nothing else" test "$(wc -l <"$tmp/stderr")$(wc -c <"$tmp/stdout")" = 10
ok "has the id of its folder" id_is "Xã Tôi" xa-toi
sed -i 's/ id="xa-toi"/ id="bac-son-2023"/' "$tmp/jobs/Xã Tôi/job.xml"
ok "all else as in the skeleton" diff -r "$tmp/t/new/small-plan" "$tmp/jobs/Xã Tôi"
ok "no half folder is left" test "$(ls "$tmp/jobs")" = "Xã Tôi"
ok "it builds" exits 0 "$KEHOACH" build "$tmp/jobs/Xã Tôi/job.xml" -o "$tmp/built"
rm -r "$tmp/jobs"
mkdir "$tmp/jobs" "$tmp/jobs/phường-Bắc_Sơn 2024"

ok "in an empty folder" exits 0 new "phường-Bắc_Sơn 2024/" small-plan
ok "an id of single dashes" id_is "phường-Bắc_Sơn 2024" phuong-bac-son-2024
ok "it builds at once, by the command that was said" exits 0 sh -c "cd $tmp/jobs && eval \"$(sed 's/.*run: kehoach/"$KEHOACH"/; s/ \[new\]$//' "$tmp/stderr")\""
ok "into the folder of its id" test -s "$tmp/jobs/out/phuong-bac-son-2024/plan.pdf"
ok "below folders that are not there yet" exits 0 new "a/b/Ấp ĐÔNG (ỷ)" small-plan
ok "an id without capitals" id_is "a/b/Ấp ĐÔNG (ỷ)" ap-dong-y
ok "a name of other letters" exits 0 new "村" small-plan
ok "gets the usual id" id_is "村" ke-hoach
ok "a name in decomposed letters" exits 0 new "$(printf 'Tho\314\202n Ma\314\243')" small-plan
ok "the same id" id_is "$(printf 'Tho\314\202n Ma\314\243')" thon-ma
ok "an apostrophe and a dash" exits 0 "$KEHOACH" new --plan small-plan --templates "$tmp/t" -- "$tmp/jobs/-it's"
ok "quoted for the shell" says "kehoach build '.*/-it'\\\\''s/job.xml'"
rm -r "$tmp/jobs"
mkdir "$tmp/jobs"

ok "in Vietnamese" exits 0 env LC_ALL=vi_VN.UTF-8 "$KEHOACH" new "$tmp/jobs/x" --plan small-plan --templates "$tmp/t"
ok "in Vietnamese words" says "lưu ý: .*kehoach build"
ok "the same again: 1" exits 1 "$KEHOACH" new "$tmp/jobs/x" --plan small-plan --templates "$tmp/t"
ok "says what is there" says "jobs/x: error: .*not empty.*chi-tieu.csv, job.xml.* \[exists\]"
rm -r "$tmp/jobs/x"

touch "$tmp/jobs/file"
mkdir "$tmp/jobs/full" "$tmp/jobs/to"
touch "$tmp/jobs/full/.hidden"
ln -s to "$tmp/jobs/link"
before="./file ./full ./full/.hidden ./link ./to"
ok "a folder with a hidden file: 1" exits 1 new full small-plan
ok "names it" says "holds: .hidden;"
ok "a file in the way: 1" exits 1 new file small-plan
ok "a link in the way: 1" exits 1 new link small-plan
ok "a file above: 3" exits 3 new file/x small-plan
ok "nothing was touched" nothing_but $before
rm -r "$tmp/jobs"
mkdir "$tmp/jobs"

ok "no --plan: 2" exits 2 "$KEHOACH" new "$tmp/jobs/x" --templates "$tmp/t"
ok "lists the skeletons" says "small-plan, small-project"
ok "and only what is one" sh -c "! grep -E 'Not_A|file' $tmp/stderr"
ok "an unknown one: 2" exits 2 new x smal-plan
ok "a suggestion" says "did you mean 'small-plan'?.*There are: .*small-plan, small-project"
ok "a path: 2" exits 2 new x ../new/small-plan
ok "lists them" says "there is no skeleton '../new/small-plan'; there are: .*small-plan, small-project"
ok "an empty name: 2" exits 2 new x ""
ok "no folder: 2" exits 2 "$KEHOACH" new --plan small-plan
ok "two folders: 2" exits 2 new x small-plan y
ok "the folder it is in: 2" exits 2 new . small-plan
ok "the one above: 2" exits 2 new x/.. small-plan
ok "no name: 2" exits 2 new "" small-plan
ok "the root: 2" exits 2 new // small-plan
ok "an unknown option: 2" exits 2 new x small-plan --daft
ok "nothing was made" nothing_but

skeleton no-job && rm "$tmp/t/new/no-job/job.xml"
skeleton no-id && sed -i 's/ id="bac-son-2023"//' "$tmp/t/new/no-id/job.xml"
skeleton no-xml && echo '<job' >"$tmp/t/new/no-xml/job.xml"
skeleton a-link && ln -s job.xml "$tmp/t/new/a-link/other.xml"
skeleton a-pipe && mkfifo "$tmp/t/new/a-pipe/pipe"
skeleton too-large && head -c 4194305 /dev/zero >"$tmp/t/new/too-large/zero"
skeleton too-deep && mkdir -p "$tmp/t/new/too-deep/1/2/3/4/5"
skeleton too-many && (cd "$tmp/t/new/too-many" && seq 1 64 | xargs touch)
skeleton too-wide && (cd "$tmp/t/new/too-wide" && seq 1 65 | xargs mkdir)
for name in no-job no-id no-xml a-link a-pipe too-large too-deep too-many too-wide; do
	ok "a skeleton with $name: 1" exits 1 new "x/$name" $name
done
ok "nothing was made" nothing_but

skeleton most
sed -i "1a<!-- <job id='no'> -->" "$tmp/t/new/most/job.xml"
sed -i "s/ id=\"bac-son-2023\"/ id = 'bac-son-2023'/" "$tmp/t/new/most/job.xml"
mkdir -p "$tmp/t/new/most/1/2/3/4"
(cd "$tmp/t/new/most" && seq -f 1/2/3/4/%g 1 60 | xargs touch)
ok "a skeleton of the most files and folders" exits 0 new x most
ok "is whole" test "$(find "$tmp/jobs/x" -type f | wc -l)" = 64
ok "the id within other quotes" grep -q "<job xmlns=\"urn:kehoach:job:1\" id = 'x' period" "$tmp/jobs/x/job.xml"
ok "not in the comment" grep -q "<!-- <job id='no'> -->" "$tmp/jobs/x/job.xml"
rm -r "$tmp/jobs/x"

mkdir -p "$tmp/jobs/there"
ok "a full disk: 3" exits 3 sh -c "ulimit -f 0; cd $tmp/jobs && exec \"$KEHOACH\" new there/a/b --plan small-plan --templates $tmp/t 2>/dev/null"
ok "nothing is left of it, what was there stays" nothing_but ./there
mkdir "$tmp/jobs/x.part"
touch "$tmp/jobs/x.part/mine"
ok "an old .part: 1" exits 1 new x small-plan
ok "says what to do" says "x.part: error: .*delete it"
ok "and keeps it" nothing_but ./there ./x.part ./x.part/mine
ok "a folder that cannot be made: 3" exits 3 new /proc/nowhere small-plan
ok "a --templates that is not there" exits 2 "$KEHOACH" new "$tmp/jobs/y" --plan small-plan --templates "$tmp/nowhere"

# Each skeleton of the repository builds as it is.
for skeleton in templates/new/*/; do
	[ -d "$skeleton" ] || continue
	name=$(basename "$skeleton")
	ok "$name" exits 0 "$KEHOACH" new "$tmp/own/$name" --plan "$name"
	ok "$name: builds" exits 0 "$KEHOACH" build "$tmp/own/$name/job.xml" -o "$tmp/own/out"
	ok "$name: a plan" test -s "$tmp/own/out/$name/plan.pdf"
done
finish
