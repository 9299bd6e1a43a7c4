/* How far the plans are (kehoach progress), for each area: workbooks beside the plan, of the same sources and of returns, whose files are
 * divided as sources are. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "base/filematch.h"
#include "cmd/progressfiles.h"

#include <string.h>

/* ---- which files ---- */

static bool has_field(const char *href)
{
	return href && strchr(href, '{');
}

static void put_names(const struct batch *b, const char *href, struct origin at, struct buf *names)
{
	struct diags quiet = { .quiet = true };
	struct arena a = { 0 };
	struct file_list list;

	if (file_match(b->list.dir, href, RETURNS_FILES_MAX, at, &a, &list, &quiet))
		for (size_t i = 0; i < list.n; i++)
			buf_printf(names, " %s", list.href[i]);
	diags_clear(&quiet);
	arena_clear(&a);
}

/* The files of returns that all areas have in common, as there may be more of them than an earlier run has found. */
static bool note_files(struct batch *b)
{
	struct buf names = { 0 };
	size_t n = 0;

	buf_puts(&names, b->options);
	for (const struct node *c = b->list.root->child; c; c = c->next) {
		const char *href = node_is(c, "returns") ? node_attribute(c, "href") : NULL;

		n += node_is(c, "returns");
		b->own_returns = b->own_returns || has_field(href);
		if (href && !has_field(href))
			put_names(b, href, c->at, &names);
	}
	b->options = arena_text(&b->arena, names.text);
	buf_clear(&names);
	return n || diag_error(b->diags, b->list.root->at, "returns",
			"the job has no <returns>, so it cannot be told how far its plans are; add them, or leave out the period");
}

void batch_put_own_returns(const struct batch *b, size_t area, struct buf *names)
{
	struct arena a = { 0 };
	struct diags quiet = { .quiet = true };
	const struct node *root = b->own_returns ? job_list_fill(&b->list, &b->list.area[area], &a, &quiet) : NULL;

	for (const struct node *c = root ? root->child : NULL; c; c = c->next)
		if (node_is(c, "returns") && node_attribute(c, "href"))
			put_names(b, node_attribute(c, "href"), c->at, names);
	diags_clear(&quiet);
	arena_clear(&a);
}

/* ---- their rows ---- */

static bool divide(struct batch *b, const struct job_returns *said, const char *href, const char *path)
{
	struct batch_returned *r = ARENA_PUSH(&b->arena, b->returned, b->n_returned, &b->cap_returned);
	struct source *source = ARENA_NEW(&b->arena, struct source);
	const struct dataset *dataset = dataset_read(&b->library, said->source.dataset, said->source.at, &b->arena, b->diags);

	*source = said->source;
	source->href = href;
	source->path = path;
	source->shown = file_join(b->list.dir, href, &b->arena);
	*r = (struct batch_returned){ source, row_store_open(b->dir, b->diags) };
	return dataset && r->store && batch_hash(b, path, b->diags) && batch_divide(b, source, dataset, r->store);
}

static bool read_returns(struct batch *b, const struct job_returns *said)
{
	bool own = job_list_varies(&b->list, said->source.at);
	struct file_list list;
	bool ok = true;

	if (own && !said->source.by)
		return true;
	if (!own && !said->source.by)
		return diag_error(b->diags, said->href_at, "for-each",
			"returns of many areas need by=\"...\", the column with the code of the area; or write {code} into href, a file for each area");
	if (own)
		return diag_error(b->diags, said->source.by_at, "for-each",
			"a source that is another file for each area has no rows of other areas; take out by=\"%s\"", said->source.by);
	if (!job_list_is_common(&b->list, said->source.at, b->diags)
		|| !file_match(b->list.dir, said->source.href, RETURNS_FILES_MAX, said->href_at, &b->arena, &list, b->diags))
		return false;
	for (size_t i = 0; i < list.n; i++)
		ok = divide(b, said, list.href[i], list.path[i]) && ok;
	return ok;
}

const struct returned_feed *batch_returned_feeds(const struct batch *b, size_t area, struct arena *a)
{
	struct returned_feed *feed = ARENA_ARRAY(a, b->n_returned, struct returned_feed);

	for (size_t i = 0; i < b->n_returned; i++) {
		const struct batch_returned *r = &b->returned[i];

		feed[i].path = r->source->path;
		if (row_store_rows(r->store, (uint32_t)area))
			feed[i].feed = batch_store_feed(r->store, r->source, area, a);
	}
	return feed;
}

/* ---- the stage ---- */

/* Read once. */
bool batch_followed_prepare(struct batch *b)
{
	struct batch *plans = b->plans;

	if (!plans->store && !plans->stage->prepare(plans))
		return false;
	b->list = plans->list;
	b->specimen = plans->specimen;
	b->part = plans->part;
	b->spoilt = ARENA_ARRAY(&b->arena, b->list.n_area, bool);
	b->store = plans->store;
	b->share = plans->share;
	b->dataset = plans->dataset;
	return true;
}

static bool prepare(struct batch *b)
{
	bool ok = true;

	if (!batch_followed_prepare(b))
		return false;
	for (size_t i = 0; i < b->specimen->n_returns; i++)
		ok = read_returns(b, &b->specimen->returns[i]) && ok;
	batch_note_unsigned(b, b->specimen->brief_sign, b->brief ? b->specimen->n_brief_sign : 0);
	return ok && batch_previous_check(b) && batch_check_lost(b);
}

static void keep(struct one *one, const struct buf *kept)
{
	if (one->batch->n_figure)
		one->figure[0] = (struct one_figure){ "", arena_slice(one->arena, kept->text ? kept->text : "", kept->n) };
}

bool batch_make_progress(struct one *one)
{
	struct batch *b = one->batch;
	struct job_instance instance = batch_instance(one);
	struct pipeline_options options = b->pipeline;
	struct buf kept = { 0 };
	bool ok;

	one->followed = ARENA_NEW(one->arena, struct followed_job);
	options.instance = &instance;
	options.trees = b->trees;
	options.figures = &one->figures;
	options.kept = b->n_figure ? &kept : NULL;
	ok = instance.root && pipeline_progress(b->list.path, &options, b->around, one->arena, one->followed, one->diags);
	if (ok)
		keep(one, &kept);
	buf_clear(&kept);
	return ok;
}

bool batch_write_progress(struct one *one)
{
	struct progress_files files = { .name = one->batch->period, .pdf = one->batch->brief, .hashes = &one->hashes };
	struct previous_workbook previous;
	bool ok;

	one->previous = batch_previous(one->batch, one->area, one->arena);
	if (one->previous && !remarks_open_made(one->previous, one->followed, one->arena, &previous, one->diags))
		return false;
	files.previous = one->previous ? &previous : NULL;
	ok = progress_files_write(&files, one->followed, one->batch->fonts, one->staging.dir, &one->figures, one->arena, one->diags);

	one->made = one->followed->made;
	return ok;
}

static const struct batch_stage stage = { .prepare = prepare, .make = batch_make_progress, .write = batch_write_progress };

/* What changes the files, beside their inputs. */
static const char *options_of(const struct batch *b, struct arena *a)
{
	return arena_printf(a, "%s%s progress %s%s%s %s", b->pipeline.unchecked ? "unchecked" : "", b->pipeline.strict ? " strict" : "", b->period,
		b->brief ? " pdf" : "", b->previous ? " previous" : "", b->pipeline.date ? date_iso(*b->pipeline.date, a) : "");
}

struct batch *batch_followed_open(struct batch *plans, const struct batch_stage *of, const char *name)
{
	const struct batch *told = plans->below ? plans->below : plans;
	struct batch *b = batch_open(plans, of);

	b->plans = plans;
	b->list = plans->list;
	b->dir = plans->dir;
	b->period = told->period;
	b->pipeline.period = b->told_of = told->told_of;
	b->brief = told->brief;
	b->previous = told->previous;
	b->title = arena_printf(&b->arena, "%s, %s", plans->list.id, b->period);
	b->manifest = manifest_name(b->period, &b->arena);
	b->signs = arena_printf(&b->arena, "progress-%s.pdf", b->period);
	b->state_name = arena_printf(&b->arena, "%s.json", name);
	b->journal_name = arena_printf(&b->arena, "%s.part", name);
	b->options = options_of(b, &b->arena);
	pipeline_library(&b->library, b->around, b->trees, &b->arena);
	library_add_job(&b->library, file_join(b->list.dir, "templates", &b->arena));
	return b;
}

/* What is kept of an area, for summaries, is one text of many figures. */
static const struct list_figure kept_figure = { .table = "progress", .column = "kept" };

struct batch *batch_progress_open(struct batch *plans, bool keeps)
{
	struct batch *b = batch_followed_open(plans, &stage, arena_printf(&plans->arena, "batch-%s", plans->period));

	if (keeps)
		b->figure[b->n_figure++] = kept_figure;
	b->merging = plans->merging;
	if (note_files(b) && (!b->merging || batch_merge_more(b, plans)))
		return b;
	batch_close(b);
	return NULL;
}
