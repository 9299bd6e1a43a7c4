#!/bin/sh
# plan.pdf as poppler and qpdf see it, and the layout norm where a program can measure it.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1 # one script imports another: nothing is left beside them
ok "all plans build" "$KEHOACH" build $(jobs) -o "$tmp/out"
for job in $(jobs); do
	id=$(basename "$(dirname "$job")")
	pdf=$tmp/out/$id/plan.pdf
	ok "$id: qpdf finds no fault" qpdf --check "$pdf"
	ok "$id: the norm" "$PYTHON" tests/e2e/norm.py "$job" "$pdf"
done

# A measurement that cannot fail proves nothing: a page that is missing, then a plan that says something else.
pages() { # what is found, job, pages
	qpdf "$tmp/out/$2/plan.pdf" --pages . "$3" -- "$tmp/pages.pdf"
	! "$PYTHON" tests/e2e/norm.py "fixtures/$2/job.xml" "$tmp/pages.pdf" >"$tmp/found" 2>&1 && grep -q -- "$1" "$tmp/found" || { cat "$tmp/found"; return 1; }
}
changed() { # what is found, job, file, sed script: against a job that says something else
	rm -rf "$tmp/job"
	cp -r "fixtures/$2" "$tmp/job"
	sed -i "$4" "$tmp/job/$3"
	! "$PYTHON" tests/e2e/norm.py "$tmp/job/job.xml" "$tmp/out/$2/plan.pdf" >"$tmp/found" 2>&1 && grep -q -- "$1" "$tmp/found" || { cat "$tmp/found"; return 1; }
}
ok "a missing page is found" pages "page 2: number .*3.*, not 2" lai-chau-2024 1,3-z
ok "a missing appendix is found" pages "appendices \['Phụ lục I', 'Phụ lục III'\], the plan has 3" lao-cai-2021 1-8,10
ok "an upright page where a turned one belongs is found" changed "page 10: 595.* x 841.*, not (842, 595)" long-khanh-2024 plan.xml \
	's/<appendix /&orientation="landscape" /'
ok "another title of a section is found" changed "bookmarks at the top" lai-chau-2024 plan.xml 's/title="KINH PHÍ THỰC HIỆN"/title="KINH PHÍ"/'
ok "another day is found" changed "right of the head" lao-cai-2021 job.xml 's/2021-04"/2021-04-05"/'
ok "another number is found" changed "left of the head" bac-son-2023 job.xml 's/number="66"/number="67"/'
ok "another signer is found" changed "no .*Nguyễn Văn B" long-khanh-2024 job.xml 's/Nguyễn Văn A/Nguyễn Văn B/'
finish '/pages\.pdf$'
