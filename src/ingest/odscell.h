/* odscell: one cell of an OpenDocument spreadsheet: from its attributes and paragraphs to a value. */
#ifndef INGEST_ODSCELL_H
#define INGEST_ODSCELL_H

#include "base/buf.h"
#include "base/rows.h"
#include "base/sax.h"
#include "ingest/odsstyle.h"

#include <stdint.h>

enum ods_type { ODS_NONE, ODS_FLOAT, ODS_PERCENTAGE, ODS_DATE, ODS_TIME, ODS_BOOLEAN, ODS_STRING, ODS_ERROR };

struct ods_cell {
	enum ods_type type;
	bool has_value;
	bool has_formula;
	ods_shown shown;    /* of a float, by its style; the caller's to set, as is the next */
	bool has_null_date; /* days are counted from another one than 1899-12-30 */
	uint32_t n_repeated; /* columns */
	uint32_t n_rows;
	uint32_t n_cols;
	struct buf value; /* as the attribute has it, if has_value */
	struct buf text;  /* paragraphs, joined by line feeds */
	size_t n_paragraph;
	bool at_space; /* white space that comes next is dropped: at the start of a paragraph, and behind a space */
};

/* Starts with the attributes of table:table-cell; buffers are used again. Error "format". */
bool ods_cell_begin(struct ods_cell *, const struct sax_element *, struct origin at, struct diags *);

/* Whether what is shown matters: it may cost more than all the rest. */
bool ods_cell_wants_text(const struct ods_cell *);
void ods_cell_paragraph(struct ods_cell *);
void ods_cell_text(struct ods_cell *, const char *s, size_t n); /* white space is collapsed */
void ods_cell_character(struct ods_cell *, char c, uint32_t n);	 /* n times, as it is */
void ods_cell_paragraph_end(struct ods_cell *);

/* Kind, text and spans; the text lives as long as the cell is not begun again. Error "format". */
bool ods_cell_end(struct ods_cell *, struct origin at, struct cell *, struct diags *);

/* Of a cell with a formula. */
bool ods_cell_has_result(const struct ods_cell *);

void ods_cell_clear(struct ods_cell *);

#endif
