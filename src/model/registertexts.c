/* Different texts of a register that is divided: once it is counted they are noted anew by whose their keys are, so that an area looks
 * through little more than its own. */
#include "model/registering.h"

#include <stdlib.h>

enum { TEXTS_KEPT = HASHLOG_KEPT / 8 }; /* in memory: areas look through all that are */

/* A text in a key, for one counter, and how often. */
struct own_text {
	uint64_t hash;
	size_t owner;
	size_t key;
	size_t cell;
	int step;
};

struct dividing {
	struct reg *reg;
	const size_t *owner;
	const size_t *rank;
	uint64_t *sum;
};

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_texts(const void *a, const void *b)
{
	const struct own_text *x = a;
	const struct own_text *y = b;
	int order = compare(x->hash, y->hash);

	order = order ? order : compare(x->owner, y->owner);
	order = order ? order : compare(x->key, y->key);
	return order ? order : compare(x->cell, y->cell);
}

static bool is_one_text(const struct own_text *a, const struct own_text *b)
{
	return a->hash == b->hash && a->owner == b->owner;
}

/* Those that are equal become one; what was taken back as often as it was noted goes. */
static size_t add_up(struct own_text *text, size_t n)
{
	size_t n_kept = 0;
	size_t k;

	for (size_t i = 0; i < n; i = k) {
		int times = 0;

		for (k = i; k < n && !compare_texts(&text[i], &text[k]); k++)
			times += text[k].step;
		if (times > 0)
			text[n_kept++] = text[i];
	}
	return n_kept;
}

/* The keys and counters of one text. The same for each run: its hash is not. */
static uint64_t checksum(const struct dividing *v, int which, const struct own_text *text, size_t n)
{
	const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t sum = (uint64_t)which + 1;

	for (size_t i = 0; i < n; i++) {
		sum = (sum ^ (v->rank[text[i].key] << HASHLOG_LOW | text[i].cell)) * odd;
		sum ^= sum >> 29;
	}
	return sum * odd;
}

static void divide(const struct dividing *v, int which, struct own_text *text, size_t n)
{
	size_t k;

	qsort(text, n, sizeof *text, compare_texts);
	n = add_up(text, n);
	for (size_t i = 0; i < n; i = k) {
		for (k = i; k < n && is_one_text(&text[i], &text[k]); k++)
			hashlog_add(v->reg->texts[which], hashlog_in_part(text[k].hash, text[k].owner), (uint64_t)text[k].key << HASHLOG_LOW | text[k].cell);
		v->sum[text[i].owner] += checksum(v, which, &text[i], k - i);
	}
}

static bool divide_part(const struct dividing *v, int which, size_t part, struct diags *d)
{
	struct hash_record *record;
	struct own_text *text;
	size_t n_text = 0;
	size_t n;

	if (!hashlog_part(v->reg->tally.distinct[which], part, &record, &n, d))
		return false;
	text = memory_new(n + 1, sizeof *text);
	for (size_t i = 0; i < n; i++) {
		size_t key = record[i].with >> HASHLOG_LOW;
		size_t low = record[i].with & ((1 << HASHLOG_LOW) - 1);

		if (v->owner[key] != SIZE_MAX)
			text[n_text++]
				= (struct own_text){ record[i].hash, v->owner[key], key, low & (TALLY_BACK - 1), low & TALLY_BACK ? -1 : 1 };
	}
	free(record);
	divide(v, which, text, n_text);
	free(text);
	return true;
}

bool reg_divide_texts(struct reg *reg, const size_t *owner, const size_t *rank, uint64_t *sum, struct diags *d)
{
	const struct dividing v = { reg, owner, rank, sum };
	size_t n = reg->plan.n_distinct;

	reg->texts = ARENA_ARRAY(reg->arena, n + 1, struct hashlog *);
	for (size_t i = 0; i < n; i++) {
		reg->texts[i] = hashlog_open(TEXTS_KEPT);
		for (size_t part = 0; part < HASHLOG_PARTS; part++)
			if (!divide_part(&v, (int)i, part, d))
				return false;
		hashlog_close(reg->tally.distinct[i]);
		reg->tally.distinct[i] = NULL;
	}
	return true;
}

bool reg_own_texts(const struct reg *reg, int which, struct hash_record **record, size_t *n, struct diags *d)
{
	return hashlog_part(reg->texts[which], reg->owner % HASHLOG_PARTS, record, n, d);
}
