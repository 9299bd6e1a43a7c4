#include "base/node.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/sax.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MARK_STEP = 512 }; /* [bytes] between places of one text that are kept */

/* A place in the source, moved forward only. */
struct cursor {
	const char *at;
	unsigned row;
	unsigned col;
};

/* A place in a text or value that was gone over. */
struct mark {
	struct cursor cursor;
	size_t offset; /* bytes of the decoded text before it */
	bool cdata;
};

struct node_source {
	const char *shown;
	const char *data;
	const char *end;
	struct arena *arena;
	/* Of the text that was asked for last, so that thousands of places in one text do not cost thousands of times its
	 * length. */
	const char *marked; /* its first character, or NULL */
	struct mark *mark;  /* [n_mark] by offset */
	size_t n_mark;
	size_t cap_mark;
};

struct node_reader {
	struct arena *arena;
	struct node_source *source;
	const char *name; /* what the root must be */
	const char *space;
	struct node *root;
	struct node *open; /* innermost element that is not closed */
	struct node *tail; /* its last child so far */
	struct cursor cursor;
	bool failed;
};

static bool begins(const char *s, const char *end, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(end - s) >= n && !memcmp(s, word, n);
}

/* Behind the next `word`, or the end. */
static const char *behind(const char *s, const char *end, const char *word)
{
	while (s < end && !begins(s, end, word))
		s++;
	return s < end ? s + strlen(word) : end;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t character_length(const char *s, const char *end)
{
	uint32_t code;
	size_t n = utf8_decode(s, (size_t)(end - s), &code);

	return n ? n : 1;
}

static void cursor_step(struct cursor *c, const char *end)
{
	if (*c->at == '\n') {
		c->row++;
		c->col = 1;
		c->at++;
	} else {
		c->col++;
		c->at += character_length(c->at, end);
	}
}

/* A piece of the source and how many bytes of the decoded text it stands for. */
struct unit {
	size_t raw;
	size_t text;
};

/* &#...; or &name; as one character. */
static struct unit reference_unit(const char *s, const char *end)
{
	const char *last = memchr(s, ';', (size_t)(end - s));
	char out[4];
	unsigned long code;

	if (!last)
		return (struct unit){ 1, 1 };
	if (s[1] != '#')
		return (struct unit){ (size_t)(last + 1 - s), 1 };
	code = s[2] == 'x' ? strtoul(s + 3, NULL, 16) : strtoul(s + 2, NULL, 10);
	return (struct unit){ (size_t)(last + 1 - s), utf8_encode((uint32_t)code, out) };
}

/* Markup that stands between the characters of one text: no text of its own. No bytes at all
 * where a tag begins. */
static struct unit markup_unit(const char *s, const char *end, bool *cdata)
{
	if (begins(s, end, "<!--"))
		return (struct unit){ (size_t)(behind(s + 4, end, "-->") - s), 0 };
	if (begins(s, end, "<?"))
		return (struct unit){ (size_t)(behind(s + 2, end, "?>") - s), 0 };
	if (begins(s, end, "<![CDATA[")) {
		*cdata = true;
		return (struct unit){ 9, 0 };
	}
	return (struct unit){ 0, 0 };
}

static struct unit next_unit(const char *s, const char *end, bool *cdata)
{
	if (*cdata && begins(s, end, "]]>")) {
		*cdata = false;
		return (struct unit){ 3, 0 };
	}
	if (!*cdata && *s == '<')
		return markup_unit(s, end, cdata);
	if (!*cdata && *s == '&')
		return reference_unit(s, end);
	if (begins(s, end, "\r\n"))
		return (struct unit){ 2, 1 };
	return (struct unit){ character_length(s, end), character_length(s, end) };
}

/* The place of a pointer into the source at or behind the node's own first character. */
static struct cursor source_cursor(const struct node *n, const char *at)
{
	struct cursor c = { n->raw, n->at.row, n->at.col };

	while (c.at < at)
		cursor_step(&c, n->source->end);
	return c;
}

static struct origin source_place(const struct node *n, const char *at)
{
	struct cursor c = source_cursor(n, at);

	return (struct origin){ .file = n->at.file, .row = c.row, .col = c.col };
}

static void push_mark(struct node_source *s, struct mark m)
{
	*ARENA_PUSH(s->arena, s->mark, s->n_mark, &s->cap_mark) = m;
}

/* The last place known in the text that begins at `text` with at most offset bytes before it. */
static struct mark nearest_mark(const struct node *n, const char *text, size_t offset)
{
	struct node_source *s = n->source;
	size_t low = 0;
	size_t high;

	if (s->marked != text) {
		s->marked = text;
		s->n_mark = 0;
		push_mark(s, (struct mark){ .cursor = source_cursor(n, text) });
	}
	high = s->n_mark;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (s->mark[middle].offset <= offset)
			low = middle;
		else
			high = middle;
	}
	return s->mark[low];
}

/* Where the offset-th decoded byte of a text or of an attribute's value stands. */
static struct origin find_offset(const struct node *n, const char *text, size_t offset, char quote)
{
	struct node_source *s = n->source;
	struct mark m = nearest_mark(n, text, offset);

	while (m.cursor.at < s->end && (!quote || *m.cursor.at != quote)) {
		struct unit u = next_unit(m.cursor.at, s->end, &m.cdata);
		const char *behind_unit = m.cursor.at + u.raw;

		if (!u.raw || (u.text && offset - m.offset < u.text))
			break;
		m.offset += u.text;
		while (m.cursor.at < behind_unit)
			cursor_step(&m.cursor, s->end);
		if (m.cursor.at - s->mark[s->n_mark - 1].cursor.at >= MARK_STEP)
			push_mark(s, m);
	}
	return (struct origin){ .file = n->at.file, .row = m.cursor.row, .col = m.cursor.col };
}

static const struct attribute *find_attribute(const struct node *n, const char *name)
{
	for (size_t i = 0; i < n->n_attribute; i++)
		if (!strcmp(n->attribute[i].name, name))
			return &n->attribute[i];
	return NULL;
}

struct origin node_place(const struct node *n, const char *attribute, size_t offset)
{
	const struct attribute *a = attribute ? find_attribute(n, attribute) : NULL;

	if (a && a->raw)
		return find_offset(n, a->raw, offset, a->raw[-1]);
	if (attribute || n->name)
		return n->at;
	return find_offset(n, n->raw, offset, '\0');
}

/* xmlns="..." or xmlns:prefix="...". */
static bool declares_space(const char *name, const char *end)
{
	return begins(name, end, "xmlns")
		&& (name[5] == ':' || name[5] == '=' || is_blank(name[5]));
}

/* The values of the tag at s, namespaces left out: the same attributes in the same order as the
 * parser gives them. */
static void find_values(const char *s, const char *end, struct attribute *attribute, size_t n)
{
	size_t i = 0;

	while (s < end && !is_blank(*s) && *s != '>' && *s != '/')
		s++;
	while (i < n) {
		const char *name;
		char quote;

		while (s < end && is_blank(*s))
			s++;
		name = s;
		while (s < end && *s != '"' && *s != '\'' && *s != '>')
			s++;
		if (s >= end || *s == '>')
			return;
		quote = *s++;
		if (!declares_space(name, end))
			attribute[i++].raw = s;
		while (s < end && *s != quote)
			s++;
		s += s < end;
	}
}

/* A character of a text (attribute NULL) or a value that no document may hold. */
static void check_characters(struct node_reader *r, const struct node *n, const char *attribute, const char *s,
	struct diags *d)
{
	size_t n_byte = strlen(s);
	uint32_t code = 0;
	size_t at = utf8_find_refused(s, n_byte, &code);

	if (at < n_byte)
		r->failed = !diag_error(d, node_place(n, attribute, at), "character",
			"the character U+%04X cannot be printed; delete it", (unsigned)code);
}

static void append(struct node_reader *r, struct node *n)
{
	n->parent = r->open;
	n->source = r->source;
	if (r->tail)
		r->tail->next = n;
	else if (r->open)
		r->open->child = n;
	r->tail = n;
}

static bool check_root(const struct node_reader *r, const struct sax_element *e, struct diags *d)
{
	if (strcmp(e->name, r->name) != 0)
		return diag_error(d, e->at, "root", "the root element is <%s>; it must be <%s>: is this the right file?",
			e->name, r->name);
	if (strcmp(e->space, r->space) != 0)
		return diag_error(d, e->at, "root", "<%s> is in the namespace '%s'; write xmlns=\"%s\"", e->name,
			e->space, r->space);
	return true;
}

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct node_reader *r = ctx;
	struct node *n;

	if (!r->root && !check_root(r, e, d))
		return false;
	if (strcmp(e->space, r->space) != 0)
		r->failed = !diag_error(d, e->at, "unknown-element",
			"<%s> is in the namespace '%s'; write xmlns=\"%s\"", e->name, e->space, r->space);
	n = ARENA_NEW(r->arena, struct node);
	n->name = arena_text(r->arena, e->name);
	n->at = e->at;
	n->at.file = r->source->shown;
	n->raw = r->source->data + e->offset;
	n->n_attribute = e->n_attribute;
	n->attribute = ARENA_ARRAY(r->arena, e->n_attribute, struct attribute);
	for (size_t i = 0; i < e->n_attribute; i++) {
		const char *value = e->attribute[i].value;

		n->attribute[i].name = arena_text(r->arena, e->attribute[i].name);
		n->attribute[i].value = utf8_compose(value, strlen(value), r->arena);
	}
	find_values(n->raw, r->source->end, n->attribute, n->n_attribute);
	append(r, n);
	for (size_t i = 0; i < n->n_attribute; i++)
		check_characters(r, n, n->attribute[i].name, n->attribute[i].value, d);
	if (!r->root)
		r->root = n;
	r->open = n;
	r->tail = NULL;
	return true;
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct node_reader *r = ctx;

	(void)name;
	(void)d;
	r->tail = r->open;
	r->open = r->open->parent;
	return true;
}

static bool on_text(void *ctx, const char *s, size_t n_text, struct origin at, struct diags *d)
{
	struct node_reader *r = ctx;
	struct node *n = ARENA_NEW(r->arena, struct node);
	struct cursor *c = &r->cursor;

	while (c->at < r->source->end && (c->row < at.row || (c->row == at.row && c->col < at.col)))
		cursor_step(c, r->source->end);
	n->text = utf8_compose(s, n_text, r->arena);
	n->raw = c->at;
	n->at = at;
	n->at.file = r->source->shown;
	append(r, n);
	check_characters(r, n, NULL, n->text, d);
	return true;
}

/* data is of the arena, with a NUL behind it. */
static const struct node *read_source(const char *data, size_t n, const char *shown,
	const char *name, const char *space, struct arena *a, struct diags *d)
{
	struct node_source *source = ARENA_NEW(a, struct node_source);
	struct node_reader r = { .arena = a, .source = source, .name = name, .space = space };
	struct sax_handler handler = { .ctx = &r, .start = on_start, .end = on_end, .text = on_text };
	bool has_mark = n >= 3 && !memcmp(data, "\xEF\xBB\xBF", 3);

	*source = (struct node_source){
		.shown = arena_text(a, shown),
		.data = data,
		.end = data + n,
		.arena = a,
	};
	r.cursor = (struct cursor){ data + (has_mark ? 3 : 0), 1, 1 };
	if (n >= 2 && (!data[0] || !data[1] || !memcmp(data, "\xFF\xFE", 2)
			      || !memcmp(data, "\xFE\xFF", 2))) {
		diag_error(d, (struct origin){ .file = shown, .row = 1, .col = 1 }, "encoding",
			"this file must be UTF-8; save it so");
		return NULL;
	}
	if (!sax_read_bytes(data, n, source->shown, &handler, d) || r.failed)
		return NULL;
	return r.root;
}

const struct node *node_read_bytes(const char *data, size_t n, const char *shown, const char *name,
	const char *space, struct arena *a, struct diags *d)
{
	return read_source(arena_slice(a, data, n), n, shown, name, space, a, d);
}

const struct node *node_read(const char *path, const char *shown, const char *name,
	const char *space, struct arena *a, struct diags *d)
{
	struct bytes file;

	if (!shown)
		shown = path;
	if (!file_read(path, shown, FILE_TEMPLATE_MAX, a, &file, d))
		return NULL;
	if (!file.n) {
		diag_error(d, (struct origin){ .file = shown }, "empty", "this file is empty; is it the right one?");
		return NULL;
	}
	return read_source(file.data, file.n, shown, name, space, a, d);
}

const char *node_attribute(const struct node *n, const char *name)
{
	const struct attribute *a = find_attribute(n, name);

	return a ? a->value : NULL;
}

int node_choice(const struct node *n, const char *attribute, const char *const *word, int otherwise,
	struct diags *d)
{
	const char *value = node_attribute(n, attribute);
	struct buf words = { 0 };

	if (!value)
		return otherwise;
	for (int i = 0; word[i]; i++) {
		if (!strcmp(value, word[i])) {
			buf_clear(&words);
			return i;
		}
		buf_printf(&words, "%s%s", i ? ", " : "", word[i]);
	}
	diag_error(d, node_place(n, attribute, 0), "value", "%s=\"%s\" is not known; it may be: %s", attribute,
		value, words.text);
	buf_clear(&words);
	return otherwise;
}

const char *node_need(const struct node *n, const char *name, struct diags *d)
{
	const char *value = node_attribute(n, name);

	if (!value)
		diag_error(d, n->at, "missing-attribute", "<%s> needs the attribute '%s'", n->name,
			name);
	return value;
}

static size_t count_names(const char *const *names)
{
	size_t n = 0;

	while (names[n])
		n++;
	return n;
}

static bool is_among(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(name, *names))
			return true;
	return false;
}

/* Of the attribute's name, which stands before its value and the quote. */
static struct origin name_place(const struct node *n, const struct attribute *a)
{
	const char *s = a->raw;

	if (!s)
		return n->at;
	for (s -= 2; s > n->raw && (is_blank(*s) || *s == '='); s--)
		;
	while (s > n->raw && !is_blank(s[-1]))
		s--;
	return source_place(n, s);
}

/* What may stand there, for a message; nothing where none is kept any more. */
static const char *list_for(const struct node *n, const char *const *allowed, size_t n_allowed, const struct diags *d)
{
	if (diags_are_full(d, n->at.file))
		return "";
	return n_allowed ? word_list(allowed, n_allowed, n->source->arena) : diag_say(d, "nothing");
}

bool node_check_attributes(const struct node *n, const char *const *allowed, struct diags *d)
{
	size_t n_allowed = count_names(allowed);
	bool ok = true;

	for (size_t i = 0; i < n->n_attribute; i++) {
		const struct attribute *a = &n->attribute[i];
		const char *near;

		if (is_among(a->name, allowed))
			continue;
		near = suggest(a->name, allowed, n_allowed);
		if (near)
			ok = diag_error(d, name_place(n, a), "unknown-attribute",
				"unknown attribute '%s' of <%s>; did you mean '%s'?", a->name,
				n->name, near);
		else
			ok = diag_error(d, name_place(n, a), "unknown-attribute",
				"unknown attribute '%s' of <%s>; it may have: %s", a->name, n->name,
				list_for(n, allowed, n_allowed, d));
	}
	return ok;
}

bool node_unknown(const struct node *n, const char *const *allowed, struct diags *d)
{
	const char *parent = n->parent ? n->parent->name : "";
	const char *near;

	if (!n->name)
		return diag_error(d, n->at, "unknown-element", "<%s> holds no text of its own; delete it", parent);
	near = suggest(n->name, allowed, count_names(allowed));
	if (near)
		return diag_error(d, n->at, "unknown-element",
			"unknown element <%s> in <%s>; did you mean <%s>?", n->name, parent, near);
	return diag_error(d, n->at, "unknown-element", "unknown element <%s> in <%s>; it may hold: %s", n->name, parent,
		list_for(n, allowed, count_names(allowed), d));
}

/* One element or text, without what is in it. */
static struct node *fill_one(const struct node *from, struct node *parent, struct node_filler *filler, struct arena *a, bool *ok,
	struct diags *d)
{
	struct node *to = ARENA_NEW(a, struct node);

	*to = *from;
	to->parent = parent;
	to->child = to->next = NULL;
	to->attribute = ARENA_ARRAY(a, from->n_attribute, struct attribute);
	for (size_t i = 0; i < from->n_attribute; i++) {
		to->attribute[i] = from->attribute[i];
		to->attribute[i].value = filler->value(filler, from, &from->attribute[i], a, d);
		*ok = *ok && to->attribute[i].value;
	}
	return to;
}

const struct node *node_fill(const struct node *root, struct node_filler *filler, struct arena *a, struct diags *d)
{
	bool ok = true;
	struct node *top = fill_one(root, NULL, filler, a, &ok, d);
	struct node *to = top;

	for (const struct node *from = root; from;) {
		if (from->child) {
			from = from->child;
			to = to->child = fill_one(from, to, filler, a, &ok, d);
			continue;
		}
		for (; from != root && !from->next; from = from->parent)
			to = to->parent;
		if (from == root)
			break;
		from = from->next;
		to = to->next = fill_one(from, to->parent, filler, a, &ok, d);
	}
	return ok ? top : NULL;
}

bool node_is(const struct node *n, const char *name)
{
	return n->name && !strcmp(n->name, name);
}

bool node_is_blank(const struct node *n)
{
	if (n->name)
		return false;
	for (const char *s = n->text; *s; s++)
		if (!is_blank(*s))
			return false;
	return true;
}
