#include "batch/shard.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct dealt {
	uint64_t hash;
	const char *code;
	size_t i;
};

/* FNV-1a, then mixed so that codes that differ in their last digit are far apart. */
static uint64_t hash_of(const char *s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
	h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53u;
	return h ^ (h >> 33);
}

static int by_hash(const void *a, const void *b)
{
	const struct dealt *x = a;
	const struct dealt *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return strcmp(x->code, y->code);
}

void shard_divide(const char *const *code, size_t n_code, unsigned n, unsigned *part)
{
	struct dealt *dealt = memory_new(n_code + 1, sizeof *dealt);

	for (size_t i = 0; i < n_code; i++)
		dealt[i] = (struct dealt){ hash_of(code[i]), code[i], i };
	qsort(dealt, n_code, sizeof *dealt, by_hash);
	for (size_t i = 0; i < n_code; i++)
		part[dealt[i].i] = (unsigned)(i % n) + 1;
	free(dealt);
}

/* ---- names ---- */

/* Digits without zeros in front, 1 to SHARDS_MAX; behind them. NULL: something else. */
static const char *number_at(const char *s, unsigned *x)
{
	*x = 0;
	if (*s == '0')
		return NULL;
	for (; *s >= '0' && *s <= '9' && *x <= SHARDS_MAX; s++)
		*x = *x * 10 + (unsigned)(*s - '0');
	return *x >= 1 && *x <= SHARDS_MAX ? s : NULL;
}

/* "K" between "N" end */
static bool is_pair(const char *s, const char *between, const char *end, struct shard *shard)
{
	struct shard found;

	s = number_at(s, &found.k);
	if (!s || strncmp(s, between, strlen(between)) != 0)
		return false;
	s = number_at(s + strlen(between), &found.n);
	if (!s || strcmp(s, end) != 0 || found.k > found.n)
		return false;
	*shard = found;
	return true;
}

bool shard_read(const char *text, struct shard *shard, struct diags *d)
{
	return is_pair(text, "/", "", shard)
		|| diag_error(d, (struct origin){ 0 }, "usage", "--shard %s is no part; write 1/4 to 4/4 for four parts, at most %d", text,
			SHARDS_MAX);
}

static size_t stem_of(const char *whole)
{
	const char *dot = strrchr(whole, '.');

	return dot ? (size_t)(dot - whole) : strlen(whole);
}

const char *shard_file(struct shard shard, const char *whole, struct arena *a)
{
	size_t n = stem_of(whole);

	return arena_printf(a, "%.*s.%u-of-%u%s", (int)n, whole, shard.k, shard.n, whole + n);
}

bool shard_is_file(const char *name, const char *whole, struct shard *shard)
{
	size_t n = stem_of(whole);

	return !strncmp(name, whole, n) && name[n] == '.' && is_pair(name + n + 1, "-of-", whole + n, shard);
}
