#include "base/figure.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	FEW_PLACES = 4,	 /* so few places are a list at once, which is hardly larger */
	FEW_LISTED = 32, /* so many are put in order without memory of their own */
};

/* Places of a figure without the figure. */
struct places {
	unsigned n; /* 0: joint */
	union {
		const struct origin *list;
		const struct joint_places *joint;
	};
};

struct joint_places {
	unsigned short n_place; /* at most FIGURE_PLACES_MAX, repeated ones counted: nothing deeper than that stands in another */
	unsigned short n_part;
	bool ascends; /* they are cells, each behind the one before, as they come */
	const struct origin *first;
	struct places part[];
};

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

static int compare_file(const struct origin *p, const struct origin *q)
{
	int c = compare_text(p->file, q->file);

	return c ? c : compare_text(p->sheet, q->sheet);
}

static uint64_t place_in_file(const struct origin *p)
{
	return (uint64_t)p->row << 32 | p->col;
}

/* Most are of the same file, whose name is one text. */
static inline int compare_origin(const struct origin *p, const struct origin *q)
{
	uint64_t a = place_in_file(p);
	uint64_t b = place_in_file(q);
	int c = p->file == q->file && p->sheet == q->sheet ? 0 : compare_file(p, q);

	return c ? c : (a > b) - (a < b);
}

static int compare_sorted(const void *a, const void *b)
{
	return compare_origin(a, b);
}

static inline bool same_file(const struct origin *a, const struct origin *b)
{
	return (a->file == b->file && a->sheet == b->sheet) || !compare_file(a, b);
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

/* ---- joint places ---- */

const struct origin *figure_place(const struct figure *f)
{
	if (f->is_joint)
		return f->joint->first;
	return f->n_from ? f->from : NULL;
}

static bool has_any(const struct figure *f)
{
	return f->is_joint || f->n_from;
}

static bool same_places(const struct figure *a, const struct figure *b)
{
	return a->is_joint == b->is_joint && (a->is_joint ? a->joint == b->joint : a->n_from == b->n_from && a->from == b->from);
}

/* How many there are, repeated ones counted. */
static size_t count_places(const struct figure *f)
{
	return f->is_joint ? f->joint->n_place : f->n_from;
}

static void set_places(struct figure *to, const struct figure *of)
{
	to->is_joint = of->is_joint;
	to->n_from = of->n_from;
	if (of->is_joint)
		to->joint = of->joint;
	else
		to->from = of->from;
}

static struct places places_of(const struct figure *f)
{
	if (f->is_joint)
		return (struct places){ .joint = f->joint };
	return (struct places){ .n = f->n_from, .list = f->from };
}

/* All of them as they come. Returns the end. */
static struct origin *put_places(const struct places *p, struct origin *into)
{
	if (p->n) {
		memcpy(into, p->list, p->n * sizeof *into);
		return into + p->n;
	}
	for (unsigned i = 0; i < p->joint->n_part; i++)
		into = put_places(&p->joint->part[i], into);
	return into;
}

static const struct origin *first_place(const struct places *p)
{
	return p->n ? p->list : p->joint->first;
}

static const struct origin *last_place(const struct places *p)
{
	while (!p->n)
		p = &p->joint->part[p->joint->n_part - 1];
	return &p->list[p->n - 1];
}

static bool ascends(const struct places *p)
{
	if (!p->n)
		return p->joint->ascends;
	for (unsigned i = 0; i < p->n; i++)
		if (!p->list[i].row || origin_is_counted(p->list[i]) || (i && compare_origin(&p->list[i - 1], &p->list[i]) >= 0))
			return false;
	return true;
}

/* Whether the places of n figures, which have some each, are cells each behind the one before. */
static bool ascend(const struct figure *part, size_t n)
{
	struct places before = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct places p = places_of(&part[i]);

		if (!ascends(&p) || (i && compare_origin(last_place(&before), first_place(&p)) >= 0))
			return false;
		before = p;
	}
	return true;
}

/* Those of n figures, which have some each. */
static void join_places(struct figure *to, const struct figure *part, size_t n, size_t n_place, struct arena *arena)
{
	struct joint_places *joint = arena_array(arena, 1, sizeof *joint + n * sizeof *joint->part);

	joint->n_place = (unsigned short)n_place;
	joint->n_part = (unsigned short)n;
	joint->ascends = ascend(part, n);
	for (size_t i = 0; i < n; i++) {
		const struct origin *first = figure_place(&part[i]);

		joint->part[i] = places_of(&part[i]);
		if (!joint->first || compare_origin(first, joint->first) < 0)
			joint->first = first;
	}
	to->is_joint = true;
	to->n_from = 0;
	to->joint = joint;
}

/* ---- lists of places ---- */

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

/* Whether that is so is not looked for where places are joint. */
static bool has_places(const struct figure *f, const struct figure *more)
{
	if (f->is_joint || more->is_joint)
		return false;
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

/* Those of n figures, which have n_place in all, as a list. */
static void list_places(struct figure *to, const struct figure *part, size_t n, size_t n_place, struct arena *arena)
{
	struct origin few[2 * FEW_LISTED];
	struct origin *more = n_place > FEW_LISTED ? memory_resize(NULL, n_place, 2 * sizeof *more) : NULL;
	struct origin *all = more ? more : few;
	struct origin *end = all;
	struct figure united = { .from = NULL };

	for (size_t i = 0; i < n; i++) {
		struct places places = places_of(&part[i]);

		if (has_any(&part[i]))
			end = put_places(&places, end);
	}
	take_places(&united, sort_places(all, end, n_place), n_place);
	to->is_joint = false;
	to->from = memcpy(ARENA_ARRAY(arena, united.n_from, struct origin), united.from, united.n_from * sizeof *all);
	to->n_from = united.n_from;
	free(more);
}

/* The files of places that ascend, behind n other ones. Returns how many there are then. */
static size_t put_files(const struct places *p, struct origin *file, size_t n)
{
	if (!p->n && !same_file(p->joint->first, last_place(p))) {
		for (unsigned i = 0; i < p->joint->n_part; i++)
			n = put_files(&p->joint->part[i], file, n);
		return n;
	}
	for (unsigned i = 0; i < (p->n ? p->n : 1); i++) {
		const struct origin *at = p->n ? &p->list[i] : p->joint->first;

		if (!n || !same_file(&file[n - 1], at))
			file[n++] = (struct origin){ .file = at->file, .sheet = at->sheet };
	}
	return n;
}

/* Those of n figures that ascend and are too many: their files alone, as take_places would leave them. */
static void list_files(struct figure *to, const struct figure *part, size_t n, size_t n_place, struct arena *arena)
{
	struct origin *file = memory_resize(NULL, n_place, sizeof *file);
	size_t n_file = 0;

	for (size_t i = 0; i < n; i++) {
		struct places p = places_of(&part[i]);

		n_file = put_files(&p, file, n_file);
	}
	to->is_joint = false;
	to->from = memcpy(ARENA_ARRAY(arena, n_file, struct origin), file, n_file * sizeof *file);
	to->n_from = (unsigned)n_file;
	free(file);
}

struct figure figure_listed(struct figure f, struct arena *arena)
{
	struct places places = places_of(&f);
	struct figure listed = f;
	struct origin *all;

	if (f.is_joint && f.joint->ascends) {
		all = ARENA_ARRAY(arena, f.joint->n_place, struct origin);
		put_places(&places, all);
		listed.is_joint = false;
		listed.n_from = f.joint->n_place;
		listed.from = all;
	} else if (f.is_joint) {
		list_places(&listed, &f, 1, f.joint->n_place, arena);
	}
	return listed;
}

/* ---- places of several figures ---- */

/* Those that came from somewhere, the same places once where they follow each other. */
static size_t keep_placed(struct figure *operand, size_t n)
{
	size_t n_kept = 0;

	for (size_t i = 0; i < n; i++)
		if (has_any(&operand[i]) && (!n_kept || !same_places(&operand[n_kept - 1], &operand[i])))
			operand[n_kept++] = operand[i];
	return n_kept;
}

/* Of n figures with places. */
static void unite(struct figure *to, const struct figure *part, size_t n, struct arena *arena)
{
	size_t n_place = 0;

	for (size_t i = 0; i < n; i++)
		n_place += count_places(&part[i]);
	if (n == 1)
		set_places(to, part);
	else if (n_place > FEW_PLACES && n_place <= FIGURE_PLACES_MAX)
		join_places(to, part, n, n_place, arena);
	else if (n_place > FIGURE_PLACES_MAX && ascend(part, n))
		list_files(to, part, n, n_place, arena);
	else
		list_places(to, part, n, n_place, arena);
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
	set_places(result, &(struct figure){ .from = NULL });
	n_operand = keep_placed(operand, n_operand);
	if (n_operand > 2) {
		unite(result, operand, n_operand, arena);
		return;
	}
	for (size_t i = 0; i < n_operand; i++)
		figure_add_places(result, &operand[i], arena);
}

void figure_add_places(struct figure *to, const struct figure *more, struct arena *arena)
{
	struct figure both[] = { *to, *more };

	if (!has_any(more) || same_places(to, more) || has_places(to, more))
		return;
	if (!has_any(to) || has_places(more, to))
		set_places(to, more);
	else
		unite(to, both, 2, arena);
}

void figure_unite_places(struct figure *to, const struct figure *more, size_t n_more, struct arena *arena)
{
	struct figure *all = memory_new(n_more + 1, sizeof *all);
	size_t n;

	all[0] = *to;
	memcpy(all + 1, more, n_more * sizeof *all);
	n = keep_placed(all, n_more + 1);
	if (n)
		unite(to, all, n, arena);
	free(all);
}

void figure_sort_places(struct figure *f, struct origin *place)
{
	qsort(place, f->n_from, sizeof *place, compare_sorted);
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
