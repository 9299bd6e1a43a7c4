/* The clerk's texts: the number and the day are given after the plan was approved, in the revision that seals it. */
#include "seal/signing.h"

#include <string.h>

enum { NUMBER_MAX = 20 }; /* [bytes] */

static const char seal_name[] = "seal";

static bool may_fill(struct revision *r, const char *name, const char *option, const struct pdf_field **found)
{
	const struct pdf_field *field = pdf_form_find(&r->form, name);
	const struct pdf_field *seal = pdf_form_find(&r->form, seal_name);

	if (!field || field->type != PDF_FIELD_TEXT || !field->number)
		return diag_error(r->d, pdf_origin(r->file), "field",
			"the file has no field %s to fill in: what %s gives is printed already; sign without %s", name, option, option);
	if (pdf_field_is_filled(field) || field->flags & PDF_FIELD_READ_ONLY)
		return diag_error(r->d, pdf_origin(r->file), "filled",
			"the field %s is filled in already and may not change; sign without %s", name, option);
	if (seal && pdf_field_is_filled(seal))
		return diag_error(r->d, pdf_origin(r->file), "filled",
			"the file is sealed: its number and day may not change any more; sign without %s", option);
	*found = field;
	return permit_change(r, field);
}

static bool fill(struct revision *r, const char *name, const char *option, const char *text)
{
	struct appearance_work w = revision_appearance(r);
	const struct pdf_field *field;
	struct pdf_object changed;
	uint32_t shown;

	if (!may_fill(r, name, option, &field) || !appearance_text(&w, field, &text, 1, &shown, r->d))
		return false;
	changed = pdf_with(*field->dict, "V", pdf_text(text, &r->arena), &r->arena);
	changed = pdf_with(changed, "AP", PDF_DICT_OF(&r->arena, { "N", pdf_reference(shown) }), &r->arena);
	changed = pdf_with(changed, "Ff", pdf_integer(field->flags | PDF_FIELD_READ_ONLY), &r->arena);
	pdf_write_object(&r->writer, field->number, &changed);
	return true;
}

static bool number_is_good(const char *number)
{
	size_t n = strlen(number);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)number[i] <= ' ')
			return false;
	return n && n <= NUMBER_MAX;
}

/* The month that is printed, as the file's date says: "D:20210301". */
static bool month_is_printed(struct revision *r, struct date date)
{
	const struct pdf_object *info = pdf_look(r->view, pdf_trailer(r->view), "Info");
	const struct pdf_object *created = pdf_look(r->view, info, "CreationDate");
	const char *month = arena_printf(&r->arena, "D:%04d%02d", date.year, date.month);

	return created->kind == PDF_STRING && created->n >= strlen(month) && !memcmp(created->text, month, strlen(month));
}

static bool fill_date(struct revision *r, struct date date)
{
	bool with_month = pdf_form_find(&r->form, "month") != NULL;

	if (!with_month && pdf_form_find(&r->form, "date") && !month_is_printed(r, date))
		return diag_error(r->d, pdf_origin(r->file), "date",
			"the day %s is not in the month that is printed in the plan", date_iso(date, &r->arena));
	return fill(r, "date", "--date", arena_printf(&r->arena, "%02d", date.day))
	       && (!with_month
		       || fill(r, "month", "--date", arena_printf(&r->arena, date.month < 3 ? "%02d" : "%d", date.month)));
}

bool fill_texts(struct revision *r, const struct sign_request *request)
{
	bool ok = true;

	if (request->number && !number_is_good(request->number))
		return diag_error(r->d, pdf_origin(r->file), "number",
			"a document's number has 1 to %d characters without spaces, as 66 or 66a", NUMBER_MAX);
	if (request->number && pdf_form_find(&r->form, "number"))
		ok = fill(r, "number", "--number", request->number);
	else if (request->number && !pdf_form_find(&r->form, "issue"))
		ok = may_fill(r, "number", "--number", &(const struct pdf_field *){ NULL });
	return (!request->date.year || fill_date(r, request->date)) && ok;
}
