#include "ingest/ssmlstyles.h"

#include "ingest/limits.h"
#include "ingest/sheetfonts.h"

#include <string.h>

static const char base_style[] = "Default";

/* Formats have names besides codes. */
static enum number_format format_of(const char *code)
{
	static const struct {
		const char *name;
		enum number_format format;
	} named[] = {
		{ "Percent", FORMAT_PERCENT },
		{ "General Date", FORMAT_DAY },
		{ "Long Date", FORMAT_DAY },
		{ "Medium Date", FORMAT_DAY },
		{ "Short Date", FORMAT_DAY },
		{ "Long Time", FORMAT_DAY },
		{ "Medium Time", FORMAT_DAY },
		{ "Short Time", FORMAT_DAY },
		{ "General Number", FORMAT_NUMBER },
		{ "Currency", FORMAT_NUMBER },
		{ "Euro Currency", FORMAT_NUMBER },
		{ "Fixed", FORMAT_NUMBER },
		{ "Standard", FORMAT_NUMBER },
		{ "Scientific", FORMAT_NUMBER },
		{ "Yes/No", FORMAT_NUMBER },
		{ "True/False", FORMAT_NUMBER },
		{ "On/Off", FORMAT_NUMBER },
	};

	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (!strcmp(named[i].name, code))
			return named[i].format;
	return format_of_code(code);
}

void ssml_styles_init(struct ssml_styles *s, struct arena *a)
{
	*s = (struct ssml_styles){ .arena = a };
	map_init(&s->ids, a);
}

void ssml_styles_clear(struct ssml_styles *s)
{
	s->n = s->n_text = 0;
	s->has_old = false;
	map_clear(&s->ids);
}

bool ssml_styles_add(struct ssml_styles *s, const struct sax_element *e, struct diags *d)
{
	const char *id = sax_value(e, "ID");
	const char *parent = sax_value(e, "Parent");

	if (s->n == SHEET_STYLES_MAX)
		return diag_error(d, e->at, "limit", "the file has more than %d cell formats; copy the table into a new file",
			SHEET_STYLES_MAX);
	s->n_text += (id ? strlen(id) : 0) + (parent ? strlen(parent) : 0);
	if (s->n_text > SHEET_STYLES_TEXT_MAX)
		return diag_error(d, e->at, "limit", "the names of the cell formats have more than %d bytes; copy the table into a new file",
			SHEET_STYLES_TEXT_MAX);
	id = arena_text(s->arena, id ? id : "");
	if (map_add(&s->ids, id, s->n, NULL) && !parent && strcmp(id, base_style) != 0)
		parent = base_style;
	*ARENA_PUSH(s->arena, s->style, s->n, &s->cap) =
		(struct ssml_style){ .parent = parent ? arena_text(s->arena, parent) : NULL };
	return true;
}

void ssml_styles_set_format(struct ssml_styles *s, const struct sax_element *e)
{
	const char *format = sax_value(e, "Format");
	struct ssml_look *look = &s->style[s->n - 1].look;

	look->has_format = true;
	look->format = format ? format_of(format) : FORMAT_NUMBER;
}

void ssml_styles_set_font(struct ssml_styles *s, const struct sax_element *e)
{
	const char *name = sax_value(e, "FontName");
	struct ssml_look *look;

	if (!name)
		return;
	look = &s->style[s->n - 1].look;
	look->has_font = true;
	look->font = sheet_font_named(name);
	s->has_old = s->has_old || look->font.charset;
}

struct ssml_look ssml_styles_look(const struct ssml_styles *s, const char *id)
{
	struct ssml_look look = { .format = FORMAT_NUMBER };
	size_t i;

	id = id ? id : base_style;
	for (unsigned n = 0; n < SHEET_STYLES_DEEP && id && map_find(&s->ids, id, &i); n++) {
		const struct ssml_style *style = &s->style[i];

		if (!look.has_format && style->look.has_format)
			look.format = style->look.format;
		if (!look.has_font && style->look.has_font)
			look.font = style->look.font;
		look.has_format = look.has_format || style->look.has_format;
		look.has_font = look.has_font || style->look.has_font;
		id = style->parent;
	}
	look.has_format = true;
	return look;
}
