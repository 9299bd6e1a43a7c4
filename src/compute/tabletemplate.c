#include "compute/work.h"

#include <string.h>

static const char table_space[] = "urn:kehoach:table:1";

static const char *const root_attributes[] = {
	"id",
	"over",
	"rows",
	"order",
	"groups",
	"where",
	"title",
	"source",
	"rounding",
	"numbering",
	"unit-line",
	NULL,
};
static const char *const root_elements[] = { "column", "group", "total", "subtotal", "no-rows", "check", "adds-up",
	"stock-flow", "subset", "jump", "covers", "equals", "note", NULL };
static const char *const yes_no[] = { "no", "yes", NULL };

enum rounding read_rounding(const struct node *n, enum rounding otherwise, struct diags *d)
{
	static const char *const words[] = { "half-up", "truncate", "half-even", NULL };
	enum rounding how = otherwise;
	const char *value = node_attribute(n, "rounding");

	if (value && !rounding_parse(value, &how))
		node_choice(n, "rounding", words, 0, d);
	return how;
}

size_t find_field(const struct dataset *dataset, const char *id)
{
	for (size_t i = 0; i < dataset->n_field; i++)
		if (!strcmp(dataset->field[i].id, id))
			return i;
	return NOT_THERE;
}

/* ---- the root ---- */

static void read_source(struct work *w, struct diags *d)
{
	const char *over = node_need(w->root, "over", d);

	if (!over)
		return;
	for (size_t i = 0; i < N_ROLE; i++)
		w->data[i] = model_find(w->model, over, (enum source_role)i);
	if (!w->data[SOURCE_CURRENT]) {
		diag_error(d, node_place(w->root, "over", 0), "source",
			"the job has no <source dataset=\"%s\"> for this table", over);
		return;
	}
	w->table->data = w->data[SOURCE_CURRENT];
	w->table->dataset = w->table->data->dataset;
	for (size_t i = 0; i < w->table->dataset->n_field; i++)
		if (w->table->dataset->field[i].type == FIELD_MONTH &&
			w->table->dataset->field[i].key)
			w->has_month = true;
}

static bool has_area_key(const struct dataset *dataset)
{
	for (size_t i = 0; i < dataset->n_field; i++)
		if (dataset->field[i].type == FIELD_AREA && dataset->field[i].key)
			return true;
	return false;
}

static void read_rows(struct work *w, struct diags *d)
{
	static const char *const words[] = { "area", "data", NULL };
	bool has_area = w->table->dataset && has_area_key(w->table->dataset);

	w->by_area = node_choice(w->root, "rows", words, has_area ? 0 : 1, d) == 0;
	if (w->by_area && w->table->dataset && !has_area)
		diag_error(d, node_place(w->root, "rows", 0), "value",
			"the dataset '%s' has no area as its key; use rows=\"data\"",
			w->table->dataset->id);
}

static void read_groups(struct work *w, struct diags *d)
{
	const struct dataset *dataset = w->table->dataset;
	const char *value = node_attribute(w->root, "groups");
	const char **word;
	const char *near;
	size_t n_word = 0;

	if (!value || !dataset)
		return;
	word = ARENA_ARRAY(w->a, dataset->n_field + 1, const char *);
	word[n_word++] = "parent";
	for (size_t i = 0; i < dataset->n_field; i++)
		if (dataset->field[i].type == FIELD_TEXT)
			word[n_word++] = dataset->field[i].id;
	w->group_field = find_field(dataset, value);
	w->groups = strcmp(value, "parent") ? GROUPS_FIELD : GROUPS_PARENT;
	if (w->groups == GROUPS_PARENT)
		return;
	if (w->group_field != NOT_THERE && dataset->field[w->group_field].type == FIELD_TEXT)
		return;
	near = suggest(value, word, n_word);
	diag_error(d, node_place(w->root, "groups", 0), "value",
		"groups='%s' is no text of the dataset; it may be '%s'", value,
		near ? near : word[0]);
}

static void read_root(struct work *w, const char *name, struct diags *d)
{
	const char *id = node_need(w->root, "id", d);

	node_check_attributes(w->root, root_attributes, d);
	if (id && strcmp(id, name) != 0)
		diag_error(d, node_place(w->root, "id", 0), "name",
			"id='%s' is not the name of the file; write id='%s'", id, name);
	w->table->id = name;
	w->table->title = label_text(w->root, "title", w->job, w->a, d);
	if (node_attribute(w->root, "unit-line"))
		w->table->unit_line = label_text(w->root, "unit-line", w->job, w->a, d);
	w->table->numbered_columns = node_choice(w->root, "numbering", yes_no, 0, d) == 1;
	w->rounding = read_rounding(w->root, w->job->rounding, d);
	read_source(w, d);
	read_rows(w, d);
	read_groups(w, d);
}

/* After the columns: order may name one. */
static void read_order(struct work *w, struct diags *d)
{
	static const char desc[] = " desc";
	const char *value = node_attribute(w->root, "order");
	size_t n = value ? strlen(value) : 0;
	const char *id;
	const char **word;
	const char *near;

	if (!value || !strcmp(value, "source"))
		return;
	w->order = strcmp(value, "label") ? ORDER_COLUMN : ORDER_LABEL;
	if (w->order == ORDER_LABEL)
		return;
	w->descending = n > strlen(desc) && !strcmp(value + n - strlen(desc), desc);
	id = arena_slice(w->a, value, w->descending ? n - strlen(desc) : n);
	w->order_column = find_column(w->table, id);
	if (w->order_column != NOT_THERE)
		return;
	word = ARENA_ARRAY(w->a, w->table->n_column + 2, const char *);
	for (size_t i = 0; i < w->table->n_column; i++)
		word[i] = w->table->column[i].id;
	word[w->table->n_column] = "source";
	word[w->table->n_column + 1] = "label";
	near = suggest(id, word, w->table->n_column + 2);
	diag_error(d, node_place(w->root, "order", 0), "unknown-name",
		"order='%s' is no column; it may be '%s'", value, near ? near : "source");
}

/* ---- the elements that are no columns ---- */

void refuse_children(const struct node *n, struct diags *d)
{
	static const char *const nothing[] = { NULL };

	for (const struct node *child = n->child; child; child = child->next)
		if (!node_is_blank(child))
			node_unknown(child, nothing, d);
}

static void read_note(const struct work *w, const struct node *n, struct diags *d)
{
	static const char *const nothing[] = { NULL };
	static const char *const attributes[] = { "for", NULL };
	static const char *const cells[] = { "not-applicable", NULL };

	node_check_attributes(n, node_is(n, "note") ? attributes : nothing, d);
	node_choice(n, "for", cells, 0, d);
	for (const struct node *child = n->child; child; child = child->next)
		if (child->name)
			node_unknown(child, nothing, d);
		else
			label_text(child, NULL, w->job, w->a, d);
}

static void read_once(const struct node *n, const struct node **kept, struct diags *d)
{
	if (*kept)
		diag_error(d, n->at, "duplicate", "a table has only one <%s>", n->name);
	*kept = n;
}

static void read_total(struct work *w, const struct node *n, struct diags *d)
{
	static const char *const attributes[] = { "label", "place", NULL };
	static const char *const places[] = { "last", "first", NULL };

	node_check_attributes(n, attributes, d);
	refuse_children(n, d);
	label_text(n, "label", w->job, w->a, d);
	w->total_first = node_choice(n, "place", places, 0, d) == 1;
	read_once(n, &w->total, d);
}

static void read_subtotal(struct work *w, const struct node *n, struct diags *d)
{
	static const char *const attributes[] = { "label", "place", "from", NULL };
	static const char *const places[] = { "first", "last", NULL };

	node_check_attributes(n, attributes, d);
	refuse_children(n, d);
	w->groups_last = node_choice(n, "place", places, 0, d) == 1;
	label_of_group(n, "label", w->job, "", w->a, d);
	if (!node_attribute(w->root, "groups"))
		diag_error(d, n->at, "value", "<subtotal> needs groups=\"...\" on <table>");
	whole_read(w, n, d);
	read_once(n, &w->subtotal, d);
}

static void read_check(struct work *w, const struct node *n, struct diags *d)
{
	static const char *const attributes[] = { "that", "severity", "message", "on", "rule",
		NULL };
	static const char *const severities[] = { "error", "warning", "note", NULL };
	static const enum severity meant[] = { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };
	static const char *const places[] = { "rows", "total", "all", NULL };
	struct check *check = ARENA_PUSH(w->a, w->check, w->n_check, &w->cap_check);
	const char *rule = node_attribute(n, "rule");

	node_check_attributes(n, attributes, d);
	refuse_children(n, d);
	node_need(n, "that", d);
	*check = (struct check){
		.node = n,
		.severity = meant[node_choice(n, "severity", severities, 0, d)],
		.on = (enum check_on)node_choice(n, "on", places, CHECK_ALL, d),
		.message = node_need(n, "message", d),
		.rule = rule ? rule : "check",
	};
	if (rule && (!*rule || rule[strspn(rule, "abcdefghijklmnopqrstuvwxyz0123456789-")]))
		diag_error(d, node_place(n, "rule", 0), "name",
			"'%s' is no name; use a-z, 0-9 and -", rule);
}

static void read_others(struct work *w, struct diags *d)
{
	for (const struct node *n = w->root->child; n; n = n->next) {
		if (node_is(n, "total"))
			read_total(w, n, d);
		else if (node_is(n, "subtotal"))
			read_subtotal(w, n, d);
		else if (node_is(n, "check"))
			read_check(w, n, d);
		else if (node_is(n, "note") || node_is(n, "no-rows"))
			read_note(w, n, d);
		else if (!node_is(n, "column") && !node_is(n, "group") && !node_is_blank(n) && !rule_take(w, n, d))
			node_unknown(n, root_elements, d);
	}
}

bool template_read(struct work *w, const char *name, struct library *library, struct diags *d)
{
	size_t n_error = d->n_error;
	const char *label[TABLE_HEADER_MAX];
	struct library_file file;

	if (!library_find(library, "tables", name, job_table_place(w->job, name), &file, d))
		return false;
	w->root = library_tree(library, &file, "table", table_space, w->a, d);
	if (!w->root)
		return false;
	w->table->template = w->root;
	w->table->at = w->root->at;
	read_root(w, name, d);
	w->table->column = ARENA_ARRAY(w->a, TABLE_COLUMNS_MAX, struct column);
	w->column = ARENA_ARRAY(w->a, TABLE_COLUMNS_MAX, struct column_work);
	columns_read(w, w->root, label, 0, d);
	if (!w->table->n_column && d->n_error == n_error)
		diag_error(
			d, w->root->at, "missing-element", "a table needs at least one <column>");
	read_order(w, d);
	read_others(w, d);
	return d->n_error == n_error;
}
