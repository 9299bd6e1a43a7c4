/* letters: Vietnamese letters, their marks, and what may be a syllable.
 *
 * Shape: code points; a tone is its combining mark (U+0300 0301 0303 0309 0323) or 0
 * Source: spelling as schools teach it; k at the end too, as place names of the Central Highlands have it (Đăk)
 */
#ifndef INGEST_LETTERS_H
#define INGEST_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CIRCUMFLEX = 0x302,
	BREVE = 0x306,
	SYLLABLE_MAX = 8,
	WORD_MAX = 64, /* [bytes]; what is longer is no word */
};

/* The vowel with a shape (CIRCUMFLEX, BREVE or 0) and a tone put on it; 0: no Vietnamese letter. */
uint32_t letter_marked(uint32_t letter, uint32_t shape, uint32_t tone);
uint32_t letter_capital(uint32_t); /* other characters as they are */
uint32_t letter_small(uint32_t);
bool letter_is_capital(uint32_t);
bool letter_is_tone(uint32_t); /* a combining one */
bool letter_is_ascii(uint32_t);
bool letter_is_vietnamese(uint32_t); /* of the 134 that ASCII does not have */

/* One word in any case: whether consonants, vowels and tone go together. A capital with a mark behind a small letter of
 * ASCII does not (what a wrong encoding makes), a small one among capitals does (what .VnTimeH showed as a capital). */
bool syllable_is_good(const uint32_t *code, size_t n);
/* Text without blanks, of at most WORD_MAX bytes or code points: syllables with signs before, behind, or dashes between. */
bool word_is_good(const char *, size_t n);

/* Whether there is a Vietnamese letter or mark that Latin-1 does not have. */
bool letters_beyond_latin(const char *s, size_t n);

#endif
