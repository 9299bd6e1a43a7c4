#include "pdf/reading.h"

#include <stdlib.h>

static bool wrong(const struct reading *r, size_t at, const char *expected)
{
	return lex_damaged(&r->parser.lex, at, diag_say(r->diags, expected));
}

static int by_place(const void *a, const void *b)
{
	const struct xref_part *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

static void add(struct reading *r, size_t from, size_t to)
{
	r->cover[r->n_cover++] = (struct xref_part){ from, to };
}

/* Cross-reference streams are objects that the sections stand for. */
static void collect(struct reading *r)
{
	struct pdf_file *f = r->file;

	r->cover = ARENA_ARRAY(&r->arena, f->n_written + 2 * r->n_section, struct xref_part);
	for (size_t i = 0; i < r->n_section; i++) {
		add(r, r->section[i].part.from, r->section[i].eof);
		if (r->section[i].hidden.to)
			add(r, r->section[i].hidden.from, r->section[i].hidden.to);
	}
	for (size_t i = 0; i < f->n_written; i++)
		if (f->written[i].state == PDF_AT && !f->written[i].is_xref)
			add(r, f->written[i].from, f->written[i].to);
	qsort(r->cover, r->n_cover, sizeof *r->cover, by_place);
}

/* A /Prev may point forward only in a file that says that it is linearized, in its first object. */
static bool check_linearized(const struct reading *r, size_t first)
{
	const struct pdf_file *f = r->file;

	for (size_t i = 0; i < f->n_written && f->revision[0].is_linearized; i++)
		if (f->written[i].state == PDF_AT && f->written[i].from == first)
			return pdf_has(&f->written[i].value, "Linearized")
				|| wrong(r, first, "as first object a dictionary with /Linearized, since the first /Prev points forward");
	return true;
}

bool check_cover(struct reading *r)
{
	struct lex *l = &r->parser.lex;
	size_t end = 0;

	collect(r);
	for (size_t i = 0; i < r->n_cover; i++) {
		size_t from = r->cover[i].from;

		if (from < end)
			return wrong(r, from, "an object that does not begin inside of another");
		l->at = end;
		lex_space(l);
		if (l->at != from)
			return wrong(r, l->at < from ? l->at : end,
				"between objects that the cross-reference sections name only white space and comments");
		end = r->cover[i].to;
	}
	return check_linearized(r, r->cover[0].from);
}
