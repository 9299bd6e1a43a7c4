/* xlsxbook: a workbook being written by libxlsxwriter, and a grid on one of its sheets. What the workbook of a plan and that
 * of a form have in common.
 *
 * Errors: the library's are kept in the book, the first one, and become a finding when it is closed
 * Owner:  book_open to book_close
 */
#ifndef RENDER_XLSXBOOK_H
#define RENDER_XLSXBOOK_H

#include "compose/workbook.h"
#include "render/sheet.h"

#define FORMULA_CELL LXW_FORMULA_CELL /* the library's own kind of cell takes the name of expr/formula.h */
#include <xlsxwriter.h>
#undef FORMULA_CELL

enum shade {
	SHADE_NONE,
	SHADE_HEAD,  /* grey: what is not filled in */
	SHADE_ENTRY, /* pale yellow: what is */
	SHADE_TOP,   /* pale blue: headings */
	SHADE_SUM,   /* pale grey: rows of groups and totals */
};

/* What a cell looks like; equal looks share one format. */
struct look {
	const char *number_format; /* NULL: general */
	enum align align;
	enum shade shade;
	int size_pt;
	bool bold;
	bool italic;
	bool wrap;
	bool border;
	bool grey; /* letters */
	bool underline;
	bool open; /* may be changed on a protected sheet */
};

struct format {
	struct look look;
	lxw_format *format;
};

struct book {
	lxw_workbook *workbook;
	struct format *format; /* [n_format] */
	size_t n_format;
	size_t cap_format;
	const char *font; /* of its formats */
	struct arena arena;
	lxw_error error; /* the first one */
};

/* What the file says of itself; NULL is nothing. */
struct book_words {
	const char *title;
	const char *subject;
	const char *author;
	struct date date; /* the only date in it */
};

/* Where a table stands that formulas of other sheets speak of. */
struct table_place {
	const char *id;
	const char *sheet; /* has no quote in its name */
	unsigned body_row;
};

/* A sheet being written. */
struct target {
	struct book *book;
	lxw_worksheet *worksheet;
	const struct sheet *sheet;
	const struct grid_table *table;
	const struct table_place *place; /* [n_place] of all tables of the workbook; a formula over another one is not written */
	size_t n_place;
	unsigned n_column; /* that titles and notes run over; 0: the table's */
	bool shaded;	   /* headings and sums */
	size_t centred;	   /* shaded: a further column whose texts stand in the middle */
};

/* A fault "io" where no file of that name can be written. */
bool book_open(struct book *, const char *path, const struct book_words *, struct diags *);
/* Writes the file. A fault "io", or an error "limit": something did not fit. */
bool book_close(struct book *, const char *path, struct diags *);

/* Another font than Times New Roman, before there are formats. That of cells by themselves, of this size, is what programs count
 * the widths of columns in. */
void book_set_font(struct book *, const char *name, int size_pt);

void book_put_properties(struct book *, const struct workbook *); /* its own, which programs read */
void book_note(struct book *, lxw_error);
/* A text as it is, also one that looks like an escape of a workbook; all texts of cells are written by this. */
void book_put_text(struct book *, lxw_worksheet *, unsigned row, unsigned column, const char *text, lxw_format *);
const char *book_text(struct book *, const char *text); /* for what the library writes by other calls */
/* No row is higher than programs allow: what is longer is cut there. */
void book_set_row(struct book *, lxw_worksheet *, unsigned row, double height_pt);
lxw_format *book_format(struct book *, struct look);

/* Points of a page between its margins. */
double page_room_pt(const struct page_style *); /* across */
double page_height_pt(const struct page_style *);

/* A text over a range; a range of one cell is no merge. */
void put_merged(const struct target *, unsigned row, unsigned column, unsigned rows, unsigned columns, const char *text,
	struct look);

/* A text over the whole width. */
void put_line(const struct target *, unsigned row, const char *text, struct look);
void put_surroundings(const struct target *); /* title, unit line, notes */
void put_header(const struct target *); /* with the row of column numbers */
void put_body(const struct target *);
/* Programs do not mark texts of digits, such as the code "00123", in these rows. Once for a sheet. */
void put_no_marks(const struct target *, unsigned first_row, unsigned end_row);
struct look cell_look(const struct grid_table *, size_t row, size_t column);
void put_cell(const struct target *, size_t row, size_t column, struct look);
void put_width(struct book *, lxw_worksheet *, unsigned column, double width_pt);
void put_sizes(const struct target *);
/* Paper, margins, one page wide. */
void put_paper(const struct target *, const struct page_style *, bool landscape);
/* The same with a page number on top, all of the table as what is printed, its header on each page. */
void put_print(const struct target *, const struct page_style *, bool landscape);

#endif
