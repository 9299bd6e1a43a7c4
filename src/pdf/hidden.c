/* What a program that does not trust a file's tables takes for an object: it looks through all bytes, also those of streams, strings
 * and comments, for a number, a generation and `obj`, for `trailer`, and through object streams. */
#define _GNU_SOURCE /* memmem */
#include "pdf/reading.h"

#include <stdlib.h>
#include <string.h>

static bool is_class(const char *s, size_t at, uint8_t class)
{
	return lex_class[(unsigned char)s[at]] & class;
}

/* The comment that the line before at ends with, if it has one: where it begins, else at. */
static size_t before_comment(const char *s, size_t at)
{
	size_t i = at;

	while (i && s[i - 1] != '\n' && s[i - 1] != '\r')
		if (s[--i] == '%')
			return i;
	return at;
}

/* Back over white space, and comments that end in it. */
static size_t before_space(const char *s, size_t at)
{
	for (;;) {
		size_t end = at;
		bool has_line_end = false;

		while (at && is_class(s, at - 1, LEX_WHITE))
			has_line_end |= s[--at] == '\n' || s[at] == '\r';
		if (has_line_end)
			at = before_comment(s, at);
		if (at == end || is_class(s, at, LEX_WHITE))
			return at;
	}
}

static size_t before_digits(const char *s, size_t at)
{
	while (at && is_class(s, at - 1, LEX_DIGIT))
		at--;
	return at;
}

/* The first byte of `N G obj` whose obj is at at. */
static bool find_head(const char *s, size_t at, size_t *from)
{
	size_t generation_end = before_space(s, at), generation = before_digits(s, generation_end);
	size_t number_end = before_space(s, generation);

	*from = before_digits(s, number_end);
	return generation < generation_end && number_end < generation && *from < number_end;
}

static int by_place(const void *a, const void *b)
{
	const struct xref_part *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static bool is_known(const struct reading *r, size_t from)
{
	const struct xref_part key = { .from = from };

	return bsearch(&key, r->cover, r->n_cover, sizeof key, by_place) != NULL;
}

static bool is_object(const struct reading *r, size_t at)
{
	size_t from;

	return !find_head(r->parser.lex.text, at, &from) || is_known(r, from);
}

static bool is_trailer(const struct reading *r, size_t at)
{
	struct lex l = r->parser.lex;

	l.at = at + strlen("trailer");
	lex_space(&l);
	if (!lex_has(&l, l.at, "<<"))
		return true;
	for (size_t i = 0; i < r->n_section; i++)
		if (r->section[i].kind != PDF_XREF_STREAM && r->section[i].trailer.from == l.at)
			return true;
	return false;
}

/* The first place of the word that is not what it looks like, or the end. */
static size_t find_wrong(const struct reading *r, const char *word, bool (*is_right)(const struct reading *, size_t at))
{
	const char *s = r->parser.lex.text;
	size_t at = 0, end = r->parser.lex.n;

	for (;;) {
		const char *hit = memmem(s + at, end - at, word, strlen(word));

		if (!hit)
			return end;
		at = (size_t)(hit - s);
		if (!is_right(r, at))
			return at;
		at++;
	}
}

static void note_place(struct reading *r, size_t at)
{
	struct pdf_file *f = r->file;

	if (at == r->parser.lex.n)
		return;
	f->hides = true;
	for (size_t i = 0; i < f->n_written && !f->hiding; i++)
		if (f->written[i].state == PDF_AT && f->written[i].from <= at && at < f->written[i].to)
			f->hiding = f->written[i].number;
}

static void note_packs(struct reading *r)
{
	struct pdf_file *f = r->file;

	for (size_t i = 0; i < f->n_written && !f->hides; i++) {
		const struct pdf_written *w = &f->written[i];

		if (w->state == PDF_AT && w->value.kind == PDF_STREAM && pdf_name_is(pdf_find(&w->value, "Type"), "ObjStm")
			&& !w->is_whole_pack) {
			f->hides = true;
			f->hiding = w->number;
		}
	}
}

void find_hidden(struct reading *r)
{
	note_place(r, find_wrong(r, "obj", is_object));
	note_place(r, find_wrong(r, "trailer", is_trailer));
	note_packs(r);
}
