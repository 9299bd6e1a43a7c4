/* Charts: which cells of which table they show, and the same in words. */
#include "compose/composer.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum {
	SERIES_MAX = 8,
	WORDS_MAX = 60, /* figures of a series that are said in words */
};

/* A chart while it is made. */
struct charting {
	struct composer *c;
	const struct node *node;
	struct scope scope;
	const struct grid_table *table;
	struct chart *chart;
	size_t from, to; /* columns */
};

static const char *text_of(const struct charting *x, const char *attribute)
{
	return runs_plain(runs_of_attribute(x->c, x->node, attribute, x->scope), x->c->a);
}

static bool find_grid_column(const struct charting *x, const char *attribute, size_t *column)
{
	const char *id = node_attribute(x->node, attribute);
	const char **word = ARENA_ARRAY(x->c->a, x->table->n_column, const char *);
	const char *near;

	for (size_t i = 0; i < x->table->n_column; i++) {
		word[i] = x->table->column[i].id;
		if (!strcmp(word[i], id)) {
			*column = i;
			return x->table->column[i].is_number
				|| diag_error(x->c->d, node_place(x->node, attribute, 0), "chart",
					"the column '%s' has no numbers that a chart could show", id);
		}
	}
	near = suggest(id, word, x->table->n_column);
	return diag_error(x->c->d, node_place(x->node, attribute, 0), "unknown-name",
		"the table '%s' shows no column '%s'; did you mean '%s'?", x->table->id, id, near ? near : word[0]);
}

static bool find_grid_row(const struct charting *x, const char *key, size_t *row)
{
	for (*row = 0; *row < x->table->n_row; ++*row)
		if (!strcmp(x->table->row_key[*row], key))
			return true;
	return diag_error(x->c->d, node_place(x->node, "rows", 0), "unknown-name", "the table '%s' shows no row '%s'", x->table->id,
		key);
}

/* ---- what is shown ---- */

/* The name of a printed column: the lowest of its header cells. */
static const char *column_label(const struct grid_table *table, size_t column)
{
	const char *text = table->column[column].id;

	for (size_t i = 0; i < table->n_header_cell; i++)
		if (table->header[i].column <= column && column < table->header[i].column + table->header[i].columns)
			text = table->header[i].text; /* by row: the last is the lowest */
	return text;
}

/* The i-th of the names, which '|' divides; NULL: there are not so many. */
static const char *nth_name(const struct charting *x, const char *attribute, size_t i)
{
	const char *list = node_attribute(x->node, attribute) ? text_of(x, attribute) : NULL;

	for (; list && i; i--) {
		list = strchr(list, '|');
		list = list ? list + 1 : NULL;
	}
	return list ? arena_slice(x->c->a, list, strcspn(list, "|")) : NULL;
}

/* A line for each of the rows, over the columns. */
static bool show_lines(struct charting *x)
{
	struct chart_series *series = ARENA_ARRAY(x->c->a, SERIES_MAX, struct chart_series);
	const char **category = ARENA_ARRAY(x->c->a, x->table->n_column, const char *);
	const char *key;

	x->chart->kind = CHART_LINES;
	for (; (key = nth_name(x, "rows", x->chart->n_series)); x->chart->n_series++) {
		const char *name = nth_name(x, "names", x->chart->n_series);
		struct chart_series *s = &series[x->chart->n_series];

		if (x->chart->n_series == SERIES_MAX)
			return diag_error(x->c->d, node_place(x->node, "rows", 0), "limit", "a chart has at most %d lines", SERIES_MAX);
		*s = (struct chart_series){ .name = name ? name : key, .table = x->table, .column = x->from, .along_row = true };
		if (!find_grid_row(x, key, &s->row))
			return false;
	}
	for (size_t i = x->from; i <= x->to; i++)
		category[x->chart->n_point++] = column_label(x->table, i);
	x->chart->series = series;
	x->chart->category = category;
	return x->chart->n_series
		|| diag_error(x->c->d, x->node->at, "missing-attribute", "a chart of lines needs rows=\"...\"");
}

/* last="30" last-title="...": of so many bars; *most is SIZE_MAX without it. The grammar knows that it is a number. */
static bool read_last(const struct charting *x, size_t *most)
{
	const char *last = node_attribute(x->node, "last");
	const char *title = node_attribute(x->node, "last-title");

	*most = SIZE_MAX;
	if (!last && !title)
		return true;
	if (!last || !title)
		return diag_error(x->c->d, x->node->at, "missing-attribute",
			"last=\"30\" and last-title=\"...\" go together: who sees a part of the bars must be told so");
	*most = (size_t)strtol(last, NULL, 10);
	return (*most && strstr(title, last))
		|| diag_error(x->c->d, node_place(x->node, "last-title", 0), "value",
			"the title must say how many bars are shown at most: last=\"%s\", at least 1", last);
}

/* left-out="… và {1} khác": parted at its number. */
static bool read_left_out(struct charting *x)
{
	static const char number[] = "{1}";
	const char *text = node_attribute(x->node, "left-out");
	const char *at = text ? strstr(text, number) : NULL;
	const char **part = ARENA_ARRAY(x->c->a, 2, const char *);

	if (!text)
		return true;
	if (!at || strpbrk(at + strlen(number), "{}") || strcspn(text, "{}") != (size_t)(at - text))
		return diag_error(x->c->d, node_place(x->node, "left-out", 0), "value",
			"left-out=\"%s\" must have {1} once, for the number of bars that are left out, and no other braces", text);
	part[0] = arena_slice(x->c->a, text, (size_t)(at - text));
	part[1] = at + strlen(number);
	x->chart->left_out = part;
	return true;
}

/* The last of the bars, and a title that says so, where there are more. */
static void keep_last(struct charting *x, struct chart_series *series, size_t most)
{
	size_t left_out = x->chart->n_point > most ? x->chart->n_point - most : 0;

	if (!left_out)
		return;
	series->row += left_out;
	x->chart->category += left_out;
	x->chart->n_point = most;
	x->chart->title = text_of(x, "last-title");
}

/* A bar for each leaf; those of a table without groups stand together. */
static bool show_bars(struct charting *x)
{
	size_t most;
	struct chart_series *series = ARENA_NEW(x->c->a, struct chart_series);
	const char **category = ARENA_ARRAY(x->c->a, x->table->n_row, const char *);
	const char *name = nth_name(x, "names", 0);

	x->chart->kind = CHART_BARS;
	if (!read_last(x, &most) || !read_left_out(x))
		return false;
	*series = (struct chart_series){ .name = name ? name : column_label(x->table, x->from), .table = x->table, .column = x->from };
	for (size_t i = 0; i < x->table->n_row; i++) {
		if (x->table->row_kind[i] != GRID_LEAF)
			continue;
		if (!x->chart->n_point)
			series->row = i;
		else if (i != series->row + x->chart->n_point)
			return diag_error(x->c->d, node_place(x->node, "table", 0), "chart",
				"the rows of '%s' stand in groups; a chart of bars needs them one below the other", x->table->id);
		category[x->chart->n_point++] = x->table->cell[i * x->table->n_column + x->table->stub - 1].text;
	}
	x->chart->series = series;
	x->chart->n_series = 1;
	x->chart->category = category;
	keep_last(x, series, most);
	return true;
}

/* ---- in words ---- */

static const struct grid_cell *point_cell(const struct chart_series *s, size_t i)
{
	size_t row = s->along_row ? s->row : s->row + i;
	size_t column = s->along_row ? s->column + i : s->column;

	return &s->table->cell[row * s->table->n_column + column];
}

static void series_words(const struct chart *chart, const struct chart_series *s, struct buf *b)
{
	size_t n = 0;

	for (size_t k = 0; k < chart->n_point && n <= WORDS_MAX; k++) {
		const char *value = point_cell(s, k)->text;

		if (!*value)
			continue;
		if (n++ == WORDS_MAX)
			buf_puts(b, "; …");
		else
			buf_printf(b, "%s%s %s: %s", n == 1 ? s->name : "", n == 1 ? " –" : ";", chart->category[k], value);
	}
	if (n)
		buf_puts(b, ". ");
}

/* "TITLE (hộ). Thực hiện – Tháng 1: 8; Tháng 2: 13." */
static const char *in_words(const struct chart *chart, struct arena *a)
{
	struct buf b = { 0 };
	const char *text;

	buf_puts(&b, chart->title);
	if (chart->unit)
		buf_printf(&b, " (%s)", chart->unit);
	buf_puts(&b, ". ");
	for (size_t i = 0; i < chart->n_series; i++)
		series_words(chart, &chart->series[i], &b);
	text = arena_slice(a, b.text, b.n - 1);
	buf_clear(&b);
	return text;
}

void chart_block(struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	const struct table *table = tables_find(c->tables, node_attribute(n, "table"));
	struct charting x = { .c = c, .node = n, .scope = scope, .chart = ARENA_NEW(c->a, struct chart) };
	bool is_bars = !strcmp(node_attribute(n, "kind"), "bars");

	(void)flow;
	if (!table) {
		diag_error(c->d, n->at, "table", "there is no table '%s'", node_attribute(n, "table"));
		return;
	}
	x.table = grid_of(c, table);
	if (!find_grid_column(&x, "from", &x.from))
		return;
	x.to = x.from;
	if (node_attribute(n, "to") && !find_grid_column(&x, "to", &x.to))
		return;
	x.chart->title = text_of(&x, "title");
	if (node_attribute(n, "unit"))
		x.chart->unit = text_of(&x, "unit");
	if (!(is_bars ? show_bars(&x) : show_lines(&x)))
		return;
	x.chart->alt = in_words(x.chart, c->a);
	if (node_attribute(n, "on"))
		*ARENA_PUSH(c->a, c->aside, c->n_aside, &c->cap_aside) = x.chart;
	else
		block_add(c, BLOCK_CHART, n->at)->chart = x.chart;
}
