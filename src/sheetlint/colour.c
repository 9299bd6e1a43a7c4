/* Colours as the file has them, and how well they are told from each other. */
#include "sheetlint/linting.h"

#include "base/colour.h"
#include "base/ratio.h"

#include <math.h>
#include <string.h>

/* The palette of old workbooks (ECMA-376-1, 18.8.27). */
static const uint32_t palette[INDEXED_COLOURS] = {
	0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF,
	0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000, 0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366,
	0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000, 0x008080,
	0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00,
	0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333,
};

/* In the order of theme="0".."11"; those of a workbook without a theme. */
static const struct {
	const char *name;
	uint32_t rgb;
} themes[THEME_COLOURS] = {
	{ "lt1", 0xFFFFFF }, { "dk1", 0x000000 }, { "lt2", 0xEEECE1 }, { "dk2", 0x1F497D }, { "accent1", 0x4F81BD }, { "accent2", 0xC0504D },
	{ "accent3", 0x9BBB59 }, { "accent4", 0x8064A2 }, { "accent5", 0x4BACC6 }, { "accent6", 0xF79646 }, { "hlink", 0x0000FF },
	{ "folHlink", 0x800080 },
};

/* With or without the two digits of how opaque it is. */
static bool read_hex(const char *s, uint32_t *rgb)
{
	size_t n = s ? strlen(s) : 0;

	return (n == 6 && colour_parse(s, rgb)) || (n == 8 && colour_parse(s + 2, rgb));
}

void xl_theme(struct xl *x, const struct xl_node *root)
{
	const struct xl_node *scheme = root;

	for (size_t i = 0; i < THEME_COLOURS; i++)
		x->theme[i] = themes[i].rgb;
	while (scheme && strcmp(scheme->name, "clrScheme") != 0)
		scheme = xl_next(root, scheme);
	for (size_t i = 0; scheme && i < THEME_COLOURS; i++) {
		const struct xl_node *e = xl_child(scheme, themes[i].name);

		if (e && e->child)
			read_hex(xl_value(e->child, !strcmp(e->child->name, "sysClr") ? "lastClr" : "val"), &x->theme[i]);
	}
}

void xl_indexed(struct xl *x, const struct xl_node *colours)
{
	size_t i = 0;

	memcpy(x->indexed, palette, sizeof palette);
	for (const struct xl_node *e = xl_child(xl_child(colours, "indexedColors"), "rgbColor"); e && i < INDEXED_COLOURS;
		e = xl_sibling(e, "rgbColor"))
		read_hex(xl_value(e, "rgb"), &x->indexed[i++]);
}

/* ---- lighter and darker ---- */

static double hue_part(double p, double q, double t)
{
	t -= floor(t);
	if (t < 1.0 / 6)
		return p + (q - p) * 6 * t;
	if (t < 0.5)
		return q;
	return t < 2.0 / 3 ? p + (q - p) * (2.0 / 3 - t) * 6 : p;
}

static uint32_t byte_of(double part)
{
	return (uint32_t)fmin(255, fmax(0, floor(part * 255 + 0.5)));
}

/* ECMA-376-1, 18.8.19: the lightness is changed. */
uint32_t xl_tinted(uint32_t rgb, double tint)
{
	double r = (double)(rgb >> 16 & 255) / 255, g = (double)(rgb >> 8 & 255) / 255, b = (double)(rgb & 255) / 255;
	double most = fmax(r, fmax(g, b)), least = fmin(r, fmin(g, b));
	double light = (most + least) / 2, span = most - least;
	double hue = 0, saturation = 0, p, q;

	tint = fmin(1, fmax(-1, tint));
	if (span > 0) {
		saturation = light > 0.5 ? span / (2 - most - least) : span / (most + least);
		if (most <= r)
			hue = (g - b) / span;
		else
			hue = most <= g ? (b - r) / span + 2 : (r - g) / span + 4;
	}
	light = tint < 0 ? light * (1 + tint) : light * (1 - tint) + tint;
	q = light < 0.5 ? light * (1 + saturation) : light + saturation - light * saturation;
	p = 2 * light - q;
	return byte_of(hue_part(p, q, hue / 6 + 1.0 / 3)) << 16 | byte_of(hue_part(p, q, hue / 6)) << 8
	       | byte_of(hue_part(p, q, hue / 6 - 1.0 / 3));
}

static bool read_tint(const char *s, double *tint)
{
	struct ratio x;

	if (!s || !ratio_parse(s, strlen(s), &x))
		return false;
	*tint = ratio_double(x);
	return true;
}

struct xl_colour xl_colour_of(const struct xl *x, const struct xl_node *e)
{
	struct xl_colour c = { 0 };
	uint32_t theme = xl_number(xl_value(e, "theme"), UINT32_MAX);
	uint32_t indexed = xl_number(xl_value(e, "indexed"), UINT32_MAX);
	double tint;

	if (xl_flag(e, "auto", false))
		return c;
	if (theme < THEME_COLOURS)
		c = (struct xl_colour){ COLOUR_RGB, x->theme[theme] };
	else if (indexed < INDEXED_COLOURS)
		c = (struct xl_colour){ COLOUR_RGB, x->indexed[indexed] };
	else if (read_hex(xl_value(e, "rgb"), &c.rgb))
		c.kind = COLOUR_RGB;
	if (c.kind == COLOUR_RGB && read_tint(xl_value(e, "tint"), &tint))
		c.rgb = xl_tinted(c.rgb, tint);
	return c;
}

uint32_t xl_ink(struct xl_colour c)
{
	return c.kind == COLOUR_RGB ? c.rgb : 0;
}

uint32_t xl_ground(struct xl_colour c)
{
	return c.kind == COLOUR_RGB ? c.rgb : WHITE;
}
