#include "base/plainparts.h"

#include <string.h>

/* ---- tags ---- */

/* A name with at most one prefix from *at on, up to what is behind it or is no name. */
static bool take_name(const struct plain *p, char **at, const char *end, struct slice *prefix, struct slice *local)
{
	char *start = *at;

	*prefix = (struct slice){ NULL, 0 };
	if (start == end || !(classes(p, start) & IS_START))
		return false;
	*at = pass_name(p, start, end);
	if (*at < end && **at == ':') {
		*prefix = (struct slice){ start, (size_t)(*at - start) };
		start = ++*at;
		if (start == end || !(classes(p, start) & IS_START))
			return false;
		*at = pass_name(p, start, end);
	}
	*local = (struct slice){ start, (size_t)(*at - start) };
	return prefix->n <= SAX_NAME_MAX && local->n <= SAX_NAME_MAX;
}

/* name="value", from *at on. */
static enum step take_attribute(const struct plain *p, char **at, const char *end, struct plain_attribute *a)
{
	char *s = *at;
	unsigned seen = 0;
	char quote;

	if (!take_name(p, &s, end, &a->prefix, &a->name))
		return s == end ? STEP_MORE : STEP_LEFT;
	if (end - s < 2)
		return STEP_MORE;
	quote = s[1];
	if (s[0] != '=' || (quote != '"' && quote != '\''))
		return STEP_LEFT;
	a->value.s = s += 2;
	for (; s < end && *s != quote; s++)
		seen |= classes(p, s);
	if (s == end)
		return STEP_MORE;
	a->value.n = (size_t)(s - a->value.s);
	a->odd = seen & ODD_IN_VALUE;
	if (a->odd && !plain_is_fine(a->value, true))
		return STEP_LEFT;
	*at = s + 1;
	return STEP_DONE;
}

/* What ends a tag, from *at on. */
static bool take_tag_end(char **at, const char *end, bool *empty)
{
	*empty = end - *at >= 2 && (*at)[0] == '/' && (*at)[1] == '>';
	if (*at == end || (!*empty && **at != '>'))
		return false;
	*at += 1 + *empty;
	return true;
}

/* Behind '<', up to and with '>'. */
enum step plain_take_tag(const struct plain *p, char **at, const char *end, struct tag *t)
{
	char *s = *at;
	enum step step = STEP_DONE;

	t->n_attribute = 0;
	t->name.s = s;
	if (!take_name(p, &s, end, &t->prefix, &t->local))
		return s == end ? STEP_MORE : STEP_LEFT;
	t->name.n = (size_t)(s - t->name.s);
	while (step == STEP_DONE) {
		const char *before = s;

		s = pass_space(p, s, end);
		if (take_tag_end(&s, end, &t->empty)) {
			*at = s;
			return STEP_DONE;
		}
		if (end - s < 2)
			return STEP_MORE;
		if (s == before || t->n_attribute == PLAIN_ATTRIBUTES)
			return STEP_LEFT;
		step = take_attribute(p, &s, end, &t->attribute[t->n_attribute++]);
	}
	return step;
}

/* ---- namespaces ---- */

static bool same(struct slice a, struct slice b)
{
	return a.n == b.n && (!a.n || !memcmp(a.s, b.s, a.n));
}

/* What libxml2 takes without a thought: "urn:a-b:c", "http://a.b/c". */
static bool is_plain_space(const struct plain *p, struct slice value)
{
	static const char http[] = "http://";
	size_t i = strlen("urn:");

	if (value.n > strlen(http) && !memcmp(value.s, http, strlen(http)))
		i = strlen(http);
	else if (value.n <= i || memcmp(value.s, "urn:", i) != 0)
		return false;
	if (!(classes(p, value.s + i) & IS_START) || slice_is(value, "http://www.w3.org/XML/1998/namespace")
		|| slice_is(value, "http://www.w3.org/2000/xmlns/"))
		return false;
	for (bool http_too = i == strlen(http); i < value.n; i++)
		if (!(classes(p, value.s + i) & IS_NAME) && value.s[i] != '/' && (http_too || value.s[i] != ':'))
			return false;
	return true;
}

/* xmlns="..." or xmlns:a="..." of the tag that begins. */
bool plain_is_declaration(const struct plain_attribute *a)
{
	return a->prefix.s ? slice_is(a->prefix, "xmlns") : slice_is(a->name, "xmlns");
}

/* Prefixes may mean something else from here on. */
static void forget(struct plain *p)
{
	memset(p->known, 0, sizeof p->known);
	for (size_t i = 0; i < SHAPES; i++)
		p->shape[i].n_part[0] = 0;
	p->i_shape = p->last_shape = 0;
}

/* The namespace where it is kept; NULL if there is no more room. */
static const char *keep_space(struct plain *p, struct slice value)
{
	char *kept = p->spaces;

	for (; kept < p->spaces + p->n_spaces; kept += strlen(kept) + 1)
		if (slice_is(value, kept))
			return kept;
	if (value.n >= SPACES_MAX - p->n_spaces)
		return NULL;
	memcpy(kept, value.s, value.n);
	kept[value.n] = '\0';
	p->n_spaces += value.n + 1;
	return kept;
}

static bool bind(struct plain *p, const struct plain_attribute *a)
{
	struct slice prefix = a->prefix.s ? a->name : (struct slice){ NULL, 0 };
	const char *space;

	if (p->n_binding == BINDINGS_MAX - 1 || !is_plain_space(p, a->value) || (prefix.n >= 3 && !memcmp(prefix.s, "xml", 3)))
		return false;
	for (size_t i = p->n_binding; i > 0 && p->binding[i - 1].depth > p->depth; i--)
		if (same(prefix, (struct slice){ p->names.text + p->binding[i - 1].prefix, p->binding[i - 1].n_prefix }))
			return false; /* twice in one tag */
	space = keep_space(p, a->value);
	if (!space)
		return false;
	p->binding[p->n_binding++] = (struct binding){ p->names.n, prefix.n, space, p->depth + 1 };
	buf_put(&p->names, prefix.n ? prefix.s : "", prefix.n);
	forget(p);
	return true;
}

void plain_unbind(struct plain *p, size_t n_binding, size_t n_names)
{
	if (p->n_binding == n_binding)
		return;
	p->n_binding = n_binding;
	p->names.n = n_names;
	forget(p);
}

/* The text has at least a word of room behind it. */
static struct prefix_key key_of(struct slice prefix)
{
	struct prefix_key key = { 0, prefix.n };

	if (!prefix.n)
		return key;
	key.word = word_at(prefix.s);
	if (prefix.n < WORD)
		key.word &= ((uint64_t)1 << 8 * prefix.n) - 1;
	return key;
}

static const char *look_up(const struct plain *p, struct slice prefix)
{
	for (size_t i = p->n_binding; i > 0; i--) {
		const struct binding *b = &p->binding[i - 1];

		if (b->n_prefix == prefix.n && (!prefix.n || !memcmp(p->names.text + b->prefix, prefix.s, prefix.n)))
			return b->space;
	}
	return NULL;
}

/* The namespace of a prefix, or NULL. */
static const char *find_space(struct plain *p, struct slice prefix)
{
	struct prefix_key key = key_of(prefix);
	struct known *known = &p->known[(key.word * 0x9E3779B97F4A7C15u) >> 58];

	if (known->space && known->key.word == key.word && known->key.n == key.n && key.n <= WORD)
		return known->space;
	known->key = key;
	known->space = look_up(p, prefix);
	return known->space;
}

/* Finds the namespace of an attribute with a prefix. */
static bool find_attribute_space(struct plain *p, struct plain_attribute *a)
{
	static const char xml[] = "http://www.w3.org/XML/1998/namespace";

	a->space = NULL;
	if (!a->prefix.s)
		return true;
	if (!slice_is(a->prefix, "xml"))
		a->space = find_space(p, a->prefix);
	else if (slice_is(a->name, "space") && (slice_is(a->value, "preserve") || slice_is(a->value, "default")))
		a->space = xml; /* other values, and xml:id, have rules of their own */
	return a->space != NULL;
}

static bool same_attribute(const struct plain_attribute *a, const struct plain_attribute *b)
{
	if (!same(a->name, b->name) || !a->space != !b->space || plain_is_declaration(b))
		return false;
	return a->space == b->space || !strcmp(a->space, b->space);
}

/* Whether its prefix is bound, and none before it has its name. */
static bool check_attribute(struct plain *p, struct tag *t, size_t i)
{
	if (!find_attribute_space(p, &t->attribute[i]))
		return false;
	for (size_t k = 0; k < i; k++)
		if (same_attribute(&t->attribute[i], &t->attribute[k]))
			return false;
	return true;
}

/* Binds what the tag declares, then looks at its other names. */
bool plain_check_names(struct plain *p, struct tag *t)
{
	for (size_t i = 0; i < t->n_attribute; i++)
		if (plain_is_declaration(&t->attribute[i]) && !bind(p, &t->attribute[i]))
			return false;
	for (size_t i = 0; i < t->n_attribute; i++)
		if (!plain_is_declaration(&t->attribute[i]) && !check_attribute(p, t, i))
			return false;
	t->space = find_space(p, t->prefix);
	return !t->prefix.s || t->space;
}
