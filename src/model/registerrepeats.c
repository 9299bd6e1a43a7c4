/* Rows that repeat what an earlier one has and no two may have in common: found by hashes, and taken back while the file is looked at once
 * more. Only rows that are counted for an area are compared: that of an unknown area takes no other row's place. */
#include "model/registering.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_FIRST = 1 << 10, NO_GROUP = 0 };

/* A row whose number others have too. */
struct member {
	uint64_t at;
	size_t group; /* from 1 */
};

struct repeats {
	struct reg *reg;
	const bool *known; /* [n_key] */
	struct member *member; /* [n] in the order of the file, once all are found */
	size_t n;
	size_t cap;
	size_t n_group;
	bool *is_met;	/* [n_group] a row of the group that counts */
	size_t i_member; /* the next one that is looked at */
	unsigned col;
};

struct slot {
	uint64_t hash;
	uint64_t at; /* of the first one, + 1; 0: free */
	size_t group;
};

static void add_member(struct repeats *r, uint64_t at, size_t group)
{
	if (r->n == r->cap) {
		r->cap = r->cap ? 2 * r->cap : TALLY_PLACES_MAX;
		r->member = memory_resize(r->member, r->cap, sizeof *r->member);
	}
	r->member[r->n++] = (struct member){ at, group };
}

static bool are_too_many(const struct repeats *r)
{
	return r->n - r->n_group > TALLY_REPEATED_MAX;
}

/* Those with equal hashes are one group. */
static void find_groups(const struct hash_record *record, size_t n, struct repeats *r)
{
	size_t n_slot = TABLE_FIRST;
	struct slot *slot;

	while (n_slot < 2 * n)
		n_slot *= 2;
	slot = memory_new(n_slot, sizeof *slot);
	for (size_t i = 0; i < n && !are_too_many(r); i++) {
		size_t k = record[i].hash / HASHLOG_PARTS & (n_slot - 1);

		while (slot[k].at && slot[k].hash != record[i].hash)
			k = (k + 1) & (n_slot - 1);
		if (!slot[k].at) {
			slot[k] = (struct slot){ record[i].hash, record[i].with + 1, NO_GROUP };
			continue;
		}
		if (slot[k].group == NO_GROUP) {
			slot[k].group = ++r->n_group;
			add_member(r, slot[k].at - 1, slot[k].group);
		}
		add_member(r, record[i].with, slot[k].group);
	}
	free(slot);
}

static bool gather(struct repeats *r, struct diags *d)
{
	for (size_t part = 0; part < HASHLOG_PARTS && !are_too_many(r); part++) {
		struct hash_record *record;
		size_t n;

		if (!hashlog_part(r->reg->tally.single, part, &record, &n, d))
			return false;
		find_groups(record, n, r);
		free(record);
	}
	return !are_too_many(r)
		|| diag_error(d, reg_place(r->reg, 0, 0), "limit", "more than %d rows repeat the number of another row; is it the right column?",
			TALLY_REPEATED_MAX);
}

static int compare_members(const void *a, const void *b)
{
	const struct member *x = a;
	const struct member *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* Of the rows of a group the first that counts stays; they come in order. */
static bool is_repeated(void *ctx, uint32_t key, uint64_t at)
{
	struct repeats *r = ctx;
	size_t group;

	while (r->i_member < r->n && r->member[r->i_member].at < at)
		r->i_member++;
	if (r->i_member == r->n || r->member[r->i_member].at != at || (r->known && !r->known[key]))
		return false;
	group = r->member[r->i_member].group - 1;
	if (r->is_met[group]) {
		tally_add_fault(&r->reg->tally, TALLY_REPEATED, (struct tally_place){ at, r->col, 0 });
		return true;
	}
	r->is_met[group] = true;
	return false;
}

static bool take_back(struct repeats *r, struct diags *d)
{
	struct reg *reg = r->reg;
	uint64_t *at = memory_new(r->n, sizeof *at);
	bool ok;

	qsort(r->member, r->n, sizeof *r->member, compare_members);
	r->is_met = memory_new(r->n_group, sizeof *r->is_met);
	for (size_t i = 0; i < r->n; i++)
		at[i] = r->member[i].at;
	for (size_t i = 0; i < reg->plan.n_column && !reg->named; i++)
		r->col = reg->column[i].is_single ? reg->column[i].col : r->col;
	reg->tally.is_taken_back = is_repeated;
	reg->tally.back_ctx = r;
	ok = reg->again.take_back(reg->again.ctx, at, r->n, d);
	reg->tally.is_taken_back = NULL;
	free(r->is_met);
	free(at);
	return ok && reg_find_repeated(reg, d);
}

bool register_repeats(struct reg *reg, const bool *known, struct diags *d)
{
	struct repeats r = { .reg = reg, .known = known };
	bool ok = !reg->tally.single || gather(&r, d);

	if (ok && r.n)
		ok = take_back(&r, d);
	free(r.member);
	return ok;
}
