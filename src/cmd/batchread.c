/* The list of areas, and the sources of the job: each file is read once, whatever it is, and its rows are kept by area. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "batch/divide.h"
#include "model/datasink.h"

#include <string.h>
#include <sys/stat.h>

const char *batch_area_dir(const struct batch *b, const struct list_area *area, struct arena *a)
{
	return file_join(b->dir, arena_printf(a, "%s/%s", area->parent_code, area->code), a);
}

static bool is_no_link(const char *path, struct diags *d)
{
	struct stat st;

	return lstat(path, &st) || !S_ISLNK(st.st_mode)
		|| diag_error(d, (struct origin){ .file = path }, "file", "a link stands here in place of the area's folder, and is not followed; remove it");
}

bool batch_area_is_own(const struct batch *b, const struct list_area *area, struct diags *d)
{
	struct arena a = { 0 };
	bool own = is_no_link(file_join(b->dir, area->parent_code, &a), d) && is_no_link(batch_area_dir(b, area, &a), d);

	arena_clear(&a);
	return own;
}

bool batch_read_job(struct batch *b, const char *path)
{
	struct diags quiet = { .quiet = true };

	pipeline_library(&b->library, b->around, b->trees, &b->arena);
	batch_hash(b, path, &quiet);
	diags_clear(&quiet);
	if (!job_list_read(path, b->below ? b->below->list.source.shown : NULL, &b->library, &b->arena, &b->list, b->diags))
		return false;
	b->dir = b->below			? b->below->dir
		: b->merged_in && !b->out ? b->merged_in
					  : file_join(b->out ? b->out : "out", b->list.id, &b->arena);
	return true;
}

/* Rows of a list that cannot be read. */
struct list_faults {
	struct row_faults faults; /* first */
	const char *file;
	size_t n;
};

static bool tell_fault(struct row_faults *faults, enum row_fault fault, const struct row *row, struct diags *d)
{
	struct list_faults *f = (struct list_faults *)faults;

	if (f->n++ < DIVIDE_PLACES)
		diag_error(d, (struct origin){ .file = f->file, .row = row->row }, "row", "this row of the list of areas cannot be read: %s",
			divide_reason(fault, d));
	return true;
}

static bool check_list(const struct batch *b)
{
	return !b->list.n_bad || !b->pipeline.strict
		|| diag_error(b->diags, (struct origin){ .file = b->list.source.shown }, "strict",
			"%zu rows of this list have faults, so with --strict nothing is made", b->list.n_bad);
}

static bool prints(struct fonts *fonts, const char *text, struct origin at, struct diags *d)
{
	static const char blanks[] = " \t\r\n";
	bool ok = true;

	for (size_t n; *text; text += n) {
		text += strspn(text, blanks);
		n = strcspn(text, blanks);
		for (enum face face = 0; face < FACES && n; face++)
			ok = fonts_word(fonts, face, text, n, at, d) && ok;
	}
	return ok;
}

/* A name stands in the documents of areas above, too: one that no font can print is a fault of its row, and not theirs. */
static void check_names(const struct batch *b, struct data *data)
{
	const struct field *field = dataset_field(data->dataset, "name");

	for (size_t i = 0; field && i < data->n_row; i++) {
		struct data_row *row = (struct data_row *)&data->row[i];
		const struct datum *name = &row->datum[field - data->dataset->field];

		if (name->text && !prints(b->fonts, name->text, name->figure.n_from ? name->figure.from[0] : row->at, b->diags))
			row->is_bad = true;
	}
}

static bool take_areas(struct batch *b, struct data *data, size_t n_bad)
{
	check_names(b, data);
	return job_list_areas(&b->list, data, n_bad, &b->arena, b->diags) && check_list(b);
}

bool batch_read_list(struct batch *b)
{
	const struct source *source = &b->list.source;
	const struct dataset *dataset = dataset_read(&b->library, source->dataset, source->at, &b->arena, b->diags);
	struct list_faults faults = { { tell_fault }, source->shown, 0 };
	struct data_sink *sink;
	struct data data;

	if (!dataset)
		return false;
	library_use(&b->library, source->path, source->href);
	sink = data_sink_new(source, dataset, &b->library, &b->arena);
	return pipeline_rows(source, dataset, data_sink_rows(sink), &faults.faults, &b->arena, b->diags)
		&& data_sink_finish(sink, &data, b->diags) && take_areas(b, &data, faults.n);
}

/* ---- the specimen ---- */

static const struct job *read_specimen(struct batch *b, size_t area, struct diags *d)
{
	struct job_instance instance = { .root = job_list_fill(&b->list, &b->list.area[area], &b->arena, d), .below = b->list.below };

	return instance.root ? job_read_instance(b->list.path, &instance, &b->library, &b->arena, d) : NULL;
}

/* An area's own fault does not stop the others: the first one without. Where there is none, what is wrong with the first is. */
bool batch_specimen(struct batch *b)
{
	struct diags quiet = { .quiet = true };

	if (b->specimen)
		return true;
	if (!b->list.n_area && !batch_read_list(b))
		return false;
	for (size_t i = 0; i < b->list.n_area && !b->specimen; i++)
		b->specimen = read_specimen(b, i, &quiet);
	diags_clear(&quiet);
	if (!b->specimen)
		b->specimen = read_specimen(b, 0, b->diags);
	return b->specimen;
}

/* ---- sources ---- */

bool batch_divide(struct batch *b, const struct source *source, const struct dataset *dataset, struct row_store *store)
{
	struct divider *v = divider_new(source, dataset, &b->list, &b->library, store, b->spoilt, &b->arena, b->diags);
	size_t n_lost = 0;
	bool ok = v && pipeline_rows(source, dataset, divider_rows(v), divider_faults(v), &b->arena, b->diags)
		&& divider_end(v, &n_lost, b->diags);

	b->n_lost += n_lost;
	return ok || diag_error(b->diags, (struct origin){ .file = source->shown }, "source",
			"this cannot be divided among the areas, or it is needed for all of them, so nothing is made; see above");
}

static size_t owner_of(void *ctx, const char *code)
{
	const struct job_list *list = ctx;
	size_t owner;

	return map_find(&list->codes, list_code(code), &owner) ? owner : SIZE_MAX;
}

static bool only_registers(const struct job *job)
{
	for (size_t i = 0; i < job->n_source; i++)
		if (!job->source[i].reg)
			return false;
	return true;
}

/* A register is read once for all areas; what it counts is theirs by the column of codes. */
static bool count_register(struct batch *b, size_t i)
{
	const struct source *source = &b->specimen->source[i];
	struct reg_owners owners = { b->list.n_area, owner_of, &b->list };
	struct data data;
	uint64_t n_lost = 0;

	if (!source->by)
		return diag_error(b->diags, source->at, "for-each",
			"a register of many areas needs by=\"...\", the column with the code of the area; or write {code} into href, a file for each area");
	b->registers.options = (struct register_options){ .strict = b->pipeline.strict, .alone = only_registers(b->specimen) };
	b->registers.n_thread = b->n_worker < SCAN_THREADS_MAX ? b->n_worker : SCAN_THREADS_MAX;
	b->share[i] = ARENA_NEW(&b->arena, struct reg_share);
	if (!batch_hash(b, source->path, b->diags)
		|| !pipeline_register(source, b->dataset[i], &b->registers, &b->library, &b->arena, &data, b->diags)
		|| !register_share(data.counted, &owners, &b->arena, b->share[i], &n_lost, b->diags))
		return false;
	b->n_lost += (size_t)n_lost;
	return registers_are_sound(&b->registers);
}

const struct reg_part *const *batch_parts(const struct batch *b, size_t area, struct arena *a)
{
	const struct reg_part **part = ARENA_ARRAY(a, b->specimen->n_source, const struct reg_part *);

	for (size_t i = 0; i < b->specimen->n_source; i++) {
		struct reg_part *own = ARENA_NEW(a, struct reg_part);

		*own = (struct reg_part){ b->share[i], area };
		part[i] = b->share[i] ? own : NULL;
	}
	return part;
}

static bool read_source(struct batch *b, size_t i)
{
	const struct source *source = &b->specimen->source[i];
	const struct dataset *dataset = dataset_read(&b->library, source->dataset, source->at, &b->arena, b->diags);
	bool varies = job_list_varies(&b->list, source->at);

	b->dataset[i] = dataset;
	if (varies && source->by)
		return diag_error(b->diags, source->by_at, "for-each",
			"a source that is another file for each area has no rows of other areas; take out by=\"%s\"", source->by);
	if (!dataset || varies || source->totals || source->list)
		return dataset;
	if (!job_list_is_common(&b->list, source->at, b->diags))
		return false;
	if (source->reg)
		return count_register(b, i);
	b->store[i] = row_store_open(b->dir, b->diags);
	return b->store[i] && batch_hash(b, source->path, b->diags) && batch_divide(b, source, dataset, b->store[i]);
}

/* The templates that every area needs are read before there are workers. */
static bool warm(struct batch *b)
{
	return plan_read(b->specimen, &b->library, &b->arena, b->diags)
		&& area_names_read(&b->library, b->specimen->at, &b->arena, b->diags);
}

bool batch_read_sources(struct batch *b)
{
	bool ok;

	if (!batch_specimen(b))
		return false;
	b->dataset = ARENA_ARRAY(&b->arena, b->specimen->n_source, const struct dataset *);
	b->store = ARENA_ARRAY(&b->arena, b->specimen->n_source, struct row_store *);
	b->share = ARENA_ARRAY(&b->arena, b->specimen->n_source, struct reg_share *);
	batch_note_unsigned(b, b->specimen->sign, b->stage->signs ? b->specimen->n_sign : 0);
	b->spoilt = ARENA_ARRAY(&b->arena, b->list.n_area, bool);
	ok = warm(b) && file_make_dirs(b->dir, b->diags) && batch_lock(b);
	for (size_t i = 0; ok && i < b->specimen->n_source; i++)
		ok = read_source(b, i);
	return ok;
}

bool batch_prepare(struct batch *b)
{
	return (b->list.n_area || batch_read_list(b)) && batch_read_sources(b) && batch_check_lost(b);
}

bool batch_check_lost(const struct batch *b)
{
	return !b->n_lost || !b->pipeline.strict
		|| diag_error(b->diags, (struct origin){ .file = b->list.source.shown }, "strict",
			"%zu rows are of no area of this list, or cannot be read, so with --strict nothing is made", b->n_lost);
}

void batch_close_sources(struct batch *b)
{
	for (size_t i = 0; i < b->n_returned; i++)
		row_store_close(b->returned[i].store);
	b->n_returned = 0;
	if (b->plans) /* which has the others */
		return;
	for (size_t i = 0; b->store && b->specimen && i < b->specimen->n_source; i++)
		row_store_close(b->store[i]);
	b->store = NULL;
	registers_close(&b->registers);
}

/* ---- feeds ---- */

static bool push(const struct row_feed *feed, struct row_sink *sink, struct diags *d)
{
	const struct area_feed *f = (const struct area_feed *)feed;
	struct buf rows = { 0 };
	bool ok;

	if (f->source->by && !row_store_rows(f->store, f->owner))
		return diag_error(d, (struct origin){ .file = f->source->shown }, "no-rows",
			"no row has the code of this area in the column '%s'; fill in at least one", f->source->by);
	ok = row_store_read(f->store, f->owner, &rows, d) && row_store_push(&rows, sink, d);
	buf_clear(&rows);
	return ok;
}

const struct row_feed *batch_store_feed(const struct row_store *store, const struct source *source, size_t area, struct arena *a)
{
	struct area_feed *feed = ARENA_NEW(a, struct area_feed);

	*feed = (struct area_feed){ { push }, store, source, (uint32_t)area };
	return &feed->feed;
}

const struct row_feed *const *batch_feeds(const struct batch *b, size_t area, struct arena *a)
{
	size_t n = b->specimen->n_source;
	const struct row_feed **feeds = ARENA_ARRAY(a, n, const struct row_feed *);

	for (size_t i = 0; i < n; i++) {
		const struct source *source = &b->specimen->source[i];

		feeds[i] = b->store[i] ? batch_store_feed(b->store[i], source, area, a) : NULL;
		if (source->totals || source->list)
			feeds[i] = batch_below_feed(b, source, area, a);
	}
	return feeds;
}
