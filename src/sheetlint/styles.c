/* Fonts, fills, formats, and what conditional formats change. */
#include "sheetlint/linting.h"

#include "base/ratio.h"

#include <string.h>

enum { NO_INDEX = UINT32_MAX, SIZE_UNIT = 100, PLAIN_SIZE = 11 * SIZE_UNIT };

/* [1/100 pt] */
static unsigned read_size(const char *s, unsigned otherwise)
{
	struct ratio x;

	if (!s || !ratio_parse(s, strlen(s), &x) || x.num < 0 || x.num / x.den > 1000)
		return otherwise;
	return (unsigned)(ratio_double(x) * SIZE_UNIT + 0.5);
}

static bool is_on(const struct xl_node *font, const char *name)
{
	const struct xl_node *e = xl_child(font, name);

	return e && xl_flag(e, "val", true);
}

static struct xl_font read_font(const struct xl *x, const struct xl_node *e)
{
	const char *raised = xl_value(xl_child(e, "vertAlign"), "val");
	const char *name = xl_value(xl_child(e, "name"), "val");
	const struct xl_node *colour = xl_child(e, "color");

	return (struct xl_font){
		.name = name ? name : "",
		.size = read_size(xl_value(xl_child(e, "sz"), "val"), PLAIN_SIZE),
		.colour = colour ? xl_colour_of(x, colour) : (struct xl_colour){ 0 },
		.bold = is_on(e, "b"),
		.italic = is_on(e, "i"),
		.raised = raised && strcmp(raised, "baseline") != 0,
		.is_roman = xl_number(xl_value(xl_child(e, "family"), "val"), 0) == 1,
	};
}

static struct xl_fill read_gradient(const struct xl *x, const struct xl_node *e)
{
	struct xl_fill fill = { 0 };

	for (const struct xl_node *stop = xl_child(e, "stop"); stop; stop = xl_sibling(stop, "stop"))
		if (xl_child(stop, "color"))
			fill.ground[fill.n < GROUNDS ? fill.n++ : GROUNDS - 1] = xl_colour_of(x, xl_child(stop, "color"));
	return fill;
}

/* A plain fill has its colour in the front; that of a conditional format, which need not say that it is plain, behind. */
static struct xl_fill read_fill(const struct xl *x, const struct xl_node *e, bool is_dxf)
{
	const struct xl_node *pattern = xl_child(e, "patternFill");
	const struct xl_node *front = xl_child(pattern, "fgColor");
	const struct xl_node *back = xl_child(pattern, "bgColor");
	const char *type = xl_value(pattern, "patternType");

	if (xl_child(e, "gradientFill"))
		return read_gradient(x, xl_child(e, "gradientFill"));
	if (!pattern || (type && !strcmp(type, "none")) || (!type && !is_dxf))
		return (struct xl_fill){ 0 };
	if (is_dxf && (!type || !strcmp(type, "solid")) && (back || front))
		return (struct xl_fill){ .ground[0] = xl_colour_of(x, back ? back : front), .n = 1 };
	if (type && !strcmp(type, "solid"))
		return (struct xl_fill){ .ground[0] = front ? xl_colour_of(x, front) : (struct xl_colour){ 0 }, .n = front != NULL };
	return (struct xl_fill){ .ground = { front ? xl_colour_of(x, front) : (struct xl_colour){ COLOUR_RGB, 0 },
					 back ? xl_colour_of(x, back) : (struct xl_colour){ 0 } },
		.n = 2 };
}

/* What formats are read with. */
struct lists {
	struct xl *x;
	size_t n_border, n_parent;
	struct map code; /* numFmtId -> index */
	const struct xl_node **number;
	size_t n_number, cap_number;
};

static void read_codes(struct lists *l, const struct xl_node *list)
{
	map_init(&l->code, &l->x->arena);
	for (const struct xl_node *e = xl_child(list, "numFmt"); e; e = xl_sibling(e, "numFmt"))
		if (xl_value(e, "numFmtId")) {
			map_add(&l->code, xl_value(e, "numFmtId"), l->n_number, NULL);
			*ARENA_PUSH(&l->x->arena, l->number, l->n_number, &l->cap_number) = e;
		}
}

static const char *number_code(const struct lists *l, const char *id)
{
	size_t i;

	return id && map_find(&l->code, id, &i) ? xl_value(l->number[i], "formatCode") : NULL;
}

static void check_index(struct xl *x, const struct xl_node *e, const char *name, size_t n)
{
	const char *value = xl_value(e, name);

	if (value && xl_number(value, NO_INDEX) >= n)
		xl_found(x, XL_STYLE, XL_FILE, "a cell format has %s=\"%s\", but there are only %zu", name, xl_show(x, value), n);
}

static struct xl_format read_format(const struct lists *l, const struct xl_node *e)
{
	struct xl *x = l->x;
	const struct xl_node *alignment = xl_child(e, "alignment");
	const char *rotation = xl_value(alignment, "textRotation");

	check_index(x, e, "fontId", x->n_font);
	check_index(x, e, "fillId", x->n_fill);
	check_index(x, e, "borderId", l->n_border);
	check_index(x, e, "xfId", l->n_parent);
	return (struct xl_format){
		.font = xl_number(xl_value(e, "fontId"), 0),
		.fill = xl_number(xl_value(e, "fillId"), 0),
		.wrap = xl_flag(alignment, "wrapText", false),
		.rotated = rotation && strcmp(rotation, "0") != 0,
		.unlocked = !xl_flag(xl_child(e, "protection"), "locked", true),
		.inks = xl_inks_of(number_code(l, xl_value(e, "numFmtId"))),
	};
}

static struct xl_dxf read_dxf(const struct xl *x, const struct xl_node *e)
{
	const struct xl_node *colour = xl_child(xl_child(e, "font"), "color");
	struct xl_dxf dxf = { .has_colour = colour };

	if (colour)
		dxf.colour = xl_colour_of(x, colour);
	if (xl_child(e, "fill"))
		dxf.fill = read_fill(x, xl_child(e, "fill"), true);
	return dxf;
}

#define READ_LIST(list, element, array, n, type, read) \
	do { \
		(array) = ARENA_ARRAY(&x->arena, xl_count((list), (element)) + 1, type); \
		for (const struct xl_node *e = xl_child((list), (element)); e; e = xl_sibling(e, (element))) \
			(array)[(n)++] = (read); \
	} while (0)

static void read_lists(struct xl *x, const struct xl_node *root)
{
	struct lists l = {
		.x = x, .n_border = xl_count(xl_child(root, "borders"), "border"), .n_parent = xl_count(xl_child(root, "cellStyleXfs"), "xf")
	};

	read_codes(&l, xl_child(root, "numFmts"));
	READ_LIST(xl_child(root, "fonts"), "font", x->font, x->n_font, struct xl_font, read_font(x, e));
	READ_LIST(xl_child(root, "fills"), "fill", x->fill, x->n_fill, struct xl_fill, read_fill(x, e, false));
	READ_LIST(xl_child(root, "dxfs"), "dxf", x->dxf, x->n_dxf, struct xl_dxf, read_dxf(x, e));
	READ_LIST(xl_child(root, "cellXfs"), "xf", x->format, x->n_format, struct xl_format, read_format(&l, e));
}

bool xl_styles(struct xl *x)
{
	const struct opc_relation *theme = opc_by_type(&x->relations, "theme");
	const struct opc_relation *styles = opc_by_type(&x->relations, "styles");
	struct xl_tree tree = { 0 };

	if (theme && theme->inside && !xl_tree_read(x, theme->part, &tree))
		return false;
	xl_theme(x, tree.root);
	if (!styles || !styles->inside) {
		xl_indexed(x, NULL);
		return true;
	}
	if (!xl_tree_read(x, styles->part, &x->styles))
		return false;
	xl_indexed(x, xl_child(x->styles.root, "colors"));
	read_lists(x, x->styles.root);
	return true;
}

static const struct xl_font no_font = { .name = "", .size = PLAIN_SIZE };
static const struct xl_fill no_fill = { 0 };
static const struct xl_format no_format = { 0 };

const struct xl_format *xl_format(const struct xl *x, uint32_t style)
{
	return style < x->n_format ? &x->format[style] : &no_format;
}

const struct xl_font *xl_font(const struct xl *x, uint32_t style)
{
	uint32_t i = xl_format(x, style)->font;

	return i < x->n_font ? &x->font[i] : &no_font;
}

const struct xl_fill *xl_fill(const struct xl *x, uint32_t style)
{
	uint32_t i = xl_format(x, style)->fill;

	return i < x->n_fill ? &x->fill[i] : &no_fill;
}
