/* A bar for each point, the first on top. */
#include "layout/chart.h"

#include <string.h>

enum { STEPS_MOST = 6 };

#define SKIPPED SIZE_MAX /* stands for the points that are left out */

static const double name_share = 0.42; /* of the width, at most */
static const double bar_share = 0.64;  /* of a row's height */
static const double row_most = 2.2;    /* [of the type size] height of a row */
/* [pt] */
static const double name_gap = 4;
static const double value_gap = 2.5;
static const double tolerance = 0.01; /* of heights that are put together from others */

struct bars_drawing {
	struct drawing *d;
	struct chart_scale scale;
	const char *skipped;
	size_t *point; /* [n] those that are drawn, or SKIPPED */
	size_t n;
	double left, right, top, bottom; /* of the field */
	double pitch;
};

/* Of more points than there are rows for, the first and the last. */
static void choose_points(struct bars_drawing *b, double height)
{
	struct drawing *d = b->d;
	size_t room = (size_t)(height / d->style->bar_pt);
	size_t head;

	room = room < 3 ? 3 : room;
	b->n = d->chart->n_point <= room ? d->chart->n_point : room;
	head = b->n < d->chart->n_point ? room / 2 : b->n;
	b->point = ARENA_ARRAY(d->flow->arena, b->n, size_t);
	for (size_t i = 0; i < b->n; i++)
		b->point[i] = i < head ? i : i == head ? SKIPPED : d->chart->n_point - (b->n - i);
	if (b->n < d->chart->n_point)
		diag_note(d->flow->diags, d->at, "limit",
			"the chart '%s' has room for %zu of %zu bars: the first and the last; the others are left out, and it says so",
			d->chart->title, b->n - 1, d->chart->n_point);
}

/* "… và 5 địa bàn khác" */
static const char *left_out_name(const struct bars_drawing *b)
{
	const struct chart *chart = b->d->chart;

	return chart->left_out
		? arena_printf(b->d->flow->arena, "%s%zu%s", chart->left_out[0], chart->n_point - (b->n - 1), chart->left_out[1]) : "…";
}

static const char *name_of(const struct bars_drawing *b, size_t i)
{
	return b->point[i] == SKIPPED ? left_out_name(b) : b->d->chart->category[b->point[i]];
}

static double widest_name(const struct bars_drawing *b)
{
	double most = (b->d->right - b->d->left) * name_share;
	double widest = 0;

	for (size_t i = 0; i < b->n; i++) {
		double width = label_width(b->d, name_of(b, i), FACE_REGULAR);

		widest = width > widest ? width : widest;
	}
	return widest < most ? widest : most;
}

static double widest_value(const struct bars_drawing *b)
{
	double widest = 0;

	for (size_t i = 0; i < b->n; i++) {
		double width = b->point[i] == SKIPPED
			? 0 : label_width(b->d, point_cell(b->d->chart->series, b->point[i])->text, FACE_REGULAR);

		widest = width > widest ? width : widest;
	}
	return widest;
}

static double place_x(const struct bars_drawing *b, struct ratio x)
{
	return b->left + scale_place(&b->scale, x) * (b->right - b->left);
}

static const char *unit_label(const struct drawing *d)
{
	return d->chart->unit && *d->chart->unit ? arena_printf(d->flow->arena, "(%s)", d->chart->unit) : "";
}

static void put_ticks(struct bars_drawing *b)
{
	struct drawing *d = b->d;
	double baseline = b->bottom + label_height(d);
	int n = scale_steps(&b->scale);

	for (int i = 0; i <= n; i++) {
		double x = b->left + (b->right - b->left) * i / n;
		bool zero = i == b->scale.below;

		chart_line(d, (double[]){ x, b->top, x, b->bottom }, d->style->grid_pt * (zero ? 2 : 1),
			zero ? chart_axis_colour : chart_grid_colour, DASH_NONE);
		put_label(d, scale_text(&b->scale, i, d->flow->arena), FACE_REGULAR, SET_CENTRED, x, baseline);
	}
	if (*unit_label(d))
		put_label(d, unit_label(d), FACE_ITALIC, SET_RIGHT, d->right, baseline);
}

/* At the end of a bar, on white: lines of the axis do not cross it. */
static void put_value(struct bars_drawing *b, const char *s, double end, bool left, double middle)
{
	struct drawing *d = b->d;
	double from = left ? end - value_gap - label_width(d, s, FACE_REGULAR) : end + value_gap;
	double half = d->style->text_pt / 2;

	if (!*s)
		return;
	put_box(d, (double[]){ from, middle - half, from + label_width(d, s, FACE_REGULAR), middle + half }, 0xFFFFFF);
	put_label(d, s, FACE_REGULAR, SET_LEFT, from, middle + label_drop(d));
}

/* Its number stands at its end, also where there is no bar: "-". */
static void put_bar(struct bars_drawing *b, size_t i)
{
	struct drawing *d = b->d;
	const struct chart_series *s = d->chart->series;
	double middle = b->top + ((double)i + 0.5) * b->pitch;
	double half = b->pitch * bar_share / 2;
	double zero = place_x(b, ratio_whole(0));
	double end = zero;
	bool negative;
	struct ratio x = ratio_whole(0);

	put_label(d, fit_label(d, name_of(b, i), b->left - d->left - name_gap), FACE_REGULAR, SET_RIGHT, b->left - name_gap, middle + label_drop(d));
	if (b->point[i] == SKIPPED)
		return;
	if (point_value(d, s, b->point[i], &x))
		end = place_x(b, x);
	negative = end < zero;
	if (x.num)
		put_box(d, (double[]){ negative ? end : zero, middle - half, negative ? zero : end, middle + half }, series_look(0)->colour);
	put_value(b, point_cell(s, b->point[i])->text, end, negative, middle);
}

/* Right of the field: the number of the longest bar, and below it half of the last tick's and the unit. */
static double room_right(const struct bars_drawing *b)
{
	const struct drawing *d = b->d;
	double value = widest_value(b) + value_gap;
	double tick = label_width(d, scale_text(&b->scale, scale_steps(&b->scale), d->flow->arena), FACE_REGULAR) / 2;
	double unit = tick + name_gap + label_width(d, unit_label(d), FACE_ITALIC);

	return value > unit ? value : unit;
}

/* Names stand on the left. */
static void measure_field(struct bars_drawing *b)
{
	struct drawing *d = b->d;
	double highest = d->style->text_pt * row_most;

	b->pitch = b->n ? (b->bottom - b->top) / (double)b->n : 0;
	b->pitch = b->pitch < highest ? b->pitch : highest;
	if (b->n)
		b->bottom = b->top + b->pitch * (double)b->n;
	b->left = d->left + widest_name(b) + name_gap;
	b->right = d->right - room_right(b);
}

/* A figure of its least value has its number left of its bar: the field begins that much further right. */
static void make_room_below(struct bars_drawing *b)
{
	if (b->scale.below)
		b->left += widest_value(b) + value_gap;
}

static size_t *drawn_points(const struct bars_drawing *b, size_t *n)
{
	size_t *point = ARENA_ARRAY(b->d->flow->arena, b->n, size_t);

	*n = 0;
	for (size_t i = 0; i < b->n; i++)
		if (b->point[i] != SKIPPED)
			point[(*n)++] = b->point[i];
	return point;
}

static double axis_height(const struct drawing *d)
{
	return label_height(d) + name_gap;
}

double bars_height(const struct drawing *d, size_t n)
{
	return (double)n * d->style->bar_pt + axis_height(d) + tolerance;
}

void draw_bars(struct drawing *d)
{
	struct bars_drawing b = { .d = d, .top = d->top, .bottom = d->bottom - axis_height(d) };
	const size_t *point;
	size_t n;

	choose_points(&b, b.bottom - b.top);
	point = drawn_points(&b, &n);
	b.scale = series_scale(d, point, n, STEPS_MOST);
	measure_field(&b);
	make_room_below(&b);
	put_ticks(&b);
	for (size_t i = 0; i < b.n; i++)
		put_bar(&b, i);
}
