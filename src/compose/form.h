/* form: a workbook to be filled in: what its sheets hold, which cells are open, and what may be typed into them.
 *
 * Shape:  a sheet for each dataset: head lines, a grid whose rows are areas, foot lines. Figures to come are blank; those of the
 *         year before stand right of a gap. The grid reads back as a source of the dataset without any setting: its headings are
 *         names of fields, those of the year before stand in brackets, and the total row has a label that the dataset knows
 * Source: headings: the job's tables over the dataset, else the dataset's own names; words: templates/wording/form.xml
 * Errors: those of the templates; "form": no areas
 * Owner:  the arena
 */
#ifndef COMPOSE_FORM_H
#define COMPOSE_FORM_H

#include "compose/document.h"
#include "model/data.h"

enum form_kind {
	FORM_GIVEN,	/* filled in and locked: what names the row */
	FORM_ENTRY,	/* open; leaf rows only */
	FORM_REFERENCE, /* the year before, locked */
	FORM_GAP,	/* between the two */
};

enum entry_check {
	ENTRY_ANY,
	ENTRY_WHOLE,   /* least .. most */
	ENTRY_DECIMAL, /* least .. most */
	ENTRY_DATE,    /* first .. last */
	ENTRY_LIST,    /* one of the choices */
};

/* What may be typed into the open cells of a column, and what people are told. Texts are as long as a workbook allows. */
struct form_entry {
	enum entry_check check;
	int64_t least, most;
	struct date first, last;
	const char *const *choice; /* NULL-terminated */
	bool may_differ; /* another value is asked about, not refused */
	const char *prompt_title, *prompt; /* shown beside the cell */
	const char *error_title, *error;
};

struct form_column {
	enum form_kind kind;
	struct form_entry entry;
	const char *comment; /* on its heading, or NULL */
	const char *sample;  /* a text as wide as any that is expected */
};

struct form_signature {
	const char *title;
	const char *how; /* "(Ký, ghi rõ họ tên)" */
};

struct form_sheet {
	const char *name;
	const struct grid_table *table; /* title, unit line, header, numbering and rows */
	const struct form_column *column; /* [table->n_column] */
	const char *agency; /* lines above the title */
	const char *kind;   /* "BIỂU NHẬP SỐ LIỆU" */
	const char *how;    /* below the title: where to write and where not */
	const char *place_date; /* below the rows */
	struct form_signature left, right;
};

struct form {
	const char *title;
	const char *author;
	struct date date; /* the only date in the file */
	const struct style *style;
	const struct form_sheet *sheet; /* [n_sheet] */
	size_t n_sheet;
};

/* What is known before a dataset is filled in. */
struct form_input {
	const struct dataset *dataset;
	const struct data *rows;     /* whose areas the form lists; it may be of another dataset */
	const struct data *previous; /* of the year before, or NULL */
};

/* model: of all that the inputs name. */
bool form_make(const struct model *, const struct form_input *, size_t n_input, struct library *, struct arena *,
	const struct form **, struct diags *);

#endif
