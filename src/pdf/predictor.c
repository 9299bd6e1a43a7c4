#include "pdf/filter.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 1 << 24, COLORS_MAX = 32, TIFF = 2, PNG = 10, PNG_LAST = 15 };

struct rows {
	unsigned char *text;
	size_t n;
	size_t row;   /* [bytes] of a row, without its tag */
	size_t pixel; /* [bytes], at least 1 */
};

static bool failed(const struct decoding *d, const char *why)
{
	return decoding_failed(d, diag_say(d->diags, why));
}

static int64_t parameter(const struct decoding *d, const struct pdf_object *parms, const char *key, int64_t missing)
{
	const struct pdf_object *o = pdf_look(d->view, parms, key);

	return o->kind == PDF_NULL ? missing : o->kind == PDF_INTEGER ? o->number : -1;
}

static unsigned paeth(int a, int b, int c)
{
	int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);

	if (pa <= pb && pa <= pc)
		return (unsigned)a;
	return (unsigned)(pb <= pc ? b : c);
}

/* What a PNG row's tag says is added to each byte. */
static unsigned predicted(unsigned tag, unsigned left, unsigned up, unsigned corner)
{
	switch (tag) {
	case 1:
		return left;
	case 2:
		return up;
	case 3:
		return (left + up) / 2;
	case 4:
		return paeth((int)left, (int)up, (int)corner);
	default:
		return 0;
	}
}

static void undo_row(unsigned tag, const unsigned char *in, const unsigned char *up, unsigned char *out, const struct rows *rows)
{
	for (size_t i = 0; i < rows->row; i++) {
		unsigned left = i >= rows->pixel ? out[i - rows->pixel] : 0;
		unsigned corner = up && i >= rows->pixel ? up[i - rows->pixel] : 0;

		out[i] = (unsigned char)(in[i] + predicted(tag, left, up ? up[i] : 0, corner));
	}
}

/* In place: a row is written before where it was read. */
static bool undo_png(const struct decoding *d, struct rows *rows)
{
	size_t n_row = rows->n / (rows->row + 1);

	if (rows->n % (rows->row + 1))
		return failed(d, "is damaged: its data are no whole rows of /Columns");
	for (size_t i = 0; i < n_row; i++) {
		const unsigned char *in = rows->text + i * (rows->row + 1);
		unsigned char *out = rows->text + i * rows->row;

		if (*in > 4)
			return failed(d, "is damaged: a row has a PNG predictor that there is not");
		undo_row(*in, in + 1, i ? out - rows->row : NULL, out, rows);
	}
	rows->n = n_row * rows->row;
	return true;
}

static bool undo_tiff(const struct decoding *d, struct rows *rows, int64_t bits)
{
	if (bits != 8)
		return failed(d, "has a TIFF predictor for other than 8 bits, which is not read");
	if (rows->n % rows->row)
		return failed(d, "is damaged: its data are no whole rows of /Columns");
	for (size_t at = 0; at < rows->n; at += rows->row)
		for (size_t i = rows->pixel; i < rows->row; i++)
			rows->text[at + i] = (unsigned char)(rows->text[at + i] + rows->text[at + i - rows->pixel]);
	return true;
}

bool undo_predictor(struct decoding *d, const struct pdf_object *parms, struct bytes *data)
{
	int64_t predictor = parameter(d, parms, "Predictor", 1), columns = parameter(d, parms, "Columns", 1);
	int64_t colors = parameter(d, parms, "Colors", 1), bits = parameter(d, parms, "BitsPerComponent", 8);
	struct rows rows;

	if (predictor == 1)
		return true;
	if ((predictor != TIFF && (predictor < PNG || predictor > PNG_LAST)) || columns < 1 || columns > COLUMNS_MAX || colors < 1
		|| colors > COLORS_MAX || (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16))
		return failed(d, "has /DecodeParms that there are not");
	rows = (struct rows){ .text = ARENA_ARRAY(d->arena, data->n + 1, unsigned char), .n = data->n,
		.row = (size_t)(columns * colors * bits + 7) / 8, .pixel = (size_t)(colors * bits + 7) / 8 };
	memcpy(rows.text, data->data, data->n);
	if (!(predictor == TIFF ? undo_tiff(d, &rows, bits) : undo_png(d, &rows)))
		return false;
	*data = (struct bytes){ .data = (const char *)rows.text, .n = rows.n };
	return true;
}
