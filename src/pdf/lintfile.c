/* The bytes of the file, and its catalog. */
#include "pdf/linting.h"

#include <string.h>

/* ---- bytes ---- */

static void check_header(struct lint *l)
{
	struct bytes b = pdf_bytes(l->file);
	bool ok = b.n > 16 && memcmp(b.data, "%PDF-1.", 7) == 0 && b.data[7] >= '0' && b.data[7] <= '7';
	size_t at = 8;

	if (ok && b.data[at] == '\r')
		at++;
	if (ok && b.data[at] == '\n')
		at++;
	ok = ok && at > 8 && b.data[at] == '%';
	for (size_t i = 1; ok && i <= 4; i++)
		ok = (unsigned char)b.data[at + i] > 127;
	if (!ok)
		lint_found(l, LINT_HEADER, LINT_FILE, "%.8s", b.n > 8 ? arena_slice(&l->arena, b.data, 8) : "");
}

static void check_id(struct lint *l)
{
	const struct pdf_object *id = lint_look(l, pdf_trailer(l->view), "ID");
	bool ok = id->kind == PDF_ARRAY && id->n == 2;

	for (size_t i = 0; ok && i < 2; i++)
		ok = pdf_item(l->view, id, i)->kind == PDF_STRING && pdf_item(l->view, id, i)->n > 0;
	if (!ok)
		lint_found(l, LINT_ID, LINT_FILE, "/ID %s", lint_text(l, id));
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static size_t skip_digits(struct bytes b, size_t at)
{
	while (at < b.n && b.data[at] >= '0' && b.data[at] <= '9')
		at++;
	return at;
}

/* "12 0 obj" and "endobj", each on a line of its own. */
static bool is_plain(struct bytes b, const struct pdf_written *w)
{
	size_t at = skip_digits(b, w->from);

	if (w->from && !is_line_end(b.data[w->from - 1]))
		return false;
	if (at >= b.n || b.data[at] != ' ')
		return false;
	at = skip_digits(b, at + 1);
	if (b.n - at < 5 || memcmp(b.data + at, " obj", 4) != 0 || !is_line_end(b.data[at + 4]))
		return false;
	return w->to > at + 11 && is_line_end(b.data[w->to - 7]) && w->to < b.n && is_line_end(b.data[w->to]);
}

void lint_bytes(struct lint *l)
{
	struct bytes b = pdf_bytes(l->file);

	check_header(l);
	check_id(l);
	for (uint32_t i = 1; i < l->n_object; i++) {
		const struct pdf_written *w = pdf_written(l->view, i);
		const struct pdf_raw *raw = w && w->value.kind == PDF_STREAM ? w->value.raw : NULL;

		if (!w || w->state != PDF_AT)
			continue;
		if (!is_plain(b, w))
			lint_found(l, LINT_OBJECT_SYNTAX, LINT_AT(i), "%.24s",
				arena_slice(&l->arena, b.data + w->from, w->to - w->from < 24 ? w->to - w->from : 24));
		if (raw && !is_line_end(raw->data[raw->n]))
			lint_found(l, LINT_STREAM_END, LINT_AT(i), "%.9s", arena_slice(&l->arena, raw->data + raw->n, 9));
	}
}

/* ---- the catalog ---- */

static void check_form(struct lint *l)
{
	const struct pdf_object *form = lint_look(l, pdf_catalog(l->view), "AcroForm");
	const struct pdf_object *need = lint_look(l, form, "NeedAppearances");

	if (pdf_has(form, "XFA"))
		lint_found(l, LINT_XFA, LINT_FILE, "/XFA %s", lint_text(l, pdf_find(form, "XFA")));
	if (pdf_has(pdf_catalog(l->view), "NeedsRendering"))
		lint_found(l, LINT_XFA, LINT_FILE, "/NeedsRendering");
	if (need->kind != PDF_NULL && !(need->kind == PDF_BOOL && !need->truth))
		lint_found(l, LINT_NEED_APPEARANCES, LINT_FILE, "/NeedAppearances %s", lint_text(l, need));
}

static bool shows_page(struct lint *l, const struct pdf_object *open)
{
	return open->kind == PDF_NULL || open->kind == PDF_ARRAY || pdf_name_is(lint_look(l, open, "S"), "GoTo");
}

static void check_marks(struct lint *l)
{
	const struct pdf_object *info = lint_look(l, pdf_catalog(l->view), "MarkInfo");
	const struct pdf_object *marked = lint_look(l, info, "Marked");
	const struct pdf_object *suspects = lint_look(l, info, "Suspects");

	if (marked->kind != PDF_BOOL || !marked->truth || (suspects->kind == PDF_BOOL && suspects->truth))
		lint_found(l, LINT_MARKED, LINT_FILE, "/Marked %s/Suspects %s", lint_text(l, marked), lint_text(l, suspects));
}

enum { CONFIGS_MAX = 64, ORDER_MAX = 1 << 16, ORDER_DEEP = 32 };

static void layers_wrong(struct lint *l, const char *what, const struct pdf_object *o)
{
	lint_found(l, LINT_LAYERS, LINT_FILE, "/%s %s", what, lint_text(l, o));
}

static size_t find_layer(const struct pdf_object *layers, const struct pdf_object *reference)
{
	size_t i = 0;

	while (i < layers->n && !pdf_same(&layers->item[i], reference))
		i++;
	return i;
}

/* What is still to be looked at of an array of layers. */
struct order {
	const struct pdf_object *array;
	uint32_t next;
};

/* All layers are in the order, if there is one; few enough that it can be searched for each. */
static bool has_all(struct lint *l, const struct pdf_object *layers, const struct pdf_object *order)
{
	struct order stack[ORDER_DEEP] = { { order, 0 } };
	bool *met = ARENA_ARRAY(&l->arena, layers->n, bool);
	size_t n_met = 0;
	size_t deep = 1;

	for (size_t steps = 0; deep && steps < ORDER_MAX; steps++) {
		struct order *top = &stack[deep - 1];
		const struct pdf_object *o = top->next < top->array->n ? &top->array->item[top->next++] : NULL;
		size_t i = o ? find_layer(layers, o) : layers->n;

		if (i < layers->n && !met[i])
			n_met++;
		if (i < layers->n)
			met[i] = true;
		if (!o)
			deep--;
		else if (pdf_resolve(l->view, o)->kind == PDF_ARRAY && deep < ORDER_DEEP)
			stack[deep++] = (struct order){ pdf_resolve(l->view, o), 0 };
	}
	return n_met == layers->n;
}

static void check_config(struct lint *l, const struct pdf_object *layers, const struct pdf_object *config)
{
	const struct pdf_object *name = lint_look(l, config, "Name");
	const struct pdf_object *order = lint_look(l, config, "Order");

	if (name->kind != PDF_STRING || !name->n)
		layers_wrong(l, "Name", name);
	if (pdf_has(config, "AS"))
		layers_wrong(l, "AS", pdf_find(config, "AS"));
	if (order->kind != PDF_NULL && (order->kind != PDF_ARRAY || !has_all(l, layers, order)))
		layers_wrong(l, "Order", order);
}

static const struct pdf_object *config_at(struct lint *l, const struct pdf_object *all, uint32_t i)
{
	return i ? pdf_item(l->view, lint_look(l, all, "Configs"), i - 1) : lint_look(l, all, "D");
}

static void check_layers(struct lint *l)
{
	const struct pdf_object *all = lint_look(l, pdf_catalog(l->view), "OCProperties");
	const struct pdf_object *layers = lint_look(l, all, "OCGs");
	const struct pdf_object *configs = lint_look(l, all, "Configs");
	uint32_t n = configs->kind == PDF_ARRAY ? configs->n + 1 : 1;

	if (all->kind == PDF_NULL)
		return;
	if (layers->kind != PDF_ARRAY || layers->n > CONFIGS_MAX || n > CONFIGS_MAX) {
		lint_found(l, LINT_LAYERS, LINT_FILE, "/OCGs %s/Configs %u", lint_text(l, layers), n - 1);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		check_config(l, layers, config_at(l, all, i));
		for (uint32_t k = 0; k < i; k++)
			if (pdf_same(lint_look(l, config_at(l, all, k), "Name"), lint_look(l, config_at(l, all, i), "Name")))
				layers_wrong(l, "Name", lint_look(l, config_at(l, all, i), "Name"));
	}
}

static void check_perms(struct lint *l)
{
	const struct pdf_object *perms = lint_look(l, pdf_catalog(l->view), "Perms");

	for (uint32_t i = 0; lint_is_dict(perms) && i < perms->n; i++)
		if (!pdf_key_is(&perms->entry[i], "DocMDP") && !pdf_key_is(&perms->entry[i], "UR3"))
			lint_found(l, LINT_PERMS, LINT_FILE, "/%.*s", (int)perms->entry[i].n_key, perms->entry[i].key);
}

void lint_catalog(struct lint *l)
{
	const struct pdf_object *catalog = pdf_catalog(l->view);
	const struct pdf_object *open = lint_look(l, catalog, "OpenAction");
	const struct pdf_object *title = lint_look(l, lint_look(l, catalog, "ViewerPreferences"), "DisplayDocTitle");
	const struct pdf_object *lang = lint_look(l, catalog, "Lang");

	check_form(l);
	check_marks(l);
	check_layers(l);
	check_perms(l);
	if (!shows_page(l, open))
		lint_found(l, LINT_OPEN_ACTION, LINT_FILE, "/OpenAction %s", lint_text(l, lint_look(l, open, "S")));
	if (!lint_language(lang))
		lint_found(l, LINT_LANG, LINT_FILE, "/Lang %s", lint_text(l, lang));
	if (title->kind != PDF_BOOL || !title->truth)
		lint_found(l, LINT_DISPLAY_TITLE, LINT_FILE, "/DisplayDocTitle %s", lint_text(l, title));
	if (!lint_is_dict(lint_look(l, catalog, "StructTreeRoot")))
		lint_found(l, LINT_STRUCT_ROOT, LINT_FILE, "/StructTreeRoot %s", lint_text(l, pdf_find(catalog, "StructTreeRoot")));
}
