#include "ingest/merges.h"

#include "base/arena.h"
#include "ingest/limits.h"

#include <stdlib.h>
#include <string.h>

enum { LEAVES = SHEET_COLUMNS_MAX }; /* a power of two */

void merges_add(struct merges *m, struct sheet_range r)
{
	if (m->n == m->cap) {
		m->cap = m->cap ? 2 * m->cap : 16;
		m->range = memory_resize(m->range, m->cap, sizeof *m->range);
	}
	m->range[m->n++] = r;
}

static int compare_ranges(const void *left, const void *right)
{
	const struct sheet_range *a = left;
	const struct sheet_range *b = right;

	if (a->first_row != b->first_row)
		return a->first_row < b->first_row ? -1 : 1;
	return (a->first_col > b->first_col) - (a->first_col < b->first_col);
}

static unsigned larger(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

/* The last row that ranges cover in the column. */
static unsigned covered_at(const struct merges *m, unsigned col)
{
	unsigned row = 0;

	for (size_t i = col - 1 + LEAVES; i; i /= 2)
		row = larger(row, m->whole[i]);
	return row;
}

/* The same in any column of the range. */
static unsigned covered_in(const struct merges *m, const struct sheet_range *r)
{
	unsigned row = larger(covered_at(m, r->first_col), covered_at(m, r->last_col));
	size_t left = r->first_col - 1 + LEAVES;
	size_t right = r->last_col + LEAVES;

	for (; left < right; left /= 2, right /= 2) {
		if (left % 2)
			row = larger(row, m->most[left++]);
		if (right % 2)
			row = larger(row, m->most[--right]);
	}
	return row;
}

static void mend_above(struct merges *m, size_t leaf)
{
	for (size_t i = leaf / 2; i; i /= 2)
		m->most[i] = larger(m->whole[i], larger(m->most[2 * i], m->most[2 * i + 1]));
}

/* Ranges come by their first row, and none overlaps one before: each ends below all that its columns had. */
static void cover(struct merges *m, const struct sheet_range *r)
{
	size_t left = r->first_col - 1 + LEAVES;
	size_t right = r->last_col + LEAVES;

	for (; left < right; left /= 2, right /= 2) {
		if (left % 2) {
			m->whole[left] = m->most[left] = r->last_row;
			left++;
		}
		if (right % 2) {
			right--;
			m->whole[right] = m->most[right] = r->last_row;
		}
	}
	mend_above(m, r->first_col - 1 + LEAVES);
	mend_above(m, r->last_col - 1 + LEAVES);
}

bool merges_sort(struct merges *m, struct sheet_range *which)
{
	m->is_sorted = true;
	if (!m->n)
		return true;
	qsort(m->range, m->n, sizeof *m->range, compare_ranges);
	m->whole = memory_new(2 * (size_t)LEAVES, sizeof *m->whole);
	m->most = memory_new(2 * (size_t)LEAVES, sizeof *m->most);
	for (size_t i = 0; i < m->n; i++) {
		if (covered_in(m, &m->range[i]) >= m->range[i].first_row) {
			*which = m->range[i];
			return false;
		}
		cover(m, &m->range[i]);
	}
	memset(m->whole, 0, 2 * (size_t)LEAVES * sizeof *m->whole);
	memset(m->most, 0, 2 * (size_t)LEAVES * sizeof *m->most);
	return true;
}

const struct sheet_range *merges_at(struct merges *m, unsigned row, unsigned col, bool *is_covered)
{
	*is_covered = false;
	if (!m->whole)
		return NULL;
	for (; m->next < m->n; m->next++) {
		const struct sheet_range *r = &m->range[m->next];

		if (r->first_row > row || (r->first_row == row && r->first_col > col))
			break;
		cover(m, r);
		if (r->first_row == row && r->first_col == col) {
			m->next++;
			return r;
		}
	}
	*is_covered = covered_at(m, col) >= row;
	return NULL;
}

bool merges_begin(struct merges *m, struct sheet_range r)
{
	if (!m->whole) {
		m->whole = memory_new(2 * (size_t)LEAVES, sizeof *m->whole);
		m->most = memory_new(2 * (size_t)LEAVES, sizeof *m->most);
	}
	if (covered_in(m, &r) >= r.first_row)
		return false;
	cover(m, &r);
	return true;
}

void merges_clear(struct merges *m)
{
	free(m->range);
	free(m->whole);
	free(m->most);
	*m = (struct merges){ 0 };
}
