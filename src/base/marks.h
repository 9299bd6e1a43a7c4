/* marks: numbers with the marks of Vietnamese texts: groups of three with full stops, decimals behind a comma. */
#ifndef BASE_MARKS_H
#define BASE_MARKS_H

#include "base/ratio.h"

/* plain: digits with at most one '.', a '-' before them, as ratio_text has them; at least `least` digits before the comma. */
const char *marks_put(const char *plain, int least, struct arena *); /* "1.528,5", "-05" */

/* Exact: "1.528,5", or "1.528/7" where its decimals never end. */
const char *marks_exact(struct ratio, struct arena *);

#endif
