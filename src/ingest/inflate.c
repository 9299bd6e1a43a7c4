#include "ingest/inflate.h"

#include "base/arena.h"

#include <stdlib.h>

#ifdef HAVE_ISAL

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

struct inflater {
	struct inflate_state isal;
};

struct inflater *inflater_open(void)
{
	struct inflater *i = memory_new(1, sizeof *i);

	isal_inflate_init(&i->isal);
	return i;
}

void inflater_close(struct inflater *i)
{
	free(i);
}

/* At the end it has taken some bytes that it does not need. */
static size_t n_behind(const struct inflate_state *z)
{
	return z->read_in_length > 0 ? (size_t)z->read_in_length / 8 : 0;
}

enum inflated inflater_take(struct inflater *i, struct inflate_input *in, unsigned char *out, size_t *n)
{
	struct inflate_state *z = &i->isal;
	int result;

	z->next_in = (uint8_t *)in->s; /* read only */
	z->avail_in = (uint32_t)in->n;
	z->next_out = out;
	z->avail_out = (uint32_t)*n;
	result = isal_inflate(z);
	*n -= z->avail_out;
	in->s = z->next_in;
	in->n = z->avail_in;
	if (result < 0)
		return INFLATE_BROKEN;
	if (z->block_state != ISAL_BLOCK_FINISH)
		return INFLATE_MORE;
	in->n += n_behind(z);
	return INFLATE_END;
}

uint32_t inflate_crc(uint32_t before, const unsigned char *s, size_t n)
{
	return crc32_gzip_refl(before, s, n);
}

#else

#include <zlib.h>

struct inflater {
	z_stream zlib;
};

struct inflater *inflater_open(void)
{
	struct inflater *i = memory_new(1, sizeof *i);

	if (inflateInit2(&i->zlib, -MAX_WBITS) == Z_OK)
		return i;
	free(i);
	return NULL;
}

void inflater_close(struct inflater *i)
{
	inflateEnd(&i->zlib);
	free(i);
}

enum inflated inflater_take(struct inflater *i, struct inflate_input *in, unsigned char *out, size_t *n)
{
	z_stream *z = &i->zlib;
	int result;

	z->next_in = (unsigned char *)in->s; /* read only */
	z->avail_in = (uInt)in->n;
	z->next_out = out;
	z->avail_out = (uInt)*n;
	result = inflate(z, Z_NO_FLUSH);
	*n -= z->avail_out;
	in->s = z->next_in;
	in->n = z->avail_in;
	if (result == Z_STREAM_END)
		return INFLATE_END;
	return result == Z_OK || result == Z_BUF_ERROR ? INFLATE_MORE : INFLATE_BROKEN;
}

uint32_t inflate_crc(uint32_t before, const unsigned char *s, size_t n)
{
	return (uint32_t)crc32(before, s, (uInt)n);
}

#endif
