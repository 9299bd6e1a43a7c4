/* Which column, or which name of XML, is which field; what is missing, unknown or ambiguous there. */
#include "model/datasink.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <stdlib.h>
#include <string.h>

enum {
	UNKNOWN_LISTED = 20, /* header texts that have a note of their own */
	CANDIDATES_LEAST = 2, /* fields that make a header text ambiguous */
};

static void note_found(struct data_sink *s, const char *text)
{
	if (s->n_found < LISTED_MAX)
		s->found[s->n_found] = arena_printf(s->arena, "'%s'", text);
	s->n_found++;
}

static void note_unknown(struct data_sink *s, const char *text, struct origin at, struct diags *d)
{
	if (s->n_unknown < UNKNOWN_COMPARED)
		s->unknown[s->n_unknown] = text;
	if (s->n_unknown++ < UNKNOWN_LISTED)
		diag_note(d, at, "unknown-column",
			"the dataset '%s' has no field for the column '%s'; its figures are not used",
			s->dataset->id, text);
}

static const char *found_list(const struct data_sink *s)
{
	return word_list(s->found, s->n_found, s->arena);
}

/* After those that were listed. */
static void note_more_unknown(const struct data_sink *s, struct origin at, struct diags *d)
{
	if (s->n_unknown > UNKNOWN_LISTED)
		diag_note(d, at, "unknown-column", "%zu more columns have no field; their figures are not used",
			s->n_unknown - UNKNOWN_LISTED);
}

/* The unknown header text nearest to one of the field's names, or NULL. */
static const char *nearest(const struct data_sink *s, const struct field *f)
{
	size_t n_unknown = s->n_unknown < UNKNOWN_COMPARED ? s->n_unknown : UNKNOWN_COMPARED;
	const char *folded[UNKNOWN_COMPARED];

	for (size_t i = 0; i < n_unknown; i++)
		folded[i] = header_text(s->unknown[i], strlen(s->unknown[i]), s->arena);
	for (size_t i = 0; i < f->n_name; i++) {
		const char *name = header_name(f->name[i], s->matcher.year, s->arena);
		const char *near = suggest(header_text(name, strlen(name), s->arena), folded,
			n_unknown);

		for (size_t k = 0; near && k < n_unknown; k++)
			if (folded[k] == near)
				return s->unknown[k];
	}
	return NULL;
}

void columns_hint_encoding(const struct data_sink *s, struct origin at, struct diags *d)
{
	if (s->source->encoding)
		diag_note(d, at, "encoding",
			"the file is read as encoding=\"%s\" of the source says; if its texts look wrong here, delete that: then the encoding is found",
			s->source->encoding);
}

/* Columns that must be there. */
static void check_present(struct data_sink *s, struct origin at, struct diags *d)
{
	bool all = true;

	for (size_t i = 0; i < s->dataset->n_field; i++) {
		const struct field *f = sink_field(s, i);
		const char *near;

		if (s->present[i] || !(f->required || f->key) || sink_may_lack(s, i))
			continue;
		all = false;
		near = nearest(s, f);
		if (s->maybe[i])
			diag_error(d, at, "ambiguous-header",
				"%s may be the column for '%s', but what stands above it says something else; rename it to '%s', if it is "
				"that column, else add one",
				s->maybe[i], s->label[i], s->label[i]);
		else if (near)
			diag_error(d, at, "missing-column",
				"there is no column '%s'; did you mean '%s'? Found: %s", s->label[i],
				near, found_list(s));
		else
			diag_error(d, at, "missing-column", "there is no column '%s'; found: %s",
				s->label[i], found_list(s));
	}
	if (!all)
		columns_hint_encoding(s, at, d);
	s->wrong = s->wrong || !all;
}

/* Columns that should be there: one finding for the file. */
static void check_expected(const struct data_sink *s, struct origin at, struct diags *d)
{
	const char *label[LISTED_MAX];
	size_t n = 0;

	for (size_t i = 0; i < s->dataset->n_field; i++) {
		const struct field *f = sink_field(s, i);

		if (s->present[i] || !f->expected || f->required || f->key)
			continue;
		if (n < LISTED_MAX)
			label[n] = arena_printf(s->arena, "'%s'", s->label[i]);
		n++;
	}
	if (n)
		diag_warning(d, at, "missing-column",
			"columns that should be there are missing: %s; so are their figures, which are not 0; add the columns, or leave out expected=\"yes\" of these fields in the dataset '%s'",
			word_list(label, n, s->arena), s->dataset->id);
}

void columns_end(struct data_sink *s, struct origin at, struct diags *d)
{
	note_more_unknown(s, at, d);
	check_present(s, at, d);
	check_expected(s, at, d);
}

/* A name of XML as a path of header texts: the names above stand before '/'. */
static const char *levels_of(const char *path, struct arena *a)
{
	char *levels = ARENA_ARRAY(a, 3 * strlen(path) + 1, char);
	size_t n = 0;

	for (const char *p = path; *p; p++) {
		memcpy(levels + n, *p == '/' ? " > " : p, *p == '/' ? 3 : 1);
		n += *p == '/' ? 3 : 1;
	}
	return levels;
}

size_t columns_add_name(struct data_sink *s, const struct cell *c, struct diags *d)
{
	const char *name = arena_text(s->arena, c->name);
	const char *shown = shown_text(name, strlen(name), s->arena);
	const char *path = header_text(name, strlen(name), s->arena);
	size_t field = FIELD_NONE;

	if (matcher_find(&s->matcher, path, &field) == MATCH_NONE && strchr(path, '/'))
		matcher_find(&s->matcher, levels_of(path, s->arena), &field);
	map_add(&s->names, name, s->n_column, NULL);
	*ARENA_PUSH(s->arena, s->column, s->n_column, &s->cap_column) = field;
	note_found(s, shown);
	if (field == FIELD_NONE)
		note_unknown(s, shown, sink_place(s, c->row, c->col), d);
	else
		s->present[field] = true;
	return field;
}

/* The lowest text of each column of the header, or NULL; malloc'd. Merged cells may reach into it from above. */
static const struct cell **header_cells(const struct data_sink *s, const struct header *h)
{
	const struct cell **lowest = memory_new(h->n_column, sizeof *lowest);

	for (size_t i = 0; i < h->first + h->n_row; i++)
		for (size_t k = 0; k < s->pending[i].n_cell; k++) {
			const struct cell *c = &s->pending[i].cell[k];

			if (i < h->first && c->n_rows <= s->pending[h->first].row - c->row)
				continue;
			for (size_t col = c->col; col && col <= h->n_column && col - c->col < (c->n_cols > 1 ? c->n_cols : 1); col++)
				if (h->path[col - 1] && !cell_is_blank(c))
					lowest[col - 1] = c;
		}
	return lowest;
}

static const char *quoted(const struct data_sink *s, size_t field)
{
	return arena_printf(s->arena, "'%s'", s->label[field]);
}

/* A column whose text is the end of several fields' names, none of which has a column of its own. */
static bool check_clear(struct data_sink *s, const struct header *h, size_t i, const char *text, struct origin at, struct diags *d)
{
	size_t *field = ARENA_ARRAY(s->arena, s->dataset->n_field, size_t);
	const char **label = ARENA_ARRAY(s->arena, s->dataset->n_field, const char *);
	size_t n_field = matcher_fields(h->matcher, h->path[i], s->arena, field);
	size_t n = 0;

	for (size_t k = 0; k < n_field; k++) {
		bool is_claimed = false;

		for (size_t col = 0; col < h->n_column; col++)
			is_claimed |= h->field[col] == field[k];
		if (!is_claimed)
			label[n++] = quoted(s, field[k]);
	}
	if (n < CANDIDATES_LEAST)
		return true;
	return diag_error(d, at, "ambiguous-header",
		"the column '%s' can be any of: %s; write the whole header text, with what stands above it", text,
		word_list(label, n, s->arena));
}

/* A second column of a field. */
static bool check_alone(struct data_sink *s, const struct header *h, size_t i, const char *text, struct origin at, struct diags *d)
{
	size_t field = h->field[i];
	size_t first = s->column_of[field] - 1;

	if (!strcmp(h->path[i], h->path[first]))
		return diag_error(d, at, "duplicate-column", "'%s': there is a column for %s already; rename one of the two", text,
			s->label[field]);
	return diag_error(d, at, "ambiguous-header",
		"the columns '%s' and '%s' (column %zu) can both be %s; rename one of the two", h->path[i], h->path[first], first + 1,
		s->label[field]);
}

/* A heading in brackets says that its column is there for people: "(Số hộ)". */
static bool is_aside(const struct cell *c)
{
	const char *text = c->text;
	size_t n = c->n_text;

	utf8_trim(&text, &n);
	return n > 2 && text[0] == '(' && text[n - 1] == ')';
}

/* A column that has the field's name below other words. */
static void note_maybe(struct data_sink *s, const struct header *h, size_t i)
{
	const char **maybe = &s->maybe[h->hint[i]];

	*maybe = *maybe ? arena_printf(s->arena, "%s, '%s'", *maybe, h->path[i]) : arena_printf(s->arena, "'%s'", h->path[i]);
}

/* A column that no field has. */
static bool take_unknown(struct data_sink *s, const struct header *h, size_t i, const struct cell *c, const char *text,
	struct origin at, struct diags *d)
{
	if (is_aside(c))
		return true;
	if (h->how[i] == MATCH_OTHER_YEAR) {
		diag_note(d, at, "other-year", "the column '%s' is of another year than %d; its figures are not used", h->path[i],
			h->matcher->year);
		return true;
	}
	if (!check_clear(s, h, i, text, at, d))
		return false;
	if (h->how[i] == MATCH_HINT) {
		note_maybe(s, h, i);
		text = h->path[i];
	}
	note_unknown(s, text, at, d);
	return true;
}

/* c: its header text. */
static void take_column(struct data_sink *s, const struct header *h, size_t i, const struct cell *c, struct diags *d)
{
	size_t field = h->field[i];
	uint32_t code = 0;
	struct origin at;
	const char *text;

	if (!c || !h->path[i])
		return;
	at = sink_place(s, c->row, (unsigned)i + 1);
	if (utf8_find_refused(c->text, c->n_text, &code) < c->n_text)
		s->wrong = !diag_error(d, at, "character", "the character U+%04X cannot be printed; delete it", (unsigned)code);
	text = shown_text(c->text, c->n_text, s->arena);
	note_found(s, text);
	if (field == FIELD_NONE) {
		if (!take_unknown(s, h, i, c, text, at, d))
			s->wrong = true;
	} else if (s->present[field]) {
		s->wrong = !check_alone(s, h, i, text, at, d);
		h->field[i] = FIELD_NONE;
	} else {
		s->present[field] = true;
		s->column_of[field] = (unsigned)i + 1;
		s->n_present++;
		s->has_figures |= field_is_number(sink_field(s, field)->type);
	}
}

static size_t count_headed(const struct row *row, size_t n_row)
{
	size_t last = 0;

	for (size_t i = 0; i < n_row; i++)
		for (size_t k = 0; k < row[i].n_cell; k++) {
			const struct cell *c = &row[i].cell[k];
			const char *text = c->text;
			size_t n = c->n_text;
			size_t end = c->col + (c->n_cols > 1 ? c->n_cols - 1 : 0);

			utf8_trim(&text, &n);
			if (n && end > last)
				last = end;
		}
	return last;
}

/* The first column, where it stands left of what names the rows and holds no key and no figures. */
static unsigned find_ordinal_column(const struct data_sink *s, const struct cell **head)
{
	for (size_t i = 0; i < s->n_column && i + 1 < s->column_of[s->dataset->label]; i++) {
		size_t field = s->column[i];

		if (!head[i])
			continue;
		if (field != FIELD_NONE && (sink_field(s, field)->key || sink_field(s, field)->type != FIELD_TEXT))
			return 0;
		return (unsigned)i + 1;
	}
	return 0;
}

/* ---- merged headings ---- */

/* Whether a cell of the header stands over a column that is read, and, where that names the rows, is its own heading and no title. */
static bool heads_field(const struct data_sink *s, const struct cell *c, const struct cell **head)
{
	size_t last = c->col + c->n_cols - 1 < s->n_column ? c->col + c->n_cols - 1 : s->n_column;
	unsigned label = s->column_of[s->dataset->label];
	bool any = false;

	if (label >= c->col && label <= last && head[label - 1] != c)
		return false;
	for (size_t col = c->col; col <= last; col++)
		any |= s->column[col - 1] != FIELD_NONE;
	return any;
}

static void find_twins_of(struct data_sink *s, const struct header *h, const struct cell *c)
{
	unsigned column = 0;

	for (size_t col = c->col; col <= s->n_column && col - c->col < c->n_cols; col++) {
		if (h->path[col - 1])
			column = s->column[col - 1] != FIELD_NONE ? (unsigned)col : 0;
		else
			s->twin[col - 1] = column;
		s->has_twins |= s->twin[col - 1] != 0;
	}
}

/* Columns below merged headings that have no text of their own. */
static void find_twins(struct data_sink *s, const struct header *h, const struct cell **head)
{
	s->twin = ARENA_ARRAY(s->arena, s->n_column, unsigned);
	for (size_t i = 0; i < s->n_head; i++)
		for (size_t k = 0; k < s->head[i].n_cell; k++) {
			const struct cell *c = &s->head[i].cell[k];

			if (c->n_cols > 1 && c->col && !cell_is_blank(c) && heads_field(s, c, head))
				find_twins_of(s, h, c);
		}
}

static bool is_over_field(const struct data_sink *s, const struct cell *c)
{
	for (size_t col = c->col; col && col <= s->n_column && (col == c->col || col - c->col < c->n_cols); col++)
		if (s->column[col - 1] != FIELD_NONE)
			return true;
	return false;
}

static void find_reaching(struct data_sink *s)
{
	unsigned last = s->head[s->n_head - 1].row;

	for (size_t i = 0; i < s->n_head; i++)
		for (size_t k = 0; k < s->head[i].n_cell; k++) {
			const struct cell *c = &s->head[i].cell[k];

			if (c->n_rows <= 1 || c->n_rows > DATA_HEADER_ROWS_MAX || c->row + c->n_rows - 1 <= last || cell_is_blank(c)
				|| !is_over_field(s, c))
				continue;
			last = c->row + c->n_rows - 1;
			s->reaching = c;
		}
}

/* The cell of the row of units over a column that says the unit of the column's field; NULL where none does, or several do. */
static const struct cell *only_in_unit(struct data_sink *s, const struct row *row, unsigned column, struct diags *d)
{
	const struct cell *only = NULL;

	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (!c->col || c->col > s->n_column || (c->col != column && s->twin[c->col - 1] != column)
			|| !units_same(s, c, s->column[column - 1], d))
			continue;
		if (only)
			return NULL;
		only = c;
	}
	return only;
}

static void read_from(struct data_sink *s, unsigned column, unsigned chosen)
{
	size_t field = s->column[column - 1];

	s->column[column - 1] = FIELD_NONE;
	s->column[chosen - 1] = field;
	s->column_of[field] = chosen;
}

/* The other columns of the heading have units of their own. */
static void leave_others(struct data_sink *s, const struct row *row, unsigned column, const struct cell *chosen, struct diags *d)
{
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (c == chosen || !c->col || c->col > s->n_column || (c->col != column && s->twin[c->col - 1] != column) || cell_is_blank(c))
			continue;
		s->twin[c->col - 1] = 0;
		diag_note(d, sink_place(s, c->row, c->col), "merged",
			"%s: its heading is merged over several columns, and the one in '%s' is read (column %u); the one in '%s' is not",
			s->label[s->column[column - 1]], shown_text(chosen->text, chosen->n_text, s->arena), chosen->col,
			shown_text(c->text, c->n_text, s->arena));
	}
}

void columns_choose(struct data_sink *s, const struct row *row, struct diags *d)
{
	for (unsigned column = 1; s->has_twins && column <= s->n_column; column++) {
		unsigned next = column < s->n_column ? s->twin[column] : 0;
		const struct cell *chosen = next == column ? only_in_unit(s, row, column, d) : NULL;

		if (!chosen)
			continue;
		s->twin[column - 1] = chosen->col == column ? 0 : chosen->col;
		leave_others(s, row, column, chosen, d);
		s->twin[chosen->col - 1] = 0;
		for (size_t i = 0; i < s->n_column && chosen->col != column; i++)
			s->twin[i] = s->twin[i] == column ? chosen->col : s->twin[i];
		if (chosen->col != column)
			read_from(s, column, chosen->col);
	}
}

void columns_check_twin(struct data_sink *s, const struct cell *c, struct diags *d)
{
	unsigned column = c->col && c->col <= s->n_column ? s->twin[c->col - 1] : 0;

	if (!column || cell_is_blank(c))
		return;
	s->twin[c->col - 1] = 0;
	s->wrong = !diag_error(d, sink_place(s, c->row, c->col), "merged",
		"'%s' stands below the heading for %s, which is merged over column %u and this one, and only column %u is read; unmerge "
		"the heading and write over each column what it holds",
		shown_text(c->text, c->n_text, s->arena), s->label[s->column[column - 1]], column, column);
}

void columns_take(struct data_sink *s, const struct header *h, struct diags *d)
{
	const struct cell **head = header_cells(s, h);

	for (size_t i = 0; i < s->dataset->n_field; i++)
		s->label[i] = header_name(sink_field(s, i)->label, h->matcher->year, s->arena);
	s->column = h->field;
	s->n_column = h->n_column;
	s->n_headed = count_headed(s->pending + h->first, h->n_row);
	s->head = s->pending + h->first;
	s->n_head = h->n_row;
	for (size_t i = 0; i < h->n_column; i++)
		take_column(s, h, i, head[i], d);
	s->ordinal_column = find_ordinal_column(s, head);
	find_reaching(s);
	find_twins(s, h, head);
	free(head);
	columns_end(s, sink_place(s, s->pending[h->first].row, 0), d);
}

const char *columns_first_texts(const struct data_sink *s, unsigned from)
{
	const char *text[LISTED_MAX + 1];
	size_t n = 0;

	for (size_t i = 0; i < s->n_pending && !n; i++)
		for (size_t k = 0; s->pending[i].row >= from && k < s->pending[i].n_cell && n <= LISTED_MAX; k++) {
			const struct cell *c = &s->pending[i].cell[k];
			const char *shown = shown_text(c->text, c->n_text, s->arena);

			if (*shown)
				text[n++] = arena_printf(s->arena, "'%s'", shown);
		}
	return n ? word_list(text, n, s->arena) : "-";
}
