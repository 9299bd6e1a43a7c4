/* oldtexts: notices, in the rows of any reader, texts of an encoding of before Unicode that lack its font: words that are no
 * Vietnamese as they stand, but are in one such encoding. A note tells of the first one.
 *
 * Shape:  a sink in front of another one, which gets every row as it is
 */
#ifndef INGEST_OLDTEXTS_H
#define INGEST_OLDTEXTS_H

#include "ingest/legacy.h"
#include "ingest/reader.h"

enum { OLD_TEXT_SHOWN = 40 }; /* [bytes] */

struct old_text {
	size_t n; /* such texts; of the first one: */
	struct origin at;
	char text[OLD_TEXT_SHOWN + 1];
};

struct old_texts {
	struct row_sink sink; /* for the reader */
	struct row_sink *to;
	const char *shown;
	struct arena arena; /* names of sheets */
	size_t n_looked;
	struct old_text seen[N_LEGACY];
};

void old_texts_open(struct old_texts *, const struct reader_options *, struct row_sink *to);
/* Tells what there was. is_said: an encoding can be said of such a file. */
void old_texts_note(const struct old_texts *, bool is_said, struct diags *);
void old_texts_close(struct old_texts *);

#endif
