/* node: a template or job file as a tree whose every character knows its line and column.
 *
 * Owner:  the arena; the source text is kept there too
 * Errors: those of sax; attributes are decoded, their places kept
 */
#ifndef BASE_NODE_H
#define BASE_NODE_H

#include "base/diag.h"

struct attribute {
	const char *name;
	const char *value;
	const char *raw; /* first character of the value in the source text, for node_place */
};

struct node {
	const char *name; /* element; NULL for text */
	const char *text; /* text, decoded, NFC, white space as found; NULL for an element */
	const char *raw;  /* first character of the text in the source */
	struct origin at;
	struct attribute *attribute; /* [n_attribute] */
	size_t n_attribute;
	struct node *parent;
	struct node *child; /* first */
	struct node *next;  /* sibling */
	struct node_source *source;
};

/* The root element, which must be `name` in `space`. */
const struct node *node_read(const char *path, const char *shown, const char *name, const char *space, struct arena *,
	struct diags *);
const struct node *node_read_bytes(const char *data, size_t n, const char *shown, const char *name, const char *space,
	struct arena *, struct diags *);

const char *node_attribute(const struct node *, const char *name); /* value or NULL */

/* Value, or NULL and an error "missing-attribute". */
const char *node_need(const struct node *, const char *name, struct diags *);

/* Which of the words (NULL-terminated) the attribute's value is; `otherwise` where there is no such attribute, and after an
 * error "value" that lists the words. */
int node_choice(const struct node *, const char *attribute, const char *const *word, int otherwise, struct diags *);

/* Place of the offset-th byte of a text node's text (attribute NULL) or of an attribute's value. */
struct origin node_place(const struct node *, const char *attribute, size_t offset);

/* Errors "unknown-attribute" with a suggestion for attributes not in the NULL-terminated list. */
bool node_check_attributes(const struct node *, const char *const *allowed, struct diags *);
/* Error "unknown-element" with a suggestion. Always false. */
bool node_unknown(const struct node *, const char *const *allowed, struct diags *);

/* A copy of the tree whose attributes say what `value` makes of each; texts and places stay those of the original. */
struct node_filler {
	/* The attribute's own value where it stays. NULL after an error. */
	const char *(*value)(struct node_filler *, const struct node *, const struct attribute *, struct arena *, struct diags *);
};
const struct node *node_fill(const struct node *root, struct node_filler *, struct arena *, struct diags *); /* NULL after an error */

bool node_is(const struct node *, const char *name);
bool node_is_blank(const struct node *); /* text of white space only */

#endif
