/* form: the form fields of a PDF, as a view of the file shows them.
 *
 * Shape:  fields that hold a value of their own (terminal fields), in the order of the form
 * Units:  millionths of a point for boxes
 * Errors: "form": the tree of fields is no tree, has more than PDF_FIELDS_MAX, or names longer than
 *         PDF_FIELD_NAME_MAX bytes
 * Owner:  the arena; values belong to the file
 * Source: ISO 32000-2, 12.7
 */
#ifndef PDF_FORM_H
#define PDF_FORM_H

#include "pdf/file.h"

enum { PDF_FIELDS_MAX = 20000, PDF_FIELD_DEPTH_MAX = 32, PDF_FIELD_NAME_MAX = 1024 };

enum pdf_field_type {
	PDF_FIELD_SIGNATURE,
	PDF_FIELD_TEXT,
	PDF_FIELD_OTHER,
};

enum pdf_field_flags { PDF_FIELD_READ_ONLY = 1 };

struct pdf_field {
	const char *name;		 /* whole: with those above it, "." between; UTF-8 */
	enum pdf_field_type type;
	uint32_t number;		 /* its object; 0: it stands inside another one, and cannot be changed */
	const struct pdf_object *dict;	 /* the field's */
	const struct pdf_object *value;	 /* /V, resolved; null: empty */
	uint32_t value_number;		 /* object of /V; 0: direct */
	const struct pdf_object *widget; /* its only or first widget: dict itself, mostly; null: none */
	uint32_t widget_number;
	uint32_t page;			 /* object number of the widget's page, 0: not said */
	int64_t box[4];			 /* left, bottom, right, top */
	int64_t flags;			 /* /Ff, also from above */
};

struct pdf_form {
	const struct pdf_object *dict; /* /AcroForm; null: none */
	uint32_t number;	       /* its object; 0: direct, in the catalog */
	struct pdf_field *field;	       /* [n_field] */
	size_t n_field;
};

bool pdf_form_read(struct pdf_view, struct arena *, struct pdf_form *, struct diags *);

/* NULL where there is none. */
const struct pdf_field *pdf_form_find(const struct pdf_form *, const char *name);

/* A name, or a part of one, as UTF-8; NULL where it is no text, or longer than any name is. */
const char *pdf_field_name_text(const struct pdf_object *, struct arena *);

/* Has a value: for a signature field, is signed. */
bool pdf_field_is_filled(const struct pdf_field *);
/* A document timestamp, by its value. */
bool pdf_field_is_timestamp(struct pdf_view, const struct pdf_field *);

/* Its width and height, in millionths of a point; 0 for a field nobody sees. */
int64_t pdf_field_width(const struct pdf_field *);
int64_t pdf_field_height(const struct pdf_field *);

#endif
