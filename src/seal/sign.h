/* sign: puts a signature into a PDF as an update: earlier bytes stay as they are, earlier signatures stay valid.
 *
 * Writes: level b: one revision with the signature, the texts filled in, and what the field shows; t: a timestamp inside; lt: a
 *         second revision with the DSS; lta: a third one with a document timestamp
 * Field:  the one named; else, with a number or a day, that of the office: `seal`, or `issue`; else the first empty one that can be
 *         seen, else the first empty one. A name that is not there makes a new field, which nobody sees, in a file without empty
 *         signature fields; where the file claims PDF/UA-1, with its element
 * Order:  of fields with these names: `signer`, `signer2`..., then `seal`, `seal2`...; when `seal` is signed, `number`, `date` and
 *         `month` are filled in: before, or in the same revision
 * Errors: of the readers (pdf/file.h, seal/field.h), the services and the key; "field", "filled", "locked" by an earlier signature,
 *         "certify", "order", "blank" under the seal, "number", "date", "room", "picture", "accessible": a file claims
 *         PDF/UA-1, and its structure tree takes no new field
 * Bytes:  the same for the same input with an RSA key at level b
 */
#ifndef SEAL_SIGN_H
#define SEAL_SIGN_H

#include "base/buf.h"
#include "base/date.h"
#include "seal/key.h"
#include "seal/picture.h"
#include "seal/tsa.h"

#include <stdint.h>

enum pades_level { PADES_B, PADES_T, PADES_LT, PADES_LTA };

enum {
	SIGN_TEXT_MAX = 500,	 /* [bytes] of a reason or location */
	SIGN_NUMBER_MAX = 20,	 /* [characters] of a document's number */
	SIGN_FIELD_NAME_MAX = 100, /* [bytes] of a new field's */
};

struct sign_request {
	const char *field;	       /* NULL: chosen */
	enum pades_level level;
	int64_t time;		       /* [s] since 1970 UTC: what the signature says of itself */
	int64_t now;		       /* when services are asked; not in the file */
	const char *reason;	       /* NULL: none */
	const char *location;	       /* NULL: none */
	int certify;		       /* 0: no; 1 nothing may change, 2 forms and signatures may, 3 annotations too */
	const struct picture *picture; /* NULL: none */
	const char *number;	       /* NULL: not filled in. Letters and digits, with / - . between them; one of a single digit gets its
					* zero */
	struct date date;	       /* year 0: not filled in */
	bool leave_blank;	       /* the seal may leave number and day blank for good */
	const struct tsa *tsa;	       /* above level b; its trust is used for lt and lta */
};

/* shown: for messages. out: empty; holds the signed file. Nothing is in it after an error. */
bool sign_pdf(struct bytes in, const char *shown, struct signing_key *, const struct sign_request *, struct buf *out,
	struct diags *);

const char *pades_level_name(enum pades_level); /* "b" "t" "lt" "lta" */
bool pades_level_read(const char *name, enum pades_level *);

#endif
