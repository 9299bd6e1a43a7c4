/* Charts of a text: as many side by side as the style says, each a figure with its title as its caption. */
#include "layout/chart.h"

/* [pt] */
static const double title_gap = 2; /* below it */
static const double below_gap = 2;

size_t charts_beside(const struct flow *f, const struct block *b, size_t n_block)
{
	size_t n = 0;

	while (n < n_block && n < (size_t)f->style->chart.across && b[n].kind == BLOCK_CHART)
		n++;
	return n ? n : 1;
}

static struct drawing drawing_new(struct flow *f, const struct block *b, double left, double width)
{
	struct drawing d = { .flow = f, .chart = b->chart, .style = &f->style->chart, .at = b->at };

	d.element = element_new(f, ROLE_FIGURE, f->parent);
	f->pages->element[d.element].chart = b->chart;
	d.left = left;
	d.right = left + width;
	return d;
}

static double title_set(const struct drawing *d)
{
	struct measure m = { .left = d->left, .width = d->right - d->left, .size_pt = d->style->title_pt, .setting = SET_CENTRED };
	int element = element_new(d->flow, ROLE_CAPTION, d->element);

	return string_set(d->flow, d->chart->title, FACE_BOLD, &m, element, &d->at, 0, NULL) + title_gap;
}

static void say_limits(const struct drawing *d)
{
	if (!d->chart->n_point || !d->chart->n_series)
		diag_note(d->flow->diags, d->at, "limit", "the chart '%s' is empty: it has no figures to show", d->chart->title);
	if (d->n_beyond)
		diag_note(d->flow->diags, d->at, "limit",
			"the chart '%s' leaves out figures that are over %lld or below its negative; its table shows them", d->chart->title,
			(long long)CHART_VALUE_MAX);
}

static void draw(struct drawing *d, double top, double field)
{
	struct element *e = &d->flow->pages->element[d->element];

	d->top = top;
	d->bottom = top + field;
	if (d->chart->kind == CHART_LINES)
		draw_lines(d);
	else
		draw_bars(d);
	say_limits(d);
	e->x = (float)d->left;
	e->y = 0;
	e->x2 = (float)d->right;
	e->y2 = (float)d->bottom;
	*SCRATCH_PUSH(d->flow->figure, d->flow->n_figure, &d->flow->cap_figure) = (struct placed_figure){ d->element, d->flow->n_slab - 1 };
}

/* [pt] The usual height, and for bars what all of them need, up to the most. */
static double wanted_height(const struct chart_style *style, const struct chart *chart)
{
	struct drawing d = { .style = style };
	double usual = style->height_mm * PT_PER_MM;
	double most = style->height_most_mm * PT_PER_MM;
	double need = chart->kind == CHART_BARS ? bars_height(&d, chart->n_point) : 0;

	need = need < most ? need : most;
	return need > usual ? need : usual;
}

/* A chart would be higher by that, had it the room that it wants. */
static double chart_lacks(const struct flow *f, const struct block *b)
{
	double lack = b->kind == BLOCK_CHART ? wanted_height(&f->style->chart, b->chart) - f->chart_least : 0;

	return lack > 0 ? lack : 0;
}

static double row_lacks(const struct flow *f, const struct block *b, size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++) {
		double lack = chart_lacks(f, &b[i]);

		most = lack > most ? lack : most;
	}
	return most;
}

double charts_lack(const struct flow *f, const struct part *part)
{
	double lack = 0;

	for (size_t i = 0, n; i < part->n_block; i += n) {
		n = charts_beside(f, &part->block[i], part->n_block - i);
		lack += row_lacks(f, &part->block[i], n);
	}
	return lack;
}

/* Of the room there is, the first take what they lack. */
static double take_height(struct flow *f, const struct block *b, size_t n)
{
	double lack = row_lacks(f, b, n);
	double more = lack < f->chart_room ? lack : f->chart_room;

	f->chart_room -= more;
	return f->chart_least + more;
}

void charts_set(struct flow *f, const struct block *b, size_t n)
{
	double gap = f->style->chart.gap_mm * PT_PER_MM;
	double width = (f->width - gap * (double)(n - 1)) / (double)n;
	struct drawing *drawing = ARENA_ARRAY(f->arena, n, struct drawing);
	double field = take_height(f, b, n);
	double top = 0;

	f->n_list = 0;
	slab_open(f, f->style->paragraph_gap_pt);
	for (size_t i = 0; i < n; i++) {
		double height;

		drawing[i] = drawing_new(f, &b[i], f->left + (double)i * (width + gap), width);
		height = title_set(&drawing[i]);
		top = height > top ? height : top;
	}
	for (size_t i = 0; i < n; i++)
		draw(&drawing[i], top, field);
	slab_close(f, top + field + below_gap, false);
}

void figures_put(struct flow *f)
{
	for (size_t i = 0; i < f->n_figure; i++) {
		struct element *e = &f->pages->element[f->figure[i].element];
		const struct slab *slab = &f->slab[f->figure[i].slab];

		e->page = slab->page;
		e->y += (float)slab->y;
		e->y2 += (float)slab->y;
	}
	f->n_figure = 0;
}
