#include "ingest/sheetxml.h"

#include "base/bytes.h"
#include "base/file.h"
#include "ingest/encoding.h"

#include <string.h>

enum {
	VALUE_SHOWN = 40, /* [bytes] of what is no count, or no value */
	PIECE = 64 << 10, /* [bytes] of a file looked at at once */
};

static const char blanks[] = " \t\r\n";

/* ---- the root element ---- */

bool sheetxml_narrow(const unsigned char *head, size_t n, char text[READER_HEAD + 1])
{
	enum encoding encoding;
	size_t n_text = 0;
	size_t i;

	if (!encoding_find(head, n, &encoding, &i))
		return false;
	for (; i < n && n_text < READER_HEAD; i += encoding == ENCODING_UTF8 ? 1 : 2) {
		unsigned code = head[i];

		if (encoding == ENCODING_UTF16_LE)
			code |= i + 1 < n ? (unsigned)head[i + 1] << 8 : 0;
		else if (encoding == ENCODING_UTF16_BE)
			code = i + 1 < n ? code << 8 | head[i + 1] : 0;
		text[n_text++] = code && code < 0x80 ? (char)code : '?';
	}
	text[n_text] = '\0';
	return true;
}

/* The first start tag, behind the declaration, instructions and comments; NULL if there is none, or a DOCTYPE. */
static const char *find_root(const char *s)
{
	for (;;) {
		const char *end;

		s += strspn(s, blanks);
		if (*s != '<')
			return NULL;
		if (s[1] == '?')
			end = strstr(s, "?>");
		else if (!strncmp(s, "<!--", 4))
			end = strstr(s, "-->");
		else
			return s[1] == '!' ? NULL : s;
		if (!end)
			return NULL;
		s = strchr(end, '>') + 1;
	}
}

/* Whether a tag, up to its end or that of the text, has an attribute of that value. */
static bool has_value(const char *tag, const char *value)
{
	size_t n = strlen(value);

	while (*tag && *tag != '>') {
		char quote = *tag++;
		const char *end;

		if (quote != '"' && quote != '\'')
			continue;
		end = strchr(tag, quote);
		if (!end)
			return false;
		if ((size_t)(end - tag) == n && !memcmp(tag, value, n))
			return true;
		tag = end + 1;
	}
	return false;
}

bool sheetxml_root(const unsigned char *head, size_t n, const char *name, const char *space)
{
	char text[READER_HEAD + 1];
	const char *root;
	const char *colon;
	size_t n_root;

	if (!sheetxml_narrow(head, n, text) || !(root = find_root(text)))
		return false;
	n_root = strcspn(++root, " \t\r\n/>");
	colon = memchr(root, ':', n_root);
	if (colon) {
		n_root -= (size_t)(colon + 1 - root);
		root = colon + 1;
	}
	return n_root == strlen(name) && !memcmp(root, name, n_root) && has_value(root + n_root, space);
}

/* ---- sources ---- */

static bool read_file(const void *ctx, const struct sax_handler *handler, struct diags *d)
{
	const struct reader_options *options = ctx;

	return sax_read_file(options->path, options->shown, handler, d);
}

static bool read_bytes(const void *ctx, const struct sax_handler *handler, struct diags *d)
{
	const struct sheetxml_bytes *bytes = ctx;

	return sax_read_bytes(bytes->data, bytes->n, bytes->shown, handler, d);
}

static bool bytes_hold(const void *ctx, const char *word)
{
	const struct sheetxml_bytes *bytes = ctx;

	return memchr(bytes->data, 0, bytes->n) || bytes_have(bytes->data, bytes->n, word);
}

/* Pieces overlap, so that no word is cut. */
static bool file_holds(const void *ctx, const char *word)
{
	const struct reader_options *options = ctx;
	struct diags unheard = { .quiet = true };
	FILE *file = file_open(options->path, options->shown, &unheard);
	char piece[PIECE];
	size_t n_kept = 0;
	size_t n = 0;
	bool found = !file;

	diags_clear(&unheard);
	while (!found && (n = fread(piece + n_kept, 1, sizeof piece - n_kept, file))) {
		n += n_kept;
		found = memchr(piece, 0, n) || bytes_have(piece, n, word);
		n_kept = n < strlen(word) ? n : strlen(word) - 1;
		memmove(piece, piece + n - n_kept, n_kept);
	}
	if (file)
		fclose(file);
	return found;
}

bool sheetxml_holds(const struct sheetxml_source *source, const char *word)
{
	return !source->holds || source->holds(source->ctx, word);
}

struct sheetxml_source sheetxml_file(const struct reader_options *options)
{
	return (struct sheetxml_source){ options, read_file, file_holds };
}

struct sheetxml_source sheetxml_in_memory(const struct sheetxml_bytes *bytes)
{
	return (struct sheetxml_source){ bytes, read_bytes, bytes_hold };
}

/* ---- places ---- */

int places_now(const struct places *p)
{
	return p->n_skipped ? PLACE_SKIPPED : p->place[p->depth];
}

/* Most names differ in their first letter. */
static bool is(const char *a, const char *b)
{
	return *a == *b && !strcmp(a, b);
}

static int find_step(const struct places *p, const struct sax_element *e)
{
	int from = p->place[p->depth];

	for (size_t i = 0; i < p->n_step; i++) {
		const struct place_step *step = &p->step[i];

		if (step->from == from && (!step->name || is(step->name, e->name)) && (!step->space || !strcmp(step->space, e->space)))
			return step->to;
	}
	return PLACE_SKIPPED;
}

int places_enter(struct places *p, const struct sax_element *e)
{
	int to = p->n_skipped ? PLACE_SKIPPED : find_step(p, e);

	if (to == PLACE_SKIPPED)
		p->n_skipped++;
	else
		p->place[++p->depth] = (signed char)to;
	return to;
}

void places_skip(struct places *p)
{
	p->depth--;
	p->n_skipped = 1;
}

int places_leave(struct places *p)
{
	if (p->n_skipped) {
		p->n_skipped--;
		return PLACE_SKIPPED;
	}
	return p->place[p->depth--];
}

/* ---- reading ---- */

bool sheetxml_read(const struct sheetxml_walk *w, const struct sheetxml_source *source, struct diags *d)
{
	*w->places = (struct places){ .step = w->step, .n_step = w->n_step };
	return source->read(source->ctx, &w->handler, d);
}

bool sheetxml_find(const struct sheetxml_walk *w, const struct sheetxml_source *source, struct diags *d)
{
	struct diags unheard = { .quiet = true };
	bool ok;

	*w->hurry = true;
	ok = sheetxml_read(w, source, &unheard);
	diags_clear(&unheard);
	if (ok)
		return true;
	*w->hurry = false;
	w->forget(w->handler.ctx);
	return sheetxml_read(w, source, d);
}

void sheetxml_hidden_columns(struct sheet_rows *rows, const bool hidden[SHEET_COLUMNS_MAX + 1], uint64_t last)
{
	for (unsigned col = 1; col <= last && col <= SHEET_COLUMNS_MAX; col++)
		if (hidden[col])
			sheet_rows_hidden_columns(rows, col, col);
}

/* ---- attributes ---- */

bool sheetxml_count(const struct sax_attribute *attribute, uint32_t least, struct origin at, uint32_t *count, struct diags *d)
{
	const char *s = attribute->value;
	uint64_t n = 0;

	for (; *s >= '0' && *s <= '9' && n <= UINT32_MAX; s++)
		n = 10 * n + (uint64_t)(*s - '0');
	if (*s || s == attribute->value || n < least || n > UINT32_MAX)
		return diag_error(d, at, "format",
			"the file says %s=\"%s\", which is no count; open and save the file in a spreadsheet program", attribute->name,
			strlen(attribute->value) > VALUE_SHOWN ? "..." : diag_quoted(d, attribute->value));
	*count = (uint32_t)n;
	return true;
}

bool sheetxml_bad_value(const char *value, size_t n, const char *what, struct origin at, struct diags *d)
{
	int n_shown = sheet_excerpt(value, n);

	return diag_error(d, at, "format", "the value '%.*s%s' of this cell in the file is no %s; type it again and save the file", n_shown,
		n ? diag_quoted(d, value) : "", (size_t)n_shown < n && !d->is_personal ? "..." : "", what);
}

bool sheetxml_is_error(const char *s, size_t n)
{
	static const char *const known[] = { "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!" };
	static const char err[] = "Err:";

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strlen(known[i]) == n && !memcmp(known[i], s, n))
			return true;
	if (n <= strlen(err) || memcmp(s, err, strlen(err)) != 0)
		return false;
	for (size_t i = strlen(err); i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}
