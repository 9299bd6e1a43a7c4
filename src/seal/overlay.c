#include "seal/overlay.h"

#include "pdf/content.h"
#include "pdf/stream.h"
#include "seal/structure.h"

/* [pt], and parts of the size of type. */
static const double millionth = 1e-6;
static const double seal_max = 142; /* 50 mm; the largest have 42 */
static const double seal_part = 0.1;
static const double margin = 3; /* of the field, where a line may reach in */
static const double letter_width = 0.45, letter_top = 0.65, letter_bottom = -0.15;

enum { STATES_MAX = 64, FORMS_MAX = 500 };

struct matrix {
	double a, b, c, d, e, f;
};

struct area {
	double left, bottom, right, top;
};

struct state {
	struct matrix space; /* to the page */
	double size, leading;
	bool is_composite; /* two bytes a letter */
};

/* A content stream that waits. */
struct content_of {
	const struct pdf_object *stream, *resources;
	struct matrix space;
};

struct walk {
	struct pdf_view view;
	struct arena *arena;
	struct area field;
	const struct pdf_object *resources;
	struct state state[STATES_MAX];
	size_t depth; /* saved; those beyond STATES_MAX - 1 are counted only */
	struct matrix text, line;
	struct content_of *form; /* [n_form]; the first i_form are done */
	size_t n_form, i_form, cap;
	bool covers;
	struct diags quiet;
};

/* ---- places ---- */

/* First m, then n. */
static struct matrix then(struct matrix m, struct matrix n)
{
	return (struct matrix){ m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d, m.c * n.a + m.d * n.c, m.c * n.b + m.d * n.d,
		m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f };
}

static struct matrix moved(double x, double y)
{
	return (struct matrix){ 1, 0, 0, 1, x, y };
}

static void widen(struct area *a, double x, double y)
{
	a->left = x < a->left ? x : a->left;
	a->right = x > a->right ? x : a->right;
	a->bottom = y < a->bottom ? y : a->bottom;
	a->top = y > a->top ? y : a->top;
}

static bool meet(const struct area *a, const struct area *b)
{
	return a->left < b->right && b->left < a->right && a->bottom < b->top && b->bottom < a->top;
}

/* The box of an area of another space. */
static struct area box_of(struct area a, struct matrix m)
{
	const double corner[][2] = { { a.left, a.bottom }, { a.left, a.top }, { a.right, a.bottom }, { a.right, a.top } };
	struct area box = { 1e30, 1e30, -1e30, -1e30 };

	for (size_t i = 0; i < 4; i++)
		widen(&box, corner[i][0] * m.a + corner[i][1] * m.c + m.e, corner[i][0] * m.b + corner[i][1] * m.d + m.f);
	return box;
}

static void paint(struct walk *w, struct area a, struct matrix m)
{
	struct area box = box_of(a, m);

	w->covers = w->covers || meet(&box, &w->field);
}

static struct area area_of(const struct pdf_field *field)
{
	return (struct area){ (double)field->box[0] * millionth, (double)field->box[1] * millionth, (double)field->box[2] * millionth,
		(double)field->box[3] * millionth };
}

/* ---- operands ---- */

static bool number_of(const struct pdf_object *o, double *value)
{
	int64_t millionths;

	if (!pdf_millionths(o, &millionths))
		return false;
	*value = (double)millionths * millionth;
	return true;
}

static bool numbers(const struct pdf_operation *op, double *value, size_t n)
{
	bool ok = op->n == n;

	for (size_t i = 0; ok && i < n; i++)
		ok = number_of(&op->operand[i], &value[i]);
	return ok;
}

static bool matrix_of(struct pdf_view view, const struct pdf_object *list, struct matrix *m)
{
	double v[6];

	if (list->kind != PDF_ARRAY || list->n != 6)
		return false;
	for (size_t i = 0; i < 6; i++)
		if (!number_of(pdf_item(view, list, i), &v[i]))
			return false;
	*m = (struct matrix){ v[0], v[1], v[2], v[3], v[4], v[5] };
	return true;
}

static const struct pdf_object *named(struct walk *w, const char *category, const struct pdf_object *name)
{
	const char *key = name->kind == PDF_NAME ? arena_slice(w->arena, name->text, name->n) : "";

	return pdf_look(w->view, pdf_look(w->view, w->resources, category), key);
}

static struct state *now(struct walk *w)
{
	return &w->state[w->depth < STATES_MAX ? w->depth : STATES_MAX - 1];
}

/* ---- operators ---- */

static void take_save(struct walk *w, const struct pdf_operation *op)
{
	(void)op;
	if (++w->depth < STATES_MAX)
		w->state[w->depth] = w->state[w->depth - 1];
}

static void take_restore(struct walk *w, const struct pdf_operation *op)
{
	(void)op;
	w->depth -= w->depth > 0;
}

static void take_space(struct walk *w, const struct pdf_operation *op)
{
	double v[6];

	if (numbers(op, v, 6))
		now(w)->space = then((struct matrix){ v[0], v[1], v[2], v[3], v[4], v[5] }, now(w)->space);
}

static void take_begin(struct walk *w, const struct pdf_operation *op)
{
	(void)op;
	w->text = w->line = moved(0, 0);
}

static void take_font(struct walk *w, const struct pdf_operation *op)
{
	if (op->n != 2 || !number_of(&op->operand[1], &now(w)->size))
		return;
	now(w)->is_composite = pdf_name_is(pdf_look(w->view, named(w, "Font", &op->operand[0]), "Subtype"), "Type0");
}

static void take_leading(struct walk *w, const struct pdf_operation *op)
{
	numbers(op, &now(w)->leading, 1);
}

static void move_line(struct walk *w, double x, double y)
{
	w->text = w->line = then(moved(x, y), w->line);
}

static void take_move(struct walk *w, const struct pdf_operation *op)
{
	double v[2];

	if (!numbers(op, v, 2))
		return;
	if (pdf_operation_is(op, "TD"))
		now(w)->leading = -v[1];
	move_line(w, v[0], v[1]);
}

static void take_matrix(struct walk *w, const struct pdf_operation *op)
{
	double v[6];

	if (numbers(op, v, 6))
		w->text = w->line = (struct matrix){ v[0], v[1], v[2], v[3], v[4], v[5] };
}

static void take_next(struct walk *w, const struct pdf_operation *op)
{
	(void)op;
	move_line(w, 0, -now(w)->leading);
}

static void show(struct walk *w, const struct pdf_object *o)
{
	const struct state *s = now(w);
	double width = 0;

	if (o->kind == PDF_STRING && o->n) {
		width = letter_width * s->size * (double)(s->is_composite ? o->n / 2 : o->n);
		paint(w, (struct area){ 0, letter_bottom * s->size, width, letter_top * s->size }, then(w->text, s->space));
	} else if (number_of(o, &width)) {
		width = -width / 1000 * s->size;
	}
	w->text = then(moved(width, 0), w->text);
}

static void take_show(struct walk *w, const struct pdf_operation *op)
{
	const struct pdf_object *o = op->n ? &op->operand[op->n - 1] : &pdf_null;

	if (o->kind == PDF_STRING)
		show(w, o);
	for (uint32_t i = 0; o->kind == PDF_ARRAY && i < o->n; i++)
		show(w, &o->item[i]);
}

static void take_next_show(struct walk *w, const struct pdf_operation *op)
{
	take_next(w, op);
	take_show(w, op);
}

static void take_picture(struct walk *w, const struct pdf_operation *op)
{
	(void)op;
	paint(w, (struct area){ 0, 0, 1, 1 }, now(w)->space);
}

static void take_xobject(struct walk *w, const struct pdf_operation *op)
{
	const struct pdf_object *o = named(w, "XObject", op->n ? &op->operand[0] : &pdf_null);
	const struct pdf_object *own = pdf_look(w->view, o, "Resources");
	struct matrix m = moved(0, 0);

	if (!pdf_name_is(pdf_look(w->view, o, "Subtype"), "Form")) {
		take_picture(w, op);
		return;
	}
	if (w->n_form == FORMS_MAX) {
		w->covers = true;
		return;
	}
	matrix_of(w->view, pdf_look(w->view, o, "Matrix"), &m);
	*ARENA_PUSH(w->arena, w->form, w->n_form, &w->cap) =
		(struct content_of){ o, own->kind == PDF_DICT ? own : w->resources, then(m, now(w)->space) };
}

static const struct {
	const char *name;
	void (*take)(struct walk *, const struct pdf_operation *);
} operators[] = {
	{ "q", take_save }, { "Q", take_restore }, { "cm", take_space }, { "BT", take_begin }, { "Tf", take_font }, { "TL", take_leading },
	{ "Td", take_move }, { "TD", take_move }, { "Tm", take_matrix }, { "T*", take_next }, { "Tj", take_show }, { "TJ", take_show },
	{ "'", take_next_show }, { "\"", take_next_show }, { "BI", take_picture }, { "Do", take_xobject },
};

/* ---- contents ---- */

static void walk_bytes(struct walk *w, struct bytes bytes)
{
	struct pdf_content *content = pdf_content_open(bytes, pdf_shown(w->view.file), w->arena);
	struct pdf_operation op;
	bool done = false;

	while (!w->covers && !done) {
		if (!pdf_content_next(content, &op, &done, &w->quiet))
			w->covers = true;
		for (size_t i = 0; !w->covers && !done && i < sizeof operators / sizeof *operators; i++)
			if (pdf_operation_is(&op, operators[i].name))
				operators[i].take(w, &op);
	}
}

static void begin(struct walk *w, const struct pdf_object *resources, struct matrix space)
{
	w->resources = resources;
	w->depth = 0;
	w->state[0] = (struct state){ .space = space };
	w->text = w->line = moved(0, 0);
}

static void walk_stream(struct walk *w, const struct pdf_object *stream)
{
	struct bytes bytes;

	if (stream->kind != PDF_STREAM || !pdf_stream_data(w->view, stream, w->arena, &bytes, &w->quiet))
		w->covers = true;
	else
		walk_bytes(w, bytes);
}

/* A page's streams go on where the one before ended. */
static void walk_page(struct walk *w, const struct overlay_page *on)
{
	const struct pdf_object *contents = pdf_look(w->view, on->page, "Contents");

	begin(w, on->resources, moved(0, 0));
	if (contents->kind == PDF_STREAM)
		walk_stream(w, contents);
	for (uint32_t i = 0; contents->kind == PDF_ARRAY && i < contents->n && !w->covers; i++)
		walk_stream(w, pdf_item(w->view, contents, i));
	while (w->i_form < w->n_form && !w->covers) {
		struct content_of form = w->form[w->i_form++];

		begin(w, form.resources, form.space);
		walk_stream(w, form.stream);
	}
}

/* ---- the page of a field ---- */

static bool has_annotation(struct pdf_view view, const struct pdf_object *page, uint32_t number)
{
	const struct pdf_object *list = pdf_look(view, page, "Annots");

	for (uint32_t i = 0; number && list->kind == PDF_ARRAY && i < list->n; i++)
		if (reference_number(&list->item[i]) == number)
			return true;
	return false;
}

/* A node of the page tree, and the resources that it has from those above. */
struct node {
	const struct pdf_object *reference, *resources;
};

void overlay_find(struct pdf_view view, const struct pdf_field *field, struct arena *a, struct overlay_page *on)
{
	size_t left = pdf_revision(view.file, view.revision)->size; /* a tree has no more nodes than there are objects */
	struct node *waiting = NULL;
	size_t n = 0;
	size_t cap = 0;
	size_t n_page = 0;

	*on = (struct overlay_page){ 0 };
	if (!pdf_field_width(field) || !pdf_field_height(field))
		return;
	*ARENA_PUSH(a, waiting, n, &cap) = (struct node){ pdf_find(pdf_catalog(view), "Pages"), &pdf_null };
	while (n && left--) {
		struct node node = waiting[--n];
		const struct pdf_object *dict = pdf_resolve(view, node.reference);
		const struct pdf_object *kids = pdf_look(view, dict, "Kids");

		if (pdf_has(dict, "Resources"))
			node.resources = pdf_look(view, dict, "Resources");
		for (uint32_t i = kids->kind == PDF_ARRAY ? kids->n : 0; i > 0 && n <= left; i--)
			*ARENA_PUSH(a, waiting, n, &cap) = (struct node){ &kids->item[i - 1], node.resources };
		n_page += kids->kind != PDF_ARRAY;
		if (kids->kind == PDF_ARRAY || !has_annotation(view, dict, field->widget_number))
			continue;
		*on = (struct overlay_page){ n_page, dict, node.resources };
		return;
	}
}

/* ---- */

static bool covers_texts(struct pdf_view view, const struct pdf_form *form, const struct area *field, const struct overlay_page *on)
{
	for (size_t i = 0; i < form->n_field; i++) {
		const struct pdf_field *text = &form->field[i];
		struct area area = area_of(text);

		if (text->type == PDF_FIELD_TEXT && pdf_field_is_filled(text) && meet(&area, field)
			&& has_annotation(view, on->page, text->widget_number))
			return true;
	}
	return false;
}

bool overlay_covers(struct pdf_view view, const struct pdf_form *form, const struct pdf_field *field, const struct overlay_page *on,
	struct arena *a)
{
	struct walk *w = ARENA_NEW(a, struct walk);
	struct area area = area_of(field);

	*w = (struct walk){ .view = view, .arena = a, .quiet = { .quiet = true } };
	w->field = (struct area){ area.left + margin, area.bottom + margin, area.right - margin, area.top - margin };
	w->covers = covers_texts(view, form, &w->field, on);
	if (!w->covers)
		walk_page(w, on);
	diags_clear(&w->quiet);
	return w->covers;
}

bool overlay_is_seal(const struct pdf_field *seal, const struct pdf_field *signature)
{
	struct area a = area_of(seal);
	struct area b = area_of(signature);
	double wide = (a.right < b.right ? a.right : b.right) - (a.left > b.left ? a.left : b.left);
	double high = (a.top < b.top ? a.top : b.top) - (a.bottom > b.bottom ? a.bottom : b.bottom);

	return a.right - a.left <= seal_max && a.top - a.bottom <= seal_max && wide > 0 && high > 0
	       && wide * high >= seal_part * (b.right - b.left) * (b.top - b.bottom);
}
