/* lock: what earlier signatures forbid of later changes.
 *
 * Source: ISO 32000-2, 12.8.2.2 (DocMDP) and 12.8.2.4 (FieldMDP)
 */
#ifndef SEAL_LOCK_H
#define SEAL_LOCK_H

#include "pdf/form.h"

/* A signature says that nothing may change, but for timestamps and the DSS: the certification, or any other one of the form. */
bool lock_is_total(struct pdf_view, const struct pdf_form *);

/* What the signatures of a form forbid field by field: read once, asked for many. In the arena. */
struct locks {
	struct lock *item; /* [n] */
	size_t n, cap;
	size_t n_name; /* fields that they name */
};

void locks_read(struct pdf_view, const struct pdf_form *, struct arena *, struct locks *);
/* The signed field whose signature forbids changes of the field of that name; NULL: none does. */
const struct pdf_field *locks_of(const struct locks *, const char *name);

/* Whether any signature stands in the form. */
bool form_is_signed(const struct pdf_form *);
bool field_is_signed(const struct pdf_field *);

#endif
