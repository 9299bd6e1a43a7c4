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

/* The places of two sorted lists, each once, into `into`, which has room for both. */
static size_t merge_places(const struct figure *a, const struct figure *b, struct origin *into)
{
	size_t n = 0;
	size_t i = 0;
	size_t j = 0;

	while (i < a->n_from || j < b->n_from) {
		int c = i == a->n_from	 ? 1
			: j == b->n_from ? -1
					 : compare_origin(&a->from[i], &b->from[j]);

		into[n++] = c <= 0 ? a->from[i] : b->from[j];
		i += c <= 0;
		j += c >= 0;
	}
	return n;
}

void figure_add_places(struct figure *to, const struct figure *more, struct arena *arena)
{
	struct origin *both;

	if (!more->n_from || to->from == more->from)
		return;
	if (!to->n_from) {
		to->from = more->from;
		to->n_from = more->n_from;
		return;
	}
	both = ARENA_ARRAY(arena, to->n_from + more->n_from, struct origin);
	to->n_from = merge_places(to, more, both);
	to->from = both;
}

void figure_unite_places(struct figure *to, const struct figure *more, size_t n_more,
	struct arena *arena)
{
	size_t n = to->n_from;
	size_t n_kept = 0;
	struct origin *all;

	for (size_t i = 0; i < n_more; i++)
		n += more[i].n_from;
	if (n == to->n_from)
		return;
	all = ARENA_ARRAY(arena, n, struct origin);
	n = 0;
	for (size_t j = 0; j < to->n_from; j++)
		all[n++] = to->from[j];
	for (size_t i = 0; i < n_more; i++)
		for (size_t j = 0; j < more[i].n_from; j++)
			all[n++] = more[i].from[j];
	qsort(all, n, sizeof *all, compare_origin);
	for (size_t i = 0; i < n; i++)
		if (!n_kept || compare_origin(&all[n_kept - 1], &all[i]) != 0)
			all[n_kept++] = all[i];
	to->from = all;
	to->n_from = n_kept;
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
