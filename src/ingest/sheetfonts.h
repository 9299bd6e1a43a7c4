/* sheetfonts: what the readers of spreadsheets share of texts whose font is one of before Unicode: whether such fonts are meant,
 * told by the texts that have them; then each part of a text is converted by its own font. A note tells of the first cell, and
 * what makes sense both as it stands and converted is told of its cells.
 *
 * Shape:  a cell's text with the runs in it that have a font of their own; runs are told one after the other, then the text.
 *         The sheet is read twice: all texts are weighed before the first is given away
 * Errors: "encoding": of a job: none that says something of a spreadsheet; of a text: it may be Unicode or not
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

/* Texts in fonts of one encoding that make sense one way only. */
struct font_evidence {
	size_t n_meant;
	size_t n_unicode;
};

/* Of one file. */
struct sheet_fonts {
	const char *shown;
	struct legacy_font all; /* that the job says all texts have, whatever their cells say; else all zero */
	bool is_unicode;	/* the job says that texts that may be Unicode are */
	bool is_weighing;
	size_t n_weighed;
	struct font_evidence seen[N_LEGACY];
	bool is_noted;
	bool is_wrong;
	size_t n_doubt;	  /* cells whose text may be either; of fonts whose texts are Unicode the first one */
	size_t n_unicode; /* such cells of those fonts */
	struct font_run *run; /* [n_run] in the text that comes */
	size_t n_run;
	size_t cap_run;
	struct buf converted;
};

/* False: the job says an encoding that no spreadsheet has. */
bool sheet_fonts_check(const struct reader_options *, struct diags *);
void sheet_fonts_init(struct sheet_fonts *, const struct reader_options *);
void sheet_fonts_clear(struct sheet_fonts *);

/* Reads the sheet, twice if texts may have fonts of before Unicode: for each time a whole reading of ctx. */
struct fonts_reading {
	void *ctx;
	bool (*read)(void *ctx, struct row_sink *, struct diags *);
};
bool sheet_fonts_read(struct sheet_fonts *, bool has_old, struct fonts_reading, struct row_sink *, struct diags *);

/* A font by its name in a file; all zero for one of Unicode. */
struct legacy_font sheet_font_named(const char *name);

/* Forgets the runs of a text that does not come. */
void sheet_fonts_begin(struct sheet_fonts *);
/* From that byte of the text on: a font of its own, or NULL: the cell's. Ascending. */
void sheet_fonts_run(struct sheet_fonts *, size_t at, const struct legacy_font *own);

/* The text of a cell of that font as it is meant, up to the next one, if that differs from what it is; ends the runs. */
void sheet_fonts_text(struct sheet_fonts *, struct legacy_font, const char **text, size_t *n, struct origin at, struct diags *);

#endif
