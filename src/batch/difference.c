#include "batch/difference.h"

#include "base/marks.h"
#include "batch/shown.h"

#include <string.h>

enum {
	DECIMALS_WHOLE = 6, /* a difference with no more decimals than these is written with all of them */
	DECIMALS_LEAST = 2, /* of one that is rounded */
};

const char *difference_shown(const struct kept_cell *cell, struct arena *a)
{
	if (cell->state != FIGURE_OK)
		return NULL;
	return !*cell->text && cell->value ? marks_exact(cell->x, a) : cell->text;
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

static const char *rounded(const struct figure_change *c, struct arena *a)
{
	int decimals = most(DECIMALS_LEAST, most(shown_decimals(c->old->text), shown_decimals(c->now->text)));
	const char *text;

	do
		text = ratio_text(c->difference, decimals, ROUND_HALF_UP, a);
	while (!strpbrk(text, "123456789") && ++decimals <= RATIO_DECIMALS);
	return text;
}

const char *difference_text(const struct figure_change *c, struct arena *a)
{
	const char *sign = c->difference.num > 0 ? "+" : "";
	const char *exact;

	if (!c->has_difference)
		return "";
	exact = ratio_exact(c->difference, a);
	if (!strchr(exact, '/') && ratio_decimals(c->difference) <= DECIMALS_WHOLE)
		return arena_printf(a, "%s%s", sign, marks_put(exact, 1, a));
	return arena_printf(a, "≈ %s%s", sign, marks_put(rounded(c, a), 1, a));
}

/* ---- what a workbook keeps ---- */

void diff_book_init(struct diff_book *book)
{
	*book = (struct diff_book){ .n_line = 0 };
	texts_init(&book->texts, &book->arena);
}

void diff_book_clear(struct diff_book *book)
{
	arena_clear(&book->arena);
}

static struct diff_area keep_area(struct diff_book *book, const struct diff_area *area)
{
	struct diff_area kept = *area;

	kept.path = texts_keep(&book->texts, area->path);
	kept.name = texts_keep(&book->texts, area->name);
	kept.period = texts_keep(&book->texts, area->period);
	return kept;
}

static struct kept_cell keep_cell(struct diff_book *book, const struct kept_cell *cell)
{
	struct kept_cell kept = cell ? *cell : (struct kept_cell){ .state = FIGURE_MISSING };
	struct arena tmp = { 0 };

	kept.text = texts_keep(&book->texts, cell ? difference_shown(cell, &tmp) : NULL);
	kept.value = texts_keep(&book->texts, kept.value);
	arena_clear(&tmp);
	return kept;
}

/* As texts of before and now. */
static void keep_heading(struct diff_book *book, const struct figure_change *c, struct diff_line *line)
{
	line->has_old = line->has_now = true;
	line->old = (struct kept_cell){ .text = texts_keep(&book->texts, c->old_label) };
	line->now = (struct kept_cell){ .text = texts_keep(&book->texts, c->column->label) };
}

void diff_book_add(struct diff_book *book, const struct diff_area *area, const struct figure_change *c)
{
	struct diff_line *line;
	struct arena tmp = { 0 };

	book->n_found++;
	if (book->n_line >= DIFF_ROWS_MAX)
		return;
	line = ARENA_PUSH_OWN(&book->arena, book->line, book->n_line, &book->cap_line);
	*line = (struct diff_line){ .area = keep_area(book, area), .kind = c->kind, .has_old = c->old, .has_now = c->now, .exact = c->difference,
		.has_difference = c->has_difference };
	line->table = texts_keep(&book->texts, c->table->title);
	line->row = texts_keep(&book->texts, c->row->told);
	line->column = texts_keep(&book->texts, c->column->told);
	line->unit = texts_keep(&book->texts, c->old_unit ? arena_printf(&tmp, "%s → %s", c->old_unit, c->column->unit) : c->column->unit);
	line->old = keep_cell(book, c->old);
	line->now = keep_cell(book, c->now);
	if (c->kind == CHANGE_HEADING)
		keep_heading(book, c, line);
	line->difference = texts_keep(&book->texts, difference_text(c, &tmp));
	arena_clear(&tmp);
}

void diff_book_add_area(struct diff_book *book, const struct diff_area *area)
{
	book->n_area_found++;
	if (book->n_area < DIFF_ROWS_MAX)
		*ARENA_PUSH_OWN(&book->arena, book->area, book->n_area, &book->cap_area) = keep_area(book, area);
}
