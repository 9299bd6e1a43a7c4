#include "compute/work.h"

#include <string.h>

static const char *const column_attributes[] = {
	"id",
	"label",
	"is",
	"value",
	"words",
	"unit",
	"decimals",
	"most",
	"pad",
	"total-pad",
	"rounding",
	"missing",
	"hidden",
	"align",
	"total",
	"allocate",
	"by",
	"mode",
	"range",
	NULL,
};
static const char *const header_elements[] = { "column", "group", NULL };

enum { DIGIT_MAX = 9 }; /* decimals, pad */

size_t find_column(const struct table *table, const char *id)
{
	for (size_t i = 0; i < table->n_column; i++)
		if (!strcmp(table->column[i].id, id))
			return i;
	return NOT_THERE;
}

static int read_digit(const struct node *n, const char *attribute, int otherwise, struct diags *d)
{
	const char *value = node_attribute(n, attribute);

	if (!value)
		return otherwise;
	if (value[0] >= '0' && value[0] <= '9' && !value[1])
		return value[0] - '0';
	diag_error(d, node_place(n, attribute, 0), "value",
		"%s='%s' is not a whole number from 0 to %d", attribute, value, DIGIT_MAX);
	return otherwise;
}

/* decimals="own": a field, or an indicator, whose figures each keep the decimals they have. */
static bool has_own_decimals(const struct node *n, struct diags *d)
{
	const char *value = node_attribute(n, "decimals");
	bool own = value && !strcmp(value, "own");

	if (node_attribute(n, "most") && !own)
		diag_error(d, node_place(n, "most", 0), "value", "most=\"...\" needs decimals=\"own\"");
	if (own && (node_attribute(n, "allocate") || node_attribute(n, "is")))
		diag_error(d, node_place(n, "decimals", 0), "value", "decimals=\"own\" is for a field of the dataset");
	if (own && node_attribute(n, "value") && !node_attribute(n, "most"))
		diag_error(d, node_place(n, "decimals", 0), "value", "decimals=\"own\" of a computed column needs most=\"...\": its decimals may never end");
	return own;
}

static void check_id(const struct work *w, const struct node *n, const char *id, struct diags *d)
{
	static const char *const words[] = { "and", "or", "not" };
	struct origin at = node_place(n, "id", 0);
	bool ok = *id >= 'a' && *id <= 'z' &&
		  !id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_")];

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		ok = ok && strcmp(id, words[i]) != 0;
	if (!ok)
		diag_error(
			d, at, "name", "'%s' is no name; use a-z, 0-9 and _, a letter first", id);
	else if (find_column(w->table, id) != NOT_THERE)
		diag_error(d, at, "duplicate", "two columns have the id '%s'; rename one of them", id);
}

/* A column without a value: a field of the dataset, which says its kind and unit. */
static void read_field(const struct work *w, const struct node *n, struct column *column,
	struct column_work *own, struct diags *d)
{
	const struct dataset *dataset = w->table->dataset;
	const struct field *field;
	const char **word;
	const char *near;

	if (!dataset)
		return;
	column->field = find_field(dataset, column->id);
	if (column->field == NOT_THERE) {
		word = ARENA_ARRAY(w->a, dataset->n_field, const char *);
		for (size_t i = 0; i < dataset->n_field; i++)
			word[i] = dataset->field[i].id;
		near = suggest(column->id, word, dataset->n_field);
		if (near)
			diag_error(d, node_place(n, "id", 0), "unknown-name",
				"the dataset '%s' has no field '%s'; did you mean '%s'?",
				dataset->id, column->id, near);
		else
			diag_error(d, node_place(n, "id", 0), "unknown-name",
				"the dataset '%s' has no field '%s'; a computed column has "
				"value=\"...\"",
				dataset->id, column->id);
		return;
	}
	field = &dataset->field[column->field];
	column->kind = field_is_number(field->type) ? COLUMN_FIELD : COLUMN_TEXT;
	if (node_attribute(n, "unit") && strcmp(column->unit, field->unit) != 0)
		diag_error(d, node_place(n, "unit", 0), "unit",
			"the unit of '%s' is '%s', as its dataset says", column->id, field->unit);
	column->unit = field->unit;
	own->most_decimals = read_digit(n, "most", RATIO_DECIMALS, d);
	own->find_decimals = (field->type == FIELD_RATE || field->type == FIELD_NUMBER) &&
			     (!node_attribute(n, "decimals") || column->own_decimals);
}

static void read_share(const struct work *w, const struct node *n, struct column *column, struct diags *d)
{
	static const char *const words[] = { "largest-remainder", "proportional", "given", NULL };

	column->kind = COLUMN_SHARE;
	column->share.mode = (enum allocation_mode)node_choice(n, "mode", words, 0, d);
	if (column->share.mode == ALLOCATE_GIVEN && w->table->dataset)
		column->field = find_field(w->table->dataset, column->id);
	if (column->share.mode == ALLOCATE_GIVEN && column->field == NOT_THERE)
		diag_error(d, node_place(n, "id", 0), "unknown-name",
			"mode='given' takes the shares from the dataset, which has no field '%s'", column->id);
	if (column->share.mode == ALLOCATE_GIVEN && node_attribute(n, "by"))
		diag_error(d, node_place(n, "by", 0), "value", "shares that are given need no weights; leave 'by' out");
}

static void read_indicator(const struct node *n, struct column *column, struct column_work *own, struct diags *d)
{
	column->kind = COLUMN_INDICATOR;
	own->most_decimals = read_digit(n, "most", RATIO_DECIMALS, d);
	own->find_decimals = column->own_decimals;
}

static void read_kind(const struct work *w, const struct node *n, struct column *column,
	struct column_work *own, struct diags *d)
{
	static const char *const words[] = { "ordinal", "label", NULL };
	static const enum column_kind kinds[] = { COLUMN_ORDINAL, COLUMN_LABEL };
	int is = node_choice(n, "is", words, -1, d);

	column->field = NOT_THERE;
	if (node_attribute(n, "is") && node_attribute(n, "value"))
		diag_error(d, node_place(n, "is", 0), "value",
			"a column has is=\"...\" or value=\"...\", not both");
	if (node_attribute(n, "words") && (node_attribute(n, "value") || (is >= 0 && kinds[is] != COLUMN_LABEL) || node_attribute(n, "allocate")))
		diag_error(d, node_place(n, "words", 0), "value",
			"a column has words=\"...\" alone or with is=\"label\", without value or allocate");
	if (node_attribute(n, "allocate") && (node_attribute(n, "value") || node_attribute(n, "is")))
		diag_error(d, node_place(n, "allocate", 0), "value",
			"a column has allocate=\"...\" alone, without value or is");
	if (node_attribute(n, "allocate"))
		read_share(w, n, column, d);
	else if (node_attribute(n, "value"))
		read_indicator(n, column, own, d);
	else if (is >= 0)
		column->kind = kinds[is];
	else if (node_attribute(n, "words"))
		column->kind = COLUMN_WORDS;
	else if (!node_attribute(n, "is"))
		read_field(w, n, column, own, d);
}

static void read_total_rule(
	const struct node *n, const struct column *column, struct column_work *own, struct diags *d)
{
	static const char *const words[] = { "sum", "value", "none", NULL };
	static const enum total_rule rules[] = { TOTAL_SUM, TOTAL_VALUE, TOTAL_NONE };
	int i = node_choice(n, "total", words, -1, d);
	bool is_number = column_is_number(column);

	own->total = i < 0 ? TOTAL_DEFAULT : rules[i];
	if ((own->total == TOTAL_SUM && !is_number) ||
		(own->total == TOTAL_VALUE && column->kind != COLUMN_INDICATOR && column->kind != COLUMN_WORDS))
		diag_error(d, node_place(n, "total", 0), "value",
			"total='%s' has no meaning for '%s'; leave it out", words[i], column->id);
}

static const char *const *copy_labels(const struct work *w, const char **label, size_t n_label)
{
	const char **copy = ARENA_ARRAY(w->a, n_label, const char *);

	memcpy(copy, label, n_label * sizeof *copy);
	return copy;
}

static void read_column(
	struct work *w, const struct node *n, const char **label, size_t level, struct diags *d)
{
	static const char *const skip[] = { "skip", NULL };
	static const char *const yes_no[] = { "no", "yes", NULL };
	static const char *const aligns[] = { "centre", NULL };
	static const char *const ranges[] = { "percent", "free", NULL };
	static const char *const nothing[] = { NULL };
	const char *id = node_need(n, "id", d);
	const char *unit = node_attribute(n, "unit");
	struct column_work *own = &w->column[w->table->n_column];
	struct column *column = &w->table->column[w->table->n_column];

	node_check_attributes(n, column_attributes, d);
	for (const struct node *child = n->child; child; child = child->next)
		if (!node_is_blank(child))
			node_unknown(child, nothing, d);
	label[level] = label_text(n, "label", w->job, w->a, d);
	if (!id)
		return;
	check_id(w, n, id, d);
	*own = (struct column_work){ .node = n };
	*column = (struct column){
		.id = id,
		.label = copy_labels(w, label, level + 1),
		.n_label = level + 1,
		.unit = unit ? unit : "",
		.own_decimals = has_own_decimals(n, d),
		.pad = read_digit(n, "pad", 0, d),
		.rounding = read_rounding(n, w->rounding, d),
		.skip_missing = node_choice(n, "missing", skip, -1, d) == 0,
		.hidden = node_choice(n, "hidden", yes_no, 0, d) == 1,
		.is_centred = node_choice(n, "align", aligns, -1, d) == 0,
		.free_range = node_choice(n, "range", ranges, 0, d) == 1,
		.at = n->at,
	};
	if (!column->own_decimals)
		column->decimals = read_digit(n, "decimals", 0, d);
	column->total_pad = read_digit(n, "total-pad", column->pad, d);
	read_kind(w, n, column, own, d);
	read_total_rule(n, column, own, d);
	column->no_total = own->total == TOTAL_NONE;
	w->table->n_column++;
}

static void read_group(
	struct work *w, const struct node *n, const char **label, size_t level, struct diags *d)
{
	static const char *const attributes[] = { "label", NULL };
	size_t n_error = d->n_error;
	size_t n_column = w->table->n_column;

	node_check_attributes(n, attributes, d);
	label[level] = label_text(n, "label", w->job, w->a, d);
	if (level + 1 == TABLE_HEADER_MAX) {
		diag_error(d, n->at, "limit",
			"a header has at most %d levels, that of the columns included",
			TABLE_HEADER_MAX);
		return;
	}
	columns_read(w, n, label, level + 1, d);
	if (w->table->n_column == n_column && d->n_error == n_error)
		diag_error(d, n->at, "missing-element", "this <group> has no <column>");
}

void columns_read(struct work *w, const struct node *parent, const char **label, size_t level,
	struct diags *d)
{
	for (const struct node *n = parent->child; n; n = n->next) {
		if (node_is(n, "column") && w->table->n_column == TABLE_COLUMNS_MAX) {
			diag_error(d, n->at, "limit", "a table has at most %d columns",
				TABLE_COLUMNS_MAX);
			return;
		}
		if (node_is(n, "column"))
			read_column(w, n, label, level, d);
		else if (node_is(n, "group"))
			read_group(w, n, label, level, d);
		else if (level && !node_is_blank(n))
			node_unknown(n, header_elements, d);
	}
}
