/* What an area had in the period before: through the areas it was made of. */
#include "compute/work.h"

#include <string.h>

/* The rows of the previous source by the name and by the code of their area. */
static void name_previous(struct work *w)
{
	const struct data *data = w->data[SOURCE_PREVIOUS];

	map_init(&w->previous_names, w->a);
	for (size_t i = 0; data && i < data->n_row; i++) {
		const struct area *area = data->row[i].area;

		if (!area)
			continue;
		map_add(&w->previous_names, area->key, i, NULL);
		map_add(&w->previous_names, area->normal, i, NULL);
		if (area->code)
			map_add(&w->previous_names, area->code, i, NULL);
	}
}

static int previous_year(const struct work *w)
{
	return w->data[SOURCE_PREVIOUS]->source->period_year;
}

/* The part of an area in the previous source; rest is what stands behind the area in the row's key. */
static struct leaf_part part_of(const struct work *w, const struct predecessor *p, const char *rest, unsigned month, bool *several)
{
	const struct data *data = w->data[SOURCE_PREVIOUS];
	struct leaf_part part = { .name = p->area, .weight = p->weight };
	size_t first;

	part.known = map_find(&w->previous_names, p->area, &first);
	if (part.known
		&& map_find(&w->index[SOURCE_PREVIOUS].first, arena_printf(w->a, "%s%s", data->row[first].area->key, rest), &first))
		part.row = index_row(&w->index[SOURCE_PREVIOUS], data, first, month, several);
	return part;
}

/* An area that says when it came to be has nothing from before, unless a crosswalk tells of it. */
static bool is_newer(const struct work *w, const struct area *area, const struct predecessors *found)
{
	return area->since.year > previous_year(w) && found->n_area == 1 && !strcmp(found->area[0].area, area->normal)
	       && !found->area[0].told;
}

/* What stands behind the area in the key of the leaf's rows, or NULL. */
static const char *rest_of_key(const struct leaf *leaf)
{
	const char *key = leaf->any->area->key;
	size_t n = strlen(key);

	return !strncmp(leaf->match, key, n) && (!leaf->match[n] || leaf->match[n] == '/') ? leaf->match + n : NULL;
}

/* An area that is made of one other, whole. */
static bool is_whole(const struct leaf *leaf)
{
	return leaf->n_part == 1 && !ratio_compare(leaf->part[0].weight.x, ratio_whole(1));
}

void previous_find(struct work *w, struct leaf *leaf, unsigned month, struct diags *d)
{
	const struct area *area = leaf->any->area;
	const char *rest = area ? rest_of_key(leaf) : NULL;
	struct predecessors found;

	if (!w->data[SOURCE_PREVIOUS] || !rest)
		return;
	if (!w->previous_names.arena)
		name_previous(w);
	if (!crosswalk_trace(&w->model->crosswalk, area->normal, area->code, previous_year(w), job_period_end(w->job), w->a, &found, d))
		return;
	leaf->row[SOURCE_PREVIOUS] = NULL;
	leaf->several[SOURCE_PREVIOUS] = false;
	leaf->part = ARENA_ARRAY(w->a, found.n_area, struct leaf_part);
	leaf->moved = !found.n_area;
	for (size_t i = 0; i < found.n_area && !is_newer(w, area, &found); i++) {
		struct predecessor *p = &found.area[i];
		bool self = !strcmp(p->area, area->normal) || (area->code && !strcmp(p->area, area->code));
		struct leaf_part part;

		if (p->may_be_new && area->since.year > previous_year(w))
			continue;
		if (self) /* several areas may have its name, none its key */
			p->area = area->key;
		part = part_of(w, p, rest, month, &leaf->several[SOURCE_PREVIOUS]);
		part.shown = self ? area->name : p->shown;
		if (part.known || !p->may_be_new)
			leaf->part[leaf->n_part++] = part;
	}
	if (is_whole(leaf))
		leaf->row[SOURCE_PREVIOUS] = leaf->part[0].row;
}

/* The first part whose area the source does not have, or the leaf itself where it has no part. */
static const char *lost_part(const struct leaf *leaf)
{
	for (size_t i = 0; i < leaf->n_part; i++)
		if (!leaf->part[i].known)
			return leaf->part[i].shown;
	return leaf->n_part ? NULL : leaf->label;
}

bool previous_figure(struct work *w, const struct leaf *leaf, size_t field, struct figure *figure, struct diags *d)
{
	const struct field *asked = &w->table->dataset->field[field];
	struct previous_fault *fault = &w->previous_fault[leaf - w->leaf];
	struct figure *part = ARENA_ARRAY(w->a, leaf->n_part, struct figure);
	struct cell_value sum;

	if (leaf->several[SOURCE_PREVIOUS])
		w->several = leaf;
	*figure = figure_missing();
	fault->lost = lost_part(leaf);
	if (fault->lost)
		return true;
	if (!field_is_summed(asked->type) && !is_whole(leaf)) {
		fault->merged = asked;
		return true;
	}
	for (size_t i = 0; i < leaf->n_part; i++) {
		const struct leaf_part *p = &leaf->part[i];

		part[i] = p->row ? p->row->datum[field].figure : figure_missing();
		if (part[i].state != FIGURE_OK)
			continue;
		figure_add_places(&part[i], &p->weight, w->a);
		if (!ratio_mul(part[i].x, p->weight.x, w->table->at, &part[i].x, d))
			return false;
	}
	if (!figures_sum(part, leaf->n_part, false, w->table->at, w->a, &sum, d))
		return false;
	*figure = sum.figure;
	return true;
}

/* Whether the area of a row of before is one that any row was made of. */
static bool is_taken(const struct map *taken, const struct area *area)
{
	return map_find(taken, area->key, NULL) || map_find(taken, area->normal, NULL) || (area->code && map_find(taken, area->code, NULL));
}

static void leave_out(struct work *w, const struct map *groups, const struct data_row *row)
{
	size_t i;

	if (!w->left_out)
		w->left_out = row;
	if (w->groups != GROUPS_NONE && map_find(groups, group_key(w, row, w->a), &i)) {
		if (!w->group[i]->left_out)
			w->group[i]->left_out = row;
	} else if (!w->left_out_anywhere) {
		w->left_out_anywhere = row;
	}
}

void previous_end(struct work *w, const struct map *groups)
{
	const struct data *data = w->data[SOURCE_PREVIOUS];
	struct map taken;

	if (!data || !w->previous_names.arena)
		return;
	map_init(&taken, w->a);
	for (size_t i = 0; i < w->n_leaf; i++)
		for (size_t k = 0; k < w->leaf[i].n_part; k++)
			map_add(&taken, w->leaf[i].part[k].name, 0, NULL);
	for (size_t i = 0; i < data->n_row; i++)
		if (data->row[i].area && !is_taken(&taken, data->row[i].area))
			leave_out(w, groups, &data->row[i]);
	map_clear(&taken);
}

bool previous_left_out(struct work *w, size_t row)
{
	const struct table_row *total = &w->table->row[row];
	const struct data_row *left_out = w->left_out;

	if (total->kind == ROW_GROUP) {
		left_out = w->row_leaf[w->table->leaf[total->first_leaf]]->group->left_out;
		if (!left_out)
			left_out = w->left_out_anywhere;
	}
	if (!w->asked_left_out)
		w->asked_left_out = left_out;
	return left_out;
}

static void warn_leaf(const struct leaf *leaf, const struct previous_fault *fault, struct diags *d)
{
	if (fault->lost && !leaf->n_part && leaf->moved)
		diag_warning(d, leaf->any->at, "no-previous",
			"%s: by the crosswalk nothing of the year before became this area, so its figures of that year are missing", leaf->label);
	else if (fault->lost)
		diag_warning(d, leaf->any->at, "no-previous",
			"%s: the source of the year before has no figures of '%s', so they are missing; if the area merged, split or was "
			"renamed, say so in <crosswalk>",
			leaf->label, lost_part(leaf));
	else if (fault->merged)
		diag_warning(d, leaf->any->at, "no-previous",
			"%s was merged or split, and '%s' is no figure that can be added up, so that of the year before is missing; compute it from "
			"counts, as in previous.a / previous.b * 100",
			leaf->label, fault->merged->id);
}

void previous_warn(const struct work *w, struct diags *d)
{
	if (w->asked_left_out)
		diag_warning(d, w->asked_left_out->at, "no-previous",
			"no area of the table '%s' goes on with '%s', so totals of the year before are missing; say in <crosswalk> where it went",
			w->table->id, w->asked_left_out->label);
	for (size_t i = 0; i < w->n_leaf; i++)
		warn_leaf(&w->leaf[i], &w->previous_fault[i], d);
}
