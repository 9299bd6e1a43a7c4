/* order: in which order a document is issued, told by the names of its fields: all who sign it, then the seals of the office, which
 * leave neither number nor day blank. Only what stands in the form is asked for: a file without fields of these names has no such
 * order. */
#ifndef SEAL_ORDER_H
#define SEAL_ORDER_H

#include "pdf/form.h"

/* Names of fields. */
#define SIGNER_FIELD "signer" /* who signs; further ones "signer2"... */
#define SEAL_FIELD "seal"     /* of the office; further ones "seal2"... */
#define ISSUE_FIELD "issue"   /* of the office, on a separate appendix */

bool order_is_seal(const struct pdf_field *);
bool order_is_turn(const struct pdf_form *, const struct pdf_field *); /* false: a seal, and a signer waits */
/* Another field of a signer or for a seal that waits; NULL: there is none. */
const struct pdf_field *order_next(const struct pdf_form *, const struct pdf_field *but);
/* Where the office signs, which gives number and day: `seal`, or of a separate appendix `issue`; NULL: there is none. */
const struct pdf_field *order_office_field(const struct pdf_form *);

bool order_lacks_number(const struct pdf_form *); /* its text field waits */
bool order_lacks_day(const struct pdf_form *);	  /* the same, also of the month */

#endif
