/* signing: what the files of sign share; nobody else includes it.
 *
 * A revision is begun on the bytes so far, changed, and finished into new bytes. What of the catalog and the form changes is
 * collected and written once, at its end.
 */
#ifndef SEAL_SIGNING_H
#define SEAL_SIGNING_H

#include "pdf/stream.h"
#include "pdf/write.h"
#include "seal/appearance.h"
#include "pdf/form.h"
#include "seal/order.h"
#include "seal/sign.h"
#include "seal/xmp.h"

enum { MARK_RANGE = 1, MARK_CONTENTS = 2, DEFLATE_LEVEL = 6 };

struct revision {
	const char *shown;
	struct arena arena;
	struct diags *d;
	struct pdf_file *file;
	struct pdf_view view;
	struct pdf_form form;
	struct xmp xmp;
	struct pdf_writer writer;
	struct pdf_deflater *deflater;
	struct buf out;
	struct pdf_object catalog; /* as it will be */
	struct pdf_object acroform;
	bool catalog_changed, acroform_changed;
	const char *number; /* of the document, as the request gives it; NULL: it gives none */
};

/* bytes must stay until the revision is closed. */
bool revision_open(struct revision *, struct bytes, const char *shown, struct diags *);
bool revision_finish(struct revision *); /* out is the whole file then */
void revision_close(struct revision *);

void revision_set_catalog(struct revision *, const char *key, struct pdf_object value);
void revision_set_form(struct revision *, const char *key, struct pdf_object value);
struct appearance_work revision_appearance(struct revision *);

/* signature.c: a signature value, with room for what comes last. subfilter: "ETSI.CAdES.detached"; room: [bytes] of DER. */
struct pdf_object signature_value(struct revision *, const char *type, const char *subfilter, size_t room);
/* Once the revision is finished: writes the byte range, and gives the bytes it names. */
void signature_range(struct revision *, struct bytes slice[2]);
bool signature_fill(struct revision *, struct bytes der, size_t room);

/* newfield.c: an empty signature field of that name on the first page, not seen; *field describes it. tooltip: what is said of it to
 * those who do not see. */
bool field_add(struct revision *, const char *name, const char *tooltip, struct pdf_field *);

/* newelement.c: the element of a new field that is not written yet; its widget learns the key that leads to it. */
bool element_add(struct revision *, struct pdf_field *);

/* order.c: who signs comes before the seal, and who certifies ends nothing that waits. */
bool order_permits(struct revision *, const struct pdf_field *, int certify);

/* permit.c: whether earlier signatures allow a further one in the field, and texts in others. */
bool permit_signature(struct revision *, const struct pdf_field *, const struct sign_request *);
bool permit_change(struct revision *, const struct pdf_field *);

/* fill.c: the texts `number`, `date` and `month`; read-only from now on. The number of the revision is set. field: what is signed; the
 * seal leaves none of them blank, unless the request says so. */
bool fill_texts(struct revision *, const struct pdf_field *, const struct sign_request *);

/* store.c: certificates, CRLs and OCSP answers that are not in the file yet. False where all are there already. */
bool store_add(struct revision *, const struct evidence *);

#endif
