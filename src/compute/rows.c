#include "compute/work.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- rows of the sources by key ---- */

/* Rows with the same text are one thing in several months and sources. A month alone is no such
 * text. */
static const char *row_key(const struct work *w, const struct data_row *row)
{
	if (w->by_area && row->area)
		return row->area->key;
	return w->only_months ? "" : row->key;
}

/* Whether nothing but a month names the rows. */
static bool has_only_months(const struct dataset *dataset)
{
	bool month = false;

	for (size_t i = 0; i < dataset->n_field; i++) {
		if (dataset->field[i].key && dataset->field[i].type != FIELD_MONTH)
			return false;
		month = month || dataset->field[i].key;
	}
	return month;
}

/* Whether rows of the source are looked for by their keys: of the current one where those of an area, or of months, are one leaf. */
static bool is_asked(const struct work *w, const struct data *data)
{
	return data != w->data[SOURCE_CURRENT] || w->by_area || w->has_month;
}

static void index_rows(struct work *w, struct row_index *index, const struct data *data)
{
	size_t *last;

	map_init(&index->first, w->a);
	if (!data || !is_asked(w, data))
		return;
	index->next = ARENA_ARRAY(w->a, data->n_row, size_t);
	last = memory_new(data->n_row, sizeof *last);
	for (size_t i = 0; i < data->n_row; i++) {
		size_t first = i;

		index->next[i] = NOT_THERE;
		if (!map_add(&index->first, row_key(w, &data->row[i]), i, &first))
			index->next[last[first]] = i;
		else
			first = i;
		last[first] = i;
	}
	free(last);
}

const struct data_row *index_row(const struct row_index *index, const struct data *data,
	size_t first, unsigned month, bool *ambiguous)
{
	const struct data_row *found = NULL;

	for (size_t i = first; i != NOT_THERE; i = index->next[i]) {
		const struct data_row *row = &data->row[i];

		if (month && row->month && row->month != month)
			continue;
		if (found) {
			*ambiguous = true;
			return NULL;
		}
		found = row;
	}
	return found;
}

/* The rows of the other sources that belong to a leaf. */
static void find_partners(struct work *w, struct leaf *leaf, unsigned month)
{
	for (size_t role = 0; role < N_ROLE; role++) {
		size_t first;

		if (role != SOURCE_CURRENT && w->data[role] && !(leaf->any->area && role == SOURCE_PREVIOUS) &&
			map_find(&w->index[role].first, leaf->match, &first))
			leaf->row[role] = index_row(
				&w->index[role], w->data[role], first, month, &leaf->several[role]);
	}
}

/* ---- groups ---- */

static struct group *find_group(
	struct work *w, struct map *known, const char *key, const char *label)
{
	size_t i;
	struct group *group;

	if (map_find(known, key, &i))
		return w->group[i];
	key = arena_text(w->a, key);
	map_add(known, key, w->n_group, NULL);
	group = ARENA_NEW(w->a, struct group);
	*group = (struct group){ .key = key, .label = label, .folded = utf8_fold(label, strlen(label), w->a), .rank = w->n_group };
	w->group[w->n_group++] = group;
	return group;
}

static const struct area *parent_of(const struct data_row *row)
{
	return row->area ? row->area->parent : NULL;
}

static const char *group_label(const struct work *w, const struct data_row *row)
{
	const struct datum *datum;

	if (w->groups == GROUPS_PARENT)
		return parent_of(row) ? parent_of(row)->name : "";
	datum = &row->datum[w->group_field];
	return datum->figure.state == FIGURE_OK && datum->text ? datum->text : "";
}

const char *group_key(const struct work *w, const struct data_row *row, struct arena *a)
{
	const char *label;

	if (w->groups == GROUPS_PARENT)
		return parent_of(row) ? parent_of(row)->key : "";
	label = group_label(w, row);
	return utf8_fold(label, strlen(label), a);
}

/* That of the leaf before, which mostly has the same text. Areas above may have one name and be two. */
static struct group *group_before(const struct work *w, const char *label)
{
	struct group *group = w->n_leaf > 1 && w->groups != GROUPS_PARENT ? w->leaf[w->n_leaf - 2].group : NULL;

	return group && !strcmp(group->label, label) ? group : NULL;
}

/* Of the row of the last leaf. */
static struct group *group_of(struct work *w, struct map *known, const struct data_row *row)
{
	struct arena scratch = { 0 };
	struct group *group = group_before(w, group_label(w, row));

	if (!group)
		group = find_group(w, known, group_key(w, row, &scratch), group_label(w, row));
	arena_clear(&scratch);
	return group;
}

/* ---- leaves ---- */

/* A row of a month has the month in its key. */
static const char *own_key(const struct work *w, const struct data_row *row)
{
	if (!row->month || w->only_months)
		return row->key;
	return arena_printf(w->a, "%s/%d-%02u", row->key, w->data[SOURCE_CURRENT]->source->period_year, row->month);
}

static void add_leaf(struct work *w, struct map *groups, size_t i, bool by_area, struct diags *d)
{
	const struct data *data = w->data[SOURCE_CURRENT];
	const struct data_row *row = &data->row[i];
	struct leaf *leaf = ARENA_PUSH_OWN(w->a, w->leaf, w->n_leaf, &w->cap_leaf);
	unsigned month = by_area && w->has_month ? (unsigned)w->job->period.month : row->month;

	*leaf = (struct leaf){
		.key = by_area ? row_key(w, row) : own_key(w, row),
		.match = row_key(w, row),
		.label = row->label ? row->label : "",
		.any = row,
		.position = w->n_leaf - 1,
	};
	if (w->order == ORDER_LABEL)
		leaf->folded = utf8_fold(leaf->label, strlen(leaf->label), w->a);
	leaf->row[SOURCE_CURRENT] = row;
	if (by_area)
		leaf->row[SOURCE_CURRENT] = index_row(
			&w->index[SOURCE_CURRENT], data, i, month, &leaf->several[SOURCE_CURRENT]);
	find_partners(w, leaf, month);
	previous_find(w, leaf, month, d);
	if (w->groups != GROUPS_NONE)
		leaf->group = group_of(w, groups, row);
}

/* ---- rows that a condition over fields leaves out from the start ---- */

/* A row of the source, before it is one of the table. */
struct candidate {
	const struct work *work;
	const struct data_row *row;
};

static void note_computed(void *ctx, const struct symbol *symbol, enum expr_view view)
{
	const struct work *w = ((const struct candidate *)ctx)->work;
	size_t i = symbol->index;
	bool field = i >= w->n_named || (view == VIEW_ROW && w->symbol_field[i] != NOT_THERE
		&& (i >= w->table->n_column || w->table->column[i].kind == COLUMN_FIELD || w->table->column[i].kind == COLUMN_TEXT));

	if (!field)
		((struct candidate *)ctx)->row = NULL;
}

/* Whether the rows need not be computed to know which of them are left; functions over rows need them. */
static bool where_is_of_fields(const struct work *w)
{
	struct candidate c = { w, w->data[SOURCE_CURRENT]->row };

	if (!w->where || w->by_area || strchr(expr_source(w->where), '('))
		return false;
	expr_each_symbol(w->where, note_computed, &c);
	return c.row;
}

static bool lookup_candidate(void *ctx, const struct symbol *symbol, enum expr_view view, size_t row, struct value *value,
	struct diags *d)
{
	const struct candidate *c = ctx;
	const struct work *w = c->work;
	const struct datum *datum;
	size_t field;

	(void)view;
	(void)row;
	(void)d;
	if (symbol->index >= w->n_named)
		return job_lookup(w->job, symbol, value);
	field = w->symbol_field[symbol->index];
	datum = &c->row->datum[field];
	*value = (struct value){
		.type = symbol->type,
		.figure = datum->figure,
		.text = symbol->type == EXPR_TEXT ? datum_text(datum, w->table->dataset->field[field].type, w->a) : NULL,
		.truth = datum->figure.state == FIGURE_OK && datum->figure.x.num,
	};
	return true;
}

static bool is_left(const struct work *w, const struct data_row *row, bool *left, struct diags *d)
{
	struct candidate c = { w, row };
	struct expr_env env = { .ctx = &c, .lookup = lookup_candidate };
	struct arena scratch = { 0 };
	struct value value;
	bool ok = expr_eval(w->where, &env, 0, &value, &scratch, d);

	*left = ok && value.figure.state == FIGURE_OK && value.truth;
	arena_clear(&scratch);
	return ok;
}

/* ---- the rows of a table ---- */

bool rows_collect(struct work *w, struct diags *d)
{
	size_t n_error = d->n_error;
	const struct data *data = w->data[SOURCE_CURRENT];
	struct map groups;

	w->only_months = has_only_months(data->dataset);
	for (size_t role = 0; role < N_ROLE; role++)
		index_rows(w, &w->index[role], w->data[role]);
	map_init(&groups, w->a);
	w->where_of_fields = where_is_of_fields(w);
	w->group = ARENA_ARRAY(w->a, data->n_row, struct group *);
	for (size_t i = 0; i < data->n_row; i++) {
		size_t first = i;
		bool left = true;

		if (w->where_of_fields && !is_left(w, &data->row[i], &left, d))
			return false;
		if (!left)
			continue;
		if (w->by_area)
			map_find(
				&w->index[SOURCE_CURRENT].first, row_key(w, &data->row[i]), &first);
		if (first == i)
			add_leaf(w, &groups, i, w->by_area, d);
	}
	previous_end(w, &groups);
	map_clear(&groups);
	return d->n_error == n_error;
}

/* ---- order ---- */

static int compare_positions(const struct leaf *a, const struct leaf *b)
{
	size_t p = a->group ? a->group->rank : 0;
	size_t q = b->group ? b->group->rank : 0;

	return (p > q) - (p < q);
}

static int by_source(const void *a, const void *b)
{
	const struct leaf *p = a;
	const struct leaf *q = b;
	int c = compare_positions(p, q);

	return c ? c : (p->position > q->position) - (p->position < q->position);
}

static int by_label(const void *a, const void *b)
{
	const struct leaf *p = a;
	const struct leaf *q = b;
	int c = compare_positions(p, q);

	if (!c)
		c = label_compare(p->folded, q->folded);
	return c ? c : by_source(a, b);
}

/* What has no value stands last, upwards and downwards. */
static int compare_values(const struct leaf *p, const struct leaf *q, int sign)
{
	bool p_is = p->sort_figure.state == FIGURE_OK;
	bool q_is = q->sort_figure.state == FIGURE_OK;
	int c = compare_positions(p, q);

	if (!c)
		c = q_is - p_is;
	if (!c && p_is && p->sort_text && q->sort_text)
		c = sign * label_compare(p->sort_text, q->sort_text);
	else if (!c && p_is)
		c = sign * ratio_compare(p->sort_figure.x, q->sort_figure.x);
	return c ? c : by_source(p, q);
}

static int by_value(const void *a, const void *b)
{
	return compare_values(a, b, 1);
}

static int by_value_down(const void *a, const void *b)
{
	return compare_values(a, b, -1);
}

static int group_by_label(const void *a, const void *b)
{
	const struct group *p = *(struct group *const *)a;
	const struct group *q = *(struct group *const *)b;
	int c = label_compare(p->folded, q->folded);

	return c ? c : (p->rank > q->rank) - (p->rank < q->rank);
}

void rows_take_values(struct work *w)
{
	const struct table *table = w->table;

	if (w->order != ORDER_COLUMN)
		return;
	for (size_t i = 0; i < w->n_leaf; i++) {
		const struct cell_value *cell = table_cell(table, table->leaf[i], w->order_column);

		w->leaf[i].sort_figure = cell->figure;
		if (cell->text && table->column[w->order_column].kind != COLUMN_ORDINAL)
			w->leaf[i].sort_text = utf8_fold(cell->text, strlen(cell->text), w->a);
	}
}

void rows_sort(struct work *w, enum row_order order)
{
	static int (*const compare[])(const void *, const void *) = {
		[ORDER_SOURCE] = by_source,
		[ORDER_LABEL] = by_label,
		[ORDER_COLUMN] = by_value,
	};

	if (!w->n_leaf)
		return;
	if (order == ORDER_LABEL && w->n_group)
		qsort(w->group, w->n_group, sizeof *w->group, group_by_label);
	for (size_t i = 0; i < w->n_group; i++)
		w->group[i]->rank = i;
	qsort(w->leaf, w->n_leaf, sizeof *w->leaf,
		order == ORDER_COLUMN && w->descending ? by_value_down : compare[order]);
}

bool rows_filter(struct work *w, struct diags *d)
{
	const struct table *table = w->table;
	size_t n = 0;
	struct value value;

	for (size_t i = 0; w->where && i < w->n_leaf; i++) {
		if (!expr_eval(w->where, &table->env, table->leaf[i], &value, w->a, d))
			return false;
		if (value.figure.state == FIGURE_OK && value.truth)
			w->leaf[n++] = w->leaf[i];
	}
	if (w->where)
		w->n_leaf = n;
	return true;
}
