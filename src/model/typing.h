/* typing: one cell as a value of a field's type, and everything that can be wrong with it.
 *
 * Errors: "not-a-number", "decimal-point", "groups", "too-large", "whole", "range", "flag", "date", "month",
 *         "percent", "cell-error", each with
 *         what was found, what is expected and what to do
 */
#ifndef MODEL_TYPING_H
#define MODEL_TYPING_H

#include "model/data.h"

enum {
	SHOWN_MAX = 40,	       /* characters of a cell in a message */
	CELL_TEXT_MAX = 32767, /* characters of a text cell, as XLSX has them */
};

/* label: the field's name for messages. The datum keeps its place `at`; it is missing for a blank cell and after an
 * error. */
bool datum_read(const struct field *, const char *label, const struct cell *, const struct origin *at, const struct source *,
	struct arena *, struct datum *, struct diags *);

/* The beginning of a text, for messages: NFC, trimmed, cut at SHOWN_MAX characters with "...". */
const char *shown_text(const char *s, size_t n, struct arena *);

#endif
