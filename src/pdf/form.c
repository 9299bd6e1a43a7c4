#include "pdf/form.h"

#include <string.h>

/* [millionths of a point] farther out there is no page. */
#define PLACE_MAX INT64_C(1000000000000)

/* A node of the tree that waits. */
struct waiting {
	const struct pdf_object *dict;
	uint32_t number;
	const char *name;  /* of those above */
	const char *type;  /* inherited */
	int64_t flags;
	unsigned depth;
};

struct walk {
	struct pdf_view view;
	struct arena *arena;
	struct pdf_form *form;
	struct waiting *waiting; /* [n], the next one last */
	size_t n, cap;
	size_t cap_field;
	bool *met; /* [n_met] by object number */
	uint32_t n_met;
	size_t n_seen;
	struct diags *d;
};

static bool wrong(struct walk *w, const char *what)
{
	return diag_error(w->d, pdf_origin(w->view.file), "form", "%s; a damaged form is neither signed nor judged", diag_say(w->d, what));
}

const char *pdf_field_name_text(const struct pdf_object *text, struct arena *a)
{
	return text->kind == PDF_STRING && text->n <= 2 * PDF_FIELD_NAME_MAX + 2 ? pdf_text_utf8(text, a) : NULL;
}

static bool join_name(struct walk *w, const char *above, const struct pdf_object *dict, const char **name)
{
	const struct pdf_object *part = pdf_look(w->view, dict, "T");
	const char *own = pdf_field_name_text(part, w->arena);
	size_t n = strlen(above) + (own ? strlen(own) : part->kind == PDF_STRING ? part->n : 0);

	*name = above;
	if (n > PDF_FIELD_NAME_MAX)
		return wrong(w, "the name of a form field has more than 1024 bytes");
	if (own)
		*name = *above ? arena_printf(w->arena, "%s.%s", above, own) : own;
	return true;
}

static const char *type_of(struct walk *w, const struct waiting *node)
{
	const struct pdf_object *type = pdf_look(w->view, node->dict, "FT");

	if (type->kind != PDF_NAME)
		return node->type;
	return pdf_name_is(type, "Sig") ? "Sig" : pdf_name_is(type, "Tx") ? "Tx" : "";
}

static int64_t flags_of(struct walk *w, const struct waiting *node)
{
	const struct pdf_object *flags = pdf_look(w->view, node->dict, "Ff");

	return flags->kind == PDF_INTEGER ? flags->number : node->flags;
}

/* A kid without a name of its own is a widget. */
static bool has_fields_below(struct walk *w, const struct pdf_object *kids)
{
	for (uint32_t i = 0; i < kids->n; i++)
		if (pdf_has(pdf_item(w->view, kids, i), "T"))
			return true;
	return false;
}

static uint32_t reference_number(const struct pdf_object *value)
{
	return value->kind == PDF_REFERENCE ? (uint32_t)value->number : 0;
}

/* A box may name any two corners that lie across from each other. */
static void put_in_order(int64_t *low, int64_t *high)
{
	int64_t swap = *low;

	if (*low <= *high)
		return;
	*low = *high;
	*high = swap;
}

static void read_widget(struct walk *w, struct pdf_field *field)
{
	const struct pdf_object *box = pdf_look(w->view, field->widget, "Rect");

	field->page = reference_number(pdf_find(field->widget, "P"));
	for (size_t i = 0; i < 4; i++)
		if (!pdf_millionths(pdf_item(w->view, box, i), &field->box[i]) || field->box[i] > PLACE_MAX || field->box[i] < -PLACE_MAX)
			field->box[i] = 0;
	put_in_order(&field->box[0], &field->box[2]);
	put_in_order(&field->box[1], &field->box[3]);
}

static void add_field(struct walk *w, const struct waiting *node, const char *name, const struct pdf_object *kids)
{
	const struct pdf_object *value = pdf_find(node->dict, "V");
	const char *type = type_of(w, node);
	struct pdf_field *field = ARENA_PUSH(w->arena, w->form->field, w->form->n_field, &w->cap_field);

	*field = (struct pdf_field){
		.name = name,
		.type = !strcmp(type, "Sig") ? PDF_FIELD_SIGNATURE : !strcmp(type, "Tx") ? PDF_FIELD_TEXT : PDF_FIELD_OTHER,
		.number = node->number,
		.dict = node->dict,
		.value = pdf_resolve(w->view, value),
		.value_number = reference_number(value),
		.widget = node->dict,
		.widget_number = node->number,
		.flags = flags_of(w, node),
	};
	if (kids->n) {
		field->widget = pdf_item(w->view, kids, 0);
		field->widget_number = reference_number(&kids->item[0]);
	}
	read_widget(w, field);
}

static bool push(struct walk *w, const struct pdf_object *reference, const struct waiting *above, const char *name)
{
	struct waiting node = { .dict = pdf_resolve(w->view, reference), .number = reference_number(reference), .name = name };

	if (node.number && node.number < w->n_met && w->met[node.number])
		return wrong(w, "a form field stands in the form twice");
	if (node.number && node.number < w->n_met)
		w->met[node.number] = true;
	if (node.dict->kind != PDF_DICT)
		return wrong(w, "a form field is no dictionary");
	if (++w->n_seen > PDF_FIELDS_MAX)
		return wrong(w, "the form has too many fields");
	if (above) {
		node.type = type_of(w, above);
		node.flags = flags_of(w, above);
		node.depth = above->depth + 1;
	} else {
		node.type = "";
	}
	if (node.depth > PDF_FIELD_DEPTH_MAX)
		return wrong(w, "form fields are nested too deep");
	*ARENA_PUSH(w->arena, w->waiting, w->n, &w->cap) = node;
	return true;
}

/* The last item first, so that the first one is taken next. */
static bool push_all(struct walk *w, const struct pdf_object *list, const struct waiting *above, const char *name)
{
	if (list->kind != PDF_ARRAY && list->kind != PDF_NULL)
		return wrong(w, "the fields of the form are no list");
	for (uint32_t i = list->kind == PDF_ARRAY ? list->n : 0; i; i--)
		if (!push(w, &list->item[i - 1], above, name))
			return false;
	return true;
}

static bool visit(struct walk *w, struct waiting node)
{
	const struct pdf_object *kids = pdf_look(w->view, node.dict, "Kids");
	const char *name;

	if (!join_name(w, node.name, node.dict, &name))
		return false;
	if (kids->kind != PDF_ARRAY)
		kids = &pdf_null;
	if (kids->n && has_fields_below(w, kids))
		return push_all(w, kids, &node, name);
	add_field(w, &node, name, kids);
	return true;
}

bool pdf_form_read(struct pdf_view view, struct arena *a, struct pdf_form *form, struct diags *d)
{
	struct arena tmp = { 0 };
	struct walk w = { .view = view, .arena = a, .form = form, .d = d };
	const struct pdf_object *dict = pdf_find(pdf_catalog(view), "AcroForm");
	bool ok;

	*form = (struct pdf_form){ .dict = pdf_resolve(view, dict), .number = reference_number(dict) };
	w.n_met = pdf_revision(view.file, view.revision)->size;
	w.met = ARENA_ARRAY(&tmp, w.n_met, bool);
	ok = push_all(&w, pdf_look(view, form->dict, "Fields"), NULL, "");
	while (ok && w.n)
		ok = visit(&w, w.waiting[--w.n]);
	arena_clear(&tmp);
	return ok;
}

const struct pdf_field *pdf_form_find(const struct pdf_form *form, const char *name)
{
	for (size_t i = 0; i < form->n_field; i++)
		if (!strcmp(form->field[i].name, name))
			return &form->field[i];
	return NULL;
}

bool pdf_field_is_filled(const struct pdf_field *field)
{
	return field->value->kind != PDF_NULL && !(field->value->kind == PDF_STRING && !field->value->n);
}

bool pdf_field_is_timestamp(struct pdf_view view, const struct pdf_field *field)
{
	return field->type == PDF_FIELD_SIGNATURE && pdf_name_is(pdf_look(view, field->value, "Type"), "DocTimeStamp");
}

int64_t pdf_field_width(const struct pdf_field *field)
{
	return field->box[2] - field->box[0];
}

int64_t pdf_field_height(const struct pdf_field *field)
{
	return field->box[3] - field->box[1];
}
