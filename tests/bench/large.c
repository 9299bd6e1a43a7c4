/* Benchmark: memory that a table of very many cells takes, stage by stage: what finishing adds to the peak of painting.
 *
 * usage: large JOB: made by make_jobs.py with many rows
 */
#include "cmd/pipeline.h"
#include "render/finish.h"

#include <malloc.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { KEPT = 64 << 20 }; /* as main.c */

static double peak_mb(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

static void line(const char *what, double value, const char *unit, double goal)
{
	printf("%-52s %8.2f %s   goal %6.1f %s  %s\n", what, value, unit, goal, unit, value <= goal ? "reached" : "NOT REACHED");
}

static bool measure(const char *job, struct fonts *fonts, struct arena *arena, struct diags *d)
{
	struct surroundings around = { .templates_dir = { "templates" } };
	struct pipeline_options options = { 0 };
	struct pdf_options usual = { 0 };
	struct painted painted = { 0 };
	struct made made = { 0 };
	struct buf file = { 0 };
	double before = 0;
	bool ok = pipeline_run(job, &options, &around, fonts, arena, &made, d)
		&& pdf_paint(&made.file[0], fonts, &usual, "plan.pdf", &painted, d);

	before = peak_mb();
	ok = ok && finish_pdf(&painted, &made.file[0], fonts, &usual, "plan.pdf", &file, d);
	if (ok) {
		printf("a document of %zu pages and %zu elements\n", made.file[0].n_page, made.file[0].n_element);
		line("peak memory, finished", peak_mb(), "MB", 340);
		line("of it added by finishing, to that of painting", peak_mb() / before - 1, "times", 0.15);
	}
	painted_clear(&painted);
	buf_clear(&file);
	return ok;
}

int main(int argc, char *argv[])
{
	struct diags diags = { 0 };
	struct arena arena = { 0 };
	struct fonts *fonts;
	bool ok;

	if (argc != 2)
		return 2;
	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_MMAP_THRESHOLD, KEPT);
	fonts = fonts_open(NULL, &diags);
	ok = fonts && measure(argv[1], fonts, &arena, &diags);
	if (!ok)
		diags_print(&diags, stderr);
	fonts_close(fonts);
	arena_clear(&arena);
	diags_clear(&diags);
	return ok ? 0 : 1;
}
