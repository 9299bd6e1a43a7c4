/* sheetfonts: what the readers of spreadsheets share of texts whose font is one of before Unicode: each part of a text is
 * converted by its own font (see legacy_text), and a note tells of the first cell.
 *
 * Shape:  a cell's text with the runs in it that have a font of their own; runs are told one after the other, then the text
 * Errors: "encoding" of a job: no encoding that a spreadsheet may have
 */
#ifndef INGEST_SHEETFONTS_H
#define INGEST_SHEETFONTS_H

#include "base/diag.h"
#include "ingest/legacy.h"
#include "ingest/reader.h"

struct font_run {
	size_t at; /* [bytes] in the text: from here up to the next one */
	bool is_own; /* else the cell's font */
	struct legacy_font font;
};

/* Of one file. */
struct sheet_fonts {
	struct legacy_font all; /* that the job says all texts have, whatever their cells say; else all zero */
	bool is_sure;		/* see legacy_font: of all other fonts */
	bool is_noted;
	struct font_run *run; /* [n_run] in the text that comes */
	size_t n_run;
	size_t cap_run;
	struct buf converted;
};

/* False: the job says an encoding that no spreadsheet has. */
bool sheet_fonts_check(const struct reader_options *, struct diags *);
void sheet_fonts_init(struct sheet_fonts *, const struct reader_options *);
void sheet_fonts_clear(struct sheet_fonts *);

/* A font by its name in a file; all zero for one of Unicode. */
struct legacy_font sheet_font_named(const char *name);

/* Forgets the runs of a text that does not come. */
void sheet_fonts_begin(struct sheet_fonts *);
/* From that byte of the text on: a font of its own, or NULL: the cell's. Ascending. */
void sheet_fonts_run(struct sheet_fonts *, size_t at, const struct legacy_font *own);

/* The text of a cell of that font as it is meant, up to the next one, if that differs from what it is; ends the runs. */
void sheet_fonts_text(struct sheet_fonts *, struct legacy_font, const char **text, size_t *n, struct origin at, struct diags *);

#endif
