#!/bin/sh
# Every figure that the five plans were published with is computed anew by an audit, or named with the reason why not.
. "$(dirname "$0")/lib.sh"
for numbers in tests/published/numbers_*.csv; do
	id=$(basename "$numbers" .csv | sed 's/^numbers_//; s/_/-/g')
	ok "$id: every published figure is accounted for" "$PYTHON" tests/e2e/published.py "fixtures/$id" "$numbers"
done

# A comparison that cannot fail proves nothing: one row less, and one reason less, must be noticed.
cp -r fixtures/bac-son-2023 "$tmp/removed"
sed -i '/^II.2;Hộ nghèo giảm;/d' "$tmp/removed/cong-bo.csv"
ok "a removed row is noticed" sh -c "! $PYTHON tests/e2e/published.py $tmp/removed tests/published/numbers_bac_son_2023.csv"
cp -r fixtures/bac-son-2023 "$tmp/silent"
sed -i '/^Đầu văn bản;Ngày ký;/s/[^;]*$//' "$tmp/silent/khong-tinh.csv"
ok "a missing reason is noticed" sh -c "! $PYTHON tests/e2e/published.py $tmp/silent tests/published/numbers_bac_son_2023.csv"
finish
