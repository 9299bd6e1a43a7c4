/* Content: each operator of pages, forms, patterns and appearances; what it uses, and whether it is marked. */
#include "pdf/linting.h"

#include <stdlib.h>
#include <string.h>

enum { Q_MAX = 28, GLYPH_SPACES = 1 };

enum mark { MARK_OTHER, MARK_ARTIFACT, MARK_TAGGED };

struct content {
	struct lint_use use;
	uint32_t page; /* index, NO_PAGE: a form */
	struct lint_font *font;
	struct lint_font **saved; /* by q */
	size_t n_saved, cap_saved;
	uint8_t *mark; /* open ones */
	size_t n_mark, cap_mark;
	size_t n_artifact, n_tagged; /* of those */
	bool in_text;
	bool is_untagged; /* was said */
	bool too_deep;	  /* was said */
};

static void found(struct content *c, enum lint_rule rule, const struct pdf_operation *op)
{
	lint_found(c->use.lint, rule, c->use.place, "%.*s", (int)op->n_name, op->name);
}

static const struct pdf_object *operand(const struct pdf_operation *op, size_t i)
{
	return i < op->n ? &op->operand[i] : &pdf_null;
}

/* ---- state ---- */

static void take_save(struct content *c, const struct pdf_operation *op)
{
	*ARENA_PUSH(&c->use.lint->arena, c->saved, c->n_saved, &c->cap_saved) = c->font;
	if (c->n_saved > Q_MAX && !c->too_deep)
		found(c, LINT_LIMITS, op);
	c->too_deep = c->too_deep || c->n_saved > Q_MAX;
}

static void take_restore(struct content *c, const struct pdf_operation *op)
{
	if (!c->n_saved)
		found(c, LINT_Q, op);
	else
		c->font = c->saved[--c->n_saved];
}

static void take_begin_text(struct content *c, const struct pdf_operation *op)
{
	if (c->in_text)
		found(c, LINT_TEXT_OBJECT, op);
	c->in_text = true;
}

static void take_end_text(struct content *c, const struct pdf_operation *op)
{
	if (!c->in_text)
		found(c, LINT_TEXT_OBJECT, op);
	c->in_text = false;
}

static void take_font(struct content *c, const struct pdf_operation *op)
{
	c->font = lint_use_font(&c->use, operand(op, 0));
}

static void take_gstate(struct content *c, const struct pdf_operation *op)
{
	lint_use_gstate(&c->use, operand(op, 0));
}

static void take_intent(struct content *c, const struct pdf_operation *op)
{
	lint_intent(&c->use, operand(op, 0));
}

/* ---- colour ---- */

static void take_space(struct content *c, const struct pdf_operation *op)
{
	lint_use_colour(&c->use, operand(op, 0));
}

static void take_device(struct content *c, const struct pdf_operation *op)
{
	lint_use_device(&c->use, op->n == 1 ? DEVICE_GRAY : op->n == 3 ? DEVICE_RGB : DEVICE_CMYK);
}

static void take_colour(struct content *c, const struct pdf_operation *op)
{
	const struct pdf_object *last = op->n ? &op->operand[op->n - 1] : &pdf_null;
	const struct pdf_object *pattern;

	if (last->kind != PDF_NAME)
		return;
	pattern = lint_resource(&c->use, "Pattern", last);
	lint_add_form(c->use.lint, pattern);
	if (pdf_has(pdf_resolve(c->use.lint->view, pattern), "Shading"))
		lint_use_colour(&c->use, pdf_find(lint_look(c->use.lint, pdf_resolve(c->use.lint->view, pattern), "Shading"), "ColorSpace"));
}

/* ---- painting ---- */

static void painted(struct content *c, const struct pdf_operation *op)
{
	if (c->page == NO_PAGE || c->n_artifact || c->n_tagged || c->is_untagged)
		return;
	c->is_untagged = true;
	found(c, LINT_UNTAGGED, op);
}

static void take_paint(struct content *c, const struct pdf_operation *op)
{
	painted(c, op);
}

static void take_xobject(struct content *c, const struct pdf_operation *op)
{
	painted(c, op);
	lint_use_xobject(&c->use, operand(op, 0));
}

static void take_shading(struct content *c, const struct pdf_operation *op)
{
	const struct pdf_object *shading = lint_resource(&c->use, "Shading", operand(op, 0));

	painted(c, op);
	lint_use_colour(&c->use, pdf_find(pdf_resolve(c->use.lint->view, shading), "ColorSpace"));
}

static const struct pdf_object *either(const struct pdf_object *dict, const char *key, const char *short_key)
{
	return pdf_has(dict, key) ? pdf_find(dict, key) : pdf_find(dict, short_key);
}

/* Filters that inline images may have, none of which needs a decoder of pictures. */
static bool is_plain_filter(const struct pdf_object *filter)
{
	static const char *const known[] = { "AHx", "ASCIIHexDecode", "A85", "ASCII85Decode", "Fl", "FlateDecode", "RL", "RunLengthDecode" };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (pdf_name_is(filter, known[i]))
			return true;
	return false;
}

static void check_inline_filter(struct content *c, const struct pdf_object *filter)
{
	bool many = filter->kind == PDF_ARRAY;

	for (uint32_t i = 0; filter->kind != PDF_NULL && i < (many ? filter->n : 1); i++)
		if (!is_plain_filter(many ? &filter->item[i] : filter))
			lint_found(c->use.lint, LINT_STREAM_FILTER, c->use.place, "BI /F %s", lint_text(c->use.lint, filter));
}

static void take_inline(struct content *c, const struct pdf_operation *op)
{
	const struct pdf_object *dict = operand(op, 0);
	const struct pdf_object *smooth = either(dict, "Interpolate", "I");
	const struct pdf_object *mask = either(dict, "ImageMask", "IM");

	painted(c, op);
	if (smooth->kind == PDF_BOOL && smooth->truth)
		found(c, LINT_INTERPOLATE, op);
	check_inline_filter(c, either(dict, "Filter", "F"));
	if (!(mask->kind == PDF_BOOL && mask->truth))
		lint_use_colour(&c->use, either(dict, "ColorSpace", "CS"));
}

/* ---- text ---- */

static void show(struct content *c, const struct pdf_object *string)
{
	struct lint_font *font = c->font;
	size_t step = font && font->is_composite ? 2 : 1;

	for (size_t i = 0; font && i + step <= string->n; i += step) {
		unsigned code = (unsigned char)string->text[i];

		if (step == 2)
			code = code << 8 | (unsigned char)string->text[i + 1];
		font->used[code / 8] = (uint8_t)(font->used[code / 8] | 1u << code % 8);
	}
	if (string->n % step)
		lint_found(c->use.lint, LINT_FONT_ENCODING, c->use.place, "%s", lint_text(c->use.lint, string));
}

static void take_show(struct content *c, const struct pdf_operation *op)
{
	const struct pdf_object *o = op->n ? &op->operand[op->n - 1] : &pdf_null;

	painted(c, op);
	if (!c->in_text)
		found(c, LINT_TEXT_OBJECT, op);
	if (!c->font)
		found(c, LINT_RESOURCE, op);
	if (o->kind == PDF_STRING)
		show(c, o);
	for (uint32_t i = 0; o->kind == PDF_ARRAY && i < o->n; i++)
		if (o->item[i].kind == PDF_STRING)
			show(c, &o->item[i]);
}

/* ---- marks ---- */

static const struct pdf_object *properties_of(struct content *c, const struct pdf_operation *op)
{
	const struct pdf_object *o = operand(op, 1);

	if (op->n != 2)
		return &pdf_null;
	if (o->kind == PDF_NAME)
		o = pdf_resolve(c->use.lint->view, lint_resource(&c->use, "Properties", o));
	if (o->kind != PDF_DICT)
		found(c, LINT_MARK_PROPERTIES, op);
	return o;
}

static void check_properties(struct content *c, const struct pdf_object *properties)
{
	static const char *const texts[] = { "ActualText", "Alt", "E" };
	struct lint *l = c->use.lint;
	const struct pdf_object *lang = lint_look(l, properties, "Lang");

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const struct pdf_object *o = lint_look(l, properties, texts[i]);

		if (o->kind != PDF_NULL && !lint_text_valid(l, o))
			lint_found(l, LINT_MARK_PROPERTIES, c->use.place, "/%s %s", texts[i], lint_text(l, o));
	}
	if (lang->kind != PDF_NULL && !lint_language(lang))
		lint_found(l, LINT_MARK_PROPERTIES, c->use.place, "/Lang %s", lint_text(l, lang));
}

static void take_mcid(struct content *c, const struct pdf_object *mcid)
{
	struct lint *l = c->use.lint;

	if (c->page == NO_PAGE)
		lint_found(l, LINT_MCID_FORM, c->use.place, "/MCID %s", lint_text(l, mcid));
	else if (mcid->kind != PDF_INTEGER || mcid->number < 0 || mcid->number > INT32_MAX)
		lint_found(l, LINT_MARK_PROPERTIES, c->use.place, "/MCID %s", lint_text(l, mcid));
	else
		*ARENA_PUSH(&l->arena, l->shown, l->n_shown, &l->cap_shown) =
			(struct lint_mark){ .page = c->page, .mcid = (uint32_t)mcid->number };
}

static void take_mark(struct content *c, const struct pdf_operation *op)
{
	const struct pdf_object *properties = properties_of(c, op);
	const struct pdf_object *mcid = lint_look(c->use.lint, properties, "MCID");
	enum mark mark = pdf_name_is(operand(op, 0), "Artifact") ? MARK_ARTIFACT : mcid->kind != PDF_NULL ? MARK_TAGGED : MARK_OTHER;

	if ((mark == MARK_ARTIFACT && (c->n_tagged || c->page == NO_PAGE)) || (mark == MARK_TAGGED && c->n_artifact))
		found(c, LINT_ARTIFACT, op);
	check_properties(c, properties);
	if (mcid->kind != PDF_NULL)
		take_mcid(c, mcid);
	c->n_artifact += mark == MARK_ARTIFACT;
	c->n_tagged += mark == MARK_TAGGED;
	*ARENA_PUSH(&c->use.lint->arena, c->mark, c->n_mark, &c->cap_mark) = (uint8_t)mark;
}

static void take_end_mark(struct content *c, const struct pdf_operation *op)
{
	enum mark mark;

	if (!c->n_mark) {
		found(c, LINT_MARK_BALANCE, op);
		return;
	}
	mark = (enum mark)c->mark[--c->n_mark];
	c->n_artifact -= mark == MARK_ARTIFACT;
	c->n_tagged -= mark == MARK_TAGGED;
}

/* ---- operators ---- */

static void take_nothing(struct content *c, const struct pdf_operation *op)
{
	(void)c;
	(void)op;
}

enum { ANY = 99 };

static const struct {
	const char *name;
	size_t n; /* operands */
	void (*take)(struct content *, const struct pdf_operation *);
} operators[] = {
	{ "Tj", 1, take_show }, { "TJ", 1, take_show }, { "'", 1, take_show }, { "\"", 3, take_show }, { "Tf", 2, take_font },
	{ "Td", 2, take_nothing }, { "l", 2, take_nothing }, { "m", 2, take_nothing }, { "Tm", 6, take_nothing },
	{ "BDC", 2, take_mark }, { "EMC", 0, take_end_mark }, { "BMC", 1, take_mark }, { "BT", 0, take_begin_text },
	{ "ET", 0, take_end_text }, { "q", 0, take_save }, { "Q", 0, take_restore }, { "cm", 6, take_nothing }, { "w", 1, take_nothing },
	{ "J", 1, take_nothing }, { "j", 1, take_nothing }, { "M", 1, take_nothing }, { "d", 2, take_nothing }, { "ri", 1, take_intent },
	{ "i", 1, take_nothing }, { "gs", 1, take_gstate }, { "c", 6, take_nothing }, { "v", 4, take_nothing }, { "y", 4, take_nothing },
	{ "h", 0, take_nothing }, { "re", 4, take_nothing }, { "S", 0, take_paint }, { "s", 0, take_paint }, { "f", 0, take_paint },
	{ "F", 0, take_paint }, { "f*", 0, take_paint }, { "B", 0, take_paint }, { "B*", 0, take_paint }, { "b", 0, take_paint },
	{ "b*", 0, take_paint }, { "n", 0, take_nothing }, { "W", 0, take_nothing }, { "W*", 0, take_nothing }, { "Tc", 1, take_nothing },
	{ "Tw", 1, take_nothing }, { "Tz", 1, take_nothing }, { "TL", 1, take_nothing }, { "Tr", 1, take_nothing },
	{ "Ts", 1, take_nothing }, { "TD", 2, take_nothing }, { "T*", 0, take_nothing }, { "d0", 2, take_nothing },
	{ "d1", 6, take_nothing }, { "CS", 1, take_space }, { "cs", 1, take_space }, { "SC", ANY, take_colour }, { "SCN", ANY, take_colour },
	{ "sc", ANY, take_colour }, { "scn", ANY, take_colour }, { "G", 1, take_device }, { "g", 1, take_device }, { "RG", 3, take_device },
	{ "rg", 3, take_device }, { "K", 4, take_device }, { "k", 4, take_device }, { "sh", 1, take_shading }, { "BI", 1, take_inline },
	{ "Do", 1, take_xobject }, { "MP", 1, take_nothing }, { "DP", 2, take_nothing }, { "BX", 0, take_nothing }, { "EX", 0, take_nothing },
};

static void take(struct content *c, const struct pdf_operation *op)
{
	for (size_t i = 0; i < op->n; i++)
		lint_limits(c->use.lint, c->use.place, &op->operand[i]);
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		if (!pdf_operation_is(op, operators[i].name))
			continue;
		if (operators[i].n != ANY && operators[i].n != op->n)
			break;
		operators[i].take(c, op);
		return;
	}
	found(c, LINT_OPERATOR, op);
}

void lint_walk(struct lint_use use, uint32_t page, struct bytes data)
{
	struct content content = { .use = use, .page = page };
	struct content *c = &content;
	struct lint *l = use.lint;
	struct arena a = { 0 };
	struct pdf_content *reading = pdf_content_open(data, pdf_shown(l->file), &a);
	struct pdf_operation op;
	bool done = false;

	while (pdf_content_next(reading, &op, &done, l->d) && !done && !diags_are_full(l->d, pdf_shown(l->file)))
		take(c, &op);
	if (done && c->n_saved)
		lint_found(l, LINT_Q, c->use.place, "%zu q", c->n_saved);
	if (done && c->in_text)
		lint_found(l, LINT_TEXT_OBJECT, c->use.place, "BT");
	if (done && c->n_mark)
		lint_found(l, LINT_MARK_BALANCE, c->use.place, "%zu BDC", c->n_mark);
	arena_clear(&a);
}
