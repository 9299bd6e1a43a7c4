/* Areas that one source alone has: is one that the source lacks meant? */
#include "model/areajoin.h"
#include "model/nearnames.h"

#include <string.h>

enum {
	ROOT = 0,
	WALK_MAX = 5000,      /* areas that are looked at for one */
	STEPS_MAX = 10000000, /* the same for all */
	END_BYTES = 2,	      /* of a name's beginning or end that is the same in near ones */
};

static const size_t none = SIZE_MAX;

/* What near names have in common: one after another, nearest first. Of an edit or two one end is free, but for two in a long
 * name that meet both. */
enum common { COMMON_TEXT, COMMON_BARE, COMMON_BEFORE, COMMON_HEAD, COMMON_TAIL, N_COMMON };

/* Areas of one key: the first of them, then those behind it from the last on. */
struct chain {
	struct map first;
	size_t *next; /* [n_area] or none */
};

struct near_search {
	const struct joining *joining;
	struct arena a;
	struct plain_name *plain; /* [n_area] */
	struct chain chain[N_COMMON];
	struct buf key;
	size_t n_step;
	size_t n_skipped; /* areas that were not compared with all they may be near to */
};

static unsigned count_sources(const struct joining *b, const struct area *area)
{
	unsigned n = 0;

	for (size_t i = 0; i < AREA_SOURCES / 64; i++)
		for (uint64_t bits = area->source[i] & ~b->own[i]; bits; bits &= bits - 1)
			n++;
	return n;
}

static bool share_source(const struct area *x, const struct area *y)
{
	for (size_t i = 0; i < AREA_SOURCES / 64; i++)
		if (x->source[i] & y->source[i])
			return true;
	return false;
}

/* Whether it stands in one source alone, whose areas are those of the others. */
static bool is_alone(const struct joining *b, const struct area *area)
{
	for (size_t i = 0; i < AREA_SOURCES / 64; i++)
		if (area->source[i] & b->own[i])
			return false;
	return count_sources(b, area) == 1;
}

static bool is_changed(const struct joining *b, const struct area *area)
{
	return map_find(&b->changed, area->normal, NULL) || (area->code && map_find(&b->changed, area->code, NULL));
}

/* Of two areas that are alone the later one is told. */
static bool may_be_meant(const struct joining *b, size_t x, size_t y)
{
	const struct area *mine = b->area[x];
	const struct area *other = b->area[y];

	if (x == y || share_source(mine, other) || !count_sources(b, other) || (mine->code && other->code)
		|| (mine->parent != b->area[ROOT] && mine->parent != other->parent) || is_changed(b, other))
		return false;
	return y < x || !is_alone(b, other);
}

/* ---- the search ---- */

static const char *common_key(struct near_search *s, enum common common, const struct plain_name *p)
{
	size_t n = p->n < END_BYTES ? p->n : END_BYTES;
	const char *end = common == COMMON_HEAD ? p->bare : p->bare + p->n - n;

	if (common == COMMON_TEXT || common == COMMON_BARE)
		return common == COMMON_TEXT ? p->text : p->bare;
	s->key.n = 0;
	if (common == COMMON_BEFORE) {
		buf_printf(&s->key, "%.*s", (int)p->n_before, p->bare);
		return s->key.text;
	}
	buf_printf(&s->key, "%.*s\n%.*s", (int)strcspn(p->digits, " "), p->digits, (int)n, end); /* "12a" is near to "12" */
	return s->key.text;
}

static void add_to_chain(struct near_search *s, enum common common, size_t i)
{
	struct chain *chain = &s->chain[common];
	const char *key = common_key(s, common, &s->plain[i]);
	size_t first;

	chain->next[i] = none;
	if (!map_find(&chain->first, key, &first)) {
		map_add(&chain->first, key == s->key.text ? arena_text(&s->a, key) : key, i, NULL);
		return;
	}
	chain->next[i] = chain->next[first];
	chain->next[first] = i;
}

static void search_begin(struct near_search *s, const struct joining *b)
{
	*s = (struct near_search){ .joining = b };
	s->plain = ARENA_ARRAY(&s->a, b->n_area, struct plain_name);
	for (size_t i = ROOT + 1; i < b->n_area; i++) {
		const struct area *area = b->area[i];
		struct area_name name = { area->folded, area->normal, area->bare, area->level };

		plain_name_of(&name, &s->a, &s->plain[i]);
	}
	for (size_t k = 0; k < N_COMMON; k++) {
		map_init(&s->chain[k].first, &s->a);
		s->chain[k].next = ARENA_ARRAY(&s->a, b->n_area, size_t);
		for (size_t i = ROOT + 1; i < b->n_area; i++)
			add_to_chain(s, (enum common)k, i);
	}
}

static void search_end(struct near_search *s)
{
	buf_clear(&s->key);
	arena_clear(&s->a);
}

/* False in *whole: there were too many. */
static size_t find_in_chain(struct near_search *s, enum common common, size_t x, bool *whole)
{
	const struct chain *chain = &s->chain[common];
	size_t i;

	if (!map_find(&chain->first, common_key(s, common, &s->plain[x]), &i))
		return none;
	for (size_t n = 0; i != none; i = chain->next[i], n++, s->n_step++) {
		if (n == WALK_MAX || s->n_step == STEPS_MAX) {
			*whole = false;
			return none;
		}
		if (may_be_meant(s->joining, x, i) && plain_names_compare(&s->plain[x], &s->plain[i]) != NEAR_NOT)
			return i;
	}
	return none;
}

static size_t find_near(struct near_search *s, size_t x)
{
	bool whole = true;
	size_t i = none;

	for (size_t k = 0; k < N_COMMON && i == none; k++)
		i = find_in_chain(s, (enum common)k, x, &whole);
	if (i == none && !whole)
		s->n_skipped++;
	return i;
}

/* ---- all areas ---- */

/* Of an area that is alone. */
static const struct source *source_of(const struct joining *b, const struct area *area)
{
	size_t i = 0;

	while (!(area->source[i / 64] >> i % 64 & 1))
		i++;
	return b->data[i].source;
}

static bool report(const struct joining *b, const struct area *area, const struct area *other)
{
	return diag_error(b->diags, area->at, "near-area",
		"'%s' is in no other source; did you mean '%s' at %s? If it is right, write areas=\"own\" on the job's <source> '%s', or "
		"say in <crosswalk> what became of the other",
		area->name, other->name, origin_text(other->at, b->arena), source_of(b, area)->id);
}

/* The first area that may have been written for another: all before it stand in the same sources, and only in a third
 * source can there be one that is meant. n_area where there is none. */
static size_t first_told(const struct joining *b)
{
	uint64_t all[AREA_SOURCES / 64] = { 0 };
	struct area every = { 0 };
	size_t first = ROOT + 1;

	for (size_t i = ROOT + 1; i < b->n_area; i++)
		for (size_t k = 0; k < AREA_SOURCES / 64; k++)
			all[k] |= b->area[i]->source[k];
	memcpy(every.source, all, sizeof all);
	if (count_sources(b, &every) > 2)
		return first;
	while (first + 1 < b->n_area && !memcmp(b->area[first]->source, b->area[ROOT + 1]->source, sizeof all))
		first++;
	return count_sources(b, &every) == 2 ? first : b->n_area;
}

bool joining_check_near(struct joining *b)
{
	struct near_search s;
	size_t first = first_told(b);
	bool ok = true;

	if (first >= b->n_area)
		return true;
	search_begin(&s, b);
	for (size_t i = first; i < b->n_area; i++) {
		size_t near = none;

		if (is_alone(b, b->area[i]) && !is_changed(b, b->area[i]) && !diags_are_full(b->diags, b->area[i]->at.file))
			near = find_near(&s, i);

		if (near != none)
			ok = report(b, b->area[i], b->area[near]);
	}
	if (s.n_skipped)
		diag_note(b->diags, b->job->at, "limit", "%zu areas that one source alone has were not compared with all others; are they meant?",
			s.n_skipped);
	search_end(&s);
	return ok;
}
