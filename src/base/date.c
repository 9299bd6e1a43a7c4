#include "base/date.h"


static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* n digits; moves *s behind them. */
static bool parse_digits(const char **s, int n, int *value)
{
	*value = 0;
	for (int i = 0; i < n; i++, (*s)++) {
		if (**s < '0' || **s > '9')
			return false;
		*value = *value * 10 + (**s - '0');
	}
	return true;
}

bool date_parse(const char *s, struct date *date)
{
	struct date d = { 0 };

	if (!parse_digits(&s, 4, &d.year) || !d.year)
		return false;
	if (*s == '-') {
		s++;
		if (!parse_digits(&s, 2, &d.month) || d.month < 1 || d.month > 12)
			return false;
		if (*s == '-') {
			s++;
			if (!parse_digits(&s, 2, &d.day) || d.day < 1
				|| d.day > days_in(d.year, d.month))
				return false;
		}
	}
	if (*s)
		return false;
	*date = d;
	return true;
}

/* One to most digits. */
static bool take_digits(const char **s, int most, int *value)
{
	const char *first = *s;

	*value = 0;
	for (; **s >= '0' && **s <= '9' && *s - first < most; (*s)++)
		*value = *value * 10 + (**s - '0');
	return *s > first;
}

bool date_read(const char *s, struct date *date)
{
	const char *p = s;
	struct date d;

	if (!take_digits(&p, 2, &d.day) || *p++ != '/' || !take_digits(&p, 2, &d.month) || *p++ != '/')
		return date_parse(s, date) && date->day;
	if (!take_digits(&p, 4, &d.year) || *p || d.year < 1000 || d.month < 1 || d.month > 12 || d.day < 1
		|| d.day > days_in(d.year, d.month))
		return false;
	*date = d;
	return true;
}

/* The number, padded below `padded`, or the blank that the clerk fills. */
static const char *part_text(int n, int padded, const char *blank, struct arena *a)
{
	if (!n)
		return blank;
	return arena_printf(a, n < padded ? "%02d" : "%d", n);
}

const char *date_short(struct date d, struct arena *a)
{
	static const char blank[] = "   ";

	return arena_printf(a, "%s/%s/%s", part_text(d.day, 10, blank, a),
		part_text(d.month, 3, blank, a), part_text(d.year, 0, blank, a));
}

const char *date_day(struct date d, struct arena *a)
{
	static const char blank[] = "   ";

	return arena_printf(a, "%s/%s", part_text(d.day, 10, blank, a), part_text(d.month, 3, blank, a));
}

/* The word and what follows it: " 09 ", or the five spaces of a blank. */
static const char *long_part(int n, int padded, struct arena *a)
{
	return n ? arena_printf(a, n < padded ? " %02d " : " %d ", n) : "     ";
}

const char *date_long(struct date d, struct arena *a)
{
	return arena_printf(a, "ngày%stháng%snăm %s", long_part(d.day, 10, a),
		long_part(d.month, 3, a), part_text(d.year, 0, "    ", a));
}

const char *date_iso(struct date d, struct arena *a)
{
	return arena_printf(a, "%04d-%02d-%02d", d.year, d.month ? d.month : 1, d.day ? d.day : 1);
}

int64_t date_unix(struct date d)
{
	int month = d.month ? d.month : 1;
	int day = d.day ? d.day : 1;
	int64_t before = d.year > 0 ? d.year - 1 : 0; /* whole years since 0001-01-01 */
	int64_t days = before * 365 + before / 4 - before / 100 + before / 400;

	for (int m = 1; m < month; m++)
		days += days_in(d.year, m);
	days += day - 1;
	return (days - 719162) * 86400; /* 719162 days from 0001-01-01 to 1970-01-01 */
}
