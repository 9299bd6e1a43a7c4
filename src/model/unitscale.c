#include "model/unitscale.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* "triệu đồng": a million of "đồng". */
struct scaled_unit {
	int64_t scale;
	const char *base;
	size_t n; /* bytes of base */
};

static bool take(const char **s, size_t *n, const char *word)
{
	size_t length = strlen(word);

	if (*n < length || memcmp(*s, word, length) != 0)
		return false;
	*s += length;
	*n -= length;
	utf8_trim(s, n);
	return true;
}

/* "trđ", "tr.đồng", "tr đ": a million, of money only. */
static bool take_short_million(const char **s, size_t *n)
{
	const char *p = *s;
	size_t rest = *n;

	if (!take(&p, &rest, "tr"))
		return false;
	take(&p, &rest, ".");
	if (rest < strlen("đ") || memcmp(p, "đ", strlen("đ")) != 0)
		return false;
	*s = p;
	*n = rest;
	return true;
}

/* s: folded. A scale alone is one of money. */
static struct scaled_unit read_unit(const char *s, size_t n)
{
	static const struct {
		const char *word;
		int64_t value;
	} scales[] = { { "nghìn", 1000 }, { "ngàn", 1000 }, { "1.000", 1000 }, { "1000", 1000 }, { "triệu", 1000000 },
		{ "tỷ", 1000000000 }, { "tỉ", 1000000000 } };
	static const char *const money[] = { "", "đ", "vnđ", "vnd" };
	struct scaled_unit u = { .scale = 1 };

	utf8_trim(&s, &n);
	for (size_t i = 0; i < sizeof scales / sizeof *scales && u.scale == 1; i++)
		if (take(&s, &n, scales[i].word))
			u.scale = scales[i].value;
	if (u.scale == 1 && take_short_million(&s, &n))
		u.scale = 1000000;
	u.base = s;
	u.n = n;
	for (size_t i = 0; i < sizeof money / sizeof *money; i++)
		if (n == strlen(money[i]) && !memcmp(s, money[i], n) && (n || u.scale > 1)) {
			u.base = "đồng";
			u.n = strlen(u.base);
		}
	return u;
}

static enum likeness compare(const struct scaled_unit *a, const struct scaled_unit *b)
{
	if (a->n != b->n || memcmp(a->base, b->base, a->n) != 0)
		return UNIT_OTHER;
	return a->scale == b->scale ? UNIT_SAME : UNIT_SCALED;
}

enum likeness unit_likeness(const char *said, size_t n, const char *unit)
{
	struct arena tmp = { 0 };
	const char *folded = utf8_fold(unit, strlen(unit), &tmp);
	struct scaled_unit own = read_unit(folded, strlen(folded));
	enum likeness best = UNIT_OTHER;

	for (size_t i = 0, begin = 0; i <= n && best != UNIT_SAME; i++) {
		struct scaled_unit u;
		enum likeness is;

		if (i < n && said[i] != ',' && said[i] != ';')
			continue;
		u = read_unit(said + begin, i - begin);
		is = compare(&u, &own);
		best = is > best ? is : best;
		begin = i + 1;
	}
	arena_clear(&tmp);
	return best;
}
