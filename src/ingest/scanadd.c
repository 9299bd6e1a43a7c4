/* Rows that are read are counted, SCAN_WAITING at a time: first their counters are found, which are on their way from memory then, and
 * then one group after another adds all rows, so that what a group needs is at hand and no row waits for another. */
#include "ingest/scanning.h"

enum {
	LINE = 64,     /* [bytes] that memory is fetched in */
	LINES_MAX = 6, /* that are fetched for one row */
};

bool scan_fails(const struct scan_part *p, uint64_t word)
{
	for (size_t i = 0; i < p->plan->n_group; i++) {
		const struct tally_group *g = &p->plan->group[i];

		if (g->fails && g->cell[tally_index(g, word)] & TALLY_FAILS)
			return true;
	}
	return false;
}

/* ---- where to ---- */

/* The key's counters, on their way from memory; NULL: there are too many keys. */
static uint32_t *find_counters(struct scan_part *p, struct scan_row *row)
{
	size_t n = p->plan->n_counter * sizeof **p->counter;
	uint32_t *counter;

	row->i_key = tally_key_find(p->tally, row->key, row->n_key, row->hash, row->at);
	if (row->i_key == TALLY_NO_KEY)
		return NULL;
	counter = tally_counters(p->tally, row->i_key);
	for (size_t i = 0; i < n + LINE - 1 && i < (size_t)LINES_MAX * LINE; i += LINE)
		__builtin_prefetch((const char *)counter + i, 1);
	return counter;
}

/* Rows that follow each other mostly have the same short key. */
static void find_all(struct scan_part *p)
{
	for (size_t i = 0; i < p->n_row; i++) {
		struct scan_row *row = &p->row[i];
		const struct scan_row *before = row - 1;

		if (p->counter[i])
			continue;
		if (i && before->hash == row->hash && before->n_key == row->n_key && row->n_key <= TALLY_KEY_SHORT) {
			p->counter[i] = p->counter[i - 1];
			row->i_key = before->i_key;
		} else {
			p->counter[i] = find_counters(p, row);
		}
	}
}

/* Rows with one key too many are left out. */
static void drop_lost(struct scan_part *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_row; i++) {
		if (!p->counter[i])
			continue;
		if (n != i) {
			p->row[n] = p->row[i];
			p->word[n] = p->word[i];
			p->counter[n] = p->counter[i];
		}
		n++;
	}
	p->n_row = n;
}

/* ---- adding ---- */

/* Sums, and groups whose columns stand apart in the word. */
static void add_far(struct scan_part *p, const struct tally_group *g, size_t row)
{
	uint64_t word = p->word[row];
	size_t cell = g->cell[tally_index(g, word)] & TALLY_NO_CELL;

	if (cell == TALLY_NO_CELL)
		return;
	if (g->kind == TALLY_COUNT)
		p->counter[row][cell]++;
	else if (g->kind == TALLY_SUM)
		tally_sums(p->tally, p->row[row].i_key)[cell] += p->row[row].number[g->which];
	else
		for (unsigned i = 0; i < g->n_lane; i++)
			p->counter[row][cell + i] += (uint32_t)(word >> (g->lane_shift + i) & 1);
}

static void add_count(struct scan_part *p, const struct near_group *near)
{
	const struct near_group g = *near;

	for (size_t i = 0; i < p->n_row; i++) {
		size_t cell = g.cell[p->word[i] >> g.shift & g.mask] & TALLY_NO_CELL;

		if (cell != TALLY_NO_CELL)
			p->counter[i][cell]++;
	}
}

static void add_lanes(struct scan_part *p, const struct near_group *near)
{
	const struct near_group g = *near;

	for (size_t i = 0; i < p->n_row; i++) {
		uint64_t word = p->word[i];
		size_t cell = g.cell[word >> g.shift & g.mask] & TALLY_NO_CELL;

		if (cell != TALLY_NO_CELL)
			for (uint64_t lanes = word >> g.lane_shift & g.lanes; lanes; lanes &= lanes - 1)
				p->counter[i][cell + (size_t)__builtin_ctzll(lanes)]++;
	}
}

static void add_group(struct scan_part *p, size_t group)
{
	const struct near_group *near = &p->near_group[group];

	if (near->is_plain)
		(near->has_lanes ? add_lanes : add_count)(p, near);
	else
		for (size_t i = 0; i < p->n_row; i++)
			add_far(p, &p->plan->group[group], i);
}

/* All counters have one for the rows themselves. */
static void add_rows(struct scan_part *p, bool all_same)
{
	if (all_same)
		p->counter[0][0] += (uint32_t)p->n_row;
	else
		for (size_t i = 0; i < p->n_row; i++)
			p->counter[i][0]++;
	if (p->tally->single)
		for (size_t i = 0; i < p->n_row; i++)
			if (p->row[i].n_single)
				tally_add_single(p->tally, p->row[i].single, p->row[i].n_single, p->row[i].at);
	p->tally->n_row += p->n_row;
}

/* The short key that was read last, if a row with it was added last: rows that follow with it need not look for its counters. */
static void note_same(struct scan_part *p)
{
	const struct scan_row *row = &p->row[p->n_row - 1];
	bool is_last = row->n_key == p->same.n_key && row->hash == p->same.hash;

	p->same.counter = is_last ? p->counter[p->n_row - 1] : NULL;
	p->same.i_key = row->i_key;
}

void scan_flush(struct scan_part *p)
{
	size_t n = p->n_row;
	bool all_same = n == p->n_same;

	if (!all_same)
		find_all(p);
	p->same.counter = NULL;
	drop_lost(p);
	if (p->n_row) {
		add_rows(p, all_same);
		for (size_t i = 0; i < p->plan->n_group; i++)
			add_group(p, i);
		note_same(p);
	}
	p->n_row = 0;
	p->n_same = 0;
}
