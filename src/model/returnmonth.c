/* Of which month the rows of a file are, and when they were received. */
#include "model/returning.h"

#include "base/file.h"

#include <string.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2199 };

/* What the name of a file says. */
struct named_month {
	struct date date; /* year 0: nothing */
	bool is_several;  /* different ones */
};

const char *returning_month(const struct returning *r, unsigned month)
{
	return arena_printf(r->arena, "%u/%d", month, r->model->job->period.year);
}

/* ---- the name of the file ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "-31" behind a month makes a day of it. */
static bool is_day_behind(const char *s)
{
	return s[0] == '-' && is_digit(s[1]) && is_digit(s[2]) && !is_digit(s[3]);
}

/* "2024-05" at s that is no part of a longer number or of a day. */
static bool month_at(const char *name, const char *s, struct date *date)
{
	enum { N = 7 };
	char text[N + 1] = "";

	if ((s > name && is_digit(s[-1])) || strnlen(s, N) < N || is_digit(s[N]) || is_day_behind(s + N))
		return false;
	memcpy(text, s, N);
	return date_parse(text, date) && date->month && date->year >= YEAR_FIRST && date->year <= YEAR_LAST;
}

static struct named_month month_in_name(const char *name)
{
	struct named_month m = { 0 };
	struct date date;

	for (const char *s = name; *s; s++) {
		if (!is_digit(*s) || !month_at(name, s, &date))
			continue;
		m.is_several |= m.date.year && (m.date.year != date.year || m.date.month != date.month);
		m.date = date;
	}
	return m;
}

/* ---- the month ---- */

/* What holds for all rows of the file, before its columns are looked at. */
struct file_month {
	unsigned month; /* 0: not said */
	bool is_named;	/* by the name of the file, not by the job */
	bool is_several;
};

static bool find_month(const struct returning *r, const struct return_file *f, struct file_month *m)
{
	const char *shown = f->data.source->shown;
	struct named_month named = month_in_name(file_name(shown));
	struct origin at = { .file = shown };
	int year = r->model->job->period.year;

	*m = (struct file_month){ .month = f->said->month, .is_several = named.is_several };
	if (!named.date.year || named.is_several)
		return true;
	if (named.date.year != year)
		return diag_error(r->diags, at, "month", "the name of the file says %04d-%02d, which is not in %d, the year of the plan; take it "
			"out of the folder, or mend its name", named.date.year, named.date.month, year);
	if (m->month && (int)m->month != named.date.month)
		return diag_error(r->diags, f->said->month_at, "month", "the job says month=\"%d-%02u\", but the name of the file '%s' says "
			"%04d-%02d; mend one of the two", year, m->month, shown, named.date.year, named.date.month);
	m->is_named = !m->month;
	m->month = (unsigned)named.date.month;
	return true;
}

static bool no_month(const struct returning *r, const struct data_row *row, bool is_several)
{
	if (is_several)
		return diag_error(r->diags, row->at, "month", "nobody knows of which month the return is: the name of the file says several; "
			"leave one as 2024-05 in it, or fill in the column of the month");
	return diag_error(r->diags, row->at, "month", "nobody knows of which month the return is: fill in the column of the month, write "
		"month=\"2024-05\" in the job's <returns>, or 2024-05 in the name of the file");
}

static bool check_month(const struct returning *r, const struct data_row *row, unsigned month, const struct file_month *m)
{
	struct origin at = row->datum[r->month].figure.from[0];

	if (!m->month || m->month == month)
		return true;
	if (m->is_named)
		return diag_error(r->diags, at, "month", "the month is %s here, but the name of the file says %s; mend one of the two",
			returning_month(r, month), returning_month(r, m->month));
	return diag_error(r->diags, at, "month", "the month is %s here, but month= of the job's <returns> says %s; mend one of the two",
		returning_month(r, month), returning_month(r, m->month));
}

/* A datum that no cell says. */
static struct datum said_elsewhere(const struct returning *r, struct figure figure, const char *text, struct origin at)
{
	struct origin *from = ARENA_NEW(r->arena, struct origin);

	*from = at;
	figure.from = from;
	figure.n_from = 1;
	return (struct datum){ figure, text };
}

static bool set_month(const struct returning *r, const struct return_file *f, struct data_row *row, const struct file_month *m)
{
	struct datum *x = (struct datum *)&row->datum[r->month];
	struct origin at = m->is_named ? (struct origin){ .file = f->data.source->shown } : f->said->month_at;

	if (x->figure.state == FIGURE_OK) {
		row->month = (unsigned)x->figure.x.num;
		return check_month(r, row, row->month, m);
	}
	if (!m->month)
		return no_month(r, row, m->is_several);
	row->month = m->month;
	*x = said_elsewhere(r, figure_of(ratio_whole(m->month)), arena_printf(r->arena, "%u", m->month), at);
	return true;
}

/* ---- when it was received ---- */

static void set_received(const struct returning *r, const struct return_file *f, struct data_row *row)
{
	struct datum *x;
	struct figure there = figure_missing();

	if (r->received == r->dataset->n_field || !f->said->received)
		return;
	x = (struct datum *)&row->datum[r->received];
	there.state = FIGURE_OK;
	if (!x->text)
		*x = said_elsewhere(r, there, f->said->received, f->said->received_at);
}

/* Nobody can have received it before the month began, and a day years behind is a slip. */
static bool check_received(const struct returning *r, const struct return_file *f, const struct data_row *row)
{
	enum { ISO_DAY = 10 };
	const struct figure *cell = r->received < r->dataset->n_field ? &row->datum[r->received].figure : NULL;
	const char *received = cell ? row->datum[r->received].text : f->said->received;
	const char *first = arena_printf(r->arena, "%04d-%02u-01", r->model->job->period.year, row->month);
	const char *last = arena_printf(r->arena, "%04d-12-31", r->model->job->period.year + RETURNS_YEARS_BEHIND);
	struct origin at = cell && cell->n_from ? cell->from[0] : f->said->received_at;
	size_t n = received ? strnlen(received, ISO_DAY) : 0;

	if (!n || (strncmp(received, first, n) >= 0 && strncmp(received, last, n) <= 0))
		return true;
	if (strncmp(received, first, n) >= 0)
		return diag_error(r->diags, at, "received",
			"the return of '%s' for %s says that it was received %s, more than a year behind its year; expected is %s or earlier: mend the day (its "
			"year too), or the month", row->label, returning_month(r, row->month), received, last);
	return diag_error(r->diags, at, "received",
		"the return of '%s' for %s says that it was received %s, before that month began; expected is %s or later: mend the day (its year too), or "
		"the month", row->label, returning_month(r, row->month), received, first);
}

/* What the job says of the file as a whole is told once. */
static bool says_each_row(const struct returning *r, const struct return_file *f)
{
	return r->received < r->dataset->n_field && f->data.present[r->received];
}

/* False where the other rows of the file would say the same again. */
static bool settle_row(const struct returning *r, const struct return_file *f, struct data_row *row, const struct file_month *m, bool *ok)
{
	if (!set_month(r, f, row, m)) {
		*ok = false;
		return row->month;
	}
	if (check_received(r, f, row))
		return true;
	*ok = false;
	return says_each_row(r, f);
}

bool returnmonth_settle(const struct returning *r, struct return_file *f)
{
	struct file_month m;
	bool m_is_sound = find_month(r, f, &m);
	bool ok = m_is_sound;

	for (size_t i = 0; ok && i < f->data.n_row; i++)
		set_received(r, f, (struct data_row *)&f->data.row[i]);
	for (size_t i = 0; m_is_sound && i < f->data.n_row; i++)
		m_is_sound = settle_row(r, f, (struct data_row *)&f->data.row[i], &m, &ok);
	return ok;
}
