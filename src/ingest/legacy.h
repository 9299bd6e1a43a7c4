/* legacy: text in the Vietnamese encodings before Unicode, as UTF-8 in NFC (but for a mark on a letter that no Vietnamese
 *         word has, which stays behind it).
 *
 * Shape:  a byte is a letter, a mark that joins the letter before it (VNI, Windows-1258, and five of TCVN3), or ASCII
 * Errors: none here; the caller knows the place of a byte that is nothing in its encoding
 * Source: TCVN 5712:1993 VN1, of which the .Vn fonts have the part VN3 and the quotes and dashes of Windows-1252; VNI by the letters of the VNI fonts; VISCII by
 *         RFC 1456; Windows-1258 by Microsoft's table
 */
#ifndef INGEST_LEGACY_H
#define INGEST_LEGACY_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum legacy_charset { LEGACY_NONE, LEGACY_TCVN3, LEGACY_VNI, LEGACY_VISCII, LEGACY_CP1258, N_LEGACY };

enum {
	LEGACY_BYTES = 3, /* of UTF-8 that a byte may give, */
	LEGACY_HELD = 3,  /* and that may be held from the call before */
};

const char *legacy_name(enum legacy_charset); /* as people call it: "TCVN3 (ABC)" */
const char *legacy_code(enum legacy_charset); /* as a job says it: "tcvn3" */
/* "tcvn3" "abc" "vni" "viscii" "cp1258" "windows-1258", in either case; else LEGACY_NONE. */
enum legacy_charset legacy_named(const char *name);

/* What a font makes of bytes. Its name as a sheet has it: ".VnTime", "VNI-Times". *capitals: it shows small letters as
 * capitals (".VnTimeH"). */
enum legacy_charset legacy_of_font(const char *font, bool *capitals);

/* Bytes on their way, block after block. */
struct legacy {
	enum legacy_charset charset;
	bool capitals;
	uint32_t held; /* a letter that the next byte may mark; 0: none */
	uint32_t last; /* the character before it */
	bool quoted;   /* a quotation was opened on this line */
};

/* Converts up to the first byte that is nothing there (or a mark with no letter to join): returns how many bytes were
 * taken. out has room for LEGACY_BYTES * n + LEGACY_HELD. */
size_t legacy_take(struct legacy *, const unsigned char *s, size_t n, char *out, size_t *n_out);
/* What is held at the end, at most LEGACY_HELD bytes. */
size_t legacy_end(struct legacy *, char *out);

/* The byte that Windows-1252 or Latin-1 has for a character; false: none. */
bool legacy_byte(uint32_t code, unsigned char *byte);

/* What a cell's font makes of its text; all zero: nothing. */
struct legacy_font {
	enum legacy_charset charset;
	bool capitals;
};

/* What a text in such a font is, by its words that have characters beyond ASCII. Templates keep such fonts, but people type
 * Unicode into them. */
enum legacy_sense {
	LEGACY_PLAIN,	/* the same either way: no such font, or ASCII that is not shown as capitals */
	LEGACY_SIGNS,	/* no word is Vietnamese either way: so it is what the font shows */
	LEGACY_MEANT,	/* more words are Vietnamese as converted */
	LEGACY_UNICODE, /* it has Vietnamese letters of Unicode (ơ, ạ, but not â, which both have), or more are as they stand */
	LEGACY_EITHER,	/* as many are either way */
};
enum legacy_sense legacy_sense(struct legacy_font, const char *s, size_t n);

/* Text whose bytes a program took for Windows-1252 and stored as Unicode, such as the cells of a sheet in a font of
 * before; appended as it is meant. Characters that are no byte of the encoding stay as they are. */
void legacy_convert(struct legacy_font, const char *s, size_t n, struct buf *);

/* Whether all words of a text that have characters beyond ASCII are Vietnamese as they stand, */
bool legacy_stands(const char *s, size_t n);
/* or all are in that encoding. */
bool legacy_is_stored(enum legacy_charset, const char *s, size_t n);

#endif
