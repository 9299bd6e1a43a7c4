/* sheetlint: whether an XLSX workbook is sound, and, where it claims to be accessible, whether it is that.
 *
 * Reads the file and nothing else: what made it is not asked. Two groups of rules, all in the table of rules.c: those that hold for
 * every workbook, and those for a workbook whose file name ends in ".accessible.xlsx", or that the caller holds to them.
 * Not checked: what conditional formats come to (their colours are, on each text they may fall on), colours inside charts,
 * whether texts say the right thing or are spelt well.
 * Errors: one finding a fault, under the id of its rule, with the sheet and cell; of one rule the first XL_TOLD_MAX, then how many
 *         more; "format", "encrypted", "xml", "doctype", "limit" as ingest/zip.h and base/sax.h have them
 * Source: ECMA-376 parts 1 and 2 (the format); WCAG 2.1; "Making spreadsheets accessible" and "Releasing statistics in spreadsheets"
 *         of the Analysis Function of the UK (accessible workbooks)
 */
#ifndef SHEETLINT_LINT_H
#define SHEETLINT_LINT_H

#include "base/diag.h"
#include "base/file.h"

enum xl_claim {
	XL_BY_NAME, /* accessible where the file's name says so */
	XL_ACCESSIBLE,
};

/* What words are for, by which sheets, columns and sentences are known. */
enum xl_word {
	WORD_COVER, WORD_CONTENTS, WORD_NOTES, WORD_ONE_TABLE, WORD_BLANK, WORD_NOTE, WORD_LINK, WORD_CONTACT, WORD_PUBLISHED, WORD_NEXT,
	WORD_PLAIN_NAME, WORD_SANS, WORD_STAND_IN, XL_WORDS,
};

struct xl_words {
	const char *const *list[XL_WORDS]; /* each NULL-terminated, folded (base/utf8.h) */
};

/* False where a rule does not hold. */
bool xl_lint(const char *path, const char *shown, enum xl_claim, const struct xl_words *, struct diags *);
bool xl_lint_bytes(struct bytes, const char *shown, enum xl_claim, const struct xl_words *, struct diags *);

#endif
