#include "compose/formwork.h"

#include "base/buf.h"

#include <string.h>

static const char *const ids[] = { "kind", "title.year", "title.month", "how", "how.needed", "unit", "unit.columns", "column.no", "reference",
	"place-date", "made-by", "made-by.how", "approved-by", "approved-by.how", "enter.count", "enter.money", "enter.rate",
	"enter.number", "enter.text", "enter.list", "enter.flag", "enter.date", "enter.month", "enter.area", "unit.one", "needed",
	"optional", "error.title", "error.whole", "error.decimal", "error.number", "error.date", "error.list", "error.unknown",
	"note.number", "note.given", "note.total", "note.reference", NULL };

static bool is_number(const struct formwork *w, const struct form_field *column)
{
	if (column->field == NO_FIELD)
		return column->kind == FORM_GIVEN;
	return field_is_number(w->dataset->field[column->field].type);
}

static const char *unit_of(const struct formwork *w, const struct form_field *column)
{
	return column->field == NO_FIELD ? "" : w->dataset->field[column->field].unit;
}

/* ---- columns ---- */

/* General where decimals may follow: programs show as many as there are. A "%" that is a text tells the reader that a rate below 1 is
 * no fraction, and whoever types one sees it. */
static const char *format_of(const struct formwork *w, const struct form_field *column)
{
	if (column->field == NO_FIELD)
		return NULL;
	switch (w->dataset->field[column->field].type) {
	case FIELD_COUNT:
		return "#,##0";
	case FIELD_RATE:
		return "General\"%\"";
	case FIELD_NUMBER:
		return strcmp(unit_of(w, column), "%") ? NULL : "General\"%\"";
	case FIELD_MONEY:
	case FIELD_MONTH:
		return NULL;
	case FIELD_DATE:
		return "dd/mm/yyyy";
	case FIELD_TEXT:
	case FIELD_AREA:
	case FIELD_FLAG:
	case FIELD_WORD:
		return "@";
	}
	return NULL;
}

static enum align align_of(const struct formwork *w, const struct form_field *column)
{
	enum field_type type = column->field == NO_FIELD ? FIELD_FLAG : w->dataset->field[column->field].type;

	if (field_is_number(type))
		return ALIGN_RIGHT;
	return type == FIELD_TEXT || type == FIELD_AREA ? ALIGN_LEFT : ALIGN_CENTRE;
}

static const struct grid_column *make_columns(const struct formwork *w)
{
	struct grid_column *made = ARENA_ARRAY(w->a, w->n_column, struct grid_column);

	for (size_t i = 0; i < w->n_column; i++)
		made[i] = (struct grid_column){
			.id = w->column[i].field == NO_FIELD ? "" : w->dataset->field[w->column[i].field].id,
			.align = align_of(w, &w->column[i]),
			.number_format = format_of(w, &w->column[i]),
			.total_format = format_of(w, &w->column[i]),
			.unit = unit_of(w, &w->column[i]),
			.is_number = is_number(w, &w->column[i]),
		};
	return made;
}

/* "(1)", "(2)" over what is read back. */
static const char *const *make_numbering(const struct formwork *w)
{
	const char **number = ARENA_ARRAY(w->a, w->n_column, const char *);

	for (size_t i = 0; i < w->n_column; i++) {
		enum form_kind kind = w->column[i].kind;

		number[i] = kind == FORM_GIVEN || kind == FORM_ENTRY ? arena_printf(w->a, "(%zu)", i + 1) : "";
	}
	return number;
}

static void set_header(const struct formwork *w, struct grid_table *g)
{
	struct label_path *path = ARENA_ARRAY(w->a, w->n_column, struct label_path);

	for (size_t i = 0; i < w->n_column; i++)
		path[i] = w->column[i].path;
	header_of_paths(path, w->n_column, g, w->a);
	g->numbering = make_numbering(w);
}

/* Columns up to the one that names the row. */
static size_t stub_columns(const struct formwork *w)
{
	for (size_t i = 0; i < w->n_column; i++)
		if (w->column[i].field == w->dataset->label)
			return i + 1;
	return 1;
}

/* ---- units ---- */

/* The columns of a unit: "3, 4, 6"; their number. */
static size_t columns_of_unit(const struct formwork *w, const char *unit, struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n_column; i++)
		if (w->column[i].kind == FORM_ENTRY && !strcmp(unit_of(w, &w->column[i]), unit))
			buf_printf(b, "%s%zu", n++ ? ", " : "", i + 1);
	return n;
}

static bool is_first_of_unit(const struct formwork *w, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (w->column[k].kind == FORM_ENTRY && !strcmp(unit_of(w, &w->column[k]), unit_of(w, &w->column[i])))
			return false;
	return w->column[i].kind == FORM_ENTRY && *unit_of(w, &w->column[i]);
}

/* The one unit of all columns, or each with the numbers of its columns. NULL where there is none. */
static const char *unit_line(const struct formwork *w)
{
	struct buf b = { 0 };
	const char *list = NULL;
	const char *only = NULL;
	size_t n = 0;

	for (size_t i = 0; i < w->n_column; i++) {
		const char *unit = unit_of(w, &w->column[i]);

		if (!is_first_of_unit(w, i))
			continue;
		b.n = 0;
		columns_of_unit(w, unit, &b);
		list = arena_printf(w->a, "%s%s%s", n ? list : "", n ? "; " : "",
			form_say(w, "unit.columns", unit, arena_slice(w->a, b.text, b.n), NULL));
		only = unit;
		n++;
	}
	buf_clear(&b);
	return n ? form_say(w, "unit", n == 1 ? only : list, NULL, NULL) : NULL;
}

/* ---- cells ---- */

static void set_leaf(const struct formwork *w, size_t i_row, const struct form_field *column, struct grid_cell *cell)
{
	const struct form_row *row = &w->row[i_row];

	grid_cell_set(cell, figure_missing());
	cell->text = "";
	if (column->field == NO_FIELD && column->kind == FORM_GIVEN)
		grid_cell_set(cell, figure_of(ratio_whole((int64_t)i_row + 1)));
	else if (column->kind == FORM_REFERENCE && row->before)
		grid_cell_set(cell, row->before[column->field]);
	else if (column->kind == FORM_GIVEN || column->kind == FORM_ENTRY)
		cell->text = form_given_text(w, row, column);
	if (cell->state == FIGURE_OK)
		cell->text = number_text(grid_cell_figure(cell), (struct number_style){ .decimals = ratio_decimals(cell->x) }, w->a);
}

/* Of the figures of the year before: missing unless all rows have theirs. */
static struct figure sum_before(const struct formwork *w, size_t field)
{
	struct figure sum = figure_of(ratio_whole(0));

	for (size_t i = 0; i < w->n_row; i++) {
		const struct figure *part = w->row[i].before ? &w->row[i].before[field] : NULL;

		if (!part || part->state != FIGURE_OK || !ratio_add(sum.x, part->x, w->dataset->at, &sum.x, w->d))
			return figure_missing();
	}
	return sum;
}

/* The sum once all areas have their figures. Until then a text that reads as an empty cell: a formula whose result is nothing
 * at all looks to readers as if no program had computed it. */
static const char pending[] = "...";

static struct formula sum_of(const struct formwork *w, size_t i_column)
{
	const struct formula_token range = { .kind = FORMULA_RANGE, .row_last = (unsigned)w->n_row - 1, .column = (unsigned)i_column };
	struct formula_token *token = ARENA_ARRAY(w->a, 5, struct formula_token);

	token[0] = (struct formula_token){ .text = "IF(COUNT(" };
	token[1] = range;
	token[2] = (struct formula_token){ .text = arena_printf(w->a, ")=%zu,SUM(", w->n_row) };
	token[3] = range;
	token[4] = (struct formula_token){ .text = arena_printf(w->a, "),\"%s\")", pending) };
	return (struct formula){ token, 5 };
}

static void set_total(const struct formwork *w, size_t i_column, struct grid_cell *cell)
{
	const struct form_field *column = &w->column[i_column];

	grid_cell_set(cell, figure_missing());
	cell->text = column->field == w->dataset->label ? w->dataset->total_label : "";
	if (column->summed && column->kind == FORM_ENTRY) {
		grid_cell_set_formula(cell, sum_of(w, i_column));
		cell->text = pending;
	}
	if (column->summed && column->kind == FORM_REFERENCE)
		grid_cell_set(cell, sum_before(w, column->field));
	if (cell->state == FIGURE_OK)
		cell->text = number_text(grid_cell_figure(cell), (struct number_style){ .decimals = ratio_decimals(cell->x) }, w->a);
}

static void set_rows(const struct formwork *w, struct grid_table *g)
{
	bool has_total = w->dataset->total_label;
	enum grid_row_kind *kind;
	struct grid_cell *cell;

	g->n_row = w->n_row + has_total;
	kind = ARENA_ARRAY(w->a, g->n_row, enum grid_row_kind);
	cell = ARENA_ARRAY(w->a, g->n_row * w->n_column, struct grid_cell);
	for (size_t r = 0; r < w->n_row; r++)
		for (size_t c = 0; c < w->n_column; c++)
			set_leaf(w, r, &w->column[c], &cell[r * w->n_column + c]);
	for (size_t c = 0; has_total && c < w->n_column; c++)
		set_total(w, c, &cell[w->n_row * w->n_column + c]);
	if (has_total)
		kind[w->n_row] = GRID_TOTAL;
	g->cell = cell;
	g->row_kind = kind;
}

/* ---- the sheet ---- */

static const char *sheet_title(const struct formwork *w)
{
	const struct job *job = w->model->job;
	const char *year = arena_printf(w->a, "%d", job->period.year);

	if (!job->period.month)
		return form_say(w, "title.year", w->dataset->title, year, NULL);
	return form_say(w, "title.month", w->dataset->title, year, arena_printf(w->a, "%02d", job->period.month));
}

static const struct grid_table *make_grid(const struct formwork *w)
{
	struct grid_table *g = ARENA_NEW(w->a, struct grid_table);

	g->id = w->dataset->id;
	g->title = sheet_title(w);
	g->unit_line = unit_line(w);
	g->column = make_columns(w);
	g->n_column = w->n_column;
	g->stub = stub_columns(w);
	g->at = w->dataset->at;
	set_header(w, g);
	set_rows(w, g);
	return g;
}

/* In one line. */
static const char *agency_line(const struct job *job, struct arena *a)
{
	char *line = arena_text(a, job->agency_head);

	for (char *s = line; *s; s++)
		if (*s == '\n')
			*s = ' ';
	return line;
}

/* What may stay blank: not the columns that each row must have. */
static const char *how_text(const struct formwork *w)
{
	struct buf b = { 0 };
	const char *columns;

	for (size_t i = 0; i < w->n_column; i++)
		if (w->column[i].kind == FORM_ENTRY && w->dataset->field[w->column[i].field].needed)
			buf_printf(&b, "%s%zu", b.n ? ", " : "", i + 1);
	columns = b.n ? arena_slice(w->a, b.text, b.n) : NULL;
	buf_clear(&b);
	return form_say(w, columns ? "how.needed" : "how", columns, NULL, NULL);
}

static struct form_sheet make_sheet(const struct formwork *w)
{
	const struct job *job = w->model->job;
	struct form_column *column = ARENA_ARRAY(w->a, w->n_column, struct form_column);

	for (size_t i = 0; i < w->n_column; i++)
		column[i] = form_column_of(w, &w->column[i]);
	return (struct form_sheet){
		.name = dataset_sheet(w->dataset, w->a),
		.table = make_grid(w),
		.column = column,
		.agency = agency_line(job, w->a),
		.kind = form_say(w, "kind", NULL, NULL, NULL),
		.how = how_text(w),
		.place_date = form_say(w, "place-date", job->place, arena_printf(w->a, "%d", job->period.year), NULL),
		.left = { form_say(w, "made-by", NULL, NULL, NULL), form_say(w, "made-by.how", NULL, NULL, NULL) },
		.right = { form_say(w, "approved-by", NULL, NULL, NULL), form_say(w, "approved-by.how", NULL, NULL, NULL) },
	};
}

static bool add_sheet(struct formwork *w, struct form_sheet *sheet)
{
	if (!form_read_tables(w) || !form_collect_rows(w))
		return false;
	if (!w->n_row)
		return diag_error(w->d, w->dataset->at, "form", "no area is known for the dataset '%s'", w->dataset->id);
	form_choose_columns(w);
	*sheet = make_sheet(w);
	return true;
}

bool form_make(const struct model *model, const struct form_input *input, size_t n_input, struct library *library, struct arena *a,
	const struct form **made, struct diags *d)
{
	const struct job *job = model->job;
	const struct wording *words = wording_read(library, "form", ids, job->at, a, d);
	struct form *form = ARENA_NEW(a, struct form);
	struct form_sheet *sheet = ARENA_ARRAY(a, n_input, struct form_sheet);
	bool ok = words;

	form->style = style_read(library, job->form, job->at, a, d);
	ok = form->style && ok;
	for (size_t i = 0; words && i < n_input; i++) {
		struct formwork w = { .model = model, .input = &input[i], .dataset = input[i].dataset, .words = words,
			.library = library, .a = a, .d = d };

		ok = add_sheet(&w, &sheet[i]) && ok;
	}
	if (!ok)
		return false;
	form->title = arena_printf(a, "%s: %s", sheet[0].kind, sheet[0].table->title);
	form->author = job->agency;
	form->date = job->date;
	form->sheet = sheet;
	form->n_sheet = n_input;
	*made = form;
	return true;
}
