/* der: steps from element to element of DER: definite lengths in the shortest form, tags of one byte. Nothing is copied but by
 * der_definite. */
#ifndef SEAL_DER_H
#define SEAL_DER_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	DER_INTEGER = 0x02,
	DER_OCTETS = 0x04,
	DER_NULL = 0x05,
	DER_OID = 0x06,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_KEY_ID = 0x80, /* [0], not constructed */
	DER_0 = 0xa0,	   /* [0], constructed */
	DER_1 = 0xa1,
};

struct der {
	const unsigned char *p;
	size_t n;
};

/* The next element: its tag and what is in it; *from moves behind it. False at the end and where it is no DER. */
bool der_next(struct der *from, unsigned *tag, struct der *in);
/* The same, of this tag; otherwise *from stays. */
bool der_take(struct der *from, unsigned tag, struct der *in);

/* Whether these are elements of DER down to the last: strings in one piece, sequences and sets in their constructed form. */
bool der_is_strict(struct der);

/* Whether the first element leaves its length open, as BER allows and other programs do. */
bool der_is_open(struct der);
/* The first element with all lengths that it leaves open as definite ones, in the arena; *n: the bytes of it before. Each byte of
 * it is one that DER has too, or an end that must stand where it does, so none can be changed unseen. False where it is damaged. */
bool der_definite(struct der, struct arena *, struct der *definite, size_t *n);

#endif
