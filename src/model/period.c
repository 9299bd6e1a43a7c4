/* What a period is called by expressions and templates. */
#include "model/job.h"

#include <stddef.h>

static const struct {
	int n_month;
	const char *kind;
} kinds[] = { { 1, "month" }, { 3, "quarter" }, { 6, "half" }, { 12, "year" } };

enum { N_KIND = sizeof kinds / sizeof *kinds };

static int count_months(const struct period *p)
{
	if (!p->month)
		return kinds[N_KIND - 1].n_month;
	return p->first_month ? p->month - p->first_month + 1 : 1;
}

const char *period_kind(const struct period *p)
{
	for (size_t i = 0; i < N_KIND; i++)
		if (kinds[i].n_month == count_months(p) && p->month % kinds[i].n_month == 0)
			return kinds[i].kind;
	return "months";
}

int period_part(const struct period *p)
{
	int n_month = count_months(p);

	return p->month ? (p->month + n_month - 1) / n_month : 1;
}
