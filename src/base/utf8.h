/* utf8: text as users write it: decoding, NFC, and folding for comparison.
 *
 * Errors: bytes that are not UTF-8 give false; the caller knows the place and makes the finding
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* Bytes of the first character and its code point; 0 for an error (also overlong forms and surrogates). */
size_t utf8_decode(const char *s, size_t n, uint32_t *code);
size_t utf8_encode(uint32_t code, char out[4]);
bool utf8_valid(const char *s, size_t n, size_t *bad_offset);
bool utf8_is_ascii(const char *s, size_t n);
size_t utf8_length(const char *s, size_t n); /* characters */
size_t utf8_units(const char *s, size_t n);  /* characters as workbooks count them: those beyond U+FFFF are two (UTF-16) */
size_t utf8_cut(const char *s, size_t n, size_t most); /* [bytes] of its first characters, at most so many */

/* Where the first character is that no document may hold: a control character, a mark that turns the direction of writing,
 * what an earlier conversion damaged (U+FFFD), or what is no character; n if there is none. Line breaks and tabs are fine. */
size_t utf8_find_refused(const char *s, size_t n, uint32_t *code);

/* For a terminal: what a stranger wrote, in one line, with ? for each character that is refused, breaks the line, or moves the cursor or
 * the direction of writing, and for each byte that is no UTF-8. Always a terminated copy. */
char *utf8_harmless(const char *s, size_t n, struct arena *);

/* NFC; NBSP and wide spaces made a space, zero-width marks and BOM removed. Always a terminated copy. */
const char *utf8_nfc(const char *s, size_t n, struct arena *);

/* NFC and nothing else: NBSP and all other characters stay. */
const char *utf8_compose(const char *s, size_t n, struct arena *);

/* For matching names and headers: NFC, lower case, runs of white space (also NBSP, newline) to one space, trimmed, tone
 * marks of open oa oe uy on the first vowel (hoà -> hòa), Đ -> đ, Ð (U+00D0) -> đ, curly quotes and long dashes as they are
 * typed. Diacritics are kept. */
const char *utf8_fold(const char *s, size_t n, struct arena *);
/* The same in place of what the buffer holds, for texts that are looked up and forgotten. */
const char *utf8_fold_into(const char *s, size_t n, struct buf *);

/* Folded text without the marks of its letters: "khu phố" -> "khu pho"; đ -> d. */
const char *utf8_plain(const char *folded, struct arena *);

const char *utf8_upper(const char *s, struct arena *); /* all letters */
const char *utf8_lower_first(const char *s, struct arena *); /* "Thực hiện" -> "thực hiện"; "UBND" stays */

bool utf8_is_capital(uint32_t code);
bool utf8_is_mark(uint32_t code); /* which is written over or below the letter before it */

/* Spaces at both ends removed (also NBSP). */
void utf8_trim(const char **s, size_t *n);

/* The words of a list divided by '|' ("Cộng|Tổng cộng", or NULL), folded, NULL-terminated; blank ones are left out. */
const char *const *utf8_fold_list(const char *list, struct arena *);

#endif
