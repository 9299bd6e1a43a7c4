#include "seal/typeface.h"

#include "base/utf8.h"
#include "pdf/content.h"
#include "pdf/stream.h"

#include <string.h>

/* <20> <0020> pairs, or <20> <7E> <0020> triples. */
static bool take_code(const struct pdf_object *o, uint32_t *code)
{
	*code = 0;
	if (o->kind != PDF_STRING || !o->n || o->n > 2)
		return false;
	for (uint32_t i = 0; i < o->n; i++)
		*code = *code << 8 | (unsigned char)o->text[i];
	return true;
}

static void take_characters(struct typeface *t, const struct pdf_operation *op)
{
	uint32_t from, to;

	for (size_t i = 0; i + 1 < op->n; i += 2)
		if (take_code(&op->operand[i], &from) && take_code(&op->operand[i + 1], &to) && from < 256)
			t->code[from] = to;
}

static void take_ranges(struct typeface *t, const struct pdf_operation *op)
{
	uint32_t from, to, first;

	for (size_t i = 0; i + 2 < op->n; i += 3)
		if (take_code(&op->operand[i], &from) && take_code(&op->operand[i + 1], &to)
			&& take_code(&op->operand[i + 2], &first))
			for (uint32_t k = from; k <= to && k < 256; k++)
				t->code[k] = first + (k - from);
}

static bool read_unicode(struct pdf_view view, const struct pdf_object *font, struct arena *a, struct typeface *t, struct diags *d)
{
	struct pdf_content *content;
	struct pdf_operation op;
	struct bytes bytes;
	bool done = false;

	if (!pdf_stream_data(view, pdf_look(view, font, "ToUnicode"), a, &bytes, d))
		return false;
	content = pdf_content_open(bytes, pdf_shown(view.file), a);
	for (;;) {
		if (!pdf_content_next(content, &op, &done, d))
			return false;
		if (done)
			return true;
		if (pdf_operation_is(&op, "endbfchar"))
			take_characters(t, &op);
		else if (pdf_operation_is(&op, "endbfrange"))
			take_ranges(t, &op);
	}
}

static bool read_widths(struct pdf_view view, const struct pdf_object *font, struct typeface *t)
{
	const struct pdf_object *first = pdf_look(view, font, "FirstChar");
	const struct pdf_object *widths = pdf_look(view, font, "Widths");

	if (first->kind != PDF_INTEGER || first->number < 0 || first->number > 255 || widths->kind != PDF_ARRAY)
		return false;
	for (uint32_t i = 0; i < widths->n && (int64_t)i + first->number < 256; i++) {
		int64_t millionths;

		if (!pdf_millionths(pdf_item(view, widths, i), &millionths))
			return false;
		t->width[(int64_t)i + first->number] = millionths / 1000000;
	}
	return true;
}

bool typeface_read(struct pdf_view view, const struct pdf_object *font, struct arena *a, struct typeface *t, struct diags *d)
{
	*t = (struct typeface){ .code = { 0 } };
	if (pdf_look(view, font, "ToUnicode")->kind != PDF_STREAM || !read_widths(view, font, t))
		return diag_error(d, pdf_origin(view.file), "font",
			"the field's font does not say which characters it has; only fields made by this program are filled in");
	return read_unicode(view, font, a, t, d);
}

static int byte_of(const struct typeface *t, uint32_t code)
{
	for (int i = 1; i < 256; i++)
		if (t->code[i] == code)
			return i;
	return 0;
}

bool typeface_encode(const struct typeface *t, const char *utf8, struct origin at, struct arena *a, const char **bytes, struct diags *d)
{
	char *out = arena_array(a, strlen(utf8) + 1, 1);
	size_t n = 0;

	while (*utf8) {
		uint32_t code = 0;
		size_t used = utf8_decode(utf8, strlen(utf8), &code);
		int byte = byte_of(t, code);

		if (!used)
			return diag_error(d, at, "glyph", "the text is no UTF-8; type it anew");
		if (!byte)
			return diag_error(d, at, "glyph", "the field's font has no character %.*s (U+%04X)", (int)used, utf8,
				(unsigned)code);
		out[n++] = (char)byte;
		utf8 += used;
	}
	*bytes = out;
	return true;
}

int64_t typeface_width(const struct typeface *t, const char *bytes)
{
	int64_t width = 0;

	for (; *bytes; bytes++)
		width += t->width[(unsigned char)*bytes];
	return width;
}
