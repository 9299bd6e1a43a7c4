#include "seal/fieldtext.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "pdf/content.h"
#include "pdf/stream.h"
#include "seal/step.h"
#include "seal/typeface.h"

#include <string.h>

/* What can be read with ease; all in millionths. */
enum {
	UNIT = 1000000,
	SIZE_MIN = 6 * UNIT,	  /* of the type [pt] */
	SIZE_MAX_READ = 200 * UNIT,
	NARROW_MIN = UNIT / 2,	  /* of the width of the letters */
	SLACK = UNIT,		  /* that rounding takes [pt] */
	HIGH_PERCENT = 75,	  /* capital letters over the base line, of the size */
	HIDDEN_FLAGS = 1 | 2 | 32 /* Invisible, Hidden, NoView */
};

/* Where a drawing is: operators come in this order, and none twice that sets anything. */
enum phase { PHASE_BEFORE, PHASE_TEXT, PHASE_SHOWN, PHASE_BEHIND, PHASES };

struct drawing {
	struct pdf_view before, after;
	const struct pdf_field *field;
	const struct pdf_object *stream;
	struct arena *arena;
	enum phase phase;
	bool is_placed, has_font;
	int64_t size, narrow, x, y; /* [millionths] */
	struct typeface face;
	struct buf text;
	int64_t width; /* of the text [millionths of a point] */
};

/* ---- the operators of one line of text ---- */

static bool numbers(const struct pdf_operation *op, int64_t *value, size_t n)
{
	if (op->n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!pdf_millionths(&op->operand[i], &value[i]) || value[i] > (int64_t)UNIT * UNIT || value[i] < -(int64_t)UNIT * UNIT)
			return false;
	return true;
}

static bool take_mark(struct drawing *w, const struct pdf_operation *op)
{
	(void)w;
	return op->n == 1 && pdf_name_is(&op->operand[0], "Tx");
}

static bool take_nothing(struct drawing *w, const struct pdf_operation *op)
{
	(void)w;
	return op->n == 0;
}

static bool take_begin(struct drawing *w, const struct pdf_operation *op)
{
	w->phase = PHASE_TEXT;
	return op->n == 0;
}

static bool take_end(struct drawing *w, const struct pdf_operation *op)
{
	w->phase = PHASE_BEHIND;
	return op->n == 0;
}

static bool take_black(struct drawing *w, const struct pdf_operation *op)
{
	int64_t gray;

	(void)w;
	return numbers(op, &gray, 1) && gray == 0;
}

static bool is_embedded(struct pdf_view view, const struct pdf_object *font)
{
	const struct pdf_object *descriptor = pdf_look(view, font, "FontDescriptor");

	return (pdf_name_is(pdf_look(view, font, "Subtype"), "TrueType") && pdf_look(view, descriptor, "FontFile2")->kind == PDF_STREAM)
	       || (pdf_name_is(pdf_look(view, font, "Subtype"), "Type1")
		       && (pdf_look(view, descriptor, "FontFile")->kind == PDF_STREAM
			       || pdf_look(view, descriptor, "FontFile3")->kind == PDF_STREAM));
}

/* A font that the file had before: the same object, unchanged. */
static bool take_font(struct drawing *w, const struct pdf_operation *op)
{
	struct diags quiet = { .quiet = true };
	const struct pdf_object *fonts = pdf_look(w->after, pdf_look(w->after, w->stream, "Resources"), "Font");
	const struct pdf_object *font;
	bool ok;

	if (w->has_font || op->n != 2 || op->operand[0].kind != PDF_NAME || !pdf_millionths(&op->operand[1], &w->size)
		|| w->size > SIZE_MAX_READ)
		return false;
	w->has_font = true;
	font = pdf_find(fonts, arena_slice(w->arena, op->operand[0].text, op->operand[0].n));
	ok = font->kind == PDF_REFERENCE && pdf_same(pdf_resolve(w->before, font), pdf_resolve(w->after, font))
	     && is_embedded(w->before, font) && typeface_read(w->before, font, w->arena, &w->face, &quiet);
	diags_clear(&quiet);
	return ok;
}

static bool take_matrix(struct drawing *w, const struct pdf_operation *op)
{
	int64_t m[6];

	if (w->is_placed || !numbers(op, m, 6) || m[1] || m[2] || m[3] != UNIT || m[0] > UNIT || m[0] < NARROW_MIN)
		return false;
	w->is_placed = true;
	w->narrow = m[0];
	w->x = m[4];
	w->y = m[5];
	return true;
}

static bool take_place(struct drawing *w, const struct pdf_operation *op)
{
	int64_t at[2];

	if (w->is_placed || !numbers(op, at, 2))
		return false;
	w->is_placed = true;
	w->narrow = UNIT;
	w->x = at[0];
	w->y = at[1];
	return true;
}

static bool take_text(struct drawing *w, const struct pdf_operation *op)
{
	int64_t thousandths = 0;

	if (!w->has_font || !w->is_placed || op->n != 1 || op->operand[0].kind != PDF_STRING)
		return false;
	for (uint32_t i = 0; i < op->operand[0].n; i++) {
		char utf8[4];
		unsigned char byte = (unsigned char)op->operand[0].text[i];

		if (!w->face.code[byte] || w->face.width[byte] < 0 || w->face.width[byte] > UNIT || thousandths > UNIT)
			return false;
		thousandths += w->face.width[byte];
		buf_put(&w->text, utf8, utf8_encode(w->face.code[byte], utf8));
	}
	w->width = thousandths * w->size / 1000 * (w->narrow / 1000) / 1000;
	w->phase = PHASE_SHOWN;
	return true;
}

/* All that a text of one line needs; anything else might cover, hide or move it. */
static const struct {
	const char *name;
	enum phase first, last;
	bool (*take)(struct drawing *, const struct pdf_operation *);
} operators[] = {
	{ "BMC", PHASE_BEFORE, PHASE_BEFORE, take_mark },
	{ "q", PHASE_BEFORE, PHASE_BEFORE, take_nothing },
	{ "BT", PHASE_BEFORE, PHASE_BEFORE, take_begin },
	{ "g", PHASE_BEFORE, PHASE_TEXT, take_black },
	{ "Tf", PHASE_TEXT, PHASE_TEXT, take_font },
	{ "Tm", PHASE_TEXT, PHASE_TEXT, take_matrix },
	{ "Td", PHASE_TEXT, PHASE_TEXT, take_place },
	{ "Tj", PHASE_TEXT, PHASE_TEXT, take_text },
	{ "ET", PHASE_SHOWN, PHASE_SHOWN, take_end },
	{ "Q", PHASE_BEHIND, PHASE_BEHIND, take_nothing },
	{ "EMC", PHASE_BEHIND, PHASE_BEHIND, take_nothing },
};

static bool take(struct drawing *w, const struct pdf_operation *op)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (pdf_operation_is(op, operators[i].name))
			return w->phase >= operators[i].first && w->phase <= operators[i].last && operators[i].take(w, op);
	return false;
}

static bool read_drawing(struct drawing *w, struct bytes bytes)
{
	struct pdf_content *content = pdf_content_open(bytes, pdf_shown(w->after.file), w->arena);
	struct diags quiet = { .quiet = true };
	struct pdf_operation op;
	bool ok = true;
	bool done = false;

	while (ok && pdf_content_next(content, &op, &done, &quiet) && !done)
		ok = take(w, &op);
	diags_clear(&quiet);
	return ok && done && w->phase == PHASE_BEHIND;
}

/* ---- what it is drawn in ---- */

static bool is_near(int64_t a, int64_t b)
{
	return a - b <= SLACK && b - a <= SLACK;
}

static bool read_numbers(struct pdf_view view, const struct pdf_object *array, int64_t *value, uint32_t n)
{
	if (array->kind != PDF_ARRAY || array->n != n)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (!pdf_millionths(pdf_item(view, array, i), &value[i]) || value[i] > (int64_t)UNIT * UNIT
			|| value[i] < -(int64_t)UNIT * UNIT)
			return false;
	return true;
}

/* The stream is as large as the field and is drawn where the field is, neither scaled nor turned. */
static bool fits_field(const struct drawing *w)
{
	static const char *const may[] = { "Type", "Subtype", "FormType", "BBox", "Matrix", "Resources", "Length", "Filter", "DecodeParms", NULL };
	static const char *const resources[] = { "Font", "ProcSet", NULL }; /* no colour space, no state that would hide it */
	static const int64_t as_is[] = { UNIT, 0, 0, UNIT, 0, 0 };
	const struct pdf_object *matrix = pdf_look(w->after, w->stream, "Matrix");
	int64_t box[4];
	int64_t m[6];

	if (!has_only(w->stream, may) || !has_only(pdf_look(w->after, w->stream, "Resources"), resources)
		|| !read_numbers(w->after, pdf_look(w->after, w->stream, "BBox"), box, 4))
		return false;
	if (matrix->kind != PDF_NULL && !(read_numbers(w->after, matrix, m, 6) && !memcmp(m, as_is, sizeof m)))
		return false;
	return !box[0] && !box[1] && is_near(box[2], pdf_field_width(w->field)) && is_near(box[3], pdf_field_height(w->field));
}

static bool is_legible(const struct drawing *w)
{
	int64_t width = pdf_field_width(w->field);
	int64_t height = pdf_field_height(w->field);

	return w->size >= SIZE_MIN && w->x >= -SLACK && w->x + w->width <= width + SLACK && w->y >= 0
	       && w->y + w->size * HIGH_PERCENT / 100 <= height + SLACK;
}

/* A widget that is shown, with one appearance whatever the pointer does. */
static bool is_shown(struct pdf_view after, const struct pdf_field *field)
{
	static const char *const may[] = { "N", NULL };
	const struct pdf_object *flags = pdf_look(after, field->widget, "F");
	const struct pdf_object *appearance = pdf_look(after, field->widget, "AP");

	return pdf_name_is(pdf_find(field->widget, "Subtype"), "Widget") && !pdf_has(field->widget, "OC")
	       && (flags->kind == PDF_INTEGER ? !(flags->number & HIDDEN_FLAGS) : flags->kind == PDF_NULL)
	       && appearance->kind == PDF_DICT && has_only(appearance, may);
}

static bool shows(struct drawing *w, const char *value)
{
	struct diags quiet = { .quiet = true };
	struct bytes bytes;
	bool ok = w->stream->kind == PDF_STREAM && fits_field(w) && pdf_stream_data(w->after, w->stream, w->arena, &bytes, &quiet)
		  && read_drawing(w, bytes) && is_legible(w) && w->text.text && !strcmp(w->text.text, value);

	diags_clear(&quiet);
	buf_clear(&w->text);
	return ok;
}

bool field_shows_value(struct pdf_view before, struct pdf_view after, const struct pdf_field *field, struct arena *a)
{
	struct drawing w = { .before = before, .after = after, .field = field, .arena = a };
	const char *value = field->value->kind == PDF_STRING ? pdf_text_utf8(field->value, a) : NULL;

	w.stream = pdf_look(after, pdf_look(after, field->widget, "AP"), "N");
	return value && is_shown(after, field) && shows(&w, value);
}
