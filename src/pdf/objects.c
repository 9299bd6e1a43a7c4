#include "pdf/reading.h"

#include <string.h>

static bool wrong(const struct reading *r, size_t at, const char *expected)
{
	return lex_damaged(&r->parser.lex, at, diag_say(r->diags, expected));
}

bool read_raw(struct reading *r, struct pdf_object *dict, size_t n)
{
	struct lex *l = &r->parser.lex;
	struct pdf_raw *raw = ARENA_NEW(&r->file->arena, struct pdf_raw);

	lex_space(l);
	if (!lex_has(l, l->at, "stream"))
		return wrong(r, l->at, "stream");
	l->at += strlen("stream");
	l->at += lex_has(l, l->at, "\r\n");
	if (!lex_has(l, l->at, "\n"))
		return wrong(r, l->at, "behind the word stream LF, or CR and LF");
	l->at++;
	*raw = (struct pdf_raw){ .data = l->text + l->at, .n = n };
	if (n > l->n - l->at)
		return wrong(r, l->at, "a stream of as many bytes as its /Length says");
	l->at += n;
	lex_line_end(l);
	if (!lex_word(l, "endstream"))
		return wrong(r, l->at, "endstream, behind as many bytes as /Length says and at most one line end");
	dict->kind = PDF_STREAM;
	dict->raw = raw;
	dict->to = (uint32_t)l->at;
	return true;
}

bool read_endobj(struct reading *r)
{
	lex_space(&r->parser.lex);
	return lex_word(&r->parser.lex, "endobj") || wrong(r, r->parser.lex.at, "endobj");
}

static bool check_header(struct reading *r, uint32_t number, uint16_t generation)
{
	size_t at = r->parser.lex.at;
	uint32_t n;
	uint16_t g;

	if (!parse_obj(&r->parser, &n, &g))
		return false;
	return (n == number && g == generation)
		|| diag_error(r->diags, pdf_origin(r->file), "pdf",
			"byte %zu of the PDF: the cross-reference section says that object %u (generation %u) is there, but it is object %u (generation %u); the file is not repaired, since that would break signatures: get it again from where it came, or have it made anew",
			at, (unsigned)number, (unsigned)generation, (unsigned)n, (unsigned)g);
}

/* The number that is all that the object at a place is. */
static bool read_length_at(struct reading *r, const struct pdf_written *w, struct pdf_object *length)
{
	struct lex *l = &r->parser.lex;
	size_t at = l->at;

	l->at = w->from;
	if (!check_header(r, w->number, w->generation))
		return false;
	lex_space(l);
	if (!(lex_class_at(l, l->at) & LEX_NUMBER))
		return wrong(r, l->at, "a number, the length of a stream");
	if (!lex_number(l, length) || !read_endobj(r))
		return false;
	l->at = at;
	return true;
}

/* *is_known stays false where the length is in an object stream that was not read yet. */
static bool find_length(struct reading *r, const struct pdf_written *w, const struct pdf_object *dict, struct pdf_object *length,
	bool *is_known)
{
	const struct pdf_written *at;

	*length = *pdf_find(dict, "Length");
	if (length->kind != PDF_REFERENCE)
		return true;
	at = find_written(r->file, w->revision, (uint32_t)length->number);
	if (!at || at->state == PDF_FREE || at->generation != length->extra)
		return wrong(r, length->from, "a /Length that the file has");
	if (at->state == PDF_AT)
		return read_length_at(r, at, length);
	*is_known = at->value.kind != PDF_NULL;
	*length = at->value;
	return true;
}

static bool read_stream(struct reading *r, struct pdf_written *w)
{
	struct pdf_object length;
	size_t at = r->parser.lex.at;
	bool is_known = true;

	if (w->value.kind != PDF_DICT)
		return wrong(r, at, "endobj, since only behind a dictionary there can be a stream");
	if (!find_length(r, w, &w->value, &length, &is_known))
		return false;
	if (!is_known) {
		*ARENA_PUSH(&r->arena, r->deferred, r->n_deferred, &r->deferred_cap) = (size_t)(w - r->file->written);
		w->value = pdf_null;
		return true;
	}
	if (length.kind != PDF_INTEGER || length.number < 0)
		return wrong(r, w->value.from, "a stream with /Length, a number of bytes");
	return read_raw(r, &w->value, (uint64_t)length.number > PDF_FILE_MAX ? PDF_FILE_MAX : (size_t)length.number);
}

static bool read_object(struct reading *r, struct pdf_written *w)
{
	struct lex *l = &r->parser.lex;

	l->at = w->from;
	if (!check_header(r, w->number, w->generation) || !parse_value(&r->parser, &w->value))
		return false;
	lex_space(l);
	if (lex_has(l, l->at, "stream")) {
		if (!read_stream(r, w))
			return false;
		if (w->value.kind == PDF_NULL)
			return true; /* deferred */
	}
	if (!read_endobj(r))
		return false;
	w->to = (uint32_t)l->at;
	return true;
}

bool read_objects(struct reading *r)
{
	struct pdf_file *f = r->file;

	for (size_t i = 0; i < f->n_written; i++)
		if (f->written[i].state == PDF_AT && !read_object(r, &f->written[i]))
			return false;
	return true;
}

const struct pdf_object *read_value(struct pdf_file *f, struct pdf_written *w)
{
	if (!w->is_read && f->reading && w->state == PDF_AT) {
		w->is_read = true;
		if (!read_object(f->reading, w))
			w->value = pdf_null;
	}
	return &w->value;
}

bool read_apart(struct pdf_file *f, const struct pdf_written *w, struct arena *arena, struct pdf_object *o)
{
	struct reading *r = f->reading;
	struct pdf_written copy = *w;
	bool is_good;

	r->parser.lex.arena = arena;
	is_good = read_object(r, &copy);
	r->parser.lex.arena = &f->arena;
	*o = is_good ? copy.value : pdf_null;
	return is_good;
}

bool read_deferred(struct reading *r)
{
	size_t n = r->n_deferred;

	for (size_t i = 0; i < n; i++) {
		struct pdf_written *w = &r->file->written[r->deferred[i]];

		if (!read_object(r, w))
			return false;
		if (w->value.kind == PDF_NULL)
			return wrong(r, w->from, "a stream with /Length, a number of bytes");
	}
	return true;
}
