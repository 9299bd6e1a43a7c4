/* reader: one const struct a file format; found by content, never by suffix. */
#ifndef INGEST_READER_H
#define INGEST_READER_H

#include "base/rows.h"

enum {
	READER_HEAD = 4096,	    /* [bytes] that knows() may look at */
	CSV_FIELD_MAX = 1 << 20,    /* [bytes] of one field */
	CSV_COLUMNS_MAX = 16384,    /* as many as a spreadsheet has */
	CSV_BLOCK = 256 << 10,	    /* [bytes] read at once */
	XML_COLUMNS_MAX = 1024,	    /* different cell names of one source */
};

/* What the job says about a source; NULL where it says nothing. */
struct reader_options {
	const char *path;	/* to open */
	const char *shown;	/* for messages: path as the user gave it */
	const char *rows;	/* XML: "/so-lieu/to-dan-pho", else the one element repeated below the root */
	const char *sheet;	/* spreadsheets: name or number */
	const char *encoding;	/* overrides what was found */
};

struct reader {
	const char *name; /* as --help lists it: "csv" */

	/* Whether the first bytes look like it. */
	bool (*knows)(const unsigned char *head, size_t n);

	/* Pushes row after row, each cell with its place. Guesses no type, drops no row, keeps nothing. */
	bool (*read)(const struct reader_options *, struct row_sink *, struct diags *);
};

extern const struct reader reader_csv;
extern const struct reader reader_xml;

/* All readers, NULL-terminated; the last one (csv) knows any text. */
extern const struct reader *const readers[];

/* Opens the file, finds the reader by content and reads. Errors "file", "empty", "format" and the reader's own. */
bool ingest(const struct reader_options *, struct row_sink *, struct diags *);

#endif
