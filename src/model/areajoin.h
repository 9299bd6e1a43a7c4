/* areajoin: which rows of the sources of a job speak of the same area: by the code; else by the folded name, by the normal form
 * of the name (areanames.h), and last by the name without its administrative word, with a note. What is only near is an error.
 *
 * Errors: "ambiguous-area"; "near-code": codes that only zeros in front tell apart; "near-area": an area that one source alone
 *         has, near to one that this source lacks. Note "area-name". None of these two errors and no such note speaks of a
 *         source with areas="own", none of near names of one that a crosswalk names
 * Owner:  the arena; joining_end gives back what joining itself holds
 */
#ifndef MODEL_AREAJOIN_H
#define MODEL_AREAJOIN_H

#include "base/buf.h"
#include "model/data.h"

/* Fields of a dataset that areas are told by; n_field where there is none. */
struct area_fields {
	size_t area;
	size_t parent;
	size_t code;
	size_t since;
};

struct area_fields area_fields_of(const struct dataset *);

/* How a row came to its area, where that is no message that says what stands in the row. */
enum joined { JOINED_PLAINLY, JOINED_BARE, JOINED_UNCLEAR };

/* The areas of a job while its sources are joined. */
struct joining {
	const struct job *job;
	const struct area_names *names;
	struct arena *arena;
	struct diags *diags;
	struct area **area; /* [n_area]; [0] is the root */
	size_t n_area;
	size_t cap;
	struct map by_code;
	struct map by_digits; /* codes of digits without zeros in front */
	struct map by_name;   /* folded names and normal forms -> the first area of that name */
	struct map by_place;  /* place_key of both -> area */
	struct map shared;    /* folded names and normal forms that several areas have */
	struct map by_bare;   /* names without the word in front, of the first n_bared areas */
	struct map bare_shared;
	size_t n_bared;
	struct map taken;   /* of the source at hand: place_key of names that were taken for another -> area */
	struct map changed; /* normal forms and codes that the crosswalk speaks of */
	const struct data *data; /* of the sources */
	size_t source;	    /* at hand: index in data */
	bool is_own;	    /* the source at hand has areas="own" */
	bool is_closed;	    /* the areas are those of a model: none comes, none changes */
	bool settling;	    /* what is not known becomes an area */
	enum joined *how;   /* of the rows at hand; NULL: messages say it */
	size_t row;	    /* at hand */
	uint64_t own[AREA_SOURCES / 64]; /* the sources with areas="own" */
	struct buf name;  /* of the row at hand, folded */
	struct buf above; /* the same of the area above */
	struct buf key;	  /* what is looked up */
};

void joining_begin(struct joining *, const struct job *, const struct area_names *, struct arena *, struct diags *);
/* crosswalk may be NULL: its names are of other years. Rows get their areas. */
bool joining_run(struct joining *, struct data *, size_t n_data, const struct data *crosswalk);
/* Rows of data that are no part of the model get its areas, by the same rules; those of no area of it keep NULL. False after an
 * error "ambiguous-area". data is changed in place, the model is not. */
bool joining_place(const struct model *, struct data *, struct arena *, struct diags *);
/* What a register is counted by, as rows of a source: they get the areas of the other sources by the same rules, those of no area keep
 * NULL; where no other source knows an area, theirs become the areas. how: [n_row] zeroed, in place of notes, and of the error
 * "ambiguous-area", after which a row keeps NULL. */
bool joining_keys(struct joining *, struct data *keys, size_t i_source, enum joined *how);
/* Whether an area has that code but for zeros in front. */
bool joining_has_near_code(const struct joining *, const char *code);
/* The rows of a source have their areas already. */
void joining_see(const struct data *, size_t i_source);
/* nearareas.c: areas that only one source has and that are near to others. */
bool joining_check_near(struct joining *);
void joining_end(struct joining *);

#endif
