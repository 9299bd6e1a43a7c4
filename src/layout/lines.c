#include "layout/layout.h"

/* How far a space gives way, as a part of its width. */
static const double space_shrink = 0.2;
static const double space_stretch = 0.6;

/* Costs of a line. A line of normal spaces costs LINE; its square grows with how far the spaces
 * are from normal. */
static const double line_cost = 10;
static const double bad_max = 1e5;
static const double dash_cost = 4e5;	 /* about spaces of 2.5 times their width */
static const double character_cost = 1e8;
static const double short_last_cost = 1e4; /* a last line shorter than SHORT_LAST */
enum { SHORT_LAST = 3 };		 /* [em] */
static const double ratio_max = 4; /* looser lines are not looked at where there is another way */

/* Centred lines grow shorter rather than longer: what the last one lacks counts less. */
static const double last_share = 0.9;

/* A place where a line may end. Half of layout's time goes through these: they are kept small. */
struct point {
	int64_t start; /* [font units] where the atom behind it begins, in one endless line */
	int64_t end;   /* where the atom before it ends */
	double cost;   /* of the lines up to it */
	uint32_t gap_start, gap_end; /* gaps up to start and to end */
	uint32_t atom; /* behind it */
	uint32_t from; /* point where the last of those lines begins */
	enum joint joint;
};

struct breaker {
	struct point *point;
	size_t n;
	double first_width, width; /* [font units] */
	double shrink, stretch; /* of a space */
	double em;
	enum setting setting;
};

static double width_from(const struct breaker *b, const struct point *p)
{
	return p == b->point ? b->first_width : b->width;
}

/* Whether a line from p to q is not too long. */
static bool fits(const struct breaker *b, const struct point *p, const struct point *q)
{
	double natural = (double)(q->end - p->start);

	if (b->setting == SET_JUSTIFIED)
		natural -= (q->gap_end - p->gap_start) * b->shrink;
	return natural <= width_from(b, p) + 0.5;
}

static double joint_cost(enum joint joint)
{
	if (joint == JOINT_DASH)
		return dash_cost;
	return joint == JOINT_CHARACTER ? character_cost : 0;
}

/* How much the spaces of a line from p to q are wider than normal (1: by `stretch`), or narrower
 * (-1: by `shrink`). */
static double spaces_ratio(const struct breaker *b, const struct point *p, const struct point *q)
{
	double slack = width_from(b, p) - (double)(q->end - p->start);
	uint32_t gaps = q->gap_end - p->gap_start;

	return slack / ((gaps ? gaps : 0.1) * (slack < 0 ? b->shrink : b->stretch));
}

static double justified_cost(const struct point *q, double ratio)
{
	double bad = 100 * (ratio < 0 ? -ratio : ratio) * ratio * ratio;

	bad = line_cost + (bad > bad_max ? bad_max : bad);
	return bad * bad + joint_cost(q->joint);
}

static double last_cost(const struct breaker *b, const struct point *p, const struct point *q)
{
	bool is_short = (double)(q->end - p->start) < SHORT_LAST * b->em && p != b->point;

	return line_cost * line_cost + (is_short ? short_last_cost : 0);
}

/* For lines that are not justified: as few as can be, of even length; a left-aligned text may
 * end short. */
static double ragged_cost(const struct breaker *b, const struct point *p, const struct point *q,
	bool last)
{
	double width = width_from(b, p);
	double slack = (width - (double)(q->end - p->start)) / (width > 1 ? width : 1);

	if (last && b->setting != SET_CENTRED)
		slack = 0;
	if (last)
		slack *= last_share;
	return 1000 + slack * slack + joint_cost(q->joint);
}

static void go_by(const struct breaker *b, size_t i, struct point *q, double cost)
{
	cost += b->point[i].cost;
	if (q->cost >= 0 && cost >= q->cost)
		return;
	q->cost = cost;
	q->from = (uint32_t)i;
}

/* The cheapest last line to a point. Lines that begin before `low` are too long. */
static void find_justified(struct breaker *b, size_t low, size_t j)
{
	struct point *q = &b->point[j];
	bool last = j + 1 == b->n;

	for (size_t i = low; i < j; i++) {
		const struct point *p = &b->point[i];
		double ratio = spaces_ratio(b, p, q);

		if (i > low && ratio < -1)
			continue;
		if (last && ratio >= 0) {
			go_by(b, i, q, last_cost(b, p, q));
			continue;
		}
		if (i > low && ratio > ratio_max)
			break;
		go_by(b, i, q, justified_cost(q, ratio));
	}
}

static void find_ragged(struct breaker *b, size_t low, size_t j)
{
	struct point *q = &b->point[j];

	/* A first line that hangs out is longer than those behind it, so that one behind low may
	 * not fit. */
	for (size_t i = low; i < j; i++)
		if (i == low || fits(b, &b->point[i], q))
			go_by(b, i, q, ragged_cost(b, &b->point[i], q, j + 1 == b->n));
}

/* The cheapest way to each point. */
static void find_ways(struct breaker *b)
{
	size_t low = 0;

	for (size_t j = 1; j < b->n; j++) {
		while (low + 1 < j && !fits(b, &b->point[low], &b->point[j]))
			low++;
		b->point[j].cost = -1;
		if (b->setting == SET_JUSTIFIED)
			find_justified(b, low, j);
		else
			find_ragged(b, low, j);
	}
}

static void point_put(struct flow *f, struct breaker *b, struct point p)
{
	f->point = b->point;
	*ARENA_PUSH(f->arena, f->point, b->n, &f->cap_point) = p;
	b->point = f->point;
}

/* Points of the atoms from first up to the next forced new line; returns where that is. */
static size_t list_points(struct flow *f, struct breaker *b, const struct text *t, size_t first)
{
	struct point p = { 0 };
	size_t i;

	b->point = f->point;
	b->n = 0;
	for (i = first; i < t->n; i++) {
		const struct atom *atom = &t->atom[i];

		if (i > first && atom->joint == JOINT_FORCED)
			break;
		p.end = p.start;
		p.gap_end = p.gap_start;
		if (i > first && atom->spaces) {
			p.start += (int64_t)atom->spaces * f->space[atom->face]->advance;
			p.gap_start++;
		}
		if (i == first || atom->joint != JOINT_NONE) {
			p.atom = (uint32_t)i;
			p.joint = (enum joint)atom->joint;
			point_put(f, b, p);
		}
		p.start += atom->word->advance;
	}
	p.end = p.start;
	p.gap_end = p.gap_start;
	p.atom = (uint32_t)i;
	p.joint = JOINT_FORCED;
	point_put(f, b, p);
	return i;
}

static void line_put(struct flow *f, struct lines *lines, const struct point *p,
	const struct point *q, bool last)
{
	struct line line = { p->atom, q->atom, q->end - p->start, q->gap_end - p->gap_start, last };

	*ARENA_PUSH(f->arena, f->line, lines->n, &f->cap_line) = line;
	lines->line = f->line;
}

/* The lines of the cheapest way, put in order. */
static void collect(struct flow *f, const struct breaker *b, struct lines *lines)
{
	size_t begin = lines->n;

	for (size_t j = b->n - 1; j > 0; j = b->point[j].from)
		line_put(f, lines, &b->point[b->point[j].from], &b->point[j], j + 1 == b->n);
	for (size_t i = begin, k = lines->n; i + 1 < k; i++) {
		struct line swapped = lines->line[i];

		lines->line[i] = lines->line[--k];
		lines->line[k] = swapped;
	}
}

struct lines lines_break(struct flow *f, struct text *t, const struct measure *m)
{
	struct lines lines = { f->line, 0 };
	struct breaker b = { .setting = m->setting, .em = f->em };
	size_t first = 0;

	b.width = m->width * f->em / m->size_pt;
	b.first_width = (m->width - m->indent) * f->em / m->size_pt;
	b.shrink = f->space[FACE_REGULAR]->advance * space_shrink;
	b.stretch = f->space[FACE_REGULAR]->advance * space_stretch;
	text_cut(f, t, (int64_t)(b.first_width < b.width ? b.first_width : b.width));
	while (first < t->n) {
		size_t end = list_points(f, &b, t, first);

		if (fits(&b, &b.point[0], &b.point[b.n - 1])) {
			line_put(f, &lines, &b.point[0], &b.point[b.n - 1], true);
		} else {
			find_ways(&b);
			collect(f, &b, &lines);
		}
		b.first_width = b.width;
		first = end;
	}
	return lines;
}
