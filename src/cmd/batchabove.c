/* How far the plans of the areas below are, for each area above: the workbook of progress beside the summary, of what was kept of the
 * progress of the areas below; where theirs could not be made they are told. */
#include "cmd/batchrun.h"

#include <string.h>

static const struct node *progress_of(const struct batch *summary)
{
	const struct node *n = summary ? summary->list.root->child : NULL;

	while (n && !(node_is(n, "progress") && node_attribute(n, "list")))
		n = n->next;
	return n;
}

bool batch_above_asked(struct batch *const summary[LIST_SUMMARIES_MAX], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (progress_of(summary[i]))
			return true;
	return false;
}

/* ---- what is below ---- */

const char *batch_kept_of(const struct batch *b, size_t i)
{
	const struct state *state = batch_state(b->followed);
	const struct state_area *area = i < state->n_area ? &state->area[i] : NULL;

	return area && area->state == AREA_DONE ? area->value[0] : NULL;
}

const char *const *batch_above_kept(const struct batch *b, size_t area, struct arena *a, size_t *n)
{
	size_t first = b->plans->first_member[area];
	const char **kept;

	*n = b->plans->first_member[area + 1] - first;
	kept = ARENA_ARRAY(a, *n, const char *);
	for (size_t i = 0; i < *n; i++)
		kept[i] = batch_kept_of(b, b->plans->member[first + i]);
	return kept;
}

/* ---- the stage ---- */

static bool prepare(struct batch *b)
{
	if (!batch_followed_prepare(b))
		return false;
	b->member = b->plans->member;
	b->first_member = b->plans->first_member;
	b->n_lost = b->plans->n_lost;
	batch_note_unsigned(b, b->specimen->brief_sign, b->brief ? b->specimen->n_brief_sign : 0);
	return batch_previous_check(b);
}

static const struct batch_stage stage = { .prepare = prepare, .make = batch_make_progress, .write = batch_write_progress };

/* What is wrong with the job itself is told before anything is made. */
static bool check_list(const struct batch *s, const struct node *progress)
{
	const char *list = node_attribute(progress, "list");
	const struct node *n = s->list.root->child;

	if (strcmp(list, s->below->list.each) != 0)
		return diag_error(s->diags, node_place(progress, "list", 0), "summary", "list='%s' is no list of areas below; write list=\"%s\"", list,
			s->below->list.each);
	while (n && !(node_is(n, "source") && node_attribute(n, "list")))
		n = n->next;
	return n
		|| diag_error(s->diags, progress->at, "summary",
			"the areas whose progress is added up must be listed by a source too: add <source ... list=\"%s\"/>", list);
}

static bool open_above(struct batch *s, struct batch *progress, struct batch **above)
{
	const struct node *asked = progress_of(s);
	struct batch *b;

	if (!asked)
		return true;
	if (!check_list(s, asked) || !followed_template(s->specimen, &s->library, &s->arena, s->diags))
		return false;
	b = batch_followed_open(s, &stage, arena_printf(&s->arena, "batch-%s-%s", s->list.each, progress->period));
	b->below = s->below;
	b->followed = progress;
	*above = b;
	return true;
}

bool batch_above_open(struct batch *const summary[LIST_SUMMARIES_MAX], struct batch *progress, struct batch *above[LIST_SUMMARIES_MAX])
{
	bool ok = true;

	for (size_t i = 0; i < LIST_SUMMARIES_MAX && summary[i]; i++)
		ok = open_above(summary[i], progress, &above[i]) && ok;
	return ok;
}

bool batch_above_run(struct batch *const above[LIST_SUMMARIES_MAX])
{
	bool on = true;

	for (size_t i = 0; i < LIST_SUMMARIES_MAX && on; i++) {
		struct batch *b = above[i];

		if (!b || b->plans->failed)
			continue;
		b->failed = !batch_stage_run(b) || !batch_stage_end(b);
		on = !b->diags->n_fault && !(b->failed && b->pipeline.strict);
	}
	return on;
}
