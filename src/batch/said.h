/* said: what a batch says of one kind of its documents, for people and as a line of JSON; and lines of JSON read again, as --json prints
 * them, in whatever language they are.
 *
 * Source: lines of another run of this program; those that are none of these are passed over
 */
#ifndef BATCH_SAID_H
#define BATCH_SAID_H

#include "base/buf.h"
#include "base/diag.h"

enum { SAID_SHOWN = 20 }; /* areas that are named */

/* Areas of one kind of documents, by what came of them. */
struct said {
	const char *title;
	size_t n_area, n_made, n_unchanged, n_failed, n_finding, n_untried;
	const char *failed[SAID_SHOWN]; /* [n_shown] codes of the first that failed in this run */
	size_t n_shown;
};

void said_put_text(const struct said *, const struct diags *, struct buf *);
/* {"summary":"TITLE","areas":6,...} */
void said_put_json(const struct said *, struct buf *);

enum said_kind { SAID_NOTHING, SAID_FINDING, SAID_SUMMARY };

/* One line, into either of the two; texts are the arena's. */
enum said_kind said_read(const char *line, struct arena *, struct finding *, struct said *);

#endif
