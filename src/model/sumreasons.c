#include "model/sumreasons.h"

#include "model/groups.h"
#include "model/sumcompare.h"
#include "model/sumnames.h"
#include "model/sumwords.h"

#include <string.h>

/* ---- what tells a group from the rows that it covers ---- */

static bool is_of_level_above(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	unsigned level = sumnames_of(s, &f->data->row[sum->row]).level;

	for (size_t i = sum->first; level && i < sum->first + sum->n_row; i++)
		if (!f->is_sum[i] && sumnames_of(s, &f->data->row[i]).level <= level)
			return false;
	return level != 0;
}

static bool is_told_by_ordinal(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	bool has_ordinal = f->data->row[sum->row].rank != ORDINAL_NONE;

	(void)s;
	for (size_t i = sum->first; i < sum->first + sum->n_row; i++)
		if (!f->is_sum[i] && (f->data->row[i].rank != ORDINAL_NONE) == has_ordinal)
			return false;
	return true;
}

static bool is_named_above(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	const struct field *parent = dataset_field(f->data->dataset, "parent");
	const char *name = sumnames_of(s, &f->data->row[sum->row]).normal;

	for (size_t i = sum->first; parent && i < sum->first + sum->n_row; i++) {
		const char *above = f->data->row[i].datum[parent - f->data->dataset->field].text;

		if (!f->is_sum[i] && (!above || strcmp(area_names_normal(s->names, above, s->arena), name) != 0))
			return false;
	}
	return parent;
}

static void read_others(struct sums *s, size_t mine)
{
	map_init(&s->others, s->arena);
	s->has_others = true;
	for (size_t i = 0; i < s->n_data; i++)
		for (size_t k = 0; i != mine && sumnames_are_areas(&s->data[i]) && k < s->data[i].n_row; k++)
			if (!s->finding[i].is_sum[k])
				map_add(&s->others, sumnames_of(s, &s->data[i].row[k]).normal, 0, NULL);
}

static bool is_not_known(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	size_t n_known = 0;
	size_t n = 0;

	if (sumnames_are_alike(s, f, sum))
		return false;
	if (!s->has_others)
		read_others(s, (size_t)(f->data - s->data));
	if (map_find(&s->others, sumnames_of(s, &f->data->row[sum->row]).normal, NULL))
		return false;
	for (size_t i = sum->first; i < sum->first + sum->n_row; i++) {
		n += !f->is_sum[i];
		n_known += !f->is_sum[i] && map_find(&s->others, sumnames_of(s, &f->data->row[i]).normal, NULL);
	}
	return n_known >= KNOWN_LEAST && 2 * n_known >= n;
}

static const struct sign {
	enum sum_reason why;
	enum sum_grade least; /* a missing ordinal, or an area that is new, may be by chance too */
	bool (*is)(struct sums *, const struct sum_finding *, const struct sum_row *);
} signs[] = {
	{ WHY_ROOT, SUM_WEAK, sumnames_are_root },
	{ WHY_LEVEL, SUM_WEAK, is_of_level_above },
	{ WHY_ORDINAL, SUM_LIKELY, is_told_by_ordinal },
	{ WHY_PARENT, SUM_WEAK, is_named_above },
	{ WHY_ROOT, SUM_LIKELY, sumnames_are_bare_root },
	{ WHY_KNOWN, SUM_STRONG, is_not_known },
	{ WHY_WORD, SUM_WEAK, sumwords_tell },
};

static enum sum_reason why_is_group(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	if (f->data->source->sums == SUMS_GROUPS && sum->grade >= SUM_LIKELY)
		return WHY_SAID;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (sum->grade >= signs[i].least && signs[i].is(s, f, sum))
			return signs[i].why;
	return WHY_NOT;
}

/* ---- the total row of the source ---- */

enum reading { READS_NEITHER, READS_DATA, READS_GROUPS };

static enum reading total_reads(struct sum_finding *f)
{
	if (!f->data->total)
		return READS_NEITHER;
	if (sumcompare_total(f, true))
		return READS_DATA;
	return sumcompare_total(f, false) ? READS_GROUPS : READS_NEITHER;
}

/* ---- all of them ---- */

/* Rows within a group that are sums: the group comes out only without them. Sorted. */
static void take_inner(struct sum_finding *f, size_t i_outer)
{
	const struct sum_row *outer = &f->sum[i_outer];
	size_t i = i_outer;

	while (i && f->sum[i - 1].row >= outer->first)
		i--;
	for (; i < f->n_sum && f->sum[i].row < outer->first + outer->n_row; i++)
		if (!f->sum[i].why && f->sum[i].row >= outer->first)
			f->sum[i].why = WHY_AROUND;
}

/* What the name says holds even against a total row, which may have been added up over the groups too. */
static bool holds(enum sum_reason why, enum reading total)
{
	return total != READS_DATA || why == WHY_ROOT || why == WHY_LEVEL || why == WHY_PARENT;
}

static void find_reasons(struct sums *s, struct sum_finding *f, enum reading total)
{
	sumfind_sort(f);
	for (size_t i = 0; i < f->n_sum; i++) {
		f->sum[i].why = total == READS_GROUPS ? WHY_TOTAL : why_is_group(s, f, &f->sum[i]);
		if (!holds(f->sum[i].why, total))
			f->sum[i].why = WHY_NOT;
	}
	for (size_t i = 0; i < f->n_sum; i++)
		if (f->sum[i].why)
			take_inner(f, i);
}

/* ---- what nothing calls a group ---- */

/* Shows what the source adds up to either way. False: it is an error. */
static bool report_unsure(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	const struct data_row *r = &f->data->row[sum->row];
	bool is_error = sum->grade == SUM_STRONG;
	struct ratio as_group;
	struct ratio as_data;
	size_t i = 0;

	while (i + 1 < f->data->dataset->n_field && !(groups_add_up(&f->data->dataset->field[i]) && r->datum[i].figure.x.num))
		i++;
	if (!sumcompare_all(f, i, f->data->n_row, &as_group) || !sumcompare_all(f, i, sum->row, &as_data))
		as_group = as_data = ratio_whole(0);
	diag_add(s->diags, is_error ? DIAG_ERROR : DIAG_WARNING, r->at, "looks-like-total",
		"is '%s' a row of a group or an area? Its figures are the sums of the rows %s; as a row of a group, %s comes to %s in all, as an "
		"area, to %s. A group: give it the ordinal I or A ('Cộng' if it is a total), or write sums=\"groups\" on the job's <source> "
		"'%s'; an area: write sums=\"data\"",
		r->label, sumnames_range(s, f, sum), sumnames_column(s, f, i), groups_number(as_group, s->arena), groups_number(as_data, s->arena),
		f->data->source->id);
	return !is_error;
}

static void note_area(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	diag_note(s->diags, f->data->row[sum->row].at, "looks-like-total",
		"the figures of '%s' are the sums of the rows %s, but its ordinal and its name are like theirs, and it is read as an area",
		f->data->row[sum->row].label, sumnames_range(s, f, sum));
}

/* The total row says that it is one of data, or was added up wrongly. */
static void warn_counted(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	diag_warning(s->diags, f->data->row[sum->row].at, "looks-like-total",
		"the figures of '%s' are the sums of the rows %s, but the total row counts it as an area beside them, and so it is read; if it "
		"is none, correct the total row and give it the ordinal I or A",
		f->data->row[sum->row].label, sumnames_range(s, f, sum));
}

/* Sums that nothing calls groups are data, and most of them an error. */
static bool drop_unsure(struct sums *s, struct sum_finding *f, enum reading total)
{
	size_t n = 0;
	bool ok = true;

	for (size_t i = 0; i < f->n_sum; i++)
		if (!f->sum[i].why && total == READS_DATA && f->sum[i].grade == SUM_STRONG)
			warn_counted(s, f, &f->sum[i]);
		else if (!f->sum[i].why && f->sum[i].grade >= SUM_LIKELY && sumnames_are_alike(s, f, &f->sum[i]))
			note_area(s, f, &f->sum[i]);
		else if (!f->sum[i].why && total != READS_DATA && f->sum[i].grade >= SUM_LIKELY)
			ok = report_unsure(s, f, &f->sum[i]) && ok;
	for (size_t i = 0; i < f->n_sum; i++)
		if (f->sum[i].why)
			f->sum[n++] = f->sum[i];
		else
			f->is_sum[f->sum[i].row] = false;
	f->n_sum = n;
	return ok;
}

bool sumreasons_take(struct sums *s, struct sum_finding *f)
{
	enum reading total = total_reads(f);

	s->has_others = false;
	find_reasons(s, f, total);
	if (s->has_others)
		map_clear(&s->others);
	return drop_unsure(s, f, total);
}
