/* measure: what stands behind a number in a text ("triệu đồng", "%", "hộ"), against the unit of the figure it is said of.
 *
 * Texts:  folded as utf8_fold does
 * Owner:  the arena
 */
#ifndef COMPOSE_MEASURE_H
#define COMPOSE_MEASURE_H

#include "base/ratio.h"

#include <stdbool.h>
#include <stddef.h>

enum measure_kind {
	MEASURE_NONE,	  /* nothing that is known */
	MEASURE_MONEY,	  /* đồng */
	MEASURE_PERCENT,  /* %, phần trăm, điểm % */
	MEASURE_PERMILLE, /* ‰ */
	MEASURE_NAMED,	  /* one of the units known */
};

struct measure {
	enum measure_kind kind;
	int64_t scale; /* of "nghìn", "triệu", "tỷ"; else 1 */
	bool half;     /* "rưỡi": half of the scale more */
	size_t n;      /* [bytes] with the spaces before it */
	const char *name; /* [n_name] MEASURE_NAMED */
	size_t n_name;
};

struct measure_units {
	const char *figure;	  /* of the figure; "": not known */
	bool is_count;		  /* the figure counts rows: its unit is not known, but is neither money nor a share */
	const char *const *known; /* [n_known] units of the job's tables */
	size_t n_known;
};

struct measure measure_read(const char *text, const struct measure_units *);

enum measure_fit {
	MEASURE_FITS,
	MEASURE_MULTIPLIES, /* a scale and no unit, of what is no money: "8 triệu" of hộ */
	MEASURE_UNKNOWN,    /* ‰ of a figure whose unit is not known */
	MEASURE_CONTRADICTS,
};

/* scale: what the printed number is multiplied by to be in the unit of the figure. */
enum measure_fit measure_fit(const struct measure *, const struct measure_units *, struct ratio *scale, struct arena *);

#endif
