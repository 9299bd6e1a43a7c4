#include "seal/later.h"

#include "pdf/form.h"
#include "seal/fieldtext.h"
#include "seal/lock.h"
#include "seal/refs.h"

#include <string.h>

static const char seal_name[] = "seal";

/* A revision and the one before it. */
struct step {
	struct pdf_view before, after;
	struct pdf_form form_before, form_after;
	const struct refs *refs; /* of before */
	struct arena *arena;
	bool forbidden; /* certified: only the DSS and timestamps */
	const uint32_t *store; /* [n_store] objects of the DSS that hold others, before */
	size_t n_store;
};

/* What an object's change is; why: LATER_CHANGE. */
struct finding_of {
	enum later_kind kind;
	const char *why;
	bool nothing; /* no change at all */
};

static const struct finding_of nothing = { .nothing = true };

static struct finding_of change(const char *why)
{
	return (struct finding_of){ .kind = LATER_CHANGE, .why = why };
}

static struct finding_of as(enum later_kind kind)
{
	return (struct finding_of){ .kind = kind };
}

const char *later_kind_name(enum later_kind kind)
{
	static const char *const name[LATER_KINDS] = { "signature", "timestamp", "dss", "form", "change" };

	return name[kind];
}

/* ---- comparing ---- */

static bool is_among(const struct pdf_entry *entry, const char *const *key)
{
	for (; *key; key++)
		if (pdf_key_is(entry, *key))
			return true;
	return false;
}

static const struct pdf_object *same_key(const struct pdf_object *dict, const struct pdf_entry *entry)
{
	for (uint32_t i = 0; i < dict->n; i++)
		if (dict->entry[i].n_key == entry->n_key && !memcmp(dict->entry[i].key, entry->key, entry->n_key))
			return &dict->entry[i].value;
	return &pdf_null;
}

static bool entries_stay(const struct pdf_object *of, const struct pdf_object *in, const char *const *but)
{
	for (uint32_t i = 0; i < of->n; i++)
		if (!is_among(&of->entry[i], but) && !pdf_same(&of->entry[i].value, same_key(in, &of->entry[i])))
			return false;
	return true;
}

/* Two dictionaries that are the same but for the keys named (NULL-terminated). */
static bool differ_only(const struct pdf_object *before, const struct pdf_object *after, const char *const *key)
{
	return before->kind == PDF_DICT && after->kind == PDF_DICT && entries_stay(before, after, key) && entries_stay(after, before, key);
}

/* ---- fields ---- */

static const struct pdf_field *field_of(const struct pdf_form *form, uint32_t number)
{
	for (size_t i = 0; number && i < form->n_field; i++)
		if (form->field[i].number == number || form->field[i].widget_number == number)
			return &form->field[i];
	return NULL;
}

static bool is_unseen(const struct pdf_field *field)
{
	return !pdf_field_width(field) || !pdf_field_height(field);
}

/* A new signature field that nobody sees, signed at once. */
static bool is_new_field(const struct step *s, const struct pdf_object *reference)
{
	uint32_t number = reference->kind == PDF_REFERENCE ? (uint32_t)reference->number : 0;
	const struct pdf_field *field = field_of(&s->form_after, number);

	return field && !field_of(&s->form_before, number) && !refs_of(s->refs, number) && field->type == PDF_FIELD_SIGNATURE
	       && is_unseen(field) && pdf_field_is_filled(field) && !pdf_form_find(&s->form_before, field->name);
}

/* The same list, with new fields behind. */
static bool only_new_fields(const struct step *s, const struct pdf_object *before, const struct pdf_object *after)
{
	if ((before->kind != PDF_ARRAY && before->kind != PDF_NULL) || after->kind != PDF_ARRAY)
		return false;
	for (uint32_t i = 0; i < after->n; i++)
		if (i < before->n ? !pdf_same(&before->item[i], &after->item[i]) : !is_new_field(s, &after->item[i]))
			return false;
	return after->n >= before->n;
}

static enum later_kind kind_of_signature(const struct step *s, const struct pdf_field *field)
{
	return pdf_field_is_timestamp(s->after, field) ? LATER_TIMESTAMP : LATER_SIGNATURE;
}

static struct finding_of explain_signed(const struct step *s, const struct pdf_field *before, const struct pdf_field *after)
{
	static const char *const may[] = { "V", "AP", "M", NULL };
	enum later_kind kind = kind_of_signature(s, after);

	if (pdf_field_is_filled(before))
		return change("the field of an earlier signature");
	if (!pdf_field_is_filled(after) || !differ_only(before->dict, after->dict, may))
		return change("a signature field, otherwise than by signing it");
	if (kind == LATER_SIGNATURE && (s->forbidden || lock_of(s->before, &s->form_before, before->name, s->arena)))
		return change("a signature that an earlier one forbids");
	return as(kind);
}

static bool is_sealed(const struct step *s)
{
	const struct pdf_field *seal = pdf_form_find(&s->form_before, seal_name);

	return seal && seal->type == PDF_FIELD_SIGNATURE && pdf_field_is_filled(seal);
}

static struct finding_of explain_text(const struct step *s, const struct pdf_field *before, const struct pdf_field *after)
{
	static const char *const may[] = { "V", "AP", "Ff", "M", NULL };

	if (pdf_field_is_filled(before) || before->flags & PDF_FIELD_READ_ONLY)
		return change("a text that was filled in already");
	if (is_sealed(s))
		return change("a text, after the seal");
	if (s->forbidden || lock_of(s->before, &s->form_before, before->name, s->arena))
		return change("a text that an earlier signature forbids to change");
	if (!differ_only(before->dict, after->dict, may) || (before->flags | PDF_FIELD_READ_ONLY) != (after->flags | PDF_FIELD_READ_ONLY))
		return change("a text field, otherwise than by filling it in");
	if (!field_shows_value(s->before, s->after, after, s->arena))
		return change("a text field that does not show its value");
	return as(LATER_FORM);
}

static struct finding_of explain_field(const struct step *s, uint32_t number)
{
	const struct pdf_field *before = field_of(&s->form_before, number);
	const struct pdf_field *after = field_of(&s->form_after, number);
	static const char *const may[] = { "AP", NULL };

	if (!after || after->type != before->type || strcmp(after->name, before->name) != 0 || after->number != before->number)
		return change("a form field");
	if (number != before->number) /* a widget of its own */
		return before->type == PDF_FIELD_SIGNATURE && !pdf_field_is_filled(before) && pdf_field_is_filled(after)
				       && differ_only(before->widget, after->widget, may)
			       ? as(kind_of_signature(s, after))
			       : change("what a form field shows");
	if (before->type == PDF_FIELD_SIGNATURE)
		return explain_signed(s, before, after);
	if (before->type == PDF_FIELD_TEXT)
		return explain_text(s, before, after);
	return change("a form field");
}

/* ---- the catalog, the form, pages ---- */

static bool form_stays(const struct step *s, const struct pdf_object *before, const struct pdf_object *after)
{
	static const char *const may[] = { "Fields", "SigFlags", NULL };
	const struct pdf_object empty = { .kind = PDF_DICT };

	return differ_only(before->kind == PDF_NULL ? &empty : before, after, may)
	       && (only_new_fields(s, pdf_look(s->before, before, "Fields"), pdf_look(s->after, after, "Fields"))
		       || pdf_same(pdf_find(before, "Fields"), pdf_find(after, "Fields")));
}

/* Only entries that were not there. */
static bool only_added(const struct pdf_object *before, const struct pdf_object *after)
{
	struct pdf_object empty = { .kind = PDF_DICT };

	if (before->kind == PDF_NULL)
		before = &empty;
	for (uint32_t i = 0; i < before->n; i++)
		if (!pdf_same(&before->entry[i].value, same_key(after, &before->entry[i])))
			return false;
	return before->kind == PDF_DICT && after->kind == PDF_DICT;
}

/* A certification is that of a first signature. */
static bool may_certify(const struct step *s)
{
	return !form_is_signed(&s->form_before);
}

static struct finding_of explain_catalog(const struct step *s, const struct pdf_object *before, const struct pdf_object *after)
{
	static const char *const may[] = { "AcroForm", "DSS", "Extensions", "Perms", NULL };
	const struct pdf_object *perms = pdf_find(before, "Perms");

	if (!differ_only(before, after, may))
		return change("the catalog");
	if (!pdf_same(pdf_find(before, "AcroForm"), pdf_find(after, "AcroForm"))
		&& !form_stays(s, pdf_look(s->before, before, "AcroForm"), pdf_look(s->after, after, "AcroForm")))
		return change("the form");
	if (!pdf_same(perms, pdf_find(after, "Perms")) && !may_certify(s))
		return change("permissions");
	if (!pdf_same(pdf_find(before, "Extensions"), pdf_find(after, "Extensions"))
		&& !only_added(pdf_look(s->before, before, "Extensions"), pdf_look(s->after, after, "Extensions")))
		return change("the catalog's extensions");
	return pdf_same(pdf_find(before, "DSS"), pdf_find(after, "DSS")) ? nothing : as(LATER_DSS);
}

static struct finding_of explain_page(const struct step *s, const struct pdf_object *before, const struct pdf_object *after)
{
	static const char *const may[] = { "Annots", NULL };

	if (!differ_only(before, after, may))
		return change("a page");
	return only_new_fields(s, pdf_look(s->before, before, "Annots"), pdf_look(s->after, after, "Annots"))
		       ? nothing
		       : change("annotations of a page");
}

static struct finding_of explain_info(const struct pdf_object *before, const struct pdf_object *after)
{
	static const char *const may[] = { "ModDate", NULL };

	return differ_only(before, after, may) ? nothing : change("the document's properties");
}

/* ---- the DSS ---- */

static bool is_container(const struct step *s, const struct pdf_object *reference)
{
	const struct pdf_object *o = pdf_resolve(s->before, reference);

	return reference->kind == PDF_REFERENCE && (o->kind == PDF_DICT || o->kind == PDF_ARRAY)
	       && refs_of(s->refs, (uint32_t)reference->number) == 1;
}

static void note_container(struct step *s, const struct pdf_object *reference, uint32_t **list, size_t *n, size_t *cap)
{
	if (is_container(s, reference))
		*ARENA_PUSH(s->arena, *list, *n, cap) = (uint32_t)reference->number;
}

static void note_lists(struct step *s, const struct pdf_object *dict, const char *const *key, uint32_t **list, size_t *n, size_t *cap)
{
	for (; *key; key++)
		note_container(s, pdf_find(dict, *key), list, n, cap);
}

/* What holds others: the DSS, its lists, what it says of single signatures. None of it is referred to from elsewhere. */
static void find_store(struct step *s)
{
	static const char *const lists[] = { "Certs", "OCSPs", "CRLs", "VRI", NULL };
	static const char *const vri_lists[] = { "Cert", "OCSP", "CRL", NULL };
	const struct pdf_object *reference = pdf_find(pdf_catalog(s->before), "DSS");
	const struct pdf_object *dss = pdf_resolve(s->before, reference);
	const struct pdf_object *vri = pdf_look(s->before, dss, "VRI");
	uint32_t *list = NULL;
	size_t n = 0;
	size_t cap = 0;

	note_container(s, reference, &list, &n, &cap);
	note_lists(s, dss, lists, &list, &n, &cap);
	for (uint32_t i = 0; vri->kind == PDF_DICT && i < vri->n; i++) {
		note_container(s, &vri->entry[i].value, &list, &n, &cap);
		note_lists(s, pdf_resolve(s->before, &vri->entry[i].value), vri_lists, &list, &n, &cap);
	}
	s->store = list;
	s->n_store = n;
}

static bool is_of_store(const struct step *s, uint32_t number)
{
	for (size_t i = 0; i < s->n_store; i++)
		if (s->store[i] == number)
			return true;
	return false;
}

/* ---- one object ---- */

static bool is_root(const struct step *s, uint32_t number, const char *key)
{
	const struct pdf_object *root = pdf_find(pdf_trailer(s->before), key);

	return root->kind == PDF_REFERENCE && root->number == number;
}

static struct finding_of explain_old(const struct step *s, uint32_t number, const struct pdf_object *before, const struct pdf_object *after)
{
	if (is_root(s, number, "Root"))
		return explain_catalog(s, before, after);
	if (is_root(s, number, "Info"))
		return explain_info(before, after);
	if (s->form_before.number == number)
		return form_stays(s, before, after) ? nothing : change("the form");
	if (field_of(&s->form_before, number))
		return explain_field(s, number);
	if (is_of_store(s, number) && before->kind == after->kind)
		return as(LATER_DSS);
	if (pdf_name_is(pdf_look(s->before, before, "Type"), "Page"))
		return explain_page(s, before, after);
	if (before->kind == PDF_ARRAY && refs_of(s->refs, number) == 1 && only_new_fields(s, before, after))
		return nothing;
	return change(before->kind == PDF_STREAM ? "content" : "an object");
}

static struct finding_of explain(const struct step *s, const struct pdf_written *w)
{
	const struct pdf_object *before = pdf_get(s->before, w->number);
	const struct pdf_object *after = pdf_get(s->after, w->number);

	if (w->is_new || before->kind == PDF_NULL)
		return refs_of(s->refs, w->number) && after->kind != PDF_NULL
			       ? change("an object that was referred to before it was there")
			       : nothing;
	if (pdf_same(before, after))
		return nothing;
	if (w->state == PDF_FREE)
		return refs_of(s->refs, w->number) ? change("an object was taken away") : nothing;
	return explain_old(s, w->number, before, after);
}

/* New fields change no old object of their own. */
static void note_new_fields(const struct step *s, bool has[LATER_KINDS], uint32_t **list, size_t n[LATER_KINDS], size_t cap[LATER_KINDS])
{
	for (size_t i = 0; i < s->form_after.n_field; i++) {
		const struct pdf_field *field = &s->form_after.field[i];
		struct pdf_object reference = { .kind = PDF_REFERENCE, .number = field->number };
		enum later_kind kind = kind_of_signature(s, field);

		if (!is_new_field(s, &reference))
			continue;
		has[kind] = true;
		*ARENA_PUSH(s->arena, list[kind], n[kind], &cap[kind]) = field->number;
	}
}

static bool trailer_stays(const struct step *s)
{
	const struct pdf_object *before = pdf_trailer(s->before);
	const struct pdf_object *after = pdf_trailer(s->after);
	const struct pdf_object *info = pdf_find(before, "Info");

	return pdf_same(pdf_find(before, "Root"), pdf_find(after, "Root"))
	       && (pdf_same(info, pdf_find(after, "Info")) || info->kind == PDF_NULL);
}

static void read_step(const struct step *s, size_t i_revision, struct later_list *list)
{
	const struct pdf_revision *revision = pdf_revision(s->after.file, i_revision);
	uint32_t *object[LATER_KINDS] = { NULL };
	size_t n[LATER_KINDS] = { 0 };
	size_t cap[LATER_KINDS] = { 0 };
	bool has[LATER_KINDS] = { false };
	const char *why = NULL;

	for (size_t i = 0; i < revision->n_written; i++) {
		const struct pdf_written *w = revision->written[i];
		struct finding_of f = explain(s, w);

		if (f.nothing)
			continue;
		why = why ? why : f.why;
		has[f.kind] = true;
		*ARENA_PUSH(s->arena, object[f.kind], n[f.kind], &cap[f.kind]) = w->number;
	}
	note_new_fields(s, has, object, n, cap);
	if (!trailer_stays(s)) {
		has[LATER_CHANGE] = true;
		why = why ? why : "the trailer";
	}
	if (s->forbidden && (has[LATER_SIGNATURE] || has[LATER_FORM])) {
		has[LATER_CHANGE] = true;
		why = why ? why : "a signature that an earlier one forbids";
	}
	for (int kind = 0; kind < LATER_KINDS; kind++)
		if (has[kind])
			*ARENA_PUSH(s->arena, list->item, list->n, &list->cap) = (struct later){ (enum later_kind)kind, i_revision,
				object[kind], n[kind], kind == LATER_CHANGE ? why : NULL };
}

static bool open_step(struct step *s, struct pdf_file *file, size_t i, const struct refs *refs, struct arena *a, struct diags *d)
{
	*s = (struct step){ .before = pdf_view(file, i - 1), .after = pdf_view(file, i), .refs = refs, .arena = a };
	if (!pdf_form_read(s->before, a, &s->form_before, d) || !pdf_form_read(s->after, a, &s->form_after, d))
		return false;
	s->forbidden = lock_is_total(s->before);
	find_store(s);
	return true;
}

bool later_read(struct pdf_file *file, struct arena *a, struct later_list *list, struct diags *d)
{
	struct refs refs;
	bool ok = true;

	*list = (struct later_list){ 0 };
	refs_open(&refs, file);
	for (size_t i = 1; ok && i < pdf_n_revision(file); i++) {
		struct step step;

		ok = open_step(&step, file, i, &refs, a, d);
		if (ok)
			read_step(&step, i, list);
		refs_advance(&refs, file, i);
	}
	refs_close(&refs);
	return ok;
}
