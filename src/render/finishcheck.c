/* Whether the elements of the pages are what PDF/UA wants of a structure. */
#include "render/finishing.h"

/* What was met below an element so far. */
struct tally {
	unsigned n_kid;
	unsigned n_row;	    /* of a table */
	unsigned n_column;  /* of its first row */
	unsigned n_header;  /* header cells */
	uint64_t area;	    /* of all cells, in places of the grid */
	bool has_body;	    /* a list item's */
};

struct check {
	struct finish *f;
	const struct element *element;
	struct tally *tally; /* [n_element] */
	int level;	     /* of the last heading */
};

/* Which roles may hold a role that cannot stand anywhere. */
static bool fits(enum role role, enum role above)
{
	switch (role) {
	case ROLE_ROW:
		return above == ROLE_TABLE;
	case ROLE_HEADER_CELL:
	case ROLE_DATA_CELL:
		return above == ROLE_ROW;
	case ROLE_LIST_ITEM:
		return above == ROLE_LIST;
	case ROLE_LABEL:
	case ROLE_LIST_BODY:
		return above == ROLE_LIST_ITEM;
	case ROLE_CAPTION:
		return above == ROLE_TABLE || above == ROLE_LIST || above == ROLE_FIGURE;
	case ROLE_DOCUMENT:
		return false;
	case ROLE_PART:
	case ROLE_HEADING:
	case ROLE_PARAGRAPH:
	case ROLE_LIST:
	case ROLE_TABLE:
	case ROLE_FIGURE:
	case ROLE_LINK:
	case ROLE_FORM:
		return above != ROLE_TABLE && above != ROLE_ROW && above != ROLE_LIST && above != ROLE_LIST_ITEM;
	}
	return true;
}

static bool check_heading(struct check *c, size_t i)
{
	const struct element *e = &c->element[i];

	if (e->level < 1 || e->level > c->level + 1)
		return finish_wrong(c->f, WRONG_HEADING_SKIPPED, AT_ELEMENT(i));
	c->level = e->level;
	return true;
}

static int table_of(const struct check *c, size_t cell)
{
	return finish_above(c->f->pages, finish_above(c->f->pages, (int)cell));
}

static bool is_header_of(const struct check *c, int header, size_t cell)
{
	return header > 0 && (size_t)header < c->f->pages->n_element && c->element[header].role == ROLE_HEADER_CELL
		&& table_of(c, (size_t)header) == table_of(c, cell);
}

static bool check_headers(struct check *c, size_t i)
{
	const struct element *e = &c->element[i];

	for (size_t k = 0; k < e->n_header; k++)
		if (!is_header_of(c, e->header[k], i))
			return finish_wrong(c->f, WRONG_HEADER_ELSEWHERE, AT_ELEMENT(i));
	if ((e->row_header && !is_header_of(c, e->row_header, i)) || (e->group_header && !is_header_of(c, e->group_header, i)))
		return finish_wrong(c->f, WRONG_HEADER_ELSEWHERE, AT_ELEMENT(i));
	if (e->role == ROLE_DATA_CELL && c->tally[table_of(c, i)].n_header && !e->n_header && !e->row_header)
		return finish_wrong(c->f, WRONG_HEADER_NONE, AT_ELEMENT(i));
	return true;
}

static bool check_cell(struct check *c, size_t i)
{
	const struct element *e = &c->element[i];
	struct tally *table = &c->tally[table_of(c, i)];
	unsigned columns = e->columns ? e->columns : 1;

	if (table->n_row == 1)
		table->n_column += columns;
	table->n_header += e->role == ROLE_HEADER_CELL;
	table->area += (uint64_t)columns * (e->rows ? e->rows : 1);
	return check_headers(c, i);
}

static bool check_element(struct check *c, size_t i)
{
	const struct element *e = &c->element[i];
	int above = finish_above(c->f->pages, (int)i);

	if (e->parent >= (int)i || !fits(e->role, c->element[above].role))
		return finish_wrong(c->f, WRONG_ELEMENT_PLACE, AT_ELEMENT(i));
	c->tally[above].n_kid++;
	if (e->role == ROLE_HEADING)
		return check_heading(c, i);
	if (e->role == ROLE_HEADER_CELL || e->role == ROLE_DATA_CELL)
		return check_cell(c, i);
	if (e->role == ROLE_LIST_BODY)
		c->tally[above].has_body = true;
	if (e->role == ROLE_ROW)
		c->tally[above].n_row++;
	return true;
}

/* Once all below them was met. */
static bool check_whole(struct check *c, size_t i)
{
	const struct tally *t = &c->tally[i];
	enum role role = c->element[i].role;

	if (role == ROLE_FIGURE && (!c->element[i].chart || !c->element[i].chart->alt || !*c->element[i].chart->alt))
		return finish_wrong(c->f, WRONG_FIGURE_WORDS, AT_ELEMENT(i));
	if (role == ROLE_LIST_ITEM && !t->has_body)
		return finish_wrong(c->f, WRONG_ITEM_BODY, AT_ELEMENT(i));
	if ((role == ROLE_LIST || role == ROLE_ROW) && !t->n_kid)
		return finish_wrong(c->f, WRONG_EMPTY, AT_ELEMENT(i));
	if (role == ROLE_TABLE && (!t->n_row || t->area != (uint64_t)t->n_row * t->n_column))
		return finish_wrong(c->f, WRONG_TABLE_GRID, AT_ELEMENT(i));
	return true;
}

/* Each field in an element of its own. */
static bool check_fields(struct finish *f)
{
	size_t n_form = 0;

	for (size_t i = 0; i < f->pages->n_element; i++)
		n_form += f->pages->element[i].role == ROLE_FORM;
	for (size_t i = 0; i < f->pages->n_field; i++) {
		const struct form_field *field = &f->pages->field[i];

		if (field->element <= 0 || (size_t)field->element >= f->pages->n_element || field->page >= f->pages->n_page
			|| f->pages->element[field->element].role != ROLE_FORM || !field->tooltip || !*field->tooltip)
			return finish_wrong(f, WRONG_FIELD_INCOMPLETE, AT_PAGE(field->page));
	}
	return n_form == f->pages->n_field || finish_wrong(f, WRONG_FIELD_NONE, AT_FILE);
}

static bool check_all(struct check *c)
{
	if (c->element[0].role != ROLE_DOCUMENT)
		return finish_wrong(c->f, WRONG_ELEMENT_FIRST, AT_ELEMENT(0));
	for (size_t i = 1; i < c->f->pages->n_element; i++)
		if (!check_element(c, i))
			return false;
	for (size_t i = 1; i < c->f->pages->n_element; i++)
		if (!check_whole(c, i))
			return false;
	return check_fields(c->f);
}

bool finish_check(struct finish *f)
{
	struct arena tmp = { 0 };
	struct check c = { .f = f, .element = f->pages->element, .tally = ARENA_ARRAY(&tmp, f->pages->n_element, struct tally) };
	bool ok = check_all(&c);

	arena_clear(&tmp);
	return ok;
}
