/* zipped: ZIP containers made in a test: entries of the caller, then bytes changed where a case says so. */
#ifndef UNIT_ZIPPED_H
#define UNIT_ZIPPED_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { ZIPPED_MAX = 32 };

struct zipped_entry {
	const char *name;
	const char *text;
	size_t n; /* 0: strlen(text) */
	bool stored;
};

struct zipped {
	struct buf bytes;
	size_t local[ZIPPED_MAX]; /* where headers begin */
	size_t central[ZIPPED_MAX];
	size_t end;
};

static inline void zipped_put(struct buf *b, uint64_t value, size_t n_byte)
{
	for (size_t i = 0; i < n_byte; i++)
		buf_putc(b, (char)(value >> 8 * i & 0xFF));
}

static inline void zipped_poke(struct zipped *z, size_t at, uint64_t value, size_t n_byte)
{
	for (size_t i = 0; i < n_byte; i++)
		z->bytes.text[at + i] = (char)(value >> 8 * i & 0xFF);
}

static inline size_t zipped_deflate(const char *s, size_t n, unsigned char *into, size_t room)
{
	z_stream z = { .next_in = (unsigned char *)s, .avail_in = (uInt)n, .next_out = into, .avail_out = (uInt)room };

	deflateInit2(&z, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
	deflate(&z, Z_FINISH);
	deflateEnd(&z);
	return z.total_out;
}

/* What both headers of an entry have, from the needed version to the length of the name. */
static inline void zipped_common(struct buf *b, const struct zipped_entry *e, uint32_t crc, size_t packed, size_t n)
{
	zipped_put(b, 20, 2);
	zipped_put(b, 0, 2); /* flags */
	zipped_put(b, e->stored ? 0 : 8, 2);
	zipped_put(b, 0x00210000, 4); /* 1980-01-01 */
	zipped_put(b, crc, 4);
	zipped_put(b, packed, 4);
	zipped_put(b, n, 4);
	zipped_put(b, strlen(e->name), 2);
	zipped_put(b, 0, 2); /* extra fields */
}

static inline void zipped_directory(struct zipped *z, const struct zipped_entry *entry, size_t n_entry, const struct buf *common)
{
	struct buf *b = &z->bytes;
	size_t start = b->n;

	for (size_t i = 0; i < n_entry; i++) {
		z->central[i] = b->n;
		zipped_put(b, 0x02014B50, 4);
		zipped_put(b, 20, 2);
		buf_put(b, common[i].text, common[i].n);
		zipped_put(b, 0, 4); /* comment, disk */
		zipped_put(b, 0, 6); /* attributes */
		zipped_put(b, z->local[i], 4);
		buf_puts(b, entry[i].name);
	}
	z->end = b->n;
	zipped_put(b, 0x06054B50, 4);
	zipped_put(b, 0, 4);
	zipped_put(b, n_entry, 2);
	zipped_put(b, n_entry, 2);
	zipped_put(b, z->end - start, 4);
	zipped_put(b, start, 4);
	zipped_put(b, 0, 2);
}

static inline struct zipped zipped_make(const struct zipped_entry *entry, size_t n_entry)
{
	struct zipped z = { 0 };
	struct buf common[ZIPPED_MAX] = { 0 };

	for (size_t i = 0; i < n_entry; i++) {
		size_t n = entry[i].n ? entry[i].n : strlen(entry[i].text);
		unsigned char *packed = memory_new(n + 64, 1);
		size_t n_packed = n;

		if (entry[i].stored)
			memcpy(packed, entry[i].text, n);
		else
			n_packed = zipped_deflate(entry[i].text, n, packed, n + 64);
		zipped_common(&common[i], &entry[i], (uint32_t)crc32(0, (const unsigned char *)entry[i].text, (uInt)n), n_packed, n);
		z.local[i] = z.bytes.n;
		zipped_put(&z.bytes, 0x04034B50, 4);
		buf_put(&z.bytes, common[i].text, common[i].n);
		buf_puts(&z.bytes, entry[i].name);
		buf_put(&z.bytes, (const char *)packed, n_packed);
		free(packed);
	}
	zipped_directory(&z, entry, n_entry, common);
	for (size_t i = 0; i < n_entry; i++)
		buf_clear(&common[i]);
	return z;
}

#endif
