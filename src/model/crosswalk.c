#include "model/crosswalk.h"

#include "base/marks.h"
#include "model/data.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 1000 }; /* changes one after another, of one area */

/* Fields of the dataset; n_field where there is none. */
struct crosswalk_fields {
	size_t from, to, since, weight;
	const struct area_names *names;
	const struct map *codes;
};

static size_t find_field(const struct dataset *s, const char *id)
{
	size_t i = 0;

	while (i < s->n_field && strcmp(s->field[i].id, id) != 0)
		i++;
	return i;
}

static const char *text_at(const struct data_row *r, size_t field, size_t n_field)
{
	const char *text = field < n_field ? r->datum[field].text : NULL;

	return text ? text : "";
}

/* What an area is found by. */
static const char *name_of(const char *text, const struct area_names *names, const struct map *codes, struct arena *a)
{
	return map_find(codes, text, NULL) ? text : area_names_normal(names, text, a);
}

static bool read_change(const struct data *data, const struct crosswalk_fields *f, const struct data_row *r, struct arena *a,
	struct change *change, struct diags *d)
{
	size_t n = data->dataset->n_field;
	const char *since = f->since < n ? r->datum[f->since].text : NULL;
	const char *from = text_at(r, f->from, n);
	const char *to = text_at(r, f->to, n);

	*change = (struct change){
		.from = name_of(from, f->names, f->codes, a),
		.to = name_of(to, f->names, f->codes, a),
		.shown = from,
		.shown_to = to,
		.weight = figure_of(ratio_whole(1)),
		.at = r->at,
	};
	if (since && !date_parse(since, &change->since))
		return false; /* reported with the cell */
	if (f->weight < n && r->datum[f->weight].figure.state == FIGURE_OK)
		change->weight = r->datum[f->weight].figure;
	if (change->weight.x.num < 0)
		return diag_error(d, change->weight.n_from ? change->weight.from[0] : r->at, "crosswalk",
			"the weight %s is negative; weights are from 0 to 1", marks_exact(change->weight.x, a));
	return true;
}

/* ---- by name ---- */

static int compare_names(const void *a, const void *b)
{
	const struct named_change *p = a;
	const struct named_change *q = b;
	int by_name = strcmp(p->name, q->name);

	if (by_name)
		return by_name;
	if (p->when != q->when)
		return p->when < q->when ? -1 : 1;
	return p->change < q->change ? -1 : p->change > q->change;
}

struct crosswalk crosswalk_of(const struct change *change, size_t n_change, struct arena *a)
{
	struct named_change *from = ARENA_ARRAY(a, n_change, struct named_change);
	struct named_change *to = ARENA_ARRAY(a, n_change, struct named_change);

	for (size_t i = 0; i < n_change; i++) {
		int64_t when = date_unix(change[i].since);

		from[i] = (struct named_change){ change[i].from, when, i };
		to[i] = (struct named_change){ change[i].to, when, i };
	}
	if (n_change) {
		qsort(from, n_change, sizeof *from, compare_names);
		qsort(to, n_change, sizeof *to, compare_names);
	}
	return (struct crosswalk){ change, n_change, from, to };
}

size_t crosswalk_first(const struct named_change *list, size_t n, const char *name, int64_t when)
{
	struct named_change key = { .name = name, .when = when };
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (compare_names(&list[middle], &key) < 0)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

static bool is_at(const struct named_change *c, const char *name, int64_t when)
{
	return c->when == when && !strcmp(c->name, name);
}

/* ---- reading ---- */

/* Everything of an area that goes on a day goes somewhere. */
static bool check_weight(const struct crosswalk *c, const struct change *change, struct arena *a, struct diags *d)
{
	int64_t when = date_unix(change->since);
	size_t i = crosswalk_first(c->from, c->n_change, change->from, when);
	struct ratio sum = ratio_whole(0);

	if (&c->change[c->from[i].change] != change)
		return true; /* told at the first of the day */
	for (; i < c->n_change && is_at(&c->from[i], change->from, when); i++) {
		const struct change *part = &c->change[c->from[i].change];

		if (!ratio_add(sum, part->weight.x, part->at, &sum, d))
			return false;
	}
	return !ratio_compare(sum, ratio_whole(1))
	       || diag_error(d, change->at, "crosswalk", "the weights of '%s' add up to %s, not to 1", change->shown, marks_exact(sum, a));
}

bool crosswalk_read(const struct data *data, const struct area_names *names, const struct map *codes, struct arena *a,
	struct crosswalk *c, struct diags *d)
{
	enum { CHANGES_MAX = 20000 };
	struct crosswalk_fields f;
	struct change *change;
	bool ok = true;
	bool weighed = true;

	*c = (struct crosswalk){ 0 };
	if (!data)
		return true;
	if (data->n_row > CHANGES_MAX)
		return diag_error(d, data->row[CHANGES_MAX].at, "limit", "a crosswalk has at most %d rows", CHANGES_MAX);
	f = (struct crosswalk_fields){ find_field(data->dataset, "from"), find_field(data->dataset, "to"),
		find_field(data->dataset, "since"), find_field(data->dataset, "weight"), names, codes };
	change = ARENA_ARRAY(a, data->n_row, struct change);
	for (size_t i = 0; i < data->n_row; i++)
		ok = read_change(data, &f, &data->row[i], a, &change[i], d) && ok;
	*c = crosswalk_of(change, data->n_row, a);
	for (size_t i = 0; i < data->n_row && ok; i++)
		weighed = check_weight(c, &change[i], a, d) && weighed;
	return ok && weighed;
}

/* ---- going back ---- */

/* An area at some moment, and how much of it counts. */
struct step {
	const char *area;
	const char *shown;
	struct figure weight;
	int64_t until;
	const struct change *last; /* to or from it before that; NULL: it was there from the beginning */
	bool may_be_new;
};

struct tracing {
	const struct crosswalk *crosswalk;
	int64_t after; /* changes behind this moment count */
	struct arena *a;
	struct step *step; /* [n_step] not gone back further yet */
	size_t n_step;
	size_t cap;
	struct diags *d;
};

/* The latest of the list behind the year and not after `until`; NULL if there is none. */
static const struct named_change *latest_of(const struct tracing *t, const struct named_change *list, const char *name, int64_t until)
{
	size_t i = crosswalk_first(list, t->crosswalk->n_change, name, until + 1);

	return i && !strcmp(list[i - 1].name, name) && list[i - 1].when > t->after ? &list[i - 1] : NULL;
}

/* The latest change to or from the area; NULL if there is none. */
static const struct change *latest(const struct tracing *t, const char *name, int64_t until)
{
	const struct named_change *from = latest_of(t, t->crosswalk->from, name, until);
	const struct named_change *to = latest_of(t, t->crosswalk->to, name, until);

	if (from && (!to || from->when >= to->when))
		to = from;
	return to ? &t->crosswalk->change[to->change] : NULL;
}

/* The same area at the same moment is one step, whichever ways lead to it: so they do not multiply. */
static bool add_step(struct tracing *t, struct step new)
{
	new.last = latest(t, new.area, new.until);

	for (size_t i = 0; i < t->n_step; i++) {
		struct step *s = &t->step[i];

		if (strcmp(s->area, new.area) != 0 || s->last != new.last)
			continue;
		s->may_be_new = s->may_be_new && new.may_be_new;
		figure_add_places(&s->weight, &new.weight, t->a);
		return ratio_add(s->weight.x, new.weight.x, (struct origin){ 0 }, &s->weight.x, t->d);
	}
	*ARENA_PUSH(t->a, t->step, t->n_step, &t->cap) = new;
	return true;
}

/* Whether a change of that moment says where the area itself went. */
static bool is_told(const struct crosswalk *c, const char *name, int64_t when)
{
	size_t i = crosswalk_first(c->from, c->n_change, name, when);

	return i < c->n_change && is_at(&c->from[i], name, when);
}

/* What the area was before its last change. */
static bool go_back(struct tracing *t, struct step from)
{
	const struct crosswalk *c = t->crosswalk;
	int64_t when = date_unix(from.last->since);
	struct step self = from;

	for (size_t i = crosswalk_first(c->to, c->n_change, from.area, when); i < c->n_change && is_at(&c->to[i], from.area, when); i++) {
		const struct change *change = &c->change[c->to[i].change];
		struct step part = { .area = change->from, .shown = change->shown, .weight = from.weight, .until = when - 1 };

		if (!change->weight.x.num)
			continue;
		figure_add_places(&part.weight, &change->weight, t->a);
		if (!ratio_mul(from.weight.x, change->weight.x, change->at, &part.weight.x, t->d) || !add_step(t, part))
			return false;
	}
	self.until = when - 1;
	self.may_be_new = true;
	return is_told(c, from.area, when) || add_step(t, self);
}

/* The step with the latest change; n_step where none has one. */
static size_t latest_step(const struct tracing *t)
{
	size_t best = t->n_step;

	for (size_t i = 0; i < t->n_step; i++)
		if (t->step[i].last
			&& (best == t->n_step || date_unix(t->step[i].last->since) > date_unix(t->step[best].last->since)))
			best = i;
	return best;
}

static bool trace(struct tracing *t)
{
	for (size_t n = 0; latest_step(t) < t->n_step; n++) {
		size_t i = latest_step(t);
		struct step from = t->step[i];

		if (n == STEPS_MAX)
			return diag_error(t->d, from.last->at, "crosswalk", "areas change more than %d times one after another", STEPS_MAX);
		t->step[i] = t->step[--t->n_step];
		if (!go_back(t, from))
			return false;
	}
	return true;
}

bool crosswalk_trace(const struct crosswalk *c, const char *normal, const char *code, int after, struct date before,
	struct arena *a, struct predecessors *found, struct diags *d)
{
	struct tracing t = { .crosswalk = c, .after = date_unix((struct date){ after, 12, 31 }), .a = a, .d = d };
	int64_t until = date_unix(before) - 1;
	const char *name = code && latest(&t, code, until) ? code : normal;
	struct step whole = { .area = name, .shown = name, .weight = figure_of(ratio_whole(1)), .until = until };

	*found = (struct predecessors){ 0 };
	if (!add_step(&t, whole) || !trace(&t))
		return false;
	for (size_t i = 0; i < t.n_step; i++) {
		const struct step *s = &t.step[i];

		*ARENA_PUSH(a, found->area, found->n_area, &found->cap)
			= (struct predecessor){ s->area, s->shown, s->weight, s->until != until, s->may_be_new };
	}
	return true;
}
