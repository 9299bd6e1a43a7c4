/* One area, in a worker: the ordinary pipeline over its rows, into its own folder; what came of it is told to the parent. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "batch/pack.h"

#include <string.h>

/* The area whose manifest asks. */
static struct one *hashes_of(struct inventory_hashes *hashes)
{
	return (struct one *)((char *)hashes - offsetof(struct one, hashes));
}

/* ---- checksums ---- */

static const struct state_input *hash_of(struct batch_hashes *h, const char *path, struct diags *d)
{
	struct state_input file = { 0 };
	size_t i;

	if (map_find(&h->paths, path, &i))
		return &h->file[i];
	if (!file_mark_of(path, &file.mark))
		file.mark = (struct file_mark){ 0 };
	if (!file_sha256(path, &h->arena, &file.sha256, d))
		return NULL;
	map_add(&h->paths, arena_text(&h->arena, path), h->n_file, NULL);
	*ARENA_PUSH(&h->arena, h->file, h->n_file, &h->cap_file) = file;
	return &h->file[h->n_file - 1];
}

static void use(struct library_watch *watch, const char *path)
{
	struct diags quiet = { .quiet = true }; /* what reads the file says what is wrong with it */

	hash_of((struct batch_hashes *)watch, path, &quiet);
	diags_clear(&quiet);
}

void batch_hashes_init(struct batch_hashes *h)
{
	*h = (struct batch_hashes){ .watch = { use } };
	map_init(&h->paths, &h->arena);
}

const struct state_input *batch_hash(struct batch *b, const char *path, struct diags *d)
{
	return hash_of(b->hashes, path, d);
}

/* Of the file itself; what came of the areas below is no file. */
static bool whole_of(struct one *one, const struct library_file *file, struct state_input *whole, struct arena *a, struct diags *d)
{
	const struct state_input *hash;

	if (one->batch->below && !strcmp(file->manifest, JOB_BELOW)) {
		*whole = (struct state_input){ .sha256 = batch_below_sha256(one->batch, a) };
		return true;
	}
	hash = batch_hash(one->batch, file->path, d);
	if (hash)
		*whole = *hash;
	return hash;
}

static const char *known(struct inventory_hashes *hashes, const struct library_file *file, const char **name, struct arena *a,
	struct diags *d)
{
	struct one *one = hashes_of(hashes);
	struct state_input used;
	const char *whole;

	if (one->previous && !strcmp(file->path, one->previous))
		return file_sha256(file->path, a, &used.sha256, d) ? used.sha256 : NULL;
	if (!whole_of(one, file, &used, a, d))
		return NULL;
	whole = used.sha256;
	used.path = file->manifest;
	if (batch_is_partial(one->batch, file->manifest)) {
		used.sha256 = batch_part_sha256(one->batch, file->manifest, one->area, a, d);
		*name = arena_printf(a, "%s#%s", file->manifest, one->batch->list.area[one->area].code);
	}
	if (one->used) {
		one->whole[one->n_used] = whole;
		one->used[one->n_used++] = used;
	}
	return used.sha256;
}

struct job_instance batch_instance(struct one *one)
{
	const struct batch *b = one->batch;
	size_t n_kept = 0;
	const char *const *kept = b->followed ? batch_above_kept(b, one->area, one->arena, &n_kept) : NULL;

	return (struct job_instance){
		.root = job_list_fill(&b->list, &b->list.area[one->area], one->arena, one->diags),
		.feed = batch_feeds(b, one->area, one->arena),
		.counted = batch_parts(b, one->area, one->arena),
		.n_feed = b->specimen->n_source,
		.plan_varies = job_list_plan_varies(&b->list),
		.returned = batch_returned_feeds(b, one->area, one->arena),
		.n_returned = b->n_returned,
		.below = b->list.below,
		.kept = kept,
		.n_kept = n_kept,
	};
}

bool batch_make_pages(struct one *one)
{
	struct batch *b = one->batch;
	struct job_instance instance = batch_instance(one);
	struct pipeline_options options = b->pipeline;

	options.instance = &instance;
	options.trees = b->trees;
	return instance.root && pipeline_run(b->list.path, &options, b->around, b->fonts, one->arena, &one->made, one->diags);
}

/* As printed in the table's total row, and exactly. A column that a summary only might add up need not be there. */
static bool find_figure(struct one *one, const struct list_figure *f, struct one_figure *found)
{
	const struct table *table = tables_find(&one->made.tables, f->table);
	size_t i = 0;

	*found = (struct one_figure){ "", "" };
	if (!table || !table->has_total)
		return diag_error(one->diags, f->at, "figure", "the documents have no table '%s' with a row of totals", f->table);
	while (i < table->n_column && strcmp(table->column[i].id, f->column) != 0)
		i++;
	if (!f->label && (i == table->n_column || !column_is_number(&table->column[i])))
		return true;
	if (i == table->n_column || !column_is_number(&table->column[i]))
		return diag_error(one->diags, f->at, "figure", "the table '%s' has no column of figures '%s'", f->table, f->column);
	if (f->label)
		found->text = cell_text(table, table->total, i, one->arena);
	if (table_cell(table, table->total, i)->figure.state == FIGURE_OK)
		found->value = ratio_exact(table_cell(table, table->total, i)->figure.x, one->arena);
	return true;
}

/* Figures of one source of a summary, which name one table. */
static bool is_same_source(const struct list_figure *f, const struct list_figure *g)
{
	return !f->label && !g->label && f->at.row == g->at.row && f->at.col == g->at.col && !strcmp(f->table, g->table);
}

/* A table that is not there is told once. */
static bool find_figures(struct one *one)
{
	const struct batch *b = one->batch;
	bool all = true;
	bool found = true;

	for (size_t i = 0; i < b->n_figure; i++) {
		if (i && !found && is_same_source(&b->figure[i], &b->figure[i - 1]))
			continue;
		found = find_figure(one, &b->figure[i], &one->figure[i]);
		all = all && found;
	}
	return all;
}

/* Whether the area can be made up to its tables, and has the figures. */
static bool try_figures(struct batch *b, size_t area, bool *made, struct diags *d)
{
	struct arena a = { 0 };
	struct diags quiet = { .quiet = true };
	struct one one = { .batch = b, .area = area, .arena = &a, .diags = &quiet };
	struct job_instance instance = batch_instance(&one);
	struct pipeline_options options = b->pipeline;
	bool ok;

	options.instance = &instance;
	options.trees = b->trees;
	*made = instance.root && pipeline_tables(b->list.path, &options, b->around, &a, &one.made, &quiet);
	one.diags = d;
	ok = *made && find_figures(&one);
	diags_clear(&quiet);
	arena_clear(&a);
	return ok;
}

bool batch_figures_exist(struct batch *b)
{
	enum { TRIES = 3 }; /* one area may lack what others have */
	struct diags quiet = { .quiet = true };
	size_t without = SIZE_MAX;
	bool found = !b->n_figure || !b->n_task || b->plans; /* what is kept of progress is there */
	bool made;

	for (size_t i = 0; i < TRIES && !found; i++) {
		size_t area = b->task[i * (b->n_task - 1) / (TRIES - 1)];

		found = try_figures(b, area, &made, &quiet);
		if (made)
			without = area;
	}
	diags_clear(&quiet);
	return found || without == SIZE_MAX || try_figures(b, without, &made, b->diags);
}

static void add_fonts(struct one *one)
{
	for (enum face face = FACE_REGULAR; face < FACES; face++) {
		one->whole[one->n_used] = fonts_sha256(one->batch->fonts, face);
		one->used[one->n_used++] = (struct state_input){
			.path = arena_printf(one->arena, "fonts/%s", fonts_name(one->batch->fonts, face)),
			.sha256 = fonts_sha256(one->batch->fonts, face),
		};
	}
}

bool batch_write_pages(struct one *one)
{
	struct batch *b = one->batch;

	return produce_files(&b->produce, &one->made, b->fonts, one->staging.dir, one->arena, one->diags);
}

/* The lists that it came of; and room for all inputs. */
static void use_lists(struct one *one)
{
	const struct batch *b = one->batch;

	library_use(&one->made.library, b->list.source.path, b->list.source.href);
	if (b->below) {
		library_use(&one->made.library, b->below->list.source.path, b->below->list.source.href);
		library_use(&one->made.library, b->below->list.path, file_name(b->below->list.path));
	}
	one->used = ARENA_ARRAY(one->arena, one->made.library.n_used + FACES, struct state_input);
	one->whole = ARENA_ARRAY(one->arena, one->made.library.n_used + FACES, const char *);
}

static bool write_files(struct one *one)
{
	struct batch *b = one->batch;
	const char *path;

	if (!batch_area_is_own(b, &b->list.area[one->area], one->diags) || !staging_open(&one->staging, one->target, one->arena, one->diags)
		|| !b->stage->write(one))
		return false;
	use_lists(one);
	if (!staging_list(&one->staging, one->diags)
		|| !inventory_write(&one->made, b->fonts, &one->hashes, &one->staging, b->manifest, one->arena, one->diags))
		return false;
	add_fonts(one);
	one->n_finding = one->diags->n_finding;
	if (!batch_sign(one))
		return false;
	path = file_join(one->staging.dir, b->manifest, one->arena);
	return file_sha256(path, one->arena, &one->manifest, one->diags) && staging_commit(&one->staging, b->manifest, one->diags)
		&& batch_note_seal(one);
}

/* ---- what is told ---- */

static void pack_output(struct one *one, const char *name, struct buf *result)
{
	struct file_mark mark = { 0 };

	file_mark_of(file_join(one->target, name, one->arena), &mark);
	pack_text(result, name);
	pack_number(result, mark.size);
	pack_number(result, (uint64_t)mark.mtime);
}

static void pack_made(struct one *one, struct buf *result)
{
	pack_text(result, batch_key(one->batch, one->area, one->used, one->n_used, one->arena));
	pack_text(result, one->manifest);
	pack_number(result, one->staging.n_name + 1);
	for (size_t i = 0; i < one->staging.n_name; i++)
		pack_output(one, one->staging.name[i], result);
	pack_output(one, one->batch->manifest, result);
	batch_pack_seal(&one->seal, result);
	pack_number(result, one->n_used);
	for (size_t i = 0; i < one->n_used; i++) {
		pack_text(result, one->used[i].path);
		pack_number(result, one->used[i].mark.size);
		pack_number(result, (uint64_t)one->used[i].mark.mtime);
		pack_text(result, one->whole[i]);
	}
	for (size_t i = 0; i < one->batch->n_figure; i++)
		pack_text(result, one->figure[i].text);
	for (size_t i = 0; i < one->batch->n_figure; i++)
		pack_text(result, one->figure[i].value);
}

static void pack_findings(const struct diags *d, struct buf *result)
{
	pack_number(result, d->n_fault);
	pack_number(result, d->n_finding);
	for (size_t i = 0; i < d->n_finding; i++) {
		const struct finding *f = &d->finding[i];

		pack_number(result, f->severity);
		pack_text(result, f->at.file);
		pack_text(result, f->at.sheet);
		pack_number(result, f->at.row);
		pack_number(result, f->at.col);
		pack_text(result, f->rule);
		pack_text(result, f->message);
	}
}

void batch_work(void *ctx, size_t task, struct buf *result)
{
	struct batch *b = ctx;
	struct arena arena = { 0 };
	struct diags diags = { .catalog = b->diags->catalog };
	struct one one = { .batch = b, .area = b->task[task], .hashes = { known }, .arena = &arena, .diags = &diags };
	bool ok;

	one.target = batch_area_dir(b, &b->list.area[one.area], &arena);
	ok = b->stage->make(&one) && (b->plans || find_figures(&one)) && write_files(&one);
	staging_close(&one.staging);
	pack_number(result, ok);
	pack_number(result, ok ? one.n_finding : diags.n_finding);
	pack_findings(&diags, result);
	if (ok)
		pack_made(&one, result);
	diags_clear(&diags);
	arena_clear(&one.figures);
	arena_clear(&arena);
	fonts_trim(b->fonts);
}
