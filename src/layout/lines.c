#include "layout/layout.h"

/* How far a space gives way, as a part of its width. */
static const double space_shrink = 0.2;
static const double space_stretch = 0.6;

/* Costs of a line. A justified line of normal spaces costs LINE; its square grows with how far the
 * spaces are from normal. */
static const double line_cost = 10;
static const double bad_max = 1e5;
static const double short_last_cost = 2e4; /* a last line of nothing; none at SHORT_LAST */
enum { SHORT_LAST = 3 };		   /* [em] */

/* Other lines are as few as can be, then of even length. Centred ones grow shorter rather than
 * longer: what the last one lacks counts less. */
static const double ragged_line_cost = 2e5;
static const double uneven_cost = 1e3;
static const double last_share = 0.9;

/* Further costs of a line by what stands behind it. */
static const double joint_cost[] = {
	[JOINT_BOUND] = 1.5e5, /* as spaces of 1.9 times their width */
	[JOINT_DASH] = 4e5,    /* 2.1 times */
	[JOINT_RANGE] = 1e9,   /* 5 times */
	[JOINT_CHARACTER] = 2e9,
	[JOINT_FORCED] = 0,
};

/* How loose lines may be, as a part of what a space stretches. Nearly all paragraphs go the first
 * way, where only spaces end lines; the second one never fails. */
static const double loosest_first = 1;
static const double loosest_second = 4;

/* The cheapest lines up to an atom. */
struct way {
	double cost; /* negative: none */
	size_t from; /* atom that the last of those lines begins with */
};

struct breaker {
	const struct atom *atom; /* of the text */
	size_t first, end;	 /* up to the next forced new line */
	struct way *way;	 /* [end - first + 1] */
	double first_width, width; /* [font units] */
	double shrink, stretch;	   /* of a space */
	double em;
	enum setting setting;
	double loosest;
	bool any_joint;
};

static double width_from(const struct breaker *b, size_t i)
{
	return i == b->first ? b->first_width : b->width;
}

/* Of a line of the atoms i to k. */
static double natural(const struct breaker *b, size_t i, size_t k)
{
	return (double)(b->atom[k].end - b->atom[i].start);
}

static double gaps(const struct breaker *b, size_t i, size_t k)
{
	return (double)(b->atom[k].gaps - b->atom[i].gaps);
}

static bool fits(const struct breaker *b, size_t i, size_t k)
{
	double least = natural(b, i, k);

	if (b->setting == SET_JUSTIFIED)
		least -= gaps(b, i, k) * b->shrink;
	return least <= width_from(b, i) + 0.5;
}

static bool is_loose(const struct breaker *b, size_t i, size_t k)
{
	if (b->setting != SET_JUSTIFIED)
		return false;
	return natural(b, i, k) + gaps(b, i, k) * b->stretch * b->loosest < width_from(b, i);
}

static bool may_end(const struct breaker *b, size_t k)
{
	enum joint joint = k + 1 < b->end ? (enum joint)b->atom[k + 1].joint : JOINT_FORCED;

	return b->any_joint ? joint != JOINT_NONE : joint == JOINT_SPACE || joint == JOINT_FORCED;
}

/* ---- what a line costs ---- */

static double justified_cost(const struct breaker *b, size_t i, size_t k)
{
	double slack = width_from(b, i) - natural(b, i, k);
	double n_gap = gaps(b, i, k);
	double ratio = slack / ((n_gap > 0 ? n_gap : 0.1) * (slack < 0 ? -b->shrink : b->stretch));
	double bad = 100 * ratio * ratio * ratio;

	bad = line_cost + (bad > bad_max ? bad_max : bad);
	return bad * bad;
}

static double last_cost(const struct breaker *b, size_t i, size_t k)
{
	double lacking = 1 - natural(b, i, k) / (SHORT_LAST * b->em);

	return line_cost * line_cost + (lacking > 0 && i > b->first ? short_last_cost * lacking : 0);
}

static double ragged_cost(const struct breaker *b, size_t i, size_t k)
{
	double width = width_from(b, i);
	double slack = (width - natural(b, i, k)) / (width > 1 ? width : 1);

	if (k + 1 == b->end)
		slack *= b->setting == SET_CENTRED ? last_share : 0;
	return ragged_line_cost + uneven_cost * slack * slack;
}

static double cost_of(const struct breaker *b, size_t i, size_t k)
{
	if (b->setting != SET_JUSTIFIED)
		return ragged_cost(b, i, k);
	if (k + 1 == b->end && natural(b, i, k) <= width_from(b, i))
		return last_cost(b, i, k);
	return justified_cost(b, i, k);
}

/* ---- the cheapest lines ---- */

static void go_by(struct breaker *b, size_t i, size_t k)
{
	struct way *way = &b->way[k + 1 - b->first];
	double cost = b->way[i - b->first].cost + cost_of(b, i, k);

	if (k + 1 < b->end)
		cost += joint_cost[b->atom[k + 1].joint];
	if (way->cost >= 0 && cost >= way->cost)
		return;
	way->cost = cost;
	way->from = i;
}

/* By all lines from i that are not too long, the first of them up to low. */
static bool go_on(struct breaker *b, size_t i, size_t low)
{
	bool any = false;

	for (size_t k = low; k < b->end && fits(b, i, k); k++) {
		if (!may_end(b, k))
			continue;
		go_by(b, i, k);
		any = true;
	}
	return any;
}

/* By the longest line that is not too long, or else by the shortest. */
static void go_anyway(struct breaker *b, size_t i)
{
	size_t found = b->end;

	for (size_t k = i; k < b->end; k++) {
		if (!may_end(b, k))
			continue;
		if (found < b->end && !fits(b, i, k))
			break;
		found = k;
	}
	go_by(b, i, found);
}

/* False when there is no way to the end. */
static bool find_ways(struct breaker *b, double loosest, bool any_joint)
{
	size_t n = b->end - b->first;
	size_t low = b->first; /* last atom of the shortest line that is not too loose */

	b->loosest = loosest;
	b->any_joint = any_joint;
	for (size_t i = 0; i <= n; i++)
		b->way[i].cost = -1;
	b->way[0].cost = 0;
	for (size_t i = b->first; i < b->end; i++) {
		if (b->way[i - b->first].cost < 0)
			continue;
		if (low < i)
			low = i;
		while (low + 1 < b->end && is_loose(b, i, low))
			low++;
		if (!go_on(b, i, low) && any_joint)
			go_anyway(b, i);
		if (i == b->first) /* a line that hangs out is longer than those below it */
			low = i;
	}
	return b->way[n].cost >= 0;
}

/* ---- lines ---- */

void lines_forget(struct flow *f)
{
	f->n_line = 0;
}

static struct line line_of(const struct breaker *b, size_t i, size_t end)
{
	const struct atom *first = &b->atom[i];
	const struct atom *last = &b->atom[end - 1];

	return (struct line){
		.first = i,
		.end = end,
		.natural = last->end - first->start,
		.n_gap = last->gaps - first->gaps,
		.last = end == b->end,
	};
}

static void collect(struct flow *f, const struct breaker *b)
{
	size_t n = 0;

	for (size_t i = b->end; i > b->first; i = b->way[i - b->first].from)
		n++;
	SCRATCH_ROOM(f->line, f->n_line + n, &f->cap_line);
	f->n_line += n;
	for (size_t end = b->end, k = f->n_line; end > b->first;) {
		size_t i = b->way[end - b->first].from;

		f->line[--k] = line_of(b, i, end);
		end = i;
	}
}

/* The lines up to a forced new one. */
static void break_part(struct flow *f, struct breaker *b)
{
	if (fits(b, b->first, b->end - 1)) {
		*SCRATCH_PUSH(f->line, f->n_line, &f->cap_line) = line_of(b, b->first, b->end);
		return;
	}
	SCRATCH_ROOM(f->way, b->end - b->first + 1, &f->cap_way);
	b->way = f->way;
	if (b->setting != SET_JUSTIFIED || !find_ways(b, loosest_first, false))
		find_ways(b, loosest_second, true);
	collect(f, b);
}

struct lines lines_break(struct flow *f, struct text *t, const struct measure *m)
{
	struct lines lines = { f->n_line, 0 };
	struct breaker b = { .setting = m->setting, .em = f->em };

	b.width = m->width * f->em / m->size_pt;
	b.first_width = (m->width - m->indent) * f->em / m->size_pt;
	b.shrink = f->space[FACE_REGULAR]->advance * space_shrink;
	b.stretch = f->space[FACE_REGULAR]->advance * space_stretch;
	text_cut(f, t, (int64_t)(b.first_width < b.width ? b.first_width : b.width));
	b.atom = t->atom;
	for (b.first = 0; b.first < t->n; b.first = b.end) {
		for (b.end = b.first + 1; b.end < t->n; b.end++)
			if (t->atom[b.end].joint == JOINT_FORCED)
				break;
		break_part(f, &b);
		b.first_width = b.width;
	}
	lines.n = f->n_line - lines.first;
	return lines;
}
