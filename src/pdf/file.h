/* file: a PDF file, read strictly, revision by revision. Nothing is repaired.
 *
 * Opening reads all of it: the chain of cross-reference sections (tables, streams, hybrids, the two of a linearized file),
 * every object of every revision, those in object streams too; and proves that each byte belongs to exactly one of them, or
 * is white space or a comment. So what is open has no surprise left: looking up cannot fail. Only what other streams hold is
 * decoded when asked for (pdf/stream.h).
 *
 * A revision is what was appended at a time: revision i of the file is its first revision[i].end bytes. Each one lists what it
 * writes. An object written by a revision lies in the bytes of that revision; a section that brings back older bytes, or points
 * at bytes that no earlier revision knew, is refused.
 * A view is the file as it was with revisions 0 to i.
 *
 * Errors: rule "pdf": not as ISO 32000 says, with the byte, what was found and what was expected; "encrypted"; "limit": see
 *         pdf/limits.h. One finding a file: behind the first, nothing can be trusted
 * Owner:  the bytes are borrowed and must stay; all else dies with pdf_close
 * Source: ISO 32000-2, 7.5 and annex F (linearized files)
 */
#ifndef PDF_FILE_H
#define PDF_FILE_H

#include "base/diag.h"
#include "base/file.h"
#include "pdf/object.h"

enum pdf_xref {
	PDF_XREF_TABLE,
	PDF_XREF_STREAM,
	PDF_XREF_HYBRID, /* a table, and a stream for what it hides */
};

enum pdf_state {
	PDF_FREE,     /* taken away by this revision */
	PDF_AT,	      /* an indirect object of its own */
	PDF_IN_STREAM /* in an object stream */
};

/* What a revision says of one object number. */
struct pdf_written {
	uint32_t number;
	uint16_t revision;
	uint16_t generation;
	uint8_t state;	    /* enum pdf_state */
	bool is_new;	    /* not there in the revision before */
	bool is_xref;	    /* a cross-reference stream that this revision added */
	bool is_read;	    /* its value was read */
	bool is_whole_pack; /* an object stream that holds nothing that no table names */
	uint32_t from;	    /* AT: its bytes in the file, from its number to behind endobj. IN_STREAM: the bytes of the object */
	uint32_t to;	    /* stream in the file */
	uint32_t container; /* IN_STREAM: number of the object stream */
	uint32_t index;	    /* IN_STREAM: its place there */
	struct pdf_object value;
};

struct pdf_revision {
	size_t start;	     /* first byte that it added */
	size_t xref;	     /* where its cross-reference section begins: the number behind its startxref */
	size_t eof;	     /* behind the five bytes %%EOF that end it */
	size_t end;	     /* behind the line ends that follow those; of the last revision the size of the file */
	enum pdf_xref kind;
	bool is_linearized;  /* has two sections, the first of them at its front */
	uint32_t size;	     /* /Size: one more than the highest object number */
	struct pdf_object trailer;		   /* a DICT; of a stream without what only concerns that stream */
	uint32_t xref_number;			   /* object number of its cross-reference stream, or 0 */
	const struct pdf_written *const *written; /* [n_written], by number; without the new object xref_number */
	size_t n_written;
};

struct pdf_file;

struct pdf_file *pdf_open(struct bytes, const char *shown, struct diags *); /* NULL after an error */
/* The same for bytes that this program has had made itself and that are well known to be whole: an object is read when it is
 * first asked for, and bytes that nothing names are not looked for. What cannot be read is null, and a finding. Of an object's place
 * in its object stream the last two bytes suffice. */
struct pdf_file *pdf_open_own(struct bytes, const char *shown, struct diags *);
void pdf_close(struct pdf_file *);					    /* accepts NULL */

struct bytes pdf_bytes(const struct pdf_file *);
const char *pdf_shown(const struct pdf_file *);	  /* for messages, as given */
unsigned pdf_version(const struct pdf_file *);	  /* of the header: 14 for 1.4, 20 for 2.0; a catalog's /Version may be higher */
/* Whether there are bytes that a program which makes a table of its own takes for an object or a trailer, and that are none: in a
 * stream, a string or a comment; or an object stream with objects that no table names. number: of the object they are in; 0: none. */
bool pdf_hides_objects(const struct pdf_file *, uint32_t *number);
size_t pdf_n_revision(const struct pdf_file *);	  /* at least 1 */
const struct pdf_revision *pdf_revision(const struct pdf_file *, size_t i);

struct pdf_view {
	struct pdf_file *file; /* its cache and its budget of decoded bytes change; what it shows does not */
	size_t revision;
};

struct pdf_view pdf_view(struct pdf_file *, size_t revision);
struct pdf_view pdf_last(struct pdf_file *); /* with all revisions */

/* The object of that number, never NULL: the null object where there is none or it is free. */
const struct pdf_object *pdf_get(struct pdf_view, uint32_t number);
/* How it was last written, or NULL where the number was never used. */
const struct pdf_written *pdf_written(struct pdf_view, uint32_t number);
/* What a reference refers to (null where the generation is another); any other value is returned as it is. */
const struct pdf_object *pdf_resolve(struct pdf_view, const struct pdf_object *);
/* The same, but an object that was not read yet is read into that arena and not kept: for trees that are walked once. */
struct pdf_object pdf_read(struct pdf_view, const struct pdf_object *, struct arena *);
/* pdf_find, then pdf_resolve. dict may be a reference too. */
const struct pdf_object *pdf_look(struct pdf_view, const struct pdf_object *dict, const char *key);
/* Item i of an array (or a reference to one), resolved; null behind the last. */
const struct pdf_object *pdf_item(struct pdf_view, const struct pdf_object *array, size_t i);

const struct pdf_object *pdf_trailer(struct pdf_view);
const struct pdf_object *pdf_catalog(struct pdf_view); /* /Root: a DICT, as opening proved */

/* For findings: the file as it is shown. Places in it are said in the message, as bytes. */
struct origin pdf_origin(const struct pdf_file *);

#endif
