/* map: text -> index below 2^32. Insertion only; keys are borrowed. Owner: the arena. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

#include <stdbool.h>

struct map {
	struct arena *arena;
	struct map_slot *slot;
	size_t n_slot; /* a power of two, or 0 */
	size_t n;
};

void map_init(struct map *, struct arena *);
void map_clear(struct map *); /* empty again; gives its memory back where it is much */
bool map_find(const struct map *, const char *key, size_t *value);
/* False when the key was there; *value is then the old one (may be NULL). */
bool map_add(struct map *, const char *key, size_t value, size_t *old);

#endif
