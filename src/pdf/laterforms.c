/* The form that the cross-reference section of a later revision must have. A program that does not understand a section makes a table
 * of its own, from whatever looks like an object, and what it shows then is not what was signed: so only the forms are taken that
 * all programs read alike. Source: ISO 32000-2, 7.5.4 to 7.5.8 */
#include "pdf/reading.h"

#include <string.h>

enum { ENTRY_BYTES = 20, COMMENT_MAX = 100, PLACE_WIDTH_MAX = 8, THIRD_WIDTH_MAX = 4 };

static bool wrong(const struct reading *r, size_t at, const char *expected)
{
	return lex_damaged(&r->parser.lex, at, diag_say(r->diags, expected));
}

/* Digits without a zero before them. */
static bool plain_digits(struct lex *l, uint64_t *v)
{
	size_t from = l->at;

	return lex_digits(l, UINT32_MAX, v) && (l->at == from + 1 || l->text[from] != '0');
}

static bool plain_word(struct lex *l, const char *word)
{
	if (!lex_has(l, l->at, word))
		return false;
	l->at += strlen(word);
	return true;
}

static bool is_plain(const struct pdf_object *o)
{
	return o->kind == PDF_NULL || (o->kind == PDF_INTEGER && !o->extra && o->number >= 0);
}

/* ---- tables ---- */

/* A table that begins with object 1 and the line of object 0: some programs take that for a mistake, and count from 0. */
static bool begins_shifted(const struct lex *l, uint64_t first)
{
	return first == 1 && lex_has(l, l->at, "0000000000 65535 f");
}

/* None is empty but for the one of an empty table. */
static bool check_group(struct reading *r)
{
	struct lex *l = &r->parser.lex;
	size_t at = l->at;
	uint64_t first, n;

	if (!plain_digits(l, &first) || !plain_word(l, " ") || !plain_digits(l, &n) || !lex_line_end(l))
		return wrong(r, at, "in a later revision a line of two numbers with one blank between and none behind");
	if (begins_shifted(l, first) || (!n && (first || !lex_has(l, l->at, "trailer"))))
		return wrong(r, at, "in a later revision groups of entries of which none is empty, and none gives the line of object 0 to object 1");
	l->at += n * ENTRY_BYTES;
	return true;
}

static bool check_integers(struct reading *r, const struct pdf_object *dict)
{
	static const char *const key[] = { "Size", "Prev", "XRefStm", "Length" };

	for (size_t i = 0; i < sizeof key / sizeof *key; i++)
		if (!is_plain(pdf_find(dict, key[i])))
			return wrong(r, pdf_find(dict, key[i])->from, "in the trailer of a later revision numbers of digits alone");
	return true;
}

static bool check_table(struct reading *r, const struct section *s)
{
	struct lex *l = &r->parser.lex;
	struct pdf_object dict;

	if (!plain_word(l, "xref") || !lex_line_end(l))
		return wrong(r, l->at, "a line end");
	while (!lex_word(l, "trailer"))
		if (!check_group(r))
			return false;
	if (!parse_value(&r->parser, &dict))
		return false;
	return (dict.from == s->trailer.from && l->at == s->part.to && check_integers(r, &dict)) || wrong(r, l->at, "startxref");
}

/* ---- streams ---- */

static bool has_plain_widths(const struct pdf_object *w)
{
	return w->kind == PDF_ARRAY && w->n == 3 && is_plain(&w->item[0]) && is_plain(&w->item[1]) && is_plain(&w->item[2])
		&& w->item[0].number == 1 && w->item[1].number <= PLACE_WIDTH_MAX && w->item[2].number <= THIRD_WIDTH_MAX;
}

static bool has_plain_index(const struct pdf_object *index)
{
	for (uint32_t i = 0; index->kind == PDF_ARRAY && i < index->n; i++)
		if (!is_plain(&index->item[i]) || (i % 2 && !index->item[i].number))
			return false;
	return index->kind == PDF_ARRAY || index->kind == PDF_NULL;
}

/* None, or /FlateDecode. */
static bool has_plain_filter(const struct pdf_object *dict)
{
	const struct pdf_object *filter = pdf_find(dict, "Filter");

	if (filter->kind == PDF_ARRAY && filter->n == 1)
		filter = &filter->item[0];
	return (filter->kind == PDF_NULL || pdf_name_is(filter, "FlateDecode")) && pdf_find(dict, "DecodeParms")->kind != PDF_REFERENCE;
}

static bool check_header(struct reading *r, uint32_t number, uint16_t generation)
{
	struct lex *l = &r->parser.lex;
	size_t at = l->at;
	uint64_t n, g;

	return (plain_digits(l, &n) && plain_word(l, " ") && plain_digits(l, &g) && plain_word(l, " obj") && n == number && g == generation)
		|| wrong(r, at, "in a later revision an object that begins with its number, generation and 'obj', one blank between");
}

static bool check_stream(struct reading *r, const struct xref_part *part, uint32_t number, bool has_trailer)
{
	struct lex *l = &r->parser.lex;
	struct pdf_object stream;
	uint32_t again;

	l->at = part->from;
	if (!check_header(r, number, 0))
		return false;
	l->at = part->from;
	if (!read_xref_object(r, &again, &stream) || (has_trailer && !check_integers(r, &stream)))
		return false;
	if (!has_plain_widths(pdf_find(&stream, "W")) || !has_plain_index(pdf_find(&stream, "Index")) || !has_plain_filter(&stream))
		return wrong(r, part->from,
			"in a later revision a cross-reference stream with /W of widths 1, 1 to 8 and 0 to 4, /Index without empty groups, and no filter but FlateDecode");
	return (has_trailer && !pdf_find(&stream, "XRefStm")->kind) || !has_trailer
		|| wrong(r, part->from, "no /XRefStm in a cross-reference stream");
}

/* ---- what stands behind them ---- */

/* What a writer says of itself, as some do: text without a word that means something to readers. */
static bool plain_comment(struct lex *l)
{
	static const char *const word[] = { "xref", "trailer", "obj", "stream", "%%EOF" };
	size_t from = l->at;

	if (!lex_has(l, from, "%"))
		return false;
	for (; l->at < l->n && l->text[l->at] >= ' ' && l->text[l->at] <= '~'; l->at++)
		for (size_t i = 0; i < sizeof word / sizeof *word; i++)
			if (lex_has(l, l->at, word[i]))
				return false;
	return l->at - from <= COMMENT_MAX && lex_line_end(l);
}

static bool check_end(struct reading *r, const struct section *s)
{
	struct lex *l = &r->parser.lex;
	uint64_t v;

	l->at = s->part.to;
	do
		lex_space(l);
	while (plain_comment(l));
	if (!plain_word(l, "startxref") || !lex_line_end(l) || !plain_digits(l, &v) || !lex_line_end(l) || !plain_word(l, "%%EOF"))
		return wrong(r, l->at, "at the end of a later revision startxref, its number and %%EOF, each on a line of its own");
	return l->at == s->eof || wrong(r, l->at, "a line end");
}

static bool check_section(struct reading *r, const struct section *s)
{
	r->parser.lex.at = s->part.from;
	if (s->kind == PDF_XREF_STREAM)
		return check_stream(r, &s->part, s->xref_number, true) && check_end(r, s);
	return check_table(r, s) && (!s->hidden.to || check_stream(r, &s->hidden, s->hidden_number, false)) && check_end(r, s);
}

/* ---- a length that lies ---- */

/* Programs that find in its first object how long a linearized file is, and that it is that long, read the first revision alone. */
static bool check_linearized_length(struct reading *r)
{
	const struct pdf_file *f = r->file;

	for (size_t i = 0; i < f->n_written; i++) {
		const struct pdf_written *w = &f->written[i];
		const struct pdf_object *length = pdf_find(&w->value, "L");

		if (w->revision || w->state != PDF_AT || pdf_find(&w->value, "Linearized")->kind == PDF_NULL)
			continue;
		if (length->kind == PDF_INTEGER ? length->number < 0 || (uint64_t)length->number > f->revision[0].end : length->kind != PDF_NULL)
			return wrong(r, w->from, "as /L of /Linearized the length of the first revision");
	}
	return true;
}

static bool check_all(struct reading *r)
{
	const struct pdf_file *f = r->file;

	for (size_t i = 0; i < r->n_section; i++)
		if (r->section[i].revision && !check_section(r, &r->section[i]))
			return false;
	for (size_t i = 0; i < f->n_written; i++) {
		r->parser.lex.at = f->written[i].from;
		if (f->written[i].revision && f->written[i].state == PDF_AT && !f->written[i].is_xref
			&& !check_header(r, f->written[i].number, f->written[i].generation))
			return false;
	}
	return check_linearized_length(r);
}

bool check_later_forms(struct reading *r)
{
	bool is_good;

	r->parser.lex.is_plain = true;
	is_good = check_all(r);
	r->parser.lex.is_plain = false;
	return is_good;
}
