#include "base/sax.h"
#include "ingest/opc.h"
#include "ingest/xlsxparts.h"

#include <stdlib.h>
#include <string.h>

enum section { SECTION_NONE, SECTION_FORMATS, SECTION_FONTS, SECTION_CELLS };

static const char *const sections[] = {
	[SECTION_FORMATS] = "numFmts",
	[SECTION_FONTS] = "fonts",
	[SECTION_CELLS] = "cellXfs",
};

struct format {
	unsigned long id;
	enum number_format format;
};

/* A cell's format before the others are known. */
struct cell_format {
	unsigned long number;
	unsigned long font;
};

struct reading {
	struct arena *arena;
	unsigned depth;
	enum section section;
	struct format *format;
	size_t n_format;
	size_t cap_format;
	struct legacy_font *font;
	size_t n_font;
	size_t cap_font;
	struct cell_format *cell;
	size_t n_cell;
	size_t cap_cell;
};

static unsigned long number_of(const struct sax_element *e, const char *name)
{
	const char *value = sax_value(e, name);

	return value ? strtoul(value, NULL, 10) : 0;
}

static bool check_count(const struct sax_element *e, size_t n, struct diags *d)
{
	if (n < SHEET_STYLES_MAX)
		return true;
	return diag_error(d, e->at, "limit", "the workbook has more than %d formats or fonts; copy the sheet into a new workbook",
		SHEET_STYLES_MAX);
}

/* An element of a section: <numFmt>, <font>, <xf>. */
static bool take_item(struct reading *r, const struct sax_element *e, struct diags *d)
{
	const char *code = sax_value(e, "formatCode");

	if (r->section == SECTION_FORMATS && !strcmp(e->name, "numFmt") && code) {
		if (!check_count(e, r->n_format, d))
			return false;
		*ARENA_PUSH(r->arena, r->format, r->n_format, &r->cap_format) =
			(struct format){ number_of(e, "numFmtId"), format_of_code(code) };
	} else if (r->section == SECTION_FONTS && !strcmp(e->name, "font")) {
		if (!check_count(e, r->n_font, d))
			return false;
		*ARENA_PUSH(r->arena, r->font, r->n_font, &r->cap_font) = (struct legacy_font){ 0 };
	} else if (r->section == SECTION_CELLS && !strcmp(e->name, "xf")) {
		if (!check_count(e, r->n_cell, d))
			return false;
		*ARENA_PUSH(r->arena, r->cell, r->n_cell, &r->cap_cell) =
			(struct cell_format){ number_of(e, "numFmtId"), number_of(e, "fontId") };
	}
	return true;
}

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct reading *r = ctx;
	const char *name = sax_value(e, "val");

	if (!r->depth++)
		return xlsx_check_root(e, "styleSheet", d);
	if (!xlsx_is_ours(e->space))
		return true;
	if (r->depth == 2) {
		r->section = SECTION_NONE;
		for (size_t i = 1; i < sizeof sections / sizeof *sections; i++)
			if (!strcmp(e->name, sections[i]))
				r->section = (enum section)i;
	}
	if (r->depth == 3)
		return take_item(r, e, d);
	if (r->depth == 4 && r->section == SECTION_FONTS && r->n_font && !strcmp(e->name, "name") && name)
		r->font[r->n_font - 1] = sheet_font_named(name);
	return true;
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct reading *r = ctx;

	(void)name;
	(void)d;
	r->depth--;
	return true;
}

static int compare_formats(const void *left, const void *right)
{
	const struct format *a = left;
	const struct format *b = right;

	return (a->id > b->id) - (a->id < b->id);
}

static enum number_format format_of(const struct reading *r, unsigned long id)
{
	struct format wanted = { .id = id };
	const struct format *found = NULL;

	if (r->n_format)
		found = bsearch(&wanted, r->format, r->n_format, sizeof *r->format, compare_formats);
	if (found)
		return found->format;
	return id < FORMAT_OWN ? format_of_id((unsigned)id) : FORMAT_NUMBER;
}

bool xlsx_styles_read(struct container *c, size_t part, struct arena *a, struct xlsx_styles *styles, struct diags *d)
{
	struct reading r = { .arena = a };
	struct sax_handler handler = { .ctx = &r, .start = on_start, .end = on_end };
	struct xlsx_style *style;

	if (!container_parse(c, part, &handler, d))
		return false;
	if (r.n_format)
		qsort(r.format, r.n_format, sizeof *r.format, compare_formats);
	style = ARENA_ARRAY(a, r.n_cell + 1, struct xlsx_style);
	for (size_t i = 0; i < r.n_cell; i++) {
		style[i].format = format_of(&r, r.cell[i].number);
		if (r.cell[i].font < r.n_font)
			style[i].font = r.font[r.cell[i].font];
	}
	*styles = (struct xlsx_styles){ style, r.n_cell };
	return true;
}
