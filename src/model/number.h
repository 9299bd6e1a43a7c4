/* number: numbers as people write them in a Vietnamese sheet (decimal comma; dot, space and NBSP group by threes).
 *
 * Errors: none of its own: the result says what was found, so that the caller names the cell
 */
#ifndef MODEL_NUMBER_H
#define MODEL_NUMBER_H

#include "base/ratio.h"

enum number_found {
	NUMBER_OK,
	NUMBER_EMPTY,	     /* "", "-", "–", "...", and the shorthand of accessible workbooks "[x]", "[z]" */
	NUMBER_CONFIDENTIAL, /* "[c]" */
	NUMBER_NONE,	     /* a text */
	NUMBER_POINT,	     /* 12.5, 0.84: a decimal point; say 12,5 or decimal="." */
	NUMBER_COMMA_GROUPS, /* 1,234,567; or 1,234 where a count is expected: say 1.234 */
	NUMBER_BAD_GROUPS,   /* 1.23.4, 12.3456 */
	NUMBER_TOO_LARGE,
};

/* whole: the column holds counts. decimal_point: the source says decimal="." (then ',' groups). percent: a trailing "%" is
 * allowed and dropped, and a lone '.' is never a group mark. */
enum number_flags { NUMBER_WHOLE = 1, NUMBER_DECIMAL_POINT = 2, NUMBER_PERCENT = 4 };

enum number_found number_parse(const char *s, size_t n, unsigned flags, struct ratio *x);

#endif
