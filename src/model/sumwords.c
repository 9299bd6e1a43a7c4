#include "model/sumwords.h"

#include "model/sumcompare.h"

/* The rows behind a row whose names begin with another word than the one of groups, to the next one of those; 0: there are none, or
 * their words differ. */
static size_t run_below(struct sums *s, const struct sum_finding *f, size_t row, const struct sum_words *words)
{
	struct sum_row x = { .row = row, .first = row + 1 };
	const char *word;

	while (x.first + x.n_row < f->data->n_row && !sumnames_have_word(s, f, x.first + x.n_row, words->group, words->n))
		x.n_row++;
	return sumnames_word(s, f, &x, &word) ? x.n_row : 0;
}

static bool is_sum_of_run(const struct sum_finding *f, size_t row, size_t n_row)
{
	struct sum_row x = { .row = row, .first = row + 1, .n_row = n_row };
	struct sum_comparison c;

	if (n_row > 1)
		return sumfind_grade(f, row, row + 1, n_row) != SUM_NOT;
	c = sumcompare(f, &x, false);
	return c.n_same && !c.n_near && !c.n_far;
}

static struct sum_words find_words(struct sums *s, const struct sum_finding *f)
{
	struct sum_words words = { .are_known = true };
	struct area_name name = sumnames_of(s, &f->data->row[0]);
	size_t n_group = 0;
	size_t n_row = 0;

	words.group = name.normal;
	words.n = name.bare;
	for (size_t i = 0; i < f->data->n_row; i += 1 + n_row, n_group++) {
		n_row = run_below(s, f, i, &words);
		if (!words.n || !n_row || !is_sum_of_run(f, i, n_row))
			return words;
	}
	words.are_there = n_group > 1;
	return words;
}

bool sumwords_tell(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	if (!s->words.are_known && f->data->n_row <= NAMES_LOOKED_AT)
		s->words = find_words(s, f);
	return s->words.are_there && sumnames_have_word(s, f, sum->row, s->words.group, s->words.n);
}

void sumwords_take_single(struct sums *s, struct sum_finding *f)
{
	for (size_t i = 0; s->words.are_there && i + 1 < f->data->n_row; i++) {
		if (f->is_sum[i] || !sumnames_have_word(s, f, i, s->words.group, s->words.n))
			continue;
		f->is_sum[i] = true;
		*ARENA_PUSH(f->arena, f->sum, f->n_sum, &f->cap) = (struct sum_row){ .row = i, .first = i + 1, .n_row = 1, .why = WHY_WORD };
	}
}
