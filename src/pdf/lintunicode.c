/* /ToUnicode: which codes of a font have characters. A CMap is read as content is: its operators have the same syntax. */
#include "pdf/linting.h"

#include <string.h>

enum { CODES_READ_MAX = 4 * CODES }; /* of one CMap */

struct reading {
	struct lint_unicode *to;
	size_t n_read;
};

/* Codes of one or two bytes. */
static bool read_code(const struct pdf_object *o, uint32_t *code)
{
	if (o->kind != PDF_STRING || o->n < 1 || o->n > 2)
		return false;
	*code = (unsigned char)o->text[0];
	if (o->n == 2)
		*code = *code << 8 | (unsigned char)o->text[1];
	return true;
}

/* No character that is read: unassigned for good, a control, of private use, or half a pair. */
static bool is_character(uint32_t code)
{
	if (code < ' ' || (code >= 0x7F && code < 0xA0) || (code >= 0xE000 && code < 0xF900) || code == 0xFEFF)
		return false;
	return (code < 0xD800 || code > 0xDFFF) && code < 0xF0000 && (code & 0xFFFE) != 0xFFFE && (code < 0xFDD0 || code > 0xFDEF);
}

/* The unit at a place, and with it the one behind where they are a pair. */
static uint32_t character_at(const struct pdf_object *text, uint32_t *i, uint32_t add)
{
	uint32_t unit[2] = { 0 };

	for (uint32_t k = 0; k < 2 && *i + 2 * k + 1 < text->n; k++) {
		const unsigned char *s = (const unsigned char *)text->text + *i + 2 * k;

		unit[k] = ((uint32_t)s[0] << 8 | s[1]) + (*i + 2 * k + 2 == text->n ? add : 0);
	}
	if (unit[0] < 0xD800 || unit[0] > 0xDBFF || unit[1] < 0xDC00 || unit[1] > 0xDFFF)
		return unit[0];
	*i += 2;
	return 0x10000 + ((unit[0] - 0xD800) << 10) + (unit[1] - 0xDC00);
}

static void set(struct reading *r, uint32_t code, const struct pdf_object *text, uint32_t add)
{
	uint32_t first = 0;
	bool good = text->kind == PDF_STRING && text->n >= 2 && text->n % 2 == 0;

	for (uint32_t i = 0; good && i + 1 < text->n; i += 2) {
		bool is_first = !i;
		uint32_t character = character_at(text, &i, add);

		first = is_first ? character : first;
		good = is_character(character);
	}
	if (code >= CODES)
		return;
	r->to->state[code] = good ? UNICODE_GOOD : UNICODE_BAD;
	r->to->first[code] = first;
}

static bool read_chars(struct reading *r, const struct pdf_operation *op)
{
	uint32_t code;

	for (size_t i = 0; i + 1 < op->n; i += 2, r->n_read++)
		if (r->n_read > CODES_READ_MAX || !read_code(&op->operand[i], &code))
			return false;
		else
			set(r, code, &op->operand[i + 1], 0);
	return true;
}

static bool read_range(struct reading *r, const struct pdf_object *range)
{
	const struct pdf_object *to = &range[2];
	uint32_t first;
	uint32_t last;

	if (!read_code(&range[0], &first) || !read_code(&range[1], &last) || last < first)
		return false;
	for (uint32_t i = 0; i <= last - first; i++) {
		if (r->n_read++ > CODES_READ_MAX)
			return false;
		if (to->kind != PDF_ARRAY)
			set(r, first + i, to, i);
		else if (i < to->n)
			set(r, first + i, &to->item[i], 0);
	}
	return true;
}

static bool take(struct reading *r, const struct pdf_operation *op)
{
	bool ok = true;

	if (pdf_operation_is(op, "endbfchar"))
		return read_chars(r, op);
	if (pdf_operation_is(op, "endbfrange"))
		for (size_t i = 0; ok && i + 2 < op->n; i += 3)
			ok = read_range(r, &op->operand[i]);
	return ok;
}

bool lint_unicode(struct lint *l, const struct pdf_object *cmap, struct lint_unicode *to)
{
	struct reading r = { .to = to };
	struct pdf_content *reading;
	struct arena a = { 0 };
	struct pdf_operation op;
	struct bytes data;
	bool done = false;
	bool ok;

	to->first = ARENA_ARRAY(&l->arena, CODES, uint32_t);
	to->state = ARENA_ARRAY(&l->arena, CODES, uint8_t);
	ok = cmap->kind == PDF_STREAM && pdf_stream_data(l->view, cmap, &a, &data, l->d);
	if (ok) {
		reading = pdf_content_open(data, pdf_shown(l->file), &a);
		while (ok && pdf_content_next(reading, &op, &done, l->d) && !done)
			ok = take(&r, &op);
		ok = ok && done;
	}
	arena_clear(&a);
	return ok;
}
