#include "pdf/reading.h"
#include "pdf/stream.h"

#include <stdlib.h>

enum { PLACES_TOLD = 1 << 16 };

/* An object stream: numbers and places of its objects, then those. */
struct pack {
	struct bytes data;
	uint32_t *number;
	size_t *at; /* [n + 1] in data; the last is its end */
	size_t n;
};

static bool wrong(const struct reading *r, size_t at, const char *expected)
{
	return lex_damaged(&r->parser.lex, at, diag_say(r->diags, expected));
}

static int by_container(const void *a, const void *b)
{
	const struct pdf_written *x = *(struct pdf_written *const *)a, *y = *(struct pdf_written *const *)b;

	if (x->revision != y->revision)
		return x->revision < y->revision ? -1 : 1;
	if (x->container != y->container)
		return x->container < y->container ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static struct pdf_written **list_packed(struct reading *r, size_t *n)
{
	struct pdf_file *f = r->file;
	struct pdf_written **list;

	*n = 0;
	for (size_t i = 0; i < f->n_written; i++)
		*n += f->written[i].state == PDF_IN_STREAM;
	list = ARENA_ARRAY(&r->arena, *n, struct pdf_written *);
	*n = 0;
	for (size_t i = 0; i < f->n_written; i++)
		if (f->written[i].state == PDF_IN_STREAM)
			list[(*n)++] = &f->written[i];
	if (*n)
		qsort(list, *n, sizeof *list, by_container);
	return list;
}

static bool bad_container(const struct reading *r, const struct pdf_written *w, const char *expected)
{
	return diag_error(r->diags, pdf_origin(r->file), "pdf",
		"object %u of the PDF: the cross-reference section says that it is in the object stream %u; expected there %s; the file is not repaired, since that would break signatures: get it again from where it came, or have it made anew",
		(unsigned)w->number, (unsigned)w->container, diag_say(r->diags, expected));
}

/* A number and a place for each object, each place behind the one before. */
static bool read_directory(struct reading *r, size_t first, struct pack *pack)
{
	struct lex *l = &r->parser.lex;
	uint64_t number, at;

	for (size_t i = 0; i < pack->n; i++) {
		lex_space(l);
		if (!lex_digits(l, PDF_NUMBER_MAX, &number))
			return wrong(r, l->at, "an object number");
		lex_space(l);
		if (!lex_digits(l, PDF_FILE_MAX, &at) || !(lex_class_at(l, l->at) & (LEX_WHITE | LEX_DELIMITER)))
			return wrong(r, l->at, "the place of an object");
		if (first + at > pack->data.n || (i && first + at <= pack->at[i - 1]))
			return wrong(r, l->at, "the place of an object behind the one before and within the stream");
		pack->number[i] = (uint32_t)number;
		pack->at[i] = first + (size_t)at;
	}
	return l->at <= first || wrong(r, l->at, "as many objects before /First as /N says");
}

static bool open_pack(struct reading *r, const struct pdf_written *w, struct pack *pack)
{
	struct pdf_written *at = find_written(r->file, w->revision, w->container);
	const struct pdf_object *n, *first;

	if (!at || at->state != PDF_AT || at->revision != w->revision || at->generation
		|| read_value(r->file, at)->kind != PDF_STREAM || !pdf_name_is(pdf_find(&at->value, "Type"), "ObjStm"))
		return bad_container(r, w, "a stream with /Type /ObjStm, of the same revision and of a known length");
	if (!pdf_stream_data(pdf_view(r->file, w->revision), &at->value, &r->file->arena, &pack->data, r->diags))
		return false;
	n = pdf_find(&at->value, "N");
	first = pdf_find(&at->value, "First");
	if (n->kind != PDF_INTEGER || first->kind != PDF_INTEGER || n->number < 0 || first->number < 0
		|| (uint64_t)first->number > pack->data.n || n->number > first->number)
		return bad_container(r, w, "a stream with /N, the number of its objects, and /First, where they begin");
	if (n->number > PDF_PACKED_MAX)
		return lex_limit(&r->parser.lex, at->from, diag_say(r->diags, "objects of one object stream"), PDF_PACKED_MAX);
	pack->n = (size_t)n->number;
	pack->number = ARENA_ARRAY(&r->arena, pack->n, uint32_t);
	pack->at = ARENA_ARRAY(&r->arena, pack->n + 1, size_t);
	pack->at[pack->n] = pack->data.n;
	r->parser.lex.text = pack->data.data;
	r->parser.lex.n = pack->data.n;
	r->parser.lex.at = 0;
	r->parser.lex.stream = w->container;
	return read_directory(r, (size_t)first->number, pack);
}

/* In a file of our own only the last two bytes of a place are told: cairo 1.18 has all objects in one stream and writes no more. */
static size_t place_of(const struct reading *r, const struct pack *pack, const struct pdf_written *w)
{
	size_t place = w->index;

	while (r->file->reading && place < pack->n && pack->number[place] != w->number)
		place += PLACES_TOLD;
	return place;
}

static bool read_one(struct reading *r, const struct pack *pack, struct pdf_written *w)
{
	struct lex *l = &r->parser.lex;
	size_t place = place_of(r, pack, w);

	if (place >= pack->n || pack->number[place] != w->number)
		return bad_container(r, w, "its number at its place");
	l->at = pack->at[place];
	l->n = pack->at[place + 1];
	if (!parse_value(&r->parser, &w->value))
		return false;
	lex_space(l);
	return l->at == l->n || wrong(r, l->at, "the next object");
}

/* Objects of one stream: n of the list. */
static bool read_pack(struct reading *r, struct pdf_written **list, size_t n)
{
	struct lex before = r->parser.lex;
	struct pack pack = { 0 };
	struct pdf_written *container;
	bool is_good = open_pack(r, list[0], &pack);

	for (size_t i = 0; i < n && is_good; i++)
		is_good = read_one(r, &pack, list[i]);
	r->parser.lex = before;
	if (!is_good)
		return false;
	container = find_written(r->file, list[0]->revision, list[0]->container);
	container->is_whole_pack = pack.n == n;
	for (size_t i = 0; i < n; i++) {
		list[i]->from = container->from;
		list[i]->to = container->to;
	}
	return true;
}

/* The next writing of the same number, or NULL. */
static const struct pdf_written *next_writing(const struct pdf_file *f, const struct pdf_written *w)
{
	const struct pdf_written *next = w + 1;

	return next < f->written + f->n_written && next->number == w->number ? next : NULL;
}

/* An object stream that a later revision replaces would change its objects unseen. */
static bool check_kept(const struct reading *r, const struct pdf_written *w)
{
	const struct pdf_written *container = find_written(r->file, w->revision, w->container);
	const struct pdf_written *replaced = next_writing(r->file, container), *next = next_writing(r->file, w);

	return !replaced || (next && next->revision <= replaced->revision)
		|| bad_container(r, w, "no other object in a later revision");
}

bool read_packed(struct reading *r)
{
	size_t n;
	struct pdf_written **list = list_packed(r, &n);

	for (size_t i = 0, k; i < n; i += k) {
		for (k = 1; i + k < n && list[i + k]->container == list[i]->container && list[i + k]->revision == list[i]->revision; k++)
			;
		if (!read_pack(r, list + i, k))
			return false;
	}
	for (size_t i = 0; i < n; i++)
		if (!check_kept(r, list[i]))
			return false;
	return true;
}
