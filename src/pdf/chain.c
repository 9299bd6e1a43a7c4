#include "pdf/reading.h"

#include <string.h>

/* How far from its end a file may say where its cross-reference section is. */
enum { STARTXREF_LINES = 64 };

static bool wrong(const struct reading *r, size_t at, const char *expected)
{
	return lex_damaged(&r->parser.lex, at, diag_say(r->diags, expected));
}

static bool read_header(struct reading *r)
{
	const char *s = r->parser.lex.text;

	if (r->parser.lex.n < 9 || memcmp(s, "%PDF-", 5) != 0)
		return wrong(r, 0, "%PDF-1.0 to %PDF-1.7 or %PDF-2.0");
	r->file->version = (unsigned)(s[5] - '0') * 10 + (unsigned)(s[7] - '0');
	if (s[6] != '.' || !(lex_class_at(&r->parser.lex, 8) & LEX_WHITE)
		|| !((s[5] == '1' && s[7] >= '0' && s[7] <= '7') || (s[5] == '2' && s[7] == '0')))
		return wrong(r, 0, "%PDF-1.0 to %PDF-1.7 or %PDF-2.0");
	return true;
}

bool read_startxref(struct reading *r, size_t *xref, size_t *eof)
{
	struct lex *l = &r->parser.lex;
	uint64_t v;

	lex_space(l);
	if (!lex_word(l, "startxref"))
		return wrong(r, l->at, "startxref");
	lex_space(l);
	if (!lex_digits(l, PDF_FILE_MAX, &v))
		return wrong(r, l->at, "the byte where the cross-reference section begins");
	*xref = (size_t)v;
	while (lex_has(l, l->at, " "))
		l->at++;
	if (!lex_line_end(l))
		return wrong(r, l->at, "a line end");
	while (lex_line_end(l))
		;
	if (!lex_has(l, l->at, "%%EOF"))
		return wrong(r, l->at, "%%EOF");
	l->at += strlen("%%EOF");
	*eof = l->at;
	return true;
}

/* The last startxref, from which all is found. */
static bool read_end(struct reading *r, size_t *xref)
{
	struct lex *l = &r->parser.lex;
	size_t at = l->n, least = l->n > STARTXREF_LINES ? l->n - STARTXREF_LINES : 0, eof;

	while (at > least && (l->text[at - 1] == '\n' || l->text[at - 1] == '\r'))
		at--;
	if (at < 5 || !lex_has(l, at - 5, "%%EOF"))
		return wrong(r, at < 5 ? 0 : at - 5, "%%EOF as the last line");
	for (at -= 5; at > least && !lex_has(l, at, "startxref"); at--)
		;
	l->at = at;
	if (!read_startxref(r, xref, &eof))
		return false;
	while (lex_line_end(l))
		;
	return l->at == l->n || wrong(r, l->at, "the end of the file");
}

static bool as_offset(const struct pdf_object *o, size_t n, size_t *at)
{
	if (o->kind != PDF_INTEGER || o->number < 0 || (uint64_t)o->number >= n)
		return false;
	*at = (size_t)o->number;
	return true;
}

bool read_trailer(struct reading *r, struct section *s, const struct pdf_object *dict)
{
	const struct pdf_object *size = pdf_find(dict, "Size"), *prev = pdf_find(dict, "Prev");

	if (pdf_has(dict, "Encrypt"))
		return diag_error(r->diags, pdf_origin(r->file), "encrypted",
			"the PDF is encrypted; save it without a password and without restrictions first");
	if (size->kind != PDF_INTEGER || size->number < 1 || size->number > (int64_t)PDF_NUMBER_MAX + 1)
		return wrong(r, dict->from, "a trailer with /Size, one more than the highest object number");
	s->size = (uint32_t)size->number;
	s->has_prev = prev->kind != PDF_NULL;
	if (s->has_prev && !as_offset(prev, r->parser.lex.n, &s->prev))
		return wrong(r, prev->from, "as /Prev a byte of this file");
	s->trailer = *dict;
	return true;
}

bool add_entry(struct reading *r, struct section *s, struct xref_entry e, size_t at)
{
	if (r->n_entry++ >= PDF_ENTRIES_MAX)
		return lex_limit(&r->parser.lex, at, diag_say(r->diags, "cross-reference entries"), PDF_ENTRIES_MAX);
	if (e.state == PDF_AT && e.at >= r->parser.lex.n)
		return wrong(r, at, "an entry that names a byte of this file");
	if (e.number == 0)
		return e.state == PDF_FREE || wrong(r, at, "a free entry for object 0");
	*ARENA_PUSH_OWN(&r->arena, s->entry, s->n_entry, &s->cap) = e;
	return true;
}

static bool read_hidden(struct reading *r, struct section *s)
{
	const struct pdf_object *at = pdf_find(&s->trailer, "XRefStm");

	if (at->kind == PDF_NULL)
		return true;
	if (!as_offset(at, s->part.from, &r->parser.lex.at))
		return wrong(r, at->from, "as /XRefStm a byte before the table");
	s->kind = PDF_XREF_HYBRID;
	return read_xref_stream(r, s, &s->hidden, &s->hidden_number, true);
}

static bool read_section(struct reading *r, size_t at, struct section *s)
{
	struct lex *l = &r->parser.lex;
	struct pdf_object dict;

	l->at = at;
	s->part.from = at;
	if (!lex_word(l, "xref")) {
		if (!(lex_class_at(l, at) & LEX_DIGIT))
			return wrong(r, at, "xref or a cross-reference stream, as startxref or /Prev says");
		s->kind = PDF_XREF_STREAM;
		return read_xref_stream(r, s, &s->part, &s->xref_number, false);
	}
	if (!read_table(r, s) || !parse_value(&r->parser, &dict))
		return false;
	s->part.to = l->at;
	if (dict.kind != PDF_DICT)
		return wrong(r, dict.from, "the dictionary of the trailer");
	return read_trailer(r, s, &dict) && read_hidden(r, s);
}

/* Only the first of the two sections of a linearized file points forward, at one that ends the chain. */
static bool check_prev(const struct reading *r, const struct section *s, bool is_after_forward)
{
	if (is_after_forward)
		return !s->has_prev || wrong(r, s->part.from, "no /Prev in the second section of a linearized file");
	return !s->has_prev || s->prev != s->part.from || wrong(r, s->part.from, "a /Prev that names an earlier section");
}

bool read_chain(struct reading *r)
{
	size_t at;
	bool has_next = true, is_forward = false;

	if (!read_header(r) || !read_end(r, &at))
		return false;
	while (has_next) {
		struct section *s;

		if (r->n_section > PDF_REVISIONS_MAX)
			return lex_limit(&r->parser.lex, at, diag_say(r->diags, "revisions"), PDF_REVISIONS_MAX);
		s = ARENA_PUSH(&r->arena, r->section, r->n_section, &r->cap);
		*s = (struct section){ 0 };
		if (!read_section(r, at, s) || !check_prev(r, s, is_forward))
			return false;
		is_forward = s->has_prev && s->prev > s->part.from;
		has_next = s->has_prev;
		at = s->prev;
	}
	return true;
}
