/* reader: one const struct a file format; found by content, never by suffix. */
#ifndef INGEST_READER_H
#define INGEST_READER_H

#include "base/rows.h"
#include "ingest/limits.h"

/* What the job says about a source; NULL where it says nothing. */
struct reader_options {
	const char *path;	/* to open */
	const char *shown;	/* for messages: path as the user gave it */
	const char *rows;	/* XML: "/so-lieu/to-dan-pho", else the one element repeated below the root */
	const char *sheet;	/* spreadsheets: name or number */
	const char *encoding;	/* overrides what was found */
	const char *likely_sheet; /* the sheet of this name, if the job names none and there are several */
	struct row_faults *faults; /* who is told of rows of CSV and XML that are passed over; NULL: such a row is an error of the file */
	const char *const *known; /* header texts, folded, NULL-terminated or NULL: they confirm an encoding that was found */
};

struct reader {
	const char *name; /* as --help lists it: "csv" */
	bool has_sheets;  /* what a job may say of it: sheet="..." */
	bool has_path;	  /* rows="..." */
	bool has_old;	  /* encoding="..." of before Unicode */

	/* Whether the first bytes look like it. */
	bool (*knows)(const unsigned char *head, size_t n);

	/* Pushes row after row, each cell with its place. Guesses no type, drops no row, keeps nothing. */
	bool (*read)(const struct reader_options *, struct row_sink *, struct diags *);
};

extern const struct reader reader_csv;
extern const struct reader reader_xml;
extern const struct reader reader_ods;
extern const struct reader reader_fods;
extern const struct reader reader_ssml;
extern const struct reader reader_xlsx; /* any ZIP file, also to say what it is: behind other readers of those */
extern const struct reader reader_xls;

/* All readers, NULL-terminated; the last one (csv) knows any text. */
extern const struct reader *const readers[];

/* Opens the file, finds the reader by content and reads. Errors "file", "empty", "format" and the reader's own. */
bool ingest(const struct reader_options *, struct row_sink *, struct diags *);

#endif
