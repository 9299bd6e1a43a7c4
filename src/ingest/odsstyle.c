#include "ingest/odsstyle.h"

#include "ingest/limits.h"

#include <string.h>

enum { STYLES_DEEP = 16 }; /* parents of parents */

struct ods_style {
	const char *parent;
	const char *number;
};

void ods_styles_init(struct ods_styles *s, struct arena *a)
{
	*s = (struct ods_styles){ .arena = a };
	map_init(&s->cell, a);
	map_init(&s->number, a);
}

void ods_styles_clear(struct ods_styles *s)
{
	map_clear(&s->cell);
	map_clear(&s->number);
	s->n = 0;
}

static bool too_many(const struct sax_element *e, struct diags *d)
{
	return diag_error(d, e->at, "limit", "the file has more than %d cell formats; copy the table into a new file", SHEET_STYLES_MAX);
}

static const char *kept(const struct ods_styles *s, const char *text)
{
	return text ? arena_text(s->arena, text) : NULL;
}

bool ods_styles_add(struct ods_styles *s, const struct sax_element *e, struct diags *d)
{
	const char *family = sax_value(e, "family");
	const char *name = sax_value(e, "name");
	size_t unused;

	if (!name || !family || strcmp(family, "table-cell") != 0 || map_find(&s->cell, name, &unused))
		return true;
	if (s->n == SHEET_STYLES_MAX)
		return too_many(e, d);
	map_add(&s->cell, arena_text(s->arena, name), s->n, NULL);
	*ARENA_PUSH(s->arena, s->style, s->n, &s->cap) =
		(struct ods_style){ kept(s, sax_value(e, "parent-style-name")), kept(s, sax_value(e, "data-style-name")) };
	return true;
}

bool ods_styles_add_number(struct ods_styles *s, const struct sax_element *e, struct diags *d)
{
	const char *name = sax_value(e, "name");
	enum cell_kind kind = CELL_NUMBER;
	size_t unused;

	if (!name || map_find(&s->number, name, &unused))
		return true;
	if (s->number.n == SHEET_STYLES_MAX)
		return too_many(e, d);
	if (!strcmp(e->name, "percentage-style"))
		kind = CELL_PERCENT;
	else if (!strcmp(e->name, "date-style"))
		kind = CELL_DATE;
	map_add(&s->number, arena_text(s->arena, name), kind, NULL);
	return true;
}

ods_shown ods_styles_shown(const struct ods_styles *s, const char *name)
{
	size_t i;
	size_t kind;

	for (unsigned n = 0; n < STYLES_DEEP && name && map_find(&s->cell, name, &i); n++) {
		if (s->style[i].number)
			return map_find(&s->number, s->style[i].number, &kind) ? (ods_shown)(kind + 1) : 0;
		name = s->style[i].parent;
		if (!name)
			return CELL_NUMBER + 1;
	}
	return 0;
}
