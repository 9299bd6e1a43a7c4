#include "model/sumrows.h"

#include "base/utf8.h"
#include "model/groups.h"
#include "model/header.h"
#include "model/sumfind.h"

#include <stdlib.h>
#include <string.h>

enum {
	KNOWN_LEAST = 2,	/* rows that a row covers and other sources have */
	NAMES_LOOKED_AT = 5000, /* of a source, for rows that stand over others by their names alone */
	SAME_LEAST = 10,	/* a sum of theirs that is no chance */
	NEAR_PARTS = 50,	/* a figure that is off by no more than this part of the sum is near it */
};

struct sums {
	const struct job *job;
	const struct area_names *names;
	struct data *data; /* [n_data] */
	size_t n_data;
	struct sum_finding *finding; /* [n_data] */
	struct map others; /* normal forms of the names in the sources beside the one at hand, but for rows that are sums */
	bool has_others;
	struct words {
		bool are_known;
		bool are_there;	   /* all rows of one word are the sums of those of the other */
		const char *group; /* [n] the one of the sums, with a space behind it */
		size_t n;
	} words; /* in front of the names of the source at hand */
	struct arena *arena;
	struct diags *diags;
};

/* ---- names ---- */

static struct area_name name_of(const struct sums *s, const struct data_row *r)
{
	struct area_name name;

	area_name_of(s->names, r->label, utf8_fold(r->label, strlen(r->label), s->arena), s->arena, &name);
	return name;
}

static bool is_of_areas(const struct data *data)
{
	return data->n_row && data->dataset->field[data->dataset->label].type == FIELD_AREA;
}

static void read_others(struct sums *s, size_t mine)
{
	map_init(&s->others, s->arena);
	s->has_others = true;
	for (size_t i = 0; i < s->n_data; i++)
		for (size_t k = 0; i != mine && is_of_areas(&s->data[i]) && k < s->data[i].n_row; k++)
			if (!s->finding[i].is_sum[k])
				map_add(&s->others, name_of(s, &s->data[i].row[k]).normal, 0, NULL);
}

/* ---- how the figures of a row compare with the sums of others ---- */

/* How the figures of a row compare with the sums of a range. */
struct comparison {
	size_t n_same;	 /* columns that come out and are not zero */
	size_t n_near;	 /* that nearly do */
	size_t n_far;
	bool is_large;	 /* one of the first two is no small figure */
	bool is_over;	 /* no figure is below the largest of the range */
	size_t wrong;	 /* the first field that does not come out */
	struct ratio sum; /* of it */
};

static struct ratio distance(struct ratio a, struct ratio b)
{
	struct diags unheard = { .quiet = true };
	struct origin nowhere = { 0 };
	bool is_less = ratio_compare(a, b) < 0;
	struct ratio x;

	if (!ratio_sub(is_less ? b : a, is_less ? a : b, nowhere, &x, &unheard))
		x = ratio_whole(INT64_MAX);
	diags_clear(&unheard);
	return x;
}

static bool is_near(struct ratio stated, struct ratio sum, bool by_one)
{
	struct diags unheard = { .quiet = true };
	struct origin nowhere = { 0 };
	struct ratio off = distance(stated, sum);
	struct ratio parts;
	bool is = by_one && ratio_compare(off, ratio_whole(1)) <= 0;

	is = is || (ratio_mul(off, ratio_whole(NEAR_PARTS), nowhere, &parts, &unheard) && ratio_compare(parts, sum) <= 0);
	diags_clear(&unheard);
	return is;
}

static bool is_below_one(const struct sum_finding *f, const struct sum_row *x, size_t field)
{
	struct ratio stated = f->data->row[x->row].datum[field].figure.x;

	for (size_t i = x->first; i < x->first + x->n_row; i++)
		if (!f->is_sum[i] && ratio_compare(stated, f->data->row[i].datum[field].figure.x) < 0)
			return true;
	return false;
}

static struct comparison compare(const struct sum_finding *f, const struct sum_row *x, bool by_one)
{
	const struct data *data = f->data;
	struct comparison c = { .is_over = true };

	for (size_t i = 0; i < data->dataset->n_field; i++) {
		const struct figure *stated = &data->row[x->row].datum[i].figure;
		struct ratio sum;
		bool near;

		if (!groups_add_up(&data->dataset->field[i]) || stated->state != FIGURE_OK || !sumfind_add(f, i, x->first, x->n_row, &sum))
			continue;
		c.is_over = c.is_over && !is_below_one(f, x, i);
		if (!ratio_compare(stated->x, sum)) {
			c.n_same += sum.num != 0;
			c.is_large = c.is_large || ratio_compare(sum, ratio_whole(SAME_LEAST)) >= 0;
			continue;
		}
		near = is_near(stated->x, sum, by_one);
		if (!c.n_near && !c.n_far) {
			c.wrong = i;
			c.sum = sum;
		}
		c.n_near += near;
		c.n_far += !near;
		c.is_large = c.is_large || (near && ratio_compare(sum, ratio_whole(SAME_LEAST)) >= 0);
	}
	return c;
}

/* ---- administrative words ---- */

/* The bytes of the administrative word, the same word for all rows of the range but for sums; 0: there is none. */
static size_t common_word(struct sums *s, const struct sum_finding *f, const struct sum_row *x, const char **word)
{
	size_t n = 0;

	*word = NULL;
	for (size_t i = x->first; i < x->first + x->n_row; i++) {
		struct area_name name;

		if (f->is_sum[i])
			continue;
		name = name_of(s, &f->data->row[i]);
		if (!name.bare || (*word && (n != name.bare || memcmp(*word, name.normal, n) != 0)))
			return 0;
		*word = name.normal;
		n = name.bare;
	}
	return n;
}

static bool has_word(struct sums *s, const struct sum_finding *f, size_t row, const char *word, size_t n)
{
	struct area_name name = name_of(s, &f->data->row[row]);

	return n == name.bare && !memcmp(word, name.normal, n);
}

/* The rows behind a row whose names begin with another word than the one of groups, to the next one of those; 0: there are none, or
 * their words differ. */
static size_t run_below(struct sums *s, const struct sum_finding *f, size_t row, const struct words *words)
{
	struct sum_row x = { .row = row, .first = row + 1 };
	const char *word;

	while (x.first + x.n_row < f->data->n_row && !has_word(s, f, x.first + x.n_row, words->group, words->n))
		x.n_row++;
	return common_word(s, f, &x, &word) ? x.n_row : 0;
}

static bool is_sum_of_run(const struct sum_finding *f, size_t row, size_t n_row)
{
	struct sum_row x = { .row = row, .first = row + 1, .n_row = n_row };
	struct comparison c;

	if (n_row > 1)
		return sumfind_grade(f, row, row + 1, n_row) != SUM_NOT;
	c = compare(f, &x, false);
	return c.n_same && !c.n_near && !c.n_far;
}

/* "Cụm 1" over "Thôn 1", "Thôn 2", "Cụm 2" over "Thôn 3": from the first row to the last. */
static struct words find_words(struct sums *s, const struct sum_finding *f)
{
	struct words words = { .are_known = true };
	struct area_name name = name_of(s, &f->data->row[0]);
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

static bool is_told_by_word(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	if (!s->words.are_known && f->data->n_row <= NAMES_LOOKED_AT)
		s->words = find_words(s, f);
	return s->words.are_there && has_word(s, f, sum->row, s->words.group, s->words.n);
}

/* Its ordinal and its name are like those of the rows whose sums it states. */
static bool is_one_of_them(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
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
	n = common_word(&names, f, sum, &word);
	is = n && has_word(&names, f, sum->row, word, n);
	arena_clear(&scratch);
	return is;
}

/* ---- what tells a group from the rows that it covers ---- */

static bool is_total_over_them(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	return !strcmp(name_of(s, &f->data->row[sum->row]).normal, area_names_normal(s->names, s->job->area, s->arena));
}

/* "Mẫu" for "xã Mẫu"; an area within it may have that name too. */
static bool is_bare_total(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	struct area_name root;

	area_name_of(s->names, s->job->area, utf8_fold(s->job->area, strlen(s->job->area), s->arena), s->arena, &root);
	return root.bare && !strcmp(name_of(s, &f->data->row[sum->row]).normal, root.normal + root.bare);
}

static bool is_of_level_above(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	unsigned level = name_of(s, &f->data->row[sum->row]).level;

	for (size_t i = sum->first; level && i < sum->first + sum->n_row; i++)
		if (!f->is_sum[i] && name_of(s, &f->data->row[i]).level <= level)
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
	const char *name = name_of(s, &f->data->row[sum->row]).normal;

	for (size_t i = sum->first; parent && i < sum->first + sum->n_row; i++) {
		const char *above = f->data->row[i].datum[parent - f->data->dataset->field].text;

		if (!f->is_sum[i] && (!above || strcmp(area_names_normal(s->names, above, s->arena), name) != 0))
			return false;
	}
	return parent;
}

static bool is_not_known(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	size_t n_known = 0;
	size_t n = 0;

	if (is_one_of_them(s, f, sum))
		return false;
	if (!s->has_others)
		read_others(s, (size_t)(f->data - s->data));
	if (map_find(&s->others, name_of(s, &f->data->row[sum->row]).normal, NULL))
		return false;
	for (size_t i = sum->first; i < sum->first + sum->n_row; i++) {
		n += !f->is_sum[i];
		n_known += !f->is_sum[i] && map_find(&s->others, name_of(s, &f->data->row[i]).normal, NULL);
	}
	return n_known >= KNOWN_LEAST && 2 * n_known >= n;
}

static const struct sign {
	enum sum_reason why;
	enum sum_grade least; /* a missing ordinal, or an area that is new, may be by chance too */
	bool (*is)(struct sums *, const struct sum_finding *, const struct sum_row *);
} signs[] = {
	{ WHY_ROOT, SUM_WEAK, is_total_over_them },
	{ WHY_LEVEL, SUM_WEAK, is_of_level_above },
	{ WHY_ORDINAL, SUM_LIKELY, is_told_by_ordinal },
	{ WHY_PARENT, SUM_WEAK, is_named_above },
	{ WHY_ROOT, SUM_LIKELY, is_bare_total },
	{ WHY_KNOWN, SUM_STRONG, is_not_known },
	{ WHY_WORD, SUM_WEAK, is_told_by_word },
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

/* Whether all figures of the total row come out, one of which is not zero; without the rows that are sums, or with them. */
static bool comes_out(struct sum_finding *f, bool with_sums)
{
	const struct data *data = f->data;
	size_t n_same = 0;
	bool ok = true;

	f->is_plain = with_sums;
	for (size_t i = 0; ok && i < data->dataset->n_field; i++) {
		const struct figure *total = &data->total->datum[i].figure;
		struct ratio sum;

		if (!groups_add_up(&data->dataset->field[i]) || total->state != FIGURE_OK || !sumfind_add(f, i, 0, data->n_row, &sum))
			continue;
		ok = !ratio_compare(total->x, sum);
		n_same += sum.num != 0;
	}
	f->is_plain = false;
	return ok && n_same;
}

static enum reading total_reads(struct sum_finding *f)
{
	if (!f->data->total)
		return READS_NEITHER;
	if (comes_out(f, true))
		return READS_DATA;
	return comes_out(f, false) ? READS_GROUPS : READS_NEITHER;
}

/* ---- deciding ---- */

static int by_row(const void *a, const void *b)
{
	size_t x = ((const struct sum_row *)a)->row;
	size_t y = ((const struct sum_row *)b)->row;

	return (x > y) - (x < y);
}

/* As they stand in the source. */
static void sort_sums(struct sum_finding *f)
{
	if (f->n_sum)
		qsort(f->sum, f->n_sum, sizeof *f->sum, by_row);
}

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
	sort_sums(f);
	for (size_t i = 0; i < f->n_sum; i++) {
		f->sum[i].why = total == READS_GROUPS ? WHY_TOTAL : why_is_group(s, f, &f->sum[i]);
		if (!holds(f->sum[i].why, total))
			f->sum[i].why = WHY_NOT;
	}
	for (size_t i = 0; i < f->n_sum; i++)
		if (f->sum[i].why)
			take_inner(f, i);
}

/* The sum of a field over all rows where there is a figure, without those that are sums, but for one. */
static bool sum_all(const struct sum_finding *f, size_t field, size_t but, struct ratio *sum)
{
	struct diags unheard = { .quiet = true };
	bool ok = true;

	*sum = ratio_whole(0);
	for (size_t i = 0; ok && i < f->data->n_row; i++) {
		const struct figure *x = &f->data->row[i].datum[field].figure;

		if ((!f->is_sum[i] || i == but) && x->state == FIGURE_OK)
			ok = ratio_add(*sum, x->x, f->data->row[i].at, sum, &unheard);
	}
	diags_clear(&unheard);
	return ok;
}

/* "'Thôn 1' - 'Thôn 9' (9)" */
static const char *range_text(struct sums *s, const struct sum_finding *f, const struct sum_row *x)
{
	const struct data_row *row = &f->data->row[x->first];

	if (x->n_row == 1)
		return arena_printf(s->arena, "'%s'", row->label);
	return arena_printf(s->arena, "'%s' - '%s' (%zu)", row->label, row[x->n_row - 1].label, x->n_row);
}

static const char *label_of(struct sums *s, const struct sum_finding *f, size_t field)
{
	return header_name(f->data->dataset->field[field].label, f->data->source->period_year, s->arena);
}

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
	if (!sum_all(f, i, f->data->n_row, &as_group) || !sum_all(f, i, sum->row, &as_data))
		as_group = as_data = ratio_whole(0);
	diag_add(s->diags, is_error ? DIAG_ERROR : DIAG_WARNING, r->at, "looks-like-total",
		"is '%s' a row of a group or an area? Its figures are the sums of the rows %s; as a row of a group, %s comes to %s in all, as an "
		"area, to %s. A group: give it the ordinal I or A ('Cộng' if it is a total), or write sums=\"groups\" on the job's <source> "
		"'%s'; an area: write sums=\"data\"",
		r->label, range_text(s, f, sum), label_of(s, f, i), groups_number(as_group, s->arena), groups_number(as_data, s->arena),
		f->data->source->id);
	return !is_error;
}

static void note_area(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	diag_note(s->diags, f->data->row[sum->row].at, "looks-like-total",
		"the figures of '%s' are the sums of the rows %s, but its ordinal and its name are like theirs, and it is read as an area",
		f->data->row[sum->row].label, range_text(s, f, sum));
}

/* The total row says that it is one of data, or was added up wrongly. */
static void warn_counted(struct sums *s, const struct sum_finding *f, const struct sum_row *sum)
{
	diag_warning(s->diags, f->data->row[sum->row].at, "looks-like-total",
		"the figures of '%s' are the sums of the rows %s, but the total row counts it as an area beside them, and so it is read; if it "
		"is none, correct the total row and give it the ordinal I or A",
		f->data->row[sum->row].label, range_text(s, f, sum));
}

/* Sums that nothing calls groups are data, and most of them an error. */
static bool drop_unsure(struct sums *s, struct sum_finding *f, enum reading total)
{
	size_t n = 0;
	bool ok = true;

	for (size_t i = 0; i < f->n_sum; i++)
		if (!f->sum[i].why && total == READS_DATA && f->sum[i].grade == SUM_STRONG)
			warn_counted(s, f, &f->sum[i]);
		else if (!f->sum[i].why && f->sum[i].grade >= SUM_LIKELY && is_one_of_them(s, f, &f->sum[i]))
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

/* ---- rows like a group ---- */

/* What tells groups from rows, of each row: the level of its name, or the rank of its ordinal. */
static unsigned *read_kinds(struct sums *s, const struct sum_finding *f, enum sum_reason why)
{
	unsigned *kind = memory_new(f->data->n_row, sizeof *kind);
	struct arena scratch = { 0 };
	struct sums names = *s;

	names.arena = &scratch;
	for (size_t i = 0; i < f->data->n_row; i++) {
		kind[i] = why == WHY_ORDINAL ? f->data->row[i].rank : name_of(&names, &f->data->row[i]).level;
		arena_clear(&scratch);
	}
	return kind;
}

/* Whether such groups cover a row of the kind. */
static bool is_below(enum sum_reason why, unsigned group, unsigned row)
{
	return why == WHY_ORDINAL ? (group == ORDINAL_NONE) != (row == ORDINAL_NONE) : row > group;
}

static bool refuse_like(struct sums *s, const struct sum_finding *f, size_t row, size_t field, size_t n_row, struct ratio sum)
{
	const struct data_row *r = &f->data->row[row];

	return diag_error(s->diags, r->datum[field].figure.n_from ? r->datum[field].figure.from[0] : r->at, "group-row",
		"'%s' is like other rows that are groups, but %s is %s and the rows that it covers (%zu) add up to %s; correct it, or write "
		"sums=\"data\" on the job's <source> '%s' if all such rows are areas",
		r->label, label_of(s, f, field), groups_number(r->datum[field].figure.x, s->arena),
		n_row, groups_number(sum, s->arena), f->data->source->id);
}

/* A row like a group over n_row rows: one more, if its figures are their sums. */
static bool take_like(struct sums *s, struct sum_finding *f, size_t row, size_t n_row)
{
	const struct data *data = f->data;
	size_t n_same = 0;

	for (size_t i = 0; i < data->dataset->n_field; i++) {
		const struct figure *stated = &data->row[row].datum[i].figure;
		struct ratio sum;

		if (!groups_add_up(&data->dataset->field[i]) || stated->state != FIGURE_OK || !sumfind_add(f, i, row + 1, n_row, &sum))
			continue;
		if (ratio_compare(stated->x, sum) != 0)
			return refuse_like(s, f, row, i, n_row, sum);
		n_same++;
	}
	if (!n_same)
		return true;
	f->is_sum[row] = true;
	*ARENA_PUSH(f->arena, f->sum, f->n_sum, &f->cap) = (struct sum_row){ .row = row, .first = row + 1, .n_row = n_row, .why = WHY_KIND };
	return true;
}

static bool take_all_like(struct sums *s, struct sum_finding *f, struct sum_row group)
{
	unsigned *kind = read_kinds(s, f, group.why);
	size_t n_row = f->data->n_row;
	bool ok = true;

	for (size_t i = 0; i < n_row; i++) {
		size_t n = 0;

		if (f->is_sum[i] || kind[i] != kind[group.row])
			continue;
		while (i + 1 + n < n_row && !f->is_sum[i + 1 + n] && is_below(group.why, kind[i], kind[i + 1 + n]))
			n++;
		ok = (!n || take_like(s, f, i, n)) && ok;
	}
	free(kind);
	return ok;
}

/* Groups by their words that stand over one row. */
static void take_single(struct sums *s, struct sum_finding *f)
{
	for (size_t i = 0; s->words.are_there && i + 1 < f->data->n_row; i++) {
		if (f->is_sum[i] || !has_word(s, f, i, s->words.group, s->words.n))
			continue;
		f->is_sum[i] = true;
		*ARENA_PUSH(f->arena, f->sum, f->n_sum, &f->cap) = (struct sum_row){ .row = i, .first = i + 1, .n_row = 1, .why = WHY_WORD };
	}
}

static bool has_reason(const struct sum_finding *f, enum sum_reason why)
{
	for (size_t i = 0; i < f->n_sum; i++)
		if (f->sum[i].why == why)
			return true;
	return false;
}

/* Of groups that stand over one row, or whose figures are wrong. */
static bool extend(struct sums *s, struct sum_finding *f)
{
	static const enum sum_reason kinds[] = { WHY_LEVEL, WHY_ORDINAL };
	size_t n_sum = f->n_sum;
	bool ok = true;

	if (has_reason(f, WHY_WORD))
		take_single(s, f);
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (size_t i = 0; i < n_sum; i++)
			if (f->sum[i].why == kinds[k] && f->sum[i].first > f->sum[i].row) {
				ok = take_all_like(s, f, f->sum[i]) && ok;
				break;
			}
	return ok;
}

/* ---- rows over others by their names, with a wrong figure ---- */

/* Whether the figures of the row are sums of a range, but for one: *wrong. */
static bool is_nearly_sum(const struct sum_finding *f, const struct sum_row *x, size_t *wrong, struct ratio *wrong_sum)
{
	const struct data *data = f->data;
	bool is_same = false;
	bool is_wrong = false;

	for (size_t i = 0; i < data->dataset->n_field; i++) {
		const struct figure *stated = &data->row[x->row].datum[i].figure;
		struct ratio sum;

		if (!groups_add_up(&data->dataset->field[i]) || stated->state != FIGURE_OK
			|| !sumfind_add(f, i, x->first, x->n_row, &sum))
			continue;
		if (!ratio_compare(stated->x, sum)) {
			is_same = is_same || ratio_compare(sum, ratio_whole(SAME_LEAST)) >= 0;
		} else if (!is_wrong) {
			is_wrong = true;
			*wrong = i;
			*wrong_sum = sum;
		}
	}
	return is_same && is_wrong;
}

static bool check_nearly_sum(struct sums *s, const struct sum_finding *f, const struct sum_row *x)
{
	const struct data_row *r = &f->data->row[x->row];
	const struct figure *stated;
	struct ratio sum;
	size_t field = 0;

	if (!is_nearly_sum(f, x, &field, &sum))
		return true;
	stated = &r->datum[field].figure;
	return diag_error(s->diags, stated->n_from ? stated->from[0] : r->at, "group-row",
		"'%s' stands over the rows %s by its name and by some of its figures, but %s is %s and theirs add up to %s; correct "
		"it, or write sums=\"data\" on the job's <source> '%s' if it is an area beside them",
		r->label, range_text(s, f, x), label_of(s, f, field), groups_number(stated->x, s->arena), groups_number(sum, s->arena), f->data->source->id);
}

static struct sum_row all_others(const struct sum_finding *f, size_t row)
{
	return (struct sum_row){ .row = row, .first = row ? 0 : 1, .n_row = f->data->n_row - 1 };
}

/* The rows that a row stands over by its name: those of lower levels below it, or all, of the job's own area. */
static struct sum_row named_range(struct sums *s, const struct sum_finding *f, const unsigned *level, size_t row)
{
	struct sum_row x = { .row = row, .first = row + 1 };
	size_t n_row = f->data->n_row;

	if ((!row || row + 1 == n_row) && (is_total_over_them(s, f, &x) || is_bare_total(s, f, &x)))
		return all_others(f, row);
	while (level[row] && x.first + x.n_row < n_row && level[x.first + x.n_row] > level[row])
		x.n_row++;
	return x;
}

static bool check_names(struct sums *s, const struct sum_finding *f)
{
	unsigned *level;
	bool ok = true;

	if (!is_of_areas(f->data) || f->data->source->sums == SUMS_DATA || f->data->n_row > NAMES_LOOKED_AT)
		return true;
	level = read_kinds(s, f, WHY_LEVEL);
	for (size_t i = 0; i < f->data->n_row; i++) {
		struct sum_row x = named_range(s, f, level, i);

		if (!f->is_sum[i] && x.n_row >= KNOWN_LEAST)
			ok = check_nearly_sum(s, f, &x) && ok;
	}
	free(level);
	return ok;
}

/* ---- the first or the last row, which differs from all others and may be a total with a wrong figure ---- */

/* It has another word in front of its name than all others have; a number alone is short for a name. */
static bool differs_by_word(struct sums *s, const struct sum_finding *f, const struct sum_row *x)
{
	const char *name = name_of(s, &f->data->row[x->row]).normal;
	const char *word;
	size_t n = common_word(s, f, x, &word);

	return n && !(*name >= '0' && *name <= '9') && !has_word(s, f, x->row, word, n);
}

/* It has no ordinal and all others have one. */
static bool lacks_ordinal(const struct sum_finding *f, const struct sum_row *x)
{
	bool lacks = f->data->row[x->row].rank == ORDINAL_NONE;

	for (size_t i = x->first; lacks && i < x->first + x->n_row; i++)
		lacks = f->is_sum[i] || f->data->row[i].rank != ORDINAL_NONE;
	return lacks;
}

static bool refuse_edge(struct sums *s, const struct sum_finding *f, const struct sum_row *x, const struct comparison *c)
{
	const struct data_row *r = &f->data->row[x->row];
	const struct figure *stated = &r->datum[c->wrong].figure;

	return diag_error(s->diags, stated->n_from ? stated->from[0] : r->at, "looks-like-total",
		"is '%s' a total or an area? It is unlike all other rows, and its figures are nearly the sums of the rows %s, but %s is %s and "
		"theirs add up to %s. A total: name it 'Cộng' and correct the figure; an area: write sums=\"data\" on the job's <source> "
		"'%s'",
		r->label, range_text(s, f, x), label_of(s, f, c->wrong), groups_number(stated->x, s->arena), groups_number(c->sum, s->arena),
		f->data->source->id);
}

static bool check_edge(struct sums *s, const struct sum_finding *f, size_t row)
{
	struct sum_row x = all_others(f, row);
	bool lacks = lacks_ordinal(f, &x);
	struct comparison c;

	if (f->is_sum[row] || (!lacks && !differs_by_word(s, f, &x)))
		return true;
	c = compare(f, &x, lacks);
	if ((!c.n_near && !c.n_far) || (!lacks && !c.n_same && x.n_row <= KNOWN_LEAST))
		return true;
	if (c.is_large && (c.n_far ? lacks && c.n_same > c.n_far + c.n_near : c.n_same + c.n_near > 1))
		return refuse_edge(s, f, &x, &c);
	if (lacks && c.is_over && c.n_same + c.n_near + c.n_far > 1)
		diag_warning(s->diags, f->data->row[row].at, "looks-like-total",
			"'%s' has no ordinal, where all other rows have one, and none has larger figures; it is counted as an area beside them: "
			"name it 'Cộng', if it is a total, else give it its ordinal",
			f->data->row[row].label);
	return true;
}

/* Where a total row of the source comes out with all rows, nothing is in doubt. */
static bool check_edges(struct sums *s, struct sum_finding *f)
{
	size_t n_row = f->data->n_row;

	if (!is_of_areas(f->data) || f->data->source->sums == SUMS_DATA || n_row <= KNOWN_LEAST || n_row > NAMES_LOOKED_AT
		|| (f->data->total && comes_out(f, false)))
		return true;
	return (int)check_edge(s, f, 0) & (int)check_edge(s, f, n_row - 1);
}

static bool decide(struct sums *s, struct sum_finding *f)
{
	enum reading total;

	if (!f->n_sum)
		return check_names(s, f) && check_edges(s, f);
	total = total_reads(f);
	s->has_others = false;
	s->words = (struct words){ 0 };
	find_reasons(s, f, total);
	if (s->has_others)
		map_clear(&s->others);
	return drop_unsure(s, f, total) && extend(s, f) && check_names(s, f) && check_edges(s, f);
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
		r->label, range_text(s, f, sum), reason_text(s->diags, sum->why), f->data->source->id);
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

	sort_sums(f);
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
