/* What a revision adds and nothing refers to: no viewer shows it, and no signature in that revision need have meant it. */
#include "seal/step.h"

struct search {
	const struct step *step;
	const struct pdf_revision *revision;
	uint32_t *added; /* [n_added] by number */
	size_t n_added;
	bool *reached; /* [n_added] */
	const struct pdf_object **waiting;
	size_t n_waiting, cap;
};

static void push(struct search *s, const struct pdf_object *value)
{
	*ARENA_PUSH(s->step->arena, s->waiting, s->n_waiting, &s->cap) = value;
}

/* The place among what was added; n_added: it is not there. */
static size_t place_of(const struct search *s, uint32_t number)
{
	size_t low = 0;
	size_t high = s->n_added;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->added[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->n_added && s->added[low] == number ? low : s->n_added;
}

static void reach(struct search *s, uint32_t number)
{
	size_t i = place_of(s, number);

	if (i == s->n_added || s->reached[i])
		return;
	s->reached[i] = true;
	push(s, pdf_get(s->step->after, number));
}

/* Goes from what waits through what was added; what was there before was gone through when it was added. */
static void follow(struct search *s)
{
	while (s->n_waiting) {
		const struct pdf_object *o = s->waiting[--s->n_waiting];

		if (o->kind == PDF_REFERENCE)
			reach(s, (uint32_t)o->number);
		for (uint32_t i = 0; o->kind == PDF_ARRAY && i < o->n; i++)
			push(s, &o->item[i]);
		for (uint32_t i = 0; (o->kind == PDF_DICT || o->kind == PDF_STREAM) && i < o->n; i++)
			push(s, &o->entry[i].value);
	}
}

/* The objects that hold others, packed, are referred to by the table alone. */
static void reach_packs(struct search *s)
{
	for (size_t i = 0; i < s->revision->n_written; i++)
		if (s->revision->written[i]->state == PDF_IN_STREAM)
			reach(s, s->revision->written[i]->container);
}

static bool is_added(const struct step *s, const struct pdf_written *w)
{
	return w->state != PDF_FREE && !w->is_xref && (w->is_new || pdf_get(s->before, w->number)->kind == PDF_NULL);
}

static void list_added(struct search *s)
{
	s->added = ARENA_ARRAY(s->step->arena, s->revision->n_written, uint32_t);
	for (size_t i = 0; i < s->revision->n_written; i++)
		if (is_added(s->step, s->revision->written[i]))
			s->added[s->n_added++] = s->revision->written[i]->number;
	s->reached = ARENA_ARRAY(s->step->arena, s->n_added, bool);
}

/* From the trailer and from what was there before and is written again; all of that is judged by itself. */
static void reach_all(struct search *s)
{
	push(s, pdf_trailer(s->step->after));
	for (size_t i = 0; i < s->revision->n_written; i++)
		if (place_of(s, s->revision->written[i]->number) == s->n_added)
			push(s, pdf_get(s->step->after, s->revision->written[i]->number));
	reach_packs(s);
	follow(s);
}

void step_find_unused(const struct step *step, size_t revision, uint32_t **number, size_t *n)
{
	struct search s = { .step = step, .revision = pdf_revision(step->after.file, revision) };

	list_added(&s);
	reach_all(&s);
	*number = s.added;
	*n = 0;
	for (size_t i = 0; i < s.n_added; i++)
		if (!s.reached[i])
			s.added[(*n)++] = s.added[i];
}
