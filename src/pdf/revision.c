#include "pdf/reading.h"

#include <stdlib.h>
#include <string.h>

/* What the section of a revision says of one object. */
struct claim {
	struct xref_entry entry;
	uint16_t revision;
};

struct claims {
	struct claim *claim;
	size_t n;
};

static bool wrong(const struct reading *r, size_t at, const char *expected)
{
	return lex_damaged(&r->parser.lex, at, diag_say(r->diags, expected));
}

static bool bad_entry(const struct reading *r, const struct claim *c, const char *why)
{
	return diag_error(r->diags, pdf_origin(r->file), "pdf",
		"object %u of the PDF: its entry in the cross-reference section at byte %zu %s; the file is not repaired, since that would break signatures: get it again from where it came, or have it made anew",
		(unsigned)c->entry.number, r->file->revision[c->revision].xref, diag_say(r->diags, why));
}

/* ---- sections to revisions ---- */

static bool points_forward(const struct section *s)
{
	return s->has_prev && s->prev > s->part.from;
}

/* An empty table, whose stream stands in the bytes of the section before: both were written at once. Word makes such files. */
static bool joins_older(const struct section *s, size_t start)
{
	return s->kind == PDF_XREF_HYBRID && s->hidden.from < start;
}

static bool end_of(struct reading *r, struct section *s, size_t *named)
{
	r->parser.lex.at = s->part.to;
	return read_startxref(r, named, &s->eof);
}

/* The startxref and %%EOF behind a section; they name the place that the section (or the first of two) has. */
static bool read_revision_end(struct reading *r, struct section *s, size_t expected, struct pdf_revision *revision)
{
	struct lex *l = &r->parser.lex;
	size_t named;

	if (!end_of(r, s, &named))
		return false;
	if (named != expected)
		return wrong(r, s->part.to, "behind a cross-reference section startxref with the byte of that section");
	while (lex_line_end(l))
		;
	revision->xref = expected;
	revision->eof = s->eof;
	revision->end = l->at;
	return true;
}

static bool check_place(const struct reading *r, const struct section *s, size_t start)
{
	return (s->part.from >= start && (!s->hidden.to || s->hidden.from >= start))
		|| wrong(r, s->part.from, "each cross-reference section in the bytes that its own revision added");
}

static void take_trailer(const struct section *s, struct pdf_revision *revision)
{
	revision->kind = s->kind;
	revision->size = s->size;
	revision->trailer = s->trailer;
	revision->xref_number = s->xref_number;
}

/* Behind the first section, startxref with any number; behind a stream it may be left out. */
static bool first_end_of(struct reading *r, struct section *s)
{
	size_t ignored;

	r->parser.lex.at = s->part.to;
	lex_space(&r->parser.lex);
	s->eof = s->part.to;
	return (s->kind == PDF_XREF_STREAM && !lex_has(&r->parser.lex, r->parser.lex.at, "startxref")) || end_of(r, s, &ignored);
}

/* The two sections of a linearized file: first the one at its front. */
static bool add_linearized(struct reading *r, struct section *first, struct section *second)
{
	struct pdf_revision *revision = &r->file->revision[r->file->n_revision++];

	revision->is_linearized = true;
	take_trailer(first, revision);
	if (second->size > revision->size)
		revision->size = second->size;
	return first_end_of(r, first) && read_revision_end(r, second, first->part.from, revision);
}

static bool add_joined(struct reading *r, struct section *s)
{
	struct pdf_revision *revision = &r->file->revision[r->file->n_revision - 1];

	if (s->hidden.from < revision->start || s->part.from < revision->end)
		return wrong(r, s->part.from, "each cross-reference section in the bytes that its own revision added");
	if (r->file->n_revision > 1)
		return wrong(r, s->part.from, "as /XRefStm a byte that the same revision added");
	if (s->n_entry && !s->entry[0].is_hidden)
		return wrong(r, s->part.from, "no entries in a table whose /XRefStm stands before the last revision");
	s->revision = r->file->n_revision - 1;
	take_trailer(s, revision);
	return read_revision_end(r, s, s->part.from, revision);
}

static bool add_revision(struct reading *r, struct section *s, size_t start)
{
	struct pdf_revision *revision = &r->file->revision[r->file->n_revision];

	s->revision = r->file->n_revision++;
	revision->start = start;
	take_trailer(s, revision);
	if (s->revision && s->size < revision[-1].size)
		return wrong(r, s->trailer.from, "a /Size that is not below that of the revision before");
	return check_place(r, s, start) && read_revision_end(r, s, s->part.from, revision);
}

static bool make_revisions(struct reading *r)
{
	size_t i = r->n_section, start = 0;

	r->file->revision = ARENA_ARRAY(&r->file->arena, r->n_section, struct pdf_revision);
	if (i > 1 && points_forward(&r->section[i - 2])) {
		if (!add_linearized(r, &r->section[i - 2], &r->section[i - 1]))
			return false;
		i -= 2;
		start = r->file->revision[0].end;
	}
	while (i-- > 0) {
		struct section *s = &r->section[i];
		bool joins = r->file->n_revision && joins_older(s, start);

		if (points_forward(s))
			return wrong(r, s->part.from, "a /Prev that names an earlier section");
		if (!(joins ? add_joined(r, s) : add_revision(r, s, start)))
			return false;
		start = r->file->revision[r->file->n_revision - 1].end;
	}
	return start == r->file->data.n || wrong(r, start, "the end of the file");
}

/* ---- entries to what each revision writes ---- */

static int by_number(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;

	if (x->entry.number != y->entry.number)
		return x->entry.number < y->entry.number ? -1 : 1;
	if (x->revision != y->revision)
		return x->revision < y->revision ? -1 : 1;
	return x->entry.is_hidden - y->entry.is_hidden;
}

static bool are_sorted(const struct claims *c)
{
	for (size_t i = 1; i < c->n; i++)
		if (by_number(&c->claim[i - 1], &c->claim[i]) > 0)
			return false;
	return true;
}

static struct claims collect_claims(struct reading *r)
{
	struct claims c = { .claim = ARENA_ARRAY(&r->arena, r->n_entry, struct claim) };

	for (size_t i = r->n_section; i-- > 0;)
		for (size_t k = 0; k < r->section[i].n_entry; k++)
			c.claim[c.n++] = (struct claim){ r->section[i].entry[k], (uint16_t)r->section[i].revision };
	if (!are_sorted(&c))
		qsort(c.claim, c.n, sizeof *c.claim, by_number);
	return c;
}

static bool is_same_place(const struct xref_entry *a, const struct xref_entry *b)
{
	return a->state == b->state && (a->state == PDF_FREE || (a->at == b->at && a->index == b->index && a->generation == b->generation));
}

/* In a later revision the stream of a hybrid may name only what is new: not all programs look at it. */
static bool check_hidden(struct reading *r, const struct claim *c, const struct pdf_written *last)
{
	return !c->entry.is_hidden || !c->revision || !last
		|| bad_entry(r, c, "stands in the stream that /XRefStm names, though an earlier revision has that object");
}

/* Of the claims of one revision for one number the one that holds: in a hybrid, the stream's where the table says free. */
static bool choose(struct reading *r, const struct claim *c, size_t n, const struct claim **chosen)
{
	*chosen = c;
	for (size_t i = 1; i < n; i++) {
		bool is_shown = c[i].entry.is_hidden && !(*chosen)->entry.is_hidden && (*chosen)->entry.state == PDF_FREE;

		if (is_shown)
			*chosen = &c[i];
		else if (!is_same_place(&(*chosen)->entry, &c[i].entry))
			return bad_entry(r, c, "disagrees with a second entry for it in the same revision");
	}
	return true;
}

static bool is_as_before(const struct xref_entry *e, const struct pdf_written *last)
{
	if (e->state == PDF_FREE)
		return !last || last->state == PDF_FREE;
	return last && last->state == e->state && last->generation == e->generation
		&& (e->state == PDF_AT ? last->from == e->at : last->container == e->at && last->index == e->index);
}

static bool check_claim(const struct reading *r, const struct claim *c, const struct pdf_written *last)
{
	const struct pdf_revision *revision = &r->file->revision[c->revision];
	const struct xref_entry *e = &c->entry;

	if (e->number >= revision->size)
		return bad_entry(r, c, "has a number that is not below /Size");
	if (e->state == PDF_AT && (e->at < revision->start || e->at >= revision->end))
		return bad_entry(r, c, "names a byte outside what that revision added");
	if (e->state != PDF_FREE && last && last->state != PDF_FREE && last->generation != e->generation)
		return bad_entry(r, c, "has another generation than the object that it replaces");
	return true;
}

static void write_claim(struct reading *r, const struct claim *c, const struct pdf_written *last)
{
	const struct xref_entry *e = &c->entry;
	struct pdf_written *w = &r->file->written[r->file->n_written++];

	*w = (struct pdf_written){ .number = e->number, .revision = c->revision, .generation = e->generation, .state = e->state,
		.is_new = !last || last->state == PDF_FREE };
	if (e->state == PDF_AT)
		w->from = e->at;
	else if (e->state == PDF_IN_STREAM) {
		w->container = e->at;
		w->index = e->index;
	}
}

static bool write_all(struct reading *r, const struct claims *c)
{
	struct pdf_file *f = r->file;

	f->written = ARENA_ARRAY(&f->arena, c->n, struct pdf_written);
	for (size_t i = 0, n; i < c->n; i += n) {
		const struct pdf_written *last = f->n_written ? &f->written[f->n_written - 1] : NULL;
		const struct claim *chosen;

		for (n = 1; i + n < c->n && c->claim[i + n].entry.number == c->claim[i].entry.number
			&& c->claim[i + n].revision == c->claim[i].revision; n++)
			;
		if (!choose(r, &c->claim[i], n, &chosen))
			return false;
		if (last && last->number != chosen->entry.number)
			last = NULL;
		if (!check_hidden(r, &c->claim[i + n - 1], last))
			return false;
		if (is_as_before(&chosen->entry, last))
			continue;
		if (!check_claim(r, chosen, last))
			return false;
		write_claim(r, chosen, last);
	}
	return true;
}

static void mark_xref_stream(struct reading *r, size_t revision, uint32_t number, size_t at)
{
	struct pdf_written *w = number ? find_written(r->file, revision, number) : NULL;

	if (w && w->state == PDF_AT && w->from == at)
		w->is_xref = true;
}

static void mark_xref_streams(struct reading *r)
{
	for (size_t i = 0; i < r->n_section; i++) {
		const struct section *s = &r->section[i];

		mark_xref_stream(r, s->revision, s->xref_number, s->part.from);
		mark_xref_stream(r, s->revision, s->hidden_number, s->hidden.from);
	}
}

/* Its own table, that nothing else was before. One that takes the number of something else replaces that. */
static bool is_own_table(const struct pdf_revision *revision, const struct pdf_written *w)
{
	return w->is_xref && w->is_new && w->number == revision->xref_number;
}

static void list_written(struct reading *r)
{
	struct pdf_file *f = r->file;
	const struct pdf_written ***list = ARENA_ARRAY(&r->arena, f->n_revision, const struct pdf_written **);

	for (size_t i = 0; i < f->n_written; i++)
		f->revision[f->written[i].revision].n_written++;
	for (size_t i = 0; i < f->n_revision; i++) {
		list[i] = ARENA_ARRAY(&f->arena, f->revision[i].n_written, const struct pdf_written *);
		f->revision[i].written = list[i];
		f->revision[i].n_written = 0;
	}
	for (size_t i = 0; i < f->n_written; i++) {
		size_t revision = f->written[i].revision;

		if (!is_own_table(&f->revision[revision], &f->written[i]))
			list[revision][f->revision[revision].n_written++] = &f->written[i];
	}
}

bool read_revisions(struct reading *r)
{
	struct claims claims;

	if (!make_revisions(r))
		return false;
	claims = collect_claims(r);
	if (!write_all(r, &claims))
		return false;
	mark_xref_streams(r);
	list_written(r);
	return true;
}
