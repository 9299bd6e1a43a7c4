/* chart.h: what the files of charts share; nobody else includes it.
 *
 * Shape:  a chart is drawn into the open slab: its title, then a drawing whose places count from the slab's top. All of it is
 *         content of one figure
 * Units:  points; ticks are exact, places are not
 */
#ifndef LAYOUT_CHART_H
#define LAYOUT_CHART_H

#include "layout/layout.h"

#include "base/ratio.h"

enum { TICK_POWER_LEAST = -9, TICK_POWER_MOST = 15 }; /* of ten: steps from a thousand millionth up */

#define CHART_VALUE_MAX INT64_C(1000000000000000) /* what is beyond is not drawn */

/* An axis from `below` steps under zero to `above` steps over it. */
struct chart_scale {
	struct ratio step; /* 1, 2 or 5 times a power of ten */
	int below, above;
	int decimals; /* of the ticks' numbers */
};

/* The finest with at most so many steps; whole: with steps of whole numbers. */
struct chart_scale scale_of(struct ratio low, struct ratio high, bool whole, int most);
/* Where a value stands on an axis: 0 at its low end, 1 at its high end. */
double scale_place(const struct chart_scale *, struct ratio);
/* The i-th tick from below as print shows it. */
const char *scale_text(const struct chart_scale *, int i, struct arena *);
int scale_steps(const struct chart_scale *);

struct drawing {
	struct flow *flow;
	const struct chart *chart;
	const struct chart_style *style;
	int element;
	struct origin at;
	double left, right, top, bottom; /* of the whole */
	size_t n_beyond; /* figures that are too large */
};

/* What series are told apart by: not by colour alone, and in grey too. */
struct look {
	uint32_t colour; /* on white 4.5:1 and more */
	enum dash dash;
	unsigned shape; /* enum shape */
};

/* chartparts.c */
const struct look *series_look(size_t series);
const struct grid_cell *point_cell(const struct chart_series *, size_t point);
/* Whether there is something to draw; what is too large is counted. */
bool point_value(struct drawing *, const struct chart_series *, size_t point, struct ratio *);
struct chart_scale series_scale(struct drawing *, const size_t *point, size_t n_point, int most);
void put_label(struct drawing *, const char *, enum face, enum setting, double x, double baseline);
void chart_line(struct drawing *, const double from_to[4], double thickness_pt, uint32_t colour, enum dash);
void put_box(struct drawing *, const double corners[4], uint32_t colour);
void put_point(struct drawing *, double x, double y, const struct look *);
double label_width(const struct drawing *, const char *, enum face);
double label_height(const struct drawing *);
/* From the middle of a label down to its baseline. */
double label_drop(const struct drawing *);
/* The text, or what of it fits the width, with "…". */
const char *fit_label(const struct drawing *, const char *, double width);

extern const uint32_t chart_grid_colour, chart_axis_colour;

/* chartlines.c, chartbars.c */
void draw_lines(struct drawing *);
void draw_bars(struct drawing *);
/* With the axis below, of that many bars. */
double bars_height(const struct drawing *, size_t n);

#endif
