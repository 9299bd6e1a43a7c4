/* rowkinds: what a row of a sheet is by its texts: notes and signatures around a table, units below its header, and the
 * ordinals that rows of groups are told by.
 *
 * Source: templates/wording/sheet.xml: lists divided by '|'; '*' in a phrase stands for any text, "\*" for a
 *         star
 * Owner:  the arena
 */
#ifndef MODEL_ROWKINDS_H
#define MODEL_ROWKINDS_H

#include "base/rows.h"
#include "model/library.h"

enum {
	ROW_TEXT_MAX = 512, /* [bytes] of a text that is compared with phrases; what is longer is looked at so far */
	ORDINAL_MAX = 15,   /* [bytes] */
};

/* Phrases, folded; each list ends with NULL. */
struct row_words {
	const char *const *note;    /* the whole text of a note or a signature line: "ghi chú:*" */
	const char *const *unit;    /* units, and what announces one, without brackets: "triệu đồng", "đvt:*" */
	const char *const *unit_if; /* in front of a unit; in front of other words they say something else: "đơn vị:*" */
	const char *const *ordinal; /* header texts of the column of ordinals: "stt" */
	const char *const *column;  /* in front of the number of a column: "cột" */
	const char *const *above;   /* single words that tell no column from another: "năm" */
	const char *const *total;   /* behind the word of a total: "toàn xã" */
	const char *const *part;    /* behind the word of a total of some rows: "trang 1" */
	const char *const *of_which; /* the whole name of a row that breaks down the one above: "trong đó:*" */
};

enum total_kind {
	TOTAL_NOT,
	TOTAL_WHOLE,
	TOTAL_PART, /* of a page or of a group */
	TOTAL_UNSURE, /* begins as a total does, and goes on as nobody knows */
};

/* words: those of totals, folded, NULL at the end; folded: a name of a row, maybe with spaces between its letters. */
enum total_kind total_kind_of(const char *const *words, const struct row_words *, const char *folded);

/* Without a library no phrase is known. */
bool row_words_read(struct library *, struct origin at, struct row_words *, struct diags *);

/* folded: as utf8_fold has it. */
bool row_words_match(const char *const *phrase, const char *folded);

enum ordinal_rank {
	ORDINAL_NONE,
	ORDINAL_LETTER, /* "A" */
	ORDINAL_ROMAN,	/* "I" */
	ORDINAL_NUMBER, /* "1", "1.1" */
	ORDINAL_LOWER,	/* "a" */
	ORDINAL_DASH,	/* "-", "+" */
};

struct ordinal {
	enum ordinal_rank rank;
	char text[ORDINAL_MAX + 1]; /* without the mark behind it */
	unsigned char n;	    /* bytes of it */
	bool has_label;		    /* more text stands behind it in the same cell: "I. Khu vực 1" */
	bool in_name;		    /* that cell is the one of the row's name */
	size_t n_front;		    /* bytes in front of that text */
};

/* last_letter: the letter of the row before with one, 0: none; "I" behind "H" is a letter, else a Roman numeral. */
struct ordinal ordinal_read(const char *s, size_t n, char last_letter);

/* Whether rows of the ordinal b belong to a row of the ordinal a: "A" over "I" over "1" over "1.1" over "a" over "-". */
bool ordinal_covers(const struct ordinal *a, const struct ordinal *b);

#endif
