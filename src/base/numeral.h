/* numeral: Roman numerals, for sections, appendices and groups of rows. */
#ifndef BASE_NUMERAL_H
#define BASE_NUMERAL_H

#include "base/arena.h"

const char *roman_text(unsigned n, struct arena *); /* "IV"; 0 and from 4000 on in digits */

#endif
