/* Which of several returns of one area and month counts, what it changed, and sums since the year began as figures of months. */
#include "model/returning.h"

#include "model/groups.h"
#include "model/header.h"

#include <stdlib.h>
#include <string.h>

/* ---- order ---- */

/* By area, month and time; a day alone stands in front of its hours. */
static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;
	int order;

	if (x->area != y->area)
		return x->area < y->area ? -1 : 1;
	if (x->row->month != y->row->month)
		return x->row->month < y->row->month ? -1 : 1;
	order = strcmp(x->received ? x->received : "", y->received ? y->received : "");
	if (order)
		return order;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* Entries of the same area and month as the first one. */
static size_t count_alike(const struct entry *e, size_t n)
{
	size_t i = 1;

	while (i < n && e[i].area == e->area && e[i].row->month == e->row->month)
		i++;
	return i;
}

static bool no_order(const struct returning *r, const struct entry *e, const struct entry *later)
{
	const char *month = returning_month(r, e->row->month);
	const char *other = diags_are_full(r->diags, later->row->at.file) ? "" : origin_text(e->row->at, r->arena);

	if (!e->received || !later->received)
		return diag_error(r->diags, later->row->at, "received", "'%s' has another return of %s (%s), and nobody says of both when they were "
			"received; fill in the day, or delete the return that does not count",
			later->row->label, month, other);
	return diag_error(r->diags, later->row->at, "received", "'%s' has another return of %s (%s), received %s, and this one %s: nobody knows which "
		"came last; add the hour to both, or delete the return that does not count",
		later->row->label, month, other, e->received, later->received);
}

/* A day is not known to be before an hour of itself. */
static bool check_order(const struct returning *r, const struct entry *e, size_t n)
{
	bool ok = true;

	for (size_t i = 1; i < n; i++)
		if (!e[i - 1].received || !e[i].received || !strncmp(e[i - 1].received, e[i].received, strlen(e[i - 1].received)))
			ok = no_order(r, &e[i - 1], &e[i]);
	return ok;
}

/* ---- corrections ---- */

static bool is_same(const struct figure *x, const struct figure *y)
{
	return x->state == y->state && (x->state != FIGURE_OK || !ratio_compare(x->x, y->x));
}

struct corrections {
	struct correction *list;
	size_t n;
	size_t cap;
};

static void add_corrections(const struct returning *r, const struct entry *e, const struct entry *later, struct corrections *c)
{
	for (size_t i = 0; i < r->dataset->n_field; i++) {
		const struct figure *before = &e->row->datum[i].figure;
		const struct figure *after = &later->row->datum[i].figure;

		if (!field_is_number(r->dataset->field[i].type) || is_same(before, after))
			continue;
		*ARENA_PUSH(r->arena, c->list, c->n, &c->cap) = (struct correction){
			.area = r->area[e->area],
			.month = e->row->month,
			.field = &r->dataset->field[i],
			.before = *before,
			.after = *after,
			.received_before = e->received,
			.received_after = later->received,
			.at_before = e->row->at,
			.at_after = later->row->at,
		};
	}
}

/* ---- sums since the year began ---- */

static bool falls(const struct returning *r, size_t field, const struct figure *x, const struct figure *before)
{
	const struct field *f = &r->dataset->field[field];

	return diag_error(r->diags, x->from[0], "cumulative", "%s: %s is less than %s of an earlier month (%s), but the figure is a sum since the year "
		"began; write the sum, or mend the earlier return",
		header_name(f->label, r->model->job->period.year, r->arena), groups_number(x->x, r->arena), groups_number(before->x, r->arena), origin_text(before->from[0], r->arena));
}

/* The figure of its month alone in place of the sum. */
static bool take_flow(const struct returning *r, size_t field, struct figure *x, const struct figure *before)
{
	struct figure flow = *x;

	if (!r->dataset->field[field].may_be_negative && ratio_compare(x->x, before->x) < 0)
		return falls(r, field, x, before);
	if (!ratio_sub(x->x, before->x, x->from[0], &flow.x, r->diags))
		return false;
	figure_add_places(&flow, before, r->arena);
	*x = flow;
	return true;
}

/* The figure is of the months from that one on: nobody knows how much of it is of which. */
static void set_since(const struct returning *r, struct report *report, size_t field, unsigned first)
{
	unsigned char *since = (unsigned char *)report->since;

	if (!since)
		since = ARENA_ARRAY(r->arena, r->dataset->n_field, unsigned char);
	since[field] = (unsigned char)first;
	report->since = since;
}

/* One area, month by month; each row has its own data. */
static bool take_flows(const struct returning *r, size_t field, struct report *report)
{
	struct figure before = figure_missing();
	unsigned first = 1;
	bool ok = true;

	for (unsigned month = 1; month <= RETURNS_MONTHS; month++) {
		const struct data_row *row = report[month - 1].row;
		struct figure *x = row ? (struct figure *)&row->datum[field].figure : NULL;
		struct figure sum = x ? *x : before;

		if (!x || sum.state != FIGURE_OK)
			continue;
		if (before.state == FIGURE_OK)
			ok = take_flow(r, field, x, &before) && ok;
		if (first < month)
			set_since(r, &report[month - 1], field, first);
		before = sum;
		first = month + 1;
	}
	return ok;
}

static bool take_all_flows(const struct returning *r, struct report *report)
{
	bool ok = true;

	for (size_t k = 0; k < r->dataset->n_field; k++)
		for (size_t i = 0; r->dataset->field[k].is_cumulative && i < r->n_area; i++)
			ok = take_flows(r, k, &report[i * RETURNS_MONTHS]) && ok;
	return ok;
}

/* ---- what counts ---- */

static void take_last(const struct returning *r, const struct entry *e, size_t n, struct data_row *row, struct report *report)
{
	const struct entry *last = &e[n - 1];
	const struct area *area = r->area[e->area];

	*row = *last->row;
	row->area = area;
	row->key = area->key;
	row->label = area->name;
	report[e->area * RETURNS_MONTHS + row->month - 1] = (struct report){
		.row = row,
		.received = last->received,
		.first_received = e->received,
		.n_return = n,
	};
}

bool returnlast_settle(struct returning *r, struct data_row *row, struct report *report, struct returns *returns)
{
	struct corrections c = { 0 };
	size_t n_row = 0;
	bool ok = true;
	size_t n;

	if (r->n_entry)
		qsort(r->entry, r->n_entry, sizeof *r->entry, compare_entries);
	for (size_t i = 0; i < r->n_entry; i += n) {
		n = count_alike(&r->entry[i], r->n_entry - i);
		ok = check_order(r, &r->entry[i], n) && ok;
		for (size_t k = 1; k < n; k++)
			add_corrections(r, &r->entry[i + k - 1], &r->entry[i + k], &c);
		take_last(r, &r->entry[i], n, &row[n_row++], report);
	}
	ok = take_all_flows(r, report) && ok;
	returns->correction = c.list;
	returns->n_correction = c.n;
	return ok;
}
