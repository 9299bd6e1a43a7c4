/* A sheet as it stands in its part: cells and rows into arrays, the rest as a tree. */
#include "sheetlint/linting.h"

#include "base/buf.h"
#include "base/ratio.h"

#include <stdlib.h>
#include <string.h>

enum { HEIGHT_UNIT = 100, HEIGHT_MAX = 1000000, TABLES_SEEN = 16 };
enum { HIGHEST = 40950 }; /* [1/100 pt] of a row in programs */

enum state { ELSEWHERE, IN_DATA, IN_ROW, IN_CELL };
enum content { NOTHING, VALUE, FORMULA, INLINE };

struct reading {
	struct xl *x;
	struct xl_sheet *sheet;
	enum state state;
	enum content content; /* that is being read */
	size_t depth;	      /* open elements in the cell */
	size_t phonetic;      /* depth of one whose text is not shown; 0: none */
	struct buf value, formula;
	const char *type; /* of the cell, or "n" */
	size_t n_value;	  /* elements with one */
	bool is_other;	  /* no cell, but what else a row may have */
	uint32_t last_col;
	struct xl_cell cell;
	struct xl_string runs; /* of a text in the cell itself */
	size_t cap_colour;
};

/* ---- rows ---- */

static void check_row_order(struct reading *r, uint32_t number)
{
	struct xl_sheet *s = r->sheet;
	uint32_t last = s->n_row ? s->row[s->n_row - 1].row : 0;

	if (number == last)
		xl_found(r->x, XL_ROW_TWICE, XL_AT(s, number, 1), "row %u stands twice", number);
	else if (number < last)
		xl_found(r->x, XL_ROW_ORDER, XL_AT(s, number, 1), "row %u stands behind row %u", number, last);
}

/* [1/100 pt], at most HEIGHT_MAX; 0: none that is said. */
static unsigned read_height(const char *s)
{
	struct ratio x;

	if (!s || !ratio_parse(s, strlen(s), &x) || x.num < 0)
		return 0;
	return x.num / x.den >= HEIGHT_MAX / HEIGHT_UNIT ? HEIGHT_MAX : (unsigned)(ratio_double(x) * HEIGHT_UNIT);
}

static void check_height(struct reading *r, uint32_t number, unsigned height)
{
	if (height > HIGHEST)
		xl_found(r->x, XL_ROW_HEIGHT, XL_AT(r->sheet, number, 1), "the row is %u.%02u pt high", height / HEIGHT_UNIT, height % HEIGHT_UNIT);
}

static bool begin_row(struct reading *r, const struct sax_element *e, struct diags *d)
{
	struct xl_sheet *s = r->sheet;
	uint32_t last = s->n_row ? s->row[s->n_row - 1].row : 0;
	const char *written = sax_value(e, "r");
	uint32_t number = written ? xl_number(written, 0) : last + 1;
	const char *style = sax_value(e, "s");
	unsigned height = read_height(sax_value(e, "ht"));

	if (!number || number > SHEET_ROWS_MAX) {
		xl_found(r->x, XL_CELL_PLACE, XL_SHEET(s), "a row has the number '%s'", xl_show(r->x, written ? written : "-"));
		number = last + 1;
	}
	if (number > SHEET_ROWS_MAX || s->n_row > SHEET_ROWS_MAX)
		return diag_error(d, e->at, "limit", "the sheet has more than %d rows; divide it", SHEET_ROWS_MAX);
	check_row_order(r, number);
	check_height(r, number, height);
	*ARENA_PUSH(&r->x->arena, s->row, s->n_row, &s->cap_row) = (struct xl_row){
		.row = number,
		.hidden = opc_flag(e, "hidden"),
		.style = style && opc_flag(e, "customFormat") ? xl_number(style, 0) + 1 : 0,
		.height = opc_flag(e, "customHeight") ? height : 0,
	};
	r->last_col = 0;
	return true;
}

/* ---- cells ---- */

static void check_cell_order(struct reading *r)
{
	const struct xl_place at = XL_AT(r->sheet, r->cell.row, r->cell.col);

	if (r->cell.col == r->last_col)
		xl_found(r->x, XL_CELL_TWICE, at, "the cell stands twice");
	else if (r->cell.col < r->last_col)
		xl_found(r->x, XL_CELL_ORDER, at, "the cell stands behind one that is right of it");
}

static bool begin_cell(struct reading *r, const struct sax_element *e, struct diags *d)
{
	uint32_t row = r->sheet->row[r->sheet->n_row - 1].row;
	const char *at = sax_value(e, "r"), *type = sax_value(e, "t"), *style = sax_value(e, "s");
	unsigned in_row = row, col = r->last_col + 1;
	size_t n;

	if (++r->x->n_cell > XL_CELLS_MAX)
		return diag_error(d, e->at, "limit", "the workbook has more than %d cells; divide it", XL_CELLS_MAX);
	if (at && (!xl_cell_at(at, &n, &in_row, &col) || at[n] || in_row != row || strchr(at, '$'))) {
		xl_found(r->x, XL_CELL_PLACE, XL_AT(r->sheet, row, r->last_col + 1), "a cell of row %u has the address '%s'", row, xl_show(r->x, at));
		col = r->last_col + 1;
	}
	if (col > SHEET_COLUMNS_MAX)
		return diag_error(d, e->at, "limit", "the sheet has more than %d columns; divide it", SHEET_COLUMNS_MAX);
	r->cell = (struct xl_cell){ .row = row, .col = col, .style = style ? xl_number(style, UINT32_MAX - 1) : 0, .text = "" };
	r->type = arena_text(&r->x->arena, type ? type : "n");
	r->value.n = r->formula.n = 0;
	r->n_value = 0;
	r->runs = (struct xl_string){ 0 };
	r->cap_colour = 0;
	check_cell_order(r);
	return true;
}

/* As a program writes one: digits, at most one point, an exponent. */
static bool is_number(const char *s)
{
	size_t n;

	s += *s == '-' || *s == '+';
	n = strspn(s, "0123456789");
	s += n;
	if (*s == '.') {
		size_t n_decimal = strspn(++s, "0123456789");

		n += n_decimal;
		s += n_decimal;
	}
	if (n && (*s == 'e' || *s == 'E')) {
		s++;
		s += *s == '-' || *s == '+';
		n = strspn(s, "0123456789");
		s += n;
	}
	return n && !*s;
}

static void bad_value(struct reading *r, const char *value)
{
	xl_found(r->x, XL_CELL_VALUE, XL_AT(r->sheet, r->cell.row, r->cell.col), "the cell has the type '%s' and the value '%s'",
		xl_show(r->x, r->type), xl_show(r->x, value));
}

static void take_shared(struct reading *r, const char *value)
{
	uint32_t i = xl_number(value, UINT32_MAX);

	if (i >= r->x->n_shared) {
		xl_found(r->x, XL_SHARED_STRING, XL_AT(r->sheet, r->cell.row, r->cell.col),
			"the cell refers to the shared text '%s', but there are only %zu (counted from 0)", xl_show(r->x, value), r->x->n_shared);
		return;
	}
	r->cell.string = i + 1;
	r->x->n_text += r->x->string[i].n; /* it is looked at for each cell that shows it */
	r->cell.text = r->x->string[i].text;
	r->cell.kind = CELL_TEXT;
}

static void take_value(struct reading *r, const char *value)
{
	struct xl_cell *c = &r->cell;

	c->text = value;
	if (!strcmp(r->type, "s")) {
		take_shared(r, value);
	} else if (!strcmp(r->type, "str") || !strcmp(r->type, "inlineStr") || !strcmp(r->type, "d")) {
		c->kind = CELL_TEXT;
	} else if (!strcmp(r->type, "e")) {
		c->kind = CELL_ERROR;
	} else if (!strcmp(r->type, "b")) {
		c->kind = CELL_BOOLEAN;
		if (strcmp(value, "0") != 0 && strcmp(value, "1") != 0)
			bad_value(r, value);
	} else if (!strcmp(r->type, "n")) {
		c->kind = *value ? CELL_NUMBER : CELL_EMPTY;
		if (*value ? !is_number(value) : !c->has_formula)
			bad_value(r, value);
	} else {
		bad_value(r, value);
	}
}

static void end_cell(struct reading *r)
{
	struct xl *x = r->x;
	struct xl_sheet *s = r->sheet;
	struct xl_cell *c = &r->cell;

	c->has_value = r->n_value > 0;
	if (r->formula.n)
		c->formula = arena_slice(&x->arena, r->formula.text, r->formula.n);
	if (c->has_value)
		take_value(r, arena_slice(&x->arena, r->value.text ? r->value.text : "", r->value.n));
	if (r->n_value > 1)
		xl_found(x, XL_CELL_VALUE, XL_AT(s, c->row, c->col), "the cell has %zu values", r->n_value);
	if (r->runs.n_colour || r->runs.raised) {
		r->runs.text = c->text;
		*ARENA_PUSH(&x->arena, x->string, x->n_string, &x->cap_string) = r->runs;
		c->string = (uint32_t)x->n_string;
	}
	if (c->col > r->last_col)
		r->last_col = c->col;
	if (c->row > s->last_row)
		s->last_row = c->row;
	if (c->col > s->last_col)
		s->last_col = c->col;
	*ARENA_PUSH(&x->arena, s->cell, s->n_cell, &s->cap_cell) = *c;
}

/* Inside of a cell. */
static void begin_content(struct reading *r, const struct sax_element *e)
{
	r->depth++;
	r->content = NOTHING;
	if (!strcmp(e->name, "rPh") && !r->phonetic)
		r->phonetic = r->depth;
	if (r->depth == 1 && !strcmp(e->name, "f")) {
		r->content = FORMULA;
		r->cell.has_formula = true;
	} else if (r->depth == 1 && (!strcmp(e->name, "v") || !strcmp(e->name, "is"))) {
		r->content = *e->name == 'v' ? VALUE : NOTHING;
		r->n_value++;
	} else if (r->depth > 1 && !r->phonetic && !strcmp(e->name, "t")) {
		r->content = INLINE;
	}
	if (r->depth > 1)
		xl_take_run(r->x, e, &r->runs, &r->cap_colour);
}

/* ---- the part ---- */

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct reading *r = ctx;
	const struct xl_tree *t = &r->sheet->tree;

	switch (r->state) {
	case ELSEWHERE:
		if (t->open && t->open == t->root && !strcmp(e->name, "sheetData"))
			r->state = IN_DATA;
		return xl_tree_start(r->x, &r->sheet->tree, e, d);
	case IN_DATA:
		r->state = IN_ROW;
		return begin_row(r, e, d);
	case IN_ROW:
		r->state = IN_CELL;
		r->content = NOTHING;
		r->depth = r->phonetic = 0;
		r->is_other = strcmp(e->name, "c") != 0;
		return r->is_other || begin_cell(r, e, d);
	case IN_CELL:
		begin_content(r, e);
		return true;
	}
	return true;
}

static struct origin sheet_place(void *ctx)
{
	struct reading *r = ctx;

	return (struct origin){ r->x->shown, r->sheet->name, r->state == IN_CELL ? r->cell.row : 0, r->state == IN_CELL ? r->cell.col : 0 };
}

static void leave_cell(struct reading *r)
{
	r->content = NOTHING;
	if (r->phonetic == r->depth)
		r->phonetic = 0;
	if (r->depth) {
		r->depth--;
		return;
	}
	if (!r->is_other)
		end_cell(r);
	r->state = IN_ROW;
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct reading *r = ctx;

	(void)name;
	switch (r->state) {
	case IN_CELL:
		leave_cell(r);
		return xl_keep(r->x, 0, sheet_place(r), d);
	case IN_ROW:
		r->state = IN_DATA;
		break;
	case IN_DATA:
		r->state = ELSEWHERE;
		xl_tree_end(&r->sheet->tree);
		break;
	case ELSEWHERE:
		xl_tree_end(&r->sheet->tree);
		break;
	}
	return true;
}

static bool on_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct reading *r = ctx;

	if (r->state == ELSEWHERE)
		return xl_tree_text(r->x, &r->sheet->tree, s, n, at, d);
	if (r->state != IN_CELL || r->content == NOTHING)
		return true;
	buf_put(r->content == FORMULA ? &r->formula : &r->value, s, n);
	return xl_keep(r->x, n, at, d);
}

static int by_place(const void *a, const void *b)
{
	const struct xl_cell *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->col < y->col ? -1 : x->col > y->col;
}

static int by_row(const void *a, const void *b)
{
	const struct xl_row *x = a, *y = b;

	return x->row < y->row ? -1 : x->row > y->row;
}

bool xl_sheet_read(struct xl *x, struct xl_sheet *s)
{
	struct reading r = { .x = x, .sheet = s };
	struct sax_handler handler = { .ctx = &r, .start = on_start, .end = on_end, .text = on_text, .place = sheet_place };

	if (!s->has_part)
		return true;
	s->is_read = container_parse(x->container, s->part, &handler, x->d)
		     && opc_relations(x->container, container_name(x->container, s->part), &x->arena, &s->relations, x->d);
	buf_clear(&r.value);
	buf_clear(&r.formula);
	if (s->n_cell)
		qsort(s->cell, s->n_cell, sizeof *s->cell, by_place);
	if (s->n_row)
		qsort(s->row, s->n_row, sizeof *s->row, by_row);
	return s->is_read;
}

/* ---- looking ---- */

const struct xl_cell *xl_cell_in(const struct xl_sheet *s, unsigned row, unsigned col)
{
	const struct xl_cell key = { .row = row, .col = col };

	return s->n_cell ? bsearch(&key, s->cell, s->n_cell, sizeof *s->cell, by_place) : NULL;
}

const struct xl_row *xl_row_in(const struct xl_sheet *s, unsigned row)
{
	const struct xl_row key = { .row = row };

	return s->n_row ? bsearch(&key, s->row, s->n_row, sizeof *s->row, by_row) : NULL;
}

bool xl_is_blank(const struct xl_cell *c)
{
	return !c || c->kind == CELL_EMPTY || !c->text[strspn(c->text, " \t\r\n")];
}

bool xl_inside(const struct sheet_range *r, unsigned row, unsigned col)
{
	return row >= r->first_row && row <= r->last_row && col >= r->first_col && col <= r->last_col;
}

const struct xl_table *xl_table_at(const struct xl_sheet *s, unsigned row, unsigned col)
{
	/* More than a few tables are told as a finding of their own: then cells need not be looked for in all of them. */
	for (size_t i = 0; i < s->n_table && i < TABLES_SEEN; i++)
		if (xl_inside(&s->table[i].range, row, col))
			return &s->table[i];
	return NULL;
}
