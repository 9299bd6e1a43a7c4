/* deflate: libdeflate, behind what pdf/stream.h promises. */
#ifndef PDF_DEFLATE_H
#define PDF_DEFLATE_H

#include "base/arena.h"
#include "base/file.h"

enum inflated {
	INFLATED,
	INFLATED_DAMAGED,
	INFLATED_OVER, /* larger than max */
};

enum inflated inflate_whole(const void *data, size_t n, size_t hint, size_t max, struct arena *, struct bytes *);

#endif
