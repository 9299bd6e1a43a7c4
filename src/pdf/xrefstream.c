#include "pdf/reading.h"
#include "pdf/stream.h"

enum { WIDTH_MAX = 8 };

/* The table of a cross-reference stream. */
struct rows {
	const unsigned char *data;
	size_t n;
	size_t at;
	size_t width[3];
	size_t place; /* in the file, for messages */
	bool is_hidden;
};

static bool wrong(const struct reading *r, size_t at, const char *expected)
{
	return lex_damaged(&r->parser.lex, at, diag_say(r->diags, expected));
}

static bool read_widths(struct reading *r, const struct pdf_object *dict, struct rows *rows)
{
	const struct pdf_object *w = pdf_find(dict, "W");

	if (w->kind != PDF_ARRAY || w->n != 3)
		return wrong(r, dict->from, "a cross-reference stream with /W, three widths");
	for (size_t i = 0; i < 3; i++) {
		if (w->item[i].kind != PDF_INTEGER || w->item[i].number < 0 || w->item[i].number > WIDTH_MAX)
			return wrong(r, w->from, "widths of 0 to 8 bytes");
		rows->width[i] = (size_t)w->item[i].number;
	}
	return rows->width[1] > 0 || wrong(r, w->from, "a second width above 0");
}

static uint64_t field(struct rows *rows, size_t i, uint64_t missing)
{
	uint64_t v = 0;

	if (!rows->width[i])
		return missing;
	for (size_t k = 0; k < rows->width[i]; k++)
		v = v << 8 | rows->data[rows->at++];
	return v;
}

static bool read_row(struct reading *r, struct section *s, struct rows *rows, uint32_t number)
{
	size_t row = rows->width[0] + rows->width[1] + rows->width[2];
	struct xref_entry e = { .number = number, .is_hidden = rows->is_hidden };
	uint64_t type, second, third;

	if (rows->n - rows->at < row)
		return wrong(r, rows->place, "a cross-reference stream with as many entries as its /Index says");
	type = field(rows, 0, 1);
	second = field(rows, 1, 0);
	third = field(rows, 2, 0);
	if (type > 2)
		return wrong(r, rows->place, "a cross-reference stream with entries of kind 0, 1 and 2");
	e.state = (uint8_t)(type == 0 ? PDF_FREE : type == 1 ? PDF_AT : PDF_IN_STREAM);
	if (second > (type == 2 ? (uint64_t)PDF_NUMBER_MAX : UINT32_MAX) || third > (type == 2 ? PDF_PACKED_MAX : PDF_GENERATION_MAX))
		return wrong(r, rows->place, "a cross-reference stream whose entries name bytes and objects of this file");
	e.at = (uint32_t)second;
	e.generation = (uint16_t)(type == 2 ? 0 : third);
	e.index = (uint32_t)(type == 2 ? third : 0);
	return add_entry(r, s, e, rows->place);
}

static bool read_group(struct reading *r, struct section *s, struct rows *rows, const struct pdf_object *first,
	const struct pdf_object *n)
{
	if (first->kind != PDF_INTEGER || n->kind != PDF_INTEGER || first->number < 0 || first->number > PDF_NUMBER_MAX || n->number < 0
		|| n->number > (int64_t)PDF_NUMBER_MAX + 1 - first->number)
		return wrong(r, rows->place, "in /Index object numbers and how many there are");
	for (int64_t i = 0; i < n->number; i++)
		if (!read_row(r, s, rows, (uint32_t)(first->number + i)))
			return false;
	return true;
}

static bool read_rows(struct reading *r, struct section *s, const struct pdf_object *dict, struct rows *rows)
{
	const struct pdf_object *index = pdf_find(dict, "Index");
	const struct pdf_object from = pdf_integer(0);

	if (index->kind == PDF_NULL) {
		if (!read_group(r, s, rows, &from, pdf_find(dict, "Size")))
			return false;
	} else if (index->kind != PDF_ARRAY || index->n % 2) {
		return wrong(r, rows->place, "in /Index pairs of an object number and how many there are");
	}
	for (size_t i = 0; index->kind == PDF_ARRAY && i < index->n; i += 2)
		if (!read_group(r, s, rows, &index->item[i], &index->item[i + 1]))
			return false;
	return rows->at == rows->n || wrong(r, rows->place, "a cross-reference stream with as many entries as its /Index says");
}

/* The trailer's entries, without what tells how the stream itself is read. */
static struct pdf_object as_trailer(struct pdf_object stream, struct arena *arena)
{
	static const char *const own[] = { "Type", "W", "Index", "Length", "Filter", "DecodeParms", "DL" };

	stream.kind = PDF_DICT;
	stream.raw = NULL;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		stream = pdf_without(stream, own[i], arena);
	return stream;
}

bool read_xref_object(struct reading *r, uint32_t *number, struct pdf_object *stream)
{
	size_t at = r->parser.lex.at;
	const struct pdf_object *length;
	uint16_t generation;

	if (!parse_obj(&r->parser, number, &generation) || !parse_value(&r->parser, stream))
		return false;
	length = pdf_find(stream, "Length");
	if (stream->kind != PDF_DICT || !pdf_name_is(pdf_find(stream, "Type"), "XRef") || generation)
		return wrong(r, at, "a cross-reference stream with /Type /XRef");
	if (length->kind != PDF_INTEGER || length->number < 0 || length->number > PDF_FILE_MAX)
		return wrong(r, at, "a cross-reference stream with /Length, a number");
	return read_raw(r, stream, (size_t)length->number) && read_endobj(r);
}

bool read_xref_stream(struct reading *r, struct section *s, struct xref_part *part, uint32_t *number, bool is_hidden)
{
	struct rows rows = { .place = r->parser.lex.at, .is_hidden = is_hidden };
	struct pdf_object stream, trailer;
	struct bytes data;

	part->from = r->parser.lex.at;
	if (!read_xref_object(r, number, &stream))
		return false;
	part->to = r->parser.lex.at;
	trailer = as_trailer(stream, &r->file->arena);
	if (is_hidden ? false : !read_trailer(r, s, &trailer))
		return false;
	if (!read_widths(r, &stream, &rows) || !pdf_stream_data(pdf_view(r->file, 0), &stream, &r->arena, &data, r->diags))
		return false;
	rows.data = (const unsigned char *)data.data;
	rows.n = data.n;
	return read_rows(r, s, &stream, &rows);
}
