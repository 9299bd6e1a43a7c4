/* datasink: what the files of the sink share: datasink.c (which rows are data), headrows.c (those of the header and below it),
 * heldrows.c (notes, headings and signatures), ofwhich.c (rows that break down the one above), columns.c (which column is which
 * field), datarow.c (a row of cells as a typed row), totalrow.c (rows of totals), sinkunits.c (units that the sheet says). Nobody
 * else includes it. */
#ifndef MODEL_DATASINK_H
#define MODEL_DATASINK_H

#include "base/buf.h"
#include "base/utf8.h"
#include "model/columnnumbers.h"
#include "model/data.h"
#include "model/evidence.h"
#include "model/groups.h"
#include "model/header.h"
#include "model/rowkinds.h"
#include "model/units.h"

enum {
	UNKNOWN_COMPARED = 200, /* header texts among which a missing one is looked for */
};

/* What a row behind the header holds. */
struct look {
	bool is_blank;
	bool has_key; /* a cell that names the row */
	bool has_figures; /* where no column is one of numbers: all that may not be empty */
	const struct cell *figure; /* the first of them, in a column of numbers */
	bool has_words; /* in a column of numbers, without a figure */
	size_t n_filled; /* cells of fields, up to the first figure behind a name */
};

/* A row without figures that waits until it is known whether data follow. */
struct held_row {
	struct row row;
	bool is_note;	 /* it has a phrase of notes or signatures */
	bool is_heading; /* its label is merged over columns of figures, or stands alone left of the names */
	bool is_bare;	 /* a name alone: it is data, unless it is the title of a page */
	bool has_key;
	bool has_words;	 /* in a column of numbers */
	struct origin figure; /* of a figure in a column of figures; row 0: it has none */
};

/* What is known of a cell besides its value. */
struct cell_state {
	bool is_bad;	  /* it has an error of its own */
	const char *dash; /* what stands in a cell that may not be empty, and says that the value is missing; or NULL */
};

/* A typed row that may turn out to be one of a group, by the ordinal of the next one. */
struct waiting_row {
	bool is_there;
	struct data_row row;
	struct ordinal ordinal;
	const char *ordinal_cell; /* as written, where the label stands in it; else "" */
	struct cell_state *state; /* [n_field] as the sink has it of its row */
};

/* Rows below "Trong đó:". */
struct breakdown {
	bool is_open;
	enum ordinal_rank above; /* of the row that is broken down */
	const char *text;	 /* of the row that begins it */
	size_t n_row;		 /* with figures that were skipped */
};

struct data_sink {
	struct row_sink sink; /* first */
	const struct source *source;
	const struct dataset *dataset;
	struct library *library; /* or NULL */
	struct arena *arena;
	struct matcher matcher;
	const char **label; /* [n_field] for messages, {period} filled in */
	bool *present;	    /* [n_field] */
	const char **maybe; /* [n_field] header texts that may be the field's, in quotes, or NULL */
	const char *sheet;  /* that the rows come from, or NULL */
	bool begun;
	bool named; /* cells have names */
	bool wrong; /* an error was added */

	struct row *pending; /* until there is a header */
	size_t n_pending;
	size_t cap_pending;
	size_t pending_size;
	bool has_header;
	bool after_header; /* the next row may be the one of column numbers or of units */
	bool is_numbered;  /* the one of column numbers was there: a second one is data */
	struct row numbers; /* the first one of column numbers, which pages may repeat */
	struct row doubtful; /* that may be one, which the next row says */
	bool is_doubtful;
	const struct row *head; /* [n_head] rows of the header, which pages may repeat */
	size_t n_head;
	const struct cell *reaching; /* the merged cell over a field's column that reaches furthest below the header, or NULL */
	struct map head_texts; /* folded; empty until it is asked for */
	bool has_head_texts;
	size_t n_repeated;	/* headers that were there again */
	struct origin repeated; /* the first of them */
	unsigned again;		/* row of the last one that was begun */
	size_t next_head; /* the row of the header that a repeated one goes on with; 0: none is begun */

	size_t *column; /* [n_column] field of a column or of a name, or FIELD_NONE */
	size_t n_column;
	unsigned *column_of; /* [n_field] column of a field, 1..; 0: none, or cells have names */
	unsigned *twin; /* [n_column] column of a field whose merged heading stands over this one too; 0: none */
	bool has_twins;
	size_t n_present;
	size_t n_headed; /* columns up to the last one with a header text */
	size_t cap_column;
	struct map names;		      /* -> index in column */
	const char *unknown[UNKNOWN_COMPARED]; /* header texts that no field has, as written */
	size_t n_unknown;		      /* there are; only the first are kept */
	const char *found[LISTED_MAX];	      /* header texts in quotes, unknown ones too */
	size_t n_found;			      /* there are; only the first are kept */

	struct units unit_over; /* that a text above the header, or in it or below it for no column of its own, says */
	struct origin unit_at;
	const char *unit_shown;
	bool *has_unit_said; /* [n_field] the column says its unit itself */

	bool has_words;
	struct row_words words; /* read when the first row asks for them */
	struct held_row *held;
	size_t n_held;
	size_t cap_held;
	size_t n_skipped;	/* notes, signatures */
	struct origin skipped;	/* the first of them */
	const char *skipped_text;
	bool has_figures; /* a column of numbers is there */
	bool is_closed;	  /* the last row of figures was the total */

	size_t n_unfilled;	  /* rows with an ordinal and nothing else */
	struct origin unfilled;	  /* the first of them */
	unsigned ordinal_column; /* that may hold ordinals; 0: none */
	bool ordinals_known;	 /* whether it does has been found out */
	char last_letter;
	unsigned named_ranks; /* bits of the ranks of ordinals in names, of which the first of all ("I", "1") was there */
	size_t n_named;	      /* names with such ordinals */
	struct waiting_row waiting;
	struct breakdown breakdown;
	struct groups groups;

	struct data_row *row;
	size_t n_row;
	size_t cap_row;
	struct data_row *total;
	bool total_in_group;  /* it stands behind rows of a group: of that group, if another total follows */
	size_t total_first;   /* rows of data that it would cover then */
	size_t total_n_row;
	size_t summed;	      /* rows of data above the last row that stated a sum */
	struct map keys;	   /* -> row */
	const struct field *above; /* that model_build tells areas by, or NULL */
	const struct field *code;
	struct number_column *number; /* [n_field] */
	struct buf folded; /* what is looked up and forgotten */
	struct cell_state *state; /* [n_field] of the row that is being read */
	unsigned *covered; /* [n_field] the last row that a merged cell above covers */
	bool has_covered;
	bool has_merged; /* a cell of the row that is being read is merged */
	size_t *field; /* [cap_field] of the cells of the row that is being read */
	size_t cap_field;
};

static inline struct origin sink_place(const struct data_sink *s, unsigned row, unsigned col)
{
	return (struct origin){ .file = s->source->shown, .sheet = s->sheet, .row = row, .col = col };
}

static inline const struct field *sink_field(const struct data_sink *s, size_t i)
{
	return &s->dataset->field[i];
}

/* Whether nothing but spaces stands in the cell. */
static inline bool cell_is_blank(const struct cell *c)
{
	const char *text = c->text;
	size_t n = c->n_text;

	if (n && *text > ' ' && *text <= '~') /* most cells, without a closer look */
		return false;
	utf8_trim(&text, &n);
	return !n;
}

/* The next cell that is not blank, from *i on; NULL: there is none. */
static inline const struct cell *sink_next_cell(const struct row *row, size_t *i)
{
	for (; *i < row->n_cell; (*i)++)
		if (!cell_is_blank(&row->cell[*i]))
			return &row->cell[(*i)++];
	return NULL;
}

/* For phrases: as far as they are compared. */
static inline const char *sink_folded(struct data_sink *s, const struct cell *c)
{
	return utf8_fold_into(c->text, c->n_text < ROW_TEXT_MAX ? c->n_text : ROW_TEXT_MAX, &s->folded);
}

/* ---- datasink.c ---- */

struct row sink_copy_row(struct data_sink *, const struct row *);
/* A key that the job or the name of the file may say in place of the column: the month of returns. */
bool sink_may_lack(const struct data_sink *, size_t field);
struct look sink_look(const struct data_sink *, const struct row *);

/* ---- headrows.c ---- */

/* Whether the row is one of column numbers or of units, right below the header; or may be one of column numbers. */
bool headrows_take(struct data_sink *, const struct row *, struct diags *);

/* Whether the row has an ordinal and nothing else: it was numbered before it was filled in, and is as blank as any. */
bool headrows_only_number(struct data_sink *, const struct row *, const struct look *, struct diags *);

/* Before the row behind it is taken, or at the end of the source: what the doubtful row is. The row, if it is data, or NULL. */
const struct row *headrows_settle(struct data_sink *, const struct row *next, struct diags *);

/* Whether the row begins the header again, or goes on with one that was begun, or is the header of another table. */
enum head_row { HEAD_NONE, HEAD_AGAIN, HEAD_GOES_ON, HEAD_OTHER };
enum head_row headrows_repeat(struct data_sink *, const struct row *, const struct look *);

/* Only one table of a sheet is read. */
bool headrows_refuse(struct data_sink *, const struct row *, struct diags *);

/* Whether the row right below the header is one of it that the dataset does not know: a merged cell of the header reaches over it, or
 * it has texts or years over figures and names no row. */
bool headrows_go_on(struct data_sink *, const struct row *, const struct look *, struct diags *);

/* Figures below such a row are nobody's. */
bool headrows_refuse_row(struct data_sink *, const struct row *, struct diags *);

bool headrows_are_same(struct data_sink *, const struct row *, const struct row *);

/* The end of the source: a note that the header was there again. */
void headrows_end(struct data_sink *, struct diags *);

/* ---- heldrows.c ---- */

/* Whether the row has to wait; *note: because it has a phrase of notes or signatures. */
bool held_must_wait(struct data_sink *, const struct row *, const struct look *, bool *note, struct diags *);
bool held_add(struct data_sink *, const struct row *, const struct look *, bool note, struct diags *);

/* Data follow: the next row, or NULL. */
bool held_release(struct data_sink *, const struct row *next, struct diags *);

/* The header is there again: what was held are titles of the page, notes, or data. */
bool held_end_page(struct data_sink *, struct diags *);

/* Whether a text that does not stand above the header, and is no note, is held. */
bool held_has_title(struct data_sink *);

/* The end of the source, while data may still be added. */
void held_end_data(struct data_sink *, struct diags *);

/* The end of the source: what is still held stands behind the table. */
void held_end(struct data_sink *, struct diags *);

/* A name without figures behind notes that is read as data: it is more than a name, or data follow. */
void held_warn_behind(struct data_sink *, const struct row *, struct diags *);

/* ---- ofwhich.c ---- */

/* Whether the row breaks down the one above: it is skipped. */
bool ofwhich_take(struct data_sink *, const struct row *, const struct look *, struct diags *);

/* Whether the name begins with the same word as that of the last row of data, or as another one where there is no such row:
 * "Thôn 2" and "Thôn 1". */
bool ofwhich_is_alike(struct data_sink *, const struct cell *label, const struct cell *other);

/* Whether the last row of data has an ordinal. */
bool ofwhich_is_ranked(const struct data_sink *);

/* ---- columns.c ---- */

/* The columns of the header among the rows kept. */
void columns_take(struct data_sink *, const struct header *, struct diags *);

/* The field of a name that is met for the first time; a note if there is none. */
size_t columns_add_name(struct data_sink *, const struct cell *, struct diags *);

/* Notes and errors that only the end of the header, or of all names, can tell. */
void columns_end(struct data_sink *, struct origin, struct diags *);

/* A row of units below a heading that is merged over several columns: the one in the field's unit is read. */
void columns_choose(struct data_sink *, const struct row *, struct diags *);

/* An error for a value below a merged heading whose field is read from another column; one for each column. */
void columns_check_twin(struct data_sink *, const struct cell *, struct diags *);

/* Header texts that nobody knows may come of a wrong encoding in the job. */
void columns_hint_encoding(const struct data_sink *, struct origin, struct diags *);

/* What stands in the first row that is not blank, among those from a place on, for a message. */
const char *columns_first_texts(const struct data_sink *, unsigned from);

/* ---- sinkunits.c ---- */

/* The last unit in the rows kept before the header, of which there are so many. */
void units_above(struct data_sink *, size_t n_row, struct diags *);

/* Units in brackets behind header texts; row: the header's first. */
void units_header(struct data_sink *, const struct header *, unsigned row, struct diags *);

/* Whether the cell says a unit: one that phrases have, or in other words that of its field. */
bool units_know(struct data_sink *, const struct cell *, struct diags *);

/* Whether the cell says the unit of the field, and no other. */
bool units_same(struct data_sink *, const struct cell *, size_t field, struct diags *);

/* A cell of the row of units. */
void units_below(struct data_sink *, const struct cell *, struct diags *);

/* At the end of the source: the unit over the table against the columns that say none. */
void units_end(struct data_sink *, struct diags *);

/* ---- totalrow.c ---- */

/* A typed row of totals; one whose kind is not sure is settled by the rows above it, or refused. */
void totalrow_add(struct data_sink *, struct data_row *, enum total_kind, struct diags *);
void totalrow_refuse(struct data_sink *, const char *label, struct origin, struct diags *);

/* The end of the source: rows behind the total, and a total that is only that of the last rows. */
void totalrow_end(struct data_sink *, struct diags *);

/* ---- datarow.c ---- */

/* Types the row and keeps it: as data, as the total, as the row of a group. */
bool datarow_add(struct data_sink *, const struct row *, struct diags *);

/* Whether the column that may hold ordinals has the header of one. */
bool datarow_has_ordinals(struct data_sink *, struct diags *);

/* A row whose label stands over the columns of figures. */
void datarow_add_heading(struct data_sink *, const struct row *, struct diags *);

/* The row that waits for the next one's ordinal is data. */
void datarow_end(struct data_sink *, struct diags *);

/* Ordinals in front of names are no parts of them, if there are several. */
void datarow_strip_names(struct data_sink *, struct diags *);

/* Groups whose names are merged need rows. */
void datarow_check_groups(struct data_sink *, struct diags *);

/* Whether the column that may hold ordinals has the header of one. */
bool datarow_has_ordinals(struct data_sink *, struct diags *);

/* The cell that names the row: the label field's, else the first that is not blank; or NULL. */
const struct cell *datarow_label(const struct data_sink *, const struct row *);

/* Whether that cell is the label of a total. */
enum total_kind datarow_total_kind(struct data_sink *, const struct cell *label, struct diags *);

/* The phrases of templates/wording/sheet.xml. */
const struct row_words *sink_words(struct data_sink *, struct diags *);

#endif
