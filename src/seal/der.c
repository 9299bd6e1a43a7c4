#include "seal/der.h"

enum { LENGTH_BYTES_MAX = 4, DEPTH_MAX = 40, CONSTRUCTED = 0x20, CLASS = 0xc0 };

static bool read_length(struct der *at, size_t *length)
{
	size_t n;

	if (!at->n)
		return false;
	*length = *at->p++;
	at->n--;
	if (*length < 0x80)
		return true;
	n = *length & 0x7f;
	if (!n || n > LENGTH_BYTES_MAX || n > at->n || !*at->p)
		return false;
	*length = 0;
	for (size_t i = 0; i < n; i++)
		*length = *length << 8 | at->p[i];
	at->p += n;
	at->n -= n;
	return *length >= 0x80;
}

bool der_next(struct der *from, unsigned *tag, struct der *in)
{
	struct der at = *from;
	size_t length;

	if (!at.n || (*at.p & 0x1f) == 0x1f)
		return false;
	*tag = *at.p++;
	at.n--;
	if (!read_length(&at, &length) || length > at.n)
		return false;
	*in = (struct der){ at.p, length };
	*from = (struct der){ at.p + length, at.n - length };
	return true;
}

bool der_take(struct der *from, unsigned tag, struct der *in)
{
	struct der at = *from;
	unsigned found;

	if (!der_next(&at, &found, in) || found != tag)
		return false;
	*from = at;
	return true;
}

static bool form_fits(unsigned tag)
{
	unsigned plain = tag & ~(unsigned)CONSTRUCTED;

	return (tag & CLASS) || ((tag & CONSTRUCTED) != 0) == (plain == (DER_SEQUENCE & ~CONSTRUCTED) || plain == (DER_SET & ~CONSTRUCTED));
}

bool der_is_strict(struct der top)
{
	struct der rest[DEPTH_MAX] = { top };
	size_t depth = 0;
	unsigned tag;

	for (;;) {
		struct der in;

		while (!rest[depth].n) {
			if (!depth)
				return true;
			depth--;
		}
		if (!der_next(&rest[depth], &tag, &in) || !form_fits(tag))
			return false;
		if (!(tag & CONSTRUCTED))
			continue;
		if (++depth == DEPTH_MAX)
			return false;
		rest[depth] = in;
	}
}
