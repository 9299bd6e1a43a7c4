/* Remarks: a row for each indicator and area, with what was typed beside it in earlier periods, dated, the newest first. */
#include "compose/progresswords.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/xstring.h"
#include "compose/textgrid.h"

#include <string.h>

enum { NAME, INDICATOR, AREA, STATUS, REMARK, EARLIER, N_COLUMN };

#define NONE SIZE_MAX

struct remarking {
	const struct sheetmaking *s;
	const char **text; /* [n_row * N_COLUMN] */
	size_t n_row;
	struct map first; /* key of a row of progress -> the first remark of it */
	size_t *next;	  /* [remarks->n] further ones of the same row, or NONE */
	bool *taken;	  /* [remarks->n] */
};

/* ---- texts that people typed ---- */

/* Bytes of the text that have no more units than a cell takes, with what escapes in it grow by. */
static size_t cell_bytes(const char *text)
{
	size_t left = strlen(text);
	size_t n = 0;
	size_t units = 0;
	uint32_t code;

	for (size_t length; left && (length = utf8_decode(text + n, left, &code)); n += length, left -= length) {
		units += utf8_units(text + n, length) + (xstring_begins(text + n, left, &code) ? XSTRING_MORE : 0);
		if (units > REMARK_UNITS_MAX)
			break;
	}
	return n;
}

/* Whole lines, as many as fit; of the first one as much of it as fits. */
static const char *fitting(const char *text, struct arena *a)
{
	size_t most = cell_bytes(text);
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

/* What was typed last, then what is older, of all remarks of a row. */
static const char *earlier_text(struct remarking *r, size_t first)
{
	const struct sheetmaking *s = r->s;
	const struct remarks *all = s->in->remarks;
	struct buf b = { 0 };
	const char *text, *fits;

	for (size_t i = first; i != NONE; i = r->next[i])
		if (!is_blank(all->remark[i].typed))
			add_line(&b, sheet_words(s, "remarks.dated", period_words(s, all->period), all->remark[i].typed));
	for (size_t i = first; i != NONE; i = r->next[i]) {
		r->taken[i] = true;
		if (!is_blank(all->remark[i].earlier))
			add_line(&b, all->remark[i].earlier);
	}
	text = arena_slice(s->a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	fits = fitting(text, s->a);
	if (strlen(fits) < strlen(text))
		diag_warning(s->d, all->remark[first].at, "remark", "the remarks of this row are longer than a cell takes; the oldest are left out");
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

/* That of its row of progress, or of an indicator as a whole its id; NULL: no row has it. */
static const char *row_key(const struct sheetmaking *s, const struct remark *remark)
{
	if (remark->area)
		return arena_printf(s->a, "%s/%s", remark->indicator, remark->area->key);
	return is_whole(s, remark->area_name) ? remark->indicator : NULL;
}

static void append(struct remarking *r, size_t to, size_t i)
{
	while (r->next[to] != NONE)
		to = r->next[to];
	r->next[to] = i;
}

static void index_remarks(struct remarking *r)
{
	const struct remarks *all = r->s->in->remarks;

	for (size_t i = 0; all && i < all->n; i++) {
		const char *key = row_key(r->s, &all->remark[i]);
		size_t first;

		r->next[i] = NONE;
		if (key && !map_add(&r->first, key, i, &first))
			append(r, first, i);
	}
}

/* ---- rows ---- */

static const char **new_row(struct remarking *r)
{
	return &r->text[r->n_row++ * N_COLUMN];
}

static const char *text_of(const struct data *data, const struct data_row *row, const char *id)
{
	const struct field *field = dataset_field(data->dataset, id);
	const char *text = field ? row->datum[field - data->dataset->field].text : NULL;

	return text ? text : "";
}

static void add_progress(struct remarking *r, const struct data *data, const struct data_row *row, const char *area)
{
	const char **cell = new_row(r);
	size_t first;

	cell[NAME] = text_of(data, row, "name");
	cell[INDICATOR] = text_of(data, row, "indicator");
	cell[AREA] = area;
	cell[STATUS] = text_of(data, row, "status");
	cell[REMARK] = "";
	cell[EARLIER] = map_find(&r->first, row->key, &first) ? earlier_text(r, first) : "";
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

static void add_gone(struct remarking *r, size_t i)
{
	const struct sheetmaking *s = r->s;
	const struct remark *remark = &s->in->remarks->remark[i];
	const char **cell;

	if (r->taken[i] || (is_blank(remark->typed) && is_blank(remark->earlier)))
		return;
	diag_warning(s->d, remark->at, "remark",
		"the remark of '%s', '%s' is kept at the end of the sheet: this period has no such indicator and area; move it beside the right row",
		remark->name, remark->area_name);
	cell = new_row(r);
	cell[NAME] = remark->name;
	cell[INDICATOR] = remark->indicator;
	cell[AREA] = remark->area_name;
	cell[STATUS] = sheet_words(s, "remarks.gone", NULL, NULL);
	cell[REMARK] = "";
	r->next[i] = NONE;
	cell[EARLIER] = earlier_text(r, i);
}

static void fill_rows(struct remarking *r, const struct data *totals, const struct data *data)
{
	const struct remarks *all = r->s->in->remarks;
	size_t n = all ? all->n : 0;

	r->text = ARENA_ARRAY(r->s->a, (totals->n_row + data->n_row + n) * N_COLUMN, const char *);
	r->next = ARENA_ARRAY(r->s->a, n, size_t);
	r->taken = ARENA_ARRAY(r->s->a, n, bool);
	index_remarks(r);
	add_indicators(r, totals, data);
	for (size_t i = 0; i < n; i++)
		add_gone(r, i);
}

struct remark_rows remarks_rows(const struct sheetmaking *s)
{
	const struct model *model = s->in->progress->model;
	struct remarking r = { .s = s };

	map_init(&r.first, s->a);
	fill_rows(&r, model_find(model, "progress-totals", SOURCE_CURRENT), model_find(model, "progress", SOURCE_CURRENT));
	map_clear(&r.first);
	return (struct remark_rows){ r.text, r.n_row };
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
	};
	struct text_grid grid = { .id = "progress-remarks", .column = column, .n_column = N_COLUMN, .stub = AREA + 1 };

	grid.title = sheet_words(s, "remarks.title", NULL, NULL);
	grid.continued = sheet_words(s, "continued", NULL, NULL);
	grid.text = s->in->rows->text;
	grid.n_row = s->in->rows->n_row;
	return text_grid_make(&grid, s->a);
}
