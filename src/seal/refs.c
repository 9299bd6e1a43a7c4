#include "seal/refs.h"

static void push(struct refs *r, const struct pdf_object *value)
{
	*ARENA_PUSH(&r->arena, r->waiting, r->n_waiting, &r->cap) = value;
}

static void add_annots(struct refs *r, const struct pdf_object *dict, int change)
{
	const struct pdf_object *annots = pdf_find(dict, "Annots");

	if (annots->kind == PDF_REFERENCE && (size_t)annots->number < r->n && pdf_name_is(pdf_find(dict, "Type"), "Page"))
		r->annots[annots->number] += (uint32_t)change;
}

/* Adds change for each reference in a value; without going into what it refers to. */
static void add(struct refs *r, const struct pdf_object *value, int change)
{
	push(r, value);
	while (r->n_waiting) {
		const struct pdf_object *o = r->waiting[--r->n_waiting];

		if (o->kind == PDF_REFERENCE && (size_t)o->number < r->n)
			r->count[o->number] += (uint32_t)change;
		if (o->kind == PDF_DICT)
			add_annots(r, o, change);
		for (uint32_t i = 0; o->kind == PDF_ARRAY && i < o->n; i++)
			push(r, &o->item[i]);
		for (uint32_t i = 0; (o->kind == PDF_DICT || o->kind == PDF_STREAM) && i < o->n; i++)
			push(r, &o->entry[i].value);
	}
}

void refs_open(struct refs *r, struct pdf_file *file)
{
	const struct pdf_revision *first = pdf_revision(file, 0);

	*r = (struct refs){ .n = 0 };
	for (size_t i = 0; i < pdf_n_revision(file); i++)
		if (pdf_revision(file, i)->size > r->n)
			r->n = pdf_revision(file, i)->size;
	r->count = ARENA_ARRAY(&r->arena, r->n, uint32_t);
	r->annots = ARENA_ARRAY(&r->arena, r->n, uint32_t);
	add(r, &first->trailer, 1);
	for (size_t i = 0; i < first->n_written; i++)
		add(r, pdf_get(pdf_view(file, 0), first->written[i]->number), 1);
}

void refs_advance(struct refs *r, struct pdf_file *file, size_t i_revision)
{
	const struct pdf_revision *revision = pdf_revision(file, i_revision);

	add(r, &pdf_revision(file, i_revision - 1)->trailer, -1);
	add(r, &revision->trailer, 1);
	for (size_t i = 0; i < revision->n_written; i++) {
		uint32_t number = revision->written[i]->number;

		add(r, pdf_get(pdf_view(file, i_revision - 1), number), -1);
		add(r, pdf_get(pdf_view(file, i_revision), number), 1);
	}
}

uint32_t refs_of(const struct refs *r, uint32_t number)
{
	return number < r->n ? r->count[number] : 0;
}

bool refs_only_annots(const struct refs *r, uint32_t number)
{
	return refs_of(r, number) == 1 && r->annots[number] == 1;
}

void refs_close(struct refs *r)
{
	arena_clear(&r->arena);
}

bool refs_once(struct pdf_file *file, uint32_t number)
{
	struct refs refs;
	bool once;

	refs_open(&refs, file);
	for (size_t i = 1; i < pdf_n_revision(file); i++)
		refs_advance(&refs, file, i);
	once = refs_of(&refs, number) == 1;
	refs_close(&refs);
	return once;
}
