/* Who reported when, and what later returns changed, as rows of datasets: field by field, by the names below. */
#include "compute/progressbelow.h"
#include "compute/progressing.h"

#include "model/header.h"

#include <string.h>

enum { DAY_SECONDS = 86400, ISO_DAY = 10 };

static int64_t day_number(struct date date)
{
	return date_unix(date) / DAY_SECONDS;
}

/* A day of the month behind. */
static struct date due_date(const struct progress_input *in, int month)
{
	int year = in->model->job->period.year;

	if (month == PROGRESS_MONTHS)
		return (struct date){ year + 1, 1, in->template->due_day };
	return (struct date){ year, month + 1, in->template->due_day };
}

struct date progress_overdue_day(const struct progress_input *in)
{
	if (!in->template->due_day)
		return (struct date){ 0 };
	return in->date.day ? in->date : due_date(in, period_last(&in->model->job->period));
}

/* Of a return that came that day, or (NULL) that nobody says the day of. One that did not come is late until the report. */
static int64_t days_late(const struct progressing *p, const struct report *report, const char *day, unsigned month)
{
	struct date date;
	int64_t late;

	if (!p->template->due_day || (report->row && (!day || !date_parse(day, &date))))
		return 0;
	if (!report->row)
		date = progress_overdue_day(p->input);
	late = day_number(date) - day_number(due_date(p->input, (int)month));
	return late > 0 ? late : 0;
}

/* Of an area whose own areas report. */
static struct arrival arrival_below(const struct progress_kept *kept, unsigned month)
{
	const struct kept_month *m = &kept->month[month - 1];

	return (struct arrival){ m->n_return, kept->n_area, m->day, m->n_late, m->late_days };
}

struct arrival arrival_of(const struct progressing *p, size_t area, unsigned month)
{
	const struct report *report = returns_of(p->returns, area, month);
	struct arrival arrival = { .n = report->row != NULL, .due = 1 };

	if (p->below)
		return p->below[area] ? arrival_below(p->below[area], month) : (struct arrival){ 0 };
	if (report->first_received)
		arrival.day = arena_slice(p->a, report->first_received, strnlen(report->first_received, ISO_DAY));
	arrival.late_days = days_late(p, report, arrival.day, month);
	arrival.n_late = arrival.late_days > 0;
	return arrival;
}

/* ---- what a datum may be ---- */

static void set_text(struct datum *datum, const char *text)
{
	if (text)
		*datum = (struct datum){ .figure = figure_of(ratio_whole(0)), .text = text };
}

static void set_count(struct datum *datum, int64_t n)
{
	datum->figure = figure_of(ratio_whole(n));
}

/* ---- progress-returns: a row for each area ---- */

struct arrivals {
	const struct progressing *p;
	size_t area;
	struct arrival month[PROGRESS_MONTHS]; /* [p->last] */
};

static void fill_area(const struct arrivals *s, struct datum *datum)
{
	set_text(datum, s->p->returns->area[s->area]->name);
}

static void fill_reported(const struct arrivals *s, struct datum *datum)
{
	int64_t n = 0;

	for (unsigned i = 0; i < s->p->last; i++)
		n += (int64_t)s->month[i].n;
	set_count(datum, n);
}

static void fill_due(const struct arrivals *s, struct datum *datum)
{
	int64_t n = 0;

	for (unsigned i = 0; i < s->p->last; i++)
		n += (int64_t)s->month[i].due;
	set_count(datum, n);
}

static void fill_late(const struct arrivals *s, struct datum *datum)
{
	int64_t n = 0;

	for (unsigned i = 0; i < s->p->last; i++)
		n += (int64_t)s->month[i].n_late;
	set_count(datum, n);
}

static void fill_late_days(const struct arrivals *s, struct datum *datum)
{
	int64_t n = 0;

	for (unsigned i = 0; i < s->p->last; i++)
		n += s->month[i].late_days;
	set_count(datum, n);
}

static bool is_of(const struct correction *c, const struct progressing *p, size_t area)
{
	return c->area == p->returns->area[area] && c->month <= p->last;
}

static void fill_corrections(const struct arrivals *s, struct datum *datum)
{
	const struct progress_kept *kept = s->p->below ? s->p->below[s->area] : NULL;
	int64_t n = kept ? (int64_t)kept->n_correction : 0;

	for (size_t i = 0; i < s->p->returns->n_correction; i++)
		n += is_of(&s->p->returns->correction[i], s->p, s->area);
	set_count(datum, n);
}

static const struct {
	const char *field;
	void (*fill)(const struct arrivals *, struct datum *);
} of_area[] = {
	{ "area", fill_area },
	{ "reported", fill_reported },	     /* months whose return is there ... */
	{ "due", fill_due },		     /* ... of so many */
	{ "late", fill_late },		     /* returns behind the due day, and those that are overdue */
	{ "late_days", fill_late_days },     /* and by how many days together */
	{ "corrections", fill_corrections }, /* figures that later returns changed */
};

/* A month's day, without its year where that is the year of the due day. */
static const char *day_text(const struct progressing *p, const char *day, unsigned month)
{
	struct date date;

	if (!day || !date_parse(day, &date))
		return day;
	return date.year == due_date(p->input, (int)month).year ? date_day(date, p->a) : date_short(date, p->a);
}

static const char *arrival_state(const struct arrival *arrival)
{
	if (!arrival->due)
		return "unmade";
	if (!arrival->n)
		return "missing";
	if (arrival->n < arrival->due)
		return "partial";
	return arrival->n_late ? "late" : arrival->day ? "received" : "unsaid";
}

/* "m05": the day; "d05": the same in short; "s05": "received" "late" "missing", "unsaid" where nobody says the day, of an area below
 * "partial" where not all of its own areas have reported, "unmade" where its progress could not be made. Nothing of a month not due yet. */
static void fill_month(const struct arrivals *s, const char *field, struct datum *datum)
{
	unsigned month = progress_month_of_field(field, field[0]);
	const struct arrival *arrival;

	if (!month || month > s->p->last)
		return;
	arrival = &s->month[month - 1];
	if (field[0] == 's')
		set_text(datum, arrival_state(arrival));
	else if (arrival->n && arrival->n == arrival->due)
		set_text(datum, field[0] == 'm' ? arrival->day : field[0] == 'd' ? day_text(s->p, arrival->day, month) : NULL);
}

/* What nobody knows is no zero. */
static bool is_unmade(const struct arrivals *s)
{
	return s->p->below && !s->p->below[s->area];
}

static void fill_field(const struct arrivals *s, const char *field, struct datum *datum)
{
	*datum = (struct datum){ .figure = figure_missing() };
	for (size_t i = 0; i < sizeof of_area / sizeof *of_area; i++)
		if (!strcmp(of_area[i].field, field)) {
			if (!is_unmade(s) || of_area[i].fill == fill_area)
				of_area[i].fill(s, datum);
			return;
		}
	fill_month(s, field, datum);
}

static void count_below(const struct progress_input *input, unsigned last, size_t *n, size_t *due)
{
	for (size_t i = 0; i < input->returns->n_area; i++)
		if (input->below[i])
			kept_count(input->below[i], last, n, due);
}

void progress_count_returns(const struct progress_input *input, unsigned last, size_t *n, size_t *due)
{
	const struct returns *returns = input->returns;

	*n = *due = 0;
	if (input->below) {
		count_below(input, last, n, due);
		return;
	}
	*due = returns->n_area * last;
	for (size_t i = 0; i < returns->n_area; i++)
		for (unsigned month = 1; month <= last; month++)
			*n += returns_of(returns, i, month)->row != NULL;
}

size_t returns_rows(struct progressing *p, const struct dataset *dataset, struct data_row **rows)
{
	struct data_row *row = ARENA_ARRAY(p->a, p->n_area, struct data_row);

	for (size_t i = 0; i < p->n_area; i++) {
		struct datum *datum = ARENA_ARRAY(p->a, dataset->n_field, struct datum);
		const struct area *area = p->returns->area[i];
		struct arrivals s = { .p = p, .area = i };

		for (unsigned month = 1; month <= p->last; month++)
			s.month[month - 1] = arrival_of(p, i, month);
		for (size_t k = 0; k < dataset->n_field; k++)
			fill_field(&s, dataset->field[k].id, &datum[k]);
		row[i] = (struct data_row){ .key = area->key, .label = area->name, .area = area, .datum = datum, .at = area->at };
	}
	*rows = row;
	return p->n_area;
}

/* ---- progress-corrections: a row for each figure ---- */

static const char *place_text(const struct progressing *p, struct origin at)
{
	size_t n = strlen(p->job->dir);

	if (n && at.file && !strncmp(at.file, p->job->dir, n) && at.file[n] == '/')
		at.file += n + 1;
	return origin_text(at, p->a);
}

/* "20/6/2024 14:30" */
static const char *moment_text(const struct progressing *p, const char *iso)
{
	struct date date;
	const char *day;

	if (!iso || !date_parse(arena_slice(p->a, iso, strnlen(iso, ISO_DAY)), &date))
		return iso;
	day = date_short(date, p->a);
	return iso[strnlen(iso, ISO_DAY)] ? arena_printf(p->a, "%s %s", day, iso + ISO_DAY + 1) : day;
}

static struct origin place_of(const struct figure *figure, struct origin row)
{
	const struct origin *first = figure_place(figure);

	return first ? *first : row;
}

static void correct_area(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	(void)p;
	set_text(datum, c->area->name);
}

static void correct_month(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	(void)p;
	set_count(datum, c->month);
}

static void correct_name(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	set_text(datum, header_name(c->field->label, p->job->period.year, p->a));
}

static void correct_unit(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	(void)p;
	set_text(datum, c->field->unit);
}

static void correct_before(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	(void)p;
	datum->figure = c->before;
}

static void correct_after(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	(void)p;
	datum->figure = c->after;
}

static void correct_received_before(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	set_text(datum, moment_text(p, c->received_before));
}

static void correct_received_after(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	set_text(datum, moment_text(p, c->received_after));
}

static void correct_place_before(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	set_text(datum, place_text(p, place_of(&c->before, c->at_before)));
}

static void correct_place_after(const struct progressing *p, const struct correction *c, struct datum *datum)
{
	set_text(datum, place_text(p, place_of(&c->after, c->at_after)));
}

static const struct {
	const char *field;
	void (*fill)(const struct progressing *, const struct correction *, struct datum *);
} of_correction[] = {
	{ "area", correct_area },
	{ "month", correct_month },
	{ "name", correct_name },
	{ "unit", correct_unit },
	{ "before", correct_before },
	{ "after", correct_after },
	{ "received_before", correct_received_before },
	{ "received_after", correct_received_after },
	{ "place_before", correct_place_before },
	{ "place_after", correct_place_after },
};

static void fill_correction(const struct progressing *p, const struct correction *c, const struct dataset *dataset, struct data_row *row)
{
	struct datum *datum = ARENA_ARRAY(p->a, dataset->n_field, struct datum);

	for (size_t i = 0; i < dataset->n_field; i++) {
		datum[i] = (struct datum){ .figure = figure_missing() };
		for (size_t k = 0; k < sizeof of_correction / sizeof *of_correction; k++)
			if (!strcmp(of_correction[k].field, dataset->field[i].id))
				of_correction[k].fill(p, c, &datum[i]);
	}
	*row = (struct data_row){
		.key = arena_printf(p->a, "%s/%02u/%s", c->area->key, c->month, c->field->id),
		.label = c->area->name,
		.area = c->area,
		.datum = datum,
		.at = c->at_after,
	};
}

/* Whether the key is that one, or that one with a number behind it: "…/exits" of "…/exits/2", not of "…/exits_dtts". */
static bool is_numbered(const char *key, const char *first)
{
	size_t n = strlen(first);

	return !strncmp(key, first, n) && (!key[n] || key[n] == '/');
}

/* What was corrected several times has a key for each. */
static void number_key(const struct progressing *p, struct data_row *row, size_t i)
{
	size_t n = 1;

	for (size_t k = i; k > 0 && row[k - 1].area == row[i].area && row[k - 1].month == row[i].month; k--)
		n += is_numbered(row[k - 1].key, row[i].key);
	if (n > 1)
		row[i].key = arena_printf(p->a, "%s/%zu", row[i].key, n);
}

size_t corrections_rows(struct progressing *p, const struct dataset *dataset, struct data_row **rows)
{
	const struct returns *returns = p->returns;
	struct data_row *row = ARENA_ARRAY(p->a, returns->n_correction, struct data_row);
	size_t n = 0;

	for (size_t i = 0; i < returns->n_correction; i++) {
		if (returns->correction[i].month > p->last)
			continue;
		fill_correction(p, &returns->correction[i], dataset, &row[n]);
		number_key(p, row, n);
		n++;
	}
	*rows = row;
	return n;
}
