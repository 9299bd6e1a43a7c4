/* A line for each series over the points of an axis, such as months. */
#include "layout/chart.h"

#include <string.h>

enum { STEPS_MOST = 6 };

/* [pt] */
static const double tick_gap = 4;	/* from the numbers of an axis to it */
static const double sample_length = 22; /* of a line in the legend */
static const double sample_gap = 3;
static const double entry_gap = 10;
static const double name_drop = 1.5; /* further, from an axis to the names below it */
static const double value_gap = 3; /* from a point to its number */

struct lines_drawing {
	struct drawing *d;
	struct chart_scale scale;
	double left, right, top, bottom; /* of the field between the axes */
	size_t common; /* [bytes] that all names of points begin with: "Tháng " */
};

static double place_x(const struct lines_drawing *l, size_t point)
{
	return l->left + ((double)point + 0.5) * (l->right - l->left) / (double)l->d->chart->n_point;
}

static double place_y(const struct lines_drawing *l, struct ratio x)
{
	return l->bottom - scale_place(&l->scale, x) * (l->bottom - l->top);
}

/* [bytes] of the space that a text's first n end with; one that does not break a line is a space too. */
static size_t space_at_end(const char *text, size_t n)
{
	static const char unbroken[] = "\xc2\xa0";
	size_t n_unbroken = sizeof unbroken - 1;

	if (n >= n_unbroken && !memcmp(text + n - n_unbroken, unbroken, n_unbroken))
		return n_unbroken;
	return n && text[n - 1] == ' ';
}

/* Whole words that the names of all points begin with, if each has more. */
static size_t common_words(const struct chart *c)
{
	size_t n = c->n_point > 1 ? strlen(c->category[0]) : 0;

	for (size_t i = 1; i < c->n_point; i++)
		for (size_t k = 0; k < n; k++)
			if (c->category[i][k] != c->category[0][k])
				n = k;
	while (n && !space_at_end(c->category[0], n))
		n--;
	for (size_t i = 0; i < c->n_point; i++)
		if (!c->category[i][n])
			return 0;
	return n;
}

/* ---- legend ---- */

static double legend_width(const struct drawing *d)
{
	double width = -entry_gap;

	for (size_t i = 0; i < d->chart->n_series; i++)
		width += sample_length + sample_gap + label_width(d, d->chart->series[i].name, FACE_REGULAR) + entry_gap;
	return width;
}

/* In one line: names are cut where they need more. */
static void put_legend(struct lines_drawing *l, double left, double baseline)
{
	struct drawing *d = l->d;
	double room = d->right - left;
	double width = legend_width(d);
	double each = room / (double)d->chart->n_series - sample_length - sample_gap - entry_gap;
	double x = width < room ? left + (room - width) / 2 : left;
	double y = baseline - label_drop(d);

	for (size_t i = 0; i < d->chart->n_series; i++) {
		const struct look *look = series_look(i);
		const char *name = width < room ? d->chart->series[i].name : fit_label(d, d->chart->series[i].name, each);

		chart_line(d, (double[]){ x, y, x + sample_length, y }, d->style->line_pt, look->colour, look->dash);
		put_point(d, x + sample_length / 2, y, look);
		x += sample_length + sample_gap;
		put_label(d, name, FACE_REGULAR, SET_LEFT, x, baseline);
		x += label_width(d, name, FACE_REGULAR) + entry_gap;
	}
}

/* ---- axes ---- */

static double widest_tick(const struct lines_drawing *l)
{
	double widest = 0;

	for (int i = 0; i <= scale_steps(&l->scale); i++) {
		double width = label_width(l->d, scale_text(&l->scale, i, l->d->flow->arena), FACE_REGULAR);

		widest = width > widest ? width : widest;
	}
	return widest;
}

static void put_ticks(struct lines_drawing *l)
{
	struct drawing *d = l->d;
	int n = scale_steps(&l->scale);

	for (int i = 0; i <= n; i++) {
		double y = l->bottom - (l->bottom - l->top) * i / n;
		bool zero = i == l->scale.below;

		chart_line(d, (double[]){ l->left, y, l->right, y }, d->style->grid_pt * (zero ? 2 : 1),
			zero ? chart_axis_colour : chart_grid_colour, DASH_NONE);
		put_label(d, scale_text(&l->scale, i, d->flow->arena), FACE_REGULAR, SET_RIGHT, l->left - tick_gap, y + label_drop(d));
	}
}

/* Each name, or each second, third ... where they are too wide; what they have in common once, before them. */
static void put_names(struct lines_drawing *l)
{
	struct drawing *d = l->d;
	double baseline = l->bottom + label_height(d) + name_drop;
	double pitch = d->chart->n_point ? (l->right - l->left) / (double)d->chart->n_point : 1;
	double widest = 0;
	size_t each = 1;

	for (size_t i = 0; i < d->chart->n_point; i++) {
		double width = label_width(d, d->chart->category[i] + l->common, FACE_REGULAR);

		widest = width > widest ? width : widest;
	}
	while ((double)each * pitch < widest + 2 && each < d->chart->n_point)
		each++;
	if (l->common)
		put_label(d, arena_slice(d->flow->arena, d->chart->category[0], l->common - space_at_end(d->chart->category[0], l->common)),
			FACE_REGULAR, SET_RIGHT, l->left - tick_gap, baseline);
	for (size_t i = 0; i < d->chart->n_point; i += each)
		put_label(d, fit_label(d, d->chart->category[i] + l->common, (double)each * pitch), FACE_REGULAR, SET_CENTRED,
			place_x(l, i), baseline);
}

/* ---- lines ---- */

/* Where a figure is missing the line is interrupted. */
static void put_series(struct lines_drawing *l, size_t series)
{
	struct drawing *d = l->d;
	const struct look *look = series_look(series);
	double before = 0;
	bool goes_on = false;
	struct ratio x;

	for (size_t i = 0; i < d->chart->n_point; i++) {
		bool known = point_value(d, &d->chart->series[series], i, &x);
		double y = known ? place_y(l, x) : 0;

		if (known && goes_on)
			chart_line(d, (double[]){ place_x(l, i - 1), before, place_x(l, i), y }, d->style->line_pt, look->colour, look->dash);
		goes_on = known;
		before = y;
	}
	for (size_t i = 0; i < d->chart->n_point; i++)
		if (point_value(d, &d->chart->series[series], i, &x))
			put_point(d, place_x(l, i), place_y(l, x), look);
}

/* Whether another line passes above that point, or as high and comes before. */
static bool is_below(const struct lines_drawing *l, size_t series, size_t point, struct ratio x)
{
	struct ratio other;

	for (size_t i = 0; i < l->d->chart->n_series; i++) {
		int order;

		if (i == series || !point_value(l->d, &l->d->chart->series[i], point, &other))
			continue;
		order = ratio_compare(other, x);
		if (order > 0 || (!order && i < series))
			return true;
	}
	return false;
}

/* The number of its last point, as the table shows it; below a line it stands aside of where a rising line comes from. */
static void put_last(struct lines_drawing *l, size_t series)
{
	struct drawing *d = l->d;
	const struct chart_series *s = &d->chart->series[series];
	size_t i = d->chart->n_point;
	bool below;
	double y;
	struct ratio x;

	while (i && !point_value(d, s, i - 1, &x))
		i--;
	if (!i--)
		return;
	y = place_y(l, x);
	below = is_below(l, series, i, x) && y + value_gap + 2 * label_drop(d) < l->bottom;
	y += below ? value_gap + 2 * label_drop(d) : -value_gap;
	put_label(d, point_cell(s, i)->text, FACE_BOLD, below ? SET_LEFT : SET_CENTRED, place_x(l, i), y);
}

static const char *unit_label(const struct drawing *d)
{
	return d->chart->unit && *d->chart->unit ? arena_printf(d->flow->arena, "(%s)", d->chart->unit) : "";
}

/* The field between the axes: above it the legend, and room for a number over the highest point. */
static void measure_field(struct lines_drawing *l)
{
	struct drawing *d = l->d;
	double margin = widest_tick(l);
	double common = l->common ? label_width(d, arena_slice(d->flow->arena, d->chart->category[0], l->common - 1), FACE_REGULAR) : 0;

	l->left = d->left + (common > margin ? common : margin) + tick_gap;
	l->right = d->right;
	l->top = d->top + 2 * label_height(d);
	l->bottom = d->bottom - label_height(d) - tick_gap;
}

void draw_lines(struct drawing *d)
{
	size_t *point = ARENA_ARRAY(d->flow->arena, d->chart->n_point, size_t);
	struct lines_drawing l = { .d = d, .common = common_words(d->chart) };
	const char *unit = unit_label(d);
	double baseline = d->top + baseline_in(d->flow, d->style->text_pt, label_height(d));

	for (size_t i = 0; i < d->chart->n_point; i++)
		point[i] = i;
	l.scale = series_scale(d, point, d->chart->n_point, STEPS_MOST);
	measure_field(&l);
	if (*unit)
		put_label(d, unit, FACE_ITALIC, SET_LEFT, d->left, baseline);
	put_legend(&l, d->left + label_width(d, unit, FACE_ITALIC) + tick_gap, baseline);
	put_ticks(&l);
	put_names(&l);
	for (size_t i = d->chart->n_series; i; i--) /* the first lies above the others */
		put_series(&l, i - 1);
	for (size_t i = 0; i < d->chart->n_series; i++)
		put_last(&l, i);
}
