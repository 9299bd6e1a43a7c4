#include "base/figure.h"

#include <stdlib.h>
#include <string.h>

struct figure figure_missing(void)
{
	return (struct figure){ .state = FIGURE_MISSING, .x = ratio_whole(0) };
}

struct figure figure_of(struct ratio x)
{
	return (struct figure){ .state = FIGURE_OK, .x = x };
}

enum figure_state figure_joint_state(enum figure_state a, enum figure_state b)
{
	static const enum figure_state first[] = {
		FIGURE_CONFIDENTIAL,
		FIGURE_MISSING,
		FIGURE_NOT_APPLICABLE,
	};

	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		if (a == first[i] || b == first[i])
			return first[i];
	return FIGURE_OK;
}

/* Those that came from somewhere, each list of places once where they follow each other. */
static size_t keep_placed(struct figure *operand, size_t n)
{
	size_t n_kept = 0;

	for (size_t i = 0; i < n; i++)
		if (operand[i].n_from && (!n_kept || operand[n_kept - 1].from != operand[i].from))
			operand[n_kept++] = operand[i];
	return n_kept;
}

void figure_join(struct figure *result, struct figure *operand, size_t n_operand, struct arena *arena)
{
	size_t n_cause = 0;

	for (size_t i = 0; i < n_operand; i++)
		result->state = figure_joint_state(result->state, operand[i].state);
	for (size_t i = 0; i < n_operand; i++)
		if (operand[i].state == result->state)
			operand[n_cause++] = operand[i];
	if (n_cause) /* else it is not applicable by itself: divided by zero */
		n_operand = n_cause;
	result->from = NULL;
	result->n_from = 0;
	n_operand = keep_placed(operand, n_operand);
	if (n_operand > 2) {
		figure_unite_places(result, operand, n_operand, arena);
		return;
	}
	for (size_t i = 0; i < n_operand; i++)
		figure_add_places(result, &operand[i], arena);
}

static int compare_text(const char *a, const char *b)
{
	if (a == b)
		return 0;
	if (!a || !b)
		return a ? 1 : -1;
	return strcmp(a, b);
}

static int compare_origin(const void *a, const void *b)
{
	const struct origin *p = a;
	const struct origin *q = b;
	int c = compare_text(p->file, q->file);

	if (!c)
		c = compare_text(p->sheet, q->sheet);
	if (!c)
		c = (p->row > q->row) - (p->row < q->row);
	if (!c)
		c = (p->col > q->col) - (p->col < q->col);
	return c;
}

static bool same_file(const struct origin *a, const struct origin *b)
{
	return !compare_text(a->file, b->file) && !compare_text(a->sheet, b->sheet);
}

/* Of a sorted list each place once, and none behind the whole file (row 0) that it is in. Returns how many are left. */
static size_t drop_repeated(struct origin *all, size_t n)
{
	size_t n_kept = 0;

	for (size_t i = 0; i < n; i++) {
		const struct origin *last = n_kept ? &all[n_kept - 1] : NULL;

		if (last && same_file(last, &all[i])
			&& (!last->row || !compare_origin(last, &all[i])))
			continue;
		all[n_kept++] = all[i];
	}
	return n_kept;
}

static bool is_all(const struct origin *at)
{
	return at->col == (ORIGIN_COUNTED | ORIGIN_ALL);
}

/* Of what was counted over one column each part once, added up: into the first of them. Where rows of several parts are known already,
 * the others are among them. */
static void fold_column(struct origin *all, size_t n)
{
	unsigned long long sum = 0;
	unsigned most = 0;

	for (size_t i = 0; i < n; i++) {
		sum += all[i].row;
		if (is_all(&all[i]) && all[i].row > most)
			most = all[i].row;
	}
	all[0] = origin_counted(all[0].file, all[0].sheet, most ? most : sum, ORIGIN_ALL);
}

/* What was counted, one place for each column; where there are many places, or some are so already. */
static size_t fold_counted(struct origin *all, size_t n)
{
	bool any = n > FIGURE_PLACES_MAX;
	size_t n_kept = 0;

	for (size_t i = 0; i < n && !any; i++)
		any = is_all(&all[i]);
	for (size_t i = 0; i < n && any;) {
		size_t k = i + 1;

		while (k < n && origin_is_counted(all[i]) && origin_is_counted(all[k]) && same_file(&all[i], &all[k]))
			k++;
		if (origin_is_counted(all[i]))
			fold_column(&all[i], k - i);
		all[n_kept++] = all[i];
		i = k;
	}
	return any ? n_kept : n;
}

static void take_places(struct figure *to, struct origin *all, size_t n)
{
	n = fold_counted(all, drop_repeated(all, n));
	if (n > FIGURE_PLACES_MAX) {
		for (size_t i = 0; i < n; i++)
			if (!origin_is_counted(all[i]))
				all[i].row = all[i].col = 0;
		n = drop_repeated(all, n);
	}
	to->from = all;
	to->n_from = (unsigned)n;
}

/* Whether the list, which is sorted, has the place, or the whole file. */
static bool has_place(const struct figure *f, const struct origin *at)
{
	size_t low = 0;
	size_t high = f->n_from;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct origin *p = &f->from[middle];
		int c = compare_origin(p, at);

		if (!c || (!p->row && same_file(p, at)))
			return true;
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low && !f->from[low - 1].row && same_file(&f->from[low - 1], at);
}

static bool has_places(const struct figure *f, const struct figure *more)
{
	for (unsigned i = 0; i < more->n_from; i++)
		if (!has_place(f, &more->from[i]))
			return false;
	return true;
}

/* The places of two sorted lists in order. */
static void merge_places(const struct figure *a, const struct figure *b, struct origin *into)
{
	unsigned i = 0;
	unsigned j = 0;

	while (i < a->n_from || j < b->n_from) {
		bool first = j == b->n_from
			|| (i < a->n_from && compare_origin(&a->from[i], &b->from[j]) <= 0);

		*into++ = first ? a->from[i++] : b->from[j++];
	}
}

void figure_add_places(struct figure *to, const struct figure *more, struct arena *arena)
{
	struct origin *both;
	size_t n = (size_t)to->n_from + more->n_from;

	if (to->from == more->from || has_places(to, more))
		return;
	if (has_places(more, to)) {
		to->from = more->from;
		to->n_from = more->n_from;
		return;
	}
	if (n > FIGURE_PLACES_MAX) {
		figure_unite_places(to, more, 1, arena);
		return;
	}
	both = ARENA_ARRAY(arena, n, struct origin);
	merge_places(to, more, both);
	take_places(to, both, n);
}

/* Where the order ends that begins at `first`. */
static size_t run_end(const struct origin *all, size_t first, size_t n)
{
	size_t i = first + 1;

	while (i < n && compare_origin(&all[i - 1], &all[i]) <= 0)
		i++;
	return i < n ? i : n;
}

/* Merges each two runs of the list into the other one. Returns how long the first is then. */
static size_t merge_runs(const struct origin *all, size_t n, struct origin *into)
{
	size_t first_end = 0;

	for (size_t i = 0, end; i < n; i = end) {
		size_t middle = run_end(all, i, n);
		struct figure a = { .from = all + i, .n_from = (unsigned)(middle - i) };
		struct figure b = { .from = all + middle };

		end = middle < n ? run_end(all, middle, n) : n;
		b.n_from = (unsigned)(end - middle);
		merge_places(&a, &b, into + i);
		first_end = first_end ? first_end : end;
	}
	return first_end;
}

/* The list in order, which is one of the two. What is united are lists in order, and often already one behind the other. */
static struct origin *sort_places(struct origin *all, struct origin *other, size_t n)
{
	size_t sorted = run_end(all, 0, n);

	while (sorted < n) {
		struct origin *swap = all;

		sorted = merge_runs(all, n, other);
		all = other;
		other = swap;
	}
	return all;
}

void figure_unite_places(struct figure *to, const struct figure *more, size_t n_more,
	struct arena *arena)
{
	struct figure united = { .from = NULL };
	struct origin *all;
	size_t n = to->n_from;

	for (size_t i = 0; i < n_more; i++)
		n += more[i].n_from;
	if (n == to->n_from)
		return;
	all = memory_new(n, 2 * sizeof *all);
	n = 0;
	for (unsigned j = 0; j < to->n_from; j++)
		all[n++] = to->from[j];
	for (size_t i = 0; i < n_more; i++)
		for (unsigned j = 0; j < more[i].n_from; j++)
			all[n++] = more[i].from[j];
	take_places(&united, sort_places(all, all + n, n), n);
	to->from = memcpy(ARENA_ARRAY(arena, united.n_from, struct origin), united.from,
		united.n_from * sizeof *all);
	to->n_from = united.n_from;
	free(all);
}

void figure_sort_places(struct figure *f, struct origin *place)
{
	qsort(place, f->n_from, sizeof *place, compare_origin);
	f->from = place;
}

size_t figure_counted(const struct figure *f, size_t first, unsigned long long *n_row)
{
	size_t i = first;

	*n_row = 0;
	for (; i < f->n_from && origin_is_counted(f->from[i]) && same_file(&f->from[first], &f->from[i]); i++)
		*n_row += f->from[i].row;
	return i - first;
}

const char *figure_state_name(enum figure_state state)
{
	switch (state) {
	case FIGURE_OK:
		return "ok";
	case FIGURE_MISSING:
		return "missing";
	case FIGURE_NOT_APPLICABLE:
		return "not-applicable";
	case FIGURE_CONFIDENTIAL:
		return "confidential";
	}
	return "";
}
