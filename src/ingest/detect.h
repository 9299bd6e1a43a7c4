/* detect: which Vietnamese encoding of before Unicode a text is in: the one that makes syllables of its words and known
 * header texts of its cells.
 *
 * Shape:  evidence is the different words that have bytes beyond ASCII; ASCII is the same in all encodings
 * Errors: none here; the reader knows the place. What cannot be decided is undecided, with how it looks in each encoding
 */
#ifndef INGEST_DETECT_H
#define INGEST_DETECT_H

#include "base/arena.h"
#include "ingest/legacy.h"

enum {
	DETECT_SAMPLE = 64 << 10, /* [bytes] looked at */
	DETECT_HEAD = 16 << 10,	  /* [bytes] in which header texts are looked for */
};

enum verdict {
	DETECT_NONE,	  /* it does not look Vietnamese in any encoding */
	DETECT_FOUND,
	DETECT_UNDECIDED, /* it may be several, or nothing confirms the one */
};

struct detected {
	enum verdict verdict;
	enum legacy_charset charset; /* found */
	const char *header;	     /* the text that confirms it */
	const char *looks;	     /* undecided: "TCVN3 (ABC): 'Tổ dân phố', VNI: '...'" */
	const char *names;	     /* the same without the text: "TCVN3 (ABC), VNI" */
};

/* known: folded header texts, NULL-terminated, or NULL. Bytes that are mostly good UTF-8 are DETECT_NONE. */
void detect_bytes(const unsigned char *s, size_t n, const char *const *known, struct arena *, struct detected *);

/* UTF-8 whose characters are the bytes of such an encoding, each taken for Windows-1252. A text that makes sense as it is
 * is DETECT_NONE; one that has Vietnamese letters of Unicode in some cells is at most DETECT_UNDECIDED, for nobody knows
 * what a cell without them is. */
void detect_text(const char *s, size_t n, const char *const *known, struct arena *, struct detected *);

/* UTF-8 that a job says to be in `charset`: whether it makes more sense character by character than byte by byte, or, if it
 * has Vietnamese letters of Unicode in some cells, whether the others make more sense in it than as they are. */
bool detect_stored(const char *s, size_t n, enum legacy_charset, struct arena *);

#endif
