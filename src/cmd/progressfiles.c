#include "cmd/progressfiles.h"

#include "base/file.h"
#include "cmd/progresssources.h"
#include "compose/progressbook.h"
#include "compose/twin.h"
#include "render/backend.h"
#include "render/pdf.h"
#include "render/xlsxprogress.h"
#include "render/xlsxtwin.h"

#include <malloc.h> /* malloc_trim: what was freed lies in pieces, of no use to the many small cells of a workbook */

static const char *file_of(const struct progress_files *p, const char *dir, const char *stem, const char *suffix, struct arena *a)
{
	return file_join(dir, arena_printf(a, "%s-%s%s", stem, p->name, suffix), a);
}

/* It is read at a glance: what is longer is said, not cut. */
static bool write_brief(const struct progress_files *p, const struct made *made, struct fonts *fonts, const char *dir, struct arena *a,
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

static bool make_remarks(const struct progress_files *p, struct followed_job *f, struct arena *a, struct remark_rows *rows, struct diags *d)
{
	const struct progress_input progress = followed_input(f, d);
	struct progresssheets_input input = { .progress = &progress };
	struct remarks remarks;

	if (p->previous) {
		input.remarks = &remarks;
		if (!remarks_join(p->previous, f, a, &remarks, d))
			return false;
	}
	return remark_rows_make(&input, &f->made.library, a, rows, d);
}

/* What no table stands behind. */
static bool make_sheets(const struct progress_files *p, struct followed_job *f, const struct remark_rows *rows, struct arena *a,
	struct progresssheets *sheets, struct diags *d)
{
	const struct progress_input progress = followed_input(f, d);
	struct progresssheets_input input = { .progress = &progress, .plans = f->plans, .rows = rows, .brief = f->made.document };

	input.reading = f->returns.finding;
	input.n_reading = f->returns.n_finding;
	return progress_sources(f, p->previous ? &p->previous->data : NULL, p->hashes, a, &input.file, &input.n_file, d) && progresssheets_make(&input, &f->made.library, a, sheets, d);
}

static bool make_book(const struct progress_files *p, struct followed_job *f, const struct progresssheets *sheets, struct arena *a,
	const struct workbook **book, struct diags *d)
{
	struct progressbook_input input = {
		.brief = f->made.document,
		.template = f->template,
		.further = sheets->further,
		.n_further = sheets->n_further,
		.charts_title = sheets->charts_title,
	};

	input.property = remarks_properties(f->made.job, p->name, a, &input.n_property);
	return progressbook_make(&input, a, book, d);
}

/* What the two workbooks hold. */
static bool make_books(const struct progress_files *p, struct followed_job *f, const struct remark_rows *rows, struct arena *a,
	struct twin *twin, struct diags *d)
{
	struct progresssheets sheets;
	struct twin_input input = { .at = f->made.job->at };

	if (!make_sheets(p, f, rows, a, &sheets, d) || !make_book(p, f, &sheets, a, &input.book, d))
		return false;
	input.cover = sheets.cover;
	input.n_cover = sheets.n_cover;
	return twin_make(&input, &f->made.library, a, twin, d);
}

/* One after the other: each takes as much memory as it has cells. */
static bool write_books(const struct progress_files *p, const struct twin *twin, struct fonts *fonts, const char *dir, struct arena *a, struct diags *d)
{
	malloc_trim(0);
	if (!xlsxprogress_write(twin->book, fonts, file_of(p, dir, "progress", ".xlsx", a), d))
		return false;
	malloc_trim(0);
	return xlsxtwin_write(twin, file_of(p, dir, "progress", ".accessible.xlsx", a), d);
}

/* What is listed is needed no more: the workbooks take its place. */
bool progress_files_write(const struct progress_files *p, struct followed_job *f, struct fonts *fonts, const char *dir, struct arena *figures,
	struct arena *a, struct diags *d)
{
	struct remark_rows rows;
	struct twin twin;
	bool ok = make_remarks(p, f, a, &rows, d);

	ok = backend_json.write(f->made.document, fonts, file_of(p, dir, "figures", backend_json.suffix, a), d) && ok;
	if (!write_brief(p, &f->made, fonts, dir, a, d) || !ok)
		return false;
	if (p->tables)
		arena_clear(p->tables);
	malloc_trim(0);
	if (!make_books(p, f, &rows, a, &twin, d))
		return false;
	arena_clear(figures);
	return write_books(p, &twin, fonts, dir, a, d);
}
