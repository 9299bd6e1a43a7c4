/* register: a file whose rows are households or persons, counted for areas as the fields of a dataset of areas say
 * (<count>, <sum>, <distinct>: dataset.h). A row is never kept.
 *
 * Shape:  every condition is evaluated once for all that can stand in the columns it names, before a row is read; texts that no
 *         condition tells apart are one code. What rows then add to is a plan (base/tally.h) for whoever reads them: the sink here takes
 *         rows of any reader, a scanner of text files may count them in its place. model_build makes rows of areas of it: by code, else by
 *         name, as areas are joined everywhere; rolled up to the level that the source says
 * Errors: of the template: those of expressions, "unit", "limit", "count-rule"; of the file: "missing-column", "ambiguous-header",
 *         "limit" (different codes or names of areas, rows, rows that repeat others). Rows with faults are left out and counted by
 *         kind: warnings, or errors with `strict`: "columns", "limit", "quote", "encoding", "duplicate-cell", "needed", "word", "whole",
 *         "area-row", "duplicate", "row-check", "unknown-area", "near-code", "ambiguous-area". The places of the first TALLY_PLACES_MAX
 *         of each kind are notes, without what stands there. Rows that count: warnings "missing", "columns" (of sheets). Rows that are
 *         none: note "skipped-rows". Areas without rows: warning "no-rows". Names of areas taken for others: note "area-name"
 * Owner:  register_open, register_close; data that is made of it lives in the arena
 */
#ifndef MODEL_REGISTER_H
#define MODEL_REGISTER_H

#include "base/buf.h"
#include "base/tally.h"
#include "model/data.h"

struct reg;

struct register_options {
	bool strict; /* rows with faults are errors */
	bool alone;  /* no other source knows areas: names beside codes are needed */
	size_t n_key_max; /* different codes or names of areas; 0: TALLY_KEYS_MAX */
};

/* How a file is looked at again, by places in order. */
struct register_again {
	/* How bytes are lines; NULL where places are rows. */
	bool (*lines)(void *ctx, const uint64_t *at, size_t n, uint64_t *line, struct diags *);
	/* Offers the rows in these places to be taken back. */
	bool (*take_back)(void *ctx, const uint64_t *at, size_t n, struct diags *);
	void *ctx;
};

/* NULL after errors in the templates. */
struct reg *register_open(const struct source *, const struct dataset *areas, const struct dataset *rows, struct library *,
	const struct register_options *, struct arena *, struct diags *);
void register_close(struct reg *); /* accepts NULL */

/* The sink up to the header: it stops the reader there, without a finding. It begins anew each time. */
struct row_sink *register_head(struct reg *);
/* The file is at its end, or the reader was stopped. False: there is no header, or columns are missing. */
bool register_end_head(struct reg *, struct diags *);
/* The line behind the header, where the file is text; else 0. Lines end as the reader of CSV says; cells of the header may hold line ends. */
unsigned register_first_line(const struct reg *);
const struct tally_plan *register_plan(const struct reg *);

/* The sink that counts rows below the header. */
struct row_sink *register_rows(struct reg *);
/* For the reader, beside one of both sinks: rows that cannot be read are counted as those with other faults. */
struct row_faults *register_faults(struct reg *);
/* The same that offers the rows in these places, in order, to be taken back. */
struct row_sink *register_back(struct reg *, const uint64_t *at, size_t n);
/* What the rows are counted in: of register_rows, or to be set by who scans. */
struct tally *register_tally(struct reg *);

/* What a field of areas comes to for one key, before areas are joined; not of different texts. For tests and benchmarks. */
int64_t register_count(const struct reg *, size_t field, size_t key);

/* All is counted: findings about rows, and the data, which gets its rows in model_build. The file is looked at again until register_close. */
bool register_has_faults(const struct reg *); /* rows, and later areas */
bool register_finish(struct reg *, const struct register_again *, struct data *, struct diags *);

/* Takes back rows that repeat what an earlier one has and no two may have, with findings: of those whose key is known [keys; NULL: all are]. Once,
 * by register_join or register_share; for tests. */
bool register_repeats(struct reg *, const bool *known, struct diags *);

/* Of a job for each area of a list: the keys by whose they are, as the column says that the source is divided by. */
struct reg_owners {
	size_t n;
	size_t (*find)(void *ctx, const char *code); /* SIZE_MAX: nobody's */
	void *ctx;
};

struct reg_share {
	const struct reg *reg;
	size_t *first; /* [n of the owners + 1] in key */
	size_t *key;
	uint64_t *texts; /* [n of the owners] checksums of which keys have texts in common, where different ones are counted */
};

struct reg_part {
	const struct reg_share *share;
	size_t owner;
};

/* Behind register_finish. Rows of nobody are findings, counted in *n_lost. False: it cannot be divided. */
bool register_share(struct reg *, const struct reg_owners *, struct arena *, struct reg_share *, uint64_t *n_lost, struct diags *);
/* All that the figures of a part come of, for checksums. */
void register_put_part(const struct reg_part *, struct buf *);
/* The data of a part, as if it was the whole register; it is open as long as the register is. */
bool register_part(const struct reg_part *, const struct source *, struct arena *, struct data *, struct diags *);

/* For model_build: the areas of the keys, and the rows of the data. Keys that are no area of the job are findings. */
struct joining;
bool register_join(struct joining *, struct data *, size_t i_source);

#endif
