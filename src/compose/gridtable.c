/* A computed table as it is printed: texts, header, formulas, notes. */
#include "compose/composer.h"

#include <string.h>

const char *cell_text(const struct table *table, size_t row, size_t column, struct arena *a)
{
	const struct cell_value *cell = table_cell(table, row, column);
	bool total = table->row[row].kind != ROW_AREA;

	if (column_is_number(&table->column[column]))
		return number_text(cell->figure, column_style(&table->column[column], total), a);
	return cell->text ? cell->text : "";
}

/* ---- which rows and columns ---- */

struct grid_map grid_map_make(const struct table *table, struct arena *a)
{
	size_t *column = ARENA_ARRAY(a, table->n_column, size_t);
	size_t *row = ARENA_ARRAY(a, table->n_row, size_t);
	size_t *column_grid = ARENA_ARRAY(a, table->n_column, size_t);
	size_t *row_grid = ARENA_ARRAY(a, table->n_row, size_t);
	struct grid_map m = { table, column, 0, row, 0, column_grid, row_grid };

	for (size_t i = 0; i < table->n_column; i++) {
		column_grid[i] = table->column[i].hidden ? SIZE_MAX : m.n_column;
		if (!table->column[i].hidden)
			column[m.n_column++] = i;
	}
	for (size_t i = 0; i < table->n_row; i++) {
		bool printed = table->row[i].kind != ROW_TOTAL || table->total_printed;

		row_grid[i] = printed ? m.n_row : SIZE_MAX;
		if (printed)
			row[m.n_row++] = i;
	}
	return m;
}

/* Flags and days stand in the middle, as forms have them, and what the table says. */
static bool is_centred(const struct table *table, const struct column *column)
{
	enum field_type type = column->kind == COLUMN_TEXT ? table->dataset->field[column->field].type : FIELD_TEXT;

	return column->is_centred || type == FIELD_FLAG || type == FIELD_DATE;
}

static enum align column_align(const struct table *table, const struct column *column)
{
	if (is_centred(table, column))
		return ALIGN_CENTRE;
	switch (column->kind) {
	case COLUMN_ORDINAL:
		return ALIGN_CENTRE;
	case COLUMN_LABEL:
	case COLUMN_TEXT:
	case COLUMN_WORDS:
		return ALIGN_LEFT;
	case COLUMN_FIELD:
	case COLUMN_INDICATOR:
	case COLUMN_SHARE:
		return ALIGN_DECIMAL;
	}
	return ALIGN_LEFT;
}

static const struct grid_column *make_columns(const struct grid_map *m, struct texts *texts, struct arena *a)
{
	struct grid_column *made = ARENA_ARRAY(a, m->n_column, struct grid_column);

	for (size_t i = 0; i < m->n_column; i++) {
		const struct column *column = &m->table->column[m->column[i]];
		bool is_number = column_is_number(column);

		made[i] = (struct grid_column){
			.id = texts_keep(texts, column->id),
			.align = column_align(m->table, column),
			.number_format
			= is_number ? number_format(column_style(column, false), a) : "@",
			.total_format
			= is_number ? number_format(column_style(column, true), a) : "@",
			.unit = texts_keep(texts, column->unit),
			.is_number = is_number,
		};
	}
	return made;
}

/* Columns up to and with the label; without one, the first. */
static size_t stub_columns(const struct grid_map *m)
{
	for (size_t i = 0; i < m->n_column; i++)
		if (m->table->column[m->column[i]].kind == COLUMN_LABEL)
			return i + 1;
	return m->n_column ? 1 : 0;
}

/* ---- rows ---- */

static enum grid_row_kind grid_kind(enum row_kind kind)
{
	switch (kind) {
	case ROW_AREA:
		return GRID_LEAF;
	case ROW_GROUP:
		return GRID_GROUP;
	case ROW_TOTAL:
		return GRID_TOTAL;
	}
	return GRID_LEAF;
}

static void set_rows(const struct grid_map *m, struct grid_table *g, struct arena *a)
{
	enum grid_row_kind *kind = ARENA_ARRAY(a, m->n_row, enum grid_row_kind);
	const char **key = ARENA_ARRAY(a, m->n_row, const char *);

	for (size_t i = 0; i < m->n_row; i++) {
		kind[i] = grid_kind(m->table->row[m->row[i]].kind);
		key[i] = arena_text(a, m->table->row[m->row[i]].key);
	}
	g->row_kind = kind;
	g->row_key = key;
	g->n_row = m->n_row;
}

/* The formats of cells that show as many decimals as they have, made once. */
struct own_formats {
	const char *text[2][RATIO_DECIMALS + 1]; /* of leaves and of totals, by decimals */
};

static const char *own_format(struct own_formats *formats, const struct column *column, bool total, struct figure figure, struct arena *a)
{
	struct number_style style = number_style_of(column_style(column, total), figure);
	const char **text = &formats->text[total][style.decimals];

	if (!*text)
		*text = number_format(style, a);
	return *text;
}

static void set_cells(struct composer *c, const struct grid_map *m, struct grid_table *g)
{
	struct arena *a = c->a;
	struct grid_cell *cell = ARENA_ARRAY(a, m->n_row * m->n_column, struct grid_cell);
	struct grid_formulas *formulas = grid_formulas_new(m, a);
	const struct grid_links *links = grid_links_new(c, m);
	struct own_formats *formats = ARENA_ARRAY(a, m->n_column, struct own_formats);

	for (size_t i = 0; i < m->n_row; i++) {
		for (size_t k = 0; k < m->n_column; k++) {
			struct grid_cell *to = &cell[i * m->n_column + k];

			to->text = g->facts->row[m->row[i]].cell[m->column[k]].text;
			to->flags = g->row_kind[i] == GRID_LEAF ? 0 : RUN_BOLD;
			to->at = figure_place(&table_cell(m->table, m->row[i], m->column[k])->figure);
			if (!g->column[k].is_number)
				continue;
			grid_cell_set(to, table_cell(m->table, m->row[i], m->column[k])->figure);
			grid_cell_set_formula(to, grid_formula(formulas, i, k));
			if (!to->n_token)
				grid_cell_set_formula(to, grid_link(links, i, k));
			grid_cell_set(to, grid_shown(formulas, k, to));
			if (m->table->column[m->column[k]].own_decimals)
				to->number_format = own_format(&formats[k], &m->table->column[m->column[k]], g->row_kind[i] != GRID_LEAF,
					grid_cell_figure(to), a);
		}
	}
	g->cell = cell;
}

/* ---- notes ---- */

struct note_list {
	const char **note; /* [n] */
	size_t n;
	size_t cap;
};

/* A number that there cannot be: its sign stands in the table. */
static bool has_not_applicable(const struct grid_table *g)
{
	for (size_t i = 0; i < g->n_row * g->n_column; i++)
		if (g->cell[i].state == FIGURE_NOT_APPLICABLE && *g->cell[i].text && g->row_kind[i / g->n_column] != GRID_WORDS)
			return true;
	return false;
}

static void add_template_notes(
	struct composer *c, const struct table *table, const struct grid_table *g, struct note_list *list)
{
	struct scope scope = { table, NO_ROW };

	for (const struct node *n = table->template ? table->template->child : NULL; n;
		n = n->next) {
		const char *text;

		if (!n->name || !node_is(n, "note") || (node_attribute(n, "for") && !has_not_applicable(g)))
			continue;
		text = runs_plain(runs_of_children(c, n, scope), c->a);
		if (*text)
			*ARENA_PUSH(c->a, list->note, list->n, &list->cap) = text;
	}
}

static const char *words_without_rows(struct composer *c, const struct table *table)
{
	struct scope scope = { table, NO_ROW };

	for (const struct node *n = table->template ? table->template->child : NULL; n; n = n->next)
		if (n->name && node_is(n, "no-rows"))
			return runs_plain(runs_of_children(c, n, scope), c->a);
	return "";
}

/* One row that says why there are none, where the template has words for it. */
static void set_words(struct composer *c, const struct table *table, struct grid_table *g)
{
	const char *words = words_without_rows(c, table);
	enum grid_row_kind *kind = ARENA_NEW(c->a, enum grid_row_kind);
	const char **key = ARENA_NEW(c->a, const char *);
	struct grid_cell *cell = ARENA_ARRAY(c->a, g->n_column, struct grid_cell);

	if (!*words || !g->n_column)
		return;
	*kind = GRID_WORDS;
	*key = "";
	for (size_t k = 0; k < g->n_column; k++)
		cell[k] = (struct grid_cell){ .text = "", .state = FIGURE_NOT_APPLICABLE };
	cell[g->stub - 1].text = words;
	g->cell = cell;
	g->row_kind = kind;
	g->row_key = key;
	g->n_row = 1;
}

static const char *label_path(const struct column *column, struct arena *a)
{
	const char *path = column->n_label ? column->label[0] : column->id;

	for (size_t i = 1; i < column->n_label; i++)
		path = arena_printf(a, "%s - %s", path, column->label[i]);
	return path;
}

/* A printed total that leaves missing rows out says so. */
static void add_skipped_notes(struct composer *c, const struct grid_map *m, struct note_list *list)
{
	const struct table *table = m->table;

	for (size_t i = 0; table->total_printed && i < m->n_column; i++) {
		const struct column *column = &table->column[m->column[i]];
		size_t n_leaf = table->row[table->total].n_leaf;
		size_t skipped = table_cell(table, table->total, m->column[i])->skipped;

		if (column_is_number(column) && skipped && skipped <= n_leaf)
			*ARENA_PUSH(c->a, list->note, list->n, &list->cap) = arena_printf(c->a,
				"Cột “%s”: cộng của %zu/%zu địa bàn có số liệu.",
				label_path(column, c->a), n_leaf - skipped, n_leaf);
	}
}

/* ---- the whole ---- */

static const struct grid_table *make_grid(struct composer *c, const struct table *table)
{
	struct grid_map m = grid_map_make(table, c->a);
	struct grid_table *g = ARENA_NEW(c->a, struct grid_table);
	struct note_list notes = { 0 };

	g->id = texts_keep(&c->texts, table->id);
	g->title = texts_keep(&c->texts, table->title);
	g->continued = "(tiếp theo)";
	g->unit_line = texts_keep(&c->texts, table->unit_line);
	g->at = table->at;
	g->column = make_columns(&m, &c->texts, c->a);
	g->n_column = m.n_column;
	g->stub = stub_columns(&m);
	grid_header(&m, &c->texts, g, c->a);
	if (table->numbered_columns)
		g->numbering = grid_numbering(&m, c->a);
	g->facts = facts_of(table, &c->texts, c->facts);
	set_rows(&m, g, c->a);
	set_cells(c, &m, g);
	if (!g->n_row)
		set_words(c, table, g);
	add_template_notes(c, table, g, &notes);
	add_skipped_notes(c, &m, &notes);
	g->note = notes.note;
	g->n_note = notes.n;
	return g;
}

const struct grid_table *grid_of(struct composer *c, const struct table *table)
{
	const struct grid_table *grid;

	for (size_t i = 0; i < c->n_grid; i++)
		if (c->grid[i].table == table)
			return c->grid[i].grid;
	grid = make_grid(c, table);
	*ARENA_PUSH(c->a, c->grid, c->n_grid, &c->cap_grid) = (struct made_grid){ table, grid, false };
	return grid;
}
