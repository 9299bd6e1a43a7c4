#include "model/sumnames.h"

#include "base/utf8.h"
#include "model/header.h"

#include <string.h>

struct area_name sumnames_of(const struct sums *s, const struct data_row *r)
{
	struct area_name name;

	area_name_of(s->names, r->label, utf8_fold(r->label, strlen(r->label), s->arena), s->arena, &name);
	return name;
}

bool sumnames_are_areas(const struct data *data)
{
	return data->n_row && data->dataset->field[data->dataset->label].type == FIELD_AREA;
}

/* ---- administrative words ---- */

size_t sumnames_word(struct sums *s, const struct sum_finding *f, const struct sum_row *x, const char **word)
{
	size_t n = 0;

	*word = NULL;
	for (size_t i = x->first; i < x->first + x->n_row; i++) {
		struct area_name name;

		if (f->is_sum[i])
			continue;
		name = sumnames_of(s, &f->data->row[i]);
		if (!name.bare || (*word && (n != name.bare || memcmp(*word, name.normal, n) != 0)))
			return 0;
		*word = name.normal;
		n = name.bare;
	}
	return n;
}

bool sumnames_have_word(struct sums *s, const struct sum_finding *f, size_t row, const char *word, size_t n)
{
	struct area_name name = sumnames_of(s, &f->data->row[row]);

	return n == name.bare && !memcmp(word, name.normal, n);
}

bool sumnames_are_alike(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	unsigned char rank = f->data->row[sum->row].rank;
	struct arena scratch = { 0 };
	struct sums names = *s;
	const char *word;
	size_t n;
	bool is;

	if (rank == ORDINAL_NONE || f->data->n_row > NAMES_LOOKED_AT)
		return false;
	for (size_t i = sum->first; i < sum->first + sum->n_row; i++)
		if (!f->is_sum[i] && f->data->row[i].rank != rank)
			return false;
	names.arena = &scratch;
	n = sumnames_word(&names, f, sum, &word);
	is = n && sumnames_have_word(&names, f, sum->row, word, n);
	arena_clear(&scratch);
	return is;
}

/* ---- the job's own area, and kinds of rows ---- */

bool sumnames_are_root(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	return !strcmp(sumnames_of(s, &f->data->row[sum->row]).normal, area_names_normal(s->names, s->job->area, s->arena));
}

bool sumnames_are_bare_root(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	struct area_name root;

	area_name_of(s->names, s->job->area, utf8_fold(s->job->area, strlen(s->job->area), s->arena), s->arena, &root);
	return root.bare && !strcmp(sumnames_of(s, &f->data->row[sum->row]).normal, root.normal + root.bare);
}

unsigned *sumnames_kinds(struct sums *s, const struct sum_finding *f, enum sum_reason why)
{
	unsigned *kind = memory_new(f->data->n_row, sizeof *kind);
	struct arena scratch = { 0 };
	struct sums names = *s;

	names.arena = &scratch;
	for (size_t i = 0; i < f->data->n_row; i++) {
		kind[i] = why == WHY_ORDINAL ? f->data->row[i].rank : sumnames_of(&names, &f->data->row[i]).level;
		arena_clear(&scratch);
	}
	return kind;
}

/* ---- for messages ---- */

const char *sumnames_range(struct sums *s, const struct sum_finding *f, const struct sum_row *x)
{
	const struct data_row *row = &f->data->row[x->first];

	if (x->n_row == 1)
		return arena_printf(s->arena, "'%s'", row->label);
	return arena_printf(s->arena, "'%s' - '%s' (%zu)", row->label, row[x->n_row - 1].label, x->n_row);
}

const char *sumnames_column(struct sums *s, const struct sum_finding *f, size_t field)
{
	return header_name(f->data->dataset->field[field].label, f->data->source->period_year, s->arena);
}
