/* What was kept of the progress of areas, read again. Nobody but this program writes it: what is not as it would be is an error. */
#include "compute/progressbelow.h"

#include <string.h>

enum { NUMBER_DIGITS = 9, LETTER = 1 };

/* A word up to a blank or the end of its line; behind a line there is nothing but the next one. */
struct reading {
	const char *at;
	struct arena *arena;
	bool bad;
};

static const char *take_word(struct reading *r)
{
	size_t n = strcspn(r->at, " \n");
	const char *word = arena_slice(r->arena, r->at, n);

	r->bad = r->bad || !n;
	r->at += n;
	if (*r->at)
		r->at++;
	return word;
}

static size_t take_number(struct reading *r)
{
	const char *word = take_word(r);
	size_t n = 0;

	r->bad = r->bad || strlen(word) > NUMBER_DIGITS || word[strspn(word, "0123456789")];
	for (; *word && !r->bad; word++)
		n = n * 10 + (size_t)(*word - '0');
	return r->bad ? 0 : n;
}

static unsigned take_month(struct reading *r, unsigned last)
{
	size_t month = take_number(r);

	r->bad = r->bad || month < 1 || month > last;
	return r->bad ? 1 : (unsigned)month;
}

static struct figure take_figure(struct reading *r, const struct origin *at)
{
	static const char letters[] = { [FIGURE_MISSING] = '-', [FIGURE_NOT_APPLICABLE] = 'z', [FIGURE_CONFIDENTIAL] = 'c' };
	const char *word = take_word(r);
	struct figure figure = figure_of(ratio_whole(0));

	for (enum figure_state state = FIGURE_MISSING; state <= FIGURE_CONFIDENTIAL; state++)
		if (word[0] == letters[state] && !word[LETTER])
			figure.state = state;
	r->bad = r->bad || (figure.state == FIGURE_OK && !ratio_read_exact(word, &figure.x));
	figure.from = at;
	figure.n_from = 1;
	return figure;
}

static const struct figure *take_figures(struct reading *r, size_t n, const struct origin *at)
{
	struct figure *figure = ARENA_ARRAY(r->arena, n, struct figure);

	for (size_t i = 0; i < n; i++)
		figure[i] = take_figure(r, at);
	return figure;
}

/* Whether a line of that kind is next. */
static bool is_line(const struct reading *r, char kind)
{
	return r->at[0] == kind && r->at[1] == ' ';
}

static void take_kind(struct reading *r, char kind)
{
	r->bad = r->bad || !is_line(r, kind);
	if (!r->bad)
		r->at += 2;
}

/* ---- lines ---- */

static void take_months(struct reading *r, unsigned last, struct kept_month *month)
{
	for (unsigned i = 0; i < last && !r->bad; i++) {
		const char *day;

		take_kind(r, 'm');
		month[i].n_return = take_number(r);
		month[i].n_late = take_number(r);
		month[i].late_days = (int64_t)take_number(r);
		day = take_word(r);
		month[i].day = strcmp(day, "-") ? day : NULL;
	}
}

static void take_parts(struct reading *r, const struct progressing *p, size_t n_field, const struct origin *at, struct kept_indicator *i)
{
	struct kept_part *part = NULL;
	size_t cap = 0;

	while (is_line(r, 'p') && !r->bad) {
		struct kept_part one;

		take_kind(r, 'p');
		one.month = take_month(r, p->last);
		one.since = take_month(r, one.month);
		one.n_area = take_number(r);
		one.sum = take_figures(r, n_field, at);
		*ARENA_PUSH(r->arena, part, i->n_part, &cap) = one;
	}
	i->part = part;
}

static void take_indicator(struct reading *r, const struct progressing *p, size_t n_field, const struct origin *at, struct kept_indicator *i)
{
	const char *how, *waits;

	take_kind(r, 'i');
	i->year = take_figure(r, at);
	how = take_word(r);
	waits = take_word(r);
	r->bad = r->bad || (strcmp(how, "s") && strcmp(how, "p")) || strlen(waits) != p->last;
	for (unsigned month = 0; month < p->last && !r->bad; month++)
		i->waits[month] = waits[month] == '1';
	if (*how == 'p')
		i->to_date = take_figures(r, PROGRESS_MONTHS, at);
	take_parts(r, p, n_field, at, i);
}

static bool has_spans(const struct progressing *p, const struct progress_kept *kept)
{
	for (size_t i = 0; i < p->template->n_indicator; i++)
		for (size_t k = 0; k < kept->indicator[i].n_part; k++)
			if (kept->indicator[i].part[k].since < kept->indicator[i].part[k].month)
				return true;
	return false;
}

static const struct progress_kept *take_all(struct reading *r, const struct progressing *p, const struct origin *at)
{
	struct progress_kept *kept = ARENA_NEW(r->arena, struct progress_kept);
	struct kept_indicator *indicator = ARENA_ARRAY(r->arena, p->template->n_indicator, struct kept_indicator);
	struct figure *base = ARENA_ARRAY(r->arena, p->template->n_base, struct figure);

	kept->n_area = take_number(r);
	r->bad = r->bad || take_number(r) != p->last;
	kept->n_correction = take_number(r);
	take_months(r, p->last, kept->month);
	for (size_t i = 0; i < p->template->n_base && !r->bad; i++) {
		take_kind(r, 'b');
		base[i] = take_figure(r, at);
	}
	for (size_t i = 0; i < p->template->n_indicator && !r->bad; i++)
		take_indicator(r, p, p->indicator[i].n_field, at, &indicator[i]);
	kept->base = base;
	kept->indicator = indicator;
	r->bad = r->bad || strcmp(r->at, KEPT_END) != 0;
	return kept;
}

static bool read_area(struct progressing *p, size_t area, const char *text, const struct progress_kept **kept)
{
	struct reading r = { .at = text, .arena = p->own };
	const struct area *of = p->returns->area[area];
	const char *template = take_word(&r), *dataset = take_word(&r);

	if (strcmp(template, p->template->name) != 0 || strcmp(dataset, p->returns->dataset->id) != 0)
		return diag_error(p->d, p->job->progress_node ? p->job->progress_node->at : p->job->at, "below",
			"the progress of %s was followed by the template '%s' over '%s', here it is '%s' over '%s'; name the same template in both jobs",
			of->name, template, dataset, p->template->name, p->returns->dataset->id);
	*kept = take_all(&r, p, &of->at);
	return !r.bad
		|| diag_error(p->d, of->at, "below", "what was kept of the progress of %s cannot be read; run it again without the batch-*.json of the period",
			of->name);
}

bool below_read(struct progressing *p)
{
	const struct progress_kept **kept = ARENA_ARRAY(p->own, p->n_area, const struct progress_kept *);
	bool ok = true;

	for (size_t i = 0; i < p->n_area; i++) {
		const char *text = p->input->below[i];

		ok = (!text || read_area(p, i, text, &kept[i])) && ok;
		p->has_spans = p->has_spans || (ok && kept[i] && has_spans(p, kept[i]));
	}
	p->below = kept;
	return ok;
}

void kept_count(const char *text, unsigned last, size_t *n, size_t *due)
{
	struct arena a = { 0 };
	struct reading r = { .at = text, .arena = &a };
	struct kept_month month[PROGRESS_MONTHS] = { 0 };

	take_word(&r);
	take_word(&r);
	*due += take_number(&r) * last;
	take_number(&r);
	take_number(&r);
	take_months(&r, last, month);
	for (unsigned i = 0; i < last; i++)
		*n += month[i].n_return;
	arena_clear(&a);
}
