#include "cmd/returns.h"

#include "base/buf.h"
#include "base/catalog.h"
#include "base/file.h"
#include "base/filematch.h"
#include "model/datacopy.h"

#include <string.h>

/* All files of one dataset. */
struct gathered {
	const struct dataset *dataset;
	struct return_file *file;
	size_t n_file;
	size_t cap;
	struct return_file none; /* the first file that nobody has reported in, without rows */
};

struct gathering {
	struct made *made;
	struct arena *arena;
	struct arena *cells;
	struct diags *diags;
	struct map paths; /* that a <returns> has named */
	struct gathered *of; /* [n] */
	size_t n;
	size_t cap;
	struct returned_file *file; /* [n_file] */
	size_t n_file;
	size_t cap_file;
};

/* NULL after an error. */
static struct gathered *gathered_of(struct gathering *g, const struct job_returns *said)
{
	const struct dataset *dataset;

	for (size_t i = 0; i < g->n; i++)
		if (!strcmp(g->of[i].dataset->id, said->source.dataset))
			return &g->of[i];
	dataset = dataset_read(&g->made->library, said->source.dataset, said->source.at, g->arena, g->diags);
	if (!dataset || !returns_check_dataset(dataset, said->source.at, g->diags))
		return NULL;
	*ARENA_PUSH(g->arena, g->of, g->n, &g->cap) = (struct gathered){ .dataset = dataset };
	return &g->of[g->n - 1];
}

/* The rows of a file that were read before; NULL: they are in the file. */
static const struct returned_feed *feed_of(const struct job *job, const char *path)
{
	for (size_t i = 0; i < job->n_returned; i++)
		if (!strcmp(job->returned[i].path, path))
			return &job->returned[i];
	return NULL;
}

/* Nobody of the job's areas has reported in that file. */
static void add_empty(struct gathering *g, struct gathered *to, const struct return_file *file)
{
	const char *href = file->data.source->href;
	const char *path = file->data.source->path;

	if (!to->none.said) {
		to->none = *file;
		to->none.data.dataset = to->dataset;
		to->none.data.present = ARENA_ARRAY(g->arena, to->dataset->n_field, bool);
	}
	library_use(&g->made->library, path, href);
	*ARENA_PUSH(g->arena, g->file, g->n_file, &g->cap_file) = (struct returned_file){ href, path, to->dataset, 0 };
}

/* Files may be thousands: what reading one takes does not last. */
static bool read_file(struct gathering *g, struct gathered *to, const struct job_returns *said, const char *href, const char *path)
{
	const struct returned_feed *feed = feed_of(g->made->job, path);
	struct source *source = ARENA_NEW(g->arena, struct source);
	struct return_file file = { .said = said, .data.source = source };
	struct arena tmp = { 0 };
	bool ok;

	*source = said->source;
	source->href = href;
	source->path = path;
	source->feed = feed ? feed->feed : NULL;
	source->shown = file_join(g->made->job->dir, href, g->arena);
	if (!map_add(&g->paths, path, 0, NULL))
		return diag_error(g->diags, said->href_at, "duplicate", "another <returns> names the file '%s' already; a file is read once", href);
	if (feed && !feed->feed) {
		add_empty(g, to, &file);
		return true;
	}
	ok = pipeline_source(source, to->dataset, &g->made->library, &tmp, &file.data, g->diags);
	if (ok) {
		file.data = data_copy(&file.data, g->arena, g->cells);
		*ARENA_PUSH(g->arena, to->file, to->n_file, &to->cap) = file;
		*ARENA_PUSH(g->arena, g->file, g->n_file, &g->cap_file) = (struct returned_file){ href, path, to->dataset, file.data.n_row };
	}
	arena_clear(&tmp);
	return ok;
}

static bool read_files(struct gathering *g, const struct job_returns *said)
{
	struct gathered *to = gathered_of(g, said);
	struct file_list list;
	bool ok = true;

	if (!file_match(g->made->job->dir, said->source.href, RETURNS_FILES_MAX, said->href_at, g->arena, &list, g->diags) || !to)
		return false;
	for (size_t i = 0; i < list.n; i++)
		ok = read_file(g, to, said, list.href[i], list.path[i]) && ok;
	return ok;
}

/* Where nobody at all has reported there is a file all the same: each return is missing then. */
static bool read_returns(struct gathering *g, struct gathered *of, const struct area *const *area, size_t n_area, struct returns *returns)
{
	if (!of->n_file)
		*ARENA_PUSH(g->arena, of->file, of->n_file, &of->cap) = of->none;
	return returns_read(&g->made->model, area, n_area, of->file, of->n_file, g->arena, returns, g->diags);
}

static bool settle(struct gathering *g, struct returns_made *to)
{
	const struct area *const *area;
	size_t n_area;
	bool ok = true;

	if (!returns_areas(&g->made->model, g->arena, &area, &n_area, g->diags))
		return false;
	to->returns = ARENA_ARRAY(g->arena, g->n, struct returns);
	to->n_returns = g->n;
	to->file = g->file;
	to->n_file = g->n_file;
	for (size_t i = 0; i < g->n; i++)
		ok = read_returns(g, &g->of[i], area, n_area, &to->returns[i]) && ok;
	return ok;
}

static bool gather(struct made *made, struct arena *a, struct arena *cells, struct returns_made *to, struct diags *d)
{
	struct gathering g = { .made = made, .arena = a, .cells = cells, .diags = d };
	bool ok = true;

	map_init(&g.paths, a);
	for (size_t i = 0; i < made->job->n_returns; i++)
		ok = read_files(&g, &made->job->returns[i]) && ok;
	map_clear(&g.paths);
	if (!made->has_model || !ok)
		return false;
	return !made->job->n_returns || settle(&g, to);
}

/* ---- what reading them found: the workbook tells it, in its own language ---- */

static const char catalog_file[] = "locale/vi.po";

static const struct catalog *vietnamese(const struct made *made, struct catalogs *catalogs, struct arena *a)
{
	const char *path = library_look(&made->library, catalog_file, a);

	return path ? catalogs_at(catalogs, path) : NULL;
}

/* Without the folder of the job, which is not the workbook's to know. */
static const char *without_dir(const char *text, const char *dir, struct arena *a)
{
	struct buf b = { 0 };
	const char *kept;
	size_t n = strlen(dir);

	for (const char *at; n && (at = strstr(text, dir)); text = at + n)
		buf_put(&b, text, (size_t)(at - text));
	buf_puts(&b, text);
	kept = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return kept;
}

static const char *kept_text(const char *text, struct arena *a)
{
	return text ? arena_text(a, text) : NULL;
}

static void keep_findings(const struct diags *heard, const struct job *job, struct arena *a, struct returns_made *to)
{
	struct finding *finding = ARENA_ARRAY(a, heard->n_finding, struct finding);
	const char *inside = file_join(job->dir, "x", a);
	const char *dir = arena_slice(a, inside, strlen(inside) - 1);

	for (size_t i = 0; i < heard->n_finding && to->n_finding < RETURNS_FINDINGS_MAX; i++) {
		struct finding *f = &finding[to->n_finding++];

		*f = heard->finding[i];
		f->at.file = kept_text(f->at.file, a);
		f->at.sheet = kept_text(f->at.sheet, a);
		f->rule = arena_text(a, f->rule);
		f->message = without_dir(f->message, dir, a);
		f->found = kept_text(f->found, a);
		f->expected = kept_text(f->expected, a);
	}
	to->finding = finding;
}

static bool gather_told(struct made *made, struct catalogs *catalogs, struct arena *a, struct arena *cells, struct returns_made *to, struct diags *d)
{
	struct diags heard = { .catalog = vietnamese(made, catalogs, a), .also = d };
	bool ok = gather(made, a, cells, to, &heard);
	struct library_file file;

	keep_findings(&heard, made->job, a, to);
	diags_clear(&heard);
	return ok && (!to->n_finding || library_find_data(&made->library, catalog_file, made->job->at, &file, d));
}

bool pipeline_returns(struct made *made, struct catalogs *catalogs, struct arena *a, struct arena *cells, struct returns_made *to, struct diags *d)
{
	*to = (struct returns_made){ 0 };
	return catalogs && made->job->n_returns ? gather_told(made, catalogs, a, cells, to, d) : gather(made, a, cells, to, d);
}
