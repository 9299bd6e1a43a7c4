#include "expr/tree.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

/* The unit texts that say no unit. */
static const char *const pure[] = { "", "1", "%", "điểm %" };

static bool is_pure(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof pure / sizeof *pure; i++)
		if (strlen(pure[i]) == n && !memcmp(pure[i], s, n))
			return true;
	return false;
}

/* Where the byte at s stands in the order of units: as bytes do, but đ (C4 91) directly behind d. */
static unsigned weight(const char *s, size_t n)
{
	unsigned char c = (unsigned char)*s;

	if (n >= 2 && c == 0xC4 && (unsigned char)s[1] == 0x91)
		return 2 * 'd' + 1;
	return 2u * c;
}

static int compare_names(const struct unit_factor *a, const struct unit_factor *b)
{
	for (size_t i = 0; i < a->n_name && i < b->n_name; i++) {
		unsigned x = weight(a->name + i, a->n_name - i);
		unsigned y = weight(b->name + i, b->n_name - i);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return (a->n_name > b->n_name) - (a->n_name < b->n_name);
}

static void remove_factor(struct unit *u, size_t i)
{
	u->n_factor--;
	memmove(&u->factor[i], &u->factor[i + 1], (u->n_factor - i) * sizeof *u->factor);
}

static bool add_factor(struct unit *u, struct unit_factor more)
{
	size_t i = 0;

	while (i < u->n_factor && compare_names(&u->factor[i], &more) < 0)
		i++;
	if (i < u->n_factor && !compare_names(&u->factor[i], &more)) {
		u->factor[i].power += more.power;
		if (!u->factor[i].power)
			remove_factor(u, i);
		else if (abs(u->factor[i].power) > UNIT_POWER_MAX)
			return false;
		return true;
	}
	if (u->n_factor == UNIT_FACTORS_MAX)
		return false;
	memmove(&u->factor[i + 1], &u->factor[i], (u->n_factor - i) * sizeof *u->factor);
	u->factor[i] = more;
	u->n_factor++;
	return true;
}

static bool parse_factors(const char *text, struct unit *u)
{
	int power = 1;

	while (true) {
		const char *name = text + strspn(text, " ");
		size_t n = strcspn(name, "*/");
		char sign = name[n];

		text = name + n + 1;
		while (n && name[n - 1] == ' ')
			n--;
		if (!is_pure(name, n) && !add_factor(u, (struct unit_factor){ name, n, power }))
			return false;
		if (!sign)
			return true;
		power = sign == '/' ? -1 : 1;
	}
}

struct unit unit_parse(const char *text)
{
	struct unit u = { .n_factor = 0 };

	if (text && !parse_factors(text, &u)) {
		u = (struct unit){ .n_factor = 1 };
		u.factor[0] = (struct unit_factor){ text, strlen(text), 1 };
	}
	return u;
}

bool unit_fits(const struct unit *a, const struct unit *b)
{
	if (a->any || b->any)
		return true;
	if (a->n_factor != b->n_factor)
		return false;
	for (size_t i = 0; i < a->n_factor; i++)
		if (compare_names(&a->factor[i], &b->factor[i]) ||
			a->factor[i].power != b->factor[i].power)
			return false;
	return true;
}

bool unit_combine(const struct unit *a, const struct unit *b, bool inverse, struct unit *product)
{
	struct unit u = *a;

	u.any = a->any && b->any;
	for (size_t i = 0; i < b->n_factor; i++) {
		struct unit_factor more = b->factor[i];

		if (inverse)
			more.power = -more.power;
		if (!add_factor(&u, more))
			return false;
	}
	*product = u;
	return true;
}

static void put_factors(struct buf *b, const struct unit *u, int sign)
{
	for (size_t i = 0; i < u->n_factor; i++)
		for (int k = u->factor[i].power * sign; k > 0; k--) {
			if (b->n)
				buf_putc(b, sign > 0 ? '*' : '/');
			else if (sign < 0)
				buf_puts(b, "1/");
			buf_put(b, u->factor[i].name, u->factor[i].n_name);
		}
}

const char *unit_text(const struct unit *u, struct arena *arena)
{
	struct buf b = { .n = 0 };
	const char *text;

	put_factors(&b, u, 1);
	put_factors(&b, u, -1);
	text = b.n ? arena_slice(arena, b.text, b.n) : "";
	buf_clear(&b);
	return text;
}
