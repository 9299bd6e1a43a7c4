/* areanames: names of areas as offices write them, in one form that can be compared.
 *
 * Shape:  "TDP số 01", "Tổ 1" -> "tổ dân phố 1": folded; the administrative word in front in full, with nothing but a space
 *         behind it; zeros in front of numbers dropped; a Roman numeral behind that word or at the end (I, V and X only) in
 *         digits; "1. " in front of a name, and "*", "(*)" and a full stop behind it dropped. The form of a form is itself.
 * Source: templates/areas/prefixes.xml; C knows no such word
 * Errors: "areas": a word that is empty, too long, or that two kinds have
 * Owner:  the arena
 */
#ifndef MODEL_AREANAMES_H
#define MODEL_AREANAMES_H

#include "model/library.h"

struct area_names;

struct area_name {
	const char *folded;
	const char *normal; /* the same pointer where both are the same */
	size_t bare;	    /* offset in normal: behind the administrative word; 0: there is none */
	unsigned level;	    /* of that word, from 1; 0: there is none */
};

/* NULL after an error. */
const struct area_names *area_names_read(struct library *, struct origin at, struct arena *, struct diags *);

/* text folded; text itself as written, which tells "Bản VI" from "Bản Vi". names NULL: no administrative word is known. */
void area_name_of(const struct area_names *, const char *text, const char *folded, struct arena *, struct area_name *);
/* The normal form alone, in the arena. */
const char *area_names_normal(const struct area_names *, const char *text, struct arena *);

/* Bytes of the administrative word in front of a text as written, with what divides it from the name: "Khu phố " of
 * "Khu phố 9"; 0: there is none. */
size_t area_names_prefix(const struct area_names *, const char *text);
/* Bytes of a word such as "các " that a list of areas may begin with; 0: there is none. */
size_t area_names_list_word(const struct area_names *, const char *text);

#endif
