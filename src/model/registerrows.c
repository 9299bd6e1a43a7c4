/* Areas of what was counted: the keys of a register joined with the areas of the job, rolled up, and rows of figures made of them. */
#include "model/registerrolling.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { ROOT = 0 };

/* ---- keys as rows ---- */

/* Of the area whose register it is. */
static size_t n_key_of(const struct reg *reg)
{
	return reg->part ? reg->n_part : reg->tally.n_key;
}

static size_t key_at(const struct reg *reg, size_t i)
{
	return reg->part ? reg->part[i] : i;
}

const char *reg_key_part(const struct tally_key *k, size_t n, struct arena *a)
{
	const char *s = k->text;
	const char *end = s + k->n_text;
	const char *stop = memchr(s, TALLY_KEY_STOP, k->n_text);

	for (; n && stop; n--) {
		s = stop + 1;
		stop = memchr(s, TALLY_KEY_STOP, (size_t)(end - s));
	}
	stop = stop ? stop : end;
	return n || stop == s ? NULL : utf8_nfc(s, (size_t)(stop - s), a);
}

static void key_row(struct rolling *r, size_t key, struct data_row *row)
{
	const struct reg *reg = r->reg;
	struct datum *datum = ARENA_ARRAY(reg->arena, reg->dataset->n_field, struct datum);
	size_t n = 0;

	for (size_t i = 0; i < reg->dataset->n_field; i++)
		datum[i].figure = figure_missing();
	for (size_t i = 0; i < reg->plan.n_column; i++) {
		const char *text;

		if (!reg->column[i].is_key)
			continue;
		text = reg_key_part(&reg->tally.key[key], n++, reg->arena);
		datum[reg->field_of[i]].text = text;
		datum[reg->field_of[i]].figure.state = text ? FIGURE_OK : FIGURE_MISSING;
	}
	*row = (struct data_row){ .key = "", .label = "", .datum = datum, .at = { .file = reg->source->shown } };
}

static void make_keys(struct rolling *r)
{
	const struct reg *reg = r->reg;
	struct data_row *row = ARENA_ARRAY(reg->arena, n_key_of(reg), struct data_row);
	bool *present = ARENA_ARRAY(reg->arena, reg->dataset->n_field, bool);

	for (size_t i = 0; i < n_key_of(reg); i++)
		key_row(r, key_at(reg, i), &row[i]);
	for (size_t i = 0; i < reg->plan.n_column; i++)
		present[reg->field_of[i]] = reg->column[i].is_key;
	r->keys = (struct data){ .source = reg->source, .dataset = reg->dataset, .row = row, .n_row = n_key_of(reg), .present = present };
}

/* ---- areas ---- */

static unsigned depth_of(const struct area *area)
{
	unsigned depth = 0;

	for (; area->parent; area = area->parent)
		depth++;
	return depth;
}

/* The area at the level that is wanted, or NULL. */
static const struct area *rolled_up(const struct rolling *r, const struct area *area)
{
	unsigned depth = area ? depth_of(area) : 0;

	for (; area && depth > r->reg->source->level; depth--)
		area = area->parent;
	return area && depth == r->reg->source->level ? area : NULL;
}

static size_t add_sum(struct rolling *r, const struct area *area)
{
	struct area_sum *s = ARENA_PUSH(r->reg->arena, r->sum, r->n_sum, &r->cap_sum);

	*s = (struct area_sum){ .area = area };
	s->count = ARENA_ARRAY(r->reg->arena, r->reg->n_expr, int64_t);
	s->is_missing = ARENA_ARRAY(r->reg->arena, r->reg->areas->n_field, bool);
	return r->n_sum - 1;
}

static int64_t key_count(const struct reg *reg, const struct reg_expr *e, const size_t *cell, size_t n_cell, size_t key)
{
	int64_t n = 0;

	for (size_t i = 0; i < n_cell; i++)
		n += e->kind == TALLY_SUM ? tally_sums(&reg->tally, key)[cell[i]] : (int64_t)tally_counters(&reg->tally, key)[cell[i]];
	return n;
}

int64_t register_count(const struct reg *reg, size_t field, size_t key)
{
	int64_t n = 0;

	for (size_t i = 0; i < reg->n_expr; i++)
		if (reg->expr[i].rule && reg->expr[i].field == field && reg->expr[i].counts == OUTCOME_TRUE)
			n += key_count(reg, &reg->expr[i], reg->expr[i].cell, reg->expr[i].n_cell, key);
	return n;
}

static void add_key(struct rolling *r, struct area_sum *s, size_t key)
{
	const struct reg *reg = r->reg;

	s->n_row += tally_counters(&reg->tally, key)[0];
	for (size_t i = 0; i < reg->n_expr; i++) {
		const struct reg_expr *e = &reg->expr[i];
		int64_t n;

		if (!e->rule || e->kind == TALLY_DISTINCT)
			continue;
		n = key_count(reg, e, e->cell, e->n_cell, key);
		s->count[i] += n;
		if ((e->counts == OUTCOME_MISSING && n) || key_count(reg, e, e->missing, e->n_missing, key))
			s->is_missing[e->field] = true;
	}
}

/* ---- rows ---- */

/* Where a figure comes from: the columns that its condition names, else the one that tells areas; and how many rows were looked at. */
static void set_places(const struct rolling *r, const struct reg_expr *e, size_t i_sum, struct figure *f)
{
	const struct reg *reg = r->reg;
	struct origin *at = ARENA_ARRAY(reg->arena, e->n_name + 1, struct origin);
	size_t n = 0;

	for (size_t i = 0; i < reg->dataset->n_field; i++) {
		bool is_of = e->rule->of && !strcmp(reg->dataset->field[i].id, e->rule->of);
		bool named = is_of;

		for (size_t k = 0; k < e->n_name; k++)
			named = named || e->name[k] == i;
		if (!e->n_name && !e->rule->of)
			named = reg->field[i].is_key && !n;
		if (named)
			at[n++] = origin_counted(reg->source->shown, reg->header[i] ? reg->header[i] : reg->dataset->field[i].id, r->sum[i_sum].n_row,
				(unsigned)i_sum);
	}
	f->from = at;
	f->n_from = (unsigned)n;
	figure_sort_places(f, at);
}

static void fill_row(const struct rolling *r, size_t i_sum, struct datum *datum)
{
	const struct reg *reg = r->reg;
	const struct area_sum *s = &r->sum[i_sum];
	struct area_fields f = area_fields_of(reg->areas);

	for (size_t i = 0; i < reg->areas->n_field; i++)
		datum[i].figure = figure_missing();
	for (size_t i = 0; i < reg->n_expr; i++) {
		const struct reg_expr *e = &reg->expr[i];
		struct datum *x = &datum[e->field];

		if (!e->rule || e->counts == OUTCOME_MISSING)
			continue;
		if (!s->is_missing[e->field])
			x->figure = figure_of(ratio_whole(s->count[i]));
		set_places(r, e, i_sum, &x->figure);
	}
	if (f.area < reg->areas->n_field) {
		datum[f.area].text = s->area->name;
		datum[f.area].figure.state = FIGURE_OK;
	}
	if (f.parent < reg->areas->n_field && s->area->parent && s->area->parent->parent)
		datum[f.parent].text = s->area->parent->name;
	if (f.code < reg->areas->n_field)
		datum[f.code].text = s->area->code;
}

static void make_rows(struct rolling *r)
{
	struct arena *a = r->reg->arena;
	struct data_row *row = ARENA_ARRAY(a, r->n_sum, struct data_row);

	for (size_t i = 0; i < r->n_sum; i++) {
		struct datum *datum = ARENA_ARRAY(a, r->reg->areas->n_field, struct datum);

		fill_row(r, i, datum);
		row[i] = (struct data_row){
			.key = r->sum[i].area->folded,
			.label = r->sum[i].area->name,
			.area = r->sum[i].area,
			.datum = datum,
			.at = { .file = r->reg->source->shown },
		};
	}
	r->data->row = row;
	r->data->n_row = r->n_sum;
}

/* ---- the whole ---- */

/* The sum of an area. */
static size_t sum_of(struct rolling *r, const struct area *area)
{
	size_t *sum = &r->sum_at[area->number];

	if (!*sum)
		*sum = add_sum(r, area) + 1;
	return *sum - 1;
}

static void add_lost(const struct rolling *r, struct reg_lost *lost, size_t key)
{
	lost->key[lost->n++] = key;
	lost->n_row += tally_counters(&r->reg->tally, key)[0];
}

static bool has_near_code(const struct rolling *r, size_t i)
{
	size_t code = area_fields_of(r->reg->dataset).code;
	const char *text = code < r->reg->dataset->n_field ? r->keys.row[i].datum[code].text : NULL;

	return text && joining_has_near_code(r->joining, text);
}

/* Of a key that is of no area. */
static void lose(struct rolling *r, size_t i, size_t key)
{
	bool is_near = !r->keys.row[i].area && has_near_code(r, i);

	add_lost(r, r->how[i] == JOINED_UNCLEAR ? &r->unclear : is_near ? &r->near : &r->unknown, key);
}

/* Each key's area, rolled up; keys of one area are added. */
static void roll_up(struct rolling *r)
{
	const struct reg *reg = r->reg;

	for (size_t i = 0; i < r->keys.n_row; i++) {
		const struct area *area = rolled_up(r, r->keys.row[i].area);
		size_t key = key_at(reg, i);

		r->sum_of[i] = SIZE_MAX;
		if (!tally_counters(&reg->tally, key)[0]) /* all its rows were taken back */
			continue;
		if (!area) {
			lose(r, i, key);
			continue;
		}
		if (reg->options.alone && has_near_code(r, i))
			add_lost(r, &r->near, key);
		if (r->how[i] == JOINED_BARE)
			add_lost(r, &r->bare, key);
		r->sum_of[i] = sum_of(r, area);
		add_key(r, &r->sum[r->sum_of[i]], key);
	}
}

/* Areas at the level that is wanted which no row is of. */
static void find_empty(const struct rolling *r, struct diags *d)
{
	const struct joining *b = r->joining;
	const struct area **empty = memory_new(b->n_area, sizeof *empty);
	size_t n = 0;

	for (size_t i = ROOT + 1; i < b->n_area; i++)
		if (!r->sum_at[i] && depth_of(b->area[i]) == r->reg->source->level)
			empty[n++] = b->area[i];
	if (n)
		reg_find_empty(r->reg, empty, n, d);
	free(empty);
}

/* Whether a figure is missing in some area. */
static bool has_missing(const struct rolling *r)
{
	for (size_t i = 0; i < r->n_sum; i++)
		for (size_t k = 0; k < r->reg->areas->n_field; k++)
			if (r->sum[i].is_missing[k])
				return true;
	return false;
}

static bool find_lost(const struct rolling *r, struct diags *d)
{
	bool ok = !r->near.n || reg_find_near(r->reg, &r->near, d);

	if (!r->reg->part && r->reg->tally.fault[TALLY_MISSED].n && has_missing(r))
		ok = reg_find_missed(r->reg, d) && ok;
	ok = (!r->bare.n || reg_find_bare(r->reg, &r->bare, d)) && ok;
	ok = (!r->unclear.n || reg_find_unclear(r->reg, &r->unclear, d)) && ok;
	return (!r->unknown.n || reg_find_areas(r->reg, &r->unknown, d)) && ok;
}

/* Rows that repeat others; of a part they were found before it was one. */
static bool settle_repeats(struct rolling *r, struct diags *d)
{
	bool *known = memory_new(r->keys.n_row + 1, sizeof *known);
	bool ok;

	for (size_t i = 0; i < r->keys.n_row; i++)
		known[i] = rolled_up(r, r->keys.row[i].area);
	ok = r->reg->part || register_repeats(r->reg, known, d);
	free(known);
	return ok;
}

static bool join(struct rolling *r, size_t i_source, struct diags *d)
{
	struct reg_lost *const lost[] = { &r->unknown, &r->near, &r->unclear, &r->bare };
	struct joining *b = r->joining;
	bool ok;

	make_keys(r);
	r->how = memory_new(r->keys.n_row + 1, sizeof *r->how);
	ok = joining_keys(b, &r->keys, i_source, r->how);
	ok = settle_repeats(r, d) && ok;
	r->sum_at = memory_new(b->n_area, sizeof *r->sum_at);
	r->sum_of = memory_new(r->keys.n_row + 1, sizeof *r->sum_of);
	for (size_t i = 0; i < sizeof lost / sizeof *lost; i++)
		lost[i]->key = memory_new(r->keys.n_row + 1, sizeof *lost[i]->key);
	roll_up(r);
	ok = reg_count_distinct(r, d) && ok;
	make_rows(r);
	joining_see(r->data, i_source);
	ok = find_lost(r, d) && ok;
	if (ok && !r->n_sum)
		return diag_error(d, reg_place(r->reg, 0, 0), "no-rows", "no row of this register is counted for any area");
	if (ok)
		find_empty(r, d);
	return ok;
}

bool register_join(struct joining *b, struct data *data, size_t i_source)
{
	struct rolling r = { .reg = data->counted, .joining = b, .data = data };
	bool ok = join(&r, i_source, b->diags);

	free(r.sum_at);
	free(r.sum_of);
	free(r.how);
	free(r.unknown.key);
	free(r.near.key);
	free(r.unclear.key);
	free(r.bare.key);
	return ok;
}

void reg_fill(struct reg *r, struct data *data)
{
	bool *present = ARENA_ARRAY(r->arena, r->areas->n_field, bool);
	struct area_fields f = area_fields_of(r->areas);

	for (size_t i = 0; i < r->n_expr; i++)
		if (r->expr[i].rule)
			present[r->expr[i].field] = true;
	if (f.area < r->areas->n_field)
		present[f.area] = true;
	*data = (struct data){ .source = r->source, .dataset = r->areas, .present = present, .counted = r };
}

bool register_finish(struct reg *r, const struct register_again *again, struct data *data, struct diags *d)
{
	r->again = *again;
	reg_fill(r, data);
	return reg_fits(r, d) && reg_find(r, d);
}
