#include "base/ratio.h"

#include <assert.h>
#include <math.h>
#include <string.h>

__extension__ typedef __int128 wide; /* in this file only */
__extension__ typedef unsigned __int128 uwide;

enum {
	PARSE_DIGITS = 37,  /* most digits that are read into 128 bits */
	EXACT_DECIMALS = 18, /* most decimals of an exact decimal text; 10^18 fits 64 bits */
	TEXT_MAX = 64,	    /* [bytes] the longest number as text */
};

static const int64_t most_double = (int64_t)1 << 53; /* whole numbers up to it are doubles */

struct ratio ratio_whole(int64_t n)
{
	return (struct ratio){ n, 1 };
}

static uwide magnitude(wide x)
{
	return x < 0 ? -(uwide)x : (uwide)x;
}

static uwide common_factor(uwide a, uwide b)
{
	while (b) {
		uwide rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static uwide power_of_ten(int n)
{
	uwide p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

/* num/den in lowest terms; den > 0. False when it does not fit. INT64_MIN counts as too large,
 * so that each number has its negative. */
static bool reduce(bool negative, uwide num, uwide den, struct ratio *x)
{
	uwide factor = common_factor(num, den);

	num /= factor;
	den /= factor;
	if (num > INT64_MAX || den > INT64_MAX)
		return false;
	x->num = negative ? -(int64_t)num : (int64_t)num;
	x->den = (int64_t)den;
	return true;
}

bool ratio_add(struct ratio a, struct ratio b, struct origin at, struct ratio *sum, struct diags *d)
{
	wide num = (wide)a.num * b.den + (wide)b.num * a.den;

	if (!reduce(num < 0, magnitude(num), (uwide)((wide)a.den * b.den), sum))
		return diag_error(d, at, "overflow", "the sum is too large to be exact; look for a slip, or count in a larger unit");
	return true;
}

bool ratio_sub(struct ratio a, struct ratio b, struct origin at, struct ratio *difference,
	struct diags *d)
{
	wide num = (wide)a.num * b.den - (wide)b.num * a.den;

	if (!reduce(num < 0, magnitude(num), (uwide)((wide)a.den * b.den), difference))
		return diag_error(d, at, "overflow", "the difference is too large to be exact; look for a slip, or count in a larger unit");
	return true;
}

bool ratio_mul(struct ratio a, struct ratio b, struct origin at, struct ratio *product,
	struct diags *d)
{
	wide num = (wide)a.num * b.num;

	if (!reduce(num < 0, magnitude(num), (uwide)((wide)a.den * b.den), product))
		return diag_error(d, at, "overflow", "the product is too large to be exact; look for a slip, or count in a larger unit");
	return true;
}

bool ratio_div(struct ratio a, struct ratio b, struct origin at, struct ratio *quotient,
	struct diags *d)
{
	wide num = (wide)a.num * b.den;
	wide den = (wide)a.den * b.num;

	assert(b.num != 0);
	if (!reduce((num < 0) != (den < 0), magnitude(num), magnitude(den), quotient))
		return diag_error(d, at, "overflow", "the quotient is too large to be exact; look for a slip, or count in a larger unit");
	return true;
}

int ratio_compare(struct ratio a, struct ratio b)
{
	wide x = (wide)a.num * b.den;
	wide y = (wide)b.num * a.den;

	return (x > y) - (x < y);
}

bool ratio_parse(const char *s, size_t n, struct ratio *x)
{
	bool negative = n && *s == '-';
	size_t i = negative;
	size_t point;
	size_t end = n;
	uwide num = 0;
	int n_digit = 0;

	for (point = i; point < n && s[point] != '.'; point++)
		;
	if (point == i || point + 1 == n)
		return false;
	while (point < n && end > point + 1 && s[end - 1] == '0')
		end--; /* zeros that end the decimals */
	for (; i < n; i++) {
		unsigned digit = (unsigned)s[i] - '0';

		if (i == point)
			continue;
		if (digit > 9)
			return false;
		if (i >= end)
			continue;
		/* Zeros that begin the number are no digits of it, unless they are decimals. */
		n_digit += num || digit || i > point;
		if (n_digit > PARSE_DIGITS)
			return false;
		num *= 10;
		num += digit;
	}
	return reduce(negative, num, power_of_ten(end > point ? (int)(end - point - 1) : 0), x);
}

/* x * 10^decimals as a whole number without its sign. It has less than 63 + 50 bits. */
static uwide scaled(struct ratio x, int decimals, enum rounding how)
{
	uwide den = (uwide)x.den;
	uwide num;
	uwide whole;
	uwide rest;

	assert(decimals >= 0 && decimals <= RATIO_DECIMALS);
	num = magnitude(x.num) * power_of_ten(decimals);
	whole = num / den;
	rest = num % den;
	switch (how) {
	case ROUND_HALF_UP:
		return whole + (2 * rest >= den);
	case ROUND_TRUNCATE:
		return whole;
	case ROUND_HALF_EVEN:
		return whole + (2 * rest > den || (2 * rest == den && whole % 2));
	}
	return whole;
}

bool ratio_round(struct ratio x, int decimals, enum rounding how, struct origin at,
	struct ratio *rounded, struct diags *d)
{
	if (!reduce(x.num < 0, scaled(x, decimals, how), power_of_ten(decimals), rounded))
		return diag_error(d, at, "overflow", "the rounded number is too large to be exact; look for a slip, or count in a larger unit");
	return true;
}

/* whole / 10^decimals with all its decimals. */
static const char *decimal_text(bool negative, uwide whole, int decimals, struct arena *a)
{
	char out[TEXT_MAX];
	char *p = out + sizeof out;

	if (!whole)
		negative = false;
	*--p = '\0';
	for (int i = 0; whole || i <= decimals; i++) {
		if (decimals && i == decimals)
			*--p = '.';
		*--p = (char)('0' + (int)(whole % 10));
		whole /= 10;
	}
	if (negative)
		*--p = '-';
	return arena_text(a, p);
}

const char *ratio_text(struct ratio x, int decimals, enum rounding how, struct arena *a)
{
	return decimal_text(x.num < 0, scaled(x, decimals, how), decimals, a);
}

/* Decimals until the number ends, or -1. */
static int decimals_of(struct ratio x)
{
	int n_two = 0;
	int n_five = 0;

	for (; x.den % 2 == 0; x.den /= 2)
		n_two++;
	for (; x.den % 5 == 0; x.den /= 5)
		n_five++;
	if (x.den != 1)
		return -1;
	return n_two > n_five ? n_two : n_five;
}

int ratio_decimals(struct ratio x)
{
	int n = decimals_of(x);

	return n < 0 || n > RATIO_DECIMALS ? RATIO_DECIMALS : n;
}

const char *ratio_exact(struct ratio x, struct arena *a)
{
	uwide whole = magnitude(x.num);
	uwide divisor = (uwide)x.den;
	int decimals = decimals_of(x);

	if (decimals < 0 || decimals > EXACT_DECIMALS)
		return arena_printf(a, "%lld/%lld", (long long)x.num, (long long)x.den);
	whole *= power_of_ten(decimals);
	whole /= divisor;
	return decimal_text(x.num < 0, whole, decimals, a);
}

bool ratio_read_exact(const char *s, struct ratio *x)
{
	size_t n = strcspn(s, "/");
	struct ratio num;
	struct ratio den = ratio_whole(1);
	struct arena a = { 0 };
	bool ok = ratio_parse(s, n, &num) && (!s[n] || (ratio_parse(s + n + 1, strlen(s + n + 1), &den) && num.den == 1 && den.den == 1 && den.num > 1));

	*x = s[n] ? (struct ratio){ ok ? num.num : 0, ok ? den.num : 1 } : ok ? num : ratio_whole(0);
	ok = ok && common_factor(magnitude(x->num), (uwide)x->den) == 1 && !strcmp(ratio_exact(*x, &a), s);
	arena_clear(&a);
	return ok;
}

/* Both are exact as doubles, and the one rounding is that of the division. */
static bool are_doubles(struct ratio x)
{
	return x.num <= most_double && x.num >= -most_double && x.den <= most_double;
}

double ratio_double(struct ratio x)
{
	uwide num = magnitude(x.num);
	uwide den = (uwide)x.den;
	uwide quotient;
	int shift = 0;
	bool rest;
	double y;

	if (are_doubles(x))
		return (double)x.num / (double)x.den;
	for (; !(num >> 126); shift++)
		num <<= 1;
	quotient = num / den; /* at least 63 bits */
	rest = num % den != 0;
	for (; quotient >> 64; shift--) {
		rest |= quotient & 1;
		quotient >>= 1;
	}
	/* The lowest bit says that something follows: the one rounding is that of the
	 * conversion. */
	y = ldexp((double)(uint64_t)(quotient | rest), -shift);
	return x.num < 0 ? -y : y;
}

static const char *const rounding_names[] = {
	[ROUND_HALF_UP] = "half-up",
	[ROUND_TRUNCATE] = "truncate",
	[ROUND_HALF_EVEN] = "half-even",
};

enum { N_ROUNDING = sizeof rounding_names / sizeof *rounding_names };

const char *rounding_name(enum rounding how)
{
	return rounding_names[how];
}

bool rounding_parse(const char *name, enum rounding *how)
{
	for (size_t i = 0; i < N_ROUNDING; i++)
		if (!strcmp(name, rounding_names[i])) {
			*how = (enum rounding)i;
			return true;
		}
	return false;
}
