#include "base/tallykeys.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
	BYTES = 256,
	WORDS = 128,	    /* texts of a column that are remembered */
	WORD_MAX = 32,	    /* [bytes] of such a text */
};

struct tally_words {
	uint64_t byte[BYTES]; /* of texts of one byte */
	struct {
		uint64_t word;
		unsigned char n; /* 0: free */
		char text[WORD_MAX];
	} known[WORDS];
};

/* ---- codes ---- */

static uint64_t ask(const struct tally *t, size_t column, const char *text, size_t n)
{
	unsigned code = n > TALLY_TEXT_MAX ? TALLY_NO_CODE : t->plan->code(t->plan->ctx, column, text, n);

	return code >= TALLY_NO_TEXT ? TALLY_ODD : (uint64_t)code << t->plan->column[column].shift;
}

static uint64_t known_word(struct tally *t, size_t column, const char *text, size_t n)
{
	struct tally_words *w = &t->words[column];
	size_t i = (size_t)(tally_hash(t->seed, text, n) % WORDS);
	uint64_t word;

	if (w->known[i].n == n && !memcmp(w->known[i].text, text, n))
		return w->known[i].word;
	word = ask(t, column, text, n);
	if (word != TALLY_ODD) {
		w->known[i].word = word;
		w->known[i].n = (unsigned char)n;
		memcpy(w->known[i].text, text, n);
	}
	return word;
}

uint64_t tally_word(struct tally *t, size_t column, const char *text, size_t n)
{
	uint64_t *one;

	if (!n && t->plan->column[column].is_missed)
		return TALLY_ODD;
	if (n > 1 && n <= WORD_MAX)
		return known_word(t, column, text, n);
	if (n != 1)
		return ask(t, column, text, n);
	one = &t->words[column].byte[(unsigned char)*text];
	if (*one == TALLY_ODD)
		*one = ask(t, column, text, n);
	return *one;
}

const uint64_t *tally_bytes(const struct tally *t, size_t column)
{
	return t->words[column].byte;
}

/* ---- faults ---- */

/* Kept in order: of several threads the first places of all are wanted. */
static void keep_place(struct tally_faults *f, struct tally_place place)
{
	size_t n = f->n < TALLY_PLACES_MAX ? (size_t)f->n : TALLY_PLACES_MAX;
	size_t i = n;

	if (n == TALLY_PLACES_MAX && f->first[n - 1].at <= place.at)
		return;
	if (n == TALLY_PLACES_MAX)
		i = n - 1;
	for (; i && f->first[i - 1].at > place.at; i--)
		f->first[i] = f->first[i - 1];
	f->first[i] = place;
}

void tally_add_fault(struct tally *t, unsigned fault, struct tally_place place)
{
	keep_place(&t->fault[fault], place);
	t->fault[fault].n++;
}

static void merge_faults(struct tally_faults *to, const struct tally_faults *more)
{
	size_t n = more->n < TALLY_PLACES_MAX ? (size_t)more->n : TALLY_PLACES_MAX;
	uint64_t all = to->n + more->n;

	for (size_t i = 0; i < n; i++) {
		keep_place(to, more->first[i]);
		to->n++;
	}
	to->n = all;
}

/* ---- a row ---- */

/* What a row comes to. */
struct counted {
	uint64_t word;
	int64_t number[TALLY_COLUMNS_MAX];
	struct tally_text text[TALLY_DISTINCT_MAX];
	struct tally_text single;
	size_t n_key; /* [bytes] */
	struct tally_place missed; /* column 0: none */
};

/* Digits and nothing else. */
static bool read_number(const struct tally_text *c, int64_t *x)
{
	*x = 0;
	if (!c->n || c->n > TALLY_DIGITS_MAX)
		return false;
	for (size_t i = 0; i < c->n; i++) {
		if (c->text[i] < '0' || c->text[i] > '9')
			return false;
		*x = 10 * *x + (c->text[i] - '0');
	}
	return true;
}

static bool add_to_key(struct tally *t, const struct tally_text *c, bool first, struct counted *r)
{
	size_t n = c->n + !first;

	if (r->n_key + n > TALLY_KEY_MAX)
		return false;
	if (!first)
		t->key_text[r->n_key++] = TALLY_KEY_STOP;
	if (c->n)
		memcpy(t->key_text + r->n_key, c->text, c->n);
	r->n_key += c->n;
	return true;
}

/* Which fault a cell has, or TALLY_FAULTS. */
static unsigned read_cell(struct tally *t, size_t i, const struct tally_text *c, bool first_key, struct counted *r)
{
	const struct tally_column *column = &t->plan->column[i];
	uint64_t word;

	if (column->n_bit) {
		word = c->n ? tally_word(t, i, c->text, c->n) : ask(t, i, "", 0);
		if (!c->n && column->is_missed && !r->missed.column)
			r->missed = (struct tally_place){ .col = c->col, .column = (unsigned)i + 1 };
		if (word == TALLY_ODD)
			return t->plan->code(t->plan->ctx, i, c->text, c->n < TALLY_TEXT_MAX ? c->n : TALLY_TEXT_MAX) == TALLY_NO_TEXT
				? TALLY_EMPTY : TALLY_UNKNOWN;
		r->word |= word;
	}
	if (!c->n && column->is_needed)
		return TALLY_EMPTY;
	if (column->number >= 0 && !read_number(c, &r->number[column->number]))
		return c->n ? TALLY_NUMBER : TALLY_EMPTY;
	if (column->is_key && !add_to_key(t, c, first_key, r))
		return TALLY_KEY;
	if (column->distinct >= 0)
		r->text[column->distinct] = *c;
	if (column->is_single)
		r->single = *c;
	return TALLY_FAULTS;
}

static void add_row_fault(struct tally *t, const struct tally_text *cell, unsigned fault, struct tally_place place)
{
	if (t->plan->is_none && t->plan->is_none(t->plan->ctx, cell))
		tally_add_fault(t, TALLY_PASSED, (struct tally_place){ .at = place.at });
	else
		tally_add_fault(t, fault, place);
}

static bool read_row(struct tally *t, const struct tally_text *cell, uint64_t at, struct counted *r)
{
	bool first_key = true;

	for (size_t i = 0; i < t->plan->n_column; i++) {
		struct tally_text trimmed = cell[i];
		unsigned fault;

		if (trimmed.n)
			utf8_trim(&trimmed.text, &trimmed.n);
		fault = read_cell(t, i, &trimmed, first_key, r);

		first_key = first_key && !t->plan->column[i].is_key;
		if (fault == TALLY_FAULTS)
			continue;
		add_row_fault(t, cell, fault, (struct tally_place){ at, cell[i].col, (unsigned)i + 1 });
		return false;
	}
	return true;
}

/* The first check that fails. */
static bool passes_checks(struct tally *t, const struct counted *r, uint64_t at)
{
	uint16_t fails = 0;

	for (size_t i = 0; i < t->plan->n_group; i++) {
		const struct tally_group *g = &t->plan->group[i];

		if (g->fails)
			fails |= g->fails[tally_index(g, r->word)];
	}
	for (unsigned i = 0; fails && i < TALLY_CHECKS_MAX; i++)
		if (fails >> i & 1) {
			tally_add_fault(t, TALLY_CHECK + i, (struct tally_place){ .at = at });
			return false;
		}
	return true;
}

/* What a row does to counters. */
enum tally_step { STEP_ADD, STEP_BACK };

/* A counter wraps: this adds 1 or takes 1 away. */
static uint32_t one(enum tally_step step)
{
	return step == STEP_ADD ? 1 : UINT32_MAX;
}

static void add_lanes(const struct tally_group *g, uint64_t word, uint32_t *counter, enum tally_step step)
{
	for (unsigned i = 0; i < g->n_lane; i++)
		counter[i] += word >> (g->lane_shift + i) & 1 ? one(step) : 0;
}

void tally_add_single(struct tally *t, const char *text, size_t n, uint64_t at)
{
	hashlog_add(t->single, tally_hash(t->seed, text, n), at);
}

static void add_group(struct tally *t, const struct tally_group *g, const struct counted *r, uint32_t key, enum tally_step step)
{
	size_t cell = g->cell[tally_index(g, r->word)] & TALLY_NO_CELL;
	const struct tally_text *text;

	if (cell == TALLY_NO_CELL)
		return;
	switch (g->kind) {
	case TALLY_COUNT:
		tally_counters(t, key)[cell] += one(step);
		break;
	case TALLY_LANES:
		add_lanes(g, r->word, tally_counters(t, key) + cell, step);
		break;
	case TALLY_SUM:
		tally_sums(t, key)[cell] += step == STEP_ADD ? r->number[g->which] : -r->number[g->which];
		break;
	case TALLY_DISTINCT:
		text = &r->text[g->which];
		if (text->n)
			hashlog_add(t->distinct[g->which], tally_hash(t->seed, text->text, text->n),
				(uint64_t)key << HASHLOG_LOW | cell | (step == STEP_ADD ? 0 : TALLY_BACK));
		break;
	}
}

static void add_row(struct tally *t, const struct counted *r, uint32_t key, enum tally_step step)
{
	tally_counters(t, key)[0] += one(step);
	t->n_row += step == STEP_ADD ? 1 : UINT64_MAX;
	for (size_t i = 0; i < t->plan->n_group; i++)
		add_group(t, &t->plan->group[i], r, key, step);
}

static void take(struct tally *t, const struct tally_text *cell, unsigned n_cell, uint64_t at, enum tally_step step)
{
	struct counted r = { .word = 0 };
	uint32_t key;

	if (t->plan->width && n_cell != t->plan->width) {
		add_row_fault(t, cell, TALLY_RAGGED, (struct tally_place){ .at = at });
		return;
	}
	if (!read_row(t, cell, at, &r) || !passes_checks(t, &r, at))
		return;
	if (!r.n_key) {
		tally_add_fault(t, TALLY_KEY, (struct tally_place){ .at = at });
		return;
	}
	key = tally_key_find(t, t->key_text, r.n_key, tally_key_hash(t, t->key_text, r.n_key), at);
	if (key == TALLY_NO_KEY)
		return;
	if (step == STEP_BACK && t->is_taken_back && !t->is_taken_back(t->back_ctx, key, at))
		return;
	if (r.single.n && step == STEP_ADD)
		tally_add_single(t, r.single.text, r.single.n, at);
	if (r.missed.column && step == STEP_ADD)
		tally_add_fault(t, TALLY_MISSED, (struct tally_place){ at, r.missed.col, r.missed.column });
	add_row(t, &r, key, step);
}

void tally_take(struct tally *t, const struct tally_text *cell, unsigned n_cell, uint64_t at)
{
	take(t, cell, n_cell, at, STEP_ADD);
}

void tally_take_back(struct tally *t, const struct tally_text *cell, unsigned n_cell, uint64_t at)
{
	take(t, cell, n_cell, at, STEP_BACK);
}

/* ---- the whole ---- */

void tally_init(struct tally *t, const struct tally_plan *plan, uint64_t seed)
{
	*t = (struct tally){ .plan = plan, .seed = seed };
	tally_keys_init(t);
	t->words = memory_new(plan->n_column + 1, sizeof *t->words);
	t->key_text = memory_new(TALLY_KEY_MAX, 1);
	for (size_t i = 0; i < plan->n_column; i++) {
		for (size_t k = 0; k < BYTES; k++)
			t->words[i].byte[k] = TALLY_ODD;
		if (plan->column[i].is_single)
			t->single = hashlog_open(HASHLOG_KEPT);
	}
	t->distinct = memory_new(plan->n_distinct + 1, sizeof *t->distinct);
	for (size_t i = 0; i < plan->n_distinct; i++)
		t->distinct[i] = hashlog_open(HASHLOG_KEPT);
}

void tally_clear(struct tally *t)
{
	tally_keys_clear(t);
	free(t->words);
	free(t->key_text);
	hashlog_close(t->single);
	for (size_t i = 0; t->distinct && i < t->plan->n_distinct; i++)
		hashlog_close(t->distinct[i]);
	free(t->distinct);
	arena_clear(&t->arena);
	*t = (struct tally){ .plan = t->plan };
}

static void merge_counters(struct tally *t, const struct tally *more, size_t from, uint32_t to)
{
	for (size_t i = 0; i < t->plan->n_counter; i++)
		tally_counters(t, to)[i] += tally_counters(more, from)[i];
	for (size_t i = 0; i < t->plan->n_sum; i++)
		tally_sums(t, to)[i] += tally_sums(more, from)[i];
}

static void merge_logs(struct tally *t, struct tally *later, const uint32_t *number)
{
	if (t->single)
		hashlog_join(t->single, later->single, NULL);
	later->single = NULL;
	for (size_t i = 0; i < t->plan->n_distinct; i++) {
		hashlog_join(t->distinct[i], later->distinct[i], number);
		later->distinct[i] = NULL;
	}
}

void tally_merge(struct tally *t, struct tally *later)
{
	uint32_t *number = ARENA_ARRAY(&t->arena, later->n_key + 1, uint32_t);

	for (size_t i = 0; i < later->n_key; i++) {
		const struct tally_key *k = &later->key[i];

		number[i] = tally_key_find(t, k->text, k->n_text, tally_key_hash(t, k->text, k->n_text), k->first);
		if (number[i] != TALLY_NO_KEY)
			merge_counters(t, later, i, number[i]);
	}
	for (size_t i = 0; i < TALLY_FAULTS; i++)
		merge_faults(&t->fault[i], &later->fault[i]);
	t->n_row += later->n_row;
	t->is_full = t->is_full || later->is_full;
	merge_logs(t, later, number);
	tally_clear(later);
}

enum tally_overflow tally_overflow(const struct tally *t)
{
	if (t->is_full)
		return TALLY_TOO_MANY_KEYS;
	return t->n_row > TALLY_ROWS_MAX ? TALLY_TOO_MANY_ROWS : TALLY_FITS;
}
