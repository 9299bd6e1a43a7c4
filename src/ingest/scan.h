/* scan: a CSV file of any size whose rows are only counted, without making cells of them.
 *
 * Shape:  the file is read in large blocks (a file that is mapped into memory and cut by somebody would kill the program), in as many
 *         parts as there are threads, each from one line end to another. A row whose cells are as they mostly are goes the short
 *         way, 64 rows at a time: memory that the counters of one row need is fetched while others are read. Every other row (quotes,
 *         spaces, faults) goes through tally_take, as do the rows of all other readers
 * Errors: a file that a scan cannot tell as the reader of CSV would is SCAN_OTHER, and nothing of it is counted: other encodings, bytes
 *         that are no UTF-8, zero bytes, line ends of a lone CR (also before the rows), line breaks in
 *         quoted cells, quotes that are not closed. Faults "io"
 * Owner:  scan_open, scan_close; the tally is the caller's
 */
#ifndef INGEST_SCAN_H
#define INGEST_SCAN_H

#include "base/tally.h"
#include "ingest/reader.h"

enum scan_result { SCAN_READ, SCAN_OTHER, SCAN_FAILED };

struct scan;

/* NULL: it is no CSV file that can be scanned (no finding), or cannot be opened (it will be found out by who reads it). */
struct scan *scan_open(const struct reader_options *);
void scan_close(struct scan *); /* accepts NULL */

/* Counts the rows from that line on; the line before is the last one of the header. Places are bytes of the file. */
enum scan_result scan_count(struct scan *, const struct tally_plan *, unsigned first_line, unsigned n_thread, struct tally *,
	struct diags *);

/* Takes back the rows that begin at these bytes. */
bool scan_take_back(struct scan *, const uint64_t *at, size_t n, struct tally *, struct diags *);

/* The lines that these bytes, in order, are in. */
bool scan_lines(struct scan *, const uint64_t *at, size_t n, uint64_t *line, struct diags *);

#endif
