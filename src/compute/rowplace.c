#include "compute/work.h"

#include "base/utf8.h"

#include <string.h>

/* Rows are added one after another. */
struct placing {
	struct work *work;
	struct table_row *row;
	size_t n_row;
	size_t *leaf;
	size_t n_leaf;
	struct diags *d;
};

static void name_row(struct work *w, struct map *names, const char *name, size_t row)
{
	size_t old;

	if (!*name)
		return;
	if (map_add(names, name, w->n_named_row, &old))
		*ARENA_PUSH(w->a, w->named, w->n_named_row, &w->cap_named_row) =
			(struct named_row){ row, false };
	else
		w->named[old].several = true;
}

static bool add_total(struct placing *p)
{
	struct work *w = p->work;
	const char *label = w->total ? label_text(w->total, "label", w->job, w->a, p->d) : "";

	if (!label)
		return false;
	w->table->total = p->n_row;
	p->row[p->n_row++] = (struct table_row){
		.kind = ROW_TOTAL,
		.key = "total",
		.label = label,
		.n_leaf = w->n_leaf,
	};
	return true;
}

/* Of the leaf at hand and all behind it that are of its group. */
static bool add_group(struct placing *p, size_t first, unsigned ordinal)
{
	struct work *w = p->work;
	const struct group *group = w->leaf[first].group;
	const char *label = label_of_group(w->subtotal, "label", w->job, group->label, w->a, p->d);
	size_t n = 0;

	if (!label)
		return false;
	while (first + n < w->n_leaf && w->leaf[first + n].group == group)
		n++;
	p->row[p->n_row++] = (struct table_row){
		.kind = ROW_GROUP,
		.key = arena_printf(w->a, "group:%s", group->key),
		.label = label,
		.ordinal = ordinal,
		.whole = whole_find(w, group->label),
		.first_leaf = first,
		.n_leaf = n,
	};
	return true;
}

static void add_leaf(struct placing *p, unsigned ordinal)
{
	const struct leaf *leaf = &p->work->leaf[p->n_leaf];

	p->leaf[p->n_leaf++] = p->n_row;
	p->work->row_leaf[p->n_row] = leaf;
	p->row[p->n_row++] = (struct table_row){
		.kind = ROW_AREA,
		.key = leaf->key,
		.label = leaf->label,
		.ordinal = ordinal,
		.row = leaf->row[SOURCE_CURRENT],
	};
}

static bool begins_group(const struct work *w, size_t i)
{
	return w->subtotal && (!i || w->leaf[i].group != w->leaf[i - 1].group);
}

/* Leaves are numbered anew below the row of each group. */
static bool add_leaves(struct placing *p)
{
	const struct work *w = p->work;
	unsigned n_group = 0;
	unsigned ordinal = 0;

	while (p->n_leaf < w->n_leaf) {
		if (!w->groups_last && begins_group(w, p->n_leaf)) {
			ordinal = 0;
			if (!add_group(p, p->n_leaf, ++n_group))
				return false;
		}
		add_leaf(p, ++ordinal);
	}
	for (size_t i = 0; w->groups_last && i < w->n_leaf; i++)
		if (begins_group(w, i) && !add_group(p, i, ++n_group))
			return false;
	return true;
}

/* Few tables are asked for a row by its name. */
static void name_rows(struct work *w)
{
	const struct table *table = w->table;
	struct buf folded = { 0 };

	w->has_names = true;
	w->n_named_row = 0;
	map_init(&w->keys, w->a);
	map_init(&w->labels, w->a);
	map_init(&w->area_names, w->a);
	for (size_t i = 0; i < table->n_row; i++) {
		const struct table_row *row = &table->row[i];
		const char *label = utf8_fold_into(row->label, strlen(row->label), &folded);

		name_row(w, &w->keys, row->key, i);
		name_row(w, &w->labels, strcmp(label, row->key) != 0 ? arena_text(w->a, label) : row->key, i);
		if (w->row_leaf[i] && w->row_leaf[i]->any->area)
			name_row(w, &w->area_names, w->row_leaf[i]->any->area->normal, i);
	}
	buf_clear(&folded);
}

static void clear_cells(struct work *w)
{
	struct table *table = w->table;
	size_t n = (table->n_row + 1) * table->n_column; /* a table without rows has a total too */

	table->cell = ARENA_ARRAY(w->a, n, struct cell_value);
	for (size_t i = 0; i < n; i++)
		table->cell[i].figure = figure_missing();
	w->previous_fault = ARENA_ARRAY(w->a, w->n_leaf, struct previous_fault);
	n = N_VIEW * table->dataset->n_field;
	w->total_figure = ARENA_ARRAY(w->a, n, struct figure);
	w->total_known = ARENA_ARRAY(w->a, n, bool);
}

/* What was placed to find out the order. */
static void drop_placed(struct work *w)
{
	struct table *table = w->table;

	if (!table->row)
		return;
	arena_drop(w->a, table->cell);
	arena_drop(w->a, table->row);
	arena_drop(w->a, (size_t *)table->leaf);
	arena_drop(w->a, w->row_leaf);
	if (!w->has_names)
		return;
	map_clear(&w->keys);
	map_clear(&w->labels);
	map_clear(&w->area_names);
	w->has_names = false;
}

bool rows_place(struct work *w, struct diags *d)
{
	struct table *table = w->table;
	size_t n_most = w->n_leaf + w->n_group + 1;
	struct placing p = { .work = w, .d = d };

	drop_placed(w);
	p.row = ARENA_ARRAY(w->a, n_most, struct table_row);
	p.leaf = ARENA_ARRAY(w->a, w->n_leaf, size_t);
	w->row_leaf = ARENA_ARRAY(w->a, n_most, const struct leaf *);
	table->has_total = w->n_leaf;
	table->total_printed = table->has_total && w->total;
	table->groups_last = w->groups_last;
	if (table->total_printed && w->total_first && !add_total(&p))
		return false;
	if (!add_leaves(&p))
		return false;
	if (table->has_total && !(table->total_printed && w->total_first) && !add_total(&p))
		return false;
	table->row = p.row;
	table->n_row = p.n_row;
	table->leaf = p.leaf;
	table->n_leaf = p.n_leaf;
	table->env = (struct expr_env){
		.ctx = w,
		.lookup = work_lookup,
		.find_row = work_find_row,
		.leaf = table->leaf,
		.n_leaf = table->n_leaf,
		.total = table->total,
	};
	clear_cells(w);
	table->env.same = table->cell; /* a column is filled before it is asked for */
	return true;
}

static bool find_named(const struct work *w, const struct map *names, const char *name, size_t *row)
{
	size_t i;

	if (!map_find(names, name, &i) || w->named[i].several)
		return false;
	*row = w->named[i].row;
	return true;
}

bool work_find_row(void *ctx, const char *key, size_t *row)
{
	struct work *w = ctx;
	struct arena scratch = { 0 };
	const char *folded;
	bool found;

	if (!w->has_names)
		name_rows(w);
	found = find_named(w, &w->keys, key, row);
	if (!found) {
		folded = utf8_fold(key, strlen(key), &scratch);
		found = find_named(w, &w->keys, folded, row) || find_named(w, &w->labels, folded, row)
			|| find_named(w, &w->area_names, area_names_normal(w->model->names, key, &scratch), row);
	}
	arena_clear(&scratch);
	return found;
}
