#!/bin/sh
# Every template and every job of the repository is valid by its RELAX NG schema.
cd "$(dirname "$0")/../.." || exit 1
n=0
valid() { # schema, file
	n=$((n + 1))
	if message=$(xmllint --noout --nonet --relaxng "templates/schema/$1.rng" "$2" 2>&1); then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		echo "$message" | sed 's/^/# /'
	fi
}
for f in templates/datasets/*.xml fixtures/*/templates/datasets/*.xml; do [ -e "$f" ] && valid dataset "$f"; done
for f in templates/tables/*.xml fixtures/*/templates/tables/*.xml; do [ -e "$f" ] && valid table "$f"; done
for f in templates/plans/*.xml templates/new/*/plan.xml fixtures/*/plan.xml tests/golden/*/plan.xml; do [ -e "$f" ] && valid plan "$f"; done
for f in templates/forms/*.xml; do [ -e "$f" ] && valid style "$f"; done
for f in templates/wording/*.xml; do valid wording "$f"; done
for f in templates/records/*.xml; do valid record "$f"; done
for f in templates/progress/*.xml fixtures/*/templates/progress/*.xml; do [ -e "$f" ] && valid progress "$f"; done
for f in templates/areas/*.xml; do valid areas "$f"; done
for f in templates/new/*/job.xml fixtures/*/job*.xml fixtures/*/batch.xml tests/golden/*/job.xml; do [ -e "$f" ] && valid job "$f"; done
echo "1..$n"
