#include "ingest/odsstyle.h"

#include "base/utf8.h"
#include "ingest/limits.h"
#include "ingest/sheetfonts.h"

#include <string.h>

enum {
	FAMILY_MAX = 63,  /* [bytes] of a font's name that are looked at */
};

/* The one of cells of which nothing else is said, and as that is named which stands below it. */
static const char base_style[] = "Default";
static const char default_style[] = "";

struct ods_style {
	const char *parent;
	const char *number;
	bool has_font; /* else it is the parent's */
	struct legacy_font font;
};

void ods_styles_init(struct ods_styles *s, struct arena *a)
{
	*s = (struct ods_styles){ .arena = a };
	map_init(&s->cell, a);
	map_init(&s->span, a);
	map_init(&s->face, a);
	map_init(&s->number, a);
	map_init(&s->marked, a);
}

void ods_styles_clear(struct ods_styles *s)
{
	map_clear(&s->cell);
	map_clear(&s->span);
	map_clear(&s->face);
	map_clear(&s->number);
	map_clear(&s->marked);
	s->last_number = NULL;
	s->n = s->n_font = s->open = s->n_text = 0;
	s->charset = LEGACY_NONE;
}

static bool too_many(const struct sax_element *e, struct diags *d)
{
	return diag_error(d, e->at, "limit", "the file has more than %d cell formats; copy the table into a new file", SHEET_STYLES_MAX);
}

/* NULL stays NULL. */
bool ods_styles_keep(struct ods_styles *s, const char **name, const struct sax_element *e, struct diags *d)
{
	if (!*name)
		return true;
	s->n_text += strlen(*name);
	if (s->n_text > SHEET_STYLES_TEXT_MAX)
		return diag_error(d, e->at, "limit", "the names of the cell formats have more than %d bytes; copy the table into a new file",
			SHEET_STYLES_TEXT_MAX);
	*name = arena_text(s->arena, *name);
	return true;
}

bool ods_styles_add(struct ods_styles *s, const struct sax_element *e, struct diags *d)
{
	const char *family = sax_value(e, "family");
	const char *name = !strcmp(e->name, "default-style") ? default_style : sax_value(e, "name");
	bool is_cell = family && !strcmp(family, "table-cell");
	struct map *styles = is_cell ? &s->cell : &s->span;
	struct ods_style style = { .parent = sax_value(e, "parent-style-name"), .number = sax_value(e, "data-style-name") };
	size_t unused;

	s->open = s->n;
	if (!name || !family || (!is_cell && strcmp(family, "text") != 0) || map_find(styles, name, &unused))
		return true;
	if (s->n == SHEET_STYLES_MAX)
		return too_many(e, d);
	if (!ods_styles_keep(s, &name, e, d) || !ods_styles_keep(s, &style.parent, e, d) || !ods_styles_keep(s, &style.number, e, d))
		return false;
	map_add(styles, name, s->n, NULL);
	*ARENA_PUSH(s->arena, s->style, s->n, &s->cap) = style;
	return true;
}

/* ---- fonts ---- */

/* The first of a list like "'.VnTime', serif". */
static struct legacy_font family_font(const char *list)
{
	char name[FAMILY_MAX + 1];
	size_t n;

	list += strspn(list, " \t\r\n'\"");
	n = strcspn(list, ",'\"");
	n = n < FAMILY_MAX ? n : FAMILY_MAX;
	memcpy(name, list, n);
	name[n] = '\0';
	return sheet_font_named(name);
}

bool ods_styles_add_face(struct ods_styles *s, const struct sax_element *e, struct diags *d)
{
	const char *name = sax_value(e, "name");
	const char *family = sax_value(e, "font-family");
	size_t unused;

	if (!name || map_find(&s->face, name, &unused))
		return true;
	if (s->n_font == SHEET_FONTS_MAX)
		return too_many(e, d);
	if (!ods_styles_keep(s, &name, e, d))
		return false;
	map_add(&s->face, name, s->n_font, NULL);
	*ARENA_PUSH(s->arena, s->font, s->n_font, &s->cap_font) = family_font(family ? family : name);
	return true;
}

void ods_styles_set_font(struct ods_styles *s, const struct sax_element *e)
{
	const char *name = sax_value(e, "font-name");
	const char *family = sax_value(e, "font-family");
	struct legacy_font font;
	size_t i;

	if (s->open == s->n || (!name && !family))
		return;
	if (name && map_find(&s->face, name, &i))
		font = s->font[i];
	else
		font = family_font(family ? family : name);
	s->style[s->open].has_font = true;
	s->style[s->open].font = font;
	s->charset = s->charset ? s->charset : font.charset;
}

static bool find_font(const struct ods_styles *s, const struct map *styles, const char *name, struct legacy_font *font)
{
	size_t i;

	for (unsigned n = 0; n < SHEET_STYLES_DEEP && name && map_find(styles, name, &i); n++) {
		if (s->style[i].has_font) {
			*font = s->style[i].font;
			return true;
		}
		name = s->style[i].parent;
	}
	return false;
}

struct legacy_font ods_styles_font(const struct ods_styles *s, const char *name)
{
	struct legacy_font font = { 0 };

	if (s->charset && !find_font(s, &s->cell, name ? name : base_style, &font))
		find_font(s, &s->cell, default_style, &font);
	return font;
}

bool ods_styles_span(const struct ods_styles *s, const char *name, struct legacy_font *font)
{
	return find_font(s, &s->span, name, font);
}

/* ---- numbers ---- */

bool ods_styles_add_number(struct ods_styles *s, const struct sax_element *e, struct diags *d)
{
	const char *name = sax_value(e, "name");
	enum number_format format = FORMAT_NUMBER;
	size_t unused;

	s->last_number = NULL;
	if (!name || map_find(&s->number, name, &unused))
		return true;
	if (s->number.n == SHEET_STYLES_MAX)
		return too_many(e, d);
	if (!strcmp(e->name, "percentage-style"))
		format = FORMAT_PERCENT;
	else if (!strcmp(e->name, "date-style"))
		format = FORMAT_DAY;
	else if (!strcmp(e->name, "time-style"))
		format = FORMAT_DURATION;
	if (!ods_styles_keep(s, &name, e, d))
		return false;
	s->last_number = name;
	map_add(&s->number, name, format, NULL);
	return true;
}

void ods_styles_number_text(struct ods_styles *s, const char *text, size_t n)
{
	utf8_trim(&text, &n);
	if (s->last_number && n == 1 && *text == '%')
		map_add(&s->marked, s->last_number, 0, NULL);
}

static ods_shown shown_of(const struct ods_styles *s, const char *number)
{
	size_t format;

	if (!map_find(&s->number, number, &format))
		return 0;
	if (format == FORMAT_NUMBER && map_find(&s->marked, number, NULL))
		format = FORMAT_MARKED;
	return (ods_shown)(format + 1);
}

ods_shown ods_styles_shown(const struct ods_styles *s, const char *name)
{
	size_t i;

	for (unsigned n = 0; n < SHEET_STYLES_DEEP && name && map_find(&s->cell, name, &i); n++) {
		if (s->style[i].number)
			return shown_of(s, s->style[i].number);
		name = s->style[i].parent;
		if (!name)
			return FORMAT_NUMBER + 1;
	}
	return 0;
}
