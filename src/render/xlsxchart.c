#include "render/xlsxchart.h"

#include "render/spans.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHART_WIDTH = 480, CHART_HEIGHT = 288, /* [pixels] of the library's charts before they are scaled */
	TITLE_PT = 11,
	LETTERS_PT = 10,
	LETTERS_LEAST_PT = 8,
	LETTERS_MOST = 6, /* names below lines that have room in larger letters */
	LEVEL = 360,	/* [degrees] as the library wants it told that letters are not turned: 0 says nothing */
	MARKER_SIZE = 5,
	BAR_GAP = 40, /* [%] of a bar's width */
	ALT_MAX = 8000, /* [bytes] programs show no longer descriptions */
};

static const double around_bars_pt = 105; /* of a chart's height: title, axis and its unit */
static const double bar_pt = 12;	 /* with its name beside it, in LETTERS_PT */
static const double pixels_per_pt = 96.0 / 72;
static const lxw_color_t ink = 0x262626;
static const lxw_color_t rule = 0xbfbfbf;

/* Lines are told apart by their dashes too. */
static const struct {
	lxw_color_t colour;
	uint8_t dash;
	uint8_t marker;
	float width_pt;
} strokes[] = {
	{ 0x1f4e79, LXW_CHART_LINE_DASH_SOLID, LXW_CHART_MARKER_CIRCLE, 2.25F },
	{ 0xa65200, LXW_CHART_LINE_DASH_DASH, LXW_CHART_MARKER_NONE, 1.75F },
	{ 0x2f6b2f, LXW_CHART_LINE_DASH_ROUND_DOT, LXW_CHART_MARKER_SQUARE, 1.75F },
	{ 0x6b2f6b, LXW_CHART_LINE_DASH_DASH_DOT, LXW_CHART_MARKER_DIAMOND, 1.75F },
};

enum { N_STROKE = sizeof strokes / sizeof *strokes };

/* Cells of a sheet, in a row or in a column. */
struct cells {
	unsigned row, column;
	size_t n;
	bool along_row;
};

struct charting {
	const struct target *target;
	const struct chart *chart;
	struct chart_source source;
	double height_pt;
	lxw_chart *made;
};

/* ---- what the cells hold, beside their addresses ---- */

/* The library frees it; NULL: no memory is left. */
static lxw_series_data_point *point_new(const struct charting *x, lxw_series_range *range)
{
	lxw_series_data_point *point = calloc(1, sizeof *point);

	if (!point) {
		book_note(x->target->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return NULL;
	}
	STAILQ_INSERT_TAIL(range->data_cache, point, list_pointers);
	range->num_data_points++;
	range->ignore_cache = LXW_TRUE; /* else it would be made anew from the cells */
	return point;
}

static void cache_text(const struct charting *x, lxw_series_range *range, const char *text)
{
	lxw_series_data_point *point = point_new(x, range);

	if (!point)
		return;
	point->is_string = LXW_TRUE;
	point->string = strdup(text);
	range->has_string_cache = LXW_TRUE;
}

static void cache_figure(const struct charting *x, lxw_series_range *range, struct figure figure)
{
	lxw_series_data_point *point = point_new(x, range);

	if (!point)
		return;
	point->no_data = figure.state != FIGURE_OK;
	point->number = figure.state == FIGURE_OK ? ratio_double(figure.x) : 0;
}

/* ---- where they are ---- */

static struct cells value_cells(const struct charting *x, const struct chart_series *s)
{
	return (struct cells){ x->source.table->body_row + (unsigned)s->row, (unsigned)s->column, x->chart->n_point, s->along_row };
}

/* Of columns, their headings; of rows, their labels. */
static struct cells category_cells(const struct charting *x)
{
	const struct chart_series *s = &x->chart->series[0];
	struct cells cells = value_cells(x, s);
	const struct header_cell *head;

	if (!s->along_row) {
		cells.column = (unsigned)s->table->stub - 1;
		return cells;
	}
	head = spans_at(s->table, s->table->n_header - 1, (unsigned)s->column);
	cells.row = x->source.table->header_row + (head ? head->row : 0);
	return cells;
}

static lxw_row_t last_row(struct cells c)
{
	return c.row + (c.along_row ? 0 : (lxw_row_t)c.n - 1);
}

static lxw_col_t last_column(struct cells c)
{
	return (lxw_col_t)(c.column + (c.along_row ? c.n - 1 : 0));
}

static struct figure point_figure(const struct chart_series *s, size_t i)
{
	size_t row = s->along_row ? s->row : s->row + i;
	size_t column = s->along_row ? s->column + i : s->column;

	return grid_cell_figure(&s->table->cell[row * s->table->n_column + column]);
}

/* ---- the series ---- */

static lxw_chart_font letters(double size_pt, bool bold)
{
	static char name[] = "Times New Roman";

	return (lxw_chart_font){ .name = name, .size = size_pt, .bold = bold ? LXW_TRUE : LXW_EXPLICIT_FALSE, .color = ink };
}

static void look_of_line(const struct charting *x, lxw_chart_series *made, size_t i)
{
	lxw_chart_line line = { .color = strokes[i % N_STROKE].colour, .dash_type = strokes[i % N_STROKE].dash, .width = strokes[i % N_STROKE].width_pt };
	lxw_chart_fill fill = { .color = strokes[i % N_STROKE].colour };

	(void)x;
	chart_series_set_line(made, &line);
	chart_series_set_marker_type(made, strokes[i % N_STROKE].marker);
	chart_series_set_marker_size(made, MARKER_SIZE);
	chart_series_set_marker_fill(made, &fill);
}

double chart_height_need(const struct chart *chart)
{
	return chart->kind == CHART_BARS ? around_bars_pt + bar_pt * (double)chart->n_point : 0;
}

/* Letters beside bars, smaller where these are many; 0: not even then do all have room. */
static double bar_letters_pt(const struct charting *x)
{
	double size = (x->height_pt - around_bars_pt) / (double)x->chart->n_point * LETTERS_PT / bar_pt;

	return size >= LETTERS_PT ? LETTERS_PT : size >= LETTERS_LEAST_PT ? floor(size) : 0;
}

/* With its figure beside it. */
static void look_of_bar(const struct charting *x, lxw_chart_series *made, size_t i)
{
	const struct chart_series *s = &x->chart->series[i];
	lxw_chart_fill fill = { .color = strokes[i % N_STROKE].colour };
	double size = bar_letters_pt(x);
	lxw_chart_font font = letters(size > 0 ? size : LETTERS_LEAST_PT, false);

	chart_series_set_fill(made, &fill);
	chart_series_set_labels(made);
	chart_series_set_labels_font(made, &font);
	chart_series_set_labels_num_format(made, s->table->column[s->column].number_format);
}

static void put_series(const struct charting *x, size_t i)
{
	const struct chart_series *s = &x->chart->series[i];
	struct cells values = value_cells(x, s);
	struct cells categories = category_cells(x);
	lxw_chart_series *made = chart_add_series(x->made, NULL, NULL);

	chart_series_set_categories(made, x->source.sheet, categories.row, (lxw_col_t)categories.column, last_row(categories), last_column(categories));
	chart_series_set_values(made, x->source.sheet, values.row, (lxw_col_t)values.column, last_row(values), last_column(values));
	chart_series_set_name(made, s->name);
	for (size_t k = 0; k < x->chart->n_point; k++) {
		cache_text(x, made->categories, x->chart->category[k]);
		cache_figure(x, made->values, point_figure(s, k));
	}
	if (x->chart->kind == CHART_LINES)
		look_of_line(x, made, i);
	else
		look_of_bar(x, made, i);
}

/* ---- around them ---- */

static bool has_negative(const struct chart *chart)
{
	for (size_t i = 0; i < chart->n_series; i++)
		for (size_t k = 0; k < chart->n_point; k++) {
			struct figure figure = point_figure(&chart->series[i], k);

			if (figure.state == FIGURE_OK && figure.x.num < 0)
				return true;
		}
	return false;
}

/* The names of bars stand from above to below, outside of bars that go to the left; all of them where they have room: some programs
 * show each one only where letters are said to be level. */
static void look_of_names(const struct charting *x, lxw_chart_axis *values, lxw_chart_axis *names)
{
	double size = bar_letters_pt(x);
	lxw_chart_font font = letters(size > 0 ? size : LETTERS_LEAST_PT, false);

	if (size > 0) {
		font.rotation = LEVEL;
		chart_axis_set_interval_unit(names, 1);
	}
	chart_axis_set_num_font(names, &font);
	chart_axis_set_reverse(names);
	chart_axis_set_label_position(names, LXW_CHART_AXIS_LABEL_POSITION_LOW);
	chart_axis_set_label_position(values, LXW_CHART_AXIS_LABEL_POSITION_HIGH); /* which is then below */
}

/* Programs turn names that they think have no room. */
static void put_level(lxw_chart_axis *axis, lxw_chart_font font)
{
	font.rotation = LEVEL;
	chart_axis_set_num_font(axis, &font);
}

static void put_axes(const struct charting *x)
{
	lxw_chart_font font = letters(LETTERS_PT, false);
	lxw_chart_font small = letters(x->chart->n_point > LETTERS_MOST ? LETTERS_LEAST_PT : LETTERS_PT, false);
	lxw_chart_line grid = { .color = rule, .width = 0.5F };
	bool bars = x->chart->kind == CHART_BARS; /* the library's y is the upright axis, which is theirs of the categories */
	lxw_chart_axis *values = bars ? x->made->x_axis : x->made->y_axis;
	lxw_chart_axis *categories = bars ? x->made->y_axis : x->made->x_axis;

	chart_axis_set_num_font(values, &font);
	if (!bars)
		put_level(categories, small);
	chart_axis_set_name_font(values, &font);
	if (!has_negative(x->chart))
		chart_axis_set_min(values, 0);
	chart_axis_set_num_format(values, "#,##0");
	chart_axis_major_gridlines_set_line(values, &grid);
	if (x->chart->unit && *x->chart->unit)
		chart_axis_set_name(values, x->chart->unit);
	if (bars)
		look_of_names(x, values, categories);
}

static void put_words(const struct charting *x)
{
	lxw_chart_font title = letters(TITLE_PT, true);
	lxw_chart_font font = letters(LETTERS_PT, false);

	chart_title_set_name(x->made, x->chart->title);
	chart_title_set_name_font(x->made, &title);
	if (x->chart->n_series > 1) {
		chart_legend_set_position(x->made, LXW_CHART_LEGEND_BOTTOM);
		chart_legend_set_font(x->made, &font);
	} else {
		chart_legend_set_position(x->made, LXW_CHART_LEGEND_NONE);
	}
}

static char *alt_text(const struct charting *x)
{
	const char *alt = x->chart->alt;
	struct arena *a = &x->target->book->arena;

	return strlen(alt) <= ALT_MAX ? arena_text(a, alt) : arena_text(a, x->chart->title);
}

void put_chart(const struct target *t, const struct chart *chart, struct chart_source source, struct chart_place place)
{
	struct charting x = { t, chart, source, place.height_pt, NULL };
	lxw_chart_options options = {
		.x_offset = (int32_t)(place.left_pt * pixels_per_pt),
		.x_scale = place.width_pt * pixels_per_pt / CHART_WIDTH,
		.y_scale = place.height_pt * pixels_per_pt / CHART_HEIGHT,
		.description = alt_text(&x),
	};

	x.made = workbook_add_chart(t->book->workbook, chart->kind == CHART_LINES ? LXW_CHART_LINE : LXW_CHART_BAR);
	if (!x.made) {
		book_note(t->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	for (size_t i = 0; i < chart->n_series; i++)
		put_series(&x, i);
	if (chart->kind == CHART_BARS)
		chart_set_series_gap(x.made, BAR_GAP);
	put_axes(&x);
	put_words(&x);
	book_note(t->book, worksheet_insert_chart_opt(t->worksheet, place.row, 0, x.made, &options));
}
