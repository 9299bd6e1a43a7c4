/* Whether a report of a day tells what nobody knew on that day. */
#include "compute/progressing.h"

#include <string.h>

enum { ISO_DAY = 10 };

/* Those that are used and were received after the day. */
struct later {
	const struct report *first;
	size_t area;
	unsigned month; /* of the first */
	size_t n;
	const char *last; /* the day on which the last one was received */
};

static void note_later(struct later *l, const struct report *report, size_t area, unsigned month)
{
	if (!l->n++) {
		l->first = report;
		l->area = area;
		l->month = month;
	}
	if (!l->last || strcmp(report->received, l->last) > 0)
		l->last = report->received;
}

/* The cell that says when it was received; where the job says it, the row. */
static struct origin place_of(const struct returns *returns, const struct report *report)
{
	const struct field *received = dataset_field(returns->dataset, "received");
	const struct origin *cell = received ? figure_place(&report->row->datum[received - returns->dataset->field].figure) : NULL;

	return cell ? *cell : report->row->at;
}

void returns_check_date(const struct progressing *p)
{
	const char *day = p->input->date.day ? date_iso(p->input->date, p->a) : NULL;
	struct later l = { 0 };

	for (unsigned month = 1; day && !p->below && month <= p->last; month++)
		for (size_t i = 0; i < p->n_area; i++) {
			const struct report *report = returns_of(p->returns, i, month);

			if (report->row && report->received && strncmp(report->received, day, ISO_DAY) > 0)
				note_later(&l, report, i, month);
		}
	if (l.n)
		diag_warning(p->d, place_of(p->returns, l.first), "date",
			"the report is dated %s, but counts the return of '%s' for %d-%02u, received %.10s: returns received after its day: %zu; "
			"date it %.10s or later, or leave them out of the job",
			day, p->returns->area[l.area]->name, p->job->period.year, l.month, l.first->received, l.n, l.last);
}
