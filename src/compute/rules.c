/* The rules of the audit that speak of one row: what adds up, what flows, what is part of what, what jumps; and rates. */
#include "compute/work.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Attributes: subject is one expression, plus and minus are lists of names or expressions without spaces. */
struct rule_kind {
	const char *name;
	const char *subject;
	const char *plus[3];  /* NULL-terminated; the first must be there */
	const char *minus[2]; /* NULL-terminated */
	const char *others[3]; /* further attributes that must be there */
	bool (*holds)(const struct rule *, struct ratio subject, struct ratio others, struct diags *);
};

static bool is_equal(const struct rule *r, struct ratio subject, struct ratio others, struct diags *d)
{
	(void)r;
	(void)d;
	return ratio_compare(subject, others) == 0;
}

static bool is_at_most(const struct rule *r, struct ratio subject, struct ratio others, struct diags *d)
{
	(void)r;
	(void)d;
	return ratio_compare(subject, others) <= 0;
}

/* |now - before| * 100 <= percent * |before| */
static bool is_near(const struct rule *r, struct ratio now, struct ratio before, struct diags *d)
{
	struct ratio change;
	struct ratio limit = ratio_whole(strtol(node_attribute(r->node, "percent"), NULL, 10));

	if (!ratio_sub(now, before, r->node->at, &change, d))
		return true; /* reported */
	before.num = before.num < 0 ? -before.num : before.num;
	if (!ratio_mul(change, ratio_whole(100), r->node->at, &change, d)
		|| !ratio_mul(limit, before, r->node->at, &limit, d))
		return true; /* reported */
	change.num = change.num < 0 ? -change.num : change.num;
	return ratio_compare(change, limit) <= 0;
}

static const struct rule_kind kinds[] = {
	{ "adds-up", "whole", { "parts" }, { NULL }, { NULL }, is_equal },
	{ "stock-flow", "end", { "start", "plus" }, { "minus" }, { NULL }, is_equal },
	{ "subset", "part", { "of" }, { NULL }, { NULL }, is_at_most },
	{ "jump", "column", { "from" }, { NULL }, { "percent" }, is_near },
	{ "covers", NULL, { NULL }, { NULL }, { "column", "table" }, NULL },
	{ "equals", "value", { NULL }, { NULL }, { "table", "other" }, NULL },
};

enum { N_KIND = sizeof kinds / sizeof *kinds, ATTRIBUTES_MAX = 10, TERMS_MAX = 64 };

/* ---- reading ---- */

static size_t list_attributes(const struct rule_kind *kind, const char *names[ATTRIBUTES_MAX])
{
	size_t n = 0;

	names[n++] = "severity";
	if (kind->subject)
		names[n++] = kind->subject;
	for (size_t i = 0; kind->plus[i]; i++)
		names[n++] = kind->plus[i];
	for (size_t i = 0; kind->minus[i]; i++)
		names[n++] = kind->minus[i];
	for (size_t i = 0; kind->others[i]; i++)
		names[n++] = kind->others[i];
	names[n] = NULL;
	return n;
}

static void check_percent(const struct node *n, struct diags *d)
{
	const char *value = node_attribute(n, "percent");

	if (value && (!*value || strlen(value) > 4 || strspn(value, "0123456789") != strlen(value)))
		diag_error(d, node_place(n, "percent", 0), "value", "percent='%s' is not a whole number from 0 to %d", value, 9999);
}

static void check_column(const struct work *w, const struct node *n, struct diags *d)
{
	const char *id = node_is(n, "covers") ? node_attribute(n, "column") : NULL;
	size_t i = id ? find_column(w->table, id) : NOT_THERE;

	if (id && (i == NOT_THERE || w->table->column[i].kind != COLUMN_TEXT))
		diag_error(d, node_place(n, "column", 0), "unknown-name", "column='%s' is no column of texts", id);
}

bool rule_take(struct work *w, const struct node *n, struct diags *d)
{
	const char *allowed[ATTRIBUTES_MAX];
	const struct rule_kind *kind = kinds;

	while (kind < kinds + N_KIND && !node_is(n, kind->name))
		kind++;
	if (kind == kinds + N_KIND)
		return false;
	list_attributes(kind, allowed);
	node_check_attributes(n, allowed, d);
	refuse_children(n, d);
	if (kind->subject)
		node_need(n, kind->subject, d);
	if (kind->plus[0])
		node_need(n, kind->plus[0], d);
	for (size_t i = 0; kind->others[i]; i++)
		node_need(n, kind->others[i], d);
	check_percent(n, d);
	check_column(w, n, d);
	*ARENA_PUSH(w->a, w->rule, w->n_rule, &w->cap_rule) = (struct rule){ .node = n, .kind = kind };
	return true;
}

static const struct expr *read_part(struct work *w, const struct node *n, const char *attribute, size_t offset, size_t length,
	struct diags *d)
{
	struct expr_place place = { .node = n, .attribute = attribute, .offset = offset };

	return expr_parse(node_attribute(n, attribute) + offset, length, place, &w->table->symbols, EXPR_NUMBER, w->a, d);
}

/* Each of the names in the attribute. */
static void read_list(struct work *w, const struct rule *r, const char *attribute, const struct expr **list, size_t *n_list,
	struct diags *d)
{
	const char *text = node_attribute(r->node, attribute);
	size_t i = 0;

	while (text && text[i]) {
		size_t length = strcspn(text + i, " \t\r\n");

		if (length && *n_list == TERMS_MAX) {
			diag_error(d, node_place(r->node, attribute, i), "limit", "a rule has at most %d names", TERMS_MAX);
			return;
		}
		if (length)
			list[(*n_list)++] = read_part(w, r->node, attribute, i, length, d);
		i += length + (text[i + length] != '\0');
	}
}

/* Whether it speaks of another source that this job does not have: then it says nothing. */
static bool is_idle(const struct work *w, const struct node *n)
{
	for (size_t i = 0; i < n->n_attribute; i++)
		if ((strstr(n->attribute[i].value, "previous.") && !w->data[SOURCE_PREVIOUS])
			|| (strstr(n->attribute[i].value, "plan.") && !w->data[SOURCE_PLAN]))
			return true;
	return false;
}

/* What is compared is of one unit. */
static void check_units(const struct rule *r, const struct expr *const *term, size_t n, struct diags *d)
{
	for (size_t i = 0; i < n; i++) {
		const char *mine = r->subject ? expr_unit(r->subject) : "";
		const char *its = term[i] ? expr_unit(term[i]) : "";
		const char *pure = diag_say(d, "a pure number");

		if (r->subject && term[i] && !expr_unit_fits(term[i], mine) && !expr_unit_fits(r->subject, its))
			diag_error(d, expr_origin(term[i]), "unit", "cannot compare %s and %s", *mine ? mine : pure, *its ? its : pure);
	}
}

static void rule_read(struct work *w, struct rule *r, struct diags *d)
{
	const struct rule_kind *kind = r->kind;
	const char *subject = kind->subject ? node_attribute(r->node, kind->subject) : NULL;

	r->idle = is_idle(w, r->node);
	if (r->idle)
		return;

	r->plus = ARENA_ARRAY(w->a, TERMS_MAX, const struct expr *);
	r->minus = ARENA_ARRAY(w->a, TERMS_MAX, const struct expr *);
	if (subject)
		r->subject = read_part(w, r->node, kind->subject, 0, strlen(subject), d);
	for (size_t i = 0; kind->plus[i]; i++)
		read_list(w, r, kind->plus[i], r->plus, &r->n_plus, d);
	for (size_t i = 0; kind->minus[i]; i++)
		read_list(w, r, kind->minus[i], r->minus, &r->n_minus, d);
	check_units(r, r->plus, r->n_plus, d);
	check_units(r, r->minus, r->n_minus, d);
	if (w->audit)
		r->severity = audit_severity(w->audit, r->node, d);
}

void rules_read(struct work *w, struct diags *d)
{
	for (size_t i = 0; i < w->n_rule; i++)
		rule_read(w, &w->rule[i], d);
}

/* ---- running ---- */

/* Adds all, or subtracts them. False where one is no number. */
static bool add_terms(struct work *w, const struct expr *const *term, size_t n, bool minus, size_t row, struct ratio *sum,
	struct diags *d)
{
	for (size_t i = 0; i < n; i++) {
		struct value value;

		if (!expr_eval(term[i], &w->table->env, row, &value, w->a, d) || value.figure.state != FIGURE_OK
			|| !(minus ? ratio_sub(*sum, value.figure.x, expr_origin(term[i]), sum, d)
				   : ratio_add(*sum, value.figure.x, expr_origin(term[i]), sum, d)))
			return false;
	}
	return true;
}

static void run_row(struct work *w, const struct rule *r, size_t row, struct diags *d)
{
	struct ratio others = ratio_whole(0);
	struct value value;
	const char *name = expr_source(r->subject);

	if (!expr_eval(r->subject, &w->table->env, row, &value, w->a, d) || value.figure.state != FIGURE_OK
		|| !add_terms(w, r->plus, r->n_plus, false, row, &others, d)
		|| !add_terms(w, r->minus, r->n_minus, true, row, &others, d) || r->kind->holds(r, value.figure.x, others, d))
		return;
	audit_add(w->audit,
		(struct audit_finding){
			.rule = r->kind->name,
			.severity = r->severity,
			.at = row_place(w, &value.figure, row),
			.place = cell_path(w, row, name),
			.subject = cell_subject(w, row, name),
			.printed = audit_apart(value.figure.x, others, w->a),
			.computed = audit_apart(others, value.figure.x, w->a),
		},
		d);
}

static void run_rate(struct work *w, size_t i, size_t row, struct diags *d)
{
	const struct figure *figure = &table_cell(w->table, row, i)->figure;
	const char *name = w->table->column[i].id;

	if (figure->state != FIGURE_OK
		|| (figure->x.num >= 0 && ratio_compare(figure->x, ratio_whole(100)) <= 0))
		return;
	audit_add(w->audit,
		(struct audit_finding){
			.rule = "rate",
			.severity = w->audit->job->audit_severity,
			.at = row_place(w, figure, row),
			.place = cell_path(w, row, name),
			.subject = cell_subject(w, row, name),
			.printed = audit_exact(figure->x, w->a),
			.computed = "0 - 100",
		},
		d);
}

/* What the rows of a column come to; false where one has no figure. */
static bool add_leaves(const struct work *w, size_t i, struct ratio *sum, struct diags *d)
{
	*sum = ratio_whole(0);
	for (size_t k = 0; k < w->table->n_leaf; k++) {
		const struct figure *figure = &table_cell(w->table, w->table->leaf[k], i)->figure;

		if (figure->state != FIGURE_OK || !ratio_add(*sum, figure->x, w->table->at, sum, d))
			return false;
	}
	return true;
}

/* What is shared out, or "?". */
static const char *whole_text(const struct work *w, const struct column *column, struct diags *d)
{
	struct value whole;

	if (!w->table->has_total || !expr_eval(column->share.whole, &w->table->env, w->table->total, &whole, w->a, d)
		|| whole.figure.state != FIGURE_OK)
		return "?";
	return audit_exact(whole.figure.x, w->a);
}

/* Shares that a source lacks: what is confidential is there. */
static void find_missing_shares(struct work *w, size_t i, struct diags *d)
{
	const struct column *column = &w->table->column[i];
	const char *whole = whole_text(w, column, d);

	for (size_t k = 0; k < w->table->n_leaf; k++) {
		size_t row = w->table->leaf[k];
		const struct figure *figure = &table_cell(w->table, row, i)->figure;

		if (figure->state != FIGURE_MISSING)
			continue;
		audit_add(w->audit,
			(struct audit_finding){
				.rule = "share",
				.severity = w->audit->job->audit_severity,
				.at = row_place(w, figure, row),
				.place = cell_path(w, row, column->id),
				.subject = cell_subject(w, row, column->id),
				.printed = "",
				.computed = whole,
			},
			d);
	}
}

/* Shares that a source gives, against their whole. */
static void run_given(struct work *w, size_t i, struct diags *d)
{
	const struct column *column = &w->table->column[i];
	struct value whole;
	struct ratio sum;

	if (!expr_eval(column->share.whole, &w->table->env, w->table->total, &whole, w->a, d)
		|| whole.figure.state != FIGURE_OK || !add_leaves(w, i, &sum, d) || !ratio_compare(sum, whole.figure.x))
		return;
	audit_add(w->audit,
		(struct audit_finding){
			.rule = "allocation",
			.severity = w->audit->job->audit_severity,
			.at = row_place(w, &table_cell(w->table, w->table->leaf[0], i)->figure, w->table->leaf[0]),
			.place = cell_path(w, w->table->total, column->id),
			.subject = cell_subject(w, w->table->total, column->id),
			.printed = audit_exact(sum, w->a),
			.computed = audit_exact(whole.figure.x, w->a),
		},
		d);
}

static void run_column(struct work *w, size_t i, struct diags *d)
{
	const struct column *column = &w->table->column[i];

	if (column_is_number(column) && !strcmp(column->unit, "%") && !column->free_range)
		for (size_t row = 0; row < w->table->n_row; row++)
			run_rate(w, i, row, d);
	if (column->kind == COLUMN_SHARE && column->share.mode == ALLOCATE_GIVEN && w->table->has_total)
		run_given(w, i, d);
	if (column->kind == COLUMN_SHARE && column->share.mode == ALLOCATE_GIVEN)
		find_missing_shares(w, i, d);
}

void rules_run(struct work *w, struct diags *d)
{
	for (size_t i = 0; i < w->n_rule; i++)
		for (size_t row = 0; w->rule[i].kind->holds && !w->rule[i].idle && row < w->table->n_row; row++)
			run_row(w, &w->rule[i], row, d);
	for (size_t i = 0; i < w->table->n_column; i++)
		run_column(w, i, d);
}
