/* sumnames: what sumrows.c and its parts (sumwords.c, sumreasons.c, sumlike.c, sumnearly.c) know while they look at rows, and what they
 * have of the names of rows: normal forms, the administrative words in front of them, the job's own area, texts for messages.
 *
 * Owner:  names and texts are of sums->arena, unless they are said to be freed
 */
#ifndef MODEL_SUMNAMES_H
#define MODEL_SUMNAMES_H

#include "model/sumfind.h"

enum {
	KNOWN_LEAST = 2,	/* rows that a row covers and other sources have */
	NAMES_LOOKED_AT = 5000, /* of a source, for rows that stand over others by their names alone */
};

/* In front of the names of the source at hand. */
struct sum_words {
	bool are_known;
	bool are_there;	   /* all rows of one word are the sums of those of the other */
	const char *group; /* [n] the one of the sums, with a space behind it */
	size_t n;
};

struct sums {
	const struct job *job;
	const struct area_names *names;
	struct data *data; /* [n_data] */
	size_t n_data;
	struct sum_finding *finding; /* [n_data] */
	struct map others; /* normal forms of the names in the sources beside the one at hand, but for rows that are sums */
	bool has_others;
	struct sum_words words;
	struct arena *arena;
	struct diags *diags;
};

bool sumnames_are_areas(const struct data *);
struct area_name sumnames_of(const struct sums *, const struct data_row *);

/* The bytes of the administrative word, the same word for all rows of the range but for sums; 0: there is none. */
size_t sumnames_word(struct sums *, const struct sum_finding *, const struct sum_row *, const char **word);
bool sumnames_have_word(struct sums *, const struct sum_finding *, size_t row, const char *word, size_t n);

/* The ordinal and the name of the row are like those of the rows whose sums it states. */
bool sumnames_are_alike(struct sums *, const struct sum_finding *, const struct sum_row *);

/* Its name is that of the job's own area. */
bool sumnames_are_root(struct sums *, const struct sum_finding *, const struct sum_row *);
/* "Mẫu" for "xã Mẫu"; an area within it may have that name too. */
bool sumnames_are_bare_root(struct sums *, const struct sum_finding *, const struct sum_row *);

/* [n_row] What tells groups from rows, of each row: the rank of its ordinal for WHY_ORDINAL, else the level of its name. To be freed. */
unsigned *sumnames_kinds(struct sums *, const struct sum_finding *, enum sum_reason);

/* "'Thôn 1' - 'Thôn 9' (9)" */
const char *sumnames_range(struct sums *, const struct sum_finding *, const struct sum_row *);
const char *sumnames_column(struct sums *, const struct sum_finding *, size_t field);

#endif
