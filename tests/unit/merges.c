#include "base/arena.h"
#include "ingest/limits.h"
#include "ingest/merges.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SIDE = 24, TRIALS = 3000 };

static unsigned next(uint32_t *seed, unsigned n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % n;
}

static bool holds(const struct sheet_range *r, unsigned row, unsigned col)
{
	return row >= r->first_row && row <= r->last_row && col >= r->first_col && col <= r->last_col;
}

static bool overlap(const struct sheet_range *a, const struct sheet_range *b)
{
	return a->first_row <= b->last_row && b->first_row <= a->last_row && a->first_col <= b->last_col && b->first_col <= a->last_col;
}

/* Every cell of a small sheet, against a look at each range. */
static void check_cells(struct merges *m, const struct sheet_range *range, size_t n)
{
	for (unsigned row = 1; row <= SIDE + 2; row++)
		for (unsigned col = 1; col <= SIDE + 2; col++) {
			const struct sheet_range *want = NULL;
			bool covered = false;
			bool is_covered;
			const struct sheet_range *got = merges_at(m, row, col, &is_covered);

			for (size_t i = 0; i < n; i++) {
				if (range[i].first_row == row && range[i].first_col == col)
					want = &range[i];
				else
					covered |= holds(&range[i], row, col);
			}
			assert_int_equal(!want, !got);
			assert_int_equal(covered, is_covered);
			if (got)
				assert_memory_equal(got, want, sizeof *got);
		}
}

static void test_random(void **state)
{
	uint32_t seed = 1;
	size_t n_fine = 0;

	(void)state;
	for (int trial = 0; trial < TRIALS; trial++) {
		struct sheet_range range[6];
		struct sheet_range which;
		struct merges m = { 0 };
		size_t n = next(&seed, 6) + 1;
		bool fine = true;

		for (size_t i = 0; i < n; i++) {
			range[i].first_row = next(&seed, SIDE) + 1;
			range[i].first_col = next(&seed, SIDE) + 1;
			range[i].last_row = range[i].first_row + next(&seed, 5);
			range[i].last_col = range[i].first_col + next(&seed, 9);
			merges_add(&m, range[i]);
			for (size_t k = 0; k < i; k++)
				fine = fine && !overlap(&range[i], &range[k]);
		}
		assert_int_equal(merges_sort(&m, &which), fine);
		if (fine)
			check_cells(&m, range, n);
		n_fine += fine;
		merges_clear(&m);
	}
	assert_true(n_fine > TRIALS / 10 && n_fine < TRIALS);
}

/* As many as there may be, each over all columns. */
static void test_wide(void **state)
{
	struct merges m = { 0 };
	struct sheet_range which;
	bool is_covered;

	(void)state;
	for (unsigned i = 0; i < SHEET_MERGES_MAX; i++)
		merges_add(&m, (struct sheet_range){ 2 * i + 1, 1, 2 * i + 2, SHEET_COLUMNS_MAX });
	assert_true(merges_sort(&m, &which));
	assert_null(merges_at(&m, SHEET_MERGES_MAX, 2, &is_covered));
	assert_true(is_covered);
	merges_clear(&m);
}

static void test_none(void **state)
{
	struct merges m = { 0 };
	struct sheet_range which;
	bool is_covered = true;

	(void)state;
	assert_true(merges_sort(&m, &which));
	assert_null(merges_at(&m, 1, 1, &is_covered));
	assert_false(is_covered);
	merges_clear(&m);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
