/* scanning: what the files of the scan share: scan.c (the file and its parts), scansteps.c (what is done with a cell), scanrow.c (a row the
 * short way), scanslow.c (the long way), scanadd.c (rows that are read are counted), scanplain.c (what a scan may not meet). Nobody else
 * includes it. */
#ifndef INGEST_SCANNING_H
#define INGEST_SCANNING_H

#include "ingest/scan.h"

enum {
	SCAN_WAITING = 64, /* rows of which memory is fetched at once */
	SCAN_NUMBERS = 4,  /* of a row that may go the short way */
	SCAN_SPARE = 64,   /* [bytes] behind a buffer that may be looked at */
};

/* Up to FEW_CODES columns of one digit from 0 to 3 each: FEW_BYTES that are looked at as one number. FEWS of them at once. */
enum { FEW_CODES = 4, FEW_BYTES = 2 * FEW_CODES, FEW_TABLE = 256, FEWS = 4 };

struct few {
	uint64_t wanted; /* what stands in the bits of the mask: delimiters, and what digits have in common */
	uint64_t mask;
	const uint64_t *word; /* [FEW_TABLE] by two bits of each digit */
};

/* What is done with a cell. */
enum step_kind {
	STEP_PASS,
	STEP_CODE,
	STEP_KEY,
	STEP_NUMBER,
	STEP_SINGLE,
	STEP_SLOW, /* more than the short way knows */
};

struct step {
	enum step_kind kind;
	size_t column; /* of the plan */
	const uint64_t *word; /* STEP_CODE: tally_bytes */
};

/* One cell, or the cells of codes side by side. */
struct stride {
	const struct step *step; /* [n] */
	size_t n_byte; /* of the codes, if a digit each is what stands there */
	unsigned n;
	unsigned n_few; /* 0: no codes */
	bool is_key;
	bool is_passed;
	struct few few[FEWS];
};

/* A row that is read and not yet added, but for its word and its counters. */
struct scan_row {
	uint64_t hash;
	uint64_t at;
	const char *key;
	const char *single;
	uint32_t n_key;
	uint32_t n_single;
	uint32_t i_key;
	int64_t number[SCAN_NUMBERS];
};

/* The short key that was read last. */
struct same_key {
	uint64_t word; /* with the delimiter behind it */
	uint64_t mask;
	uint64_t hash;
	uint32_t *counter; /* NULL: not known yet */
	uint32_t n_key;
	uint32_t i_key;
};

/* A group whose columns stand side by side in the word: what adding to it needs and nothing else. */
struct near_group {
	const uint16_t *cell;
	uint64_t mask;
	uint64_t lanes;
	unsigned shift;
	unsigned lane_shift;
	bool is_plain; /* a counter goes up, or lanes do */
	bool has_lanes;
};

/* One part of the file, by one thread. */
struct scan_part {
	const struct tally_plan *plan;
	struct tally *tally;
	char delimiter;
	char last; /* what stands behind the last cell: '\n', or '\r' before one */
	const struct stride *stride; /* [n_stride] the last one is the last cell */
	size_t n_stride;
	uint64_t delimiters; /* eight of them */
	bool has_checks;
	bool is_slow; /* every row */
	struct near_group *near_group; /* [n_group] */
	struct same_key same;
	struct scan_row row[SCAN_WAITING];
	uint64_t word[SCAN_WAITING]; /* of the rows */
	uint32_t *counter[SCAN_WAITING]; /* NULL: not found yet */
	size_t n_row;
	size_t n_same; /* of them, with the same key */
	const char *text, *text_end; /* that is being scanned */
	bool is_checked; /* it is plain */
	char *joined; /* [SCAN_ROW_MAX] cells with doubled quotes */
	struct tally_text *cell; /* [n_column] */
	bool is_faulty; /* text stands behind a closing quote of the row at hand */
	bool is_other;
};

/* The steps of a row; in the arena of the tally. False: every row goes the long way. */
bool scan_steps(struct scan_part *);

/* Whether a reader would take the text as the scan does. Of rows that go the short way all bytes are known; it is asked before any other is
 * looked at, once for a text. False sets is_other. */
bool scan_check(struct scan_part *);

/* A row that does not go the short way. */
void scan_slowly(struct scan_part *, const char *line, const char *end, uint64_t at);

/* Whether a check fails for a row. */
bool scan_fails(const struct scan_part *, uint64_t word);

/* All rows of a text that ends with a line end, behind which SCAN_SPARE bytes may be looked at. at: of its first byte. */
void scan_rows(struct scan_part *, const char *text, const char *end, uint64_t at);
/* What waits is added. */
void scan_flush(struct scan_part *);

/* The cells of a line without its end: those of the plan's columns into part->cell; how many it has in all, 0: it is blank, or
 * is_faulty; is_other where a quote is not closed in the line. */
unsigned scan_cells(struct scan_part *, const char *line, size_t n);

/* The bytes of a line up to its end, which is no part of it. */
size_t scan_line(const char *line, const char *end);

#endif
