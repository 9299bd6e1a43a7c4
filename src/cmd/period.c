#include "cmd/period.h"

#include <string.h>

enum { YEAR_DIGITS = 4, MONTHS = 12 };

/* One way to name a period: the year, a mark, and which part of it. */
static const struct form {
	const char *option;
	const char *example;
	const char *mark; /* between year and number; NULL: the whole year */
	size_t digits;	  /* of the number */
	int n_month;	  /* in each part */
} forms[] = {
	{ "--month", "2024-05", "-", 2, 1 },
	{ "--quarter", "2024-Q2", "-Q", 1, 3 },
	{ "--half", "2024-H1", "-H", 1, 6 },
	{ "--year", "2024", NULL, 0, MONTHS },
};

enum { N_FORM = sizeof forms / sizeof *forms };

/* n digits; -1: other characters. */
static int read_digits(const char *s, size_t n)
{
	int x = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		x = x * 10 + (s[i] - '0');
	}
	return x;
}

static bool read_form(const struct form *form, const char *word, struct period *period)
{
	size_t n_mark = form->mark ? strlen(form->mark) : 0;
	int part = 1;

	if (strlen(word) != YEAR_DIGITS + n_mark + form->digits || (form->mark && strncmp(word + YEAR_DIGITS, form->mark, n_mark) != 0))
		return false;
	if (form->digits)
		part = read_digits(word + YEAR_DIGITS + n_mark, form->digits);
	period->year = read_digits(word, YEAR_DIGITS);
	period->month = part * form->n_month;
	period->first_month = period->month - form->n_month + 1;
	return period->year > 0 && part >= 1 && period->month <= MONTHS;
}

bool period_parse(const char *name, struct period *period)
{
	for (size_t i = 0; i < N_FORM; i++)
		if (read_form(&forms[i], name, period))
			return true;
	return false;
}

bool period_read(const struct period_words *words, struct period *period, const char **name, struct diags *d)
{
	const char *const word[N_FORM] = { words->month, words->quarter, words->half, words->year };
	const struct form *form = NULL;
	struct origin nowhere = { 0 };

	for (size_t i = 0; i < N_FORM; i++) {
		if (word[i] && form)
			return diag_error(d, nowhere, "usage", "%s and %s name two periods; give one of them", form->option, forms[i].option);
		if (word[i]) {
			form = &forms[i];
			*name = word[i];
		}
	}
	if (!form)
		return diag_error(d, nowhere, "usage",
			"which period? Give --month 2024-05, --quarter 2024-Q2, --half 2024-H1 or --year 2024");
	return read_form(form, *name, period)
		|| diag_error(d, nowhere, "usage", "%s %s is no such period; write it as %s", form->option, *name, form->example);
}

bool period_check_date(const struct period *period, const char *name, const struct date *date, struct diags *d)
{
	const struct date begin = { period->year, period_last(period) - period_months(period) + 1, 1 };
	const struct date end = period_end(period);
	struct arena a = { 0 };
	struct origin nowhere = { 0 };
	bool ok = true;

	if (date && date_unix(*date) < date_unix(begin))
		ok = diag_error(d, nowhere, "usage", "--date %s is before %s begins: nothing can be reported of it yet; give the day of the report, from %s on",
			date_iso(*date, &a), name, date_iso(end, &a));
	else if (date && date_unix(*date) < date_unix(end))
		diag_warning(d, nowhere, "date",
			"--date %s is before %s is over, and returns of it may still come; the day of the report is expected from %s on",
			date_iso(*date, &a), name, date_iso(end, &a));
	arena_clear(&a);
	return ok;
}
