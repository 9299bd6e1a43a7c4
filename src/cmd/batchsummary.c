/* Summaries: documents for the areas above, whose figures are the exact totals of the documents of the areas below, as they were kept of
 * these; never their printed texts. What is not there is missing: the list of areas says whose documents could not be made. */
#include "cmd/batchrun.h"

#include "base/file.h"

#include <string.h>

/* The rows of a source with totals or list, for one area above. */
struct below_feed {
	struct row_feed feed; /* first */
	const struct batch *batch;
	const struct source *source;
	const struct dataset *dataset;
	size_t area;
};

/* Fields of a list's row that no list of areas has. */
static const char made_field[] = "made";	  /* 1, or 0 where the documents could not be made */
static const char findings_field[] = "findings"; /* how many */

/* ---- which figures ---- */

/* Figures that are missing, and titles of tables, are found by the area's documents. */
static bool want(struct batch *b, const struct node *source, struct diags *d)
{
	const char *table = node_attribute(source, "totals");
	const char *name = node_attribute(source, "dataset");
	const struct dataset *dataset = table && name ? dataset_read(&b->library, name, source->at, &b->arena, d) : NULL;

	for (size_t i = 0; dataset && i < dataset->n_field; i++) {
		if (!field_is_summed(dataset->field[i].type))
			continue;
		if (b->n_figure == BATCH_FIGURES_MAX)
			return diag_error(d, source->at, "limit", "the summaries of a job add up at most %d figures of an area", BATCH_FIGURES_MAX);
		b->figure[b->n_figure++] = (struct list_figure){ .table = table, .column = dataset->field[i].id, .at = source->at };
	}
	return !table || !name || dataset;
}

static bool want_all(struct batch *b, const struct node *root)
{
	bool ok = true;

	for (const struct node *n = root->child; n && ok; n = n->next)
		ok = !node_is(n, "source") || want(b, n, b->diags);
	return ok;
}

/* ---- what is below ---- */

/* What was made of the i-th area of the list below. */
static const struct state_area *state_of(const struct batch *b, size_t i)
{
	return &batch_state(b->below)->area[i];
}

static void put_state(const struct batch *b, const struct state_area *area, struct buf *all)
{
	bool done = area->state == AREA_DONE;

	buf_printf(all, "%s %s %s %d %u\n", area->parent, area->code, area->name, done, area->n_finding);
	for (size_t i = 0; done && i < b->below->n_figure; i++)
		buf_printf(all, "%s\n", area->value[i]);
}

/* The same of its progress. */
static void put_progress(const struct batch *b, size_t i, struct buf *all)
{
	const char *kept = b->followed ? batch_kept_of(b, i) : NULL;

	if (b->followed)
		buf_printf(all, "%s\n", kept ? kept : "-");
}

const char *batch_below_sha256(const struct batch *b, struct arena *a)
{
	const struct state *state = batch_state(b->below);
	struct buf all = { 0 };
	const char *hex;

	for (size_t i = 0; i < state->n_area; i++) {
		put_state(b, &state->area[i], &all);
		put_progress(b, i, &all);
	}
	hex = sha256_text(all.text, all.n, a);
	buf_clear(&all);
	return hex;
}

void batch_put_below(const struct batch *b, const char *name, size_t area, struct buf *all)
{
	bool list = !strcmp(name, b->below->list.source.href);

	for (size_t i = b->first_member[area]; i < b->first_member[area + 1]; i++) {
		if (list)
			batch_put_list_row(&b->below->list, b->member[i], all);
		if (strcmp(name, JOB_BELOW) != 0)
			continue;
		put_state(b, state_of(b, b->member[i]), all);
		put_progress(b, b->member[i], all);
	}
}

/* ---- rows ---- */

static void put_cell(struct cell *cell, const struct data_row *row, const char *id, const char *text, enum cell_kind kind)
{
	*cell = (struct cell){ .text = text, .n_text = strlen(text), .name = id, .row = row->at.row, .col = row->at.col, .kind = kind };
}

/* The exact total of an area's table, "" where it is missing; NULL: there is no such figure. */
static const char *total_of(const struct below_feed *f, size_t member, const char *column)
{
	const struct batch *below = f->batch->below;

	for (size_t i = 0; i < below->n_figure; i++)
		if (!below->figure[i].label && !strcmp(below->figure[i].table, f->source->totals) && !strcmp(below->figure[i].column, column))
			return state_of(f->batch, member)->value[i];
	return NULL;
}

static const char *count_of(const struct below_feed *f, size_t member, const char *id, struct arena *a)
{
	const struct state_area *area = state_of(f->batch, member);

	if (!strcmp(id, made_field))
		return area->state == AREA_DONE ? "1" : "0";
	return strcmp(id, findings_field) ? NULL : arena_printf(a, "%u", area->n_finding);
}

static const char *number_of(const struct below_feed *f, size_t member, const char *id, struct arena *a)
{
	return f->source->totals ? total_of(f, member, id) : count_of(f, member, id, a);
}

/* Areas of one name are told apart by their codes. */
static const char *name_of(const struct below_feed *f, size_t member, struct arena *a)
{
	const struct batch *b = f->batch;
	const struct list_area *area = b->below->list.area;
	size_t n = 0;

	for (size_t i = b->first_member[f->area]; i < b->first_member[f->area + 1]; i++)
		n += !strcmp(area[b->member[i]].name, area[member].name);
	return n > 1 ? arena_printf(a, "%s (%s)", area[member].name, area[member].code) : area[member].name;
}

/* What the list says. */
static const char *text_of(const struct below_feed *f, size_t member, const struct field *field, struct arena *a)
{
	const struct job_list *list = &f->batch->below->list;
	const struct field *said = dataset_field(list->dataset, field->id);

	if (field == &f->dataset->field[f->dataset->label])
		return name_of(f, member, a);
	return said ? list->area[member].row->datum[said - list->dataset->field].text : NULL;
}

static bool push_member(const struct below_feed *f, size_t member, struct row_sink *sink, struct arena *a, struct diags *d)
{
	const struct list_area *area = &f->batch->below->list.area[member];
	struct cell *cell = ARENA_ARRAY(a, f->dataset->n_field, struct cell);
	struct row row = { .cell = cell, .row = area->row->at.row, .sheet = area->row->at.sheet };

	for (size_t i = 0; i < f->dataset->n_field; i++) {
		const struct field *field = &f->dataset->field[i];
		bool number = field_is_summed(field->type);
		const char *text = number ? number_of(f, member, field->id, a) : text_of(f, member, field, a);

		if (number && text && strchr(text, '/'))
			return diag_error(d, area->row->at, "summary", "the total '%s' of %s is the fraction %s, which cannot be added up here", field->id,
				area->name, text);
		if (text && *text)
			put_cell(&cell[row.n_cell++], area->row, field->id, text, number ? CELL_NUMBER : CELL_TEXT);
	}
	return sink->take(sink, &row, 1, d);
}

static bool push(const struct row_feed *feed, struct row_sink *sink, struct diags *d)
{
	const struct below_feed *f = (const struct below_feed *)feed;
	const struct batch *b = f->batch;
	struct arena a = { 0 };
	size_t n = 0;
	bool ok = true;

	for (size_t i = b->first_member[f->area]; ok && i < b->first_member[f->area + 1]; i++) {
		if (f->source->totals && state_of(b, b->member[i])->state != AREA_DONE)
			continue;
		ok = push_member(f, b->member[i], sink, &a, d);
		n++;
	}
	arena_clear(&a);
	if (ok && !n)
		return diag_error(d, (struct origin){ .file = f->source->shown }, "no-rows",
			"the documents of no area below could be made, so there is nothing to add up");
	return ok;
}

const struct row_feed *batch_below_feed(const struct batch *b, const struct source *source, size_t area, struct arena *a)
{
	struct below_feed *feed = ARENA_NEW(a, struct below_feed);

	*feed = (struct below_feed){ { push }, b, source, b->dataset[source - b->specimen->source], area };
	return &feed->feed;
}

/* ---- which areas ---- */

/* The area above, or SIZE_MAX; one that is in no list is told once. */
static size_t area_above(struct batch *b, const struct list_summary *summary, const struct field *field, const struct list_area *area,
	struct map *told)
{
	const char *code = area->row->datum[field - b->below->list.dataset->field].text;
	size_t above = SIZE_MAX;

	if (code && map_find(&b->list.codes, list_code(code), &above))
		return above;
	if (map_add(told, code ? code : "", 0, NULL))
		diag_error(b->diags, area->row->at, "summary", "%s: no area of '%s' has the code '%s' of the field '%s', so the area is in no summary; correct the code, or add the area above",
			area->name, b->list.source.shown, code ? code : "", summary->field);
	return SIZE_MAX;
}

static void put_members(struct batch *b, const size_t *above, size_t n)
{
	size_t *next = ARENA_ARRAY(&b->arena, b->list.n_area + 1, size_t);

	b->first_member = ARENA_ARRAY(&b->arena, b->list.n_area + 1, size_t);
	b->member = ARENA_ARRAY(&b->arena, n, size_t);
	for (size_t i = 0; i < n; i++)
		if (above[i] != SIZE_MAX)
			b->first_member[above[i] + 1]++;
	for (size_t i = 0; i < b->list.n_area; i++)
		b->first_member[i + 1] += b->first_member[i];
	memcpy(next, b->first_member, (b->list.n_area + 1) * sizeof *next);
	for (size_t i = 0; i < n; i++)
		if (above[i] != SIZE_MAX)
			b->member[next[above[i]]++] = i;
}

/* Areas above that none is below are left out: the list may be that of a whole country. */
static void leave_out_empty(struct batch *b)
{
	struct list_area *area = ARENA_ARRAY(&b->arena, b->list.n_area, struct list_area);
	size_t n = 0;

	map_init(&b->list.codes, &b->arena);
	for (size_t i = 0; i < b->list.n_area; i++) {
		if (b->first_member[i] == b->first_member[i + 1])
			continue;
		area[n] = b->list.area[i];
		b->first_member[n] = b->first_member[i];
		map_add(&b->list.codes, list_code(area[n].code), n, NULL);
		n++;
	}
	b->first_member[n] = b->first_member[b->list.n_area];
	if (n < b->list.n_area)
		diag_note(b->diags, (struct origin){ .file = b->list.source.shown }, "areas", "%zu areas of this list have none below them, and no summary",
			b->list.n_area - n);
	b->list.area = area;
	b->list.n_area = n;
}

static bool find_members(struct batch *b, const struct list_summary *summary)
{
	const struct job_list *list = &b->below->list;
	const struct field *field = dataset_field(list->dataset, summary->field);
	size_t *above = ARENA_ARRAY(&b->arena, list->n_area, size_t);
	struct map told;

	map_init(&told, &b->arena);
	for (size_t i = 0; i < list->n_area; i++)
		above[i] = area_above(b, summary, field, &list->area[i], &told);
	put_members(b, above, list->n_area);
	b->n_lost = list->n_area - b->first_member[b->list.n_area];
	leave_out_empty(b);
	return b->list.n_area || diag_error(b->diags, summary->at, "summary", "no area of the list is below any of '%s'", b->list.source.shown);
}

/* ---- all of it ---- */

static bool prepare(struct batch *b)
{
	if (!b->below->list.n_area && !batch_read_list(b->below))
		return false;
	return find_members(b, b->summary) && batch_read_sources(b);
}

static const struct batch_stage stage = { .prepare = prepare, .make = batch_make_pages, .write = batch_write_pages, .signs = true };

/* Two of one name would write over each other. */
static bool claim(struct batch *const *summary, size_t i, struct diags *d)
{
	for (size_t k = 0; k < i; k++)
		if (summary[k] && !strcmp(summary[k]->state_name, summary[i]->state_name))
			return diag_error(d, summary[i]->list.root->at, "duplicate", "another summary is for-each=\"%s\" too; change one of them",
				summary[i]->list.each);
	return true;
}

/* Codes of two levels may be the same: of several, each has a folder of its own. */
static bool choose_folder(struct batch *s)
{
	if (s->below->list.n_summary < 2)
		return true;
	s->list.folder = arena_printf(&s->arena, "%s-%s", LIST_SUMMARY_DIR, s->list.each);
	return list_is_code(s->list.folder)
		|| diag_error(s->diags, s->list.root->at, "for-each",
			"with several summaries a folder is named by for-each=\"%s\"; write at most %d letters, digits, '-' and '_'", s->list.each,
			LIST_CODE_MAX - (int)sizeof LIST_SUMMARY_DIR);
}

/* Whether the list below says which area is above. */
static bool check_field(struct batch *below, const struct list_summary *summary)
{
	const struct source *list = &below->list.source;
	const struct dataset *dataset = dataset_read(&below->library, list->dataset, list->at, &below->arena, below->diags);
	const struct field *field = dataset ? dataset_field(dataset, summary->field) : NULL;

	return !dataset || (field && field->type == FIELD_TEXT)
		|| diag_error(below->diags, summary->field_at, "summary", "the list of areas has no field '%s' of type text; write one that its dataset has", summary->field);
}

/* What is wrong with the job itself is told before anything is made. */
static bool open_summary(struct batch *b, struct batch **summary, size_t i)
{
	struct batch *s = summary[i] = batch_open(b, &stage);

	s->below = b;
	s->summary = &b->list.summary[i];
	if (!batch_read_job(s, s->summary->path))
		return false;
	s->title = s->list.id;
	if (!choose_folder(s))
		return false;
	s->state_name = arena_printf(&s->arena, "batch-%s.json", s->list.each);
	s->journal_name = arena_printf(&s->arena, "batch-%s.part", s->list.each);
	for (; s->n_figure < s->list.n_figure; s->n_figure++)
		s->figure[s->n_figure] = s->list.figure[s->n_figure];
	return check_field(b, s->summary) && claim(summary, i, b->diags) && want_all(b, s->list.root) && batch_specimen(s);
}

bool batch_summaries_open(struct batch *b, struct batch *summary[LIST_SUMMARIES_MAX])
{
	bool ok = true;

	for (size_t i = 0; i < b->list.n_summary; i++)
		ok = open_summary(b, summary, i) && ok;
	return ok;
}

bool batch_summaries_run(const struct batch *b, struct batch *const summary[LIST_SUMMARIES_MAX])
{
	bool on = true;

	for (size_t i = 0; i < b->list.n_summary && on; i++) {
		summary[i]->failed = !batch_stage_run(summary[i]) || !batch_stage_end(summary[i]);
		on = !b->diags->n_fault && !(summary[i]->failed && b->pipeline.strict);
	}
	return on;
}
