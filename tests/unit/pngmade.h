/* pngmade: small PNG files of every kind. Owner: the buffer. */
#ifndef UNIT_PNGMADE_H
#define UNIT_PNGMADE_H

#include "base/buf.h"

#include <png.h>
#include <string.h>
#include <zlib.h>

struct png_kind {
	uint32_t width, height;
	int depth, colour; /* PNG_COLOR_TYPE_... */
	bool interlaced;
	bool marked; /* a palette with transparency */
};

static inline void pngmade_put(png_structp png, png_bytep data, size_t n)
{
	buf_put(png_get_io_ptr(png), (const char *)data, n);
}

static inline void pngmade_palette(png_structp png, png_infop info, bool marked)
{
	png_color colour[2] = { { 255, 0, 0 }, { 0, 0, 255 } };
	png_byte alpha[2] = { 0, 128 };

	png_set_PLTE(png, info, colour, 2);
	if (marked)
		png_set_tRNS(png, info, alpha, 2, NULL);
}

/* Each row: the same bytes. */
static inline void pngmade(const struct png_kind *kind, const unsigned char *row, struct buf *out)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	int passes;

	png_set_write_fn(png, out, pngmade_put, NULL);
	png_set_IHDR(png, info, kind->width, kind->height, kind->depth, kind->colour,
		kind->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	if (kind->colour == PNG_COLOR_TYPE_PALETTE)
		pngmade_palette(png, info, kind->marked);
	png_write_info(png, info);
	passes = png_set_interlace_handling(png);
	for (int pass = 0; pass < passes; pass++)
		for (uint32_t i = 0; i < kind->height; i++)
			png_write_row(png, row);
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
}

static inline void pngmade_number(struct buf *out, uint32_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_putc(out, (char)(value >> shift & 255));
}

/* A file that says its size and holds nothing of it. */
static inline void pngmade_header(uint32_t width, uint32_t height, struct buf *out)
{
	size_t start;

	buf_put(out, "\x89PNG\r\n\x1a\n", 8);
	pngmade_number(out, 13);
	start = out->n;
	buf_puts(out, "IHDR");
	pngmade_number(out, width);
	pngmade_number(out, height);
	buf_put(out, "\x08\x06\0\0\0", 5);
	pngmade_number(out, (uint32_t)crc32(0, (const unsigned char *)out->text + start, (unsigned)(out->n - start)));
	pngmade_number(out, 0);
	buf_put(out, "IDAT\x35\xaf\x06\x1e", 8);
}

#endif
