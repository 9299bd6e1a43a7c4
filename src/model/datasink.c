/* The sink that types rows. Of a source whose cells have no names the first rows are kept until the header is chosen
 * among them; of one whose cells have names each new name is looked up once. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/data.h"
#include "model/header.h"
#include "model/typing.h"

#include <stdlib.h>
#include <string.h>

enum {
	PENDING_MAX = 4 << 20, /* [bytes] of rows that are kept before the header is chosen */
	UNKNOWN_LISTED = 20,	/* header texts that have a note of their own */
	UNKNOWN_COMPARED = 200, /* header texts among which a missing one is looked for */
	YEARS = 2,	       /* that {period} may stand for */
	TOTAL_LABEL_MAX = 200, /* [bytes] */
};

struct data_sink {
	struct row_sink sink; /* first */
	const struct source *source;
	const struct dataset *dataset;
	struct arena *arena;
	struct matcher matcher[YEARS];
	size_t n_matcher;
	const char **label; /* [n_field] for messages, {period} filled in */
	bool *present;	    /* [n_field] */
	const char *sheet;  /* that the rows come from, or NULL */
	bool begun;
	bool named; /* cells have names */
	bool wrong; /* an error was added */

	struct row *pending; /* until there is a header */
	size_t n_pending;
	size_t cap_pending;
	size_t pending_size;
	bool has_header;
	bool after_header; /* the next row may be the one of column numbers */

	size_t *column; /* [n_column] field of a column or of a name, or FIELD_NONE */
	size_t n_column;
	unsigned *column_of; /* [n_field] column of a field, 1..; 0: none, or cells have names */
	size_t n_headed; /* columns up to the last one with a header text */
	size_t cap_column;
	struct map names;		      /* -> index in column */
	const char *unknown[UNKNOWN_COMPARED]; /* header texts that no field has, as written */
	size_t n_unknown;		      /* there are; only the first are kept */
	const char *found[LISTED_MAX];	      /* header texts in quotes, unknown ones too */
	size_t n_found;			      /* there are; only the first are kept */

	struct data_row *row;
	size_t n_row;
	size_t cap_row;
	struct data_row *total;
	struct map keys;	   /* -> row */
	const struct field *above; /* that model_build tells areas by, or NULL */
	const struct field *code;
	struct buf folded; /* what is looked up and forgotten */
	bool *bad;	   /* [n_field] of the row that is being read: the cell has an error of its own */
};

static struct origin place(const struct data_sink *s, unsigned row, unsigned col)
{
	return (struct origin){ .file = s->source->shown, .sheet = s->sheet, .row = row, .col = col };
}

static const struct field *field_of(const struct data_sink *s, size_t i)
{
	return &s->dataset->field[i];
}

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
		const char *name = header_name(f->name[i], s->matcher[0].year, s->arena);
		const char *near = suggest(header_text(name, strlen(name), s->arena), folded,
			n_unknown);

		for (size_t k = 0; near && k < n_unknown; k++)
			if (folded[k] == near)
				return s->unknown[k];
	}
	return NULL;
}

/* Header texts that nobody knows may come of a wrong encoding in the job. */
static void hint_encoding(const struct data_sink *s, struct origin at, struct diags *d)
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
		const struct field *f = field_of(s, i);
		const char *near;

		if (s->present[i] || !(f->required || f->key))
			continue;
		all = false;
		near = nearest(s, f);
		if (near)
			diag_error(d, at, "missing-column",
				"there is no column '%s'; did you mean '%s'? Found: %s", s->label[i],
				near, found_list(s));
		else
			diag_error(d, at, "missing-column", "there is no column '%s'; found: %s",
				s->label[i], found_list(s));
	}
	if (!all)
		hint_encoding(s, at, d);
	s->wrong = s->wrong || !all;
}

/* The cell that names the row: the label field's, else the first that is not blank; or NULL. */
static const struct cell *label_cell(const struct data_sink *s, const struct row *row,
	const size_t *field)
{
	const struct cell *first = NULL;

	for (size_t i = 0; i < row->n_cell; i++) {
		const char *text = row->cell[i].text;
		size_t n = row->cell[i].n_text;

		utf8_trim(&text, &n);
		if (n && field[i] == s->dataset->label)
			return &row->cell[i];
		if (n && !first)
			first = &row->cell[i];
	}
	return first;
}

/* The label of a total row, or NULL. The key cells of such a row name nothing: they are not read. */
static const char *total_label(struct data_sink *s, const struct row *row, size_t *field,
	struct origin *at)
{
	const struct cell *label = s->dataset->total[0] ? label_cell(s, row, field) : NULL;
	const char *folded;

	if (!label || label->n_text > TOTAL_LABEL_MAX)
		return NULL;
	folded = utf8_fold_into(label->text, label->n_text, &s->folded);
	for (const char *const *t = s->dataset->total; *t; t++) {
		if (strcmp(folded, *t) != 0)
			continue;
		for (size_t i = 0; i < row->n_cell; i++)
			if (field[i] != FIELD_NONE && field_of(s, field[i])->key)
				field[i] = FIELD_NONE;
		*at = place(s, label->row, label->col);
		return shown_text(label->text, label->n_text, s->arena);
	}
	return NULL;
}

static bool is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->n_cell; i++) {
		const char *text = row->cell[i].text;
		size_t n = row->cell[i].n_text;

		utf8_trim(&text, &n);
		if (n)
			return false;
	}
	return true;
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

/* The field of a name that is met for the first time; a note if there is none. */
static size_t add_name(struct data_sink *s, const struct cell *c, struct diags *d)
{
	const char *name = arena_text(s->arena, c->name);
	const char *shown = shown_text(name, strlen(name), s->arena);
	const char *path = header_text(name, strlen(name), s->arena);
	size_t field = FIELD_NONE;

	for (size_t i = 0; i < s->n_matcher && field == FIELD_NONE; i++)
		if (matcher_find(&s->matcher[i], path, &field) == MATCH_NONE && strchr(path, '/'))
			matcher_find(&s->matcher[i], levels_of(path, s->arena), &field);
	map_add(&s->names, name, s->n_column, NULL);
	*ARENA_PUSH(s->arena, s->column, s->n_column, &s->cap_column) = field;
	note_found(s, shown);
	if (field == FIELD_NONE)
		note_unknown(s, shown, place(s, c->row, c->col), d);
	else
		s->present[field] = true;
	return field;
}

/* A cell beyond the header: a mark too many, or "5,13" without quotes between commas, has shifted the row. */
static void check_surplus(struct data_sink *s, const struct cell *c, struct diags *d)
{
	const char *text = c->text;
	size_t n = c->n_text;

	utf8_trim(&text, &n);
	if (n)
		s->wrong = !diag_error(d, place(s, c->row, c->col), "surplus",
			"'%s' stands beyond the last column of the header; is there a separator too many, or a number with a "
			"comma that needs quotes?",
			diags_are_full(d, s->source->shown) ? "" : shown_text(text, n, s->arena));
}

/* The field of each cell into field[n_cell]; every field at most once. */
static void find_fields(struct data_sink *s, const struct row *row, size_t *field, struct diags *d)
{
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];
		size_t index;

		field[i] = FIELD_NONE;
		if (!s->named && c->col && c->col <= s->n_column)
			field[i] = s->column[c->col - 1];
		if (!s->named && c->col > s->n_headed)
			check_surplus(s, c, d);
		if (s->named && c->name)
			field[i] = map_find(&s->names, c->name, &index) ? s->column[index]
									: add_name(s, c, d);
	}
}

/* Each cell that has a field, typed. */
static void type_cells(struct data_sink *s, const struct row *row, const size_t *field,
	struct datum *datum, struct diags *d)
{
	unsigned last = s->named || !row->n_cell ? 0 : row->cell[row->n_cell - 1].col;
	struct origin *at;
	size_t n_at = 0;

	for (size_t i = 0; i < s->dataset->n_field; i++) {
		datum[i].figure = figure_missing();
		n_at += s->column_of[i] > last;
	}
	memset(s->bad, 0, s->dataset->n_field * sizeof *s->bad);
	for (size_t i = 0; i < row->n_cell; i++)
		n_at += field[i] != FIELD_NONE;
	at = ARENA_ARRAY(s->arena, n_at, struct origin);
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (field[i] == FIELD_NONE)
			continue;
		*at = place(s, c->row, c->col);
		if (datum[field[i]].figure.n_from) {
			s->wrong = !diag_error(d, *at, "duplicate-column",
				"%s: this row has a second value for it; keep one", s->label[field[i]]);
			continue;
		}
		if (!datum_read(field_of(s, field[i]), s->label[field[i]], c, at, s->source, s->arena, &datum[field[i]], d))
			s->bad[field[i]] = s->wrong = true;
		at++;
	}
	for (size_t i = 0; i < s->dataset->n_field; i++)
		if (s->column_of[i] > last) { /* the row ends before it */
			*at = place(s, row->row, s->column_of[i]);
			datum[i].figure.from = at++;
			datum[i].figure.n_from = 1;
		}
}

static struct origin datum_place(const struct data_sink *s, const struct datum *x, unsigned row)
{
	return x->figure.n_from ? x->figure.from[0] : place(s, row, 0);
}

/* Cells that may not be empty. */
static bool check_filled(struct data_sink *s, const struct data_row *r, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < s->dataset->n_field; i++) {
		const struct field *f = field_of(s, i);
		const struct datum *x = &r->datum[i];
		struct origin at = datum_place(s, x, r->at.row);

		if (x->figure.state != FIGURE_MISSING || s->bad[i] || !(s->present[i] || s->named))
			continue;
		if (f->key)
			ok = diag_error(d, at, "empty-key",
				"%s is empty, but names the row; fill it in, or delete the row",
				s->label[i]);
		else if (f->needed)
			ok = diag_error(d, at, "needed", "%s is empty; a value is needed here",
				s->label[i]);
	}
	return ok;
}

static unsigned month_of(const struct datum *x)
{
	return x->figure.state == FIGURE_OK ? (unsigned)x->figure.x.num : 0;
}

/* Year of a month cell: "2024-05" has its own. */
static int year_of(const struct data_sink *s, const struct datum *x)
{
	struct date date;

	if (x->text && date_parse(x->text, &date) && date.month)
		return date.year;
	return s->source->period_year - (s->source->role == SOURCE_PREVIOUS);
}

/* The key fields' folded texts joined by "/"; months only where there is nothing else. */
static void put_key(struct data_sink *s, struct data_row *r)
{
	const struct datum *month = NULL;
	const char *key = NULL;

	for (size_t i = 0; i < s->dataset->n_field; i++) {
		const struct datum *x = &r->datum[i];

		if (!field_of(s, i)->key || !x->text)
			continue;
		if (field_of(s, i)->type == FIELD_MONTH) {
			month = x;
			r->month = month_of(x);
			continue;
		}
		if (key)
			key = arena_printf(s->arena, "%s/%s", key,
				utf8_fold_into(x->text, strlen(x->text), &s->folded));
		else
			key = utf8_fold(x->text, strlen(x->text), s->arena);
	}
	if (!key && month)
		key = arena_printf(s->arena, "%04d-%02u", year_of(s, month), r->month);
	r->key = key ? key : arena_printf(s->arena, "%zu", s->n_row + 1);
}

static const char *text_of(const struct data_sink *s, const struct data_row *r, const struct field *f)
{
	const struct datum *x = f ? &r->datum[f - s->dataset->field] : NULL;

	return x && x->text ? x->text : "";
}

/* What two rows may not have in common: the key, and what else tells areas and months apart. */
static const char *identity_of(struct data_sink *s, const struct data_row *r)
{
	const char *above = text_of(s, r, s->above);
	const char *code = text_of(s, r, s->code);

	if (!r->month && !*above && !*code)
		return r->key;
	return arena_printf(s->arena, "%s\n%u\n%s\n%s", r->key, r->month, code,
		utf8_fold_into(above, strlen(above), &s->folded));
}

static bool check_unique(struct data_sink *s, const struct data_row *r, struct diags *d)
{
	size_t first;

	if (map_add(&s->keys, identity_of(s, r), s->n_row, &first))
		return true;
	return diag_error(d, r->at, "duplicate", "'%s' stands at %s already; keep one of the two rows",
		r->label, diags_are_full(d, r->at.file) ? "" : origin_text(s->row[first].at, s->arena));
}

/* Of two totals nobody can say which one is meant. */
static void add_total(struct data_sink *s, struct data_row *r, struct diags *d)
{
	r->key = "total";
	if (s->total) {
		s->wrong = !diag_error(d, r->at, "duplicate",
			"there is a total row at %s already; keep one of the two",
			origin_text(s->total->at, s->arena));
		return;
	}
	s->total = ARENA_NEW(s->arena, struct data_row);
	*s->total = *r;
}

static bool keys_are_good(const struct data_sink *s)
{
	for (size_t i = 0; i < s->dataset->n_field; i++)
		if (s->bad[i] && field_of(s, i)->key)
			return false;
	return true;
}

static void add_data_row(struct data_sink *s, struct data_row *r, struct diags *d)
{
	const struct datum *label = &r->datum[s->dataset->label];
	struct data_row *before = s->row;

	put_key(s, r);
	r->label = label->text ? label->text : r->key;
	r->at = datum_place(s, label, r->at.row);
	if (!check_filled(s, r, d) || (keys_are_good(s) && !check_unique(s, r, d)))
		s->wrong = true;
	*ARENA_PUSH(s->arena, s->row, s->n_row, &s->cap_row) = *r;
	if (s->row != before)
		arena_drop(s->arena, before);
}

static bool add_row(struct data_sink *s, const struct row *row, struct diags *d)
{
	struct data_row r = { .at = place(s, row->row, 0) };
	struct datum *datum;
	size_t *field;

	if (is_blank(row))
		return true;
	if (s->n_row == DATA_ROWS_MAX)
		return diag_error(d, r.at, "limit", "this source has more than %d rows",
			DATA_ROWS_MAX);
	field = memory_new(row->n_cell, sizeof *field);
	find_fields(s, row, field, d);
	r.label = total_label(s, row, field, &r.at);
	datum = ARENA_ARRAY(s->arena, s->dataset->n_field, struct datum);
	type_cells(s, row, field, datum, d);
	r.datum = datum;
	if (r.label)
		add_total(s, &r, d);
	else
		add_data_row(s, &r, d);
	free(field);
	return true;
}

/* A row behind the header. */
static bool take_data(struct data_sink *s, const struct row *row, struct diags *d)
{
	bool numbers = s->after_header && header_is_numbering(row);

	s->after_header = s->after_header && is_blank(row);
	return numbers || add_row(s, row, d);
}

/* The lowest text of each column of the header, or NULL; malloc'd. */
static const struct cell **header_cells(const struct data_sink *s, const struct header *h)
{
	const struct cell **lowest = memory_new(h->n_column, sizeof *lowest);

	for (size_t i = h->first; i < h->first + h->n_row; i++)
		for (size_t k = 0; k < s->pending[i].n_cell; k++) {
			const struct cell *c = &s->pending[i].cell[k];
			const char *text = c->text;
			size_t n = c->n_text;

			utf8_trim(&text, &n);
			if (n && c->col && c->col <= h->n_column)
				lowest[c->col - 1] = c;
		}
	return lowest;
}

/* A heading in brackets says that its column is there for people: "(Số hộ)". */
static bool is_aside(const struct cell *c)
{
	const char *text = c->text;
	size_t n = c->n_text;

	utf8_trim(&text, &n);
	return n > 2 && text[0] == '(' && text[n - 1] == ')';
}

/* c: its header text. */
static void take_column(struct data_sink *s, const struct header *h, size_t i, const struct cell *c, struct diags *d)
{
	size_t field = h->field[i];
	uint32_t code = 0;
	const char *text;

	if (!c)
		return;
	if (utf8_find_refused(c->text, c->n_text, &code) < c->n_text)
		s->wrong = !diag_error(d, place(s, c->row, c->col), "character",
			"the character U+%04X cannot be printed; delete it", (unsigned)code);
	text = shown_text(c->text, c->n_text, s->arena);
	note_found(s, text);
	if (field == FIELD_NONE) {
		if (!is_aside(c))
			note_unknown(s, text, place(s, c->row, c->col), d);
	} else if (s->present[field]) {
		s->wrong = !diag_error(d, place(s, c->row, c->col), "duplicate-column",
			"'%s': there is a column for %s already; rename one of the two", text,
			s->label[field]);
		h->field[i] = FIELD_NONE;
	} else {
		s->present[field] = true;
		s->column_of[field] = (unsigned)i + 1;
	}
}

static size_t count_headed(const struct row *row, size_t n_row)
{
	size_t last = 0;

	for (size_t i = 0; i < n_row; i++)
		for (size_t k = 0; k < row[i].n_cell; k++) {
			const char *text = row[i].cell[k].text;
			size_t n = row[i].cell[k].n_text;

			utf8_trim(&text, &n);
			if (n && row[i].cell[k].col > last)
				last = row[i].cell[k].col;
		}
	return last;
}

/* What stands in the first row that is not blank, for a message. */
static const char *first_texts(const struct data_sink *s)
{
	const char *text[LISTED_MAX + 1];
	size_t n = 0;

	for (size_t i = 0; i < s->n_pending && !n; i++)
		for (size_t k = 0; k < s->pending[i].n_cell && n <= LISTED_MAX; k++) {
			const struct cell *c = &s->pending[i].cell[k];
			const char *shown = shown_text(c->text, c->n_text, s->arena);

			if (*shown)
				text[n++] = arena_printf(s->arena, "'%s'", shown);
		}
	return n ? word_list(text, n, s->arena) : "-";
}

/* Chooses the header among the rows kept and types those behind it. */
static bool end_pending(struct data_sink *s, struct diags *d)
{
	const struct cell **head;
	struct header h;

	s->has_header = true;
	header_find(s->pending, s->n_pending, DATA_HEADER_WITHIN, s->matcher, s->n_matcher, s->arena,
		&h);
	if (!h.n_matched) {
		hint_encoding(s, place(s, 0, 0), d);
		return diag_error(d, place(s, s->n_pending ? s->pending[0].row : 0, 0),
			"missing-column",
			"no row among the first %d has a header text of the dataset '%s', such as '%s'; found: %s",
			DATA_HEADER_WITHIN, s->dataset->id, s->label[0], first_texts(s));
	}
	for (size_t i = 0; i < s->dataset->n_field; i++)
		s->label[i] = header_name(field_of(s, i)->label, h.matcher->year, s->arena);
	s->column = h.field;
	s->n_column = h.n_column;
	s->n_headed = count_headed(s->pending + h.first, h.n_row);
	head = header_cells(s, &h);
	for (size_t i = 0; i < h.n_column; i++)
		take_column(s, &h, i, head[i], d);
	free(head);
	note_more_unknown(s, place(s, s->pending[h.first].row, 0), d);
	check_present(s, place(s, s->pending[h.first].row, 0), d);
	s->after_header = true;
	for (size_t i = h.first + h.n_row; i < s->n_pending; i++)
		if (!take_data(s, &s->pending[i], d))
			return false;
	return true;
}

static void keep_row(struct data_sink *s, const struct row *row)
{
	struct cell *cell = ARENA_ARRAY(s->arena, row->n_cell, struct cell);

	for (size_t i = 0; i < row->n_cell; i++) {
		cell[i] = row->cell[i];
		cell[i].text = arena_slice(s->arena, cell[i].text, cell[i].n_text);
		s->pending_size += cell[i].n_text + sizeof *cell;
	}
	*ARENA_PUSH(s->arena, s->pending, s->n_pending, &s->cap_pending)
		= (struct row){ cell, row->n_cell, row->row, s->sheet };
}

static bool take_row(struct data_sink *s, const struct row *row, struct diags *d)
{
	if (!s->begun && row->n_cell) {
		s->begun = true;
		s->sheet = row->sheet ? arena_text(s->arena, row->sheet) : NULL;
		s->named = row->cell[0].name != NULL;
	}
	if (s->named || s->has_header)
		return take_data(s, row, d);
	keep_row(s, row);
	if (s->n_pending < DATA_HEADER_WITHIN + DATA_HEADER_ROWS_MAX
		&& s->pending_size < PENDING_MAX)
		return true;
	return end_pending(s, d);
}

static bool take(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct data_sink *s = (struct data_sink *)sink;

	bool ok = true;

	for (size_t i = 0; i < n_row && ok; i++)
		ok = take_row(s, &row[i], d);
	s->wrong = s->wrong || !ok;
	buf_clear(&s->folded);
	return ok;
}

struct data_sink *data_sink_new(const struct source *source, const struct dataset *dataset,
	struct arena *a)
{
	struct data_sink *s = ARENA_NEW(a, struct data_sink);
	int year = source->period_year;

	s->sink.take = take;
	s->source = source;
	s->dataset = dataset;
	s->arena = a;
	map_init(&s->names, a);
	map_init(&s->keys, a);
	if (source->role == SOURCE_PREVIOUS)
		matcher_init(&s->matcher[s->n_matcher++], dataset, year - 1, a);
	matcher_init(&s->matcher[s->n_matcher++], dataset, year, a);
	s->label = ARENA_ARRAY(a, dataset->n_field, const char *);
	s->present = ARENA_ARRAY(a, dataset->n_field, bool);
	s->bad = ARENA_ARRAY(a, dataset->n_field, bool);
	s->column_of = ARENA_ARRAY(a, dataset->n_field, unsigned);
	s->above = dataset_field(dataset, "parent");
	s->code = dataset_field(dataset, "code");
	for (size_t i = 0; i < dataset->n_field; i++)
		s->label[i] = header_name(dataset->field[i].label, s->matcher[0].year, a);
	return s;
}

struct row_sink *data_sink_rows(struct data_sink *s)
{
	return &s->sink;
}

bool data_sink_finish(struct data_sink *s, struct data *data, struct diags *d)
{
	if (!s->named && !s->has_header && !s->wrong && !end_pending(s, d))
		s->wrong = true;
	if (s->named) {
		note_more_unknown(s, place(s, 0, 0), d);
		check_present(s, place(s, 0, 0), d);
	}
	if (!s->wrong && !s->n_row)
		s->wrong = !diag_error(d, place(s, 0, 0), "no-rows",
			"there is no row of figures; fill in at least one below the header");
	*data = (struct data){
		.source = s->source,
		.dataset = s->dataset,
		.row = s->row,
		.n_row = s->n_row,
		.total = s->total,
		.present = s->present,
	};
	map_clear(&s->keys);
	buf_clear(&s->folded);
	return !s->wrong;
}
