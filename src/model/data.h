/* data: the sources as typed rows by key, every value with the cell it came from.
 *
 * Shape:  one struct data for each source; rows in the order of the source
 * Errors: all of a source in one run: "missing-column", "not-a-number", "decimal-point", "groups", "too-large", "whole",
 *         "range", "flag", "date", "month", "empty-key", "needed", "duplicate", "ambiguous-header", "merged", ...; a column nobody
 *         knows is a note "unknown-column", unless its heading stands in brackets: then it is there for people; rows that are
 *         skipped are a note "skipped-rows"; what group rows state wrongly is a warning "asserted"
 * Owner:  the arena
 */
#ifndef MODEL_DATA_H
#define MODEL_DATA_H

#include "base/figure.h"
#include "base/map.h"
#include "base/rows.h"
#include "model/areanames.h"
#include "model/crosswalk.h"
#include "model/dataset.h"
#include "model/job.h"

struct reg;

enum {
	DATA_ROWS_MAX = 1000000,
	AREA_SOURCES = 128, /* of a model that are told apart; a job has fewer */
};

/* A place figures are kept for. The root is the job's own area. */
struct area {
	const char *name;   /* as first written */
	const char *folded;
	const char *normal; /* what its names in all sources have in common (areanames.h) */
	size_t bare;	    /* offset in normal: behind the administrative word */
	unsigned level;	    /* of that word */
	const char *code;   /* or NULL */
	size_t number;	    /* its place among all areas */
	const char *key;    /* code, else the folded name, else "parent/name" where that is not unique */
	const struct area *parent;
	struct date since; /* of the field "since": it is no older; year 0: not said */
	uint64_t source[AREA_SOURCES / 64]; /* bits of the sources that have it, by their place in the model's data */
	struct origin at;
};

struct areas {
	struct area *const *area; /* [n_area] in the order first met; [0] is the root */
	size_t n_area;
};

/* One cell. figure.state says whether something is there for every type; figure.from is its place. */
struct datum {
	struct figure figure; /* numbers; flags as 0 or 1; months 1-12 */
	const char *text;     /* texts, dates (ISO), areas: as written, NFC */
};

struct data_row {
	const char *key;	  /* of the area, "/" and the other folded key texts; a month alone: "2024-05"; "total" */
	const char *label;
	const struct area *area;  /* or NULL */
	unsigned month;		  /* 0: none */
	unsigned char rank;	  /* of its ordinal, as enum ordinal_rank of rowkinds.h has it */
	const struct datum *datum; /* [n_field] */
	struct origin at;
	bool is_bad; /* of a source that spares the others */
};

/* A row that stands over others, or below them, and states their sums: "I", "A" over 1, 2, 3. Asserted figures, no data. */
struct group_row {
	bool is_merged; /* its name is merged over the columns of ordinals and names: it needs rows */
	struct data_row row; /* its key is NULL */
	const char *ordinal; /* that it was told by, or NULL */
	size_t first;	     /* the rows it covers; those of groups within it too */
	size_t n_row;
};

struct data {
	const struct source *source;
	const struct dataset *dataset;
	const struct data_row *row; /* [n_row] */
	size_t n_row;
	const struct data_row *total; /* the source's own total row, or NULL: asserted figures */
	const struct group_row *group; /* [n_group]; totals of pages and groups too */
	size_t n_group;
	const bool *present;	      /* [n_field] whether the source has the column */
	struct reg *counted;	      /* what its rows are made of in model_build (register.h), or NULL */
};

/* All sources of a job. */
struct model {
	const struct job *job;
	const struct area_names *names;
	struct areas areas;
	struct crosswalk crosswalk;
	const struct data *data; /* [n_data] in the order of the job's sources */
	size_t n_data;
};

/* The sink that types rows as they come: header first, then one data row after another; data_sink_finish gives the data.
 * It knows no file format. The library, where the phrases of notes and signatures are read when they are needed, may be
 * NULL: none is known then. */
struct data_sink;
struct data_sink *data_sink_new(const struct source *, const struct dataset *, struct library *, struct arena *);
struct row_sink *data_sink_rows(struct data_sink *);
bool data_sink_finish(struct data_sink *, struct data *, struct diags *);

/* Areas (areajoin.h), keys, duplicates over all sources. names NULL: no administrative word is known. data is changed in place (keys and areas are set). */
bool model_build(const struct job *, const struct area_names *, struct data *data, size_t n_data, struct arena *, struct model *,
	struct diags *);

/* The data of a dataset in a role, or NULL. */
const struct data *model_find(const struct model *, const char *dataset, enum source_role);

#endif
