/* Different texts of a column in an area: a text that several of its keys have counts once. */
#include "model/registerrolling.h"

#include <stdlib.h>

/* A text in an area, for one counter, and how often. */
struct noted {
	uint64_t hash;
	size_t sum;
	size_t cell;
	int step;
};

static int compare_noted(const void *a, const void *b)
{
	const struct noted *x = a;
	const struct noted *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->sum != y->sum)
		return x->sum < y->sum ? -1 : 1;
	return (x->cell > y->cell) - (x->cell < y->cell);
}

/* Whether one text of an area was noted for a counter of the condition, and not taken back. */
static bool is_noted(const struct reg_expr *e, const struct noted *noted, size_t n)
{
	for (size_t i = 0; i < e->n_cell; i++) {
		int times = 0;

		for (size_t k = 0; k < n; k++)
			times += noted[k].cell == e->cell[i] ? noted[k].step : 0;
		if (times > 0)
			return true;
	}
	return false;
}

/* Entries of the same text, area and counter become one. */
static size_t add_up(struct noted *noted, size_t n)
{
	size_t n_kept = 0;

	for (size_t i = 0; i < n; i++)
		if (n_kept && !compare_noted(&noted[n_kept - 1], &noted[i]))
			noted[n_kept - 1].step += noted[i].step;
		else
			noted[n_kept++] = noted[i];
	return n_kept;
}

static void count_noted(struct rolling *r, int which, struct noted *noted, size_t n)
{
	qsort(noted, n, sizeof *noted, compare_noted);
	n = add_up(noted, n);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && noted[k].hash == noted[i].hash && noted[k].sum == noted[i].sum;)
			k++;
		for (size_t e = 0; e < r->reg->n_expr; e++)
			if (r->reg->expr[e].kind == TALLY_DISTINCT && r->reg->expr[e].which == which)
				r->sum[noted[i].sum].count[e] += is_noted(&r->reg->expr[e], noted + i, k - i);
	}
}

static int compare_keys(const void *a, const void *b)
{
	const size_t *x = a;
	const size_t *y = b;

	return (*x > *y) - (*x < *y);
}

/* The area of a key, or SIZE_MAX; of a part many keys are another's. */
static size_t sum_of_key(const struct rolling *r, size_t key)
{
	const struct reg *reg = r->reg;
	const size_t *found = reg->part ? bsearch(&key, reg->part, reg->n_part, sizeof key, compare_keys) : NULL;

	if (!reg->part)
		return r->sum_of[key];
	return found ? r->sum_of[found - reg->part] : SIZE_MAX;
}

static void count_records(struct rolling *r, int which, const struct hash_record *record, size_t n)
{
	struct noted *noted;
	size_t n_noted = 0;

	noted = memory_new(n + 1, sizeof *noted);
	for (size_t i = 0; i < n; i++) {
		size_t sum = sum_of_key(r, record[i].with >> HASHLOG_LOW);
		size_t low = record[i].with & ((1 << HASHLOG_LOW) - 1);

		if (sum != SIZE_MAX)
			noted[n_noted++] = (struct noted){ record[i].hash, sum, low & (TALLY_BACK - 1), low & TALLY_BACK ? -1 : 1 };
	}
	count_noted(r, which, noted, n_noted);
	free(noted);
}

/* part: of the log; of an area's part of the register all its texts are at one place. */
static bool count_part(struct rolling *r, int which, size_t part, struct diags *d)
{
	struct hash_record *record;
	size_t n;
	bool ok = r->reg->part ? reg_own_texts(r->reg, which, &record, &n, d) : hashlog_part(r->reg->tally.distinct[which], part, &record, &n, d);

	if (!ok)
		return false;
	count_records(r, which, record, n);
	free(record);
	return true;
}

bool reg_count_distinct(struct rolling *r, struct diags *d)
{
	for (size_t i = 0; i < r->reg->plan.n_distinct; i++)
		for (size_t part = 0; part < (r->reg->part ? 1 : HASHLOG_PARTS); part++)
			if (!count_part(r, (int)i, part, d))
				return false;
	return true;
}
