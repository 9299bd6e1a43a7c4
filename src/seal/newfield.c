#include "seal/refs.h"
#include "seal/signing.h"
#include "seal/structure.h"

#include "base/utf8.h"

#include <string.h>

enum { FLAG_PRINT = 4, FLAG_LOCKED = 128, PAGE_DEPTH_MAX = 64 };

/* The object number of the first page; 0 where there is none. */
static uint32_t first_page(const struct revision *r)
{
	const struct pdf_object *node = pdf_find(pdf_catalog(r->view), "Pages");

	for (int depth = 0; depth < PAGE_DEPTH_MAX; depth++) {
		const struct pdf_object *kids = pdf_look(r->view, node, "Kids");

		if (kids->kind != PDF_ARRAY)
			return pdf_name_is(pdf_look(r->view, node, "Type"), "Page") ? reference_number(node) : 0;
		if (!kids->n)
			return 0;
		node = &kids->item[0];
	}
	return 0;
}

/* A list that stands in an object of its own and is this one's alone: two pages may share one, and the form may share a page's. What
 * is appended to such a list would appear in both places, so the one that takes the field gets a list of its own. */
static bool is_own_object(const struct revision *r, const struct pdf_object *list)
{
	return list->kind == PDF_REFERENCE && refs_once(r->file, (uint32_t)list->number);
}

/* In a file that claims PDF/UA, fields come in the order of the structure tree; element_add has asked whether the page says otherwise. */
static void add_to_page(struct revision *r, uint32_t page, uint32_t widget)
{
	const struct pdf_object *dict = pdf_get(r->view, page);
	const struct pdf_object *list = pdf_find(dict, "Annots");
	const struct pdf_object *array = pdf_resolve(r->view, list);
	struct pdf_object more = pdf_appended(
		array->kind == PDF_ARRAY ? *array : pdf_array(NULL, 0, &r->arena), pdf_reference(widget), &r->arena);
	bool own = is_own_object(r, list);
	bool tabs = r->xmp.is_accessible && !pdf_has(dict, "Tabs");
	struct pdf_object changed = tabs ? pdf_with(*dict, "Tabs", pdf_name("S"), &r->arena) : *dict;

	if (own)
		pdf_write_object(&r->writer, (uint32_t)list->number, &more);
	else
		changed = pdf_with(changed, "Annots", more, &r->arena);
	if (tabs || !own)
		pdf_write_object(&r->writer, page, &changed);
}

/* /Fields may be an array of its own. */
static void add_to_form(struct revision *r, uint32_t field)
{
	const struct pdf_object *list = pdf_find(&r->acroform, "Fields");
	const struct pdf_object *array = pdf_resolve(r->view, list);
	struct pdf_object more = pdf_appended(
		array->kind == PDF_ARRAY ? *array : pdf_array(NULL, 0, &r->arena), pdf_reference(field), &r->arena);

	if (is_own_object(r, list))
		pdf_write_object(&r->writer, (uint32_t)list->number, &more);
	else
		revision_set_form(r, "Fields", more);
}

/* Control characters are nobody's name. */
static bool is_plain_text(const char *name, size_t n)
{
	size_t bad;

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)name[i] < ' ')
			return false;
	return utf8_valid(name, n, &bad) && utf8_find_refused(name, n, &(uint32_t){ 0 }) == n;
}

/* Whether fields stand inside of one of that name. */
static bool is_above_others(const struct pdf_form *form, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < form->n_field; i++)
		if (!strncmp(form->field[i].name, name, n) && form->field[i].name[n] == '.')
			return true;
	return false;
}

static bool check_name(struct revision *r, const char *name)
{
	size_t n = strlen(name);

	if (!n || n > SIGN_FIELD_NAME_MAX || !is_plain_text(name, n))
		return diag_error(r->d, pdf_origin(r->file), "field",
			"the name of a new field is a text of 1 to %d bytes in UTF-8; name another one with --field", SIGN_FIELD_NAME_MAX);
	if (strchr(name, '.'))
		return diag_error(r->d, pdf_origin(r->file), "field",
			"a new field cannot be named %s: in a PDF a full stop stands between a field and one inside of it; name it without",
			name);
	if (is_above_others(&r->form, name))
		return diag_error(r->d, pdf_origin(r->file), "field",
			"a new field cannot be named %s: other fields of the file stand inside of one of that name; name it otherwise", name);
	return true;
}

bool field_add(struct revision *r, const char *name, const char *tooltip, struct pdf_field *field)
{
	struct pdf_object box = PDF_ARRAY_OF(&r->arena, pdf_integer(0), pdf_integer(0), pdf_integer(0), pdf_integer(0));
	struct pdf_object *dict = ARENA_NEW(&r->arena, struct pdf_object);
	uint32_t page = first_page(r);

	if (!check_name(r, name))
		return false;
	if (!page)
		return diag_error(r->d, pdf_origin(r->file), "pdf", "the file has no page for a new field");
	*field = (struct pdf_field){ .name = name, .type = PDF_FIELD_SIGNATURE, .value = &pdf_null, .page = page };
	field->number = field->widget_number = pdf_write_number(&r->writer);
	*dict = PDF_DICT_OF(&r->arena, { "FT", pdf_name("Sig") }, { "T", pdf_text(name, &r->arena) },
		{ "TU", pdf_text(tooltip, &r->arena) }, { "Type", pdf_name("Annot") }, { "Subtype", pdf_name("Widget") },
		{ "F", pdf_integer(FLAG_PRINT | FLAG_LOCKED) }, { "P", pdf_reference(page) }, { "Rect", box });
	field->dict = field->widget = dict;
	if (r->xmp.is_accessible && !element_add(r, field))
		return false;
	add_to_page(r, page, field->number);
	add_to_form(r, field->number);
	return true;
}
