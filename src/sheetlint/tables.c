/* Tables: where they are, what their columns are called. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Line breaks are written _x000a_ in attributes. */
static const char *unescaped(struct xl *x, const char *s)
{
	char *text = arena_text(&x->arena, s);
	char *to = text;

	while (*s) {
		if (!strncmp(s, "_x00", 4) && is_hex(s[4]) && is_hex(s[5]) && s[6] == '_' && strspn(s + 4, "0d") && (s[5] | 0x20) >= 'a') {
			*to++ = (s[5] | 0x20) == 'a' ? '\n' : '\r';
			s += 7;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
	return text;
}

static bool read_table(struct xl *x, struct xl_sheet *s, size_t part)
{
	struct xl_table *t;
	struct xl_tree tree;
	const struct xl_node *columns;
	const char *name, *ref;

	if (!xl_tree_read(x, part, &tree))
		return false;
	name = xl_value(tree.root, "displayName");
	ref = xl_value(tree.root, "ref");
	columns = xl_child(tree.root, "tableColumns");
	t = ARENA_PUSH(&x->arena, s->table, s->n_table, &s->cap_table);
	*t = (struct xl_table){ .name = name ? name : "", .node = tree.root, .part = part, .n_header = xl_number(xl_value(tree.root, "headerRowCount"), 1),
		.n_total = xl_number(xl_value(tree.root, "totalsRowCount"), 0) };
	if (!ref || !xl_range(ref, &t->range)) {
		t->range = (struct sheet_range){ 0 };
		xl_found(x, XL_TABLE_RANGE, XL_SHEET(s), "the table '%s' has no range of cells", xl_show(x, t->name));
	}
	t->column = ARENA_ARRAY(&x->arena, xl_count(columns, "tableColumn") + 1, const char *);
	for (const struct xl_node *e = xl_child(columns, "tableColumn"); e; e = xl_sibling(e, "tableColumn"))
		t->column[t->n_column++] = xl_value(e, "name") ? unescaped(x, xl_value(e, "name")) : "";
	return true;
}

void xl_tables_read(struct xl *x, struct xl_sheet *s)
{
	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "tableParts"), "tablePart"); e; e = xl_sibling(e, "tablePart")) {
		const char *id = xl_value(e, "id");
		const struct opc_relation *r = id ? opc_by_id(&s->relations, id) : NULL;

		if (!r || !r->inside || strcmp(r->type, "table") != 0 || !xl_take_part(x, r->part))
			xl_found(x, XL_TABLE_RANGE, XL_SHEET(s), "the sheet has a table that leads to no part of its own");
		else
			read_table(x, s, r->part);
	}
}

/* ---- one table ---- */

static void check_columns(struct xl *x, const struct xl_sheet *s, const struct xl_table *t)
{
	const struct sheet_range *r = &t->range;
	struct map known;

	map_init(&known, &x->arena);
	for (size_t i = 0; i < t->n_column; i++) {
		const struct xl_cell *c = xl_cell_in(s, r->first_row, r->first_col + (unsigned)i);
		const struct xl_place at = XL_AT(s, r->first_row, r->first_col + (unsigned)i);
		const char *shown = c && c->kind == CELL_TEXT ? c->text : "";

		if (!*t->column[i] || !map_add(&known, t->column[i], 0, NULL))
			xl_found(x, XL_TABLE_COLUMNS, at, "the table '%s' has no name for the column, or one that it has already: '%s'", xl_show(x, t->name),
				xl_show(x, t->column[i]));
		if (t->n_header && strcmp(shown, t->column[i]) != 0)
			xl_found(x, XL_TABLE_HEADER, at, "the header cell has the text '%s', but the column of the table is called '%s'", xl_show(x, shown),
				xl_show(x, t->column[i]));
	}
}

static void check_table(struct xl *x, const struct xl_sheet *s, const struct xl_table *t)
{
	const struct sheet_range *r = &t->range;
	size_t rows = r->last_row - r->first_row + 1, columns = r->last_col - r->first_col + 1;

	if (!r->first_row)
		return; /* told already */
	if (columns != t->n_column) {
		xl_found(x, XL_TABLE_RANGE, XL_AT(s, r->first_row, r->first_col), "the table '%s' has %zu columns on %zu columns of cells", xl_show(x, t->name),
			t->n_column, columns);
		return;
	}
	if (r->last_row > s->last_row || r->last_col > s->last_col || rows < (size_t)t->n_header + t->n_total + 1)
		xl_found(x, XL_TABLE_RANGE, XL_AT(s, r->first_row, r->first_col), "the table '%s' goes beyond the cells of the sheet, or has no row of data",
			xl_show(x, t->name));
	check_columns(x, s, t);
}

/* Tables together with merged cells; where these overlap each other, which is told elsewhere, tables alone. */
static void check_overlap(struct xl *x, const struct xl_sheet *s)
{
	struct merges merged = { 0 }, m = { 0 };
	struct sheet_range r;

	xl_merges(s, &merged);
	if (merges_sort(&merged, &r))
		for (size_t i = 0; i < merged.n; i++)
			merges_add(&m, merged.range[i]);
	merges_clear(&merged);
	for (size_t i = 0; i < s->n_table; i++)
		if (s->table[i].range.first_row)
			merges_add(&m, s->table[i].range);
	if (!merges_sort(&m, &r))
		xl_found(x, XL_TABLE_OVERLAP, XL_AT(s, r.first_row, r.first_col), "a table or merged range begins here that shares cells with another one");
	merges_clear(&m);
}

/* ---- names ---- */

static bool is_name(const char *s)
{
	unsigned row, col;
	size_t n;

	if (!*s || (*s >= '0' && *s <= '9') || strpbrk(s, " !\"#%&'()*+,-/:;<=>@[]^`{|}~"))
		return false;
	return !(xl_cell_at(s, &n, &row, &col) && !s[n]);
}

static void check_names(struct xl *x, const struct xl_sheet *s, struct map *known)
{
	for (size_t i = 0; i < s->n_table; i++) {
		const struct xl_table *t = &s->table[i];

		if (!is_name(t->name) || !map_add(known, utf8_fold(t->name, strlen(t->name), &x->arena), 0, NULL))
			xl_found(x, XL_TABLE_NAME, XL_AT(s, t->range.first_row, t->range.first_col), "the table is called '%s'", xl_show(x, t->name));
	}
}

void xl_tables(struct xl *x)
{
	struct map known;

	map_init(&known, &x->arena);
	for (size_t i = 0; i < x->n_name; i++)
		map_add(&known, utf8_fold(x->name[i].name, strlen(x->name[i].name), &x->arena), 0, NULL);
	for (size_t i = 0; i < x->n_sheet; i++) {
		const struct xl_sheet *s = &x->sheet[i];

		check_names(x, s, &known);
		for (size_t t = 0; t < s->n_table; t++)
			check_table(x, s, &s->table[t]);
		if (s->n_table)
			check_overlap(x, s);
	}
}
