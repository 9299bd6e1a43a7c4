/* numeral: Roman numerals, for sections, appendices and groups of rows. */
#ifndef BASE_NUMERAL_H
#define BASE_NUMERAL_H

#include "base/arena.h"

const char *roman_text(unsigned n, struct arena *); /* "IV"; 0 and from 4000 on in digits */
unsigned roman_read(const char *s, size_t n, struct arena *); /* the number that roman_text writes so; 0: it is none */

#endif
