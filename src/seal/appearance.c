/* Colours of pictures are sRGB: plain where the file says that its plain colours are, else calibrated, so that a file for the archive
 * stays one.
 *
 * A picture is blended by multiplying: as ink on paper it can make what is beneath it darker, and never lighter. So a seal over a
 * signature, or a rest of paper about it, leaves every letter as dark as it was, whatever the transparency of the picture is. That a
 * picture is no sheet of paper is asked before (picture.h); both are needed, since a dark sheet hides as well. PDF/A-2 and later allow
 * the mode where the page or the output intent says in which colours it is reckoned. Where neither does, and in PDF/A-1, which knows no
 * transparency, a stencil takes its place: a pixel is painted or is not.
 */
#include "seal/appearance.h"

#include "pdf/content.h"
#include "seal/typeface.h"

#include <string.h>

enum { MILLION = 1000000, LEADING_PERCENT = 120, RISE_PERCENT = 25, NARROW_PERCENT = 60 };

static struct pdf_object box_of(const struct appearance_work *w, const struct pdf_field *field)
{
	return PDF_ARRAY_OF(w->arena, pdf_integer(0), pdf_integer(0), pdf_decimal(pdf_field_width(field), w->arena),
		pdf_decimal(pdf_field_height(field), w->arena));
}

static uint32_t write_form(const struct appearance_work *w, const struct pdf_field *field, struct pdf_object resources, const struct buf *content)
{
	uint32_t number = pdf_write_number(w->writer);
	struct pdf_object dict = PDF_DICT_OF(w->arena, { "Type", pdf_name("XObject") }, { "Subtype", pdf_name("Form") },
		{ "BBox", box_of(w, field) }, { "Resources", resources });
	struct pdf_object stream = pdf_stream(dict, content->text ? content->text : "", content->n, w->arena);

	pdf_write_object(w->writer, number, &stream);
	return number;
}

uint32_t appearance_empty(const struct appearance_work *w, const struct pdf_field *field)
{
	struct buf none = { 0 };

	return write_form(w, field, pdf_dict(NULL, 0, w->arena), &none);
}

/* ---- pictures ---- */

static bool plain_is_srgb(struct pdf_view view)
{
	const struct pdf_object *intents = pdf_look(view, pdf_catalog(view), "OutputIntents");
	const struct pdf_object *profile = pdf_look(view, pdf_item(view, intents, 0), "DestOutputProfile");

	return intents->kind == PDF_NULL || pdf_look(view, profile, "N")->number == 3;
}

static struct pdf_object thousandths(const int *value, size_t n, struct arena *a)
{
	struct pdf_object *item = ARENA_ARRAY(a, n, struct pdf_object);

	for (size_t i = 0; i < n; i++)
		item[i] = pdf_decimal((int64_t)value[i] * 100, a);
	return pdf_array(item, n, a);
}

/* sRGB by its white point and primaries (IEC 61966-2-1), [1/10000]. */
static struct pdf_object colours(const struct appearance_work *w)
{
	static const int white[] = { 9505, 10000, 10890 };
	static const int gamma[] = { 22000, 22000, 22000 };
	static const int matrix[] = { 4124, 2126, 193, 3576, 7152, 1192, 1805, 722, 9505 };
	struct pdf_object calibrated;

	if (plain_is_srgb(w->view))
		return pdf_name("DeviceRGB");
	calibrated = PDF_DICT_OF(w->arena, { "WhitePoint", thousandths(white, 3, w->arena) },
		{ "Gamma", thousandths(gamma, 3, w->arena) }, { "Matrix", thousandths(matrix, 9, w->arena) });
	return PDF_ARRAY_OF(w->arena, pdf_name("CalRGB"), calibrated);
}

static struct pdf_object image_dict(const struct appearance_work *w, const struct picture *p, struct pdf_object space)
{
	return PDF_DICT_OF(w->arena, { "Type", pdf_name("XObject") }, { "Subtype", pdf_name("Image") },
		{ "Width", pdf_integer(p->width) }, { "Height", pdf_integer(p->height) }, { "BitsPerComponent", pdf_integer(8) },
		{ "ColorSpace", space });
}

static uint32_t write_image(const struct appearance_work *w, struct pdf_object dict, const void *data, size_t n)
{
	uint32_t number = pdf_write_number(w->writer);
	struct pdf_object stream = pdf_deflated(w->deflater, dict, data, n, w->arena);

	pdf_write_object(w->writer, number, &stream);
	return number;
}

/* On white paper. */
static const unsigned char *flattened(const struct picture *p, struct arena *a)
{
	size_t n = (size_t)p->width * p->height;
	unsigned char *rgb = arena_array(a, n, 3);

	for (size_t i = 0; i < 3 * n; i++) {
		unsigned alpha = p->alpha[i / 3];

		rgb[i] = (unsigned char)((p->rgb[i] * alpha + 255 * (255 - alpha) + 127) / 255);
	}
	return rgb;
}

/* One bit a pixel, rows in whole bytes: 1 where less than half is seen, which is not painted. */
static uint32_t write_stencil(const struct appearance_work *w, const struct picture *p)
{
	size_t n_row = ((size_t)p->width + 7) / 8;
	unsigned char *bits = arena_array(w->arena, n_row, p->height);
	struct pdf_object dict = PDF_DICT_OF(w->arena, { "Type", pdf_name("XObject") }, { "Subtype", pdf_name("Image") },
		{ "Width", pdf_integer(p->width) }, { "Height", pdf_integer(p->height) }, { "BitsPerComponent", pdf_integer(1) },
		{ "ImageMask", pdf_bool(true) });

	for (uint32_t y = 0; y < p->height; y++)
		for (uint32_t x = 0; x < p->width; x++)
			if (p->alpha[(size_t)y * p->width + x] < 128)
				bits[y * n_row + x / 8] |= (unsigned char)(0x80 >> x % 8);
	return write_image(w, dict, bits, n_row * p->height);
}

static uint32_t write_picture(const struct appearance_work *w, const struct picture *p, bool blended)
{
	size_t n = (size_t)p->width * p->height;
	struct pdf_object dict = image_dict(w, p, colours(w));

	if (p->alpha && !blended) {
		dict = pdf_with(dict, "Mask", pdf_reference(write_stencil(w, p)), w->arena);
		return write_image(w, dict, flattened(p, w->arena), 3 * n);
	}
	if (p->alpha)
		dict = pdf_with(dict, "SMask", pdf_reference(write_image(w, image_dict(w, p, pdf_name("DeviceGray")), p->alpha, n)),
			w->arena);
	return write_image(w, dict, p->rgb, 3 * n);
}

/* Whether transparency may be used on the field's page. */
static bool is_blended(const struct appearance_work *w, const struct pdf_field *field)
{
	const struct pdf_object *intents = pdf_look(w->view, pdf_catalog(w->view), "OutputIntents");
	const struct pdf_object *group = pdf_look(w->view, field->page ? pdf_get(w->view, field->page) : &pdf_null, "Group");

	return !w->archive_part || (w->archive_part > 1 && (intents->kind == PDF_ARRAY || pdf_has(group, "CS")));
}

static struct pdf_object picture_resources(const struct appearance_work *w, const struct picture *p, bool blended)
{
	struct pdf_object image = pdf_reference(write_picture(w, p, blended));
	struct pdf_object named = PDF_DICT_OF(w->arena, { "XObject", PDF_DICT_OF(w->arena, { "Picture", image }) });
	struct pdf_object state;

	if (!blended)
		return named;
	state = PDF_DICT_OF(w->arena, { "Type", pdf_name("ExtGState") }, { "BM", pdf_name("Multiply") });
	return pdf_with(named, "ExtGState", PDF_DICT_OF(w->arena, { "Ink", state }), w->arena);
}

static void put_decimal(struct buf *b, int64_t millionths, struct arena *a)
{
	struct pdf_object number = pdf_decimal(millionths, a);

	pdf_put(b, &number);
	buf_putc(b, ' ');
}

bool appearance_picture(const struct appearance_work *w, const struct pdf_field *field, const struct picture *p, uint32_t *number)
{
	struct buf content = { 0 };
	int64_t width = pdf_field_width(field);
	int64_t height = pdf_field_height(field);
	int64_t wide = width;
	int64_t high = width / p->width * p->height;
	bool blended = is_blended(w, field);

	if (high > height) {
		high = height;
		wide = height / p->height * p->width;
	}
	buf_puts(&content, blended ? "q /Ink gs " : "q ");
	put_decimal(&content, wide, w->arena);
	buf_puts(&content, "0 0 ");
	put_decimal(&content, high, w->arena);
	put_decimal(&content, (width - wide) / 2, w->arena);
	put_decimal(&content, (height - high) / 2, w->arena);
	buf_puts(&content, "cm /Picture Do Q");
	*number = write_form(w, field, picture_resources(w, p, blended), &content);
	buf_clear(&content);
	return true;
}

/* ---- texts ---- */

enum alignment { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT }; /* /Q: ISO 32000-2, 12.7.4.3 */

struct line_type {
	const char *name; /* of the font in the form's resources */
	const struct pdf_object *font; /* as it stands there */
	int64_t size;	  /* [millionths of a point] */
	int64_t baseline; /* from the bottom of the field */
	enum alignment align;
	struct typeface face;
};

/* "/FR 13 Tf 0 g" */
static bool read_default(const struct appearance_work *w, const struct pdf_field *field, struct line_type *t, struct diags *d)
{
	const struct pdf_object *text = pdf_look(w->view, field->dict, "DA");
	struct pdf_content *content;
	struct pdf_operation op;
	bool done = false;

	if (text->kind != PDF_STRING)
		text = pdf_look(w->view, w->form->dict, "DA");
	content = pdf_content_open((struct bytes){ text->kind == PDF_STRING ? text->text : "", text->kind == PDF_STRING ? text->n : 0 },
		pdf_shown(w->view.file), w->arena);
	while (pdf_content_next(content, &op, &done, d) && !done)
		if (pdf_operation_is(&op, "Tf") && op.n == 2 && op.operand[0].kind == PDF_NAME && pdf_millionths(&op.operand[1], &t->size))
			t->name = arena_slice(w->arena, op.operand[0].text, op.operand[0].n);
	return done;
}

/* Where the empty appearance begins its text. */
static bool read_baseline(const struct appearance_work *w, const struct pdf_field *field, struct line_type *t, struct diags *d)
{
	const struct pdf_object *stream = pdf_look(w->view, pdf_look(w->view, field->widget, "AP"), "N");
	struct pdf_content *content;
	struct pdf_operation op;
	struct bytes bytes;
	bool done = false;

	t->baseline = t->size * RISE_PERCENT / 100;
	if (stream->kind != PDF_STREAM)
		return true;
	if (!pdf_stream_data(w->view, stream, w->arena, &bytes, d))
		return false;
	content = pdf_content_open(bytes, pdf_shown(w->view.file), w->arena);
	while (pdf_content_next(content, &op, &done, d) && !done)
		if (pdf_operation_is(&op, "Td") && op.n == 2)
			pdf_millionths(&op.operand[1], &t->baseline);
	return done;
}

static enum alignment read_alignment(const struct appearance_work *w, const struct pdf_field *field)
{
	const struct pdf_object *said = pdf_look(w->view, field->dict, "Q");

	if (said->kind != PDF_INTEGER || said->number < ALIGN_LEFT || said->number > ALIGN_RIGHT)
		return ALIGN_LEFT;
	return (enum alignment)said->number;
}

/* Where a text begins that leaves so much of its field free. */
static int64_t aligned(enum alignment align, int64_t free)
{
	return align == ALIGN_RIGHT ? free : align == ALIGN_CENTRE ? free / 2 : 0;
}

static bool read_type(const struct appearance_work *w, const struct pdf_field *field, struct line_type *t, struct diags *d)
{
	const struct pdf_object *fonts = pdf_look(w->view, pdf_look(w->view, w->form->dict, "DR"), "Font");

	*t = (struct line_type){ .align = read_alignment(w, field) };
	if (!read_default(w, field, t, d))
		return false;
	t->font = t->name ? pdf_find(fonts, t->name) : &pdf_null;
	if (t->size <= 0 || t->font->kind == PDF_NULL)
		return diag_error(d, pdf_origin(w->view.file), "font",
			"the form field %s names no font and size to write with; only fields made by this program are filled in",
			field->name);
	return typeface_read(w->view, t->font, w->arena, &t->face, d) && read_baseline(w, field, t, d);
}

/* A line that is too wide for its field is made narrower, as long as it can still be read well. */
static bool put_line(const struct appearance_work *w, const struct pdf_field *field, const struct line_type *t, size_t i_line,
	const char *text, struct buf *content, struct diags *d)
{
	const char *bytes;
	struct pdf_object string;
	int64_t width;
	int64_t room = pdf_field_width(field);
	int64_t narrow = 100; /* percent */

	if (!typeface_encode(&t->face, text, pdf_origin(w->view.file), w->arena, &bytes, d))
		return false;
	width = typeface_width(&t->face, bytes) * t->size / 1000;
	if (width > room && width * NARROW_PERCENT / 100 <= room) {
		narrow = room * 100 / width;
		width = width * narrow / 100;
	}
	if (width > room)
		return diag_error(d, pdf_origin(w->view.file), "room", "\"%s\" is wider than the field %s: %lld of %lld pt", text,
			field->name, (long long)(width / MILLION), (long long)(room / MILLION));
	put_decimal(content, narrow * MILLION / 100, w->arena);
	buf_puts(content, "0 0 1 ");
	put_decimal(content, aligned(t->align, room - width), w->arena);
	put_decimal(content, t->baseline - (int64_t)i_line * t->size * LEADING_PERCENT / 100, w->arena);
	buf_puts(content, "Tm ");
	string = pdf_string(bytes, strlen(bytes));
	pdf_put(content, &string);
	buf_puts(content, " Tj\n");
	return true;
}

static bool put_lines(const struct appearance_work *w, const struct pdf_field *field, const struct line_type *t, const char *const *line,
	size_t n_line, struct buf *content, struct diags *d)
{
	buf_printf(content, "/Tx BMC\nq\nBT\n/%s ", t->name);
	put_decimal(content, t->size, w->arena);
	buf_puts(content, "Tf 0 g\n");
	for (size_t i = 0; i < n_line; i++)
		if (!put_line(w, field, t, i, line[i], content, d))
			return false;
	buf_puts(content, "ET\nQ\nEMC");
	return true;
}

bool appearance_text(const struct appearance_work *w, const struct pdf_field *field, const char *const *line, size_t n_line,
	uint32_t *number, struct diags *d)
{
	struct buf content = { 0 };
	struct line_type t;
	bool ok = read_type(w, field, &t, d) && put_lines(w, field, &t, line, n_line, &content, d);
	struct pdf_object named;

	if (ok) {
		named = PDF_DICT_OF(w->arena, { t.name, *t.font });
		*number = write_form(w, field, PDF_DICT_OF(w->arena, { "Font", named }), &content);
	}
	buf_clear(&content);
	return ok;
}
