/* The rules of the audit that speak of another table: areas covered exactly once, figures that are the same. */
#include "compute/work.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { AREA_MAX = 512 }; /* [bytes] of one area in a list */

/* ---- areas of a list: "Khu phố 9 + 4; Khu phố 3 và 12" ---- */

/* Which row has each area of the other table. */
struct covering {
	struct work *work;
	const struct rule *rule;
	const struct table *other;
	size_t *by; /* [other->n_row] row, or NOT_THERE */
	struct diags *d;
};

static bool divides_list(const char *s, size_t *length)
{
	static const char *const marks[] = { "+", ";", ",", " và ", " & " };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (!strncmp(s, marks[i], strlen(marks[i]))) {
			*length = strlen(marks[i]);
			return true;
		}
	return false;
}

/* What stands before the number of an area: "Khu phố " of "Khu phố 9". */
static size_t prefix_length(const char *s, size_t n)
{
	while (n && s[n - 1] != ' ')
		n--;
	return n;
}

static bool begins_with_digit(const char *s)
{
	return *s >= '0' && *s <= '9';
}

static void report_area(const struct covering *c, size_t row, enum audit_why why, const char *area, const char *more)
{
	const struct work *w = c->work;
	const char *column = node_attribute(c->rule->node, "column");
	size_t i = find_column(w->table, column);
	struct audit_finding f = {
		.rule = "covers",
		.severity = c->rule->severity,
		.at = w->table->at,
		.place = w->table->id,
		.subject = "",
		.printed = "",
		.computed = "",
		.message = NULL,
	};

	if (row != NOT_THERE) {
		f.at = row_place(w, &table_cell(w->table, row, i)->figure, row);
		f.place = cell_path(w, row, column);
		f.subject = cell_subject(w, row, column);
	}
	audit_reason_add(&f, why, area, more);
	f.computed = area;
	audit_add(w->audit, f, c->d);
}

static void cover_area(struct covering *c, size_t row, const char *area)
{
	const struct work *w = c->work;
	size_t found;

	if (!table_find_row(c->other, area, &found) || c->other->row[found].kind != ROW_AREA)
		report_area(c, row, WHY_NO_AREA, area, NULL);
	else if (c->by[found] != NOT_THERE)
		report_area(c, row, WHY_COVERED_TWICE, c->other->row[found].label, w->table->row[c->by[found]].label);
	else
		c->by[found] = row;
}

/* One after another; a number alone has the name of the area before it. */
static void cover_list(struct covering *c, size_t row, const char *list)
{
	char prefix[AREA_MAX] = "";

	while (*list) {
		size_t n = 0;
		size_t length = 0;
		const char *area = list;
		size_t n_area;

		while (list[n] && !divides_list(list + n, &length))
			n++;
		n_area = n;
		utf8_trim(&area, &n_area);
		if (n_area && n_area < AREA_MAX / 2) {
			const char *full = arena_printf(
				c->work->a, "%s%.*s", begins_with_digit(area) ? prefix : "", (int)n_area, area);

			cover_area(c, row, full);
			snprintf(prefix, sizeof prefix, "%.*s", (int)prefix_length(full, strlen(full)), full);
		}
		list += n + (list[n] ? length : 0);
	}
}

static void run_covers(struct work *w, const struct rule *r, const struct table *other, struct diags *d)
{
	size_t column = find_column(w->table, node_attribute(r->node, "column"));
	struct covering c = { w, r, other, ARENA_ARRAY(w->a, other->n_row, size_t), d };

	for (size_t i = 0; i < other->n_row; i++)
		c.by[i] = NOT_THERE;
	for (size_t i = 0; i < w->table->n_leaf; i++) {
		const char *list = table_cell(w->table, w->table->leaf[i], column)->text;

		cover_list(&c, w->table->leaf[i], list ? list : "");
	}
	for (size_t i = 0; i < other->n_leaf; i++)
		if (c.by[other->leaf[i]] == NOT_THERE)
			report_area(&c, NOT_THERE, WHY_NOT_COVERED, other->row[other->leaf[i]].label, NULL);
}

/* ---- the same figure ---- */

static void run_equals(struct work *w, const struct rule *r, const struct table *other, struct diags *d)
{
	const char *text = node_attribute(r->node, "other");
	struct expr_place place = { .node = r->node, .attribute = "other" };
	const struct expr *expr = expr_parse(text, strlen(text), place, &other->symbols, EXPR_NUMBER, w->a, d);
	struct value mine;
	struct value its;

	if (!expr || !w->table->has_total || !other->has_total)
		return;
	if (!expr_unit_fits(expr, expr_unit(r->subject)) && !expr_unit_fits(r->subject, expr_unit(expr))) {
		diag_error(d, expr_origin(expr), "unit", "cannot compare '%s' and '%s'", expr_unit(r->subject), expr_unit(expr));
		return;
	}
	if (!expr_eval(r->subject, &w->table->env, w->table->total, &mine, w->a, d)
		|| !expr_eval(expr, &other->env, other->total, &its, w->a, d) || mine.figure.state != FIGURE_OK
		|| its.figure.state != FIGURE_OK || !ratio_compare(mine.figure.x, its.figure.x))
		return;
	audit_add(w->audit,
		(struct audit_finding){
			.rule = "equals",
			.severity = r->severity,
			.at = row_place(w, &mine.figure, w->table->total),
			.place = arena_printf(w->a, "%s/%s", w->table->id, expr_source(r->subject)),
			.subject = arena_printf(w->a, "%s: %s, %s: %s", w->table->id, expr_source(r->subject), other->id,
				expr_source(expr)),
			.printed = audit_apart(mine.figure.x, its.figure.x, w->a),
			.computed = audit_apart(its.figure.x, mine.figure.x, w->a),
		},
		d);
}

void cross_rules_run(struct work *w, const struct tables *tables, struct diags *d)
{
	for (size_t i = 0; i < w->n_rule; i++) {
		const struct rule *r = &w->rule[i];
		const char *name = node_attribute(r->node, "table");
		const struct table *other = name ? tables_find(tables, name) : NULL;

		if (!other || r->idle) /* the job has no such table: the rule says nothing */
			continue;
		if (node_is(r->node, "covers"))
			run_covers(w, r, other, d);
		else
			run_equals(w, r, other, d);
	}
}
