#include "seal/der.h"

#include <string.h>

enum { LENGTH_BYTES_MAX = 4, DEPTH_MAX = 40, CONSTRUCTED = 0x20, CLASS = 0xc0, OPEN_LENGTH = 0x80 };

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

/* ---- lengths left open ---- */

/* One element; those in it follow it. */
struct node {
	unsigned char tag;
	size_t above;  /* of the one it is in; its own place: the first */
	struct der in; /* of one that holds no others */
	size_t n;      /* of its content, written with definite lengths */
};

struct level {
	size_t node;
	bool open;
	struct der rest;
};

struct opened {
	struct arena *arena;
	struct node *node;
	size_t n_node, cap;
	struct level level[DEPTH_MAX];
	size_t depth; /* 0: outside */
};

bool der_is_open(struct der from)
{
	return from.n >= 2 && (from.p[0] & CONSTRUCTED) && from.p[1] == OPEN_LENGTH;
}

/* The next element of the level. */
static bool enter(struct opened *o)
{
	struct level *at = &o->level[o->depth];
	bool open = der_is_open(at->rest);
	struct der in = { 0 };
	unsigned tag = 0;

	if (open && (at->rest.p[0] & 0x1f) != 0x1f)
		tag = at->rest.p[0];
	else if (open || !der_next(&at->rest, &tag, &in))
		return false;
	if (!tag)
		return false;
	if (open)
		in = (struct der){ at->rest.p + 2, at->rest.n - 2 };
	*ARENA_PUSH(o->arena, o->node, o->n_node, &o->cap) = (struct node){ (unsigned char)tag, at->node, in, in.n };
	if (!(tag & CONSTRUCTED))
		return true;
	o->node[o->n_node - 1].n = 0;
	if (++o->depth == DEPTH_MAX)
		return false;
	o->level[o->depth] = (struct level){ o->n_node - 1, open, in };
	return true;
}

/* Leaves the levels that are at their ends; false where one left open does not end. */
static bool leave(struct opened *o)
{
	while (o->depth) {
		struct level *at = &o->level[o->depth];

		if (!at->open && at->rest.n)
			return true;
		if (at->open) {
			if (at->rest.n < 2)
				return false;
			if (at->rest.p[0] || at->rest.p[1])
				return true;
			o->level[o->depth - 1].rest = (struct der){ at->rest.p + 2, at->rest.n - 2 };
		}
		o->depth--;
	}
	return true;
}

static size_t header(unsigned char *put, unsigned char tag, size_t n)
{
	size_t n_length = 0;

	for (size_t rest = n; n >= OPEN_LENGTH && rest; rest >>= 8)
		n_length++;
	put[0] = tag;
	put[1] = (unsigned char)(n_length ? OPEN_LENGTH | n_length : n);
	for (size_t i = 0; i < n_length; i++)
		put[2 + i] = (unsigned char)(n >> 8 * (n_length - 1 - i));
	return 2 + n_length;
}

/* Those that are in another one stand behind it. */
static size_t add_sizes(struct opened *o)
{
	unsigned char scratch[2 + sizeof(size_t)];

	for (size_t i = o->n_node - 1; i > 0; i--)
		o->node[o->node[i].above].n += header(scratch, o->node[i].tag, o->node[i].n) + o->node[i].n;
	return header(scratch, o->node[0].tag, o->node[0].n) + o->node[0].n;
}

bool der_definite(struct der from, struct arena *a, struct der *definite, size_t *n)
{
	struct opened o = { .arena = a, .level = { { 0, false, from } } };
	unsigned char *put;

	do
		if (!enter(&o) || !leave(&o))
			return false;
	while (o.depth);
	*n = from.n - o.level[0].rest.n;
	definite->n = add_sizes(&o);
	definite->p = put = arena_array(a, definite->n + 2 + sizeof(size_t), 1);
	for (size_t i = 0; i < o.n_node; i++) {
		put += header(put, o.node[i].tag, o.node[i].n);
		if (!(o.node[i].tag & CONSTRUCTED)) {
			memcpy(put, o.node[i].in.p, o.node[i].in.n);
			put += o.node[i].in.n;
		}
	}
	return true;
}
