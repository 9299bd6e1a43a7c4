#include "seal/later.h"

#include "seal/lock.h"
#include "seal/step.h"

#include <stdlib.h>
#include <string.h>

static const struct verdict nothing = { .kind = LATER_NOTHING };
static const struct pdf_object empty_dict = { .kind = PDF_DICT };

const char *later_kind_name(enum later_kind kind)
{
	static const char *const name[LATER_KINDS] = { "signature", "timestamp", "dss", "form", "unused", "nothing", "change" };

	return name[kind];
}

const char *later_why_text(enum later_why why, const struct diags *d)
{
	static const char *const text[WHYS] = {
		[WHY_NOT] = "nothing",
		[WHY_CATALOG] = "the document as a whole (its catalog)",
		[WHY_FORM] = "the form",
		[WHY_PERMISSIONS] = "what may be changed (permissions)",
		[WHY_EXTENSIONS] = "the catalog's extensions",
		[WHY_ADDED_EXTENSIONS] = "the catalog's extensions, without a signature or proofs that need them",
		[WHY_DATE] = "the day of its last change (ModDate), without a change that is allowed",
		[WHY_UNUSED] = "the file by adding what nothing in it refers to and no signature covers",
		[WHY_PAGE] = "a page",
		[WHY_ANNOTATIONS] = "annotations of a page",
		[WHY_PROPERTIES] = "the document's properties",
		[WHY_TREE] = "the structure tree, otherwise than by the element of a new field",
		[WHY_CONTENT] = "content (text, a picture, a font or the like)",
		[WHY_OBJECT] = "a part of the document",
		[WHY_MISSING] = "what was referred to before it was there",
		[WHY_HIDDEN] = "a file with bytes that look like a part of it and are none, so that some programs show them",
		[WHY_FREED] = "something, by taking it away",
		[WHY_TRAILER] = "what identifies the file (its trailer)",
		[WHY_LOCKED_SIGNATURE] = "a signature that an earlier one forbids",
		[WHY_SEEN_TIMESTAMP] = "what is seen, by a timestamp, which anybody can get",
		[WHY_SIGNED_FIELD] = "the field of an earlier signature",
		[WHY_SIGNATURE_FIELD] = "a signature field, otherwise than by signing it",
		[WHY_FILLED_TEXT] = "a text that was filled in already",
		[WHY_SEALED_TEXT] = "a text, after the seal",
		[WHY_LOCKED_TEXT] = "a text that an earlier signature forbids to change",
		[WHY_TEXT_FIELD] = "a text field, otherwise than by filling it in",
		[WHY_UNSHOWN_TEXT] = "a text field that does not show its value",
		[WHY_WIDGET] = "what a form field shows",
		[WHY_FIELD] = "a form field",
	};

	return diag_say(d, text[why]);
}

/* ---- comparing ---- */

static bool is_among(const struct pdf_entry *entry, const char *const *key)
{
	for (; *key; key++)
		if (pdf_key_is(entry, *key))
			return true;
	return false;
}

static const struct pdf_object *dict_or_empty(const struct pdf_object *o)
{
	return o->kind == PDF_NULL ? &empty_dict : o;
}

bool has_only(const struct pdf_object *dict, const char *const *key)
{
	for (uint32_t i = 0; i < dict->n; i++)
		if (!is_among(&dict->entry[i], key))
			return false;
	return true;
}

static int by_value(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa;
	uint32_t b = *(const uint32_t *)pb;

	return a < b ? -1 : a > b;
}

void numbers_sort(uint32_t *number, size_t n)
{
	if (n)
		qsort(number, n, sizeof *number, by_value);
}

bool numbers_have(const uint32_t *number, size_t n, uint32_t one)
{
	return n && bsearch(&one, number, n, sizeof *number, by_value);
}

/* ---- the catalog, the form, pages ---- */

/* The same list, with new fields behind. */
static bool only_new_fields(const struct step *s, const struct pdf_object *before, const struct pdf_object *after)
{
	if ((before->kind != PDF_ARRAY && before->kind != PDF_NULL) || after->kind != PDF_ARRAY || after->n < before->n)
		return false;
	for (uint32_t i = 0; i < after->n; i++)
		if (i < before->n ? !pdf_same(&before->item[i], &after->item[i]) : !is_new_field(s, &after->item[i]))
			return false;
	return true;
}

static bool form_stays(const struct step *s, const struct pdf_object *before, const struct pdf_object *after)
{
	static const char *const may[] = { "Fields", "SigFlags", NULL };

	return pdf_same_but(dict_or_empty(before), after, may)
	       && (pdf_same(pdf_find(before, "Fields"), pdf_find(after, "Fields"))
		       || only_new_fields(s, pdf_look(s->before, before, "Fields"), pdf_look(s->after, after, "Fields")));
}

/* A certification is that of a first signature. */
static bool may_certify(const struct step *s)
{
	return !form_is_signed(&s->form_before);
}

static struct verdict explain_catalog(const struct step *s, const struct pdf_object *before, const struct pdf_object *after)
{
	static const char *const may[] = { "AcroForm", "DSS", "Extensions", "Perms", NULL };

	if (!pdf_same_but(before, after, may))
		return verdict_change(WHY_CATALOG);
	if (!pdf_same(pdf_find(before, "AcroForm"), pdf_find(after, "AcroForm"))
		&& !form_stays(s, pdf_look(s->before, before, "AcroForm"), pdf_look(s->after, after, "AcroForm")))
		return verdict_change(WHY_FORM);
	if (!pdf_same(pdf_find(before, "Perms"), pdf_find(after, "Perms")) && !may_certify(s))
		return verdict_change(WHY_PERMISSIONS);
	if (!pdf_same(pdf_find(before, "Extensions"), pdf_find(after, "Extensions"))
		&& !pdf_only_added(dict_or_empty(pdf_look(s->before, before, "Extensions")), pdf_look(s->after, after, "Extensions")))
		return verdict_change(WHY_EXTENSIONS);
	if (!pdf_same(pdf_find(before, "DSS"), pdf_find(after, "DSS")))
		return verdict_as(LATER_DSS);
	if (!pdf_same(pdf_find(before, "AcroForm"), pdf_find(after, "AcroForm")))
		return verdict_beside(BESIDE_SIGNATURE, WHY_FORM);
	if (!pdf_same(pdf_find(before, "Perms"), pdf_find(after, "Perms")))
		return verdict_beside(BESIDE_SIGNATURE, WHY_PERMISSIONS);
	return verdict_beside(BESIDE_PROOFS, WHY_ADDED_EXTENSIONS);
}

/* Where a page had no fields, they come in the order of the structure tree. */
static bool tabs_fit(const struct step *s, const struct pdf_object *before, const struct pdf_object *after)
{
	return pdf_same(before, after) || (s->n_new_field && before->kind == PDF_NULL && pdf_name_is(after, "S"));
}

static struct verdict explain_page(const struct step *s, const struct pdf_object *before, const struct pdf_object *after)
{
	static const char *const may[] = { "Annots", "Tabs", NULL };

	if (!pdf_same_but(before, after, may) || !tabs_fit(s, pdf_find(before, "Tabs"), pdf_find(after, "Tabs")))
		return verdict_change(WHY_PAGE);
	return only_new_fields(s, pdf_look(s->before, before, "Annots"), pdf_look(s->after, after, "Annots"))
		       ? verdict_beside(BESIDE_SIGNATURE, WHY_ANNOTATIONS)
		       : verdict_change(WHY_ANNOTATIONS);
}

static bool info_stays(const struct pdf_object *before, const struct pdf_object *after)
{
	static const char *const may[] = { "ModDate", NULL };

	return pdf_same_but(dict_or_empty(before), after, may);
}

/* ---- one object ---- */

/* The list of the form's fields, or of one page's annotations, and nothing else. */
static bool is_list_of_fields(const struct step *s, uint32_t number)
{
	const struct pdf_object *fields = pdf_find(s->form_before.dict, "Fields");

	return refs_only_annots(s->refs, number)
	       || (fields->kind == PDF_REFERENCE && fields->number == number && refs_of(s->refs, number) == 1);
}

static bool is_root(const struct step *s, uint32_t number, const char *key)
{
	const struct pdf_object *root = pdf_find(pdf_trailer(s->before), key);

	return root->kind == PDF_REFERENCE && root->number == number;
}

static struct verdict explain_old(struct step *s, uint32_t number, const struct pdf_object *before, const struct pdf_object *after)
{
	if (is_root(s, number, "Root"))
		return explain_catalog(s, before, after);
	if (is_root(s, number, "Info"))
		return info_stays(before, after) ? verdict_beside(BESIDE_ANY, WHY_DATE) : verdict_change(WHY_PROPERTIES);
	if (s->form_before.number == number)
		return form_stays(s, before, after) ? verdict_beside(BESIDE_SIGNATURE, WHY_FORM) : verdict_change(WHY_FORM);
	if (field_at(&s->index_before, number))
		return explain_field(s, number);
	if (is_of_tree(s, number))
		return s->tree_grows ? verdict_beside(BESIDE_SIGNATURE, WHY_TREE) : verdict_change(WHY_TREE);
	if (numbers_have(s->store, s->n_store, number) && before->kind == after->kind)
		return verdict_as(LATER_DSS);
	if (pdf_name_is(pdf_look(s->before, before, "Type"), "Page"))
		return explain_page(s, before, after);
	if (before->kind == PDF_ARRAY && is_list_of_fields(s, number) && only_new_fields(s, before, after))
		return verdict_beside(BESIDE_SIGNATURE, WHY_OBJECT);
	return before->kind == PDF_STREAM ? verdict_change(WHY_CONTENT) : verdict_change(WHY_OBJECT);
}

static struct verdict explain(struct step *s, const struct pdf_written *w)
{
	const struct pdf_object *before = pdf_get(s->before, w->number);
	const struct pdf_object *after = pdf_get(s->after, w->number);

	if (w->is_new || before->kind == PDF_NULL)
		return refs_of(s->refs, w->number) && after->kind != PDF_NULL
			       ? verdict_change(WHY_MISSING)
			       : nothing;
	if (w->state == PDF_FREE)
		return refs_of(s->refs, w->number) ? verdict_change(WHY_FREED) : verdict_beside(BESIDE_SIGNATURE, WHY_FREED);
	return pdf_same(before, after) ? nothing : explain_old(s, w->number, before, after);
}

/* ---- the trailer ---- */

static struct verdict explain_trailer(const struct step *s)
{
	static const char *const may[] = { "Size", "Prev", "XRefStm", "ID", "Info", "DocChecksum", NULL };
	const struct pdf_object *before = pdf_trailer(s->before);
	const struct pdf_object *after = pdf_trailer(s->after);
	const struct pdf_object *info = pdf_find(before, "Info");
	const struct pdf_object *id = pdf_item(s->before, pdf_find(before, "ID"), 0);

	if (!pdf_same_but(before, after, may)
		|| (id->kind != PDF_NULL && !pdf_same(id, pdf_item(s->after, pdf_find(after, "ID"), 0))))
		return verdict_change(WHY_TRAILER);
	if (pdf_same(info, pdf_find(after, "Info")))
		return nothing;
	return info->kind == PDF_NULL && info_stays(info, pdf_look(s->after, after, "Info")) ? verdict_beside(BESIDE_ANY, WHY_DATE)
											     : verdict_change(WHY_TRAILER);
}

/* ---- a revision ---- */

struct numbers {
	uint32_t *item;
	size_t n, cap;
};

/* What is found of it, sorted by kind. */
struct found {
	unsigned kinds; /* bits */
	struct numbers object[LATER_KINDS];
	enum later_why why;
	struct found_beside {
		struct verdict verdict;
		uint32_t number;
	} *beside;
	size_t n_beside, cap_beside;
	struct arena *arena;
};

static void keep(struct found *f, struct verdict v, uint32_t number)
{
	struct numbers *list = &f->object[v.kind];

	f->kinds |= 1U << v.kind;
	f->why = f->why ? f->why : v.why;
	if (number)
		*ARENA_PUSH(f->arena, list->item, list->n, &list->cap) = number;
}

static void note(struct found *f, struct verdict v, uint32_t number)
{
	if (v.beside)
		*ARENA_PUSH(f->arena, f->beside, f->n_beside, &f->cap_beside) = (struct found_beside){ v, number };
	else
		keep(f, v, number);
}

/* New fields change no old object of their own. */
static void note_new_fields(const struct step *s, struct found *f)
{
	for (size_t i = 0; i < s->n_new_field; i++)
		note(f, verdict_as(field_kind(s, field_at(&s->index_after, s->new_field[i]))), s->new_field[i]);
}

/* A cross-reference stream stands among what its revision writes only where it replaces something. */
static bool table_is_referred_to(const struct step *s, uint32_t number)
{
	const struct pdf_written *w = number ? pdf_written(s->after, number) : NULL;

	return w && w->is_new && refs_of(s->refs, number);
}

static void note_unused(const struct step *s, size_t revision, struct found *f)
{
	bool covered = f->kinds & BESIDE_SIGNATURE;
	uint32_t *number;
	size_t n;

	step_find_unused(s, revision, &number, &n);
	for (size_t i = 0; i < n; i++)
		if (!refs_of(s->refs, number[i])) /* else it is WHY_MISSING already */
			keep(f, covered ? verdict_as(LATER_UNUSED) : verdict_change(WHY_UNUSED), number[i]);
}

/* What is permitted only beside something else, once all that is there is known. */
static void settle(struct found *f)
{
	unsigned kinds = f->kinds;

	for (size_t i = 0; i < f->n_beside; i++)
		if (!(kinds & f->beside[i].verdict.beside))
			keep(f, f->beside[i].verdict, f->beside[i].number);
}

/* What a later version makes programs repair shows what is hidden. */
static void note_hidden(const struct step *s, struct found *f)
{
	uint32_t number;

	if (form_is_signed(&s->form_before) && pdf_hides_objects(s->before.file, &number))
		note(f, verdict_change(WHY_HIDDEN), number);
}

static void find_all(struct step *s, size_t i_revision, struct found *f)
{
	const struct pdf_revision *revision = pdf_revision(s->after.file, i_revision);

	for (size_t i = 0; i < revision->n_written; i++)
		note(f, explain(s, revision->written[i]), revision->written[i]->number);
	note_new_fields(s, f);
	if (table_is_referred_to(s, revision->xref_number))
		note(f, verdict_change(WHY_MISSING), revision->xref_number);
	note_hidden(s, f);
	note(f, explain_trailer(s), 0);
	if (s->forbidden && f->kinds & (1U << LATER_SIGNATURE | 1U << LATER_FORM))
		note(f, verdict_change(WHY_LOCKED_SIGNATURE), 0);
	settle(f);
	note_unused(s, i_revision, f);
}

static void read_step(struct step *s, size_t i_revision, struct arena *a, struct later_list *list)
{
	struct found f = { .arena = a };
	bool alone;

	find_all(s, i_revision, &f);
	alone = f.kinds == 1U << LATER_NOTHING;
	for (int kind = 0; kind < LATER_KINDS; kind++)
		if (f.kinds & 1U << kind && (kind != LATER_NOTHING || alone))
			*ARENA_PUSH(a, list->item, list->n, &list->cap) = (struct later){ (enum later_kind)kind, i_revision,
				f.object[kind].item, f.object[kind].n, kind == LATER_CHANGE ? f.why : WHY_NOT };
}

/* Signatures that the revision before had and this one has no more. */
static void read_lost(const struct step *s, size_t i_revision, struct arena *a, struct later_list *list)
{
	for (size_t i = 0; i < s->form_before.n_field; i++) {
		const struct pdf_field *before = &s->form_before.field[i];
		const struct pdf_field *after;

		if (before->type != PDF_FIELD_SIGNATURE || !pdf_field_is_filled(before))
			continue;
		after = pdf_form_find(&s->form_after, before->name);
		if (!after || !pdf_field_is_filled(after) || after->value_number != before->value_number)
			*ARENA_PUSH(a, list->lost, list->n_lost, &list->cap_lost) =
				(struct lost_signature){ arena_text(a, before->name), i_revision };
	}
}

static bool read_revision(struct pdf_file *file, size_t i, const struct refs *refs, struct arena *a, struct later_list *list, struct diags *d)
{
	struct arena tmp = { 0 };
	struct step step = { .before = pdf_view(file, i - 1), .after = pdf_view(file, i), .refs = refs, .arena = &tmp };
	bool ok = step_read_fields(&step, d);

	if (ok) {
		step_read_store(&step);
		step_read_tree(&step);
		read_step(&step, i, a, list);
		read_lost(&step, i, a, list);
	}
	arena_clear(&tmp);
	return ok;
}

bool later_read(struct pdf_file *file, struct arena *a, struct later_list *list, struct diags *d)
{
	struct refs refs;
	bool ok = true;

	*list = (struct later_list){ 0 };
	refs_open(&refs, file);
	for (size_t i = 1; ok && i < pdf_n_revision(file); i++) {
		ok = read_revision(file, i, &refs, a, list, d);
		refs_advance(&refs, file, i);
	}
	refs_close(&refs);
	return ok;
}
