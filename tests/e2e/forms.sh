#!/bin/sh
# Every form of a job's sources gives the same figures: job-FORM.xml beside job.xml reads them from a spreadsheet, an old text.
. "$(dirname "$0")/lib.sh"
for job in fixtures/*/job-*.xml; do
	form=${job##*/job-}
	folder=${job%/*}
	ok "$folder, ${form%.xml}" "$PYTHON" tests/e2e/forms.py "$tmp" "$folder/job.xml" "$job"
done
ok "every plan has every form" "$PYTHON" tests/e2e/forms.py --count fixtures
finish
