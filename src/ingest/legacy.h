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
	LEGACY_LOOKED_AT = 10000, /* shared texts of a workbook that tell what its fonts mean */
};

const char *legacy_name(enum legacy_charset); /* as people call it: "TCVN3 (ABC)" */
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
	bool is_sure; /* texts that are words both as they stand and converted are of that charset, not of Unicode */
};

/* Text whose bytes a program took for Windows-1252 and stored as Unicode, such as the cells of a sheet in a font of
 * before; appended as it is meant. Characters that are no byte of the encoding stay as they are. Templates keep
 * such fonts, but people type Unicode into them: a text that has Vietnamese letters of Unicode already (ơ, ạ, but not â,
 * which both have), or of whose words more are Vietnamese as they stand, stays as it is as a whole: then it returns false, as
 * for a font of Unicode and for ASCII that is not shown as capitals. */
bool legacy_text(struct legacy_font, const char *s, size_t n, struct buf *);

/* How many of its words, beyond ASCII, are Vietnamese as converted, less those that are as they stand; 0 for Unicode. */
long legacy_gain(enum legacy_charset, const char *s, size_t n);

#endif
