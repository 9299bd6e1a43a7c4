/* rowstore: rows of a source that were read once, kept in a file without a name, and pushed again to any sink, as often as needed:
 * the rows of its header and those of one owner, in the order of the source, each with the places it had.
 *
 * Shape:  owners are numbered from 0; ROWS_OF_ALL are in front of the rows of every owner
 * Memory: one entry for each stretch of rows of one owner that stand together
 * Owner:  open to close; after a fork parent and children read the same file, at places of their own
 * Errors: faults "io"
 */
#ifndef BATCH_ROWSTORE_H
#define BATCH_ROWSTORE_H

#include "base/buf.h"
#include "base/rows.h"

#include <stdint.h>

#define ROWS_OF_ALL UINT32_MAX

struct row_store;

/* The file is made in that folder. NULL after an error. */
struct row_store *row_store_open(const char *dir, struct diags *);
void row_store_close(struct row_store *); /* accepts NULL */

/* without: column of cells that are left out, 0: none; their names for cells that have names, NULL: none. */
bool row_store_add(struct row_store *, uint32_t owner, const struct row *, unsigned without, const char *without_name, struct diags *);
/* No rows come after it. n_owner: there are. */
bool row_store_end(struct row_store *, size_t n_owner, struct diags *);

size_t row_store_rows(const struct row_store *, uint32_t owner); /* those of all not counted */

/* The bytes that are all of an owner's rows, for checksums and for row_store_push; into an empty buf. */
bool row_store_read(const struct row_store *, uint32_t owner, struct buf *, struct diags *);
bool row_store_push(const struct buf *, struct row_sink *, struct diags *);

#endif
