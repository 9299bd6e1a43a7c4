#include "pdf/stream.h"

#include "pdf/deflate.h"
#include "pdf/filter.h"
#include "pdf/reading.h"

static size_t stream_at(const struct decoding *d)
{
	return d->stream->from;
}

bool decoding_failed(const struct decoding *d, const char *why)
{
	return diag_error(d->diags, pdf_origin(d->view.file), "pdf",
		"the stream at byte %zu of the PDF %s; the file is not repaired, since that would break signatures: get it again from where it came, or have it made anew",
		stream_at(d), why);
}

static bool failed(const struct decoding *d, const char *why)
{
	return decoding_failed(d, diag_say(d->diags, why));
}

static bool over(const struct decoding *d, size_t max)
{
	return diag_error(d->diags, pdf_origin(d->view.file), "limit",
		"the stream at byte %zu of the PDF decodes to more than %zu bytes; such a file is not read: have it made smaller, or in parts",
		stream_at(d), max);
}

size_t decoding_room(const struct decoding *d)
{
	size_t left = PDF_INFLATED_TOTAL - d->view.file->n_decoded;

	return left < PDF_INFLATED_MAX ? left : PDF_INFLATED_MAX;
}

static bool inflate_step(struct decoding *d, struct bytes in, struct bytes *out)
{
	size_t max = decoding_room(d);

	switch (inflate_whole(in.data, in.n, 0, max, d->arena, out)) {
	case INFLATED:
		return true;
	case INFLATED_OVER:
		return over(d, max);
	case INFLATED_DAMAGED:
		break;
	}
	return failed(d, "is damaged: its FlateDecode data cannot be read");
}

/* Programs write an empty stream as no bytes at all. */
static bool flate(struct decoding *d, const struct pdf_object *parms, struct bytes in, struct bytes *out)
{
	if (!in.n) {
		*out = in;
		return true;
	}
	return inflate_step(d, in, out) && undo_predictor(d, parms, out);
}

static const struct filter {
	const char *name;
	const char *abbreviation; /* of inline images */
	bool (*decode)(struct decoding *, const struct pdf_object *parms, struct bytes in, struct bytes *out);
} filters[] = {
	{ "FlateDecode", "Fl", flate },
	{ "ASCIIHexDecode", "AHx", decode_hex },
	{ "ASCII85Decode", "A85", decode_85 },
	{ "RunLengthDecode", "RL", decode_runs },
};

static bool decode_one(struct decoding *d, const struct pdf_object *name, const struct pdf_object *parms, struct bytes *data)
{
	struct bytes in = *data;
	size_t max = decoding_room(d);

	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
		if (!pdf_name_is(name, filters[i].name) && !pdf_name_is(name, filters[i].abbreviation))
			continue;
		if (!filters[i].decode(d, parms, in, data))
			return false;
		if (data->n > max)
			return over(d, max);
		d->view.file->n_decoded += data->n;
		return true;
	}
	if (name->kind != PDF_NAME)
		return failed(d, "has a /Filter that is no name");
	return diag_error(d->diags, pdf_origin(d->view.file), "filter",
		"the stream at byte %zu of the PDF uses the filter '%.*s', which is not read here; only FlateDecode, ASCIIHexDecode, ASCII85Decode and RunLengthDecode are: have the file made with one of them",
		stream_at(d), (int)name->n, name->text);
}

static bool decode_all(struct decoding *d, struct bytes *out)
{
	const struct pdf_object *filter = pdf_look(d->view, d->stream, "Filter");
	const struct pdf_object *parms = pdf_look(d->view, d->stream, "DecodeParms");

	if (filter->kind == PDF_NULL)
		return true;
	if (filter->kind != PDF_ARRAY)
		return decode_one(d, filter, parms->kind == PDF_ARRAY ? pdf_item(d->view, parms, 0) : parms, out);
	if (filter->n > PDF_FILTERS_MAX)
		return failed(d, "has more than 8 filters");
	for (size_t i = 0; i < filter->n; i++)
		if (!decode_one(d, pdf_item(d->view, filter, i),
				parms->kind == PDF_ARRAY ? pdf_item(d->view, parms, i) : filter->n == 1 ? parms : &pdf_null, out))
			return false;
	return true;
}

bool pdf_stream_data(struct pdf_view v, const struct pdf_object *stream, struct arena *arena, struct bytes *out, struct diags *diags)
{
	struct decoding d = { .view = v, .stream = stream, .arena = arena, .diags = diags };

	if (stream->kind != PDF_STREAM)
		return failed(&d, "is expected, but the value there is none");
	if (pdf_has(stream, "F"))
		return failed(&d, "is kept in another file (/F), which is not read");
	*out = (struct bytes){ .data = stream->raw->data, .n = stream->raw->n };
	return decode_all(&d, out);
}

bool pdf_streams_data(struct pdf_view v, const struct pdf_object *streams, struct arena *arena, struct bytes *out, struct diags *diags)
{
	struct buf all = { 0 };
	struct bytes piece;
	bool ok = true;

	if (streams->kind != PDF_ARRAY)
		return pdf_stream_data(v, streams, arena, out, diags);
	for (uint32_t i = 0; ok && i < streams->n; i++) {
		ok = pdf_stream_data(v, pdf_item(v, streams, i), arena, &piece, diags);
		if (ok) {
			buf_put(&all, piece.data, piece.n);
			buf_putc(&all, '\n');
		}
	}
	if (ok)
		*out = (struct bytes){ arena_slice(arena, all.text ? all.text : "", all.n), all.n };
	buf_clear(&all);
	return ok;
}
