/* Whether a crosswalk speaks of areas that are there, before and after. */
#include "base/file.h"
#include "base/map.h"
#include "model/data.h"

#include <string.h>

/* Areas of the sources in one role, by the form of the name (areanames.h) and by code. */
struct named_areas {
	struct map names;
	const char **shown; /* [n_shown] */
	size_t n_shown;
	size_t cap;
	const char *file; /* name of the first such source */
};

struct checking {
	const struct crosswalk *crosswalk;
	struct named_areas old;
	struct named_areas new;
	int year; /* of the old figures */
	int64_t after; /* changes count behind this moment, */
	int64_t before; /* and before this one */
	struct arena *a;
	struct diags *d;
};

static void add_area(struct named_areas *areas, const struct area *area, struct arena *a)
{
	if (area->code)
		map_add(&areas->names, area->code, 0, NULL);
	if (map_add(&areas->names, area->normal, 0, NULL))
		*ARENA_PUSH(a, areas->shown, areas->n_shown, &areas->cap) = area->name;
}

static void collect(struct checking *c, const struct model *m, enum source_role role, struct named_areas *areas)
{
	map_init(&areas->names, c->a);
	for (size_t i = 0; i < m->n_data; i++) {
		const struct data *data = &m->data[i];

		if (data->source->role != role)
			continue;
		for (size_t k = 0; k < data->n_row; k++)
			if (data->row[k].area && data->row[k].area->parent) {
				add_area(areas, data->row[k].area, c->a);
				areas->file = areas->file ? areas->file : file_name(data->source->shown);
			}
		if (areas->n_shown && role == SOURCE_PREVIOUS)
			c->year = data->source->period_year;
	}
}

static bool has(const struct named_areas *areas, const char *name)
{
	return map_find(&areas->names, name, NULL);
}

static bool counts(const struct checking *c, const struct change *change)
{
	int64_t when = date_unix(change->since);

	return when > c->after && when < c->before;
}

/* Whether a change that counts, other than this one, names the area in the list. */
static bool is_told(const struct checking *c, const struct named_change *list, const char *name, const struct change *but)
{
	size_t i = crosswalk_first(list, c->crosswalk->n_change, name, c->after + 1);

	for (; i < c->crosswalk->n_change && !strcmp(list[i].name, name) && list[i].when < c->before; i++)
		if (&c->crosswalk->change[list[i].change] != but)
			return true;
	return false;
}

/* The area that may be meant by the name, other than the one beside it in the row. */
static const char *meant(const struct checking *c, const char *name, const char *beside, const struct named_areas *areas)
{
	const char *near = suggest(name, areas->shown, areas->n_shown);

	return near && strcmp(near, beside) != 0 ? arena_printf(c->a, diag_say(c->d, "; did you mean '%s'?"), near) : "";
}

static void check_known(const struct checking *c, const struct change *change)
{
	bool from = has(&c->old, change->from) || is_told(c, c->crosswalk->to, change->from, change);
	bool to = has(&c->new, change->to) || is_told(c, c->crosswalk->from, change->to, change);

	if (!from && to)
		diag_warning(c->d, change->at, "crosswalk", "'%s' is no area of %s, the source of the year before%s", change->shown,
			c->old.file, meant(c, change->shown, change->shown_to, &c->old));
	else if (from && !to)
		diag_warning(c->d, change->at, "crosswalk", "'%s' became '%s', which is no area of %s, so its figures of the year before go nowhere%s",
			change->shown, change->shown_to, c->new.file, meant(c, change->shown_to, change->shown, &c->new));
	else if (from && strcmp(change->from, change->to) != 0 && has(&c->new, change->from)
		 && !is_told(c, c->crosswalk->to, change->from, NULL))
		diag_warning(c->d, change->at, "crosswalk",
			"'%s' became '%s' by this row, but %s still has it; take the row out, or add one for the part that stays", change->shown,
			change->shown_to, c->new.file);
}

/* A change that must have happened between the two sources, by what they have, but says another day. */
static void check_day(const struct checking *c, const struct change *change)
{
	if (has(&c->old, change->from) && !has(&c->new, change->from) && has(&c->new, change->to) && !has(&c->old, change->to))
		diag_warning(c->d, change->at, "crosswalk",
			"'%s' became '%s' between the two years, but the day %s is not behind 31/12/%d and within the period, so the row is not used",
			change->shown, change->shown_to, date_short(change->since, c->a), c->year);
}

void crosswalk_check(const struct model *m, struct date before, struct arena *a, struct diags *d)
{
	struct checking c = { .crosswalk = &m->crosswalk, .before = date_unix(before), .a = a, .d = d };

	if (!m->crosswalk.n_change)
		return;
	collect(&c, m, SOURCE_PREVIOUS, &c.old);
	collect(&c, m, SOURCE_CURRENT, &c.new);
	c.after = date_unix((struct date){ c.year, 12, 31 });
	for (size_t i = 0; c.old.n_shown && i < m->crosswalk.n_change; i++) {
		const struct change *change = &m->crosswalk.change[i];

		if (counts(&c, change))
			check_known(&c, change);
		else
			check_day(&c, change);
	}
	map_clear(&c.old.names);
	map_clear(&c.new.names);
}
