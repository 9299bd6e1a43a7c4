/* kehoach progress: how far a plan is at the end of a month, quarter, half year or year. */
#include "base/file.h"
#include "cmd/followed.h"
#include "cmd/inventory.h"
#include "cmd/period.h"
#include "cmd/progresssources.h"
#include "cmd/remarks.h"
#include "cmd/staging.h"
#include "compose/progressbook.h"
#include "compose/twin.h"
#include "render/backend.h"
#include "render/manifest.h"
#include "render/pdf.h"
#include "render/xlsxprogress.h"
#include "render/xlsxtwin.h"

#include <stddef.h>
#include <string.h>

struct progress {
	const char *out;
	bool pdf;
	const char *date;
	const char *previous; /* workbook of an earlier period, or NULL */
	struct period_words words;
	const char *name; /* of the period, in the names of files */
	struct pipeline_options pipeline;
	const struct surroundings *around;
};

static const struct option progress_options[] = {
	{ "-o", "DIR", "where results go, in DIR/<job id>/ (out)", offsetof(struct progress, out) },
	{ "--pdf", NULL, "the brief of one page too", offsetof(struct progress, pdf) },
	{ "--date", "DATE", "of the brief: 2024-06-03; else day and month stay blank; the year is that of the month behind the period", offsetof(struct progress, date) },
	{ "--month", "MONTH", "told of: 2024-05", offsetof(struct progress, words.month) },
	{ "--quarter", "QUARTER", "in its place: 2024-Q2", offsetof(struct progress, words.quarter) },
	{ "--half", "HALF", "in its place: 2024-H1", offsetof(struct progress, words.half) },
	{ "--year", "YEAR", "in its place: 2024", offsetof(struct progress, words.year) },
	{ "--previous", "FILE", "the workbook of the period before: its remarks are carried over", offsetof(struct progress, previous) },
	{ 0 },
};

static const char *file_of(const struct progress *p, const char *dir, const char *stem, const char *suffix, struct arena *a)
{
	return file_join(dir, arena_printf(a, "%s-%s%s", stem, p->name, suffix), a);
}

/* It is read at a glance: what is longer is said, not cut. */
static bool write_brief(const struct progress *p, const struct made *made, struct fonts *fonts, const char *dir, struct arena *a,
	struct diags *d)
{
	static const struct pdf_options options = { 0 };
	const struct part *part = made->document->part;
	struct pages *file;
	size_t n_file;

	if (!p->pdf)
		return true;
	if (!layout(made->document, fonts, a, &file, &n_file, d))
		return false;
	if (file->n_page > 1)
		diag_warning(d, part->block[part->n_block - 1].at, "pages",
			"the brief has %zu pages, but should be read at a glance; shorten its text or its table, or make its type smaller",
			file->n_page);
	return backend_pdf.paint(file, fonts, &options, file_of(p, dir, "progress", backend_pdf.suffix, a), d);
}

/* What no table stands behind. */
static bool make_sheets(const struct progress *p, struct followed_job *f, struct arena *a, struct progresssheets *sheets, struct diags *d)
{
	const struct progress_input progress = followed_input(f, d);
	struct progresssheets_input input = { .progress = &progress, .brief = f->made.document };
	struct remarks remarks;

	if (p->previous) {
		input.remarks = &remarks;
		if (!remarks_read(p->previous, f, a, &remarks, d))
			return false;
	}
	return progress_sources(f, a, &input.file, &input.n_file, d) && progresssheets_make(&input, &f->made.library, a, sheets, d);
}

static bool make_book(const struct progress *p, struct followed_job *f, const struct progresssheets *sheets, struct arena *a,
	const struct workbook **book, struct diags *d)
{
	struct progressbook_input input = {
		.brief = f->made.document,
		.template = f->template,
		.further = sheets->further,
		.n_further = sheets->n_further,
	};

	input.property = remarks_properties(f->made.job, p->name, a, &input.n_property);
	return progressbook_make(&input, a, book, d);
}

/* What the two workbooks hold. */
static bool make_books(const struct progress *p, struct followed_job *f, struct arena *a, struct twin *twin, struct diags *d)
{
	struct progresssheets sheets;
	struct twin_input input = { .at = f->made.job->at };

	if (!make_sheets(p, f, a, &sheets, d) || !make_book(p, f, &sheets, a, &input.book, d))
		return false;
	input.cover = sheets.cover;
	input.n_cover = sheets.n_cover;
	return twin_make(&input, &f->made.library, a, twin, d);
}

/* One after the other: each takes as much memory as it has cells. */
static bool write_books(const struct progress *p, const struct twin *twin, struct fonts *fonts, const char *dir, struct arena *a, struct diags *d)
{
	return xlsxprogress_write(twin->book, fonts, file_of(p, dir, "progress", ".xlsx", a), d)
		&& xlsxtwin_write(twin, file_of(p, dir, "progress", ".accessible.xlsx", a), d);
}

/* The files of one job. Its figures are needed no more once they are listed: the workbooks then take their place. */
static bool write_files(const struct progress *p, struct followed_job *f, struct fonts *fonts, const char *dir, struct arena *figures,
	struct arena *a, struct diags *d)
{
	struct twin twin;

	if (!make_books(p, f, a, &twin, d)
		|| !backend_json.write(f->made.document, fonts, file_of(p, dir, "figures", backend_json.suffix, a), d)
		|| !write_brief(p, &f->made, fonts, dir, a, d))
		return false;
	arena_clear(figures);
	return write_books(p, &twin, fonts, dir, a, d);
}

/* They have a manifest of their own beside that of the plan. */
static void progress_files(const struct progress *p, struct followed_job *f, struct fonts *fonts, struct arena *figures, struct arena *a,
	struct diags *d)
{
	const char *manifest = manifest_name(p->name, a);
	struct staging staging = { 0 };

	if (staging_open(&staging, file_join(p->out, f->made.job->id, a), a, d) && write_files(p, f, fonts, staging.dir, figures, a, d)
		&& staging_list(&staging, d) && inventory_write(&f->made, fonts, NULL, &staging, manifest, a, d))
		staging_commit(&staging, manifest, d);
	staging_close(&staging);
}

static void progress_job(void *ctx, const char *path, struct fonts *fonts, struct arena *a, struct diags *d)
{
	const struct progress *p = ctx;
	struct pipeline_options options = p->pipeline;
	struct followed_job f = { 0 };
	struct arena figures = { 0 };

	options.figures = &figures;
	if (pipeline_progress(path, &options, p->around, a, &f, d))
		progress_files(p, &f, fonts, &figures, a, d);
	arena_clear(&figures);
}

static int progress_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct progress p = { .out = "out", .around = around };
	struct date date;

	if (!options_read(&argc, argv, progress_options, &p, d) || !pipeline_date(p.date, &date, &p.pipeline, d)
		|| !period_read(&p.words, &p.pipeline.period, &p.name, d))
		return EXIT_USAGE;
	return pipeline_each_job(argc, argv, around, progress_job, &p, d);
}

const struct command command_progress = {
	.name = "progress",
	.args = "JOB.xml...",
	.what = "the progress workbook of a period, into DIR/<job id>/",
	.option = progress_options,
	.run = progress_run,
};
