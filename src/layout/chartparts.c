/* What all charts are put together from. */
#include "layout/chart.h"

#include "base/utf8.h"

#include <string.h>

const uint32_t chart_grid_colour = 0xC8C8C8, chart_axis_colour = 0x404040;

static const struct look looks[] = {
	{ 0x1F4E79, DASH_NONE, SHAPE_DISC },
	{ 0xA8410B, DASH_LONG, SHAPE_SQUARE | SHAPE_HOLLOW },
	{ 0x2E6B31, DASH_DOTS, SHAPE_TRIANGLE },
	{ 0x6A1B7A, DASH_MIXED, SHAPE_DIAMOND | SHAPE_HOLLOW },
	{ 0x404040, DASH_NONE, SHAPE_SQUARE },
	{ 0x8A5A00, DASH_LONG, SHAPE_DISC | SHAPE_HOLLOW },
	{ 0x00606B, DASH_DOTS, SHAPE_DIAMOND },
	{ 0x9C1C4B, DASH_MIXED, SHAPE_TRIANGLE | SHAPE_HOLLOW },
};

const struct look *series_look(size_t series)
{
	return &looks[series % (sizeof looks / sizeof *looks)];
}

/* ---- figures ---- */

const struct grid_cell *point_cell(const struct chart_series *s, size_t point)
{
	size_t row = s->along_row ? s->row : s->row + point;
	size_t column = s->along_row ? s->column + point : s->column;

	return &s->table->cell[row * s->table->n_column + column];
}

bool point_value(struct drawing *d, const struct chart_series *s, size_t point, struct ratio *x)
{
	const struct grid_cell *cell = point_cell(s, point);

	if (cell->state != FIGURE_OK)
		return false;
	*x = cell->x;
	if (ratio_compare(*x, ratio_whole(CHART_VALUE_MAX)) <= 0 && ratio_compare(*x, ratio_whole(-CHART_VALUE_MAX)) >= 0)
		return true;
	d->n_beyond++;
	return false;
}

struct chart_scale series_scale(struct drawing *d, const size_t *point, size_t n_point, int most)
{
	struct ratio low = ratio_whole(0);
	struct ratio high = low;
	bool whole = true;
	struct ratio x;

	for (size_t i = 0; i < d->chart->n_series; i++)
		for (size_t k = 0; k < n_point; k++) {
			if (!point_value(d, &d->chart->series[i], point[k], &x))
				continue;
			low = ratio_compare(x, low) < 0 ? x : low;
			high = ratio_compare(x, high) > 0 ? x : high;
			whole = whole && x.den == 1;
		}
	return scale_of(low, high, whole, most);
}

/* ---- words ---- */

static const double tolerance = 0.01; /* [pt] */

double label_width(const struct drawing *d, const char *s, enum face face)
{
	return fonts_width_pt(d->flow->fonts, face, d->style->text_pt, s);
}

double label_height(const struct drawing *d)
{
	return line_height(d->style->text_pt, 1);
}

double label_drop(const struct drawing *d)
{
	return 0.33 * d->style->text_pt; /* half of a digit's height */
}

/* With a space behind it, so that its neighbour does not become one word with it. */
void put_label(struct drawing *d, const char *s, enum face face, enum setting setting, double x, double baseline)
{
	struct flow *f = d->flow;
	struct measure m = { .left = x, .size_pt = d->style->text_pt, .setting = setting };
	struct line line = { .last = true };
	struct glyphs *glyphs;
	struct text t;

	galley_clear(&f->galley);
	text_put(f, &f->galley, s, face, d->element, &d->at);
	text_put(f, &f->galley, " ", face, d->element, &d->at);
	t = text_end(&f->galley);
	line.end = t.n;
	line.natural = t.whole;
	glyphs = glyphs_new(f, &t);
	line_set(f, &t, &line, &m, 0, baseline, &glyphs);
}

/* The longest part that ends before a word, else before a character. */
const char *fit_label(const struct drawing *d, const char *s, double width)
{
	struct arena *a = d->flow->arena;
	size_t n = strlen(s);
	size_t characters = utf8_length(s, n);

	width += tolerance;
	if (label_width(d, s, FACE_REGULAR) <= width)
		return s;
	for (size_t i = n; i; i--) {
		const char *cut = s[i] == ' ' ? arena_printf(a, "%.*s…", (int)i, s) : NULL;

		if (cut && label_width(d, cut, FACE_REGULAR) <= width)
			return cut;
	}
	while (characters > 1) {
		const char *cut = arena_printf(a, "%.*s…", (int)utf8_cut(s, n, --characters), s);

		if (label_width(d, cut, FACE_REGULAR) <= width)
			return cut;
	}
	return "…";
}

/* ---- lines and boxes ---- */

void chart_line(struct drawing *d, const double from_to[4], double thickness_pt, uint32_t colour, enum dash dash)
{
	*item_new(d->flow) = (struct item){
		.kind = ITEM_LINE,
		.element = d->element,
		.x = (float)from_to[0],
		.y = (float)from_to[1],
		.x2 = (float)from_to[2],
		.y2 = (float)from_to[3],
		.thickness_pt = (float)thickness_pt,
		.colour = colour & 0xFFFFFFU,
		.pattern = (uint8_t)dash,
	};
}

void put_box(struct drawing *d, const double corners[4], uint32_t colour)
{
	*item_new(d->flow) = (struct item){
		.kind = ITEM_BOX,
		.element = d->element,
		.x = (float)corners[0],
		.y = (float)corners[1],
		.x2 = (float)corners[2],
		.y2 = (float)corners[3],
		.colour = colour & 0xFFFFFFU,
	};
}

void put_point(struct drawing *d, double x, double y, const struct look *look)
{
	*item_new(d->flow) = (struct item){
		.kind = ITEM_MARK,
		.element = d->element,
		.x = (float)x,
		.y = (float)y,
		.x2 = (float)x,
		.y2 = (float)y,
		.thickness_pt = (float)d->style->mark_pt,
		.colour = look->colour & 0xFFFFFFU,
		.pattern = (uint8_t)look->shape,
	};
}
