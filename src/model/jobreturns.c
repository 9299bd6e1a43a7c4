/* What a job says of monthly returns. */
#include "model/jobreader.h"

#include "base/filematch.h"

#include <string.h>

static void read_returns_month(struct job_reader *r, const struct node *n, struct job_returns *x)
{
	const char *month = job_need_text(r, n, "month");
	struct date date;

	x->month_at = node_place(n, "month", 0);
	if (!month)
		return;
	if (!date_parse(month, &date) || !date.month || date.day)
		r->ok = diag_error(r->diags, x->month_at, "month", "month=\"%s\" is no month; write it as 2024-05", month);
	else if (r->job->period.year && date.year != r->job->period.year)
		r->ok = diag_error(r->diags, x->month_at, "month", "month=\"%s\" is not in %d, the year of the plan", month,
			r->job->period.year);
	else
		x->month = (unsigned)date.month;
}

static void read_returns_received(struct job_reader *r, const struct node *n, struct job_returns *x)
{
	const char *received = job_need_text(r, n, "received");
	struct date date;
	int hour, minute;

	x->received_at = node_place(n, "received", 0);
	if (!received)
		return;
	if (date_read_moment(received, &date, &hour, &minute))
		x->received = date_moment_iso(date, hour, minute, r->arena);
	if (!x->received || strcmp(x->received, received) != 0)
		r->ok = diag_error(r->diags, x->received_at, "date",
			"received=\"%s\" is no day and no time of a day; write it as 2024-05-03 or 2024-05-03T14:30", received);
}

void job_read_returns(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "dataset", "href", "month", "received", "decimal", "rates", "rows", "sheet", "encoding",
		"by", NULL };
	struct job_returns x = { .source = { .id = "returns", .at = n->at, .repeats = true, .period_year = r->job->period.year } };

	job_check_attributes(r, n, allowed);
	x.source.dataset = job_need_text(r, n, "dataset");
	x.source.href = job_need_text(r, n, "href");
	x.href_at = node_place(n, "href", 0);
	if (x.source.href)
		r->ok = file_check_pattern(x.source.href, x.href_at, r->diags) && r->ok;
	if (node_attribute(n, "month"))
		read_returns_month(r, n, &x);
	if (node_attribute(n, "received"))
		read_returns_received(r, n, &x);
	job_read_numbers(r, n, &x.source);
	x.source.rows = job_optional_text(r, n, "rows");
	x.source.sheet = job_optional_text(r, n, "sheet");
	x.source.encoding = job_optional_text(r, n, "encoding");
	job_read_by(r, n, &x.source);
	job_read_source_children(r, n, &x.source);
	*ARENA_PUSH(r->arena, r->job->returns, r->job->n_returns, &r->cap_returns) = x;
}

/* Its targets are read with the template that they are for. */
void job_read_progress(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "template", "list", NULL };
	static const char *const children[] = { "target", NULL };

	job_check_attributes(r, n, allowed);
	r->job->progress_list = job_optional_text(r, n, "list");
	if (r->job->progress_list && (!r->instance || !r->instance->below))
		r->ok = diag_error(r->diags, node_place(n, "list", 0), "summary",
			"list=\"...\" is for the <summary> of a job for each area of a list; take it out, and name the areas' returns with <returns>");
	r->job->progress = job_need_text(r, n, "template");
	r->job->progress_node = n;
	if (r->job->progress && !job_is_name(r->job->progress))
		r->ok = diag_error(r->diags, node_place(n, "template", 0), "name",
			"'%s' is no name of a template (%s); names have only a-z, 0-9 and '-'", r->job->progress, "template");
	for (const struct node *c = n->child; c; c = c->next)
		if (!node_is(c, "target") && !node_is_blank(c))
			r->ok = node_unknown(c, children, r->diags);
}
