#include "compute/work.h"

#include "base/buf.h"

#include <string.h>

/* ---- names ---- */

static enum expr_type field_symbol_type(enum field_type type)
{
	switch (type) {
	case FIELD_COUNT:
	case FIELD_MONEY:
	case FIELD_RATE:
	case FIELD_NUMBER:
	case FIELD_MONTH:
		return EXPR_NUMBER;
	case FIELD_FLAG:
		return EXPR_TRUTH;
	case FIELD_TEXT:
	case FIELD_DATE:
	case FIELD_AREA:
	case FIELD_WORD:
		return EXPR_TEXT;
	}
	return EXPR_TEXT;
}

static enum expr_type column_symbol_type(const struct column *column, const struct dataset *dataset)
{
	switch (column->kind) {
	case COLUMN_ORDINAL:
	case COLUMN_FIELD:
	case COLUMN_INDICATOR:
	case COLUMN_SHARE:
		return EXPR_NUMBER;
	case COLUMN_LABEL:
	case COLUMN_WORDS:
		return EXPR_TEXT;
	case COLUMN_TEXT:
		return field_symbol_type(dataset->field[column->field].type);
	}
	return EXPR_TEXT;
}

/* The views of a name that has a field, beside the one of its row. */
static unsigned field_views(const struct work *w, size_t field)
{
	unsigned views = 0;

	if (field == NOT_THERE)
		return 0;
	if (w->data[SOURCE_PREVIOUS])
		views |= 1U << VIEW_PREVIOUS;
	if (w->data[SOURCE_PLAN])
		views |= 1U << VIEW_PLAN;
	return views;
}

static bool has_upto(const struct work *w, size_t field)
{
	return w->has_month && field_is_number(w->table->dataset->field[field].type);
}

static struct symbol column_symbol(const struct work *w, size_t i)
{
	const struct column *column = &w->table->column[i];
	const struct dataset *dataset = w->table->dataset;
	struct symbol symbol = {
		.name = column->id,
		.type = column_symbol_type(column, dataset),
		.unit = column->unit,
		.views = 1U << VIEW_ROW,
		.index = i,
	};
	size_t field = find_field(dataset, column->id);

	if (field != NOT_THERE && field_symbol_type(dataset->field[field].type) != symbol.type)
		field = NOT_THERE;
	w->symbol_field[i] = field;
	symbol.views |= field_views(w, field);
	if (column->kind == COLUMN_FIELD && has_upto(w, field))
		symbol.views |= 1U << VIEW_UPTO;
	if (column_is_number(column))
		symbol.views |= 1U << VIEW_SHOWN;
	return symbol;
}

static struct symbol field_symbol(const struct work *w, size_t i, size_t field)
{
	const struct field *f = &w->table->dataset->field[field];

	w->symbol_field[i] = field;
	return (struct symbol){
		.name = f->id,
		.type = field_symbol_type(f->type),
		.unit = f->unit,
		.views = 1U << VIEW_ROW | field_views(w, field) |
			 (has_upto(w, field) ? 1U << VIEW_UPTO : 0),
		.index = i,
	};
}

/* Numbers only: the texts of the job give way to a field. */
static bool is_constant(const struct symbols *constants, const char *name)
{
	for (size_t i = 0; i < constants->n_symbol; i++)
		if (constants->symbol[i].type == EXPR_NUMBER && !strcmp(constants->symbol[i].name, name))
			return true;
	return false;
}

static bool is_taken(const struct symbol *symbol, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(symbol[i].name, name))
			return true;
	return false;
}

/* A column hides a field, and a constant, of the same name; a number of the job hides a field that is no
 * column. */
static void make_symbols(struct work *w)
{
	const struct dataset *dataset = w->table->dataset;
	struct symbols constants = job_symbols(w->job, w->a);
	size_t n_most = w->table->n_column + dataset->n_field + constants.n_symbol;
	struct symbol *symbol = ARENA_ARRAY(w->a, n_most, struct symbol);
	size_t n = 0;

	w->symbol_field = ARENA_ARRAY(w->a, n_most, size_t);
	for (; n < w->table->n_column; n++)
		symbol[n] = column_symbol(w, n);
	for (size_t i = 0; i < dataset->n_field; i++)
		if (find_column(w->table, dataset->field[i].id) == NOT_THERE &&
			!is_constant(&constants, dataset->field[i].id)) {
			symbol[n] = field_symbol(w, n, i);
			n++;
		}
	w->n_named = n;
	for (size_t i = 0; i < constants.n_symbol; i++)
		if (!is_taken(symbol, w->n_named, constants.symbol[i].name)) {
			symbol[n] = constants.symbol[i];
			symbol[n].index = n;
			n++;
		}
	w->symbol = symbol;
	w->table->symbols = (struct symbols){ symbol, n, true };
}

/* ---- indicators ---- */

static void read_indicator(struct work *w, size_t i, struct diags *d)
{
	struct column *column = &w->table->column[i];
	const struct node *n = w->column[i].node;
	const char *value = node_attribute(n, "value");
	struct expr_place place = { n, "value", 0, { 0 } };
	size_t field = w->symbol_field[i];
	const char *other;

	column->expr =
		expr_parse(value, strlen(value), place, &w->table->symbols, EXPR_NUMBER, w->a, d);
	if (!column->expr)
		return;
	if (!expr_unit_fits(column->expr, column->unit)) {
		diag_error(d, expr_origin(column->expr), "unit",
			"'%s' has the unit '%s', but its value gives '%s'; correct one of the two", column->id,
			column->unit, expr_unit(column->expr));
		return;
	}
	other = field == NOT_THERE ? column->unit : w->table->dataset->field[field].unit;
	if (!expr_unit_fits(column->expr, other))
		diag_error(d, expr_origin(column->expr), "unit",
			"'%s' has the unit '%s', but as a field of the dataset '%s'", column->id,
			column->unit, other);
}

static void read_words(struct work *w, size_t i, struct diags *d)
{
	const char *words = node_attribute(w->column[i].node, "words");
	struct expr_place place = { w->column[i].node, "words", 0, { 0 } };

	w->table->column[i].expr = expr_parse(words, strlen(words), place, &w->table->symbols, EXPR_TEXT, w->a, d);
}

static const struct expr *read_share_part(struct work *w, size_t i, const char *attribute, struct diags *d)
{
	const struct node *n = w->column[i].node;
	const char *text = node_need(n, attribute, d);
	struct expr_place place = { n, attribute, 0, { 0 } };

	return text ? expr_parse(text, strlen(text), place, &w->table->symbols, EXPR_NUMBER, w->a, d) : NULL;
}

static void read_share(struct work *w, size_t i, struct diags *d)
{
	struct column *column = &w->table->column[i];
	struct allocation *share = &column->share;

	share->whole = read_share_part(w, i, "allocate", d);
	if (share->mode != ALLOCATE_GIVEN)
		share->by = read_share_part(w, i, "by", d);
	if (share->whole && !expr_unit_fits(share->whole, column->unit))
		diag_error(d, expr_origin(share->whole), "unit",
			"'%s' has the unit '%s', but its value gives '%s'; correct one of the two", column->id,
			column->unit, expr_unit(share->whole));
}

/* Which columns an expression needs filled before it, each as bits of uses. */
struct uses {
	const struct work *work;
	bool *column; /* [n_column] */
	bool any;     /* a name that is not constant */
	bool summed;  /* all of them may be added up */
	bool previous; /* any is of the year before */
};

static void note_use(void *ctx, const struct symbol *symbol, enum expr_view view)
{
	struct uses *u = ctx;
	const struct work *w = u->work;
	size_t field;

	if (symbol->index >= w->n_named)
		return;
	u->any = true;
	u->previous = u->previous || view == VIEW_PREVIOUS;
	if (symbol->index < w->table->n_column && (view == VIEW_ROW || view == VIEW_SHOWN)) {
		u->column[symbol->index] = true;
		u->summed = u->summed && view == VIEW_ROW && w->table->column[symbol->index].summed;
		u->previous = u->previous || w->column[symbol->index].of_previous;
		return;
	}
	field = w->symbol_field[symbol->index];
	u->summed = u->summed && field_is_summed(w->table->dataset->field[field].type);
}

static struct uses uses_of(const struct work *w, const struct expr *expr)
{
	struct uses u = { .work = w, .column = ARENA_ARRAY(w->a, w->table->n_column, bool), .summed = true };

	expr_each_symbol(expr, note_use, &u);
	return u;
}

/* Of all that a column is computed by. */
static struct uses uses_of_column(const struct work *w, const struct column *column)
{
	const struct expr *const part[] = { column->expr, column->share.whole, column->share.by };
	struct uses u = { .work = w, .column = ARENA_ARRAY(w->a, w->table->n_column, bool), .summed = true };

	for (size_t i = 0; i < sizeof part / sizeof *part; i++)
		if (part[i])
			expr_each_symbol(part[i], note_use, &u);
	return u;
}

/* ---- what is filled first ---- */

struct ordering {
	struct work *work;
	size_t path[TABLE_COLUMNS_MAX]; /* [n_path] each is computed by the next */
	size_t n_path;
	size_t n_done;
	struct diags *d;
};

/* Where a column says what it is computed from. */
static const char *formula_attribute(const struct column *column)
{
	if (column->kind == COLUMN_WORDS || column->kind == COLUMN_LABEL)
		return "words";
	return column->expr ? "value" : "allocate";
}

static void report_cycle(const struct ordering *o, size_t column)
{
	const struct table *table = o->work->table;
	struct buf chain = { 0 };
	size_t i = o->n_path;

	while (i && o->path[i - 1] != column)
		i--;
	for (i--; i < o->n_path; i++)
		buf_printf(&chain, "%s -> ", table->column[o->path[i]].id);
	buf_puts(&chain, table->column[column].id);
	diag_error(o->d, node_place(o->work->column[column].node, formula_attribute(&table->column[column]), 0), "cycle",
		"columns are computed from each other: %s; give one of them a value of its own", chain.text);
	buf_clear(&chain);
}

static void order_column(struct ordering *o, size_t i)
{
	struct work *w = o->work;
	struct uses u;

	if (w->column[i].visit == ORDERED)
		return;
	if (w->column[i].visit == OPEN) {
		report_cycle(o, i);
		return;
	}
	w->column[i].visit = OPEN;
	o->path[o->n_path++] = i;
	u = uses_of_column(w, &w->table->column[i]);
	for (size_t k = 0; k < w->table->n_column; k++)
		if (u.column[k])
			order_column(o, k);
	o->n_path--;
	w->column[i].visit = ORDERED;
	w->fill_order[o->n_done++] = i;
}

static void order_columns(struct work *w, struct diags *d)
{
	struct ordering o = { .work = w, .d = d };

	w->fill_order = ARENA_ARRAY(w->a, w->table->n_column, size_t);
	for (size_t i = 0; i < w->table->n_column; i++)
		order_column(&o, i);
}

/* What a column is computed from was filled before it. */
const bool *columns_behind(const struct work *w, size_t column)
{
	bool *behind = ARENA_ARRAY(w->a, w->table->n_column, bool);

	behind[column] = true;
	for (size_t i = w->table->n_column; i-- > 0;) {
		size_t at = w->fill_order[i];
		struct uses u;

		if (!behind[at])
			continue;
		u = uses_of_column(w, &w->table->column[at]);
		for (size_t k = 0; k < w->table->n_column; k++)
			behind[k] |= u.column[k];
	}
	return behind;
}

/* ---- totals ---- */

static bool is_name_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* Whether an indicator divides, chooses, rounds or looks at other rows: such a one is never added
 * up. */
static bool has_functions(const char *source)
{
	size_t n = 0; /* letters of the name before */
	char quote = '\0';

	for (const char *s = source; *s; s++) {
		if (quote || *s == '\'' || *s == '"') {
			quote = !quote ? *s : quote == *s ? '\0' : quote;
			n = 0;
		} else if (*s == '/' ||
			   (*s == '(' && n &&
				   (n != strlen("upto") || memcmp(s - n, "upto", n) != 0))) {
			return true;
		} else if (*s == '.' && n == strlen("total") && !memcmp(s - n, "total", n)) {
			return true;
		} else if (!is_name_letter(*s)) {
			n = 0;
		} else {
			n++;
		}
	}
	return false;
}

/* What stands in the rows of two areas is counted in each of them, but is one. */
static bool counts_different(const struct field *field)
{
	for (size_t i = 0; i < field->n_rule; i++)
		if (field->rule[i].kind == COUNT_DISTINCT)
			return true;
	return false;
}

static bool may_be_summed(const struct work *w, const struct column *column)
{
	struct uses u;

	if (column->kind == COLUMN_FIELD) {
		const struct field *field = &w->table->dataset->field[column->field];

		return field_is_summed(field->type) && !counts_different(field);
	}
	if (column->kind == COLUMN_SHARE)
		return true;
	if (column->kind != COLUMN_INDICATOR || has_functions(expr_source(column->expr)))
		return false;
	u = uses_of(w, column->expr);
	return u.any && u.summed;
}

/* In the order of filling, since a column is what those are that it is computed from. */
static void describe_column(struct work *w, size_t i)
{
	struct column *column = &w->table->column[i];

	switch (w->column[i].total) {
	case TOTAL_DEFAULT:
		column->summed = may_be_summed(w, column);
		break;
	case TOTAL_SUM:
		column->summed = true;
		break;
	case TOTAL_VALUE:
	case TOTAL_NONE:
		column->summed = false;
		break;
	}
	w->symbol[i].skips = column->skip_missing && column->summed;
	if (column->expr) {
		struct uses u = uses_of(w, column->expr);

		w->column[i].of_previous = u.previous;
		column->may_be_na = expr_may_be_na(column->expr);
		for (size_t k = 0; k < w->table->n_column; k++)
			column->may_be_na =
				column->may_be_na || (u.column[k] && w->table->column[k].may_be_na);
	}
}

static void read_condition(struct work *w, struct check *check, struct diags *d)
{
	const char *that = node_attribute(check->node, "that");
	struct expr_place place = { check->node, "that", 0, { 0 } };

	if (!that)
		return;
	check->that =
		expr_parse(that, strlen(that), place, &w->table->symbols, EXPR_TRUTH, w->a, d);
}

static void read_where(struct work *w, struct diags *d)
{
	const char *where = node_attribute(w->root, "where");
	struct expr_place place = { w->root, "where", 0, { 0 } };

	if (where)
		w->where = expr_parse(where, strlen(where), place, &w->table->symbols, EXPR_TRUTH, w->a, d);
}

bool symbols_read(struct work *w, struct diags *d)
{
	size_t n_error = d->n_error;

	make_symbols(w);
	for (size_t i = 0; i < w->table->n_column; i++)
		if (w->table->column[i].kind == COLUMN_INDICATOR)
			read_indicator(w, i, d);
		else if (node_attribute(w->column[i].node, "words"))
			read_words(w, i, d);
		else if (w->table->column[i].kind == COLUMN_SHARE)
			read_share(w, i, d);
	for (size_t i = 0; i < w->n_check; i++)
		read_condition(w, &w->check[i], d);
	read_where(w, d);
	rules_read(w, d);
	order_columns(w, d);
	if (d->n_error != n_error)
		return false;
	for (size_t i = 0; i < w->table->n_column; i++)
		describe_column(w, w->fill_order[i]);
	return true;
}
