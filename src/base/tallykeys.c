#include "base/tallykeys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	SLOTS_FIRST = 1 << 10,
	BLOCK_BITS = 10, /* of keys whose counters are one block of memory */
	BLOCK = 1 << BLOCK_BITS,
};

/* Where a key may stand: found by its bytes, or by a hash of them. */
struct tally_slot {
	uint64_t word;
	uint32_t n_text; /* 0: free */
	uint32_t key;
};

__extension__ typedef unsigned __int128 wide;

static uint64_t mix(uint64_t a, uint64_t b)
{
	wide product = (wide)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t load(const char *s, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, s, n);
	return word;
}

uint64_t tally_hash(uint64_t seed, const char *s, size_t n)
{
	uint64_t h = seed ^ n;

	for (; n > 8; s += 8, n -= 8)
		h = mix(h ^ load(s, 8), UINT64_C(0x9E3779B97F4A7C15) ^ seed);
	h = mix(h ^ load(s, n), UINT64_C(0xD6E8FEB86659FD93) ^ seed);
	return mix(h, UINT64_C(0xA0761D6478BD642F));
}

uint64_t tally_seed(void)
{
	uint64_t seed = (uintptr_t)&seed ^ (uint64_t)getpid() << 32;
	unsigned char bytes[sizeof seed];
	FILE *file = fopen("/dev/urandom", "rb");

	if (file && fread(bytes, sizeof bytes, 1, file) == 1)
		memcpy(&seed, bytes, sizeof seed);
	if (file)
		fclose(file);
	return seed;
}

/* ---- keys ---- */

static size_t slot_of(const struct tally *t, uint64_t hash)
{
	return (size_t)((hash * (t->seed | 1)) >> t->slot_shift);
}

uint64_t tally_key_hash(const struct tally *t, const char *text, size_t n)
{
	return n <= TALLY_KEY_SHORT ? load(text, n) : tally_hash(t->seed, text, n);
}

void tally_key_fetch(const struct tally *t, uint64_t hash)
{
	__builtin_prefetch(&t->slot[slot_of(t, hash)]);
}

static struct tally_slot *find_slot(const struct tally *t, const char *text, size_t n, uint64_t hash)
{
	size_t i = slot_of(t, hash);

	for (;; i = (i + 1) & (t->n_slot - 1)) {
		struct tally_slot *s = &t->slot[i];

		if (!s->n_text || (s->word == hash && s->n_text == n && (n <= TALLY_KEY_SHORT || !memcmp(t->key[s->key].text, text, n))))
			return s;
	}
}

static void set_slots(struct tally *t, size_t n)
{
	t->n_slot = n;
	t->slot = memory_new(n, sizeof *t->slot);
	for (t->slot_shift = 64; n > 1; n /= 2)
		t->slot_shift--;
}

static void grow_slots(struct tally *t)
{
	struct tally_slot *old = t->slot;
	size_t n_old = t->n_slot;

	set_slots(t, 2 * n_old);
	for (size_t i = 0; i < n_old; i++)
		if (old[i].n_text)
			*find_slot(t, t->key[old[i].key].text, old[i].n_text, old[i].word) = old[i];
	free(old);
}

/* Room for the counters of one more key. */
static void add_block(struct tally *t, size_t key)
{
	size_t block = key >> BLOCK_BITS;

	if (block == t->cap_block) {
		t->cap_block = t->cap_block ? 2 * t->cap_block : 8;
		t->counter = memory_resize(t->counter, t->cap_block, sizeof *t->counter);
		t->sum = memory_resize(t->sum, t->cap_block, sizeof *t->sum);
	}
	t->counter[block] = memory_new(BLOCK * t->plan->n_counter, sizeof **t->counter);
	t->sum[block] = t->plan->n_sum ? memory_new(BLOCK * t->plan->n_sum, sizeof **t->sum) : NULL;
}

static uint32_t add_key(struct tally *t, const char *text, size_t n, uint64_t at)
{
	size_t key = t->n_key;

	if (!(key & (BLOCK - 1)))
		add_block(t, key);
	*ARENA_PUSH_OWN(&t->arena, t->key, t->n_key, &t->cap_key)
		= (struct tally_key){ arena_slice(&t->arena, text, n), (uint32_t)n, at };
	return (uint32_t)key;
}

uint32_t tally_key_find(struct tally *t, const char *text, size_t n, uint64_t hash, uint64_t at)
{
	struct tally_slot *s = find_slot(t, text, n, hash);

	if (s->n_text)
		return s->key;
	if (t->n_key == t->plan->n_key_max) {
		t->is_full = true;
		return TALLY_NO_KEY;
	}
	if (2 * t->n_key >= t->n_slot) {
		grow_slots(t);
		s = find_slot(t, text, n, hash);
	}
	*s = (struct tally_slot){ hash, (uint32_t)n, (uint32_t)t->n_key };
	return add_key(t, text, n, at);
}

uint32_t *tally_counters(const struct tally *t, size_t key)
{
	return t->counter[key >> BLOCK_BITS] + (key & (BLOCK - 1)) * t->plan->n_counter;
}

int64_t *tally_sums(const struct tally *t, size_t key)
{
	return t->sum[key >> BLOCK_BITS] + (key & (BLOCK - 1)) * t->plan->n_sum;
}

void tally_keys_init(struct tally *t)
{
	set_slots(t, SLOTS_FIRST);
}

void tally_keys_clear(struct tally *t)
{
	for (size_t i = 0; i < (t->n_key + BLOCK - 1) >> BLOCK_BITS; i++) {
		free(t->counter[i]);
		free(t->sum[i]);
	}
	free(t->counter);
	free(t->sum);
	free(t->slot);
}
