#include "ingest/xlsxcell.h"

struct scan {
	const char *at;
	const char *end;
	bool cut;
};

/* Passes the text, if it stands there. */
static bool take(struct scan *s, const char *text)
{
	const char *p = s->at;

	for (; *text; text++, p++) {
		if (p == s->end) {
			s->cut = true;
			return false;
		}
		if (*p != *text)
			return false;
	}
	s->at = p;
	return true;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Nothing that XML gives a meaning to. */
static bool is_value(char c)
{
	return is_word(c) || c == '.' || c == '-' || c == '+' || c == '#' || c == '!' || c == '/' || c == '?';
}

/* name="value", if it is there. False: something that is not plain, or the end. */
static bool take_attribute(struct scan *s, const char *name, char into[PLAIN_ATTRIBUTE_MAX])
{
	size_t n = 0;

	*into = '\0';
	if (!take(s, name))
		return !s->cut;
	for (; s->at < s->end && is_word(*s->at) && n + 1 < PLAIN_ATTRIBUTE_MAX; s->at++)
		into[n++] = *s->at;
	into[n] = '\0';
	return n && take(s, "\"");
}

static bool take_value(struct scan *s, struct plain_cell *c)
{
	c->value = s->at;
	while (s->at < s->end && is_value(*s->at) && s->at - c->value < PLAIN_VALUE_MAX)
		s->at++;
	c->n_value = (size_t)(s->at - c->value);
	return c->n_value && take(s, "</v></c>");
}

static bool take_cell(struct scan *s, struct plain_cell *c)
{
	c->n_value = 0;
	if (!take(s, "<c") || !take_attribute(s, " r=\"", c->attribute[0]) || !take_attribute(s, " s=\"", c->attribute[1])
		|| !take_attribute(s, " t=\"", c->attribute[2]))
		return false;
	if (take(s, "/>"))
		return true;
	return !s->cut && take(s, "><v>") && take_value(s, c);
}

enum plain plain_cell(const char *text, size_t n, struct plain_cell *c)
{
	struct scan s = { text, text + n, false };

	if (take_cell(&s, c)) {
		c->n = (size_t)(s.at - text);
		return PLAIN_CELL;
	}
	return s.cut || s.at == s.end ? PLAIN_CUT : PLAIN_OTHER;
}
