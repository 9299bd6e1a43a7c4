/* filter: the steps from a stream's raw bytes to what it holds. Each returns false after adding a finding. */
#ifndef PDF_FILTER_H
#define PDF_FILTER_H

#include "pdf/file.h"

struct decoding {
	struct pdf_view view;
	const struct pdf_object *stream;
	struct arena *arena;
	struct diags *diags;
};

bool decoding_failed(const struct decoding *, const char *why); /* always false; why: translated already */
size_t decoding_room(const struct decoding *); /* [bytes] that a step may make */

bool decode_hex(struct decoding *, const struct pdf_object *parms, struct bytes in, struct bytes *out);
bool decode_85(struct decoding *, const struct pdf_object *parms, struct bytes in, struct bytes *out);
bool decode_runs(struct decoding *, const struct pdf_object *parms, struct bytes in, struct bytes *out);

/* Undoes in place what /Predictor says; it may become shorter. */
bool undo_predictor(struct decoding *, const struct pdf_object *parms, struct bytes *data);

#endif
