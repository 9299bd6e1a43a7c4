/* Benchmark: N different nine-page documents with a table of 21 columns in one warm process.
 *
 * Prints each figure beside its goal, and a floor: the same glyph runs, laid out before, painted by nothing but cairo calls.
 * usage: documents JOBS N OUT: JOBS/job-1.xml to job-N.xml, made by make_jobs.py
 */
#include "base/file.h"
#include "cmd/pipeline.h"
#include "render/backend.h"
#include "render/finish.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { KEPT = 64 << 20, WARM_UP = 3 };

struct bench {
	struct fonts *fonts;
	struct surroundings around;
	const char *jobs;
	const char *out;
	size_t n;
};

/* Sums over all documents. */
struct times {
	double compose, layout, untagged, tagged, finish, floor, xlsx; /* [ms] CPU */
	size_t painted_bytes, finished_bytes;
	size_t pages;
	long memory_early; /* [KiB] peak after ten documents */
	size_t n;
};

static double cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static long peak_kib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static double lap(double *since)
{
	double now = cpu_ms();
	double ms = now - *since;

	*since = now;
	return ms;
}

/* One page's runs as cairo wants them, made before the clock starts. */
struct floor_run {
	cairo_glyph_t *glyph;
	int n_glyph;
	enum face face;
	double size;
};

struct floor_page {
	double width, height;
	struct floor_run *run;
	size_t n_run;
	const struct page *page;
};

static struct floor_run floor_run(const struct item *item, int em, struct arena *a)
{
	struct floor_run run = { .face = item->face, .size = (double)item->size_pt };
	size_t n = 0;

	for (size_t i = 0; i < item->n_glyphs; i++)
		n += item->glyphs[i].word->n_glyph;
	run.glyph = ARENA_ARRAY(a, n, cairo_glyph_t);
	for (size_t i = 0; i < item->n_glyphs; i++) {
		const struct word *word = item->glyphs[i].word;

		for (uint32_t k = 0; k < word->n_glyph; k++)
			run.glyph[run.n_glyph++] = (cairo_glyph_t){ .index = word->glyph[k],
				.x = (double)item->glyphs[i].x + (double)word->x[k] * run.size / em,
				.y = (double)item->y };
	}
	return run;
}

static struct floor_page *floor_pages(const struct pages *pages, int em, struct arena *a)
{
	struct floor_page *floor = ARENA_ARRAY(a, pages->n_page, struct floor_page);

	for (size_t i = 0; i < pages->n_page; i++) {
		const struct page *page = &pages->page[i];

		floor[i] = (struct floor_page){ .width = (double)page->width_pt, .height = (double)page->height_pt, .page = page,
			.run = ARENA_ARRAY(a, page->n_item, struct floor_run) };
		for (size_t k = 0; k < page->n_item; k++)
			if (page->item[k].kind == ITEM_TEXT)
				floor[i].run[floor[i].n_run++] = floor_run(&page->item[k], em, a);
	}
	return floor;
}

static void floor_paint(const struct floor_page *page, size_t n_page, cairo_font_face_t *face[FACES], const char *path)
{
	cairo_surface_t *surface = cairo_pdf_surface_create(path, 595, 842);
	cairo_t *cr = cairo_create(surface);

	for (size_t i = 0; i < n_page; i++) {
		cairo_pdf_surface_set_size(surface, page[i].width, page[i].height);
		for (size_t k = 0; k < page[i].n_run; k++) {
			const struct floor_run *run = &page[i].run[k];

			cairo_set_font_face(cr, face[run->face]);
			cairo_set_font_size(cr, run->size);
			cairo_show_glyphs(cr, run->glyph, run->n_glyph);
		}
		for (size_t k = 0; k < page[i].page->n_item; k++) {
			const struct item *item = &page[i].page->item[k];

			if (item->kind != ITEM_RULE)
				continue;
			cairo_set_line_width(cr, (double)item->thickness_pt);
			cairo_move_to(cr, (double)item->x, (double)item->y);
			cairo_line_to(cr, (double)item->x2, (double)item->y2);
			cairo_stroke(cr);
		}
		cairo_show_page(cr);
	}
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
}

static bool paint_untagged(const struct pages *pages, struct fonts *fonts, const char *path, struct diags *d)
{
	struct pdf_options options = { .untagged = true };
	struct painted painted = { 0 };
	bool ok = pdf_paint(pages, fonts, &options, path, &painted, d)
		&& file_write(path, painted.bytes.text, painted.bytes.n, d);

	painted_clear(&painted);
	return ok;
}

static bool paint_and_finish(const struct pages *pages, struct fonts *fonts, const char *path, double *clock, struct times *t,
	struct diags *d)
{
	struct pdf_options options = { 0 };
	struct painted painted = { 0 };
	struct buf file = { 0 };
	bool ok = pdf_paint(pages, fonts, &options, path, &painted, d)
		&& file_write(path, painted.bytes.text, painted.bytes.n, d);

	t->tagged += lap(clock);
	ok = ok && finish_pdf(&painted, pages, fonts, &options, path, &file, d);
	t->finish += lap(clock);
	t->painted_bytes += painted.bytes.n;
	t->finished_bytes += file.n;
	painted_clear(&painted);
	buf_clear(&file);
	return ok;
}

static bool one(const struct bench *bench, size_t i, cairo_font_face_t *face[FACES], struct times *t, struct diags *d)
{
	struct pipeline_options options = { 0 };
	struct arena arena = { 0 };
	struct made made = { 0 };
	const char *job = arena_printf(&arena, "%s/job-%zu.xml", bench->jobs, i);
	const char *path = arena_printf(&arena, "%s/%zu.pdf", bench->out, i);
	double clock = cpu_ms();
	bool ok = pipeline_document(job, &options, &bench->around, &arena, &made, d);

	t->compose += lap(&clock);
	ok = ok && layout(made.document, bench->fonts, &arena, &made.file, &made.n_file, d);
	t->layout += lap(&clock);
	ok = ok && paint_untagged(&made.file[0], bench->fonts, path, d);
	t->untagged += lap(&clock);
	ok = ok && paint_and_finish(&made.file[0], bench->fonts, path, &clock, t, d);
	ok = ok && backend_xlsx.write(made.document, bench->fonts, arena_printf(&arena, "%s/%zu.xlsx", bench->out, i), d);
	t->xlsx += lap(&clock);
	if (ok) {
		const struct floor_page *floor = floor_pages(&made.file[0], fonts_units_per_em(bench->fonts), &arena);

		lap(&clock);
		floor_paint(floor, made.file[0].n_page, face, path);
		t->floor += lap(&clock);
		t->pages += made.file[0].n_page;
		t->n++;
	}
	arena_clear(&arena);
	fonts_trim(bench->fonts);
	return ok;
}

static void line(const char *what, double value, const char *unit, double goal)
{
	if (goal > 0)
		printf("%-52s %8.2f %s   goal %6.1f %s  %s\n", what, value, unit, goal, unit,
			value <= goal ? "reached" : "NOT REACHED");
	else
		printf("%-52s %8.2f %s\n", what, value, unit);
}

static void report(const struct times *t)
{
	double n = (double)t->n;
	long peak = peak_kib();

	printf("%zu documents of %.1f pages, a table of 21 columns; CPU time a document, warm process\n", t->n,
		(double)t->pages / n);
	line("layout", t->layout / n, "ms", 0.5);
	line("layout and untagged painting", (t->layout + t->untagged) / n, "ms", 7);
	line("layout and tagged painting", (t->layout + t->tagged) / n, "ms", 8.5);
	line("finishing for the archive", t->finish / n, "ms", 2.5);
	line("  of the tagged painting", t->finish / t->tagged, "times", 0.4);
	line("  bytes of the finished file, of the painted one", (double)t->finished_bytes / (double)t->painted_bytes, "times", 0);
	line("floor: the same glyph runs by raw cairo", t->floor / n, "ms", 0);
	line("workbook of the same table", t->xlsx / n, "ms", 1);
	line("reading, computing and composing", t->compose / n, "ms", 0);
	line("peak memory", (double)peak / 1024, "MB", 32);
	line("of it grown after the tenth document", (double)(peak - t->memory_early) / 1024, "MB", 0);
}

int main(int argc, char *argv[])
{
	struct bench bench = { .around = { .templates_dir = { "templates" } } };
	struct diags diags = { 0 };
	struct times warm = { 0 };
	struct times times = { 0 };
	cairo_font_face_t *face[FACES];
	bool ok;

	if (argc != 4)
		return 2;
	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_MMAP_THRESHOLD, KEPT);
	bench.jobs = argv[1];
	bench.n = strtoul(argv[2], NULL, 10);
	bench.out = argv[3];
	bench.fonts = fonts_open(NULL, &diags);
	ok = bench.fonts && file_make_dirs(bench.out, &diags);
	for (enum face f = FACE_REGULAR; ok && f < FACES; f++)
		face[f] = cairo_ft_font_face_create_for_ft_face(fonts_ft_face(bench.fonts, f), 0);
	for (size_t i = 1; ok && i <= bench.n; i++) {
		ok = one(&bench, i, face, i <= WARM_UP ? &warm : &times, &diags);
		if (i == 10)
			times.memory_early = peak_kib();
	}
	if (ok)
		report(&times);
	else
		diags_print(&diags, stderr);
	for (enum face f = FACE_REGULAR; bench.fonts && f < FACES; f++)
		cairo_font_face_destroy(face[f]);
	fonts_close(bench.fonts);
	diags_clear(&diags);
	return ok ? 0 : 1;
}
