/* The table of conditions that are counted together: each combination of classes is evaluated once. */
#include "model/registergrouping.h"

#include <string.h>

/* What the members come to for one index of the table; false: no such classes are there. */
static bool outcomes(struct grouping *g, const struct bundle *b, size_t index, size_t *value, unsigned char *outcome)
{
	const struct reg *r = g->reg;

	for (size_t i = 0; i < b->n_name; i++) {
		const struct reg_field *f = &r->field[b->name[i]];
		size_t c = index & (((size_t)1 << f->n_bit) - 1);

		index >>= f->n_bit;
		if (c >= f->n_class)
			return false;
		value[b->name[i]] = f->sample[c];
	}
	for (size_t i = 0; i < b->n_member; i++) {
		enum outcome o;

		if (b->lane)
			value[b->lane_of[i]] = r->field[b->lane_of[i]].sample[1];
		if (!reg_eval(r, b->member[i], value, &o, g->diags))
			return false;
		if (b->member[i]->counts == OUTCOME_MISSING)
			o = o == OUTCOME_MISSING ? OUTCOME_TRUE : OUTCOME_FALSE;
		else if (b->kind == TALLY_SUM || b->kind == TALLY_DISTINCT) /* told by a counter beside it */
			o = o == OUTCOME_TRUE ? OUTCOME_TRUE : OUTCOME_FALSE;
		outcome[i] = (unsigned char)o;
	}
	return true;
}

/* Checks that fail. What cannot be told fails none. */
static uint16_t failing(const struct bundle *b, const unsigned char *outcome)
{
	unsigned fails = 0;

	for (size_t i = 0; i < b->n_member; i++)
		if (!b->member[i]->rule && outcome[i] == OUTCOME_FALSE)
			fails |= 1u << b->member[i]->field;
	return (uint16_t)fails;
}

/* Outcomes of rules, those of checks taken out; false: none counts. */
static bool keep_rules(const struct bundle *b, unsigned char *outcome)
{
	bool any = false;

	for (size_t i = 0; i < b->n_member; i++) {
		if (!b->member[i]->rule)
			outcome[i] = 0;
		any = any || outcome[i];
	}
	return any;
}

/* Where counters of a kind are numbered. */
static size_t *numbers_of(struct reg *r, const struct bundle *b)
{
	if (b->kind == TALLY_DISTINCT)
		return &r->n_distinct_cell[b->which];
	return b->kind == TALLY_SUM ? &r->plan.n_sum : &r->plan.n_counter;
}

static void add_cells(struct grouping *g, const struct bundle *b, const unsigned char *outcome, size_t cell)
{
	struct arena *a = g->reg->arena;

	for (size_t i = 0; i < b->n_member; i++) {
		struct reg_expr *e = b->member[i];
		size_t at = cell;

		for (size_t k = 0; b->lane && k < b->n_lane; k++)
			at += b->lane[k] < b->lane_of[i];
		if (outcome[i] == OUTCOME_TRUE)
			*ARENA_PUSH(a, e->cell, e->n_cell, &e->cap_cell) = at;
		else if (outcome[i] == OUTCOME_MISSING)
			*ARENA_PUSH(a, e->missing, e->n_missing, &e->cap_missing) = at;
	}
}

bool reg_make_table(struct grouping *g, const struct bundle *b, struct tally_group *group, unsigned n_bit)
{
	struct reg *r = g->reg;
	size_t n = (size_t)1 << n_bit;
	uint16_t *cell = ARENA_ARRAY(r->arena, n, uint16_t);
	uint16_t *fails = ARENA_ARRAY(r->arena, n, uint16_t);
	size_t *value = ARENA_ARRAY(&g->tmp, r->dataset->n_field, size_t);
	unsigned char *known = NULL; /* [n_known][n_member] */
	unsigned char *now = ARENA_ARRAY(&g->tmp, b->n_member, unsigned char);
	size_t first[TALLY_COUNTERS_MAX];
	size_t n_known = 0;
	size_t *number = numbers_of(r, b);

	known = ARENA_ARRAY(&g->tmp, (n < TALLY_COUNTERS_MAX ? n : TALLY_COUNTERS_MAX) * b->n_member, unsigned char);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		cell[i] = TALLY_NO_CELL;
		if (!outcomes(g, b, i, value, now))
			continue;
		fails[i] = failing(b, now);
		if (keep_rules(b, now)) {
			while (k < n_known && memcmp(known + k * b->n_member, now, b->n_member) != 0)
				k++;
			if (k == n_known) {
				if (*number + b->n_lane + 1 > TALLY_COUNTERS_MAX || n_known == TALLY_COUNTERS_MAX)
					return diag_error(g->diags, r->areas->at, "limit", "more than %d counters are needed for each area; count less",
						TALLY_COUNTERS_MAX);
				memcpy(known + n_known++ * b->n_member, now, b->n_member);
				first[k] = *number;
				*number += b->lane ? b->n_lane : 1;
				add_cells(g, b, now, first[k]);
			}
			cell[i] = (uint16_t)first[k];
		}
		cell[i] |= fails[i] ? TALLY_FAILS : 0;
		group->fails = fails[i] ? fails : group->fails;
	}
	group->cell = cell;
	return true;
}
