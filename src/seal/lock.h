/* lock: what earlier signatures forbid of later changes.
 *
 * Source: ISO 32000-2, 12.8.2.2 (DocMDP) and 12.8.2.4 (FieldMDP)
 */
#ifndef SEAL_LOCK_H
#define SEAL_LOCK_H

#include "pdf/form.h"

/* A signature says that nothing may change, but for timestamps and the DSS: the certification, or any other one of the form. */
bool lock_is_total(struct pdf_view, const struct pdf_form *);

/* The signed field whose signature forbids changes of the field of that name; NULL: none does. */
const struct pdf_field *lock_of(struct pdf_view, const struct pdf_form *, const char *name, struct arena *);

/* Whether any signature stands in the form. */
bool form_is_signed(const struct pdf_form *);

#endif
