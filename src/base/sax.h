/* sax: the one way XML is read: libxml2's SAX2 push parser with limits. No tree, no entities of its own, no DTD, no
 * network, no other file. A scanner of our own goes before it as long as the text is plain (plain.h): it is some times as fast.
 *
 * Errors: DOCTYPE ("doctype"), a limit ("limit"), bad XML ("xml") are errors with line and column; the rest of that
 *         file is not read
 * Limits: below; input is fed in small pieces, so a file may be of any size unless max_bytes says otherwise
 */
#ifndef BASE_SAX_H
#define BASE_SAX_H

#include "base/diag.h"

enum {
	SAX_DEPTH_MAX = 64,
	SAX_ATTRIBUTES_MAX = 64,
	SAX_TAG_MAX = 64 << 10,	 /* [bytes] between < and > */
	SAX_TEXT_MAX = 1 << 20,	 /* [bytes] of one text between two tags */
	SAX_NAME_MAX = 256,	 /* [bytes] */
};

struct sax_attribute {
	const char *name;  /* local name; namespace declarations are not listed */
	const char *value; /* decoded, terminated */
};

/* What a handler may say of what is in an element. Calls for it may come all the same. */
enum sax_skip {
	SAX_WANTED,
	SAX_UNWANTED,  /* no call is needed */
	SAX_UNCHECKED, /* nor is it to be XML: what comes behind it has no right place, and may be refused for no good reason */
	SAX_OFFERED,   /* offer may take some of it */
};

struct sax_element {
	const char *name;		       /* local name */
	const char *space;		       /* namespace or "": each once, as long as the file is read */
	const struct sax_attribute *attribute; /* [n_attribute] */
	size_t n_attribute;
	struct origin at;     /* of its '<' */
	size_t offset;	      /* bytes before its '<' in UTF-8 input; 0 otherwise */
	enum sax_skip *skip;  /* may be set */
};

/* The attribute of that local name, and its value; NULL: there is none. */
const struct sax_attribute *sax_attribute(const struct sax_element *, const char *name);
const char *sax_value(const struct sax_element *, const char *name);

struct sax_handler {
	void *ctx;
	/* Each may stop the parser by returning false after adding an error. */
	bool (*start)(void *ctx, const struct sax_element *, struct diags *);
	bool (*end)(void *ctx, const char *name, struct diags *);
	bool (*text)(void *ctx, const char *s, size_t n, struct origin at, struct diags *); /* all text between two tags at once */
	/* NULL, or takes elements in one that it may take some of, as they are written: the first *taken bytes, of the n from behind
	 * some tag on that are known so far; s[n] is NUL. They have its namespace, unless they have a prefix or declare one. Only
	 * whole elements may be taken that surely are XML, of ASCII without line feeds; for the others the calls are made. */
	bool (*offer)(void *ctx, const char *s, size_t n, size_t *taken, struct diags *);
	/* NULL, or where people find what is being read, for a text that they never see: errors are told there. */
	struct origin (*place)(void *ctx);
};

bool sax_read_file(const char *path, const char *shown, const struct sax_handler *, struct diags *);
/* For text that comes in pieces; the first holds the whole XML declaration, if there is one. NULL after a fault. close
 * frees; it takes whether all was fed, and returns whether that was well-formed XML and no handler said no. */
struct sax;
struct sax *sax_push_open(const char *shown, const struct sax_handler *, struct diags *);
bool sax_push_feed(struct sax *, const char *data, size_t n);
bool sax_push_close(struct sax *, bool ok);

bool sax_read_bytes(const char *data, size_t n, const char *shown, const struct sax_handler *, struct diags *);

#endif
