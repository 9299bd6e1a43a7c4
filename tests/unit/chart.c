/* Axes and charts in the layout. */
#include "documents.h"

#include "layout/chart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { POINTS = 12 };

static struct ratio parsed(const char *s)
{
	struct ratio x;

	assert_true(ratio_parse(s, strlen(s), &x));
	return x;
}

static void test_steps(void **state)
{
	static const struct {
		const char *low, *high;
		bool whole;
		int most;
		const char *ticks;
	} cases[] = {
		{ "0", "90", true, 6, "0 20 40 60 80 100" },
		{ "0", "0", true, 6, "0 1" },
		{ "0", "1", true, 6, "0 1" },
		{ "0", "1", false, 6, "0,0 0,2 0,4 0,6 0,8 1,0" },
		{ "0", "105.4", false, 5, "0 50 100 150" },
		{ "-7", "12", true, 6, "-10 -5 0 5 10 15" },
		{ "-3", "0", true, 6, "-3 -2 -1 0" },
		{ "0", "5723.4", false, 6, "0 1.000 2.000 3.000 4.000 5.000 6.000" },
		{ "0", "0.00000001", false, 5, "0,000000000 0,000000002 0,000000004 0,000000006 0,000000008 0,000000010" },
		{ "0", "1000000000000000", true, 6, "0 200.000.000.000.000 400.000.000.000.000 600.000.000.000.000 800.000.000.000.000 1.000.000.000.000.000" },
		{ "-1000000000000000", "1000000000000000", true, 4, "-1.000.000.000.000.000 -500.000.000.000.000 0 500.000.000.000.000 1.000.000.000.000.000" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct chart_scale s = scale_of(parsed(cases[i].low), parsed(cases[i].high), cases[i].whole, cases[i].most);
		const char *ticks = scale_text(&s, 0, &a);

		for (int k = 1; k <= scale_steps(&s); k++)
			ticks = arena_printf(&a, "%s %s", ticks, scale_text(&s, k, &a));
		assert_string_equal(ticks, cases[i].ticks);
		assert_true(scale_place(&s, parsed(cases[i].low)) >= 0 && scale_place(&s, parsed(cases[i].high)) <= 1);
	}
	arena_clear(&a);
}

/* ---- a document with a chart ---- */

struct charted {
	struct sheaf s;
	struct grid_cell *cell;
	struct grid_table table;
	struct chart chart;
	struct chart_series series[2];
};

static const char *const months[POINTS] = { "Tháng 1", "Tháng 2", "Tháng 3", "Tháng 4", "Tháng 5", "Tháng 6", "Tháng 7", "Tháng 8",
	"Tháng 9", "Tháng 10", "Tháng 11", "Tháng 12" };

static void charted_init(struct charted *c, struct fonts *fonts, enum chart_kind kind, size_t n)
{
	const char **category;

	memset(c, 0, sizeof *c);
	sheaf_init(&c->s, fonts);
	category = ARENA_ARRAY(&c->s.arena, n, const char *);
	for (size_t i = 0; i < n; i++)
		category[i] = n <= POINTS ? months[i] : arena_printf(&c->s.arena, "Thôn %zu", i + 1);
	c->cell = ARENA_ARRAY(&c->s.arena, 2 * n, struct grid_cell);
	for (size_t i = 0; i < 2 * n; i++)
		c->cell[i] = (struct grid_cell){ .text = "", .state = FIGURE_MISSING };
	c->table = (struct grid_table){ .id = "t", .cell = c->cell, .n_column = kind == CHART_LINES ? n : 1, .n_row = kind == CHART_LINES ? 2 : n };
	c->series[0] = (struct chart_series){ "Thực hiện", &c->table, 0, 0, kind == CHART_LINES };
	c->series[1] = (struct chart_series){ "Kế hoạch", &c->table, 1, 0, true };
	c->chart = (struct chart){ kind, "Biểu đồ thử", "Lời", "hộ", n, category, c->series, kind == CHART_LINES ? 2 : 1, NULL };
	sheaf_block(&c->s, BLOCK_CHART)->chart = &c->chart;
}

static void set(struct charted *c, size_t i, int64_t x)
{
	grid_cell_set(&c->cell[i], figure_of(ratio_whole(x)));
	c->cell[i].text = arena_printf(&c->s.arena, "%lld", (long long)x);
}

static size_t count(const struct page *page, enum item_kind kind, uint32_t colour)
{
	size_t n = 0;

	for (size_t i = 0; i < page->n_item; i++)
		n += page->item[i].kind == kind && page->item[i].colour == colour;
	return n;
}

static size_t count_text(struct charted *c, const char *words)
{
	const struct page *page = &c->s.file->page[0];
	size_t n = 0;

	for (size_t i = 0; i < page->n_item; i++)
		n += page->item[i].kind == ITEM_TEXT && has_words(&page->item[i], words, &c->s.arena);
	return n;
}

static size_t figure_in(const struct pages *p)
{
	size_t i = 0;

	while (i < p->n_element && p->element[i].role != ROLE_FIGURE)
		i++;
	assert_true(i < p->n_element);
	return i;
}

/* All of it is content of the figure, inside the figure's box. */
static void assert_whole(const struct charted *c)
{
	const struct pages *p = c->s.file;
	const struct page *page = &p->page[0];
	size_t i_figure = figure_in(p);
	const struct element *figure = &p->element[i_figure];

	assert_ptr_equal(figure->chart, &c->chart);
	for (size_t i = 0; i < page->n_item; i++) {
		const struct item *item = &page->item[i];

		assert_true(item->element == (int)i_figure || p->element[item->element].parent == (int)i_figure);
		assert_true(item->x >= figure->x - 0.5F && item->x <= figure->x2 && item->y >= figure->y && item->y <= figure->y2);
	}
}

static void test_lines(void **state)
{
	struct charted c;
	const uint32_t colour = series_look(0)->colour;

	charted_init(&c, *state, CHART_LINES, POINTS);
	for (size_t i = 0; i < 5; i++)
		if (i != 2)
			set(&c, i, (int64_t)(3 * i));
	for (size_t i = 0; i < POINTS; i++)
		set(&c, POINTS + i, (int64_t)(5 * i));
	assert_true(sheaf_layout(&c.s));
	assert_int_equal(count(&c.s.file->page[0], ITEM_LINE, colour), 1 + 2); /* the legend; the third point is missing */
	assert_int_equal(count(&c.s.file->page[0], ITEM_MARK, colour), 1 + 4);
	assert_int_equal(count(&c.s.file->page[0], ITEM_LINE, series_look(1)->colour), 1 + POINTS - 1);
	assert_int_equal(count_text(&c, "Tháng"), 1); /* once, not with each */
	assert_int_equal(count_text(&c, "55"), 1);
	assert_int_equal(count_text(&c, "Thực hiện"), 1);
	assert_int_equal(c.s.diags.n_finding, 0);
	assert_whole(&c);
	sheaf_clear(&c.s);
}

/* Names that are not to be broken have a space of their own. */
static void test_unbroken_names(void **state)
{
	struct charted c;
	const char **category;

	charted_init(&c, *state, CHART_LINES, POINTS);
	category = ARENA_ARRAY(&c.s.arena, POINTS, const char *);
	for (size_t i = 0; i < POINTS; i++)
		category[i] = arena_printf(&c.s.arena, "Tháng\u00a0%zu", i + 1);
	c.chart.category = category;
	set(&c, 0, 3);
	assert_true(sheaf_layout(&c.s));
	assert_int_equal(count_text(&c, "Tháng"), 1);
	assert_int_equal(count_text(&c, "12"), 1);
	assert_whole(&c);
	sheaf_clear(&c.s);
}

static void test_bars(void **state)
{
	struct charted c;
	const struct page *page;
	float zero = 0;

	charted_init(&c, *state, CHART_BARS, 4);
	set(&c, 0, 8);
	set(&c, 1, -4);
	set(&c, 2, 0);
	assert_true(sheaf_layout(&c.s));
	page = &c.s.file->page[0];
	assert_int_equal(count(page, ITEM_BOX, series_look(0)->colour), 2); /* zero has none, nor has what is missing */
	for (size_t i = 0; i < page->n_item; i++)
		if (page->item[i].kind != ITEM_BOX || page->item[i].colour == 0xFFFFFF)
			continue;
		else if (zero <= 0)
			zero = page->item[i].x;
		else
			assert_true(page->item[i].x2 == zero && page->item[i].x < zero);
	assert_int_equal(count_text(&c, "-4"), 2); /* at the axis and at its bar */
	assert_whole(&c);
	sheaf_clear(&c.s);
}

/* Side by side; a third below. */
static void test_beside(void **state)
{
	struct charted c;
	const struct element *e;
	size_t figure[3];
	size_t n = 0;

	charted_init(&c, *state, CHART_BARS, 2);
	set(&c, 0, 1);
	for (size_t i = 0; i < 2; i++)
		sheaf_block(&c.s, BLOCK_CHART)->chart = &c.chart;
	assert_true(sheaf_layout(&c.s));
	e = c.s.file->element;
	for (size_t i = 0; i < c.s.file->n_element; i++)
		if (e[i].role == ROLE_FIGURE)
			figure[n++] = i;
	assert_int_equal(n, 3);
	assert_true(e[figure[0]].y == e[figure[1]].y && e[figure[0]].x2 < e[figure[1]].x);
	assert_true(e[figure[2]].y > e[figure[0]].y2);
	sheaf_clear(&c.s);
}

static void test_limits(void **state)
{
	struct charted c;

	charted_init(&c, *state, CHART_BARS, 10000);
	for (size_t i = 0; i < 10000; i++)
		set(&c, i, (int64_t)(10000 - i));
	assert_true(sheaf_layout(&c.s));
	assert_true(c.s.file->page[0].n_item < 200);
	assert_int_equal(count_text(&c, "…"), 1);
	assert_int_equal(count_text(&c, "Thôn 1"), 1);
	assert_int_equal(count_text(&c, "Thôn 10000"), 1);
	assert_int_equal(c.s.diags.n_finding, 1);
	assert_whole(&c);
	sheaf_clear(&c.s);
	charted_init(&c, *state, CHART_LINES, 0);
	assert_true(sheaf_layout(&c.s));
	assert_int_equal(c.s.diags.n_finding, 1);
	sheaf_clear(&c.s);
	charted_init(&c, *state, CHART_BARS, 0);
	assert_true(sheaf_layout(&c.s));
	assert_int_equal(c.s.diags.n_finding, 1);
	sheaf_clear(&c.s);
	charted_init(&c, *state, CHART_LINES, POINTS);
	set(&c, 0, INT64_MAX);
	set(&c, 1, -INT64_MAX);
	set(&c, 2, CHART_VALUE_MAX);
	assert_true(sheaf_layout(&c.s));
	assert_int_equal(count(&c.s.file->page[0], ITEM_MARK, series_look(0)->colour), 1 + 1);
	assert_int_equal(c.s.diags.n_finding, 1);
	assert_string_equal(c.s.diags.finding[0].rule, "limit");
	sheaf_clear(&c.s);
}

static void paragraphs(struct charted *c, size_t n)
{
	static const struct run run = { .text = "Một đoạn văn ngắn." };

	for (size_t i = 0; i < n; i++)
		sheaf_block(&c->s, BLOCK_PARAGRAPH)->runs = (struct runs){ &run, 1 };
}

/* Bars that are more than the usual height shows take what the only page has left, as far as the style lets them. */
static void test_room(void **state)
{
	static const char *const left_out[] = { "… và ", " thôn khác" };
	static const struct {
		size_t bars, paragraphs, pages;
		double most_mm;
		size_t drawn;
		const char *said; /* in place of the others; NULL: there are none */
	} cases[] = {
		{ 17, 0, 1, 60, 17, NULL },
		{ 18, 0, 1, 60, 16, "… và 2 thôn khác" },
		{ 29, 0, 1, 100, 29, NULL },
		{ 30, 0, 1, 100, 28, "… và 2 thôn khác" },
		{ 29, 20, 1, 100, 27, "… và 2 thôn khác" },
		{ 29, 23, 1, 100, 19, "… và 10 thôn khác" },
		{ 29, 60, 3, 100, 16, "… và 13 thôn khác" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct style style = nd30;
		struct charted c;

		charted_init(&c, *state, CHART_BARS, cases[i].bars);
		style.chart.height_most_mm = cases[i].most_mm;
		c.s.document.style = &style;
		c.chart.left_out = left_out;
		for (size_t k = 0; k < cases[i].bars; k++)
			set(&c, k, (int64_t)(cases[i].bars - k));
		paragraphs(&c, cases[i].paragraphs);
		assert_true(sheaf_layout(&c.s));
		assert_int_equal(c.s.file->n_page, cases[i].pages);
		assert_int_equal(count(&c.s.file->page[0], ITEM_BOX, series_look(0)->colour), cases[i].drawn);
		assert_int_equal(c.s.diags.n_finding, cases[i].said != NULL); /* once, though it is set twice */
		if (cases[i].said)
			assert_int_equal(count_text(&c, cases[i].said), 1);
		sheaf_clear(&c.s);
	}
}

/* Charts shrink where a file fits one page by it, no lower than it needs; else they stay as they are. */
static void test_shrink(void **state)
{
	static const struct {
		size_t paragraphs;
		double least_mm;
		size_t pages;
		bool shrinks;
	} cases[] = {
		{ 20, 30, 1, false },
		{ 26, 60, 2, false },
		{ 26, 30, 1, true },
		{ 34, 30, 2, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct style style = nd30;
		struct charted c;
		const struct element *figure;
		const struct page *page;
		double page_end = (nd30.portrait.height_mm - nd30.portrait.bottom_mm) * 72 / 25.4;
		double usual;

		charted_init(&c, *state, CHART_BARS, 4);
		style.chart.height_least_mm = cases[i].least_mm;
		c.s.document.style = &style;
		paragraphs(&c, cases[i].paragraphs);
		assert_true(sheaf_layout(&c.s));
		assert_int_equal(c.s.file->n_page, cases[i].pages);
		figure = &c.s.file->element[figure_in(c.s.file)];
		page = &c.s.file->page[0];
		usual = figure->y + style.chart.height_mm * 72 / 25.4;
		assert_true((figure->y2 < usual) == cases[i].shrinks);
		assert_true(!cases[i].shrinks || page_end - page->item[page->n_item - 1].y < style.body_pt);
		assert_int_equal(c.s.diags.n_finding, 0);
		sheaf_clear(&c.s);
	}
}

static double linear(uint32_t channel)
{
	double c = channel / 255.0;

	return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) * ((c + 0.055) / 1.055) * (0.7 + 0.3 * (c + 0.055) / 1.055); /* c^2.4, a little over */
}

/* 4.5:1 on white, and no two series alike where colours are not seen. */
static void test_looks(void **state)
{
	(void)state;
	for (size_t i = 0; i < 8; i++) {
		const struct look *look = series_look(i);
		double light = 0.2126 * linear(look->colour >> 16) + 0.7152 * linear(look->colour >> 8 & 0xFF) + 0.0722 * linear(look->colour & 0xFF);

		assert_true(1.05 / (light + 0.05) >= 4.5);
		for (size_t k = 0; k < i; k++)
			assert_false(look->dash == series_look(k)->dash && look->shape == series_look(k)->shape);
	}
}

static int open_fonts(void **state)
{
	struct diags d = { 0 };

	*state = fonts_open(NULL, &d);
	diags_clear(&d);
	return *state ? 0 : -1;
}

static int close_fonts(void **state)
{
	fonts_close(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_looks),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_unbroken_names),
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_shrink),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
