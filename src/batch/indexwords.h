/* indexwords: the words of the index, for index.c, indexhtml.c and indexsheet.c. Nobody else includes it. */
#ifndef BATCH_INDEXWORDS_H
#define BATCH_INDEXWORDS_H

#include "batch/index.h"
#include "model/wording.h"

struct index {
	const struct state *state;
	const struct index_above *above; /* [n_above] */
	size_t n_above;
	bool is_followed; /* progress of the period was asked for */
	const struct state *progress; /* of it; NULL: none was made */
	const char *period; /* of it */
	const char *dir;
	struct date date;
	const struct wording *wording;
	const char *style;  /* CSS */
	const char *script; /* JavaScript */
	const char *title;
	const char *summary;
	size_t n_done;
	struct arena *arena;
};

const char *index_word(const struct index *, const char *id);
const char *index_state(const struct index *, const struct state_area *);
/* Whether progress of the period that was asked for could not be made, so that what lies there of it is older. */
bool index_unfollowed(const struct index *, const struct state_area *);
/* A text of the wording with the period in it. */
const char *index_period(const struct index *, const char *id, const char *period);
/* The index as it is of one level above. */
struct index index_of_level(const struct index *, size_t i);
const char *index_count(const struct index *, size_t n); /* "10.600" */

void index_html(const struct index *, struct buf *);
bool index_sheet(const struct index *, struct library *, struct fonts *, const char *path, struct origin at, struct diags *);

#endif
