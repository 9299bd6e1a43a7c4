#include "base/catalog.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"

#include <string.h>

struct catalog {
	struct map index; /* English -> text[] */
	const char **text;
	size_t n_text;
	size_t cap;
	struct waiting *waiting; /* its messages are those of another one, which is read when it is needed; or NULL */
};

/* A file that is not read yet. */
struct waiting {
	const char *path;
	struct arena *arena;
	const struct catalog *next; /* of the process */
	const struct catalog *read; /* NULL: not yet, or it cannot be */
	bool is_tried;
};

enum po_part { PO_NONE, PO_ID, PO_TEXT, PO_OTHER };

struct po {
	struct catalog *catalog;
	struct arena *arena;
	struct buf id;
	struct buf text;
	enum po_part part; /* what a line of only "..." continues */
	bool skipped;	   /* fuzzy, or with a context or plural: kinds of entry we have none of */
	bool next_fuzzy;
};

/* The next conversion of a printf format as its '*', length and letter, in out; false at the
 * end. */
static bool next_conversion(const char **s, char out[8])
{
	size_t n = 0;

	while (**s && (**s != '%' || (*s)[1] == '%'))
		*s += **s == '%' ? 2 : 1;
	if (!**s)
		return false;
	(*s)++;
	for (; **s && strchr("-+ #0123456789.*'$hlLqjzt", **s); (*s)++)
		if (n < 6 && strchr("*$hlLqjzt", **s))
			out[n++] = **s;
	if (**s)
		out[n++] = *(*s)++;
	out[n] = '\0';
	return true;
}

static bool same_conversions(const char *a, const char *b)
{
	for (;;) {
		char x[8];
		char y[8];
		bool more = next_conversion(&a, x);

		if (more != next_conversion(&b, y))
			return false;
		if (!more)
			return true;
		if (strcmp(x, y) != 0)
			return false;
	}
}

/* Ends the entry that was being read. */
static void entry_end(struct po *po)
{
	struct catalog *c = po->catalog;
	size_t old;

	if (!po->skipped && po->id.n && po->text.n && same_conversions(po->id.text, po->text.text)
		&& !map_find(&c->index, po->id.text, &old)) {
		map_add(&c->index, arena_text(po->arena, po->id.text), c->n_text, NULL);
		*ARENA_PUSH(po->arena, c->text, c->n_text, &c->cap) =
			arena_text(po->arena, po->text.text);
	}
	po->id.n = 0;
	po->text.n = 0;
	po->part = PO_NONE;
	po->skipped = false;
}

/* Adds the inside of "..." with its escapes undone. */
static void put_quoted(struct buf *b, const char *s, const char *end)
{
	static const char escaped[] = "ntr\"\\";
	static const char plain[] = "\n\t\r\"\\";

	while (s < end && *s != '"')
		s++;
	for (s++; s < end && *s != '"'; s++) {
		const char *e = NULL;

		if (*s == '\\' && s + 1 < end)
			e = memchr(escaped, *++s, sizeof escaped - 1);
		buf_putc(b, e ? plain[e - escaped] : *s);
	}
}

static bool begins(const char *s, const char *end, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(end - s) >= n && !memcmp(s, word, n);
}

static bool line_has(const char *s, const char *end, const char *word)
{
	for (; s < end; s++)
		if (begins(s, end, word))
			return true;
	return false;
}

static void po_line(struct po *po, const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	if (s < end && *s == '#') {
		if (begins(s, end, "#,") && line_has(s, end, "fuzzy"))
			po->next_fuzzy = true;
		return;
	}
	if (begins(s, end, "msgctxt ") || begins(s, end, "msgid ")) {
		/* msgctxt comes before the msgid of its own entry. */
		bool in_entry = po->part == PO_OTHER && !po->id.n && !po->text.n;

		if (!in_entry)
			entry_end(po);
		po->part = begins(s, end, "msgid ") ? PO_ID : PO_OTHER;
		po->skipped |= po->part == PO_OTHER || po->next_fuzzy;
		po->next_fuzzy = false;
	} else if (begins(s, end, "msgid_plural ") || begins(s, end, "msgstr[")) {
		po->part = PO_OTHER;
		po->skipped = true;
	} else if (begins(s, end, "msgstr ")) {
		po->part = PO_TEXT;
	} else if (s == end || *s != '"') {
		return;
	}
	if (po->part == PO_ID)
		put_quoted(&po->id, s, end);
	else if (po->part == PO_TEXT)
		put_quoted(&po->text, s, end);
}

const struct catalog *catalog_open(const char *path, struct arena *a)
{
	struct po po = { .arena = a };
	struct diags ignored = { 0 };
	struct arena tmp = { 0 };
	struct bytes file;
	const char *s;
	const char *end;

	if (file_read(path, path, FILE_TEMPLATE_MAX, &tmp, &file, &ignored)) {
		po.catalog = ARENA_NEW(a, struct catalog);
		map_init(&po.catalog->index, a);
		end = file.data + file.n;
		for (s = file.data; s < end;) {
			const char *eol = memchr(s, '\n', (size_t)(end - s));

			po_line(&po, s, eol ? eol : end);
			s = eol ? eol + 1 : end;
		}
		entry_end(&po);
	}
	buf_clear(&po.id);
	buf_clear(&po.text);
	arena_clear(&tmp);
	diags_clear(&ignored);
	return po.catalog;
}

const struct catalog *catalogs_at(struct catalogs *all, const char *path)
{
	struct catalog *c;

	for (const struct catalog *old = all->first; old; old = old->waiting->next)
		if (!strcmp(old->waiting->path, path))
			return old;
	c = ARENA_NEW(all->arena, struct catalog);
	c->waiting = ARENA_NEW(all->arena, struct waiting);
	*c->waiting = (struct waiting){ .path = arena_text(all->arena, path), .arena = all->arena, .next = all->first };
	return all->first = c;
}

static const struct catalog *read_now(struct waiting *w)
{
	if (!w->is_tried)
		w->read = catalog_open(w->path, w->arena);
	w->is_tried = true;
	return w->read;
}

const char *catalog_find(const struct catalog *c, const char *english)
{
	size_t i;

	if (c && c->waiting)
		c = read_now(c->waiting);
	return c && map_find(&c->index, english, &i) ? c->text[i] : english;
}

const char *catalog_language(const char *lc_all, const char *lc_messages, const char *lang)
{
	const char *const set[] = { lc_all, lc_messages, lang };

	for (size_t i = 0; i < sizeof set / sizeof *set; i++) {
		char after;

		if (!set[i] || !*set[i])
			continue;
		if (strncmp(set[i], "vi", 2) != 0)
			return "en";
		after = set[i][2];
		return !after || strchr("_.@", after) ? "vi" : "en";
	}
	return "en";
}
