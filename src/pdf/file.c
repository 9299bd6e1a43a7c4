#include "pdf/file.h"

#include "pdf/reading.h"

#include <stdlib.h>

static bool read_catalogs(struct reading *r)
{
	struct pdf_file *f = r->file;

	f->catalog = ARENA_ARRAY(&f->arena, f->n_revision, const struct pdf_object *);
	for (size_t i = 0; i < f->n_revision; i++) {
		const struct pdf_object *root = pdf_find(&f->revision[i].trailer, "Root");

		f->catalog[i] = pdf_resolve(pdf_view(f, i), root);
		if (root->kind != PDF_REFERENCE || f->catalog[i]->kind != PDF_DICT
			|| !pdf_name_is(pdf_look(pdf_view(f, i), f->catalog[i], "Type"), "Catalog"))
			return lex_damaged(&r->parser.lex, f->revision[i].trailer.from,
				diag_say(r->diags, "a trailer whose /Root refers to a dictionary with /Type /Catalog"));
	}
	return true;
}

static bool read_all(struct reading *r)
{
	return read_chain(r) && read_revisions(r) && read_objects(r) && read_packed(r) && read_deferred(r) && check_cover(r)
		&& check_later_forms(r) && read_catalogs(r);
}

static struct pdf_file *begin(struct reading *r, struct bytes data, const char *shown, struct diags *d)
{
	struct pdf_file *f = memory_new(1, sizeof *f);

	f->data = data;
	f->shown = arena_text(&f->arena, shown);
	*r = (struct reading){ .file = f, .diags = d };
	r->parser.scratch = &r->arena;
	r->parser.lex = (struct lex){ .text = data.data, .n = data.n, .arena = &f->arena, .shown = f->shown, .diags = d };
	return f;
}

static bool is_size(const struct reading *r)
{
	return r->parser.lex.n <= PDF_FILE_MAX || lex_limit(&r->parser.lex, 0, diag_say(r->diags, "bytes of a PDF"), PDF_FILE_MAX);
}

struct pdf_file *pdf_open(struct bytes data, const char *shown, struct diags *d)
{
	struct reading r;
	struct pdf_file *f = begin(&r, data, shown, d);
	bool is_good = is_size(&r) && read_all(&r);

	if (is_good)
		find_hidden(&r);
	arena_clear(&r.arena);
	if (is_good)
		return f;
	pdf_close(f);
	return NULL;
}

/* What opening needed is given back; the stack of the parser is made anew. */
static void let_go(struct reading *r)
{
	arena_clear(&r->arena);
	r->parser.stack = NULL;
	r->parser.n_stack = r->parser.cap = 0;
	r->section = NULL;
	r->deferred = NULL;
	r->n_section = r->n_deferred = 0;
}

struct pdf_file *pdf_open_own(struct bytes data, const char *shown, struct diags *d)
{
	struct reading *r = memory_new(1, sizeof *r);
	struct pdf_file *f = begin(r, data, shown, d);

	f->reading = r;
	if (is_size(r) && read_chain(r) && read_revisions(r) && read_packed(r) && read_catalogs(r)) {
		let_go(r);
		return f;
	}
	pdf_close(f);
	return NULL;
}

void pdf_close(struct pdf_file *f)
{
	if (!f)
		return;
	if (f->reading)
		arena_clear(&f->reading->arena);
	free(f->reading);
	arena_clear(&f->arena);
	free(f);
}

struct bytes pdf_bytes(const struct pdf_file *f)
{
	return f->data;
}

const char *pdf_shown(const struct pdf_file *f)
{
	return f->shown;
}

struct origin pdf_origin(const struct pdf_file *f)
{
	return (struct origin){ .file = f->shown };
}

unsigned pdf_version(const struct pdf_file *f)
{
	return f->version;
}

bool pdf_hides_objects(const struct pdf_file *f, uint32_t *number)
{
	*number = f->hiding;
	return f->hides;
}

size_t pdf_n_revision(const struct pdf_file *f)
{
	return f->n_revision;
}

const struct pdf_revision *pdf_revision(const struct pdf_file *f, size_t i)
{
	return &f->revision[i];
}

struct pdf_view pdf_view(struct pdf_file *f, size_t revision)
{
	return (struct pdf_view){ f, revision };
}

struct pdf_view pdf_last(struct pdf_file *f)
{
	return (struct pdf_view){ f, f->n_revision - 1 };
}

struct pdf_written *find_written(const struct pdf_file *f, size_t revision, uint32_t number)
{
	size_t low = 0, high = f->n_written;

	if (number && number <= high && f->n_revision == 1 && f->written[number - 1].number == number)
		return &f->written[number - 1];
	while (low < high) { /* the first one behind */
		size_t middle = low + (high - low) / 2;
		const struct pdf_written *w = &f->written[middle];

		if (w->number < number || (w->number == number && w->revision <= revision))
			low = middle + 1;
		else
			high = middle;
	}
	return low && f->written[low - 1].number == number ? &f->written[low - 1] : NULL;
}

const struct pdf_written *pdf_written(struct pdf_view v, uint32_t number)
{
	return find_written(v.file, v.revision, number);
}

const struct pdf_object *pdf_get(struct pdf_view v, uint32_t number)
{
	struct pdf_written *w = find_written(v.file, v.revision, number);

	return w ? read_value(v.file, w) : &pdf_null;
}

const struct pdf_object *pdf_resolve(struct pdf_view v, const struct pdf_object *o)
{
	struct pdf_written *w;

	if (o->kind != PDF_REFERENCE)
		return o;
	w = find_written(v.file, v.revision, (uint32_t)o->number);
	return w && w->generation == o->extra ? read_value(v.file, w) : &pdf_null;
}

struct pdf_object pdf_read(struct pdf_view v, const struct pdf_object *o, struct arena *arena)
{
	const struct pdf_written *w = o->kind == PDF_REFERENCE ? find_written(v.file, v.revision, (uint32_t)o->number) : NULL;
	struct pdf_object read;

	if (!w || w->state != PDF_AT || w->is_read || w->generation != o->extra || !v.file->reading)
		return *pdf_resolve(v, o);
	read_apart(v.file, w, arena, &read);
	return read;
}

const struct pdf_object *pdf_look(struct pdf_view v, const struct pdf_object *dict, const char *key)
{
	return pdf_resolve(v, pdf_find(pdf_resolve(v, dict), key));
}

const struct pdf_object *pdf_item(struct pdf_view v, const struct pdf_object *array, size_t i)
{
	const struct pdf_object *a = pdf_resolve(v, array);

	return a->kind == PDF_ARRAY && i < a->n ? pdf_resolve(v, &a->item[i]) : &pdf_null;
}

const struct pdf_object *pdf_trailer(struct pdf_view v)
{
	return &v.file->revision[v.revision].trailer;
}

const struct pdf_object *pdf_catalog(struct pdf_view v)
{
	return v.file->catalog[v.revision];
}
