/* reading: what the parts of the reader share while a file is opened. In order: the chain of cross-reference sections from the
 * end of the file to its beginning (chain.c, with table.c and xrefstream.c); the revisions they make, and what each writes
 * (revision.c); the objects (objects.c) and those in object streams (packed.c); and that no byte is left over (cover.c). */
#ifndef PDF_READING_H
#define PDF_READING_H

#include "pdf/file.h"
#include "pdf/parse.h"

struct pdf_file {
	struct bytes data;
	const char *shown;
	struct arena arena;
	unsigned version;
	struct pdf_revision *revision; /* oldest first */
	size_t n_revision;
	struct pdf_written *written; /* by number, then revision */
	size_t n_written;
	const struct pdf_object **catalog; /* [n_revision] */
	bool hides;	    /* see pdf_hides_objects */
	uint32_t hiding;
	size_t n_decoded; /* bytes of streams, at most PDF_INFLATED_TOTAL */
	struct reading *reading; /* of a file whose objects are read when they are asked for, else NULL */
};

/* One line of a cross-reference section. */
struct xref_entry {
	uint32_t number;
	uint16_t generation;
	uint8_t state;	/* enum pdf_state */
	bool is_hidden; /* of the stream of a hybrid: it stands behind the table's */
	uint32_t at;	/* AT: byte; IN_STREAM: number of the object stream */
	uint32_t index;
};

struct xref_part {
	size_t from; /* of a table or stream with its trailer */
	size_t to;
};

struct section {
	struct xref_part part;
	struct xref_part hidden; /* the stream of a hybrid; 0 0: none */
	size_t eof;		 /* behind its %%EOF */
	enum pdf_xref kind;
	uint32_t xref_number; /* of a stream's object */
	uint32_t hidden_number;
	struct pdf_object trailer;
	bool has_prev;
	size_t prev;
	uint32_t size;
	struct xref_entry *entry;
	size_t n_entry;
	size_t cap;
	size_t revision;
};

struct reading {
	struct pdf_file *file;
	struct diags *diags;
	struct parser parser; /* of the file's own bytes */
	struct section *section; /* newest first */
	size_t n_section;
	size_t cap;
	size_t n_entry; /* of all */
	size_t *deferred; /* written[] whose stream waits for a /Length that is in an object stream */
	size_t n_deferred;
	size_t deferred_cap;
	struct xref_part *cover; /* [n_cover] by place: objects, and sections to their %%EOF */
	size_t n_cover;
	struct arena arena; /* until the file is open */
};

bool read_chain(struct reading *);
bool read_table(struct reading *, struct section *);	   /* the cursor is behind `xref` */
bool read_xref_stream(struct reading *, struct section *, struct xref_part *, uint32_t *number, bool is_hidden);
bool read_xref_object(struct reading *, uint32_t *number, struct pdf_object *stream);
bool read_trailer(struct reading *, struct section *, const struct pdf_object *dict);
bool add_entry(struct reading *, struct section *, struct xref_entry, size_t at);
bool read_revisions(struct reading *);
bool read_objects(struct reading *);
/* The value of an object, read now if it was not yet. */
const struct pdf_object *read_value(struct pdf_file *, struct pdf_written *);
bool read_apart(struct pdf_file *, const struct pdf_written *, struct arena *, struct pdf_object *);
bool read_packed(struct reading *);
bool read_deferred(struct reading *);
bool check_cover(struct reading *);
bool check_later_forms(struct reading *);
void find_hidden(struct reading *); /* once check_cover has listed what there is */

/* Behind the `stream` of a dictionary: its bytes, given the length. */
bool read_raw(struct reading *, struct pdf_object *dict, size_t n);
bool read_endobj(struct reading *);

/* `startxref`, a number, `%%EOF`; behind it. */
bool read_startxref(struct reading *, size_t *xref, size_t *eof);

/* The last writing of a number in revisions up to that one, or NULL. */
struct pdf_written *find_written(const struct pdf_file *, size_t revision, uint32_t number);

#endif
