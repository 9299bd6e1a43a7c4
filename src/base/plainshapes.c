#include "base/plainparts.h"

#include <string.h>

/* The part of the tag from s up to and with the quote before a value, or its end. */
static bool add_part(struct shape *shape, size_t *n, size_t i, const char *s, const char *end)
{
	size_t n_part = (size_t)(end - s);

	if (*n + n_part > SHAPE_MAX)
		return false;
	memcpy(shape->text + *n, s, n_part);
	shape->n_part[i] = (unsigned short)n_part;
	*n += n_part;
	return true;
}

static const char *add_name(struct shape *shape, size_t *n, struct slice name)
{
	char *to = shape->name + *n;

	memcpy(to, name.s, name.n);
	to[name.n] = '\0';
	*n += name.n + 1;
	return to;
}

/* Names are shorter than the parts that they stand in: there is room for them all. */
static bool fill_shape(struct shape *shape, const struct tag *t, const char *end)
{
	const char *s = t->name.s;
	size_t n = 0;
	size_t n_name = 0;

	if (t->local.n >= SHAPE_MAX)
		return false;
	add_name(shape, &n_name, t->local);
	for (size_t i = 0; i < t->n_attribute; i++) {
		const struct plain_attribute *a = &t->attribute[i];

		if (plain_is_declaration(a) || (a->prefix.s && slice_is(a->prefix, "xml")) || !add_part(shape, &n, i, s, a->value.s))
			return false;
		shape->attribute[i].name = add_name(shape, &n_name, a->name);
		s = a->value.s + a->value.n;
	}
	shape->n_attribute = (unsigned short)t->n_attribute;
	shape->n_prefix = (unsigned short)(t->local.s - t->name.s);
	shape->n_name = (unsigned short)t->name.n;
	shape->space = t->space;
	shape->empty = t->empty;
	shape->next = 0;
	return add_part(shape, &n, t->n_attribute, s, end);
}

/* By what it was followed the last time, it is looked for first. */
static void note_shape(struct plain *p, size_t i)
{
	p->shape[p->last_shape].next = i;
	p->last_shape = i;
}

void plain_remember(struct plain *p, const struct tag *t, const char *end)
{
	struct shape *shape = &p->shape[p->i_shape];

	if (!fill_shape(shape, t, end)) {
		shape->n_part[0] = 0;
		return;
	}
	shape->is_counted = memchr(t->name.s, '\n', (size_t)(end - t->name.s));
	note_shape(p, p->i_shape);
	p->i_shape = (p->i_shape + 1) % SHAPES;
}

/* A value from s on, up to its quote; NULL if it is not there, or not plain. */
static char *match_value(const struct plain *p, struct shape *shape, size_t i, char *s, const char *end, char quote, unsigned *seen)
{
	unsigned seen_here = 0;

	shape->value[i].s = s;
	for (; s < end && *s != quote; s++)
		seen_here |= classes(p, s);
	shape->value[i].n = (size_t)(s - shape->value[i].s);
	shape->odd[i] = seen_here & ODD_IN_VALUE;
	*seen |= seen_here;
	return s == end || (shape->odd[i] && !plain_is_fine(shape->value[i], true)) ? NULL : s;
}

/* What is behind the tag whose name is at s, if it has that shape, or NULL. */
static char *match_shape(const struct plain *p, struct shape *shape, char *s, const char *end, unsigned *seen)
{
	const char *part = shape->text;
	size_t n_part = shape->n_part[0];

	*seen = shape->is_counted ? IS_COUNTED : 0;
	for (size_t i = 0; i < shape->n_attribute; i++) {
		if ((size_t)(end - s) < n_part || !same_bytes(s, part, n_part))
			return NULL;
		part += n_part;
		s = match_value(p, shape, i, s + n_part, end, part[-1], seen);
		if (!s)
			return NULL;
		n_part = shape->n_part[i + 1];
	}
	return (size_t)(end - s) >= n_part && same_bytes(s, part, n_part) ? s + n_part : NULL;
}

/* The shape of the tag whose name is at s, and what is behind it; NULL if none has it. */
struct shape *plain_match_any(struct plain *p, char *s, const char *end, char **behind, unsigned *seen)
{
	size_t likely = p->shape[p->last_shape].next;

	if (p->shape[likely].n_part[0] && (*behind = match_shape(p, &p->shape[likely], s, end, seen))) {
		p->last_shape = likely;
		return &p->shape[likely];
	}
	for (size_t i = 0; i < SHAPES; i++)
		if (i != likely && p->shape[i].n_part[0] && (*behind = match_shape(p, &p->shape[i], s, end, seen))) {
			note_shape(p, i);
			return &p->shape[i];
		}
	return NULL;
}

/* ---- whole elements ---- */

/* "<a>text</a>" at s, of that shape, with plain text: its end, or NULL for anything else. */
static char *match_simple(const struct plain *p, const struct shape *shape, char *s, const char *end, unsigned *seen)
{
	size_t n = shape->n_part[0]; /* with the '>' */
	char *close = s + 1 + n;

	if (!n || shape->n_attribute || shape->empty || shape->n_name + 1U != n || (size_t)(end - s) < 2 * n + 3
		|| !same_bytes(s + 1, shape->text, n))
		return NULL;
	for (*seen = 0; close < end && *close != '<'; close++)
		*seen |= classes(p, close);
	if (*seen & ODD_IN_TEXT || (size_t)(end - close) < n + 2 || close[1] != '/' || !same_bytes(close + 2, shape->text, n))
		return NULL;
	return close + 2 + n;
}

char *plain_match_simple(struct plain *p, char *s, unsigned *seen)
{
	const char *end = p->room + p->n;
	size_t likely = p->shape[p->last_shape].next;
	char *behind;

	if (end - s < 2 || *s != '<' || s[1] == '/' || p->depth == SAX_DEPTH_MAX)
		return NULL;
	behind = match_simple(p, &p->shape[likely], s, end, seen);
	for (size_t i = 0; !behind && i < SHAPES; i++) {
		behind = match_simple(p, &p->shape[i], s, end, seen);
		likely = behind ? i : likely;
	}
	if (behind)
		note_shape(p, likely);
	return behind;
}
