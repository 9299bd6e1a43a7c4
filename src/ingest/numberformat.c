#include "ingest/numberformat.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double whole_max = 1e15; /* has more digits than those that count */

enum {
	DIGITS = 15,	     /* that spreadsheet programs compute with */
	DAYS_1904 = 1462,    /* between the first days of the two systems */
	LAST_DAY = 2958465,  /* 31/12/9999 */
	LEAP_1900 = 60,	     /* 29/2/1900, which never was: serial numbers up to it are one too small */
	DAYS_BEFORE_1970 = 25569,
	EXACT_DIGITS = 17,   /* that tell any double from its neighbours */
	EXPONENT_MAX = 310,
	PLAIN_MAX = 15,	     /* [bytes] of a number that needs no reading */
	DAY_SECONDS = 86400,
	ELAPSED_ID = 46,     /* [h]:mm:ss */
	DAYS_DIGITS = 7,
	TIME_DIGITS = 10,    /* of a part of a day: more than seconds need */
	READ_MAX = 64,	     /* [bytes] of a number as a file writes it */
};

/* Behind a part of a format code in which letters mean nothing: "text", \x, [Red]; else p. */
static const char *pass_literal(const char *p)
{
	const char *end;

	if (*p == '"' || *p == '[') {
		end = strchr(p + 1, *p == '"' ? '"' : ']');
		return end ? end + 1 : p + strlen(p);
	}
	if (*p == '\\' || *p == '_' || *p == '*')
		return p[1] ? p + 2 : p + 1;
	return p;
}

/* "[h]:mm" counts hours: a number of its own kind, but a time all the same. */
static bool is_elapsed(const char *p)
{
	return *p == '[' && p[1] && strchr("hmsHMS", p[1]) && strspn(p + 1, "hmsHMS") + 1 == strcspn(p, "]");
}

/* "%" or \% */
static bool is_percent_text(const char *p, const char *end)
{
	size_t n = (size_t)(end - p);

	if (n == 2)
		return p[0] == '\\' && p[1] == '%';
	p++;
	n -= n > 2 ? 2 : n;
	for (; n && *p == ' '; n--)
		p++;
	return n == 1 && p[-1] != '[' && *p == '%' && p[1] == '"';
}

enum number_format format_of_code(const char *code)
{
	static const char general[] = "General";
	bool percent = false;
	bool marked = false;

	code += strncmp(code, general, strlen(general)) ? 0 : strlen(general);
	while (*code && *code != ';') {
		const char *next = pass_literal(code);

		if (is_elapsed(code))
			return FORMAT_DURATION;
		if (next == code) {
			if (strchr("dDmMyYhHsS", *code))
				return FORMAT_DAY;
			percent = percent || *code == '%';
			next++;
		} else {
			marked = marked || is_percent_text(code, next);
		}
		code = next;
	}
	if (percent)
		return FORMAT_PERCENT;
	return marked ? FORMAT_MARKED : FORMAT_NUMBER;
}

enum number_format format_of_id(unsigned id)
{
	if (id == ELAPSED_ID)
		return FORMAT_DURATION;
	if (id == 9 || id == 10)
		return FORMAT_PERCENT;
	if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
		return FORMAT_DAY;
	return FORMAT_NUMBER;
}

/* A number as digits: 0.d1d2d3... times ten to the power of `point`. */
struct decimal {
	bool negative;
	char digit[DIGITS]; /* [n_digit] no zeros at either end */
	size_t n_digit;	    /* 0: the number is zero */
	long point;
};

/* So few digits that they are what the program shows. */
static bool is_plain(const char *s, size_t n)
{
	size_t n_point = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '.')
			n_point++;
		else if (s[i] < '0' || s[i] > '9')
			return false;
	}
	return n <= PLAIN_MAX && n_point <= 1 && *s != '.' && (*s != '0' || n == 1 || s[1] == '.')
	       && (!n_point || (s[n - 1] != '.' && s[n - 1] != '0'));
}

/* One more in the last digit. */
static void round_up(struct decimal *x)
{
	while (x->n_digit && x->digit[x->n_digit - 1] == '9')
		x->n_digit--;
	if (x->n_digit) {
		x->digit[x->n_digit - 1]++;
	} else {
		x->digit[x->n_digit++] = '1';
		x->point++;
	}
}

/* Digits with at most one point, from *p on. */
static bool take_digits(const char **p, const char *end, struct decimal *x)
{
	const char *s = *p;
	bool has_point = false;
	bool any = false;
	bool rounds_up = false;
	size_t n = 0; /* behind leading zeros */

	for (; s < end && (*s == '.' || (*s >= '0' && *s <= '9')); s++) {
		if (*s == '.') {
			if (has_point)
				return false;
			has_point = true;
			continue;
		}
		any = true;
		if (n || *s != '0') {
			if (n < DIGITS)
				x->digit[x->n_digit++] = *s;
			else if (n == DIGITS)
				rounds_up = *s >= '5';
			n++;
		}
		x->point += n && !has_point ? 1 : !n && has_point ? -1 : 0;
	}
	if (rounds_up)
		round_up(x);
	while (x->n_digit && x->digit[x->n_digit - 1] == '0')
		x->n_digit--;
	*p = s;
	return any;
}

/* "E-2" up to the end. */
static bool take_exponent(const char *s, const char *end, struct decimal *x)
{
	bool negative;
	long exponent = 0;

	if (s == end)
		return true;
	if ((*s != 'e' && *s != 'E') || ++s == end)
		return false;
	negative = *s == '-';
	s += *s == '-' || *s == '+';
	if (s == end || end - s > 4)
		return false;
	for (; s < end; s++) {
		if (*s < '0' || *s > '9')
			return false;
		exponent = exponent * 10 + (*s - '0');
	}
	x->point += negative ? -exponent : exponent;
	return x->point >= -EXPONENT_MAX && x->point <= EXPONENT_MAX;
}

static size_t spell_out(const struct decimal *x, char text[NUMBER_TEXT_MAX])
{
	long n_digit = (long)x->n_digit;
	size_t n = 0;

	if (x->negative && n_digit)
		text[n++] = '-';
	if (x->point <= 0 || !n_digit)
		text[n++] = '0';
	for (long i = 0; n_digit && i < x->point; i++)
		text[n++] = i < n_digit ? x->digit[i] : '0';
	if (n_digit && x->point < n_digit) {
		text[n++] = '.';
		for (long i = x->point; i < 0; i++)
			text[n++] = '0';
		for (long i = x->point > 0 ? x->point : 0; i < n_digit; i++)
			text[n++] = x->digit[i];
	}
	text[n] = '\0';
	return n;
}

size_t number_text_of(const char *s, size_t n, char text[NUMBER_TEXT_MAX])
{
	struct decimal x = { 0 };
	const char *end = s + n;

	if (!n || n > READ_MAX)
		return 0;
	if (is_plain(s, n)) {
		memcpy(text, s, n);
		text[n] = '\0';
		return n;
	}
	x.negative = *s == '-';
	s += *s == '-' || *s == '+';
	if (!take_digits(&s, end, &x) || !take_exponent(s, end, &x))
		return 0;
	return spell_out(&x, text);
}

size_t double_text(double x, char text[NUMBER_TEXT_MAX])
{
	char s[READ_MAX];

	if (!isfinite(x))
		return 0;
	if (fabs(x) < whole_max && x == (double)(long long)x)
		return (size_t)snprintf(text, NUMBER_TEXT_MAX, "%lld", (long long)x);
	return number_text_of(s, (size_t)snprintf(s, sizeof s, "%.*e", EXACT_DIGITS - 1, x), text);
}

/* Civil date of days since 1970-01-01 (Howard Hinnant's algorithm, for days after 0000-03-01). */
static void civil(long days, long *year, long *month, long *day)
{
	long z = days + 719468;
	long era = z / 146097;
	long doe = z - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	long mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

size_t serial_text(double serial, bool is_1904, char text[NUMBER_TEXT_MAX])
{
	long days, year, month, day;

	if (!(serial >= 0) || serial > LAST_DAY)
		return 0;
	days = (long)serial + (is_1904 ? DAYS_1904 : 0);
	if (days == 0 || days == LEAP_1900 || days > LAST_DAY)
		return 0;
	civil(days - DAYS_BEFORE_1970 + (days < LEAP_1900), &year, &month, &day);
	return (size_t)snprintf(text, NUMBER_TEXT_MAX, "%04ld-%02ld-%02ld", year, month, day);
}

/* [s] of the part of a day that digits behind a point are. */
static unsigned seconds_of(const char *digits)
{
	uint64_t part = 0;
	uint64_t whole = 1;

	for (size_t i = 0; digits[i] && i < TIME_DIGITS; i++) {
		part = part * 10 + (uint64_t)(digits[i] - '0');
		whole *= 10;
	}
	return (unsigned)((part * DAY_SECONDS + whole / 2) / whole);
}

/* Hours, minutes, and seconds if there are some, of a number that is not negative; 0: too many days. */
static size_t time_text(const char *number, char text[NUMBER_TEXT_MAX])
{
	size_t n_digit = strcspn(number, ".");
	unsigned long hours;
	unsigned seconds;

	if (n_digit > DAYS_DIGITS)
		return 0;
	seconds = seconds_of(number[n_digit] ? number + n_digit + 1 : "");
	hours = strtoul(number, NULL, 10) * 24 + seconds / 3600;
	if (seconds % 60)
		return (size_t)snprintf(text, NUMBER_TEXT_MAX, "%02lu:%02u:%02u", hours, seconds / 60 % 60, seconds % 60);
	return (size_t)snprintf(text, NUMBER_TEXT_MAX, "%02lu:%02u", hours, seconds / 60 % 60);
}

static size_t duration_text(const char *number, char text[NUMBER_TEXT_MAX])
{
	char time[NUMBER_TEXT_MAX];
	bool is_negative = *number == '-';

	if (!time_text(number + is_negative, time))
		return 0;
	return (size_t)snprintf(text, NUMBER_TEXT_MAX, "%s%s", is_negative ? "-" : "", time);
}

/* Hours and minutes behind the n bytes of a day, if it has a part that is not midnight. */
static size_t add_time(const char *number, char text[NUMBER_TEXT_MAX], size_t n)
{
	size_t n_digit = strcspn(number, ".");
	unsigned minutes = seconds_of(number[n_digit] ? number + n_digit + 1 : "") / 60;

	if (!n || !minutes || minutes >= DAY_SECONDS / 60)
		return n;
	return n + (size_t)snprintf(text + n, NUMBER_TEXT_MAX - n, "T%02u:%02u", minutes / 60, minutes % 60);
}

static size_t day_text(const char *number, bool is_1904, enum cell_kind *kind, char text[NUMBER_TEXT_MAX])
{
	bool is_part = *number == '0' && !(is_1904 && !number[1]);

	if (is_part)
		return time_text(number, text);
	*kind = CELL_DATE;
	return *number == '-' ? 0 : add_time(number, text, serial_text((double)strtoul(number, NULL, 10), is_1904, text));
}

size_t number_cell_text(enum number_format format, const char *number, bool is_1904, enum cell_kind *kind, char text[NUMBER_TEXT_MAX])
{
	size_t n = 0;

	*kind = CELL_TEXT;
	if (format == FORMAT_DAY)
		n = day_text(number, is_1904, kind, text);
	else if (format == FORMAT_DURATION)
		n = duration_text(number, text);
	if (n)
		return n;
	*kind = format == FORMAT_PERCENT ? CELL_PERCENT : format == FORMAT_MARKED ? CELL_MARKED : CELL_NUMBER;
	return (size_t)snprintf(text, NUMBER_TEXT_MAX, "%s", number);
}
