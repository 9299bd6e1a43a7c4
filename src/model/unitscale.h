/* unitscale: whether a unit that a sheet says is the one that figures are read in, or that one in another scale. */
#ifndef MODEL_UNITSCALE_H
#define MODEL_UNITSCALE_H

#include <stddef.h>

enum likeness {
	UNIT_OTHER,
	UNIT_SCALED, /* "triệu đồng" for "đồng" */
	UNIT_SAME,
};

/* said: folded, several units divided by ',' or ';', of which the most alike counts; unit: as a field has it. */
enum likeness unit_likeness(const char *said, size_t n, const char *unit);

#endif
