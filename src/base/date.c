#include "base/date.h"

#include <string.h>

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
	char mark;

	if (!take_digits(&p, 2, &d.day) || !*p || !strchr("/.-", mark = *p++) || !take_digits(&p, 2, &d.month) || *p++ != mark)
		return date_parse(s, date) && date->day;
	if (!take_digits(&p, 4, &d.year) || *p || d.year < 1000 || d.month < 1 || d.month > 12 || d.day < 1
		|| d.day > days_in(d.year, d.month))
		return false;
	*date = d;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool take_word(const char **s, const char *word)
{
	size_t n = strlen(word);
	bool found = !strncmp(*s, word, n);

	*s += found ? n : 0;
	return found;
}

/* Four digits and no more. */
static bool take_year(const char **s, int *year)
{
	const char *p = *s;

	if (!parse_digits(&p, 4, year) || is_digit(*p) || *year < 1000)
		return false;
	*s = p;
	return true;
}

/* "/6", "-6", ".6" with the mark, or " tháng 6". */
static bool take_month(const char **s, char *mark, int *month)
{
	const char *p = *s;

	*mark = *p && strchr("/-.", *p) ? *p++ : ' ';
	if (*mark == ' ' && !take_word(&p, " tháng "))
		return false;
	if (!take_digits(&p, 2, month) || is_digit(*p))
		return false;
	*s = p;
	return true;
}

/* Behind a month: the year with the same mark, or in words; 0 where there is none. */
static int take_its_year(const char **s, char mark)
{
	const char *p = *s;
	int year;

	if (mark != ' ' && *p == mark && is_digit(p[1])) {
		p++;
	} else if (!take_word(&p, " năm ")) {
		return 0;
	}
	if (!take_year(&p, &year))
		return 0;
	*s = p;
	return year;
}

static bool exists(const struct date *d)
{
	int year = d->year ? d->year : 2000; /* a leap year: 29/02 may be meant */

	return d->month >= 1 && d->month <= 12 && d->day >= 1 && d->day <= days_in(year, d->month);
}

/* 2024-06-15 */
static bool take_iso(const char **s, struct date *d)
{
	const char *p = *s;

	if (!take_year(&p, &d->year) || *p++ != '-' || !parse_digits(&p, 2, &d->month) || *p++ != '-' || !parse_digits(&p, 2, &d->day))
		return false;
	*s = p;
	return exists(d);
}

static bool take_day(const char **s, struct date *d)
{
	const char *p = *s;
	char mark;

	if (take_iso(s, d))
		return true;
	if (!take_digits(&p, 2, &d->day) || is_digit(*p) || !take_month(&p, &mark, &d->month))
		return false;
	d->year = take_its_year(&p, mark);
	*s = p;
	return exists(d) && (mark != '.' || d->year); /* 15.6 is a number */
}

/* Whether digits there are the end of another number, or the number of a document: 1.15/6, 15/6/QĐ. */
static bool stands_alone(const char *text, const char *s, const char *end)
{
	bool begins = s == text || (!is_digit(s[-1]) && !strchr("/.,", s[-1]));

	return begins && !is_digit(*end) && (*end != '/' || !end[1] || end[1] == ' ');
}

bool date_find(const char *text, size_t from, struct date *date, size_t *end)
{
	for (const char *s = text + from; *s; s++) {
		const char *p = s;
		struct date d;

		if (!is_digit(*s) || !take_day(&p, &d) || !stands_alone(text, s, p))
			continue;
		*date = d;
		*end = (size_t)(p - text);
		return true;
	}
	return false;
}

struct date date_last(struct date d)
{
	if (!d.month)
		d.month = 12;
	if (!d.day)
		d.day = days_in(d.year, d.month);
	return d;
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

/* The number and the spaces around it: " 09 ". A blank is as wide: a digit is two spaces wide. */
static const char *long_part(int n, int padded, struct arena *a)
{
	return n ? arena_printf(a, n < padded ? " %02d " : " %d ", n) : "      ";
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

/* Two digits up to max behind s, which is moved. */
static bool take_two(const char **s, int max, int *value)
{
	if ((*s)[0] < '0' || (*s)[0] > '9' || (*s)[1] < '0' || (*s)[1] > '9')
		return false;
	*value = ((*s)[0] - '0') * 10 + (*s)[1] - '0';
	*s += 2;
	return *value <= max;
}

/* "+07:00", "Z" or nothing, up to the end. */
static bool take_offset(const char *s, int *seconds)
{
	int sign = *s == '-' ? -1 : 1;
	int hour, minute;

	*seconds = 7 * 3600;
	if (!*s)
		return true;
	if (*s == 'Z') {
		*seconds = 0;
		return !s[1];
	}
	if (*s != '+' && *s != '-')
		return false;
	s++;
	if (!take_two(&s, 14, &hour))
		return false;
	s += *s == ':';
	*seconds = hour * 3600;
	if (!take_two(&s, 59, &minute) || *s)
		return false;
	*seconds = sign * (hour * 3600 + minute * 60);
	return true;
}

bool date_instant(const char *s, int64_t *instant)
{
	enum { DAY_CHARS = 10 };
	char day[DAY_CHARS + 1] = "";
	int hour, minute, offset;
	int second = 0;
	struct date date;

	if (strlen(s) <= DAY_CHARS || (s[DAY_CHARS] != 'T' && s[DAY_CHARS] != ' '))
		return false;
	memcpy(day, s, DAY_CHARS);
	s += DAY_CHARS + 1;
	if (!date_parse(day, &date) || !date.day || !take_two(&s, 23, &hour) || *s++ != ':' || !take_two(&s, 59, &minute))
		return false;
	if (*s == ':' && (s++, !take_two(&s, 59, &second)))
		return false;
	if (!take_offset(s, &offset))
		return false;
	*instant = date_unix(date) + hour * 3600 + minute * 60 + second - offset;
	return true;
}

/* "14:30" or "9:05:30" up to the end; seconds do not count. */
static bool take_time(const char *s, int *hour, int *minute)
{
	int second;

	if (!take_digits(&s, 2, hour) || *hour > 23 || *s++ != ':' || !take_two(&s, 59, minute))
		return false;
	return !*s || (*s++ == ':' && take_two(&s, 59, &second) && !*s);
}

bool date_read_moment(const char *s, struct date *date, int *hour, int *minute)
{
	enum { DAY_CHARS = 10 };
	size_t n = strcspn(s, " T");
	char day[DAY_CHARS + 1] = "";

	*hour = -1;
	*minute = 0;
	if (n > DAY_CHARS)
		return false;
	memcpy(day, s, n);
	return date_read(day, date) && (!s[n] || take_time(s + n + 1, hour, minute));
}

const char *date_moment_iso(struct date date, int hour, int minute, struct arena *a)
{
	const char *day = date_iso(date, a);

	return hour < 0 ? day : arena_printf(a, "%sT%02d:%02d", day, hour, minute);
}
