/* content: the operators of a page's, form's or pattern's content stream, one after the other.
 *
 * Errors: rule "pdf", with the byte of the decoded content; as strict as pdf/file.h, comments and white space aside
 * Owner:  operands lie in the arena or the content, which is borrowed
 * Source: ISO 32000-2, 7.8.2 and 8.9.7 (inline images)
 */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "base/diag.h"
#include "base/file.h"
#include "pdf/object.h"

struct pdf_operation {
	const char *name; /* of the operator; no NUL behind it. An inline image is one operation "BI" with a DICT */
	size_t n_name;
	const struct pdf_object *operand; /* [n], until the next call */
	size_t n;
	size_t from; /* of its first operand, in the content */
	size_t to;   /* behind its operator */
};

struct pdf_content; /* being read */

struct pdf_content *pdf_content_open(struct bytes, const char *shown, struct arena *);
/* The next one. *done: there is none (then the operation is not set). */
bool pdf_content_next(struct pdf_content *, struct pdf_operation *, bool *done, struct diags *);

bool pdf_operation_is(const struct pdf_operation *, const char *name);

#endif
