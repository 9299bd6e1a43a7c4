#include "pdf/deflate.h"

#include "pdf/stream.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum { INFLATE_FACTOR = 4, INFLATE_LEAST = 256, INFLATE_RATIO_MAX = 1040 /* more than deflate can reach */ };

static size_t first_cap(size_t n, size_t hint, size_t max)
{
	size_t cap = hint ? hint : n > max / INFLATE_FACTOR ? max : n * INFLATE_FACTOR + INFLATE_LEAST;

	return cap < max ? cap : max;
}

/* Behind the data of a stream there may stand a line end that was counted in its length. */
static bool is_line_end(const char *s, size_t n)
{
	return n == 0 || (n == 1 && (*s == '\n' || *s == '\r')) || (n == 2 && s[0] == '\r' && s[1] == '\n');
}

static enum inflated inflate_with(struct libdeflate_decompressor *z, const char *data, size_t n, size_t cap, size_t max,
	struct arena *arena, struct bytes *out)
{
	for (;;) {
		char *text = ARENA_ARRAY(arena, cap + 1, char);
		size_t used = 0, made = 0;
		enum libdeflate_result r = libdeflate_zlib_decompress_ex(z, data, n, text, cap, &used, &made);

		if (r == LIBDEFLATE_SUCCESS && is_line_end(data + used, n - used)) {
			text[made] = '\0';
			*out = (struct bytes){ .data = text, .n = made };
			return INFLATED;
		}
		arena_drop(arena, text);
		if (r != LIBDEFLATE_INSUFFICIENT_SPACE || cap / INFLATE_RATIO_MAX > n)
			return INFLATED_DAMAGED;
		if (cap == max)
			return INFLATED_OVER;
		cap = cap > max / 2 ? max : cap < INFLATE_LEAST ? INFLATE_LEAST : cap * 2;
		cap = cap < max ? cap : max;
	}
}

enum inflated inflate_whole(const void *data, size_t n, size_t hint, size_t max, struct arena *arena, struct bytes *out)
{
	struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
	enum inflated r;

	if (!z)
		memory_new(SIZE_MAX, 1); /* says so and ends */
	r = inflate_with(z, data, n, first_cap(n, hint, max), max, arena, out);
	libdeflate_free_decompressor(z);
	return r;
}

bool pdf_inflate(const void *data, size_t n, size_t hint, size_t max, struct arena *arena, struct bytes *out)
{
	return inflate_whole(data, n, hint, max, arena, out) == INFLATED;
}

struct pdf_deflater {
	struct libdeflate_compressor *z;
};

struct pdf_deflater *pdf_deflater_open(int level)
{
	struct pdf_deflater *deflater = memory_new(1, sizeof *deflater);

	deflater->z = libdeflate_alloc_compressor(level);
	if (!deflater->z)
		memory_new(SIZE_MAX, 1); /* says so and ends */
	return deflater;
}

void pdf_deflater_close(struct pdf_deflater *deflater)
{
	if (!deflater)
		return;
	libdeflate_free_compressor(deflater->z);
	free(deflater);
}

void pdf_deflate(struct pdf_deflater *deflater, const void *data, size_t n, struct buf *out)
{
	size_t bound = libdeflate_zlib_compress_bound(deflater->z, n);
	char *room = buf_room(out, bound);

	out->n += libdeflate_zlib_compress(deflater->z, data, n, room, bound);
	out->text[out->n] = '\0';
}

struct pdf_object pdf_deflated(
	struct pdf_deflater *deflater, struct pdf_object dict, const void *data, size_t n, struct arena *arena)
{
	size_t bound = libdeflate_zlib_compress_bound(deflater->z, n);
	char *packed = ARENA_ARRAY(arena, bound, char);
	size_t made = libdeflate_zlib_compress(deflater->z, data, n, packed, bound);

	if (dict.kind == PDF_NULL)
		dict = pdf_dict(NULL, 0, arena);
	return pdf_stream(pdf_with(dict, "Filter", pdf_name("FlateDecode"), arena), packed, made, arena);
}
