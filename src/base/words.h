/* words: numbers in Vietnamese words, as a plan writes them beside digits: 2.023 is "hai nghìn không trăm hai mươi ba".
 *
 * Whole part: groups of three digits, nghìn, triệu, tỷ, and again nghìn tỷ, triệu tỷ, tỷ tỷ; a group 000 is not said, a later
 *             one below 100 begins "không trăm". mốt and tư after mươi, lăm after mười and mươi, linh where the tens are 0.
 * Decimals:   behind "phẩy", without zeros that end them. Zeros that begin them are said one by one ("không"), the one to
 *             three digits behind them as a number (1,93 chín mươi ba; 0,05 không năm; 0,125 một trăm hai mươi lăm), four
 *             or more one by one (0,1234 một hai ba bốn).
 * Range:      every struct ratio whose decimals end, after at most 18 of them as in ratio_exact
 * Spelling:   bảy, nghìn, tỷ, linh and hai mươi tư, as state texts have them
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/ratio.h"

#include <stddef.h>

enum words_flags {
	WORDS_LE = 1,	   /* "lẻ" (South) for "linh" */
	WORDS_CAPITAL = 2, /* "Một" */
};

/* NULL where the decimals never end, or are more than 18. */
const char *words_text(struct ratio x, enum words_flags, struct arena *);

/* The number that the text begins with in words, the longest there is, in any usual spelling (bốn or tư, linh or lẻ, tỷ or
 * tỉ): one that words_text would say so. text: lower case, a space between words. Returns its length in bytes, 0: none. */
size_t words_read(const char *text, struct ratio *x, struct arena *);

/* Whether numbers are said with the word, in any usual spelling. */
bool words_has(const char *word, size_t n);

/* The first letter made a capital. */
const char *words_capital(const char *words, struct arena *);

#endif
