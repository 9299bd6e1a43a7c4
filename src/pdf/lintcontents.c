/* Which content there is: of pages, then of the forms, patterns and appearances that were met. */
#include "pdf/linting.h"

/* None is no content. */
static bool read_contents(const struct lint_use *use, const struct pdf_object *contents, struct arena *a, struct bytes *data)
{
	struct lint *l = use->lint;
	bool ok = true;

	*data = (struct bytes){ "", 0 };
	for (uint32_t i = 0; contents->kind == PDF_ARRAY && i < contents->n; i++)
		if (pdf_item(l->view, contents, i)->kind != PDF_STREAM) {
			lint_found(l, LINT_RESOURCE, use->place, "/Contents %s", lint_text(l, &contents->item[i]));
			ok = false;
		}
	if (contents->kind != PDF_STREAM && contents->kind != PDF_ARRAY)
		return true;
	return ok && pdf_streams_data(l->view, contents, a, data, l->d);
}

static void walk_one(const struct lint_use *use, const struct pdf_object *contents, uint32_t page)
{
	struct arena a = { 0 };
	struct bytes data;

	if (read_contents(use, contents, &a, &data))
		lint_walk(*use, page, data);
	arena_clear(&a);
}

static void use_group(const struct lint_use *u, const struct pdf_object *object)
{
	const struct pdf_object *space = pdf_find(lint_look(u->lint, object, "Group"), "CS");

	if (space->kind != PDF_NULL)
		lint_use_colour(u, space);
}

static void walk_page(struct lint *l, size_t i)
{
	const struct lint_use use = { .lint = l, .place = LINT_PAGE(i), .resources = l->page[i].resources };

	use_group(&use, l->page[i].object);
	walk_one(&use, lint_look(l, l->page[i].object, "Contents"), (uint32_t)i);
}

static void walk_form(struct lint *l, const struct lint_form *form)
{
	const struct lint_use use = {
		.lint = l,
		.place = LINT_AT(form->number),
		.resources = lint_look(l, form->object, "Resources"),
	};

	use_group(&use, form->object);
	walk_one(&use, form->object, NO_PAGE);
}

/* Fonts that fields are filled in with. */
static void use_form_fonts(struct lint *l)
{
	const struct pdf_object *form = lint_look(l, pdf_catalog(l->view), "AcroForm");
	const struct pdf_object *fonts = lint_look(l, lint_look(l, form, "DR"), "Font");

	for (uint32_t i = 0; fonts->kind == PDF_DICT && i < fonts->n; i++)
		lint_font_of(l, &fonts->entry[i].value);
}

void lint_contents(struct lint *l)
{
	for (size_t i = 0; i < l->n_page; i++)
		walk_page(l, i);
	for (size_t i = 0; i < l->n_form; i++) {
		struct lint_form form = l->form[i];

		walk_form(l, &form);
	}
	use_form_fonts(l);
}
