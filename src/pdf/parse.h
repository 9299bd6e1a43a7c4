/* parse: whole values and indirect objects. Nesting is kept on a stack of its own, PDF_DEPTH_MAX deep. */
#ifndef PDF_PARSE_H
#define PDF_PARSE_H

#include "pdf/lex.h"
#include "pdf/limits.h"

struct parse_level {
	size_t base; /* its first value on the stack */
	uint32_t from;
	bool is_dict;
};

struct parser {
	struct lex lex;
	struct arena *scratch; /* for the stack */
	struct pdf_object *stack; /* values whose array or dictionary is still open */
	size_t n_stack;
	size_t cap;
	size_t n_level;
	size_t n_value; /* read so far, at most PDF_VALUES_MAX */
	struct parse_level level[PDF_DEPTH_MAX];
};

/* The value that begins behind white space. It is no reference. */
bool parse_value(struct parser *, struct pdf_object *);
/* `12 0 obj`; the cursor is behind it. */
bool parse_obj(struct parser *, uint32_t *number, uint16_t *generation);
/* Puts what is on the stack from base on, NAME VALUE pairs, into a DICT. */
bool parse_entries(struct parser *, size_t base, struct pdf_object *dict);

#endif
