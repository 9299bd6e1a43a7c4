#include "base/map.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum { MAP_FIRST = 16 };

struct map_slot {
	const char *key; /* NULL: free */
	uint32_t hash;
	uint32_t value;
};

/* FNV-1a with a last mix, since the low bits choose the slot. It begins with an address, which differs from run to run: so
 * nobody can make a file whose keys all want the same slot. Nothing depends on the order of the slots. */
static uint32_t hash_text(const struct map *m, const char *s)
{
	uint64_t h = 0xcbf29ce484222325u ^ (uintptr_t)m->arena;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	return (uint32_t)(h ^ (h >> 32));
}

/* The slot of the key, or the free one where it would go. */
static struct map_slot *slot_find(struct map_slot *slot, size_t n_slot, const char *key, uint32_t h)
{
	size_t i = h & (n_slot - 1);

	while (slot[i].key && (slot[i].hash != h || strcmp(slot[i].key, key) != 0))
		i = (i + 1) & (n_slot - 1);
	return &slot[i];
}

static void map_grow(struct map *m)
{
	size_t n_slot = m->n_slot ? m->n_slot * 2 : MAP_FIRST;
	struct map_slot *slot = ARENA_ARRAY(m->arena, n_slot, struct map_slot);

	for (size_t i = 0; i < m->n_slot; i++)
		if (m->slot[i].key)
			*slot_find(slot, n_slot, m->slot[i].key, m->slot[i].hash) = m->slot[i];
	arena_drop(m->arena, m->slot);
	m->slot = slot;
	m->n_slot = n_slot;
}

void map_init(struct map *m, struct arena *a)
{
	*m = (struct map){ .arena = a };
}

void map_clear(struct map *m)
{
	arena_drop(m->arena, m->slot);
	*m = (struct map){ .arena = m->arena };
}

bool map_find(const struct map *m, const char *key, size_t *value)
{
	const struct map_slot *s;

	if (!m->n_slot)
		return false;
	s = slot_find(m->slot, m->n_slot, key, hash_text(m, key));
	if (!s->key)
		return false;
	if (value)
		*value = s->value;
	return true;
}

bool map_add(struct map *m, const char *key, size_t value, size_t *old)
{
	uint32_t h = hash_text(m, key);
	struct map_slot *s;

	assert(value <= UINT32_MAX);
	if (m->n_slot < MAP_FIRST || m->n + 1 > m->n_slot / 4 * 3)
		map_grow(m);
	s = slot_find(m->slot, m->n_slot, key, h);
	if (s->key) {
		if (old)
			*old = s->value;
		return false;
	}
	*s = (struct map_slot){ key, h, (uint32_t)value };
	m->n++;
	return true;
}
