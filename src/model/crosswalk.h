/* crosswalk: how areas became others: merged, split, renamed, with the share of its figures each new one takes over.
 *
 * Source: the dataset "crosswalk" of the job's <crosswalk>: fields from, to, since, weight (1 where it is empty)
 * Errors: "crosswalk": a weight below 0, or weights of one area and day that do not add up to 1
 */
#ifndef MODEL_CROSSWALK_H
#define MODEL_CROSSWALK_H

#include "base/date.h"
#include "base/figure.h"
#include "base/map.h"
#include "model/areanames.h"

struct data;

struct change {
	const char *from; /* normal form of a name (areanames.h), or code */
	const char *to;
	const char *shown; /* from as it is written */
	const char *shown_to;
	struct date since;
	struct figure weight; /* with the cell it stands in */
	struct origin at;
};

/* A change by the name of the area that went or came. */
struct named_change {
	const char *name;
	int64_t when;
	size_t change; /* index */
};

struct crosswalk {
	const struct change *change; /* [n_change] in the order of the source */
	size_t n_change;
	const struct named_change *from; /* [n_change] by name, day and place in the source */
	const struct named_change *to;
};

/* A part of an area of long ago. */
struct predecessor {
	const char *area; /* normal form or code */
	const char *shown; /* as the crosswalk writes it; the area itself as it was asked for */
	struct figure weight;
	bool told; /* by a change, not only by having no other name */
	bool may_be_new; /* it took over others and nobody says what became of itself: if it was there, it went on */
};

struct predecessors {
	struct predecessor *area; /* [n_area] */
	size_t n_area;
	size_t cap;
};

/* Of changes that are right. */
struct crosswalk crosswalk_of(const struct change *, size_t n_change, struct arena *);

/* Index of the first of the list that is not before the moment, of that name or a later one. */
size_t crosswalk_first(const struct named_change *, size_t n, const char *name, int64_t when);

/* data NULL: no area has changed. codes: those of all areas, which stay as they are written. */
bool crosswalk_read(const struct data *, const struct area_names *, const struct map *codes, struct arena *, struct crosswalk *,
	struct diags *);

/* What the area (normal form or code) was made of at the end of the year `after`, through the changes that took effect
 * behind it and before the day `before`: itself where nothing changed, nothing where it was not there yet. code may be
 * NULL. */
bool crosswalk_trace(const struct crosswalk *, const char *normal, const char *code, int after, struct date before,
	struct arena *, struct predecessors *, struct diags *);

struct model;

/* Warnings "crosswalk" for changes that speak of areas the sources do not have, or of a day outside of the two periods; before
 * is the day after the job's period. Changes of areas that no source has are none of the job's business. */
void crosswalk_check(const struct model *, struct date before, struct arena *, struct diags *);

#endif
