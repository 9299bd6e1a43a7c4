/* Which counters a row goes to: what no condition tells apart is one class, the classes of a row stand side by side as bits, and
 * conditions over the same columns share one table. Flags of which each is counted by itself under the same other columns are lanes. */
#include "model/registergrouping.h"

#include <stdlib.h>
#include <string.h>

/* ---- classes ---- */

/* Values below each other in a truth table. */
static size_t stride_of(const struct reg *r, const struct reg_expr *e, size_t name)
{
	size_t below = 1;

	for (size_t i = name + 1; i < e->n_name; i++)
		below *= r->field[e->name[i]].n_value;
	return below;
}

/* Whether the condition comes to the same for two values of a column, whatever else stands there. */
static bool same_in(const struct reg *r, const struct reg_expr *e, size_t name, size_t a, size_t b)
{
	size_t below = stride_of(r, e, name);
	size_t n_value = r->field[e->name[name]].n_value;

	for (size_t high = 0; high < e->n_truth; high += below * n_value)
		if (memcmp(e->truth + high + a * below, e->truth + high + b * below, below) != 0)
			return false;
	return true;
}

static bool are_same(const struct reg *r, size_t field, size_t a, size_t b)
{
	for (size_t i = 0; i < r->n_expr; i++)
		for (size_t k = 0; k < r->expr[i].n_name; k++)
			if (r->expr[i].name[k] == field && !same_in(r, &r->expr[i], k, a, b))
				return false;
	return true;
}

static void classify(struct reg *r, size_t field)
{
	struct reg_field *f = &r->field[field];

	f->class_of = ARENA_ARRAY(r->arena, f->n_value, unsigned);
	f->sample = ARENA_ARRAY(r->arena, f->n_value, size_t);
	for (size_t value = 0; value < f->n_value; value++) {
		size_t c = 0;

		while (c < f->n_class && !are_same(r, field, f->sample[c], value))
			c++;
		if (c == f->n_class)
			f->sample[f->n_class++] = value;
		f->class_of[value] = (unsigned)c;
	}
	while (f->n_class > (size_t)1 << f->n_bit)
		f->n_bit++;
}

/* ---- bundles ---- */

static bool has_name(const size_t *name, size_t n, size_t wanted)
{
	for (size_t i = 0; i < n; i++)
		if (name[i] == wanted)
			return true;
	return false;
}

static struct bundle *new_bundle(struct grouping *g, const struct reg_expr *e)
{
	struct bundle *b = ARENA_PUSH(&g->tmp, g->bundle, g->n, &g->cap);

	*b = (struct bundle){ .kind = e->kind, .which = e->which, .n_name = e->n_name };
	memcpy(b->name, e->name, sizeof b->name);
	return b;
}

static void add_member(struct grouping *g, struct bundle *b, struct reg_expr *e)
{
	*ARENA_PUSH(&g->tmp, b->member, b->n_member, &b->cap_member) = e;
	e->is_grouped = true;
}

static bool covers(const struct bundle *b, const struct reg_expr *e)
{
	for (size_t i = 0; i < e->n_name; i++)
		if (!has_name(b->name, b->n_name, e->name[i]))
			return false;
	return b->kind == e->kind && b->which == e->which && !b->lane;
}

/* Those with most columns first: the others find all theirs among them. */
static void bundle_rest(struct grouping *g)
{
	for (size_t n_name = REG_NAMES_MAX + 1; n_name-- > 0;)
		for (size_t i = 0; i < g->reg->n_expr; i++) {
			struct reg_expr *e = &g->reg->expr[i];
			size_t k = 0;

			if (e->is_grouped || e->n_name != n_name)
				continue;
			while (k < g->n && !covers(&g->bundle[k], e))
				k++;
			add_member(g, k < g->n ? &g->bundle[k] : new_bundle(g, e), e);
		}
}

/* ---- lanes ---- */

/* Whether a condition holds only where that flag, one of its columns, is set. */
static bool is_lane(const struct reg *r, const struct reg_expr *e, size_t name)
{
	const struct reg_field *f = &r->field[e->name[name]];
	size_t below = stride_of(r, e, name);

	if (!e->rule || e->kind != TALLY_COUNT || e->may_miss || f->n_class != 2)
		return false;
	for (size_t i = 0; i < e->n_truth; i++)
		if (e->truth[i] == OUTCOME_TRUE && !f->class_of[i / below % f->n_value])
			return false;
	return true;
}

/* Whether two conditions have the same columns but for one lane each. */
static bool same_base(const struct reg_expr *a, size_t lane_a, const struct reg_expr *b, size_t lane_b)
{
	if (a->n_name != b->n_name)
		return false;
	for (size_t i = 0, k = 0; i < a->n_name; i++, k++) {
		i += i == lane_a;
		k += k == lane_b;
		if (i < a->n_name && k < b->n_name && a->name[i] != b->name[k])
			return false;
		if ((i < a->n_name) != (k < b->n_name))
			return false;
	}
	return true;
}

/* Different flags that could be lanes beside this one; lane_of [n_expr] which column of each, or SIZE_MAX. */
static size_t count_lanes(const struct reg *r, const struct reg_expr *e, size_t lane, size_t *lane_of)
{
	size_t *seen = memory_new(r->n_expr, sizeof *seen);
	size_t n = 0;

	for (size_t i = 0; i < r->n_expr; i++) {
		const struct reg_expr *other = &r->expr[i];

		lane_of[i] = SIZE_MAX;
		for (size_t k = 0; !other->is_grouped && k < other->n_name; k++)
			if (lane_of[i] == SIZE_MAX && same_base(e, lane, other, k) && is_lane(r, other, k))
				lane_of[i] = k;
		if (lane_of[i] != SIZE_MAX && !has_name(seen, n, other->name[lane_of[i]]))
			seen[n++] = other->name[lane_of[i]];
	}
	free(seen);
	return n;
}

/* Bits for the flags of the lanes, side by side; false if they have theirs elsewhere. */
static bool place_lanes(struct reg *r, const struct bundle *b)
{
	bool placed = false;

	for (size_t i = 0; i < b->n_lane; i++)
		placed = placed || r->field[b->lane[i]].is_placed;
	for (size_t i = 0; i < b->n_lane; i++) {
		struct reg_field *f = &r->field[b->lane[i]];

		if (placed && (!f->is_placed || f->shift != r->field[b->lane[0]].shift + i))
			return false;
	}
	for (size_t i = 0; !placed && i < b->n_lane; i++) {
		r->field[b->lane[i]].shift = r->n_bit++;
		r->field[b->lane[i]].is_placed = true;
	}
	return true;
}

static void put_lane(struct bundle *b, size_t field)
{
	size_t i = b->n_lane;

	if (has_name(b->lane, b->n_lane, field))
		return;
	for (; i && b->lane[i - 1] > field; i--)
		b->lane[i] = b->lane[i - 1];
	b->lane[i] = field;
	b->n_lane++;
}

static void bundle_lanes(struct grouping *g, struct reg_expr *e, size_t lane, const size_t *lane_of)
{
	struct reg *r = g->reg;
	struct bundle b = { .kind = TALLY_LANES, .which = -1 };

	for (size_t i = 0; i < e->n_name; i++)
		if (i != lane)
			b.name[b.n_name++] = e->name[i];
	b.lane = ARENA_ARRAY(&g->tmp, r->n_expr, size_t);
	b.lane_of = ARENA_ARRAY(&g->tmp, r->n_expr, size_t);
	for (size_t i = 0; i < r->n_expr; i++)
		if (lane_of[i] != SIZE_MAX)
			put_lane(&b, r->expr[i].name[lane_of[i]]);
	if (r->n_bit + b.n_lane > TALLY_BITS_MAX || !place_lanes(r, &b))
		return;
	for (size_t i = 0; i < r->n_expr; i++)
		if (lane_of[i] != SIZE_MAX) {
			b.lane_of[b.n_member] = r->expr[i].name[lane_of[i]];
			add_member(g, &b, &r->expr[i]);
		}
	*ARENA_PUSH(&g->tmp, g->bundle, g->n, &g->cap) = b;
}

static void find_lanes(struct grouping *g)
{
	struct reg *r = g->reg;
	size_t *lane_of = memory_new(r->n_expr, sizeof *lane_of);

	for (size_t i = 0; i < r->n_expr; i++) {
		struct reg_expr *e = &r->expr[i];
		size_t best = 0;
		size_t best_n = 0;

		for (size_t k = 0; !e->is_grouped && k < e->n_name; k++) {
			size_t n = is_lane(r, e, k) ? count_lanes(r, e, k, lane_of) : 0;

			best = n > best_n ? k : best;
			best_n = n > best_n ? n : best_n;
		}
		if (best_n >= REG_LANES_LEAST) {
			count_lanes(r, e, best, lane_of);
			bundle_lanes(g, e, best, lane_of);
		}
	}
	free(lane_of);
}

/* ---- tables ---- */

static bool place_rest(struct reg *r, struct diags *d)
{
	for (size_t i = 0; i < r->dataset->n_field; i++) {
		struct reg_field *f = &r->field[i];

		if (!f->is_named || f->is_placed)
			continue;
		f->is_placed = true;
		f->shift = r->n_bit;
		r->n_bit += f->n_bit;
	}
	return r->n_bit <= TALLY_BITS_MAX
		|| diag_error(d, r->areas->at, "limit", "the conditions over '%s' name too many columns and words: %u bits, but a row has %d",
			r->dataset->id, r->n_bit, TALLY_BITS_MAX);
}

static bool make_parts(struct grouping *g, const struct bundle *b, struct tally_group *group, unsigned *n_bit)
{
	struct tally_part *part = ARENA_ARRAY(g->reg->arena, b->n_name, struct tally_part);

	*n_bit = 0;
	for (size_t i = 0; i < b->n_name; i++) {
		const struct reg_field *f = &g->reg->field[b->name[i]];
		struct tally_part *before = group->n_part ? &part[group->n_part - 1] : NULL;

		if (before && before->shift + before->n_bit == f->shift)
			before->n_bit += f->n_bit; /* side by side in the word, too */
		else
			part[group->n_part++] = (struct tally_part){ f->shift, f->n_bit, *n_bit };
		*n_bit += f->n_bit;
	}
	group->part = part;
	return *n_bit <= TALLY_INDEX_BITS_MAX
		|| diag_error(g->diags, b->member[0]->rule ? b->member[0]->rule->node->at : g->reg->dataset->at, "limit",
			"the columns of one condition have together more words than %d bits hold; name fewer", TALLY_INDEX_BITS_MAX);
}

static bool make_group(struct grouping *g, const struct bundle *b, struct tally_group *group)
{
	unsigned n_bit;

	*group = (struct tally_group){ .kind = b->kind, .which = b->which };
	if (b->lane) {
		group->n_lane = (unsigned)b->n_lane;
		group->lane_shift = g->reg->field[b->lane[0]].shift;
	}
	return make_parts(g, b, group, &n_bit) && reg_make_table(g, b, group, n_bit);
}

bool reg_group(struct reg *r, struct diags *d)
{
	struct grouping g = { .reg = r, .diags = d };
	bool ok;

	for (size_t i = 0; i < r->dataset->n_field; i++)
		if (r->field[i].is_named)
			classify(r, i);
	find_lanes(&g);
	bundle_rest(&g);
	ok = place_rest(r, d);
	if (g.n > TALLY_GROUPS_MAX)
		ok = diag_error(d, r->areas->at, "limit", "the conditions over '%s' name more than %d different sets of columns", r->dataset->id,
			TALLY_GROUPS_MAX);
	r->group = ARENA_ARRAY(r->arena, g.n, struct tally_group);
	for (size_t i = 0; ok && i < g.n; i++)
		ok = make_group(&g, &g.bundle[i], &r->group[i]);
	r->plan.group = r->group;
	r->plan.n_group = g.n;
	arena_clear(&g.tmp);
	return ok;
}
