/* document: the tree that is laid out, painted and written to sheets: final words, final numbers, formulas.
 *
 * Shape:  parts (the plan, then each appendix) of blocks; blocks of runs; tables of cells. Rounding, labels, order, totals and
 *         formulas are final: a backend decides nothing
 * Owner:  the arena passed to compose; facts, places and what the audit found are also in that of the tables (facts: in one of their own), all else outlives it
 */
#ifndef COMPOSE_DOCUMENT_H
#define COMPOSE_DOCUMENT_H

#include "base/date.h"
#include "base/figure.h"
#include "compose/style.h"
#include "expr/formula.h"

enum run_flags {
	RUN_BOLD = 1,
	RUN_ITALIC = 2,
	RUN_FIGURE = 4, /* holds a computed figure */
	RUN_LINK = 8,	/* goes to block `target` */
	RUN_BREAK = 16, /* a forced new line before this run */
};

/* Text in one face. Spaces between runs are in the texts; NFC. */
struct run {
	const char *text;
	unsigned flags;
	const struct block *target; /* RUN_LINK: a table or an appendix heading */
	struct origin at;	    /* template place, for a glyph that is missing */
};

struct runs {
	const struct run *run; /* [n_run] */
	size_t n_run;
};

enum block_kind {
	BLOCK_LETTERHEAD, /* two columns: issuer and number | national heading, place and date */
	BLOCK_TITLE,	  /* KẾ HOẠCH, trích yếu, rule */
	BLOCK_BASIS,	  /* a legal basis, italic */
	BLOCK_HEADING,	  /* level 1-4; text may run in behind it */
	BLOCK_PARAGRAPH,
	BLOCK_ITEM,	  /* marked: "-", "+", "a)", "*" */
	BLOCK_TABLE,
	BLOCK_CHART,
	BLOCK_FOOT,	  /* Nơi nhận and the signature block */
	BLOCK_APPENDIX,	  /* Phụ lục I / NAME / (Kèm theo ...) / rule */
};

struct block {
	enum block_kind kind;
	int level;	   /* BLOCK_HEADING 1-4; BLOCK_ITEM 1-3 */
	int item;	   /* level of the last item before that holds it, 0: none; that of a BLOCK_ITEM: it goes on with its text */
	const char *number; /* "I.", "1.", "1.1.", "a)", "-", "+"; "" for none */
	struct runs title;  /* BLOCK_HEADING: bold title; BLOCK_TABLE: caption, may be empty */
	struct runs runs;   /* text; BLOCK_HEADING: text that runs in behind the title, may be empty */
	const char *bookmark; /* plain text for the outline, or NULL */
	const struct letterhead *letterhead;
	const struct title *head;	     /* BLOCK_TITLE, BLOCK_APPENDIX */
	const struct grid_table *table;	     /* BLOCK_TABLE */
	const struct chart *chart;	     /* BLOCK_CHART */
	const struct foot *foot;
	struct origin at;
};

/* Bytes of a text that are left to the clerk: spaces between words. */
struct blank {
	size_t start, end;
	const char *name; /* of the field that is made there, for people who do not see it; NULL: none is */
};

struct letterhead {
	const char *parent;	  /* cơ quan chủ quản, or NULL */
	const char *issuer[3];	  /* bold lines */
	size_t n_issuer;
	const char *number;	  /* "Số: 66/KH-UBND"; blank number: "Số:           /KH-UBND" */
	const char *nation;	  /* CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM */
	const char *motto;	  /* Độc lập - Tự do - Hạnh phúc */
	const char *place_date;	  /* "Bắc Sơn, ngày 09 tháng 3 năm 2023" */
	struct blank number_blank;	     /* of number */
	struct blank day_blank, month_blank; /* of place_date */
};

struct title {
	const char *kind;   /* "KẾ HOẠCH", "Phụ lục I" */
	struct runs name;   /* trích yếu; appendix name */
	const char *attached; /* "(Kèm theo ...)", or NULL */
};

struct recipient {
	const char *text; /* "- Phòng LĐ-TBXH (b/c);" */
};

struct foot {
	const char *heading; /* "Nơi nhận:" */
	const struct recipient *recipient;
	size_t n_recipient;
	const struct signature *signature; /* [n_signature], usually one */
	size_t n_signature;
};

struct signature {
	const char *line[4]; /* bold: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH" */
	size_t n_line;
	const char *name;
	const char *signing, *sealing; /* names of the fields for both, for people who do not see them; NULL: none is made */
};

/* ---- tables ---- */

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_DECIMAL };

enum cell_role { CELL_HEADER, CELL_NUMBERING, CELL_DATA };

/* A header cell with its merge. Rows and columns count from 0 in the header and in the printed columns. */
struct header_cell {
	const char *text;
	unsigned row, column;
	unsigned rows, columns; /* spanned, >= 1 */
};

struct grid_column {
	const char *id;
	enum align align;
	const char *number_format; /* of the workbook: "#,##0", "0.00", "@" */
	const char *total_format;  /* the same in group and total rows, which may be padded otherwise */
	const char *unit;
	bool is_number;
	bool roomy; /* as wide as a column of texts may be: people will type there */
};

struct grid_cell {
	const char *text;	/* as printed, in every output */
	struct ratio x;		/* exact value, where it is FIGURE_OK */
	const char *number_format; /* of the workbook, where it is not the column's; or NULL */
	const struct origin *at; /* the source cell it came from, in the memory of the tables; NULL: none, the template tells */
	const struct formula_token *token; /* its formula: rows and columns of this grid: body rows from 0, printed columns from 0 */
	uint32_t n_token;
	uint16_t flags; /* RUN_BOLD ... */
	uint8_t state;	/* enum figure_state; is_number columns only */
};

static inline struct formula grid_cell_formula(const struct grid_cell *cell)
{
	return (struct formula){ cell->token, cell->n_token };
}

static inline void grid_cell_set_formula(struct grid_cell *cell, struct formula formula)
{
	cell->token = formula.token;
	cell->n_token = (uint32_t)formula.n_token;
}

static inline struct figure grid_cell_figure(const struct grid_cell *cell)
{
	return (struct figure){ .state = cell->state, .x = cell->x };
}

/* Its places stay behind. */
static inline void grid_cell_set(struct grid_cell *cell, struct figure figure)
{
	cell->state = (uint8_t)figure.state;
	cell->x = figure.x;
}

enum grid_row_kind {
	GRID_LEAF,
	GRID_GROUP,
	GRID_TOTAL,
	GRID_WORDS, /* of a table without rows: says so, in one of its cells */
};

/* A word that a cell of texts may hold, and what the cell is shown in. */
struct word_look {
	const char *word;   /* "chậm" */
	uint32_t fill, ink; /* 0xRRGGBB of the cell and of its letters; contrast at least 4.5:1 */
};

struct grid_table {
	const char *id;
	struct runs caption;	/* above the table; may be empty */
	const char *title;	/* plain, for the sheet's title and its name */
	const char *continued;	/* "(tiếp theo)" */
	const char *unit_line;	/* "Đơn vị tính: hộ", right above the table; or NULL */
	unsigned n_header;	/* header rows, the row of column numbers not counted */
	const struct header_cell *header; /* [n_header_cell], by row then column */
	size_t n_header_cell;
	const char *const *numbering; /* [n_column] "1", "4=3/1*100": a row below the header; or NULL */
	const struct grid_column *column; /* [n_column], printed columns only */
	size_t n_column;
	size_t stub;		/* columns repeated when the table is cut into blocks: up to and with the label */
	const struct grid_cell *cell; /* [n_row * n_column] */
	const enum grid_row_kind *row_kind; /* [n_row] */
	const char *const *row_key;   /* [n_row] */
	size_t n_row;
	const char *const *note; /* [n_note] lines below the table */
	size_t n_note;
	const struct table_facts *facts; /* all columns and rows, hidden ones too, for figures.json */
	struct origin at;
};

/* ---- charts ---- */

enum chart_kind {
	CHART_LINES, /* over months */
	CHART_BARS,  /* one for each row, the first on top */
};

/* Figures of a chart: cells of a row, or of a column. */
struct chart_series {
	const char *name;
	const struct grid_table *table;
	size_t row, column; /* the first cell */
	bool along_row;	    /* further cells stand right of it; else below it */
};

struct chart {
	enum chart_kind kind;
	const char *title;
	const char *alt;   /* what it shows, in words and figures, for who does not see it */
	const char *unit;  /* of its axis */
	size_t n_point;	   /* of each series */
	const char *const *category; /* [n_point] names of the points */
	const struct chart_series *series; /* [n_series] */
	size_t n_series;
	const char *const *left_out; /* [2] what stands before and behind the number of bars that a page has no room for; NULL: "…" alone */
};

/* ---- facts ---- */

/* A table as figures.json lists it. */
struct fact_column {
	const char *id;
	const char *const *label;
	size_t n_label;
	const char *unit;
	bool is_number;
};

struct fact_cell {
	const struct figure *figure;
	const char *text;
};

struct fact_row {
	const char *key;
	const char *label;
	const char *kind;	      /* "area" "group" "total" */
	const struct fact_cell *cell; /* [n_column] of the table */
};

struct table_facts {
	const char *id;
	const char *title;
	const struct fact_column *column;
	size_t n_column;
	const struct fact_row *row;
	size_t n_row;
};

/* A figure in a sentence. */
struct text_figure {
	struct origin at;	/* of its '{' */
	const char *expression; /* as written, with its format */
	struct figure figure;
	const char *text;
};

/* A finding of the audit, in the words of the document (Vietnamese), whatever the language of the messages. */
struct audit_line {
	const char *rule;     /* "published" */
	const char *severity; /* "error" "warning" "note" */
	const char *place; /* as a waiver names it */
	const char *where; /* of what was published: its place in the document; else NULL */
	struct origin at;
	const char *subject;
	const char *printed;  /* NULL: the rule compares nothing */
	const char *computed;
	const char *explanation; /* "" where nothing can be proved */
	const char *waived_by;	 /* who answers for it; NULL: nobody */
	const char *waived_why;
	struct date waived_until;
};

/* ---- the whole ---- */

/* One of the properties that an archive keeps of a document (NĐ 30/2020, Phụ lục VI, Phần II). */
struct record_property {
	const char *group; /* "FileCode", "SignerInfo", "To": the structure it is a member of; or NULL */
	size_t entry;	   /* which of several structures of that name, from 0 */
	const char *name;  /* "OrganId" */
	const char *text;
};

/* What a file for the archive holds beside the document: the same for all, from templates/. */
struct archive {
	const char *profile;	/* [n_profile] ICC profile of what the colours mean: sRGB */
	size_t n_profile;
	const char *profile_name;
	const char *link[2];	/* what stands before and behind the name of a link's target: "Đến ", "" */
	const char *link_other; /* where the target has no name */
};

struct part {
	bool landscape;
	bool separate;		     /* issued as a file of its own */
	const char *issuing;	     /* separate: name of the field for the organisation's signature; NULL: none is made */
	const struct block *block;   /* [n_block] */
	size_t n_block;
	const char *title;	     /* for bookmarks and file properties */
};

struct document {
	const char *job;
	const char *dir;	/* the job's folder as given: places in results are relative to it */
	const char *title;	/* "Kế hoạch ... năm 2023" for the files' properties */
	const char *author;	/* agency */
	const char *subject;
	struct date date;	/* the only date in a file; a blank day counts as the first */
	const struct style *style;
	const char *draft;	/* "DỰ THẢO" on each page, or NULL */
	const struct part *part; /* [n_part]; [0] is the plan */
	size_t n_part;
	const struct grid_table *const *sheet; /* [n_sheet] tables of the workbook, in order */
	size_t n_sheet;
	const struct chart *const *aside; /* [n_aside] charts that stand in the workbook only, beside their tables */
	size_t n_aside;
	const struct word_look *look; /* [n_look] */
	size_t n_look;
	const struct table_facts *const *table; /* [n_table] every table computed */
	size_t n_table;
	const struct text_figure *figure; /* [n_figure] in the order of the text */
	size_t n_figure;
	const struct audit_line *audit; /* [n_audit] */
	size_t n_audit;
	const struct record_property *record; /* [n_record] what is known, nothing of a draft, members of a structure one after another */
	size_t n_record;
	const struct archive *archive; /* NULL: the files make no claims */
	const char *stamping; /* name of the unseen fields for document timestamps, one beside each signature; NULL: none are made */
	const char *page_property; /* one more of them, "PageAmount", whose value is known when the pages are; or NULL */
	size_t page_digits;	   /* it may have */
};

/* What the cell of a body is shown in; NULL: as all others. */
const struct word_look *word_look_of(const struct document *, const struct grid_table *, size_t row, size_t column);

#endif
