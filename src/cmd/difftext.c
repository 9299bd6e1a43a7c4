#include "cmd/difftext.h"

#include "base/utf8.h"

#include <string.h>

/* ---- for people ---- */

static const char *harmless(const char *text, struct arena *a)
{
	return utf8_harmless(text, strlen(text), a);
}

static const char *shown(const struct kept_cell *cell, struct arena *a, const struct diags *d)
{
	const char *text = difference_shown(cell, a);

	if (text)
		return harmless(text, a);
	return cell->state == FIGURE_CONFIDENTIAL ? "[c]" : cell->state == FIGURE_NOT_APPLICABLE ? "-" : diag_say(d, "missing");
}

static void put_part(struct buf *b, const char *label, const char *id, struct arena *a)
{
	if (*label || *id)
		buf_printf(b, ", %s", harmless(*label ? label : id, a));
}

static void put_place(struct buf *b, const struct figure_change *c, struct arena *a, const struct diags *d)
{
	if (*c->table->id) {
		buf_printf(b, "  %s", harmless(c->table->id, a));
		put_part(b, c->row->told, c->row->key, a);
		put_part(b, c->column->told, c->column->id, a);
	} else {
		buf_printf(b, "  %s, {%s}", diag_say(d, "in the text"), harmless(c->row->label, a));
	}
	buf_puts(b, ": ");
}

/* What is no figure. */
static void put_around(struct buf *b, const struct figure_change *c, struct arena *a, const struct diags *d)
{
	if (c->kind == CHANGE_HEADING)
		buf_printf(b, diag_say(d, "the column was called: %s"), *c->old_label ? harmless(c->old_label, a) : diag_say(d, "nothing"));
	else if (c->kind == CHANGE_ROW_ADDED)
		buf_puts(b, diag_say(d, "a new row, without figures"));
	else if (c->kind == CHANGE_ROW_REMOVED)
		buf_puts(b, diag_say(d, "a row that is no longer there, without figures"));
	else if (c->kind == CHANGE_COLUMN_ADDED)
		buf_puts(b, diag_say(d, "a new column, without figures"));
	else
		buf_puts(b, diag_say(d, "a column that is no longer there, without figures"));
}

static void text_change(struct buf *b, const struct diff_area *area, const struct figure_change *c, const struct diags *d)
{
	struct arena a = { 0 };

	(void)area;
	put_place(b, c, &a, d);
	if (!change_is_of_figure(c->kind))
		put_around(b, c, &a, d);
	else if (!c->old)
		buf_printf(b, diag_say(d, "new: %s"), shown(c->now, &a, d));
	else if (!c->now)
		buf_printf(b, diag_say(d, "no longer there: %s"), shown(c->old, &a, d));
	else if (c->old_unit)
		buf_printf(b, "%s %s -> %s %s", shown(c->old, &a, d), harmless(c->old_unit, &a), shown(c->now, &a, d),
			harmless(c->column->unit, &a));
	else
		buf_printf(b, "%s -> %s", shown(c->old, &a, d), shown(c->now, &a, d));
	if (c->kind == CHANGE_PRINTED)
		buf_printf(b, " (%s)", diag_say(d, "the same value, printed otherwise"));
	else if (c->has_difference)
		buf_printf(b, " (%s)", difference_text(c, &a));
	buf_putc(b, '\n');
	arena_clear(&a);
}

static void text_area(struct buf *b, const struct diff_area *area, const struct diags *d)
{
	struct arena a = { 0 };

	buf_puts(b, *area->path ? harmless(area->path, &a) : ".");
	if (*area->name)
		buf_printf(b, " (%s)", harmless(area->name, &a));
	if (*area->period)
		buf_printf(b, " %s", harmless(area->period, &a));
	if (!area->has_old)
		buf_printf(b, diag_say(d, ": only in the new folder, %zu figures\n"), area->n_added);
	else if (!area->has_now)
		buf_printf(b, diag_say(d, ": only in the old folder, %zu figures\n"), area->n_removed);
	else
		buf_printf(b, diag_say(d, ": %zu figures changed, %zu added, %zu removed\n"), area->n_changed, area->n_added, area->n_removed);
	if (area->n_around)
		buf_printf(b, diag_say(d, "  and %zu headings, or rows and columns without figures\n"), area->n_around);
	arena_clear(&a);
}

static void text_end(struct buf *b, const struct diff_counts *n, const struct diags *d)
{
	buf_printf(b, diag_say(d, "%zu areas compared, %zu differ: %zu figures changed, %zu added, %zu removed; %zu areas added, %zu removed\n"),
		n->n_area, n->n_differing, n->n_changed, n->n_added, n->n_removed, n->n_area_added, n->n_area_removed);
	if (n->n_around)
		buf_printf(b, diag_say(d, "%zu headings that are others, or rows and columns without figures that one side has not\n"), n->n_around);
	if (n->n_wrong)
		buf_printf(b, diag_say(d, "%zu areas could not be compared; see the errors\n"), n->n_wrong);
}

/* ---- JSON ---- */

static void put_member(struct buf *b, const char *name, const char *value)
{
	buf_printf(b, ",\"%s\":", name);
	buf_json(b, value);
}

static void put_area(struct buf *b, const struct diff_area *area)
{
	buf_puts(b, "{\"area\":");
	buf_json(b, area->path);
	put_member(b, "name", area->name);
	put_member(b, "period", area->period);
}

static void put_cell(struct buf *b, const char *name, const struct kept_cell *cell)
{
	buf_printf(b, ",\"%s\":", name);
	if (!cell) {
		buf_puts(b, "null");
		return;
	}
	buf_puts(b, "{\"state\":");
	buf_json(b, figure_state_name(cell->state));
	put_member(b, "value", cell->value);
	put_member(b, "text", cell->text);
	buf_putc(b, '}');
}

static void json_change(struct buf *b, const struct diff_area *area, const struct figure_change *c, const struct diags *d)
{
	struct arena a = { 0 };

	(void)d;
	put_area(b, area);
	put_member(b, "change", change_name(c->kind));
	put_member(b, "table", c->table->id);
	put_member(b, "row", c->row->key);
	put_member(b, "row_label", c->row->label);
	put_member(b, "column", c->column->id);
	put_member(b, "column_label", c->column->label);
	put_member(b, "old_column_label", c->old_label);
	put_member(b, "unit", c->column->unit);
	put_member(b, "old_unit", c->old_unit);
	put_cell(b, "old", c->old);
	put_cell(b, "new", c->now);
	put_member(b, "difference", c->has_difference ? ratio_exact(c->difference, &a) : NULL);
	buf_puts(b, "}\n");
	arena_clear(&a);
}

static void json_area(struct buf *b, const struct diff_area *area, const struct diags *d)
{
	(void)d;
	if (area->has_old && area->has_now)
		return;
	put_area(b, area);
	put_member(b, "change", area->has_old ? "area-removed" : "area-added");
	buf_printf(b, ",\"figures\":%zu}\n", area->n_added + area->n_removed);
}

static void json_end(struct buf *b, const struct diff_counts *n, const struct diags *d)
{
	(void)d;
	buf_printf(b,
		"{\"areas\":%zu,\"differing\":%zu,\"changed\":%zu,\"added\":%zu,\"removed\":%zu,\"around\":%zu,\"areas_added\":%zu,\"areas_removed\":%zu,"
		"\"wrong\":%zu}\n",
		n->n_area, n->n_differing, n->n_changed, n->n_added, n->n_removed, n->n_around, n->n_area_added, n->n_area_removed, n->n_wrong);
}

const struct diff_voice diff_text = { text_area, text_change, text_end };
const struct diff_voice diff_json = { json_area, json_change, json_end };
