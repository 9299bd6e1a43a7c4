/* appearance: what a form field shows: a picture or lines of text, as form XObjects written into an update.
 *
 * Places: a picture keeps its proportions and stands in the middle of its field, as large as that allows; texts stand where the
 *         field's empty appearance has its line. A picture is ink: what is beneath it stays as dark as it was
 * Errors: "font", "glyph", "room": the text is wider than its field
 */
#ifndef SEAL_APPEARANCE_H
#define SEAL_APPEARANCE_H

#include "pdf/stream.h"
#include "pdf/write.h"
#include "pdf/form.h"
#include "seal/picture.h"

struct appearance_work {
	struct pdf_view view;
	const struct pdf_form *form;
	struct pdf_writer *writer;
	struct pdf_deflater *deflater;
	struct arena *arena;
	int archive_part; /* of PDF/A, which says what transparency there may be; 0: none */
};

/* Each: *number of the new object. */
bool appearance_picture(const struct appearance_work *, const struct pdf_field *, const struct picture *, uint32_t *number);
bool appearance_text(const struct appearance_work *, const struct pdf_field *, const char *const *line, size_t n_line,
	uint32_t *number, struct diags *);
/* Nothing to see. */
uint32_t appearance_empty(const struct appearance_work *, const struct pdf_field *);

#endif
