#include "seal/fieldtext.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "pdf/content.h"
#include "pdf/stream.h"
#include "seal/typeface.h"

#include <string.h>

/* Operators that a text of one line needs; anything else might cover or move it. */
static const char *const plain[] = { "BMC", "EMC", "BDC", "q", "Q", "BT", "ET", "Tm", "Td", "g", "Tc", "Tw", NULL };

static bool is_plain(const struct pdf_operation *op)
{
	for (size_t i = 0; plain[i]; i++)
		if (pdf_operation_is(op, plain[i]))
			return true;
	return false;
}

/* The font of the appearance, if the file had it before: the same object, unchanged. */
static bool take_font(struct pdf_view before, struct pdf_view after, const struct pdf_object *stream, const struct pdf_operation *op,
	struct arena *a, struct typeface *face)
{
	struct diags quiet = { .quiet = true };
	const struct pdf_object *fonts = pdf_look(after, pdf_look(after, stream, "Resources"), "Font");
	const struct pdf_object *font;
	bool ok;

	if (op->n != 2 || op->operand[0].kind != PDF_NAME)
		return false;
	font = pdf_find(fonts, arena_slice(a, op->operand[0].text, op->operand[0].n));
	ok = font->kind == PDF_REFERENCE && pdf_get(before, (uint32_t)font->number)->kind == PDF_DICT
	     && typeface_read(before, font, a, face, &quiet);
	diags_clear(&quiet);
	return ok;
}

static bool take_text(const struct typeface *face, const struct pdf_operation *op, struct buf *text)
{
	if (op->n != 1 || op->operand[0].kind != PDF_STRING)
		return false;
	for (uint32_t i = 0; i < op->operand[0].n; i++) {
		char utf8[4];
		uint32_t code = face->code[(unsigned char)op->operand[0].text[i]];

		if (!code)
			return false;
		buf_put(text, utf8, utf8_encode(code, utf8));
	}
	return true;
}

static bool read_shown(struct pdf_view before, struct pdf_view after, const struct pdf_object *stream, struct bytes bytes, struct arena *a,
	struct buf *text)
{
	struct pdf_content *content = pdf_content_open(bytes, pdf_shown(after.file), a);
	struct diags quiet = { .quiet = true };
	struct typeface face = { .code = { 0 } };
	struct pdf_operation op;
	bool ok = true;
	bool done = false;

	while (ok && pdf_content_next(content, &op, &done, &quiet) && !done) {
		if (pdf_operation_is(&op, "Tf"))
			ok = take_font(before, after, stream, &op, a, &face);
		else if (pdf_operation_is(&op, "Tj"))
			ok = take_text(&face, &op, text);
		else
			ok = is_plain(&op);
	}
	diags_clear(&quiet);
	return ok && done;
}

bool field_shows_value(struct pdf_view before, struct pdf_view after, const struct pdf_field *field, struct arena *a)
{
	const struct pdf_object *stream = pdf_look(after, pdf_look(after, field->widget, "AP"), "N");
	const char *value = field->value->kind == PDF_STRING ? pdf_text_utf8(field->value, a) : NULL;
	struct diags quiet = { .quiet = true };
	struct buf text = { 0 };
	struct bytes bytes;
	bool shows;

	if (!value || stream->kind != PDF_STREAM || !pdf_stream_data(after, stream, a, &bytes, &quiet)) {
		diags_clear(&quiet);
		return false;
	}
	shows = read_shown(before, after, stream, bytes, a, &text) && !strcmp(text.text ? text.text : "", value);
	buf_clear(&text);
	diags_clear(&quiet);
	return shows;
}
