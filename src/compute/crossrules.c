/* The rules of the audit that speak of another table: areas covered exactly once, figures that are the same. */
#include "compute/work.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/nearnames.h"

#include <string.h>

enum {
	AREA_MAX = 512, /* [bytes] of one area in a list */
	JOINED_MAX = 3, /* marks of a list that the name of an area may hold */
};

/* ---- areas of a list: "Khu phố 9 + 4; Khu phố 3 và 12" ---- */

/* Which row has each area of the other table. */
struct covering {
	struct work *work;
	const struct rule *rule;
	const struct table *other;
	size_t *by; /* [other->n_row] row, or NOT_THERE */
	struct plain_name *plain; /* [other->n_leaf] once near names were looked for */
	struct diags *d;
};

/* What stands before the names of a list, from the area before: of "Thôn Đông 1" both "Thôn Đông " and "Thôn ". */
struct carried {
	char number[AREA_MAX]; /* before a number */
	char name[AREA_MAX];   /* the administrative word alone */
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
		.at = row_place(w, &table_cell(w->table, row, i)->figure, row),
		.place = cell_path(w, row, column),
		.subject = cell_subject(w, row, column),
		.printed = "",
		.computed = area,
	};

	audit_reason_add(&f, why, area, more);
	audit_add(w->audit, f, c->d);
}

/* An area that no row has is shown where its own table has it. */
static void report_uncovered(const struct covering *c, size_t row)
{
	const struct table_row *area = &c->other->row[row];
	struct audit_finding f = {
		.rule = "covers",
		.severity = c->rule->severity,
		.at = area->row ? area->row->at : c->work->table->at,
		.place = arena_printf(c->work->a, "%s/%s", c->work->table->id, area->key),
		.subject = c->work->table->title,
		.printed = "",
		.computed = area->label,
	};

	audit_reason_add(&f, WHY_NOT_COVERED, area->label, NULL);
	audit_add(c->work->audit, f, c->d);
}

/* The label of the area that may be meant, or NULL. */
static const char *near_area(struct covering *c, size_t row, const char *area)
{
	const struct work *w = c->work;
	const struct table *other = c->other;
	struct plain_name name;
	size_t i;

	if (diags_are_full(c->d, row_place(w, &table_cell(w->table, row, 0)->figure, row).file))
		return NULL;
	if (!c->plain) {
		c->plain = ARENA_ARRAY(w->a, other->n_leaf, struct plain_name);
		for (i = 0; i < other->n_leaf; i++)
			plain_name_read(w->model->names, other->row[other->leaf[i]].label, w->a, &c->plain[i]);
	}
	plain_name_read(w->model->names, area, w->a, &name);
	i = plain_names_nearest(&name, c->plain, other->n_leaf);
	return i < other->n_leaf ? other->row[other->leaf[i]].label : NULL;
}

static bool find_area(const struct covering *c, const char *area, size_t *row)
{
	return table_find_row(c->other, area, row) && c->other->row[*row].kind == ROW_AREA;
}

static void cover_area(struct covering *c, size_t row, const char *area)
{
	const struct work *w = c->work;
	const char *near;
	size_t found;

	if (!find_area(c, area, &found)) {
		near = near_area(c, row, area);
		report_area(c, row, near ? WHY_NEAR_AREA : WHY_NO_AREA, area, near);
	} else if (c->by[found] != NOT_THERE) {
		report_area(c, row, WHY_COVERED_TWICE, c->other->row[found].label, w->table->row[c->by[found]].label);
	} else {
		c->by[found] = row;
	}
}

/* The area in n bytes of a list: what is carried stands before a number, and before a name that is no area without it. A word such
 * as "các" may begin it, a full stop end it. "": none. */
static const char *area_in(const struct covering *c, const char *list, size_t n, const struct carried *carried)
{
	const char *area;
	const char *whole;
	size_t word;
	size_t row;

	utf8_trim(&list, &n);
	if (n && list[n - 1] == '.')
		n--;
	if (!n || n >= AREA_MAX / 2)
		return "";
	area = arena_slice(c->work->a, list, n);
	word = area_names_list_word(c->work->model->names, area);
	area += word;
	whole = arena_printf(c->work->a, "%s%s", carried->name, area);
	if (begins_with_digit(area))
		area = *carried->number ? arena_printf(c->work->a, "%s%s", carried->number, area) : whole;
	return !find_area(c, area, &row) && find_area(c, whole, &row) ? whole : area;
}

static void carry(const struct covering *c, const char *area, struct carried *carried)
{
	size_t word = area_names_prefix(c->work->model->names, area);

	snprintf(carried->number, sizeof carried->number, "%.*s", (int)prefix_length(area, strlen(area)), area);
	if (word)
		snprintf(carried->name, sizeof carried->name, "%.*s", (int)word, area);
}

/* Up to the next mark between areas. */
static size_t item_length(const char *list)
{
	size_t length;
	size_t n = 0;

	while (list[n] && !divides_list(list + n, &length))
		n++;
	return n;
}

/* The bytes of the first area of a list, the longest that the table has: "Ấp Tân và Hòa" may be one. */
static size_t area_length(const struct covering *c, const char *list, const struct carried *carried)
{
	size_t first = item_length(list);
	size_t best = first;
	size_t n = first;

	for (int i = 0; i < JOINED_MAX && list[n]; i++) {
		size_t length = 0;
		size_t row;

		divides_list(list + n, &length);
		n += length + item_length(list + n + length);
		if (find_area(c, area_in(c, list, n, carried), &row))
			best = n;
	}
	return best;
}

/* One after another. */
static void cover_list(struct covering *c, size_t row, const char *list)
{
	struct carried carried = { "", "" };

	while (*list) {
		size_t n = area_length(c, list, &carried);
		const char *area = area_in(c, list, n, &carried);
		size_t length = 0;

		if (*area) {
			cover_area(c, row, area);
			carry(c, area, &carried);
		}
		list += n;
		divides_list(list, &length);
		list += length;
	}
}

static void run_covers(struct work *w, const struct rule *r, const struct table *other, struct diags *d)
{
	size_t column = find_column(w->table, node_attribute(r->node, "column"));
	struct covering c = { w, r, other, ARENA_ARRAY(w->a, other->n_row, size_t), NULL, d };

	for (size_t i = 0; i < other->n_row; i++)
		c.by[i] = NOT_THERE;
	for (size_t i = 0; i < w->table->n_leaf; i++) {
		const char *list = table_cell(w->table, w->table->leaf[i], column)->text;

		cover_list(&c, w->table->leaf[i], list ? list : "");
	}
	for (size_t i = 0; i < other->n_leaf; i++)
		if (c.by[other->leaf[i]] == NOT_THERE)
			report_uncovered(&c, other->leaf[i]);
}

/* ---- the same figure ---- */

/* The file that the table is over, for a message. */
static struct origin file_of(const struct table *t)
{
	const struct data_row *row = t->n_leaf ? t->row[t->leaf[0]].row : NULL;

	return row ? (struct origin){ .file = row->at.file, .sheet = row->at.sheet } : t->at;
}

/* A figure that is not there, such as that of a row an office calls otherwise, is no fault of the template: the rule says
 * nothing, and why. */
static bool eval_other(struct work *w, const struct table *other, const struct expr *expr, struct value *its, struct diags *d)
{
	struct diags mine = { .catalog = d->catalog };
	bool ok = expr_eval(expr, &other->env, other->total, its, w->a, &mine);

	if (!ok)
		diag_note(d, file_of(other), "equals", "'%s' is not compared with '%s': %s", w->table->id, other->id,
			mine.n_finding ? mine.finding[0].message : "");
	diags_clear(&mine);
	return ok;
}

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
		|| !eval_other(w, other, expr, &its, d) || mine.figure.state != FIGURE_OK
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

/* The table a rule speaks of; NULL where the job does not have it, and an error where nobody does. */
static const struct table *other_table(const struct rule *r, const struct tables *tables, struct library *library, struct diags *d)
{
	const char *name = node_attribute(r->node, "table");
	const struct table *other = name ? tables_find(tables, name) : NULL;
	struct library_file file;

	if (name && !other)
		library_find(library, "tables", name, node_place(r->node, "table", 0), &file, d);
	return other;
}

void cross_rules_run(struct work *w, const struct tables *tables, struct library *library, struct diags *d)
{
	for (size_t i = 0; i < w->n_rule; i++) {
		const struct rule *r = &w->rule[i];
		const struct table *other = other_table(r, tables, library, d);

		if (!other || r->idle) /* the rule says nothing */
			continue;
		if (node_is(r->node, "covers"))
			run_covers(w, r, other, d);
		else
			run_equals(w, r, other, d);
	}
}
