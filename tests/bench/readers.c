/* Benchmark: one file through its reader into a sink that only counts, the best of several runs; and a floor: the same part
 * inflated by zlib and given to libxml2's SAX2 push parser with handlers that do nothing.
 *
 * usage: readers FILE PART LABEL GOAL_S GOAL_MB
 */
#include "ingest/reader.h"
#include "ingest/zip.h"

#include <libxml/parser.h>
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

static void no_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int n_space,
	const xmlChar **spaces, int n_attribute, int n_default, const xmlChar **attributes)
{
	(void)ctx, (void)name, (void)prefix, (void)space, (void)n_space, (void)spaces, (void)n_attribute, (void)n_default, (void)attributes;
}

static void no_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	(void)ctx, (void)name, (void)prefix, (void)space;
}

static void no_text(void *ctx, const xmlChar *text, int n)
{
	(void)ctx, (void)text, (void)n;
}

static bool feed(void *ctx, const char *data, size_t n, struct diags *d)
{
	(void)d;
	return !xmlParseChunk(ctx, data, (int)n, 0);
}

/* [s] CPU; 0 after an error. */
static double floor_s(const char *path, const char *name)
{
	xmlSAXHandler nothing = { .initialized = XML_SAX2_MAGIC, .startElementNs = no_start, .endElementNs = no_end, .characters = no_text };
	xmlParserCtxt *parser = xmlCreatePushParserCtxt(&nothing, NULL, NULL, 0, NULL);
	struct zip_sink sink = { parser, feed };
	struct diags d = { 0 };
	double since = cpu_s();
	struct container *container = container_open(path, path, &d);
	size_t part;
	bool ok = container && container_find(container, name, &part) && container_read(container, part, &sink, &d)
		  && !xmlParseChunk(parser, "", 0, 1);

	since = cpu_s() - since;
	container_close(container);
	xmlFreeParserCtxt(parser);
	diags_clear(&d);
	return ok ? since : 0;
}

static const char *reached(bool ok)
{
	return ok ? "reached" : "NOT REACHED";
}

int main(int argc, char *argv[])
{
	struct reader_options options = { .path = argc > 1 ? argv[1] : "" };
	double best = 1e9;
	double floor = 1e9;
	double peak_mb;
	struct rusage usage;

	if (argc != 6)
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
		since = floor_s(argv[1], argv[2]);
		floor = since < floor ? since : floor;
		if (!i)
			fprintf(stderr, "%s: %zu cells, %zu bytes of text\n", argv[1], count.n_cell, count.n_byte);
		diags_clear(&d);
	}
	getrusage(RUSAGE_SELF, &usage);
	peak_mb = (double)usage.ru_maxrss / 1024;
	printf("%-52s %8.2f s    goal %6.2f s   %s\n", argv[3], best, strtod(argv[4], NULL), reached(best <= strtod(argv[4], NULL)));
	printf("%-52s %8.2f s    %.2f times the floor\n", "  floor: zlib and bare libxml2, no cell read", floor, floor ? best / floor : 0);
	printf("%-52s %8.1f MB   goal %6.1f MB  %s\n", "  its peak of memory", peak_mb, strtod(argv[5], NULL), reached(peak_mb <= strtod(argv[5], NULL)));
	return 0;
}
