/* typing: one cell as a value of a field's type, and everything that can be wrong with it.
 *
 * Errors: "not-a-number", "decimal-point", "groups", "too-large", "whole", "range", "flag", "date", "month",
 *         "percent", "cell-error", each with
 *         what was found, what is expected and what to do
 */
#ifndef MODEL_TYPING_H
#define MODEL_TYPING_H

#include "model/data.h"
#include "model/evidence.h"

enum {
	SHOWN_MAX = 40,	       /* characters of a cell in a message */
	CELL_TEXT_MAX = 32767, /* characters of a text cell, as XLSX has them */
};

/* The datum keeps its place `at`; it is missing for a blank cell and after an error. A number may change its value until the
 * column is settled, so the datum stays where it is. */
bool datum_read(struct number_column *, const struct cell *, const struct origin *at, struct arena *, struct datum *,
	struct diags *);

/* What a text says of a flag. */
enum flag_word { FLAG_NO, FLAG_YES, FLAG_UNKNOWN };
enum flag_word flag_word(const char *folded);

/* The beginning of a text, for messages: NFC, trimmed, cut at SHOWN_MAX characters with "...". */
const char *shown_text(const char *s, size_t n, struct arena *);
/* "12.5" of a cell that is a number, as people see it: 12,5. */
const char *shown_number(const char *s, size_t n, struct arena *);

#endif
