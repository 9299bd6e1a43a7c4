#include "model/crosswalk.h"

#include "base/utf8.h"
#include "model/data.h"

#include <string.h>

enum { STEPS_MAX = 1000 }; /* changes one after another, of one area */

/* Fields of the dataset; n_field where there is none. */
struct crosswalk_fields {
	size_t from, to, since, weight;
};

static size_t find_field(const struct dataset *s, const char *id)
{
	size_t i = 0;

	while (i < s->n_field && strcmp(s->field[i].id, id) != 0)
		i++;
	return i;
}

static const char *folded_at(const struct data_row *r, size_t field, size_t n_field, struct arena *a)
{
	const char *text = field < n_field ? r->datum[field].text : NULL;

	return text ? utf8_fold(text, strlen(text), a) : "";
}

static bool read_change(const struct data *data, const struct crosswalk_fields *f, const struct data_row *r, struct arena *a,
	struct change *change, struct diags *d)
{
	size_t n = data->dataset->n_field;
	const char *since = f->since < n ? r->datum[f->since].text : NULL;

	*change = (struct change){
		.from = folded_at(r, f->from, n, a),
		.to = folded_at(r, f->to, n, a),
		.weight = figure_of(ratio_whole(1)),
		.at = r->at,
	};
	if (since && !date_parse(since, &change->since))
		return false; /* reported with the cell */
	if (f->weight < n && r->datum[f->weight].figure.state == FIGURE_OK)
		change->weight = r->datum[f->weight].figure;
	if (change->weight.x.num < 0)
		return diag_error(d, change->weight.n_from ? change->weight.from[0] : r->at, "crosswalk",
			"the weight %s is negative; weights are from 0 to 1", ratio_exact(change->weight.x, a));
	return true;
}

static bool same_start(const struct change *a, const struct change *b)
{
	return !strcmp(a->from, b->from) && date_unix(a->since) == date_unix(b->since);
}

/* Everything of an area goes somewhere. */
static bool check_weights(const struct crosswalk *c, struct arena *a, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < c->n_change; i++) {
		struct ratio sum = ratio_whole(0);
		bool first = true;

		for (size_t k = 0; k < c->n_change; k++) {
			if (!same_start(&c->change[i], &c->change[k]))
				continue;
			first = first && k >= i;
			if (!ratio_add(sum, c->change[k].weight.x, c->change[k].at, &sum, d))
				return false;
		}
		if (first && ratio_compare(sum, ratio_whole(1)) != 0)
			ok = diag_error(d, c->change[i].at, "crosswalk", "the weights of '%s' add up to %s, not to 1", c->change[i].from,
				ratio_exact(sum, a));
	}
	return ok;
}

bool crosswalk_read(const struct data *data, struct arena *a, struct crosswalk *c, struct diags *d)
{
	enum { CHANGES_MAX = 20000 };
	struct crosswalk_fields f;
	struct change *change;
	bool ok = true;

	*c = (struct crosswalk){ 0 };
	if (!data)
		return true;
	if (data->n_row > CHANGES_MAX)
		return diag_error(d, data->row[CHANGES_MAX].at, "limit", "a crosswalk has at most %d rows", CHANGES_MAX);
	f = (struct crosswalk_fields){ find_field(data->dataset, "from"), find_field(data->dataset, "to"),
		find_field(data->dataset, "since"), find_field(data->dataset, "weight") };
	change = ARENA_ARRAY(a, data->n_row, struct change);
	for (size_t i = 0; i < data->n_row; i++)
		ok = read_change(data, &f, &data->row[i], a, &change[i], d) && ok;
	*c = (struct crosswalk){ change, data->n_row };
	return ok && check_weights(c, a, d);
}

/* ---- going back ---- */

/* An area at some moment, and how much of it counts. */
struct step {
	const char *area;
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

/* The latest change to or from the area before `until`; NULL if there is none. */
static const struct change *latest(const struct tracing *t, const char *name, int64_t until)
{
	const struct change *best = NULL;

	for (size_t i = 0; i < t->crosswalk->n_change; i++) {
		const struct change *c = &t->crosswalk->change[i];
		int64_t when = date_unix(c->since);

		if (when <= t->after || when > until || (strcmp(c->from, name) != 0 && strcmp(c->to, name) != 0))
			continue;
		if (!best || when > date_unix(best->since))
			best = c;
	}
	return best;
}

/* The same area at the same moment is one step, whichever ways lead to it: so they do not multiply. */
static bool add_step(struct tracing *t, const char *area, const struct figure *weight, int64_t until, bool may_be_new)
{
	const struct change *last = latest(t, area, until);

	for (size_t i = 0; i < t->n_step; i++) {
		struct step *s = &t->step[i];

		if (strcmp(s->area, area) != 0 || s->last != last)
			continue;
		s->may_be_new = s->may_be_new && may_be_new;
		figure_add_places(&s->weight, weight, t->a);
		return ratio_add(s->weight.x, weight->x, (struct origin){ 0 }, &s->weight.x, t->d);
	}
	*ARENA_PUSH(t->a, t->step, t->n_step, &t->cap) = (struct step){ area, *weight, until, last, may_be_new };
	return true;
}

/* Whether a change of that day says where the area itself went. */
static bool is_told(const struct tracing *t, const char *name, struct date since)
{
	for (size_t i = 0; i < t->crosswalk->n_change; i++)
		if (!strcmp(t->crosswalk->change[i].from, name) && date_unix(t->crosswalk->change[i].since) == date_unix(since))
			return true;
	return false;
}

/* What the area was before its last change. */
static bool go_back(struct tracing *t, struct step from)
{
	int64_t when = date_unix(from.last->since);

	for (size_t i = 0; i < t->crosswalk->n_change; i++) {
		const struct change *c = &t->crosswalk->change[i];
		struct figure part = from.weight;

		if (strcmp(c->to, from.area) != 0 || date_unix(c->since) != when || !c->weight.x.num)
			continue;
		figure_add_places(&part, &c->weight, t->a);
		if (!ratio_mul(from.weight.x, c->weight.x, c->at, &part.x, t->d)
			|| !add_step(t, c->from, &part, when - 1, false))
			return false;
	}
	return is_told(t, from.area, from.last->since) || add_step(t, from.area, &from.weight, when - 1, true);
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

bool crosswalk_trace(const struct crosswalk *c, const char *folded, const char *code, int after, struct date before,
	struct arena *a, struct predecessors *found, struct diags *d)
{
	struct tracing t = { .crosswalk = c, .after = date_unix((struct date){ after, 12, 31 }), .a = a, .d = d };
	struct figure whole = figure_of(ratio_whole(1));
	int64_t until = date_unix(before) - 1;
	const char *name = code && latest(&t, code, until) ? code : folded;

	*found = (struct predecessors){ 0 };
	if (!add_step(&t, name, &whole, until, false) || !trace(&t))
		return false;
	for (size_t i = 0; i < t.n_step; i++)
		*ARENA_PUSH(a, found->area, found->n_area, &found->cap)
			= (struct predecessor){ t.step[i].area, t.step[i].weight, t.step[i].until != until, t.step[i].may_be_new };
	return true;
}
