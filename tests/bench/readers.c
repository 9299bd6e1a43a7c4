/* Benchmark: one file through its reader into a sink that only counts, the best of several runs.
 *
 * usage: readers FILE LABEL GOAL_S GOAL_MB
 */
#include "ingest/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { RUNS = 5 };

struct count {
	struct row_sink sink;
	size_t n_cell;
	size_t n_byte;
};

static bool take(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct count *count = (struct count *)sink;

	(void)d;
	for (size_t i = 0; i < n_row; i++) {
		count->n_cell += row[i].n_cell;
		for (size_t k = 0; k < row[i].n_cell; k++)
			count->n_byte += row[i].cell[k].n_text;
	}
	return true;
}

static double cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const char *reached(bool ok)
{
	return ok ? "reached" : "NOT REACHED";
}

int main(int argc, char *argv[])
{
	struct reader_options options = { .path = argc > 1 ? argv[1] : "" };
	double best = 1e9;
	double peak_mb;
	struct rusage usage;

	if (argc != 5)
		return 2;
	for (int i = 0; i < RUNS; i++) {
		struct count count = { .sink = { take } };
		struct diags d = { 0 };
		double since = cpu_s();

		if (!ingest(&options, &count.sink, &d)) {
			diags_print(&d, stderr);
			return 1;
		}
		since = cpu_s() - since;
		best = since < best ? since : best;
		if (!i)
			fprintf(stderr, "%s: %zu cells, %zu bytes of text\n", argv[1], count.n_cell, count.n_byte);
		diags_clear(&d);
	}
	getrusage(RUSAGE_SELF, &usage);
	peak_mb = (double)usage.ru_maxrss / 1024;
	printf("%-52s %8.2f s    goal %6.2f s   %s\n", argv[2], best, strtod(argv[3], NULL), reached(best <= strtod(argv[3], NULL)));
	printf("%-52s %8.1f MB   goal %6.1f MB  %s\n", "  its peak of memory", peak_mb, strtod(argv[4], NULL), reached(peak_mb <= strtod(argv[4], NULL)));
	return 0;
}
