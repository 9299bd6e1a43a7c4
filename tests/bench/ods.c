/* Benchmark: an ODS of 100,000 rows of 20 cells into a sink that only counts.
 *
 * usage: ods FILE.ods, made by make_ods.py */
#include "ingest/reader.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

enum { CELLS = 2000000 };

static const double goal_ms = 1500;
static const double goal_mib = 64;

struct counter {
	struct row_sink sink;
	size_t n_cell;
	size_t n_byte;
};

static bool count(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct counter *c = (struct counter *)sink;

	(void)d;
	for (size_t i = 0; i < n_row; i++) {
		c->n_cell += row[i].n_cell;
		for (size_t k = 0; k < row[i].n_cell; k++)
			c->n_byte += row[i].cell[k].n_text;
	}
	return true;
}

static void show(const char *what, double value, double goal, const char *unit)
{
	printf("%-52s %8.1f %s   goal %6.1f %s  %s\n", what, value, unit, goal, unit, value <= goal ? "reached" : "NOT REACHED");
}

int main(int argc, char *argv[])
{
	struct counter counter = { .sink = { count } };
	struct reader_options options = { .path = argv[argc - 1] };
	struct diags d = { 0 };
	struct rusage usage;
	struct timespec t;
	bool ok = ingest(&options, &counter.sink, &d);

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	getrusage(RUSAGE_SELF, &usage);
	diags_print(&d, stderr);
	diags_clear(&d);
	if (!ok || counter.n_cell != CELLS) {
		fprintf(stderr, "ods: %zu cells were read\n", counter.n_cell);
		return 1;
	}
	show("ODS 2 M cells, read", (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6, goal_ms, "ms");
	show("ODS 2 M cells, peak memory", (double)usage.ru_maxrss / 1024, goal_mib, "MB");
	return 0;
}
