#include "base/plain.h"

#include "base/plainparts.h"

#include <stdlib.h>
#include <string.h>

/* ---- calls ---- */

static struct origin here(const struct plain *p)
{
	return (struct origin){ .file = p->shown, .row = p->here.row, .col = p->here.col };
}

/* Of the text before a tag, if there is one; its place is then behind it. */
static bool call_text(struct plain *p, struct slice text, unsigned seen, struct diags *d)
{
	struct origin at = here(p);
	size_t n = text.n;

	if (!n)
		return true;
	advance_classes(&p->here, text.s, n, seen);
	if (seen & ODD_IN_TEXT)
		n = plain_decode(text, false);
	return !n || !p->handler->text || p->handler->text(p->handler->ctx, text.s, n, at, d);
}

/* Which of what is in it the handler wants. */
static void take_wish(struct plain *p, enum sax_skip skip, bool has_prefix, bool empty)
{
	p->n_skipped = skip == SAX_UNCHECKED && !empty;
	p->unwanted = skip == SAX_UNWANTED;
	if (skip == SAX_OFFERED && p->handler->offer && !has_prefix && !empty)
		p->offered = p->depth;
}

/* The element has its place already. */
static bool call_start(struct plain *p, struct tag *t, struct sax_element *e, struct diags *d)
{
	enum sax_skip skip = SAX_WANTED;
	bool ok;

	t->local.s[t->local.n] = '\0';
	for (size_t i = 0; i < t->n_attribute; i++) {
		struct plain_attribute *a = &t->attribute[i];

		if (plain_is_declaration(a))
			continue;
		a->name.s[a->name.n] = '\0';
		a->value.s[a->odd ? plain_decode(a->value, true) : a->value.n] = '\0';
		p->attribute[e->n_attribute++] = (struct sax_attribute){ a->name.s, a->value.s };
	}
	e->name = t->local.s;
	e->space = t->space ? t->space : "";
	e->attribute = p->attribute;
	e->skip = &skip;
	ok = !p->handler->start || p->handler->start(p->handler->ctx, e, d);
	take_wish(p, skip, t->prefix.s, t->empty);
	return ok;
}

/* The same of a tag of that shape, which was just compared. */
static bool call_start_of(struct plain *p, struct shape *shape, struct sax_element *e, struct diags *d)
{
	enum sax_skip skip = SAX_WANTED;
	bool ok;

	for (size_t i = 0; i < shape->n_attribute; i++) {
		struct slice value = shape->value[i];

		value.s[shape->odd[i] ? plain_decode(value, true) : value.n] = '\0';
		shape->attribute[i].value = value.s;
	}
	e->name = shape->name;
	e->space = shape->space ? shape->space : "";
	e->attribute = shape->attribute;
	e->n_attribute = shape->n_attribute;
	e->skip = &skip;
	ok = !p->handler->start || p->handler->start(p->handler->ctx, e, d);
	take_wish(p, skip, shape->n_prefix, shape->empty);
	return ok;
}

static bool call_end(const struct plain *p, const char *name, struct diags *d)
{
	return !p->handler->end || p->handler->end(p->handler->ctx, name, d);
}

/* ---- the text with the tag behind it ---- */

/* The element of a tag [n] is open; one that declares nothing need not be kept with its attributes. */
static void push_open(struct plain *p, struct open_tag open, const char *tag, size_t n)
{
	bool declares = p->n_binding > open.n_binding;
	size_t n_kept = declares ? n : 1 + open.n_name;
	char *to = buf_room(&p->tags, n_kept + 2 * (size_t)WORD); /* of the tag there is a word more, too */

	for (size_t i = 0; i < n_kept; i += WORD)
		memcpy(to + i, tag + i, WORD);
	if (!declares)
		to[n_kept++] = '>';
	open.start = p->tags.n;
	p->tags.n += n_kept;
	p->open[p->depth++] = open;
}

/* The tag at s up to *end, with the namespaces that it binds. */
static enum step read_start(struct plain *p, char *s, char **end, struct tag *t)
{
	size_t n_binding = p->n_binding;
	size_t n_names = p->names.n;
	enum step step;

	*end = s + 1;
	step = plain_take_tag(p, end, p->room + p->n, t);
	if (step != STEP_DONE)
		return step;
	if (p->depth == SAX_DEPTH_MAX || *end - s >= SAX_TAG_MAX || !plain_check_names(p, t)) {
		plain_unbind(p, n_binding, n_names);
		return STEP_LEFT;
	}
	plain_remember(p, t, *end);
	return STEP_DONE;
}

/* A start tag at s that has no shape yet, behind the text. */
static enum step new_tag(struct plain *p, char *s, struct slice text, unsigned seen, struct diags *d)
{
	struct tag *t = &p->tag;
	struct open_tag open = { .n_binding = p->n_binding, .n_names = p->names.n };
	struct sax_element e = { .n_attribute = 0 };
	char *end;
	enum step step = read_start(p, s, &end, t);

	if (step != STEP_DONE)
		return step;
	if (!p->has_root)
		plain_advance(&p->here, text.s, text.n);
	else if (!call_text(p, text, seen, d))
		return STEP_STOPPED;
	open.n_name = t->name.n;
	open.n_prefix = (size_t)(t->local.s - t->name.s);
	open.row = p->here.row;
	if (!t->empty)
		push_open(p, open, s, (size_t)(end - s));
	e.at = here(p);
	e.offset = p->here.offset;
	plain_advance(&p->here, s, (size_t)(end - s));
	if (!call_start(p, t, &e, d) || (t->empty && !call_end(p, t->local.s, d)))
		return STEP_STOPPED;
	if (t->empty)
		plain_unbind(p, open.n_binding, open.n_names);
	p->has_root = true;
	p->i = (size_t)(end - p->room);
	return STEP_DONE;
}

static enum step start_tag(struct plain *p, char *s, struct slice text, unsigned seen, struct diags *d)
{
	char *end;
	unsigned seen_in_tag;
	struct shape *shape = p->depth < SAX_DEPTH_MAX ? plain_match_any(p, s + 1, p->room + p->n, &end, &seen_in_tag) : NULL;
	struct sax_element e;

	if (!shape || end - s >= SAX_TAG_MAX)
		return new_tag(p, s, text, seen, d);
	if (!call_text(p, text, seen, d))
		return STEP_STOPPED;
	if (!shape->empty)
		push_open(p, (struct open_tag){ .row = p->here.row, .n_name = shape->n_name, .n_prefix = shape->n_prefix,
			.n_binding = p->n_binding, .n_names = p->names.n }, s, 0);
	e.at = here(p);
	e.offset = p->here.offset;
	advance_classes(&p->here, s, (size_t)(end - s), seen_in_tag);
	if (!call_start_of(p, shape, &e, d) || (shape->empty && !call_end(p, shape->name, d)))
		return STEP_STOPPED;
	p->i = (size_t)(end - p->room);
	return STEP_DONE;
}

static enum step end_tag(struct plain *p, char *s, struct slice text, unsigned seen, struct diags *d)
{
	const char *end = p->room + p->n;
	const struct open_tag *open = &p->open[p->depth - 1];
	char *name = s + 2;
	char *close = name + open->n_name;

	if (end - name <= (ptrdiff_t)open->n_name)
		return STEP_MORE;
	if (!same_bytes(name, p->tags.text + open->start + 1, open->n_name))
		return STEP_LEFT;
	close = pass_space(p, close, end);
	if (close == end || *close != '>')
		return close == end ? STEP_MORE : STEP_LEFT;
	if (!call_text(p, text, seen, d))
		return STEP_STOPPED;
	advance_classes(&p->here, s, (size_t)(close + 1 - s), close > name + open->n_name ? IS_COUNTED : 0);
	name[open->n_name] = '\0';
	if (!call_end(p, name + open->n_prefix, d))
		return STEP_STOPPED;
	if (p->offered == p->depth--)
		p->offered = 0;
	p->tags.n = open->start;
	plain_unbind(p, open->n_binding, open->n_names);
	p->i = (size_t)(close + 1 - p->room);
	return STEP_DONE;
}

/* ---- what nobody wants ---- */

/* The first of the three bytes before end, or end. */
static char *find_byte(char *s, const char *end, char a, char b, char c)
{
	while (s < end) {
		uint64_t word = word_at(s);

		if (!(has_byte(word, a) | has_byte(word, b) | has_byte(word, c))) {
			s += WORD;
			continue;
		}
		while (*s != a && *s != b && *s != c)
			s++;
		break;
	}
	return s < end ? s : (char *)end;
}

/* The '>' that ends the tag at s, or NULL. */
static char *find_tag_end(char *s, const char *end)
{
	for (;;) {
		s = find_byte(s, end, '>', '"', '\'');
		if (s == end || *s == '>')
			return s == end ? NULL : s;
		s = find_byte(s + 1, end, *s, *s, *s);
		if (s++ == end)
			return NULL;
	}
}

/* Whether the name at s is that of the element, and ends there. */
static bool is_skipped_name(const struct plain *p, const char *s)
{
	const struct open_tag *open = &p->open[p->depth - 1];

	return !(classes(p, s + open->n_name) & IS_NAME) && s[open->n_name] != ':'
	       && !memcmp(s, p->tags.text + open->start + 1, open->n_name);
}

/* A tag inside of such an element: only those of its own name count. */
static enum step skip_tag(struct plain *p, char **tag, const char *end)
{
	char *name = *tag + 1 + ((*tag)[1] == '/');
	char *close;

	if (end - name <= (ptrdiff_t)p->open[p->depth - 1].n_name)
		return STEP_MORE;
	if ((*tag)[1] == '!' || (*tag)[1] == '?')
		return STEP_LEFT;
	if (!is_skipped_name(p, name)) {
		*tag = name;
		return STEP_DONE;
	}
	close = find_tag_end(name, end);
	if (!close)
		return STEP_MORE;
	if (name > *tag + 1)
		p->n_skipped--;
	else if (close[-1] != '/')
		p->n_skipped++;
	if (p->n_skipped)
		*tag = close;
	return STEP_DONE;
}

/* Goes to the end tag of the element, which is taken like any other. */
static enum step skip_step(struct plain *p)
{
	const char *end = p->room + p->n;
	char *from = p->room + p->i;
	char *tag = from;
	enum step step = STEP_DONE;

	while (step == STEP_DONE && p->n_skipped) {
		char *next = memchr(tag, '<', (size_t)(end - tag));

		tag = next ? next : p->room + p->n;
		step = next ? skip_tag(p, &tag, end) : STEP_MORE;
	}
	p->i = (size_t)(tag - p->room);
	return step;
}

static void pass_unwanted(struct plain *p)
{
	unsigned seen;
	char *behind;

	while ((behind = plain_match_simple(p, p->room + p->i, &seen))) {
		advance_classes(&p->here, p->room + p->i, (size_t)(behind - (p->room + p->i)), seen);
		p->i = (size_t)(behind - p->room);
	}
}

/* ---- what the handler may take ---- */

static bool offer(struct plain *p, struct diags *d)
{
	size_t taken = 0;

	p->room[p->n] = '\0';
	if (!p->handler->offer(p->handler->ctx, p->room + p->i, p->n - p->i, &taken, d))
		return false;
	p->here.offset += taken;
	p->here.col += (unsigned)taken;
	p->i += taken;
	return true;
}

/* ---- steps ---- */

static enum step take_step(struct plain *p, struct diags *d)
{
	char *end = p->room + p->n;
	struct slice text = { p->room + p->i, 0 };
	char *tag = text.s;
	unsigned seen = 0;

	if (!p->has_root)
		tag = plain_find_root(p, text.s, end);
	while (p->has_root && tag < end && *tag != '<')
		seen |= classes(p, tag++);
	if (!tag || end - tag < 2)
		return STEP_MORE;
	text.n = (size_t)(tag - text.s);
	if ((p->has_root && !p->depth) || (seen & ODD_IN_TEXT && !plain_is_fine(text, false)))
		return STEP_LEFT;
	if (tag[1] == '/' && p->depth)
		return end_tag(p, tag, text, seen, d);
	return start_tag(p, tag, text, seen, d);
}

/* ---- pieces ---- */

static unsigned char class_of(unsigned char c)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
	bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
	unsigned class = letter ? IS_START | IS_NAME : 0;

	if ((c >= '0' && c <= '9') || c == '.' || c == '-')
		class |= IS_NAME;
	if (space)
		class |= IS_SPACE;
	if (c == '&' || c == ']' || c == '\r' || c >= 0x80 || (c < ' ' && !space))
		class |= ODD_IN_TEXT;
	if (c == '&' || c == '<' || c < ' ' || c >= 0x80)
		class |= ODD_IN_VALUE;
	if (c == '\n' || c >= 0x80)
		class |= IS_COUNTED;
	return (unsigned char)class;
}

struct plain *plain_open(const struct sax_handler *handler, const char *shown)
{
	struct plain *p = memory_new(1, sizeof *p);

	p->handler = handler;
	p->shown = shown;
	p->here = (struct markup_place){ 1, 1, 0 };
	for (unsigned c = 0; c < sizeof p->class; c++)
		p->class[c] = class_of((unsigned char)c);
	return p;
}

void plain_close(struct plain *p)
{
	if (!p)
		return;
	buf_clear(&p->tags);
	buf_clear(&p->names);
	free(p);
}

static enum step next_step(struct plain *p, struct diags *d)
{
	if (p->unwanted)
		pass_unwanted(p);
	p->unwanted = false;
	if (p->n_skipped)
		return skip_step(p);
	if (p->offered && p->offered == p->depth && !offer(p, d))
		return STEP_STOPPED;
	return take_step(p, d);
}

static enum plain_result take_steps(struct plain *p, struct diags *d)
{
	enum step step;

	do
		step = next_step(p, d);
	while (step == STEP_DONE);
	if (step == STEP_LEFT || (step == STEP_MORE && !p->i && p->n == PLAIN_ROOM))
		return PLAIN_LEFT;
	if (step == STEP_STOPPED)
		return PLAIN_STOPPED;
	p->n -= p->i;
	memmove(p->room, p->room + p->i, p->n);
	p->i = 0;
	return PLAIN_FINE;
}

enum plain_result plain_feed(struct plain *p, const char *data, size_t n, size_t *taken, struct diags *d)
{
	enum plain_result result = PLAIN_FINE;

	*taken = 0;
	while (result == PLAIN_FINE && *taken < n) {
		size_t part = n - *taken < PLAIN_ROOM - p->n ? n - *taken : PLAIN_ROOM - p->n;

		memcpy(p->room + p->n, data + *taken, part);
		p->n += part;
		*taken += part;
		result = take_steps(p, d);
	}
	return result;
}

bool plain_is_whole(const struct plain *p)
{
	return p->has_root && !p->depth && pass_space(p, (char *)p->room, p->room + p->n) == p->room + p->n;
}

struct plain_rest plain_rest(const struct plain *p)
{
	struct plain_rest rest = { .kept = p->room + p->i, .n_kept = p->n - p->i, .begun = p->has_root, .at = p->here, .depth = p->depth,
		.n_tag = p->depth, .n_call = p->depth };

	if (!p->depth) {
		rest.n_tag = 1;
		rest.n_call = 2;
	}
	return rest;
}

struct plain_tag plain_tag(const struct plain *p, unsigned i)
{
	static const char whole[] = "<a/>"; /* for a root that has ended */
	size_t end = i + 1 < p->depth ? p->open[i + 1].start : p->tags.n;

	if (!p->depth)
		return (struct plain_tag){ whole, strlen(whole), p->here.row };
	return (struct plain_tag){ p->tags.text + p->open[i].start, end - p->open[i].start, p->open[i].row };
}
