/* inflate: DEFLATE without a wrapper, piece by piece, and the checksum of ZIP. ISA-L does it where there is one (amd64), in a
 * third of zlib's time; zlib elsewhere.
 *
 * Errors: none are told here: what is no DEFLATE is INFLATE_BROKEN; sizes and checksums are the caller's to compare
 * Source: RFC 1951; RFC 1952, 8 (CRC-32)
 */
#ifndef INGEST_INFLATE_H
#define INGEST_INFLATE_H

#include <stddef.h>
#include <stdint.h>

struct inflater;

struct inflater *inflater_open(void); /* NULL: out of memory */
void inflater_close(struct inflater *);

enum inflated {
	INFLATE_MORE, /* of the input, or of the room */
	INFLATE_END,  /* n of the input is then how many bytes came that are behind the data */
	INFLATE_BROKEN,
};

struct inflate_input {
	const unsigned char *s;
	size_t n;
};

/* Takes from the front of the input and fills out, which has *n bytes of room; *n is then how many it got. Neither is over
 * UINT32_MAX. */
enum inflated inflater_take(struct inflater *, struct inflate_input *, unsigned char *out, size_t *n);

/* Of bytes behind those that led to `before` (0: none). */
uint32_t inflate_crc(uint32_t before, const unsigned char *s, size_t n);

#endif
