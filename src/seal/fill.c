/* The clerk's texts: the number and the day are given after the plan was approved, in the revision that seals it. */
#include "base/utf8.h"
#include "seal/signing.h"

#include <string.h>

/* ---- what a number may be ---- */

/* Those of Vietnamese that ASCII lacks. */
static const char letters[] = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";

static bool is_ascii_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A letter or a digit. */
static bool is_word(const char *s, size_t n, struct arena *a)
{
	const char *folded;

	if (n == 1)
		return is_ascii_word(*s);
	folded = utf8_fold(s, n, a);
	return *folded && strstr(letters, folded);
}

/* Letters and digits, one digit that is no zero among them; signs only between two of them. */
static bool is_number(const char *s, struct arena *a)
{
	bool word = false; /* the character before */
	uint32_t code;
	size_t n = strlen(s);

	if (utf8_length(s, n) > SIGN_NUMBER_MAX || !strpbrk(s, "123456789"))
		return false;
	for (size_t step; n; s += step, n -= step) {
		bool before = word;

		step = utf8_decode(s, n, &code);
		word = step && is_word(s, step, a);
		if (!word && !(before && strchr("/-.", *s)))
			return false;
	}
	return word;
}

/* A number below 10 has its zero, as a job's has. */
static const char *padded(const char *number, struct arena *a)
{
	return !number[1] ? arena_printf(a, "0%s", number) : number;
}

static bool read_number(struct revision *r, const char *said)
{
	size_t n = strlen(said);
	size_t bad;
	const char *number = utf8_valid(said, n, &bad) ? utf8_compose(said, n, &r->arena) : "";

	if (!is_number(number, &r->arena))
		return diag_error(r->d, pdf_origin(r->file), "number",
			"'%s' is not the number of a document: letters and digits, with / - . only between them, at most %d characters, as 66 or 66a",
			number, SIGN_NUMBER_MAX);
	r->number = padded(number, &r->arena);
	return true;
}

/* ---- filling in ---- */

static bool may_fill(struct revision *r, const char *name, const char *option, const struct pdf_field **found)
{
	const struct pdf_field *field = pdf_form_find(&r->form, name);
	const struct pdf_field *seal = pdf_form_find(&r->form, SEAL_FIELD);

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

static bool fits_length(struct revision *r, const struct pdf_field *field, const char *text)
{
	const struct pdf_object *most = pdf_look(r->view, field->dict, "MaxLen");
	size_t n = utf8_length(text, strlen(text));

	return most->kind != PDF_INTEGER || most->number < 0 || n <= (uint64_t)most->number
	       || diag_error(r->d, pdf_origin(r->file), "room", "\"%s\" has %zu characters, and the field %s takes at most %lld", text, n,
		       field->name, (long long)most->number);
}

static bool fill(struct revision *r, const char *name, const char *option, const char *text)
{
	struct appearance_work w = revision_appearance(r);
	const struct pdf_field *field = NULL;
	struct pdf_object changed;
	uint32_t shown;

	if (!may_fill(r, name, option, &field) || !fits_length(r, field, text)
		|| !appearance_text(&w, field, &text, 1, &shown, r->d))
		return false;
	changed = pdf_with(*field->dict, "V", pdf_text(text, &r->arena), &r->arena);
	changed = pdf_with(changed, "AP", PDF_DICT_OF(&r->arena, { "N", pdf_reference(shown) }), &r->arena);
	changed = pdf_with(changed, "Ff", pdf_integer(field->flags | PDF_FIELD_READ_ONLY), &r->arena);
	pdf_write_object(&r->writer, field->number, &changed);
	return true;
}

/* A separate appendix shows the number in the field that is signed. */
static bool fill_number(struct revision *r, const struct pdf_field *signed_field)
{
	bool shown_there = !strcmp(signed_field->name, ISSUE_FIELD) && !pdf_form_find(&r->form, "number");

	return shown_there || fill(r, "number", "--number", r->number);
}

/* The year and month that are printed, as the file's date says: "D:20210301". False where it says none. */
static bool read_printed(struct revision *r, struct date *printed)
{
	const struct pdf_object *info = pdf_look(r->view, pdf_trailer(r->view), "Info");
	const struct pdf_object *created = pdf_look(r->view, info, "CreationDate");
	const char *text = created->kind == PDF_STRING ? arena_slice(&r->arena, created->text, created->n) : "";

	if (strncmp(text, "D:", 2) != 0 || strspn(text + 2, "0123456789") < strlen("202103"))
		return false;
	return date_parse(arena_printf(&r->arena, "%.4s-%.2s", text + 2, text + 6), printed);
}

static bool check_date(struct revision *r, struct date date, bool month_too)
{
	struct date printed;
	const char *iso = date_iso(date, &r->arena);

	if (!read_printed(r, &printed))
		return diag_error(r->d, pdf_origin(r->file), "date",
			"the file does not say which month is printed in it, so %s cannot be filled in; sign without --date", iso);
	if (printed.year != date.year && month_too)
		return diag_error(r->d, pdf_origin(r->file), "date",
			"the year %d is printed in the document, and %s is not in it; give a day of that year with --date", printed.year, iso);
	if (!month_too && (printed.year != date.year || printed.month != date.month))
		return diag_error(r->d, pdf_origin(r->file), "date",
			"the month %02d/%04d is printed in the document, and %s is not in it; give a day of that month with --date",
			printed.month, printed.year, iso);
	return true;
}

static bool fill_date(struct revision *r, struct date date)
{
	bool with_month = pdf_form_find(&r->form, "month") != NULL;

	if (pdf_form_find(&r->form, "date") && !check_date(r, date, with_month))
		return false;
	return fill(r, "date", "--date", arena_printf(&r->arena, "%02d", date.day))
	       && (!with_month
		       || fill(r, "month", "--date", arena_printf(&r->arena, date.month < 3 ? "%02d" : "%d", date.month)));
}

/* ---- what stays blank ---- */

static bool check_blanks(struct revision *r, const struct pdf_field *signed_field, const struct sign_request *request)
{
	bool seals = !strcmp(signed_field->name, SEAL_FIELD);
	bool number = !request->number && order_lacks_number(&r->form);
	bool day = !request->date.year && order_lacks_day(&r->form);

	if (!seals && request->leave_blank)
		return diag_error(r->d, pdf_origin(r->file), "blank",
			"--leave-blank goes with the field seal, and the field %s is signed; sign without --leave-blank", signed_field->name);
	if (!seals || request->leave_blank)
		return true;
	if (number)
		diag_error(r->d, pdf_origin(r->file), "blank",
			"the document's number is blank, and under the seal it stays so for good; give it with --number, or seal a document "
			"that has none with --leave-blank");
	if (day)
		diag_error(r->d, pdf_origin(r->file), "blank",
			"the document's day is blank, and under the seal it stays so for good; give it with --date, or seal a document that "
			"has none with --leave-blank");
	return !number && !day;
}

bool fill_texts(struct revision *r, const struct pdf_field *signed_field, const struct sign_request *request)
{
	bool ok = true;

	if (request->number)
		ok = read_number(r, request->number) && fill_number(r, signed_field);
	ok = (!request->date.year || fill_date(r, request->date)) && ok;
	return check_blanks(r, signed_field, request) && ok;
}
