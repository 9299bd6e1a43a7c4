/* What revisions do to form fields. */
#include "seal/fieldtext.h"
#include "seal/lock.h"
#include "seal/step.h"

#include <stdlib.h>
#include <string.h>

static const char seal_name[] = "seal";

struct numbered_field {
	uint32_t number;
	const struct pdf_field *field;
};

/* ---- by number ---- */

static int by_number(const void *pa, const void *pb)
{
	const struct numbered_field *a = pa;
	const struct numbered_field *b = pb;

	return a->number < b->number ? -1 : a->number > b->number;
}

static struct field_index index_of(const struct pdf_form *form, struct arena *a)
{
	struct field_index index = { .item = ARENA_ARRAY(a, 2 * form->n_field, struct numbered_field) };

	for (size_t i = 0; i < form->n_field; i++) {
		const struct pdf_field *field = &form->field[i];

		if (field->number)
			index.item[index.n++] = (struct numbered_field){ field->number, field };
		if (field->widget_number && field->widget_number != field->number)
			index.item[index.n++] = (struct numbered_field){ field->widget_number, field };
	}
	if (index.n)
		qsort(index.item, index.n, sizeof *index.item, by_number);
	return index;
}

const struct pdf_field *field_at(const struct field_index *index, uint32_t number)
{
	const struct numbered_field key = { .number = number };
	const struct numbered_field *found =
		index->n ? bsearch(&key, index->item, index->n, sizeof *index->item, by_number) : NULL;

	return found ? found->field : NULL;
}

/* ---- new fields ---- */

/* /Rect [0 0 0 0] and the like: a box without a side shows nothing, whatever its appearance is. */
static bool is_unseen(struct pdf_view view, const struct pdf_field *field)
{
	const struct pdf_object *box = pdf_look(view, field->widget, "Rect");
	int64_t side[4];

	if (box->kind != PDF_ARRAY || box->n != 4)
		return false;
	for (size_t i = 0; i < 4; i++)
		if (!pdf_millionths(pdf_item(view, box, i), &side[i]))
			return false;
	return side[0] == side[2] && side[1] == side[3];
}

/* No actions, no further widgets, no place in the tree of other fields. */
static bool has_plain_keys(const struct pdf_field *field)
{
	static const char *const may[] = { "FT", "T", "TU", "Ff", "V", "Type", "Subtype", "Rect", "F", "P", "AP", "M", "NM", "MK", "DA", "DR",
		"Q", "BS", "Border", "Lock", "SV", "StructParent", NULL };

	return field->widget == field->dict && has_only(field->dict, may) && pdf_name_is(pdf_find(field->dict, "Subtype"), "Widget");
}

static bool is_acceptable(const struct step *s, const struct pdf_field *field)
{
	return field->number && field->type == PDF_FIELD_SIGNATURE && !field_at(&s->index_before, field->number)
	       && !refs_of(s->refs, field->number) && pdf_field_is_filled(field) && has_plain_keys(field) && is_unseen(s->after, field)
	       && !pdf_form_find(&s->form_before, field->name);
}

static void find_new_fields(struct step *s)
{
	size_t cap = 0;

	for (size_t i = 0; i < s->form_after.n_field; i++)
		if (is_acceptable(s, &s->form_after.field[i]))
			*ARENA_PUSH(s->arena, s->new_field, s->n_new_field, &cap) = s->form_after.field[i].number;
	numbers_sort(s->new_field, s->n_new_field);
}

bool is_new_field(const struct step *s, const struct pdf_object *reference)
{
	return reference->kind == PDF_REFERENCE && !reference->extra
	       && numbers_have(s->new_field, s->n_new_field, (uint32_t)reference->number);
}

enum later_kind field_kind(const struct step *s, const struct pdf_field *field)
{
	return pdf_field_is_timestamp(s->after, field) ? LATER_TIMESTAMP : LATER_SIGNATURE;
}

/* ---- reading ---- */

static bool check_count(const struct step *s, struct diags *d)
{
	size_t n = 0;

	for (size_t i = 0; i < s->form_after.n_field; i++)
		n += field_is_signed(&s->form_after.field[i]);
	return n <= STEP_SIGNATURES_MAX
	       || diag_error(d, pdf_origin(s->after.file), "limit", "the file has more than %d signatures; that many are not judged",
		       STEP_SIGNATURES_MAX);
}

static bool is_sealed(const struct pdf_form *form)
{
	for (size_t i = 0; i < form->n_field; i++)
		if (field_is_signed(&form->field[i]) && !strcmp(form->field[i].name, seal_name))
			return true;
	return false;
}

bool step_read_fields(struct step *s, struct diags *d)
{
	if (!pdf_form_read(s->before, s->arena, &s->form_before, d) || !pdf_form_read(s->after, s->arena, &s->form_after, d)
		|| !check_count(s, d))
		return false;
	s->index_before = index_of(&s->form_before, s->arena);
	s->index_after = index_of(&s->form_after, s->arena);
	s->forbidden = lock_is_total(s->before, &s->form_before);
	s->sealed = is_sealed(&s->form_before);
	find_new_fields(s);
	return true;
}

/* ---- one field ---- */

static bool is_locked(struct step *s, const struct pdf_field *field)
{
	if (s->forbidden)
		return true;
	if (!s->locks) {
		s->locks = ARENA_NEW(s->arena, struct locks);
		locks_read(s->before, &s->form_before, s->arena, s->locks);
	}
	return locks_of(s->locks, field->name);
}

/* A signature stands in a widget: other annotations show what they hold in other ways. */
static bool is_widget(const struct pdf_field *field)
{
	return pdf_name_is(pdf_find(field->widget, "Subtype"), "Widget") && !pdf_has(field->widget, "A") && !pdf_has(field->widget, "AA");
}

/* Anybody can get a timestamp: where it is seen, it shows nothing that was not there, and needs leave like a signature. */
static struct verdict explain_filled(struct step *s, const struct pdf_field *before, const struct pdf_field *after)
{
	enum later_kind kind = field_kind(s, after);
	bool is_seen = !is_unseen(s->before, before);

	if ((kind == LATER_SIGNATURE || is_seen) && is_locked(s, before))
		return verdict_change(WHY_LOCKED_SIGNATURE);
	if (kind == LATER_TIMESTAMP && is_seen && !pdf_same(pdf_find(before->widget, "AP"), pdf_find(after->widget, "AP")))
		return verdict_change(WHY_SEEN_TIMESTAMP);
	return verdict_as(kind);
}

static struct verdict explain_signed(struct step *s, const struct pdf_field *before, const struct pdf_field *after)
{
	static const char *const may[] = { "V", "AP", "M", NULL };

	if (pdf_field_is_filled(before))
		return verdict_change(WHY_SIGNED_FIELD);
	if (!pdf_field_is_filled(after) || !is_widget(before) || !pdf_same_but(before->dict, after->dict, may))
		return verdict_change(WHY_SIGNATURE_FIELD);
	return explain_filled(s, before, after);
}

static struct verdict explain_text(struct step *s, const struct pdf_field *before, const struct pdf_field *after)
{
	static const char *const may[] = { "V", "AP", "Ff", "M", NULL };

	if (pdf_field_is_filled(before) || before->flags & PDF_FIELD_READ_ONLY)
		return verdict_change(WHY_FILLED_TEXT);
	if (s->sealed)
		return verdict_change(WHY_SEALED_TEXT);
	if (++s->n_text > STEP_TEXTS_MAX || is_locked(s, before))
		return verdict_change(WHY_LOCKED_TEXT);
	if (!pdf_same_but(before->dict, after->dict, may) || (before->flags | PDF_FIELD_READ_ONLY) != (after->flags | PDF_FIELD_READ_ONLY))
		return verdict_change(WHY_TEXT_FIELD);
	if (!field_shows_value(s->before, s->after, after, s->arena))
		return verdict_change(WHY_UNSHOWN_TEXT);
	return verdict_as(LATER_FORM);
}

/* Of a field that has its widget beside it. */
static struct verdict explain_widget(struct step *s, const struct pdf_field *before, const struct pdf_field *after)
{
	static const char *const may[] = { "AP", "M", NULL };

	return before->type == PDF_FIELD_SIGNATURE && !pdf_field_is_filled(before) && pdf_field_is_filled(after) && is_widget(before)
			       && pdf_same_but(before->widget, after->widget, may)
		       ? explain_filled(s, before, after)
		       : verdict_change(WHY_WIDGET);
}

struct verdict explain_field(struct step *s, uint32_t number)
{
	const struct pdf_field *before = field_at(&s->index_before, number);
	const struct pdf_field *after = field_at(&s->index_after, number);

	if (!after || after->type != before->type || strcmp(after->name, before->name) != 0 || after->number != before->number
		|| after->widget_number != before->widget_number)
		return verdict_change(WHY_FIELD);
	if (number != before->number)
		return explain_widget(s, before, after);
	if (before->type == PDF_FIELD_SIGNATURE)
		return explain_signed(s, before, after);
	if (before->type == PDF_FIELD_TEXT)
		return explain_text(s, before, after);
	return verdict_change(WHY_FIELD);
}
