/* nearnames: names of areas that may be meant for each other: proposed to the clerk, never taken. */
#ifndef MODEL_NEARNAMES_H
#define MODEL_NEARNAMES_H

#include "model/areanames.h"

enum nearness {
	NEAR_NOT,
	NEAR_EDITED, /* a letter or two apart, or a letter behind a number more, or something in brackets behind it more */
	NEAR_BARE,   /* but for the administrative word */
	NEAR_MARKS,  /* but for marks of letters, i for y, and spaces around dashes */
};

/* A name without marks. */
struct plain_name {
	const char *text;
	const char *bare;   /* its end behind the administrative word */
	const char *digits; /* numbers and letters that stand alone, "12 a": what tells names of one kind apart */
	unsigned level;
	size_t n;	 /* bytes of bare */
	size_t n_before; /* of them, those before something in brackets at its end */
	size_t n_letter; /* of bare, those that stand alone left out */
};

void plain_name_of(const struct area_name *, struct arena *, struct plain_name *);
/* Of a text as written. */
void plain_name_read(const struct area_names *, const char *text, struct arena *, struct plain_name *);

/* Names that differ by a number, or whose words are of two levels, are never near; nor are names over 160 bytes, unless only
 * marks tell them apart. */
enum nearness plain_names_compare(const struct plain_name *, const struct plain_name *);

/* Index of the nearest; n where none is near. */
size_t plain_names_nearest(const struct plain_name *, const struct plain_name *candidate, size_t n);

#endif
