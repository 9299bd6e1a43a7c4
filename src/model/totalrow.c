/* Rows of totals: which rows each of them covers, and what stands behind the last one. */
#include "model/datasink.h"

#include "base/utf8.h"

#include <string.h>

/* ---- what figures say ---- */

static bool states_sums(const struct data_sink *s, const struct data_row *r, size_t first, size_t n_row)
{
	struct data data = { .source = s->source, .dataset = s->dataset, .row = s->row, .n_row = s->n_row };
	struct group_row g = { .row = *r, .first = first, .n_row = n_row };

	return groups_state_sums(&data, &g);
}

/* ---- which rows a total covers ---- */

static bool is_same_total(const struct data_sink *s, const struct data_row *a, const struct data_row *b)
{
	for (size_t i = 0; i < s->dataset->n_field; i++) {
		const struct figure *x = &a->datum[i].figure;
		const struct figure *y = &b->datum[i].figure;

		if (field_is_number(sink_field(s, i)->type)
			&& (x->state != y->state || (x->state == FIGURE_OK && ratio_compare(x->x, y->x))))
			return false;
	}
	return true;
}

static void keep_total(struct data_sink *s, const struct data_row *r, size_t first, bool in_group)
{
	s->total = ARENA_NEW(s->arena, struct data_row);
	*s->total = *r;
	s->total_in_group = in_group;
	s->total_first = first;
	s->total_n_row = s->n_row - first;
}

/* Two totals without names of groups: figures tell whether they are parts, or the second one is that of the first too. */
static bool add_total_of_parts(struct data_sink *s, const struct data_row *r, size_t first, struct diags *d)
{
	bool is_all = states_sums(s, r, 0, s->n_row);

	if (!s->total_n_row || s->total_first + s->total_n_row == s->n_row || !states_sums(s, s->total, s->total_first, s->total_n_row)
		|| (!is_all && !states_sums(s, r, first, s->n_row - first)))
		return false;
	groups_add_sum(&s->groups, s->total, s->total_first, s->total_n_row);
	diag_note(d, s->total->at, "total-row", "'%s' is taken for the total of the rows above it alone, because another one follows at %s",
		s->total->label, origin_text(r->at, s->arena));
	s->total = NULL;
	if (is_all)
		keep_total(s, r, 0, false);
	else
		groups_add_sum(&s->groups, r, first, s->n_row - first);
	return true;
}

/* A second total: one of the two is that of a group, or it says the same; else nobody can say which one is meant. */
static void add_second_total(struct data_sink *s, const struct data_row *r, size_t first, bool in_group, struct diags *d)
{
	if (s->total_in_group) {
		groups_add_sum(&s->groups, s->total, s->total_first, s->total_n_row);
		keep_total(s, r, first, in_group);
	} else if (is_same_total(s, s->total, r)) {
		diag_note(d, r->at, "duplicate", "the row has the same figures as the total row at %s; it is skipped",
			origin_text(s->total->at, s->arena));
	} else if (in_group) {
		groups_add_sum(&s->groups, r, first, s->n_row - first);
	} else if (!add_total_of_parts(s, r, first, d)) {
		s->wrong = !diag_error(d, r->at, "duplicate",
			"there is a total row at %s already; keep one of the two",
			origin_text(s->total->at, s->arena));
	}
}

void totalrow_refuse(struct data_sink *s, const char *label, struct origin at, struct diags *d)
{
	s->wrong = !diag_error(d, at, "total-row",
		"is '%s' a total or an area? It begins as a row of totals does; write 'Cộng' alone, if it is the total, or the kind of "
		"the area in front of its name ('Thôn ...')",
		label);
}

/* Bytes of the UTF-8 character at s. */
static size_t character(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* Behind the words of the name whose first letters are the n bytes at s; NULL: they are not. */
static const char *behind_initials(const char *s, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i += character(s + i)) {
		if (strncmp(s + i, name, character(s + i)) != 0)
			return NULL;
		name += strcspn(name, " ");
		name += strspn(name, " ");
	}
	return name;
}

/* "khu vực 1" and "kv 1" of "khu vực 1"; folded. */
static bool is_short_for(const char *s, const char *name)
{
	while (*s && name && *name) {
		size_t n = strcspn(s, " ");
		size_t n_name = strcspn(name, " ");

		if (n == n_name && !memcmp(s, name, n))
			name += n + strspn(name + n, " ");
		else
			name = behind_initials(s, n, name);
		s += n + strspn(s + n, " ");
	}
	return !*s && name && !*name;
}

/* Whether the label ends with the name of the innermost open group. */
static bool names_group(struct data_sink *s, const char *label)
{
	struct arena tmp = { 0 };
	const char *group;
	const char *folded;
	bool is = false;

	if (!s->groups.n_open)
		return false;
	group = s->groups.group[s->groups.open[s->groups.n_open - 1].group].row.label;
	group = utf8_fold(group, strlen(group), &tmp);
	folded = utf8_fold(label, strlen(label), &tmp);
	for (const char *rest = strchr(folded, ' '); rest && !is; rest = strchr(rest + 1, ' '))
		is = is_short_for(rest + 1, group);
	arena_clear(&tmp);
	return is;
}

/* A name that begins as that of a total and goes on as nobody knows: the group's name and the figures tell. */
static enum total_kind settle_kind(struct data_sink *s, const struct data_row *r, size_t first, struct diags *d)
{
	enum total_kind kind = TOTAL_UNSURE;

	if (names_group(s, r->label))
		return TOTAL_PART;
	if (states_sums(s, r, first, s->n_row - first))
		kind = first ? TOTAL_PART : TOTAL_WHOLE;
	else if (states_sums(s, r, 0, s->n_row))
		kind = TOTAL_WHOLE;
	if (kind == TOTAL_UNSURE)
		totalrow_refuse(s, r->label, r->at, d);
	else
		diag_note(d, r->at, "total-row", "'%s' is taken for a total, because its figures are the sums of the rows above it", r->label);
	return kind;
}

/* Of a page or a group, if its name says so; it covers the rows of the group, or those behind the last such row. */
void totalrow_add(struct data_sink *s, struct data_row *r, enum total_kind kind, struct diags *d)
{
	bool in_group = s->groups.n_open > 0;
	size_t first = in_group ? s->groups.group[s->groups.open[s->groups.n_open - 1].group].first : s->summed;

	if (kind == TOTAL_UNSURE)
		kind = settle_kind(s, r, first, d);
	groups_end(&s->groups, NULL, false, s->n_row);
	r->key = "total";
	if (kind == TOTAL_UNSURE)
		return;
	if (kind == TOTAL_PART)
		groups_add_sum(&s->groups, r, first, s->n_row - first);
	else if (s->total)
		add_second_total(s, r, first, in_group, d);
	else
		keep_total(s, r, first, in_group);
	s->summed = s->n_row;
}

/* ---- behind the total ---- */

static bool have_ordinals(const struct data_sink *s, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (s->row[i].rank == ORDINAL_NONE)
			return false;
	return true;
}

static bool lack_ordinals(const struct data_sink *s, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (s->row[i].rank != ORDINAL_NONE)
			return false;
	return true;
}

static bool has_group_behind(const struct data_sink *s, size_t n_row)
{
	for (size_t i = 0; i < s->groups.n_group; i++)
		if (s->groups.group[i].first + s->groups.group[i].n_row > n_row)
			return true;
	return false;
}

static void skip_behind(struct data_sink *s, size_t n_row, struct diags *d)
{
	for (size_t i = n_row; i < s->n_row; i++)
		diag_warning(d, s->row[i].at, "behind-total",
			"'%s' stands behind the total, which comes out without it, and has no ordinal, so it is skipped; if it is an area, move "
			"it above the total and give it an ordinal",
			s->row[i].label);
	s->n_row = n_row;
}

/* Rows behind the total of all rows above it. */
static void check_behind(struct data_sink *s, size_t n_row, struct diags *d)
{
	bool comes_out = states_sums(s, s->total, 0, n_row);
	bool is_unlike = have_ordinals(s, 0, n_row) && lack_ordinals(s, n_row, s->n_row);

	if (states_sums(s, s->total, 0, s->n_row))
		return;
	if (comes_out && is_unlike && !has_group_behind(s, n_row))
		skip_behind(s, n_row, d);
	else if (comes_out || is_unlike)
		s->wrong = !diag_error(d, s->row[n_row].at, "behind-total",
			"'%s' stands behind the total '%s' (%s): if it is an area, move it above the total and correct the total; if it is "
			"none, delete it",
			s->row[n_row].label, s->total->label, origin_text(s->total->at, s->arena));
}

void totalrow_end(struct data_sink *s, struct diags *d)
{
	if (!s->total || !s->total_n_row)
		return;
	if (!s->total_first && s->total_n_row < s->n_row) {
		check_behind(s, s->total_n_row, d);
	} else if (s->total_first && states_sums(s, s->total, s->total_first, s->total_n_row) && !states_sums(s, s->total, 0, s->n_row)) {
		groups_add_sum(&s->groups, s->total, s->total_first, s->total_n_row);
		s->total = NULL;
	}
}
