/* lex: the letters and simple values of PDF's syntax; what of it is damaged is said once, for all that read.
 *
 * Errors: rule "pdf", with the byte, what was expected and what was found there; "limit"
 * Source: ISO 32000-2, 7.2 and 7.3
 */
#ifndef PDF_LEX_H
#define PDF_LEX_H

#include "base/diag.h"
#include "pdf/object.h"

/* A text that is being read. */
struct lex {
	const char *text;
	size_t n;
	size_t at;	       /* next byte */
	struct arena *arena;   /* for decoded names and strings */
	const char *shown;     /* the file */
	uint32_t stream;       /* the text is what this object stream holds, or 0: the file itself */
	bool is_content;       /* the text is a content stream, decoded */
	bool is_plain;	       /* only blanks, tabs and line ends are space */
	struct diags *diags;
};

enum {
	LEX_WHITE = 1,
	LEX_DELIMITER = 2,
	LEX_DIGIT = 4,
	LEX_NUMBER = 8, /* begins a number */
};

extern const uint8_t lex_class[256];

static inline uint8_t lex_class_at(const struct lex *l, size_t at)
{
	return at < l->n ? lex_class[(unsigned char)l->text[at]] : LEX_WHITE;
}

void lex_space(struct lex *); /* skips white space and comments */
bool lex_has(const struct lex *, size_t at, const char *word); /* those bytes are there */
bool lex_word(struct lex *, const char *word); /* takes that word, if it is there and nothing hangs on it */
bool lex_line_end(struct lex *);	       /* takes CR LF, LF or CR */

/* Digits alone, up to max; false where there are none or too many. No finding. */
bool lex_digits(struct lex *, uint64_t max, uint64_t *);

/* Each begins at its first byte. */
bool lex_number(struct lex *, struct pdf_object *);
bool lex_name(struct lex *, struct pdf_object *);
bool lex_literal(struct lex *, struct pdf_object *); /* (...) */
bool lex_hex(struct lex *, struct pdf_object *);     /* <...> */

/* Always false. expected: translated already. */
bool lex_damaged(const struct lex *, size_t at, const char *expected);
bool lex_limit(const struct lex *, size_t at, const char *what, size_t max);

#endif
