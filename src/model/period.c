/* How long a period is, what is before and behind it, and what it is called by expressions and templates. */
#include "model/job.h"

#include <stddef.h>

static const struct {
	int n_month;
	const char *kind;
} kinds[] = { { 1, "month" }, { 3, "quarter" }, { 6, "half" }, { 12, "year" } };

enum { N_KIND = sizeof kinds / sizeof *kinds, YEAR = 12 };

int period_last(const struct period *p)
{
	return p->month ? p->month : YEAR;
}

int period_months(const struct period *p)
{
	if (!p->month)
		return YEAR;
	return p->first_month ? p->month - p->first_month + 1 : 1;
}

const char *period_kind(const struct period *p)
{
	for (size_t i = 0; i < N_KIND; i++)
		if (kinds[i].n_month == period_months(p) && p->month % kinds[i].n_month == 0)
			return kinds[i].kind;
	return "months";
}

int period_part(const struct period *p)
{
	int n_month = period_months(p);

	return p->month ? (p->month + n_month - 1) / n_month : 1;
}

struct period period_next(const struct period *p)
{
	int n = period_months(p);
	struct period next = { .year = p->year, .month = period_last(p) + n };

	if (next.month > YEAR) {
		next.year++;
		next.month = n;
	}
	if (n == YEAR)
		next.month = 0;
	else if (n > 1)
		next.first_month = next.month - n + 1;
	return next;
}

struct date period_end(const struct period *p)
{
	int last = period_last(p);

	return last == YEAR ? (struct date){ p->year + 1, 1, 1 } : (struct date){ p->year, last + 1, 1 };
}

static int end_of(const struct period *p)
{
	return p->year * YEAR + period_last(p);
}

bool period_is_before(const struct period *one, const struct period *other)
{
	return end_of(one) < end_of(other) || (end_of(one) == end_of(other) && period_months(one) < period_months(other));
}
