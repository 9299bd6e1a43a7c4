/* texts: copies of texts, each once however often it is asked for, that outlive what they were taken from.
 *
 * Owner:  the arena; the copies stay when the list of them is cleared
 */
#ifndef BASE_TEXTS_H
#define BASE_TEXTS_H

#include "base/map.h"

struct texts {
	struct map known; /* text -> its place */
	const char **text; /* [n] */
	size_t n, cap;
};

void texts_init(struct texts *, struct arena *);
/* The copy of that text. NULL stays NULL. */
const char *texts_keep(struct texts *, const char *);
/* Forgets what is known, which gives back its memory where it is much. */
void texts_clear(struct texts *);

#endif
