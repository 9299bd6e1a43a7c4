/* Header cells of a table: whether each data cell is tied to those of its columns and its row, and to no others. */
#include "pdf/linting.h"

enum { HEADERS_MAX = 200 /* of one cell or column */ };

/* Header cells, by their place in the table. */
struct headers {
	uint32_t cell[HEADERS_MAX];
	size_t n;
};

struct ties {
	struct lint *lint;
	const struct lint_cell *cell;
	size_t n_cell;
	uint32_t *met;	       /* [n_cell] the cell + 1 that led there last */
	struct headers *above; /* of columns: that speak of it */
	struct headers across; /* that speak of the row */
	struct headers named;  /* by the cell that is looked at, and by those that these name */
	size_t n_own;	       /* of named: by itself */
	bool is_wrong;	       /* what it names was said to be wrong */
};

static struct lint_place place_of(const struct ties *t, const struct lint_cell *c)
{
	return LINT_AT(t->lint->element[c->element].number);
}

static void untied(struct ties *t, const struct lint_cell *c, const struct lint_cell *header)
{
	lint_found(t->lint, LINT_CELL_HEADERS, place_of(t, c), "TD %u, %u: TH %u, %u", c->row + 1, c->column + 1, header->row + 1,
		header->column + 1);
}

/* False: there are too many. */
static bool add(struct headers *h, size_t cell)
{
	if (h->n == HEADERS_MAX)
		return false;
	h->cell[h->n++] = (uint32_t)cell;
	return true;
}

/* ---- what cells name ---- */

/* The header cell of the table that has that ID; n_cell: none. */
static size_t find_header(struct ties *t, const struct pdf_object *id)
{
	struct lint *l = t->lint;
	const struct lint_leaf *leaf = id->kind == PDF_STRING ? lint_leaf_name(&l->ids, id->text, id->n) : NULL;
	const struct lint_object *o = leaf ? lint_object(l, leaf->value) : NULL;
	uint32_t place = o && o->element ? l->header[o->element - 1] : 0;

	return place ? place - 1 : t->n_cell;
}

static void misnamed(struct ties *t, size_t cell, const char *what)
{
	lint_found(t->lint, LINT_HEADERS_ID, place_of(t, &t->cell[cell]), "/Headers %s", what);
	t->is_wrong = true;
}

/* What the cell names goes to the others, each once; of: the cell that is looked at. */
static void take_names(struct ties *t, size_t of, size_t cell)
{
	struct lint *l = t->lint;
	const struct lint_element *e = &l->element[t->cell[cell].element];
	const struct pdf_object *headers = lint_attribute(l, e, "Headers");
	uint32_t n = headers->kind == PDF_ARRAY ? headers->n : 0;

	if (n > HEADERS_MAX || (headers->kind != PDF_NULL && headers->kind != PDF_ARRAY)) {
		if (cell == of)
			misnamed(t, cell, lint_text(l, headers));
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct pdf_object *id = pdf_item(l->view, headers, i);
		size_t header = find_header(t, id);

		if ((header == t->n_cell && cell == of) || header == of)
			misnamed(t, cell, lint_text(l, id));
		if (header == t->n_cell || t->met[header] == of + 1)
			continue;
		t->met[header] = (uint32_t)of + 1;
		if (!add(&t->named, header) && !t->is_wrong)
			misnamed(t, cell, "[...]");
	}
}

/* A header cell that is named may name others, which then speak of the cell, too; none may lead back to itself. */
static void find_named(struct ties *t, size_t cell)
{
	t->named.n = 0;
	t->is_wrong = false;
	take_names(t, cell, cell);
	t->n_own = t->named.n;
	for (size_t i = 0; i < t->named.n; i++)
		take_names(t, cell, t->named.cell[i]);
}

/* ---- what speaks of cells ---- */

/* Header cells of rows above that do not reach down to it go; those of the row come. */
static void find_across(struct ties *t, size_t first)
{
	struct headers *h = &t->across;
	unsigned row = t->cell[first].row;
	size_t n = h->n;

	h->n = 0;
	for (size_t i = 0; i < n; i++)
		if (t->cell[h->cell[i]].row + t->cell[h->cell[i]].rows > row)
			h->cell[h->n++] = h->cell[i];
	for (size_t i = first; i < t->n_cell && t->cell[i].row == row; i++)
		if (t->cell[i].scopes_row && !add(h, i))
			lint_found(t->lint, LINT_CELL_HEADERS, place_of(t, &t->cell[i]), "TR %u: %u TH", row + 1, HEADERS_MAX + 1);
}

static void put_above(struct ties *t, size_t i)
{
	const struct lint_cell *c = &t->cell[i];

	for (unsigned k = c->column; c->scopes_column && k < c->column + c->columns; k++)
		if (!add(&t->above[k], i)) {
			lint_found(t->lint, LINT_CELL_HEADERS, place_of(t, c), "%u TH", HEADERS_MAX + 1);
			return;
		}
}

/* ---- whether they are the same ---- */

static bool is_wanted(const struct lint_cell *c, const struct lint_cell *header)
{
	return header->scopes_row || (header->column < c->column + c->columns && c->column < header->column + header->columns);
}

/* Each that speaks of the cell is named, and no column that is not the cell's. */
static void check_named(struct ties *t, size_t i)
{
	const struct lint_cell *c = &t->cell[i];
	bool ok = true;

	for (unsigned k = c->column; ok && k < c->column + c->columns; k++)
		for (size_t h = 0; ok && h < t->above[k].n; h++)
			if (!(ok = t->met[t->above[k].cell[h]] == i + 1))
				untied(t, c, &t->cell[t->above[k].cell[h]]);
	for (size_t h = 0; ok && h < t->across.n; h++)
		if (!(ok = t->met[t->across.cell[h]] == i + 1))
			untied(t, c, &t->cell[t->across.cell[h]]);
	for (size_t h = 0; ok && h < t->n_own; h++)
		if (!(ok = is_wanted(c, &t->cell[t->named.cell[h]])))
			untied(t, c, &t->cell[t->named.cell[h]]);
}

/* A cell that names none is tied by scopes alone where there is one header cell for its column and one for its row at most. */
static void check_scoped(struct ties *t, size_t i)
{
	const struct lint_cell *c = &t->cell[i];
	size_t n = 0;

	for (unsigned k = c->column; k < c->column + c->columns; k++)
		n = t->above[k].n > n ? t->above[k].n : n;
	if (n > 1 || t->across.n > 1 || (!n && !t->across.n))
		lint_found(t->lint, LINT_CELL_HEADERS, place_of(t, c), "TD %u, %u: /Headers null, TH %zu, %zu", c->row + 1, c->column + 1,
			n, t->across.n);
}

static void check_cells(struct ties *t)
{
	for (size_t i = 0; i < t->n_cell; i++) {
		if (!i || t->cell[i].row != t->cell[i - 1].row)
			find_across(t, i);
		find_named(t, i);
		put_above(t, i);
		if (t->cell[i].is_header || t->is_wrong)
			continue;
		if (t->named.n)
			check_named(t, i);
		else
			check_scoped(t, i);
	}
}

/* So that it is found by its element: its place + 1; else 0. Returns how many there are. */
static size_t set_places(struct lint *l, const struct lint_cell *cell, size_t n, bool known)
{
	size_t n_header = 0;

	for (size_t i = 0; i < n; i++) {
		l->header[cell[i].element] = known && cell[i].is_header ? (uint32_t)i + 1 : 0;
		n_header += cell[i].is_header;
	}
	return n_header;
}

static unsigned count_columns(const struct lint_cell *cell, size_t n)
{
	unsigned end = 0;

	for (size_t i = 0; i < n; i++)
		end = cell[i].column + cell[i].columns > end ? cell[i].column + cell[i].columns : end;
	return end;
}

void lint_headers(struct lint *l, const struct lint_element *table, const struct lint_cell *cell, size_t n)
{
	struct arena a = { 0 };
	struct ties t = { .lint = l, .cell = cell, .n_cell = n };

	t.met = ARENA_ARRAY(&a, n, uint32_t);
	t.above = ARENA_ARRAY(&a, count_columns(cell, n), struct headers);
	if (set_places(l, cell, n, true))
		check_cells(&t);
	else
		lint_found(l, LINT_CELL_HEADERS, LINT_AT(table->number), "%zu TD, 0 TH", n);
	set_places(l, cell, n, false);
	arena_clear(&a);
}
