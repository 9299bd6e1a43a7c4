/* Remarks: a row for each indicator and area, with what was typed beside it in earlier periods, dated, the newest first; further rows for what is
 * too long for one (progressparts.c). */
#include "compose/progresswords.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "compose/textgrid.h"

#include <stdlib.h>
#include <string.h>

enum { NAME, INDICATOR, AREA, STATUS, REMARK, EARLIER, PART, N_COLUMN }; /* PART: only where a remark has parts */

#define NONE SIZE_MAX

struct remarking {
	const struct sheetmaking *s;
	const char **text; /* [n_row * N_COLUMN] */
	size_t n_text, cap_text;
	bool has_parts;
	struct map first; /* key of a row, of progress or of what is gone -> the first remark of it */
	size_t *next;	  /* [remarks->n] further ones of the same row, or NONE */
	size_t *last;	  /* [remarks->n] of the first of a row */
	bool *taken;	  /* [remarks->n] */
};

/* ---- texts that people typed ---- */

/* Bytes of the text that have no more units than are kept. */
static size_t kept_bytes(const char *text)
{
	size_t left = strlen(text);
	size_t n = 0;
	size_t units = 0;
	uint32_t code;

	for (size_t length; left && (length = utf8_decode(text + n, left, &code)); n += length, left -= length) {
		units += utf8_units(text + n, length);
		if (units > REMARK_UNITS_MAX)
			break;
	}
	return n;
}

/* Whole lines, as many as fit; of the first one as much of it as fits. */
static const char *fitting(const char *text, struct arena *a)
{
	size_t most = kept_bytes(text);
	size_t n = most;

	if (!text[most])
		return text;
	while (n && text[n] != '\n')
		n--;
	return arena_slice(a, text, n ? n : most);
}

static void add_line(struct buf *b, const char *line)
{
	if (*line)
		buf_printf(b, "%s%s", b->n ? "\n" : "", line);
}

static bool is_blank(const char *text)
{
	return !text[strspn(text, " \t\n\r")];
}

/* ---- earlier remarks, of which each may have parts ---- */

static int compare_parts(const void *a, const void *b)
{
	const struct remark *x = *(const struct remark *const *)a, *y = *(const struct remark *const *)b;

	if (x->parts != y->parts)
		return x->parts < y->parts ? -1 : 1;
	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return x < y ? -1 : x > y;
}

static bool goes_on(const struct remark *before, const struct remark *remark)
{
	return before->parts && before->parts == remark->parts && before->part + 1 == remark->part;
}

/* Bytes of the part without the mark at its end; all of them where it has none. */
static size_t unmarked(const char *part, const char *mark)
{
	size_t n = strlen(part), n_mark = strlen(mark);

	return n >= n_mark && !strcmp(part + n - n_mark, mark) ? n - n_mark : n;
}

static void tell_gap(const struct remarking *r, const struct remark *remark)
{
	diag_warning(r->s->d, remark->at, "remark",
		"part %u of %u of the remark of '%s', '%s' does not stand between those before and behind it: one of them is missing, or is there twice; "
		"compare it with the workbook in which it was typed", remark->part, remark->parts, remark->name, remark->area_name);
}

/* In their order, those without parts first. */
static void add_parts(struct remarking *r, const struct remark **list, size_t n, struct buf *b)
{
	const char *mark = sheet_words(r->s, "remarks.more", NULL, NULL);
	bool joined = false;

	if (n)
		qsort(list, n, sizeof *list, compare_parts);
	for (size_t i = 0; i < n; i++) {
		bool begins = !i || !goes_on(list[i - 1], list[i]), ends = i + 1 == n || !goes_on(list[i], list[i + 1]);
		size_t length = ends ? strlen(list[i]->earlier) : unmarked(list[i]->earlier, mark);

		if (list[i]->parts && ((begins && list[i]->part != 1) || (ends && list[i]->part != list[i]->parts)))
			tell_gap(r, list[i]);
		if (!joined && b->n)
			buf_putc(b, '\n');
		buf_put(b, list[i]->earlier, length);
		joined = list[i]->earlier[length];
	}
}

/* What is older than what was typed last, of all remarks of a row. */
static void add_earlier(struct remarking *r, size_t first, struct buf *b)
{
	const struct remark *all = r->s->in->remarks->remark;
	const struct remark **list = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = first; i != NONE; i = r->next[i]) {
		r->taken[i] = true;
		if (!is_blank(all[i].earlier))
			*ARENA_PUSH(r->s->a, list, n, &cap) = &all[i];
	}
	add_parts(r, list, n, b);
}

/* What was typed last, then what is older. */
static const char *earlier_text(struct remarking *r, size_t first)
{
	const struct sheetmaking *s = r->s;
	const struct remarks *all = s->in->remarks;
	struct buf b = { 0 };
	const char *text, *fits;

	for (size_t i = first; i != NONE; i = r->next[i])
		if (!is_blank(all->remark[i].typed))
			add_line(&b, sheet_words(s, "remarks.dated", period_words(s, all->period), all->remark[i].typed));
	add_earlier(r, first, &b);
	text = arena_slice(s->a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	fits = fitting(text, s->a);
	if (strlen(fits) < strlen(text))
		diag_warning(s->d, all->remark[first].at, "remark",
			"the earlier remarks of this row have more than %d characters; the oldest are left out", REMARK_UNITS_MAX);
	return fits;
}

/* ---- which row a remark belongs to ---- */

static const char *whole_words(const struct sheetmaking *s)
{
	return sheet_words(s, "remarks.whole", NULL, NULL);
}

static bool is_whole(const struct sheetmaking *s, const char *area)
{
	const char *whole = whole_words(s);

	return !strcmp(utf8_fold(area, strlen(area), s->a), utf8_fold(whole, strlen(whole), s->a));
}

/* That of its row of progress, or of an indicator as a whole its id; of an area that is gone one that no row has. */
static const char *row_key(const struct sheetmaking *s, const struct remark *remark)
{
	const char *name = remark->area_name;

	if (remark->area)
		return arena_printf(s->a, "%s/%s", remark->indicator, remark->area->key);
	return is_whole(s, name) ? remark->indicator : arena_printf(s->a, "%s\n%s", remark->indicator, utf8_fold(name, strlen(name), s->a));
}

static void index_remarks(struct remarking *r)
{
	const struct remarks *all = r->s->in->remarks;

	for (size_t i = 0; all && i < all->n; i++) {
		size_t first;

		r->next[i] = NONE;
		if (map_add(&r->first, row_key(r->s, &all->remark[i]), i, &first))
			first = i;
		else
			r->next[r->last[first]] = i;
		r->last[first] = i;
	}
}

/* ---- rows ---- */

static void add_row(struct remarking *r, const struct remark *row, const char *status, const char *earlier, const char *part)
{
	const char *const cell[N_COLUMN] = { row->name, row->indicator, row->area_name, status, "", earlier, part };

	for (size_t i = 0; i < N_COLUMN; i++)
		*ARENA_PUSH(r->s->a, r->text, r->n_text, &r->cap_text) = cell[i];
}

/* As many as the earlier remarks need. */
static void add_rows(struct remarking *r, const struct remark *row, const char *status, const char *earlier)
{
	const char *mark = sheet_words(r->s, "remarks.more", NULL, NULL);
	unsigned parts = 0, part = 1;

	for (const char *s = earlier; *s; s += remark_part(s))
		parts++;
	if (parts <= 1) {
		add_row(r, row, status, earlier, "");
		return;
	}
	r->has_parts = true;
	for (size_t n; *earlier; earlier += n, part++) {
		n = remark_part(earlier);
		add_row(r, row, status, arena_printf(r->s->a, "%.*s%s", (int)n, earlier, earlier[n] ? mark : ""), remark_part_name(part, parts, r->s->a));
	}
}

static const char *text_of(const struct data *data, const struct data_row *row, const char *id)
{
	const struct field *field = dataset_field(data->dataset, id);
	const char *text = field ? row->datum[field - data->dataset->field].text : NULL;

	return text ? text : "";
}

static void add_progress(struct remarking *r, const struct data *data, const struct data_row *row, const char *area)
{
	const struct remark begin = { .indicator = text_of(data, row, "indicator"), .name = text_of(data, row, "name"), .area_name = area };
	size_t first;

	add_rows(r, &begin, text_of(data, row, "status"), map_find(&r->first, row->key, &first) ? earlier_text(r, first) : "");
}

/* Each indicator as a whole, then its areas; both data have the indicators in one order. */
static void add_indicators(struct remarking *r, const struct data *totals, const struct data *data)
{
	size_t next = 0;

	for (size_t i = 0; i < totals->n_row; i++) {
		const char *indicator = text_of(totals, &totals->row[i], "indicator");

		add_progress(r, totals, &totals->row[i], whole_words(r->s));
		for (; next < data->n_row && !strcmp(text_of(data, &data->row[next], "indicator"), indicator); next++)
			add_progress(r, data, &data->row[next], text_of(data, &data->row[next], "area"));
	}
}

/* Of all remarks that are of one row, at the first of them. */
static void add_gone(struct remarking *r, size_t i)
{
	const struct sheetmaking *s = r->s;
	const struct remark *remark = &s->in->remarks->remark[i];

	if (r->taken[i] || (is_blank(remark->typed) && is_blank(remark->earlier)))
		return;
	diag_warning(s->d, remark->at, "remark",
		"the remark of '%s', '%s' is kept at the end of the sheet: this period has no such indicator and area; move it beside the right row",
		remark->name, remark->area_name);
	add_rows(r, remark, sheet_words(s, "remarks.gone", NULL, NULL), earlier_text(r, i));
}

static void fill_rows(struct remarking *r, const struct data *totals, const struct data *data)
{
	const struct remarks *all = r->s->in->remarks;
	size_t n = all ? all->n : 0;

	r->next = ARENA_ARRAY(r->s->a, n, size_t);
	r->last = ARENA_ARRAY(r->s->a, n, size_t);
	r->taken = ARENA_ARRAY(r->s->a, n, bool);
	index_remarks(r);
	add_indicators(r, totals, data);
	for (size_t i = 0; i < n; i++)
		add_gone(r, i);
}

/* Without the last column where no row has anything there. */
static struct remark_rows made_rows(const struct remarking *r)
{
	struct remark_rows rows = { r->text, r->n_text / N_COLUMN, r->has_parts ? N_COLUMN : PART };

	for (size_t i = 0; !r->has_parts && i < rows.n_row; i++)
		memmove(&rows.text[i * PART], &rows.text[i * N_COLUMN], PART * sizeof *rows.text);
	return rows;
}

struct remark_rows remarks_rows(const struct sheetmaking *s)
{
	const struct model *model = s->in->progress->model;
	struct remarking r = { .s = s };

	map_init(&r.first, s->a);
	fill_rows(&r, model_find(model, "progress-totals", SOURCE_CURRENT), model_find(model, "progress", SOURCE_CURRENT));
	map_clear(&r.first);
	return made_rows(&r);
}

const struct grid_table *remarks_grid(const struct sheetmaking *s)
{
	const struct text_column column[N_COLUMN] = {
		{ "name", sheet_words(s, "remarks.name", NULL, NULL), ALIGN_LEFT, false },
		{ "indicator", sheet_words(s, "remarks.indicator", NULL, NULL), ALIGN_LEFT, false },
		{ "area", sheet_words(s, "remarks.area", NULL, NULL), ALIGN_LEFT, false },
		{ "status", sheet_words(s, "remarks.status", NULL, NULL), ALIGN_CENTRE, false },
		{ "remark", sheet_words(s, "remarks.remark", NULL, NULL), ALIGN_LEFT, true },
		{ "earlier", sheet_words(s, "remarks.earlier", NULL, NULL), ALIGN_LEFT, true },
		{ "part", sheet_words(s, "remarks.part", NULL, NULL), ALIGN_CENTRE, false },
	};
	struct text_grid grid = { .id = "progress-remarks", .column = column, .n_column = s->in->rows->n_column, .stub = AREA + 1 };

	grid.title = sheet_words(s, "remarks.title", NULL, NULL);
	grid.continued = sheet_words(s, "continued", NULL, NULL);
	grid.text = s->in->rows->text;
	grid.n_row = s->in->rows->n_row;
	return text_grid_make(&grid, s->a);
}
