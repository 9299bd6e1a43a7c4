#include "pdf/reading.h"

#include <stdlib.h>

struct covers {
	struct xref_part *part;
	size_t n;
};

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

/* Cross-reference streams are objects that the sections stand for. */
static struct covers collect(struct reading *r)
{
	struct pdf_file *f = r->file;
	struct covers c = { .part = ARENA_ARRAY(&r->arena, f->n_written + 2 * r->n_section, struct xref_part) };

	for (size_t i = 0; i < r->n_section; i++) {
		c.part[c.n++] = (struct xref_part){ r->section[i].part.from, r->section[i].eof };
		if (r->section[i].hidden.to)
			c.part[c.n++] = r->section[i].hidden;
	}
	for (size_t i = 0; i < f->n_written; i++)
		if (f->written[i].state == PDF_AT && !f->written[i].is_xref)
			c.part[c.n++] = (struct xref_part){ f->written[i].from, f->written[i].to };
	qsort(c.part, c.n, sizeof *c.part, by_place);
	return c;
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
	struct covers c = collect(r);
	struct xref_part last = { 0, 0 };

	for (size_t i = 0; i < c.n; i++) {
		if (c.part[i].from < last.to)
			return wrong(r, c.part[i].from, "an object that does not begin inside of another");
		l->at = last.to;
		lex_space(l);
		if (l->at != c.part[i].from)
			return wrong(r, l->at < c.part[i].from ? l->at : last.to,
				"between objects that the cross-reference sections name only white space and comments");
		last = c.part[i];
	}
	return check_linearized(r, c.part[0].from);
}
