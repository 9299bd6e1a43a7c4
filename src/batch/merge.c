#include "batch/merge.h"

#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static const char rule[] = "parts";

static struct origin at(const struct merge_part *part)
{
	return (struct origin){ .file = part->path };
}

/* ---- finding them ---- */

static bool add_part(const char *dir, const char *name, const char *whole, struct merge *m, struct arena *a, struct diags *d)
{
	struct diags quiet = { .quiet = true };
	struct merge_part part = { .path = file_join(dir, name, a), .dir = dir };
	struct shard named;
	bool ok = m->n_part < MERGE_PARTS_MAX;

	if (!ok)
		return diag_error(d, at(&part), rule, "more than %d parts; nothing was read of this one and of those behind it", MERGE_PARTS_MAX);
	state_init(&part.state, a);
	ok = shard_is_file(name, whole, &named) && state_read(part.path, &part.state, &quiet) && part.state.part.shard.k == named.k
		&& part.state.part.shard.n == named.n;
	diags_clear(&quiet);
	if (!ok)
		return diag_error(d, at(&part), rule, "this is no state of the part that its name says; make the part again with kehoach batch --shard");
	*ARENA_PUSH(a, m->part, m->n_part, &m->cap_part) = part;
	return true;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The names in a folder, sorted, so that findings come in the same order everywhere. */
static const char *const *names_in(const char *dir, size_t *n, struct arena *a)
{
	DIR *folder = opendir(dir);
	const char **name = NULL;
	size_t cap = 0;

	*n = 0;
	if (!folder)
		return NULL;
	for (const struct dirent *e = readdir(folder); e; e = readdir(folder))
		if (e->d_name[0] != '.')
			*ARENA_PUSH(a, name, *n, &cap) = arena_text(a, e->d_name);
	closedir(folder);
	if (*n)
		qsort(name, *n, sizeof *name, by_name);
	return name;
}

static bool find_in(const char *dir, struct merge *m, size_t *n_found, struct arena *a, struct diags *d)
{
	size_t n;
	const char *const *name = names_in(dir, &n, a);
	struct shard shard;
	bool ok = true;

	for (size_t i = 0; i < n; i++) {
		if (!shard_is_file(name[i], STATE_NAME, &shard))
			continue;
		++*n_found;
		ok = add_part(dir, name[i], STATE_NAME, m, a, d) && ok;
	}
	return ok;
}

static bool several(const char *dir, const char *first, const char *other, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = dir }, rule,
		"there are parts of several jobs here, in '%s' and in '%s'; name the job: kehoach batch --merge JOB.xml DIR..., or the folder of one",
		first, other);
}

bool merge_find(const char *dir, const char *job, struct merge *m, struct arena *a, struct diags *d)
{
	const char *found = NULL;
	size_t n_found = 0;
	bool ok = find_in(dir, m, &n_found, a, d);
	size_t n;
	const char *const *name = n_found ? NULL : names_in(dir, &n, a);

	for (size_t i = 0; name && i < n; i++) {
		size_t n_own = 0;

		if (job && strcmp(name[i], job) != 0)
			continue;
		ok = find_in(file_join(dir, name[i], a), m, &n_own, a, d) && ok;
		if (n_own && found)
			ok = several(dir, found, name[i], d);
		found = n_own ? name[i] : found;
		n_found += n_own;
	}
	return n_found ? ok
		       : diag_error(d, (struct origin){ .file = dir }, rule,
				 "there are no parts of a batch (batch.1-of-4.json ...), neither here nor in the folders in it");
}

bool merge_add(const struct merge *found, const char *whole, struct merge *m, struct arena *a, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < found->n_part; i++)
		ok = add_part(found->part[i].dir, shard_file(found->part[i].state.part.shard, whole, a), whole, m, a, d) && ok;
	return ok;
}

/* ---- whether they are parts of one batch ---- */

static bool texts_same(const char *const *x, size_t n_x, const char *const *y, size_t n_y)
{
	bool same = n_x == n_y;

	for (size_t i = 0; same && i < n_x; i++)
		same = !strcmp(x[i], y[i]);
	return same;
}

/* Files that both were made of were the same. */
static bool inputs_same(const struct merge_part *p, const struct merge_part *first, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < p->state.n_input; i++) {
		const struct state_input *input = &p->state.input[i];
		size_t k;

		if (map_find(&first->state.inputs, input->path, &k) && strcmp(first->state.input[k].sha256, input->sha256) != 0)
			ok = diag_error(d, at(p), rule,
				"it was made of another '%s' than '%s'; make both parts again from the same input", input->path,
				first->path);
	}
	return ok;
}

static bool is_part_of(const struct merge_part *p, const struct merge_part *first, struct diags *d)
{
	const struct state *s = &p->state;
	const struct state *t = &first->state;

	if (strcmp(s->job, t->job) != 0)
		return diag_error(d, at(p), rule, "this is a part of the job '%s', '%s' is one of '%s'; only parts of one batch can be joined",
			s->job, first->path, t->job);
	if (strcmp(s->program, t->program) != 0)
		return diag_error(d, at(p), rule, "this part was made by %s, '%s' by %s; make both by the same version", s->program, first->path,
			t->program);
	if (s->part.shard.n != t->part.shard.n)
		return diag_error(d, at(p), rule, "this is one of %u parts, '%s' is one of %u; name parts of one division only",
			s->part.shard.n, first->path, t->part.shard.n);
	if (strcmp(s->options, t->options) != 0
		|| !texts_same(s->part.argument, s->part.n_argument, t->part.argument, t->part.n_argument))
		return diag_error(d, at(p), rule, "this part was made with other options than '%s'; make both with the same", first->path);
	if (s->n_shown != t->n_shown || !texts_same(s->figure, s->n_figure, t->figure, t->n_figure))
		return diag_error(d, at(p), rule, "this part has other figures for the index than '%s'; make both of the same job", first->path);
	return inputs_same(p, first, d);
}

static int by_number(const void *x, const void *y)
{
	const struct merge_part *a = x;
	const struct merge_part *b = y;

	if (a->state.part.shard.k != b->state.part.shard.k)
		return a->state.part.shard.k < b->state.part.shard.k ? -1 : 1;
	return strcmp(a->path, b->path);
}

/* Each number once. */
static bool all_there(const struct merge *m, struct diags *d)
{
	unsigned n = m->part[0].state.part.shard.n;
	unsigned next = 1;
	bool ok = true;

	for (size_t i = 0; i <= m->n_part; i++) {
		unsigned k = i < m->n_part ? m->part[i].state.part.shard.k : n + 1;

		if (i && k < next)
			ok = diag_error(d, at(&m->part[i]), rule, "part %u of %u is in '%s' already; name only one of the two", k, n,
				m->part[i - 1].path);
		for (; next < k; next++)
			ok = diag_error(d, (struct origin){ .file = m->part[0].dir }, rule,
				"part %u of %u is missing; make it with --shard %u/%u, or name its folder too", next, n, next, n);
		next = k + 1;
	}
	return ok;
}

bool merge_check(struct merge *m, struct diags *d)
{
	bool ok = true;

	qsort(m->part, m->n_part, sizeof *m->part, by_number);
	for (size_t i = 1; i < m->n_part; i++)
		ok = is_part_of(&m->part[i], &m->part[0], d) && ok;
	return ok && all_there(m, d);
}

/* ---- as one ---- */

static bool tell_twice(const struct merge_part *p, const struct state_area *area, const struct merge_part *other,
	const struct state_area *there, struct diags *d)
{
	bool same = area->manifest && there->manifest && !strcmp(area->manifest, there->manifest);

	if (same)
		return diag_error(d, at(p), rule, "%s (%s) is in '%s' too; each area is in one part", area->name, area->code, other->path);
	return diag_error(d, at(p), rule, "%s (%s) is in '%s' too, and made in another way: %s/%s/%s and %s/%s/%s are not the same",
		area->name, area->code, other->path, p->dir, area->parent, area->code, other->dir, there->parent, there->code);
}

/* The same with the numbers that its inputs have in the joined state. */
static void join_area(const struct state *from, const struct state_area *area, struct state *all)
{
	struct arena a = { 0 };
	struct state_area joined = *area;

	if (area->state == AREA_DONE) {
		const struct state_uses *uses = &from->uses[area->uses];
		uint32_t *use = ARENA_ARRAY(&a, uses->n_input, uint32_t);

		for (size_t i = 0; i < uses->n_input; i++)
			use[i] = state_input(all, from->input[uses->input[i]]);
		joined.uses = state_uses(all, use, uses->n_input);
	}
	*ARENA_PUSH(all->arena, all->area, all->n_area, &all->cap_area) = joined;
	arena_clear(&a);
}

bool merge_join(const struct merge *m, struct state *all, struct diags *d)
{
	const struct merge_part **of = NULL;
	struct arena a = { 0 };
	struct map codes;
	size_t n_of = 0;
	size_t cap = 0;
	bool ok = true;

	map_init(&codes, &a);
	for (size_t i = 0; i < m->n_part; i++)
		for (size_t k = 0; k < m->part[i].state.n_area; k++) {
			const struct state_area *area = &m->part[i].state.area[k];
			size_t old;

			if (!map_add(&codes, area->code, n_of, &old)) {
				ok = tell_twice(&m->part[i], area, of[old], &all->area[old], d);
				continue;
			}
			*ARENA_PUSH(&a, of, n_of, &cap) = &m->part[i];
			join_area(&m->part[i].state, area, all);
		}
	arena_clear(&a);
	all->job = m->part[0].state.job;
	all->program = m->part[0].state.program;
	all->options = m->part[0].state.options;
	all->figure = m->part[0].state.figure;
	all->n_figure = m->part[0].state.n_figure;
	all->n_shown = m->part[0].state.n_shown;
	return ok;
}
