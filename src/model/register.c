#include "model/registering.h"

#include <stdlib.h>
#include <string.h>

/* What names mean while a condition is evaluated. */
struct trial {
	const struct reg *reg;
	const size_t *value; /* [n_field] */
};

/* ---- fields ---- */

static void init_field(const struct field *f, struct reg_field *r)
{
	*r = (struct reg_field){ .number = -1, .distinct = -1 };
	if (f->type == FIELD_WORD)
		r->n_value = f->n_value;
	else if (f->type == FIELD_FLAG)
		r->n_value = 2;
	else if (f->type == FIELD_COUNT && f->most)
		r->n_value = f->most + 1;
	r->may_miss = r->n_value && !f->needed && !f->blank;
	r->n_value += r->may_miss;
}

static enum expr_type type_of(const struct field *f)
{
	return f->type == FIELD_WORD ? EXPR_TEXT : f->type == FIELD_FLAG ? EXPR_TRUTH : EXPR_NUMBER;
}

/* The fields that conditions may name. */
static struct symbols symbols_of(const struct reg *r, struct arena *a)
{
	struct symbol *symbol = ARENA_ARRAY(a, r->dataset->n_field, struct symbol);
	size_t n = 0;

	for (size_t i = 0; i < r->dataset->n_field; i++) {
		const struct field *f = &r->dataset->field[i];

		if (r->field[i].n_value)
			symbol[n++] = (struct symbol){ .name = f->id, .type = type_of(f), .unit = f->unit, .views = 1 << VIEW_ROW, .index = i };
	}
	return (struct symbols){ .symbol = symbol, .n_symbol = n };
}

/* ---- one condition ---- */

static bool look_up(void *ctx, const struct symbol *s, enum expr_view view, size_t row, struct value *v, struct diags *d)
{
	const struct trial *t = ctx;
	const struct field *f = &t->reg->dataset->field[s->index];
	size_t value = t->value[s->index];

	(void)view;
	(void)row;
	(void)d;
	*v = (struct value){ .type = s->type, .figure = figure_missing() };
	if (t->reg->field[s->index].may_miss && value + 1 == t->reg->field[s->index].n_value)
		return true;
	v->figure = figure_of(ratio_whole(s->type == EXPR_NUMBER ? (int64_t)value : 0));
	if (s->type == EXPR_TEXT)
		v->text = f->value[value].id;
	v->truth = s->type == EXPR_TRUTH && value;
	return true;
}

bool reg_eval(const struct reg *r, const struct reg_expr *e, const size_t *value, enum outcome *outcome, struct diags *d)
{
	struct trial trial = { r, value };
	struct expr_env env = { .ctx = &trial, .lookup = look_up };
	struct arena tmp = { 0 };
	struct value v;
	bool ok = true;

	*outcome = OUTCOME_TRUE;
	if (e->expr) {
		ok = expr_eval(e->expr, &env, 0, &v, &tmp, d);
		*outcome = !ok || v.figure.state != FIGURE_OK ? OUTCOME_MISSING : v.truth ? OUTCOME_TRUE : OUTCOME_FALSE;
	}
	arena_clear(&tmp);
	return ok;
}

/* Notes a field that the condition names, in order. */
static void add_name(void *ctx, const struct symbol *s, enum expr_view view)
{
	struct reg_expr *e = ctx;
	size_t i = 0;

	(void)view;
	while (i < e->n_name && i < REG_NAMES_MAX && e->name[i] < s->index)
		i++;
	if (i < e->n_name && i < REG_NAMES_MAX && e->name[i] == s->index)
		return;
	for (size_t k = e->n_name < REG_NAMES_MAX ? e->n_name : REG_NAMES_MAX - 1; k > i; k--)
		e->name[k] = e->name[k - 1];
	if (i < REG_NAMES_MAX)
		e->name[i] = s->index;
	e->n_name++;
}

static bool check_size(const struct reg *r, struct reg_expr *e, struct origin at, struct diags *d)
{
	e->n_truth = 1;
	if (e->n_name > REG_NAMES_MAX)
		return diag_error(d, at, "limit", "a condition on rows names at most %d columns; this one names more", REG_NAMES_MAX);
	for (size_t i = 0; i < e->n_name; i++)
		e->n_truth *= r->field[e->name[i]].n_value;
	return e->n_truth <= REG_COMBINATIONS_MAX
		|| diag_error(d, at, "limit",
			"what can stand in the columns of this condition has more than %d combinations; name fewer columns, or give those that are "
			"counts a smaller max", REG_COMBINATIONS_MAX);
}

/* The n-th combination of what can stand in the columns of a condition. */
static void set_values(const struct reg *r, const struct reg_expr *e, size_t n, size_t *value)
{
	for (size_t i = e->n_name; i-- > 0;) {
		size_t n_value = r->field[e->name[i]].n_value;

		value[e->name[i]] = n % n_value;
		n /= n_value;
	}
}

/* Combinations that one value of a column is followed by. */
static size_t below_of(const struct reg *r, const struct reg_expr *e, size_t name)
{
	size_t below = 1;

	for (size_t i = name + 1; i < e->n_name; i++)
		below *= r->field[e->name[i]].n_value;
	return below;
}

/* Whether nothing stands in the column in the n-th combination. */
static bool is_missing_at(const struct reg *r, const struct reg_expr *e, size_t name, size_t n)
{
	const struct reg_field *f = &r->field[e->name[name]];

	return f->may_miss && n / below_of(r, e, name) % f->n_value + 1 == f->n_value;
}

/* Whether what stands in the column makes a difference anywhere. */
static bool depends_on(const struct reg *r, const struct reg_expr *e, size_t name)
{
	size_t below = below_of(r, e, name);

	for (size_t i = 0; i < e->n_truth; i++) {
		bool is_lost = is_missing_at(r, e, name, i) && e->truth[i] == OUTCOME_MISSING;

		if (i / below % r->field[e->name[name]].n_value && !is_lost && e->truth[i] != e->truth[i - below])
			return true;
	}
	return false;
}

/* Whether the condition cannot be told in some row that has nothing in the column. */
static bool is_missed(const struct reg *r, const struct reg_expr *e, size_t name)
{
	for (size_t i = 0; i < e->n_truth; i++)
		if (is_missing_at(r, e, name, i) && e->truth[i] == OUTCOME_MISSING)
			return true;
	return false;
}

/* A word that is misspelt is like no value, and nothing would ever be counted. */
static bool check_names(const struct reg *r, const struct reg_expr *e, struct origin at, struct arena *a, struct diags *d)
{
	for (size_t i = 0; i < e->n_name; i++) {
		const struct field *f = &r->dataset->field[e->name[i]];

		if (!depends_on(r, e, i))
			return diag_error(d, at, "count-rule",
				"whatever stands in '%s', this condition comes to the same; is a word misspelt? Its words are: %s", f->id,
				f->type == FIELD_WORD ? word_list(field_words(f, a), f->n_value, a) : "-");
	}
	return true;
}

static bool fill_truth(struct reg *r, struct reg_expr *e, struct diags *d)
{
	size_t *value = memory_new(r->dataset->n_field, sizeof *value);
	bool ok = true;

	e->truth = ARENA_ARRAY(r->arena, e->n_truth, unsigned char);
	for (size_t i = 0; ok && i < e->n_truth; i++) {
		enum outcome outcome;

		set_values(r, e, i, value);
		ok = reg_eval(r, e, value, &outcome, d);
		e->truth[i] = (unsigned char)outcome;
		e->may_miss = e->may_miss || outcome == OUTCOME_MISSING;
	}
	free(value);
	return ok;
}

/* Reads a condition; text NULL: none. */
static bool read_condition(struct reg *r, const struct node *node, const char *attribute, const char *text, struct reg_expr *e,
	struct diags *d)
{
	struct symbols symbols = symbols_of(r, r->arena);
	struct origin at = text ? node_place(node, attribute, 0) : node->at;

	if (text) {
		e->expr = expr_parse(text, strlen(text), (struct expr_place){ .node = node, .attribute = attribute }, &symbols, EXPR_TRUTH,
			r->arena, d);
		if (!e->expr)
			return false;
		expr_each_symbol(e->expr, add_name, e);
	}
	if (!check_size(r, e, at, d) || !fill_truth(r, e, d) || !check_names(r, e, at, r->arena, d))
		return false;
	for (size_t i = 0; i < e->n_name; i++) {
		struct reg_field *f = &r->field[e->name[i]];

		f->is_named = true;
		f->is_missed = f->is_missed || is_missed(r, e, i);
	}
	return true;
}

static void add_expr(struct reg *r, const struct reg_expr *e)
{
	*ARENA_PUSH(r->arena, r->expr, r->n_expr, &r->cap_expr) = *e;
}

/* ---- rules ---- */

/* The column that is summed, or whose different texts are counted. */
static bool read_of(struct reg *r, const struct count_rule *rule, const struct field *to, struct reg_expr *e, struct diags *d)
{
	const struct field *f = rule->of ? dataset_field(r->dataset, rule->of) : NULL;
	size_t i = f ? (size_t)(f - r->dataset->field) : 0;

	if (!rule->of)
		return true;
	if (!f)
		return diag_error(d, node_place(rule->node, "of", 0), "unknown-name", "the dataset '%s' has no field '%s'", r->dataset->id, rule->of);
	if (rule->kind == COUNT_DISTINCT) {
		if (r->field[i].distinct < 0)
			r->field[i].distinct = (int)r->plan.n_distinct++;
		e->which = r->field[i].distinct;
		return r->plan.n_distinct <= TALLY_DISTINCT_MAX
			|| diag_error(d, node_place(rule->node, "of", 0), "limit", "different texts are counted of at most %d columns", TALLY_DISTINCT_MAX);
	}
	if (!field_is_summed(f->type))
		return diag_error(d, node_place(rule->node, "of", 0), "type", "only counts, money and numbers are summed, not a field of type %s",
			field_type_name(f->type));
	if (strcmp(f->unit, to->unit) != 0)
		return diag_error(d, node_place(rule->node, "of", 0), "unit", "'%s' is in %s, but the sum is wanted in %s", f->id,
			*f->unit ? f->unit : "1", *to->unit ? to->unit : "1");
	if (r->field[i].number < 0)
		r->field[i].number = (int)r->plan.n_number++;
	e->which = r->field[i].number;
	return true;
}

static const enum tally_kind counted_as[] = { [COUNT_ROWS] = TALLY_COUNT, [COUNT_SUM] = TALLY_SUM, [COUNT_DISTINCT] = TALLY_DISTINCT };

static bool read_rule(struct reg *r, const struct count_rule *rule, size_t field, struct diags *d)
{
	struct reg_expr e = { .rule = rule, .field = field, .counts = OUTCOME_TRUE, .kind = counted_as[rule->kind], .which = -1 };
	bool ok = read_of(r, rule, &r->areas->field[field], &e, d);

	if (!read_condition(r, rule->node, "where", rule->where, &e, d) || !ok)
		return false;
	add_expr(r, &e);
	if (!e.may_miss || e.kind == TALLY_COUNT)
		return true;
	e.counts = OUTCOME_MISSING; /* a sum does not show in how many rows it is not known */
	e.kind = TALLY_COUNT;
	add_expr(r, &e);
	return true;
}

/* The rule of the field that is meant for this register; one at most. */
static bool read_field_rules(struct reg *r, size_t field, size_t *n_rule, struct diags *d)
{
	const struct field *f = &r->areas->field[field];
	const struct count_rule *found = NULL;
	bool ok = true;

	for (size_t i = 0; i < f->n_rule; i++) {
		if (strcmp(f->rule[i].from, r->dataset->id) != 0)
			continue;
		if (found)
			ok = diag_error(d, f->rule[i].node->at, "duplicate", "the field '%s' is counted over '%s' already", f->id, r->dataset->id);
		found = &f->rule[i];
	}
	if (found) {
		++*n_rule;
		return read_rule(r, found, field, d) && ok;
	}
	if (f->required && field_is_number(f->type))
		return diag_error(d, f->at, "count-rule",
			"the field '%s' must be there, but has no <count>, <sum> or <distinct> from=\"%s\"; add one, or make it required=\"no\"", f->id,
			r->dataset->id);
	return ok;
}

static bool read_rules(struct reg *r, struct diags *d)
{
	size_t n_rule = 0;
	bool ok = true;

	for (size_t i = 0; i < r->areas->n_field; i++)
		ok = read_field_rules(r, i, &n_rule, d) && ok;
	if (ok && !n_rule)
		return diag_error(d, r->source->at, "count-rule", "the dataset '%s' has no field that is counted over '%s'", r->areas->id,
			r->dataset->id);
	for (size_t i = 0; i < r->dataset->n_check; i++) {
		const struct row_check *check = &r->dataset->check[i];
		struct reg_expr e = { .field = i, .kind = TALLY_COUNT, .which = -1 };

		if (read_condition(r, check->node, "that", check->that, &e, d))
			add_expr(r, &e);
		else
			ok = false;
	}
	if (r->n_expr > REG_EXPRS_MAX)
		ok = diag_error(d, r->areas->at, "limit", "at most %d figures are counted over one register", REG_EXPRS_MAX);
	return ok;
}

/* ---- the whole ---- */

static void init(struct reg *r)
{
	size_t n = r->dataset->n_field;

	matcher_init(&r->matcher, r->dataset, r->source->period_year, r->arena);
	map_init(&r->names, r->arena);
	r->field = ARENA_ARRAY(r->arena, n, struct reg_field);
	r->column_of = ARENA_ARRAY(r->arena, n, unsigned);
	r->header = ARENA_ARRAY(r->arena, n, const char *);
	r->place_of = ARENA_ARRAY(r->arena, n, size_t);
	for (size_t i = 0; i < n; i++) {
		const struct field *f = &r->dataset->field[i];

		init_field(f, &r->field[i]);
		r->field[i].is_single = f->key && f->type == FIELD_TEXT && strcmp(f->id, "code") != 0;
	}
}

struct reg *register_open(const struct source *source, const struct dataset *areas, const struct dataset *rows, struct library *library,
	const struct register_options *options, struct arena *a, struct diags *d)
{
	struct reg *r = memory_new(1, sizeof *r);

	r->library = library;
	r->source = source;
	r->areas = areas;
	r->dataset = rows;
	r->options = *options;
	r->arena = a;
	r->plan.n_counter = 1;
	r->by = SIZE_MAX;
	if (source->by)
		reg_add_by(r);
	init(r);
	if (read_rules(r, d) && reg_group(r, d))
		return r;
	register_close(r);
	return NULL;
}

void register_close(struct reg *r)
{
	if (!r)
		return;
	for (size_t i = 0; r->texts && i < r->plan.n_distinct; i++)
		hashlog_close(r->texts[i]);
	if (r->has_tally)
		tally_clear(&r->tally);
	arena_clear(&r->pending_arena);
	free(r);
}

const struct tally_plan *register_plan(const struct reg *r)
{
	return &r->plan;
}

struct tally *register_tally(struct reg *r)
{
	r->has_tally = true;
	return &r->tally;
}
