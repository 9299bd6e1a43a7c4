/* tally: rows counted as they come and kept nowhere: for each key (what a row says of its place) one row of counters.
 *
 * Shape:  the plan is const and says which columns are looked at, what a text in them is as a small code, and what a row adds
 *         to. The codes of a row stand side by side in one word; a group takes those of its columns out of it, and its table
 *         says which counter that is. So nothing is evaluated for a row: tables were made once from all that can stand there.
 *         Whoever reads rows only ever adds to counters: a scanner (ingest/scan.h) and any reader of rows come to the same
 * Errors: none here. A row with a fault adds to nothing; it is counted by the kind of its first fault, and the first places are
 *         kept. Which kinds there are, and all limits, stand below. Where keys or rows are too many, nothing that was counted holds:
 *         tally_overflow
 * Owner:  tally_clear frees all of it. Of a row only the text of its key is kept, once for each key; of a column whose values may
 *         not repeat only hashes with a random key (base/hashlog.h)
 */
#ifndef BASE_TALLY_H
#define BASE_TALLY_H

#include "base/arena.h"
#include "base/hashlog.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	TALLY_COLUMNS_MAX = 64,	    /* that are looked at */
	TALLY_BITS_MAX = 62,	    /* of the codes of a row */
	TALLY_INDEX_BITS_MAX = 14,  /* of the columns of one group */
	TALLY_GROUPS_MAX = 64,
	TALLY_COUNTERS_MAX = 4096,  /* of one key */
	TALLY_KEYS_MAX = 1 << 20,   /* different keys that a plan may ask for */
	TALLY_KEY_MAX = 512,	    /* [bytes] of one key */
	TALLY_KEY_SHORT = 8,	    /* [bytes] of a key that is its own hash */
	TALLY_TEXT_MAX = 512,	    /* [bytes] of a text that has a code */
	TALLY_DIGITS_MAX = 9,	    /* of a number that is summed */
	TALLY_CHECKS_MAX = 16,
	TALLY_DISTINCT_MAX = 8,	    /* counts of different texts */
	TALLY_PLACES_MAX = 20,	    /* places kept of each kind of fault */
	TALLY_REPEATED_MAX = 1 << 20, /* rows that repeat what may not repeat */
};

#define TALLY_ROWS_MAX UINT32_MAX /* that are counted */

enum tally_fault {
	TALLY_RAGGED,	/* it has more or fewer cells than the header */
	TALLY_LONG,	/* it is longer than any row may be */
	TALLY_QUOTE,	/* its quotes are not as they should be */
	TALLY_BYTES,	/* it has bytes that are no text */
	TALLY_TWICE,	/* it has a cell of one name twice */
	TALLY_PASSED,	/* no fault: it is no row of the register */
	TALLY_MISSED,	/* no fault, and the row counts: an empty cell is missed */
	TALLY_BEHIND,	/* no fault, and the row counts: something stands behind the last column */
	TALLY_EMPTY,	/* a cell that may not be */
	TALLY_UNKNOWN,	/* a text that has no code */
	TALLY_NUMBER,	/* what is summed is no whole number, or too large */
	TALLY_KEY,	/* there is no key, or it is too long */
	TALLY_REPEATED, /* an earlier row has the same in a column whose values may not repeat */
	TALLY_CHECK,	/* the first check, then the others */
	TALLY_FAULTS = TALLY_CHECK + TALLY_CHECKS_MAX,
};

/* What a text is in a column. */
#define TALLY_NO_CODE UINT_MAX
#define TALLY_NO_TEXT (UINT_MAX - 1) /* an empty cell, where none may be */

struct tally_column {
	unsigned col;	      /* in the file, from 1; the columns of a plan stand in this order */
	unsigned n_bit;	      /* of its code; 0: it has none */
	unsigned shift;	      /* of its code in the word */
	bool is_key;	      /* part of the key */
	bool is_single;	      /* no two rows may have the same */
	bool is_needed;	      /* may not be empty, where it is no code */
	bool is_missed;	      /* an empty cell, which has a code, is told */
	int number;	      /* which of the row's numbers it is, or -1 */
	int distinct;	      /* which of the columns whose different texts are counted, or -1 */
};

enum tally_kind {
	TALLY_COUNT, /* one counter of the table goes up */
	TALLY_LANES, /* of n_lane counters side by side those whose bit is set in the word, from lane_shift on */
	TALLY_SUM,   /* the number is added to one sum */
	TALLY_DISTINCT, /* the text of a column is noted for one count */
};

#define TALLY_BACK 0x8000

struct tally_part {
	unsigned shift; /* in the word */
	unsigned n_bit;
	unsigned to; /* in the index */
};

#define TALLY_NO_CELL 0x7FFF
#define TALLY_FAILS 0x8000 /* beside the cell: a check fails */

struct tally_group {
	enum tally_kind kind;
	const struct tally_part *part; /* [n_part] */
	size_t n_part;
	const uint16_t *cell;  /* by index: first counter, or sum, or count of different texts */
	const uint16_t *fails; /* by index: bits of the checks that fail; NULL: none can */
	unsigned lane_shift;
	unsigned n_lane;
	int which; /* TALLY_SUM: number; TALLY_DISTINCT: as in the column */
};

struct tally_text {
	const char *text;
	size_t n;
	unsigned col; /* for messages */
};

struct tally_plan {
	const struct tally_column *column; /* [n_column] */
	size_t n_column;
	const struct tally_group *group; /* [n_group] */
	size_t n_group;
	size_t n_counter;  /* of a key; [0] counts its rows */
	size_t n_sum;	   /* of a key */
	size_t n_number;   /* of a row */
	size_t n_distinct; /* columns */
	size_t n_key_max;  /* up to TALLY_KEYS_MAX */
	unsigned width;	   /* cells of a row of a text file; 0: any number */
	/* What a text is; may be called by several threads. Trims it itself. */
	unsigned (*code)(const void *ctx, size_t column, const char *text, size_t n);
	/* Whether a row with a fault is none at all (a total, the header again), by the cells of the plan's columns; as `code`. May be NULL. */
	bool (*is_none)(const void *ctx, const struct tally_text *cell);
	const void *ctx;
};

struct tally_place {
	uint64_t at; /* row, or byte of the file */
	unsigned col; /* of the file; 0: the row as a whole */
	unsigned column; /* of the plan, from 1; 0: none */
};

struct tally_faults {
	uint64_t n;
	struct tally_place first[TALLY_PLACES_MAX]; /* [n, at most], sorted */
};

/* No text of UTF-8 has this byte; a line break may stand in a cell. */
#define TALLY_KEY_STOP '\xFF'

struct tally_key {
	const char *text; /* the cells of its columns, TALLY_KEY_STOP between two */
	uint32_t n_text;
	uint64_t first; /* where it stands first */
};

struct tally_slot;
struct tally_words;

struct tally {
	const struct tally_plan *plan;
	struct arena arena;
	uint64_t seed;
	struct tally_slot *slot; /* [n_slot] */
	size_t n_slot;
	unsigned slot_shift;
	struct tally_key *key; /* [n_key] in the order first met */
	size_t n_key;
	size_t cap_key;
	uint32_t **counter; /* blocks of them */
	int64_t **sum;
	size_t cap_block;
	struct tally_words *words; /* [n_column] texts whose codes are known */
	struct tally_faults fault[TALLY_FAULTS];
	uint64_t n_row; /* that are counted */
	bool is_full;	/* there were more keys than there may be */
	struct hashlog *single; /* hash, place; NULL: no column is such */
	struct hashlog **distinct; /* [n_distinct] hash, key << 16 | cell, with TALLY_BACK of a row that was taken back */
	char *key_text; /* [TALLY_KEY_MAX] of the row at hand */
	bool (*is_taken_back)(void *ctx, uint32_t key, uint64_t at); /* of those that are offered; NULL: all are */
	void *back_ctx;
};

void tally_init(struct tally *, const struct tally_plan *, uint64_t seed);
void tally_clear(struct tally *);

/* A number nobody can guess: for hashes that no file can be made for. */
uint64_t tally_seed(void);

/* One row: the cells of the plan's columns (n 0: empty) and how many the row has in all. at: in order. */
void tally_take(struct tally *, const struct tally_text *cell, unsigned n_cell, uint64_t at);
/* Takes back a row that was counted, if is_taken_back says so. */
void tally_take_back(struct tally *, const struct tally_text *cell, unsigned n_cell, uint64_t at);

void tally_add_fault(struct tally *, unsigned fault, struct tally_place);

/* Adds what another tally of the same plan and seed has of later rows, and clears it. */
void tally_merge(struct tally *, struct tally *later);

enum tally_overflow { TALLY_FITS, TALLY_TOO_MANY_KEYS, TALLY_TOO_MANY_ROWS };

/* Before any row is taken back; the same for all parts together whatever they were. */
enum tally_overflow tally_overflow(const struct tally *);

uint32_t *tally_counters(const struct tally *, size_t key); /* [n_counter] */
int64_t *tally_sums(const struct tally *, size_t key);	    /* [n_sum] */

/* ---- for a scanner, which does a row at a time in its own way ---- */

#define TALLY_ODD (UINT64_C(1) << 63) /* in place of a code: look closer */

/* The code of a text, in its place in the word; TALLY_ODD: it has none, or is missed. */
uint64_t tally_word(struct tally *, size_t column, const char *text, size_t n);
/* The same of every text of one byte that was met already, else TALLY_ODD. */
const uint64_t *tally_bytes(const struct tally *, size_t column); /* [256] */

/* The key's number, in two steps, so that memory may come between them: n is 1 to TALLY_KEY_MAX. TALLY_NO_KEY: there are too many. */
uint64_t tally_key_hash(const struct tally *, const char *text, size_t n);
void tally_key_fetch(const struct tally *, uint64_t hash);
#define TALLY_NO_KEY HASHLOG_GONE
uint32_t tally_key_find(struct tally *, const char *text, size_t n, uint64_t hash, uint64_t at);

uint64_t tally_hash(uint64_t seed, const char *text, size_t n);

/* The text of the column whose values may not repeat. */
void tally_add_single(struct tally *, const char *text, size_t n, uint64_t at);

static inline size_t tally_index(const struct tally_group *g, uint64_t word)
{
	size_t index = 0;

	for (size_t i = 0; i < g->n_part; i++) {
		const struct tally_part *p = &g->part[i];

		index |= ((word >> p->shift) & ((UINT64_C(1) << p->n_bit) - 1)) << p->to;
	}
	return index;
}

#endif
