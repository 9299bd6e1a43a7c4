/* lettering: the marks of headings, points and columns, as Vietnamese state documents write them.
 *
 * Source: NĐ 30/2020, Phụ lục I (mục I, II; điểm a, b, c, d, đ without ă â ê ô ơ ư)
 */
#ifndef COMPOSE_LETTERING_H
#define COMPOSE_LETTERING_H

#include "base/arena.h"
#include "base/numeral.h"

const char *point_letter(unsigned n, struct arena *); /* 1 "a", 5 "đ"; behind "y" the number */
const char *column_letter(unsigned n, struct arena *);	    /* 1 "A"; behind "Z" "AA" */

#endif
