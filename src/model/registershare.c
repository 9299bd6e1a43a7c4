/* The keys of a register that was counted once for many areas, by whose they are: each area then has the register of its own rows. */
#include "model/registering.h"

#include "base/utf8.h"

#include <string.h>

/* ---- the column that says whose a row is ---- */

static bool is_called(const struct field *f, const char *folded)
{
	for (size_t i = 0; i < f->n_name; i++)
		if (!strcmp(f->name[i], folded))
			return true;
	return false;
}

void reg_add_by(struct reg *r)
{
	const char *by = r->source->by;
	const char *folded = utf8_fold(by, strlen(by), r->arena);
	size_t n = r->dataset->n_field;
	struct dataset *with = ARENA_NEW(r->arena, struct dataset);
	struct field *field = ARENA_ARRAY(r->arena, n + 1, struct field);
	const char **name = ARENA_ARRAY(r->arena, 1, const char *);

	for (r->by = 0; r->by < n; r->by++)
		if (is_called(&r->dataset->field[r->by], folded))
			return;
	memcpy(field, r->dataset->field, n * sizeof *field);
	name[0] = folded;
	field[n] = (struct field){ .id = by, .type = FIELD_TEXT, .unit = "", .name = name, .n_name = 1, .label = by, .at = r->source->by_at };
	*with = *r->dataset;
	with->field = field;
	with->n_field = n + 1;
	r->dataset = with;
}

/* ---- whose a key is ---- */

/* Which part of the keys it is. */
static size_t part_of_by(const struct reg *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->plan.n_column && r->field_of[i] != r->by; i++)
		n += r->column[i].is_key;
	return n;
}

static size_t owner_of(const struct reg_owners *owners, const struct reg *r, size_t key, size_t part)
{
	struct arena a = { 0 };
	const char *code = reg_key_part(&r->tally.key[key], part, &a);
	size_t n = code ? strlen(code) : 0;
	size_t owner = SIZE_MAX;

	if (code) {
		utf8_trim(&code, &n);
		owner = owners->find(owners->ctx, arena_slice(&a, code, n));
	}
	arena_clear(&a);
	return owner;
}

/* rank [n_key]: which of its owner's keys it is. */
static void put_keys(const size_t *owner, size_t n_key, size_t n_owner, struct arena *a, struct reg_share *share, size_t *rank)
{
	size_t *next = ARENA_ARRAY(a, n_owner + 1, size_t);

	share->first = ARENA_ARRAY(a, n_owner + 1, size_t);
	share->key = ARENA_ARRAY(a, n_key, size_t);
	for (size_t i = 0; i < n_key; i++)
		if (owner[i] != SIZE_MAX)
			share->first[owner[i] + 1]++;
	for (size_t i = 0; i < n_owner; i++)
		share->first[i + 1] += share->first[i];
	memcpy(next, share->first, (n_owner + 1) * sizeof *next);
	for (size_t i = 0; i < n_key; i++)
		if (owner[i] != SIZE_MAX) {
			rank[i] = next[owner[i]] - share->first[owner[i]];
			share->key[next[owner[i]]++] = i;
		}
}

bool register_share(struct reg *r, const struct reg_owners *owners, struct arena *a, struct reg_share *share, uint64_t *n_lost, struct diags *d)
{
	size_t n_key = r->tally.n_key;
	size_t *owner = ARENA_ARRAY(a, n_key, size_t);
	size_t *lost = ARENA_ARRAY(a, n_key, size_t);
	size_t *rank = ARENA_ARRAY(a, n_key, size_t);
	bool *known = ARENA_ARRAY(a, n_key, bool);
	size_t part = part_of_by(r);
	size_t n = 0;

	*share = (struct reg_share){ .reg = r };
	*n_lost = 0;
	for (size_t i = 0; i < n_key; i++) {
		owner[i] = owner_of(owners, r, i, part);
		known[i] = owner[i] != SIZE_MAX;
	}
	if (!register_repeats(r, known, d) || (r->tally.fault[TALLY_MISSED].n && !reg_find_missed(r, d)))
		return false;
	for (size_t i = 0; i < n_key; i++) {
		uint64_t n_row = tally_counters(&r->tally, i)[0];

		owner[i] = n_row ? owner[i] : SIZE_MAX;
		if (!n_row || owner[i] != SIZE_MAX)
			continue;
		lost[n++] = i;
		*n_lost += n_row;
	}
	put_keys(owner, n_key, owners->n, a, share, rank);
	share->texts = ARENA_ARRAY(a, owners->n, uint64_t);
	return reg_divide_texts(r, owner, rank, share->texts, d) && (!n || reg_find_lost(r, lost, n, *n_lost, d));
}

/* ---- one area's ---- */

void register_put_part(const struct reg_part *part, struct buf *all)
{
	const struct reg_share *s = part->share;
	const struct reg *r = s->reg;

	for (size_t i = 0; i < r->dataset->n_field; i++)
		buf_printf(all, "%s\n", r->column_of[i] && r->header[i] ? r->header[i] : "");
	for (size_t i = s->first[part->owner]; i < s->first[part->owner + 1]; i++) {
		const struct tally_key *key = &r->tally.key[s->key[i]];

		buf_put(all, key->text, key->n_text);
		buf_put(all, (const char *)tally_counters(&r->tally, s->key[i]), r->plan.n_counter * sizeof(uint32_t));
		if (r->plan.n_sum)
			buf_put(all, (const char *)tally_sums(&r->tally, s->key[i]), r->plan.n_sum * sizeof(int64_t));
	}
	if (r->plan.n_distinct)
		buf_put(all, (const char *)&s->texts[part->owner], sizeof *s->texts);
}

bool register_part(const struct reg_part *part, const struct source *source, struct arena *a, struct data *data, struct diags *d)
{
	const struct reg_share *s = part->share;
	struct reg *r = ARENA_NEW(a, struct reg);

	*r = *s->reg;
	r->source = source;
	r->arena = a;
	r->part = s->key + s->first[part->owner];
	r->n_part = s->first[part->owner + 1] - s->first[part->owner];
	r->owner = part->owner;
	r->has_faults = false;
	reg_fill(r, data);
	return r->n_part
		|| diag_error(d, (struct origin){ .file = source->shown }, "no-rows",
			"no row has the code of this area in the column '%s'; fill in at least one", source->by);
}
