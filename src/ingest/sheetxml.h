/* sheetxml: what the readers of spreadsheets in XML share (flat ODS, the content of ODS, XML Spreadsheet 2003): the root
 * that tells them from other XML, where in the file an element stands, texts that are read twice.
 *
 * They are read twice because all sheets must be known before the first row of the right one is given away.
 */
#ifndef INGEST_SHEETXML_H
#define INGEST_SHEETXML_H

#include "base/sax.h"
#include "ingest/sheetfonts.h"
#include "ingest/sheets.h"

#include <stdint.h>

/* The first bytes of a text with one byte for each character; what is beyond ASCII becomes '?'. False: no text. */
bool sheetxml_narrow(const unsigned char *head, size_t n, char text[READER_HEAD + 1]);

/* Whether the first bytes of an XML file (UTF-8 or UTF-16) have a root element of that local name whose tag declares the
 * namespace. */
bool sheetxml_root(const unsigned char *head, size_t n, const char *name, const char *space);

/* A text that can be read from its start as often as needed. */
struct sheetxml_source {
	const void *ctx;
	bool (*read)(const void *ctx, const struct sax_handler *, struct diags *);
	bool (*holds)(const void *ctx, const char *word); /* NULL: that cannot be told */
};

struct sheetxml_bytes {
	const char *data;
	size_t n;
	const char *shown;
};

/* Both borrow what they are given. */
struct sheetxml_source sheetxml_file(const struct reader_options *);
struct sheetxml_source sheetxml_in_memory(const struct sheetxml_bytes *);

/* Whether the bytes of the text hold the word, of ASCII; true also where that cannot be told, as in UTF-16. */
bool sheetxml_holds(const struct sheetxml_source *, const char *word);

/* A number of a row or a column, which may be beyond all that there are. */
static inline unsigned sheetxml_bounded(uint64_t n)
{
	return n > UINT32_MAX ? UINT32_MAX : (unsigned)n;
}

/* Notes the hidden columns among those with cells, [1..last]: often all columns beside the table are hidden. */
void sheetxml_hidden_columns(struct sheet_rows *, const bool hidden[SHEET_COLUMNS_MAX + 1], uint64_t last);

/* ---- where an element stands ---- */

enum { PLACE_SKIPPED = -1, PLACE_ROOT = 0 };

/* Inside of place `from` an element of that name leads to place `to` (all > 0); name NULL: any of the namespace that no
 * step before names; space NULL: any namespace. */
struct place_step {
	int from;
	const char *space;
	const char *name;
	int to; /* or PLACE_SKIPPED */
};

/* All zero but for the steps is the start of a file. */
struct places {
	const struct place_step *step; /* [n_step] */
	size_t n_step;
	size_t depth;
	size_t n_skipped; /* open elements of which the outermost is not known here */
	signed char place[SAX_DEPTH_MAX + 2];
};

/* The place that the element leads to; PLACE_SKIPPED for one that no step knows, and for all in it. */
int places_enter(struct places *, const struct sax_element *);
int places_leave(struct places *); /* the place that ends, or PLACE_SKIPPED */
int places_now(const struct places *);
void places_skip(struct places *); /* the element just entered is skipped with all in it */

/* ---- reading ---- */

/* What walks a text: the handler, and what it knows of where it is. */
struct sheetxml_walk {
	struct places *places;
	const struct place_step *step; /* [n_step] */
	size_t n_step;
	struct sax_handler handler;
	bool *hurry;		   /* what is in the sheets is not even looked at */
	void (*forget)(void *ctx); /* what was found of sheets and styles */
};

bool sheetxml_read(const struct sheetxml_walk *, const struct sheetxml_source *, struct diags *);
/* To find what sheets there are: in a hurry, and only if that fails with care, since the next time all is read with care
 * anyway. */
bool sheetxml_find(const struct sheetxml_walk *, const struct sheetxml_source *, struct diags *);

/* ---- attributes ---- */

/* A count from least on that a file writes ("1048576"), at most UINT32_MAX. Error "format". */
bool sheetxml_count(const struct sax_attribute *, uint32_t least, struct origin at, uint32_t *count, struct diags *);

/* Error "format": the value [n] of a cell, as the file has it, is not what is said in the clerk's language. Returns false. */
bool sheetxml_bad_value(const char *value, size_t n, const char *what, struct origin at, struct diags *);

/* "#DIV/0!", "Err:502": errors as programs show them in any language. */
bool sheetxml_is_error(const char *s, size_t n);

#endif
