#include "model/sumrows.h"

#include "model/sumlike.h"
#include "model/sumnames.h"
#include "model/sumnearly.h"
#include "model/sumreasons.h"

#include <stdlib.h>

static bool decide(struct sums *s, struct sum_finding *f)
{
	s->words = (struct sum_words){ 0 };
	if (f->n_sum && !(sumreasons_take(s, f) && sumlike_take(s, f)))
		return false;
	return sumnearly_check_names(s, f) && sumnearly_check_edges(s, f);
}

/* ---- data without them ---- */

static const char *reason_text(const struct diags *d, enum sum_reason why)
{
	switch (why) {
	case WHY_SAID:
		return diag_say(d, "the job says so by sums=\"groups\"");
	case WHY_TOTAL:
		return diag_say(d, "the total row comes out only so");
	case WHY_ROOT:
		return diag_say(d, "it has the name of the job's own area");
	case WHY_LEVEL:
		return diag_say(d, "its name is of a level above theirs");
	case WHY_ORDINAL:
		return diag_say(d, "ordinals tell it from them");
	case WHY_PARENT:
		return diag_say(d, "they name it as the area above");
	case WHY_KNOWN:
		return diag_say(d, "other files of the job have them, but not it");
	case WHY_WORD:
		return diag_say(d, "every row with that word in front of its name is the sum of those below it");
	case WHY_AROUND:
		return diag_say(d, "the row over it comes out only so");
	case WHY_KIND:
		return diag_say(d, "so are the other rows like it");
	case WHY_NOT:
		break;
	}
	return "";
}

static void note_group(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	const struct data_row *r = &f->data->row[sum->row];

	diag_note(s->diags, r->at, "group-row",
		"'%s' is taken for a row of a group, because its figures are the sums of the rows %s and %s; if it is an area, write "
		"sums=\"data\" on the job's <source> '%s'",
		r->label, sumnames_range(s, f, sum), reason_text(s->diags, sum->why), f->data->source->id);
}

/* before [n_row + 1]: rows in front of a row that stay data. */
static void move_groups(struct data *data, const struct sum_finding *f, const size_t *before, struct arena *a)
{
	struct group_row *group = ARENA_ARRAY(a, data->n_group + f->n_sum, struct group_row);

	for (size_t i = 0; i < data->n_group; i++)
		group[i] = data->group[i];
	for (size_t i = 0; i < f->n_sum; i++)
		group[data->n_group++]
			= (struct group_row){ .row = data->row[f->sum[i].row], .first = f->sum[i].first, .n_row = f->sum[i].n_row };
	for (size_t i = 0; i < data->n_group; i++) {
		size_t end = before[group[i].first + group[i].n_row];

		group[i].first = before[group[i].first];
		group[i].n_row = end - group[i].first;
	}
	data->group = group;
}

/* Takes the sums out of the rows of data. */
static void take_groups(struct sums *s, struct data *data, struct sum_finding *f, struct arena *a)
{
	struct data_row *row = (struct data_row *)data->row;
	size_t *before = memory_new(data->n_row + 1, sizeof *before);
	size_t n = 0;

	sumfind_sort(f);
	for (size_t i = 0; i < f->n_sum; i++)
		note_group(s, f, &f->sum[i]);
	for (size_t i = 0; i < data->n_row; i++) {
		before[i] = n;
		n += !f->is_sum[i];
	}
	before[data->n_row] = n;
	move_groups(data, f, before, a);
	for (size_t i = 0; i < data->n_row; i++)
		if (!f->is_sum[i])
			row[before[i]] = row[i];
	data->n_row = n;
	free(before);
}

bool sumrows_take(const struct job *job, const struct area_names *names, struct data *data, size_t n_data, struct arena *a,
	struct diags *d)
{
	struct arena scratch = { 0 };
	struct sums s = { .job = job, .names = names, .data = data, .n_data = n_data, .arena = &scratch, .diags = d };
	bool ok = true;

	s.finding = ARENA_ARRAY(&scratch, n_data, struct sum_finding);
	for (size_t i = 0; i < n_data; i++)
		sumfind_begin(&s.finding[i], &data[i], &scratch);
	for (size_t i = 0; i < n_data; i++)
		ok = decide(&s, &s.finding[i]) && ok;
	for (size_t i = 0; i < n_data; i++) {
		if (s.finding[i].n_sum)
			take_groups(&s, &data[i], &s.finding[i], a);
		sumfind_end(&s.finding[i]);
	}
	arena_clear(&scratch);
	return ok;
}
