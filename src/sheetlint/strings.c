/* The shared texts, with the colours of their runs. */
#include "sheetlint/linting.h"

#include "base/buf.h"

#include <string.h>

struct reading {
	struct xl *x;
	struct buf text;
	struct arena *arena;
	size_t depth;
	size_t phonetic; /* depth of an element whose text is not shown; 0: none */
	bool in_text;
	struct xl_string now;
	size_t cap_colour;
};

static bool begin_string(struct reading *r, const struct sax_element *e, struct diags *d)
{
	if (r->x->n_string == STRINGS_MAX)
		return diag_error(d, e->at, "limit", "the workbook has more than %d different texts; divide it", STRINGS_MAX);
	r->text.n = 0;
	r->now = (struct xl_string){ 0 };
	r->cap_colour = 0;
	return true;
}

static void take_colour(struct xl *x, struct xl_string *string, struct xl_colour colour, size_t *cap_colour)
{
	for (size_t i = 0; i < string->n_colour; i++)
		if (string->colour[i].kind == colour.kind && string->colour[i].rgb == colour.rgb)
			return;
	if (string->n_colour < XL_COLOURS_MAX)
		*ARENA_PUSH(&x->arena, string->colour, string->n_colour, cap_colour) = colour;
}

void xl_take_run(struct xl *x, const struct sax_element *e, struct xl_string *string, size_t *cap_colour)
{
	const struct xl_node colour = { .attribute = e->attribute, .n_attribute = e->n_attribute };
	const char *value = sax_value(e, "val");

	if (!strcmp(e->name, "color"))
		take_colour(x, string, xl_colour_of(x, &colour), cap_colour);
	else if (!strcmp(e->name, "vertAlign") && value && strcmp(value, "baseline") != 0)
		string->raised = true;
}

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct reading *r = ctx;

	r->depth++;
	if (r->depth == 2 && !begin_string(r, e, d))
		return false;
	if (!strcmp(e->name, "rPh") && !r->phonetic)
		r->phonetic = r->depth;
	r->in_text = r->depth > 2 && !strcmp(e->name, "t") && !r->phonetic;
	if (r->depth > 2)
		xl_take_run(r->x, e, &r->now, &r->cap_colour);
	return true;
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct reading *r = ctx;

	(void)name;
	(void)d;
	r->in_text = false;
	if (r->phonetic == r->depth)
		r->phonetic = 0;
	if (r->depth-- == 2) {
		r->now.text = arena_slice(r->arena, r->text.text ? r->text.text : "", r->text.n);
		r->now.n = r->text.n;
		*ARENA_PUSH(r->arena, r->x->string, r->x->n_string, &r->x->cap_string) = r->now;
	}
	return true;
}

static bool on_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct reading *r = ctx;

	if (!r->in_text)
		return true;
	buf_put(&r->text, s, n);
	return xl_keep(r->x, n, at, d);
}

bool xl_strings(struct xl *x)
{
	struct reading r = { .x = x, .arena = &x->arena };
	struct sax_handler handler = { .ctx = &r, .start = on_start, .end = on_end, .text = on_text };
	const struct opc_relation *relation = opc_by_type(&x->relations, "sharedStrings");
	bool ok = !relation || !relation->inside || container_parse(x->container, relation->part, &handler, x->d);

	buf_clear(&r.text);
	x->n_shared = x->n_string;
	return ok;
}
