/* groups: rows of a source that stand over others and state their sum ("I", "A" over 1, 2, 3): asserted figures, no data.
 *
 * Shape:  each has the range of the rows of data that it covers; groups may stand in groups
 * Errors: the warning "asserted": a sum that is stated is not the sum of the rows; "group-row": most are not, or the total row
 *         counts it as an area, so that it may be one with a wrong ordinal, or the rows below it its parts. Those that only their figures tell: sumrows.h
 * Owner:  the arena
 */
#ifndef MODEL_GROUPS_H
#define MODEL_GROUPS_H

#include "model/data.h"
#include "model/rowkinds.h"

enum { GROUP_LEVELS = 8 }; /* further ones within each other end the innermost */

/* A group that further rows may belong to. */
struct open_group {
	size_t group;
	struct ordinal ordinal;
	bool is_heading; /* without figures, over all columns */
};

struct groups {
	struct arena *arena;
	struct group_row *group; /* [n_group] */
	size_t n_group;
	size_t cap;
	struct open_group open[GROUP_LEVELS];
	size_t n_open;
};

/* n_row: rows of data before it. */
void groups_add(struct groups *, const struct data_row *, const struct ordinal *, bool is_heading, size_t n_row);

/* Ends the groups that no row of the ordinal belongs to; NULL: all of them. */
void groups_end(struct groups *, const struct ordinal *, bool is_heading, size_t n_row);

/* A row that states the sum of the rows of data from first on, which stand above it. */
void groups_add_sum(struct groups *, const struct data_row *, size_t first, size_t n_row);

/* label [n_field]: names of the fields for messages. */
bool groups_check(const struct data *, const char *const *label, struct arena *, struct diags *);

/* Whether the row's figures are the sums of the rows that it covers, as far as these have figures; one is not zero. */
bool groups_state_sums(const struct data *, const struct group_row *);

/* Whether figures of the field can be added up: no rates. */
bool groups_add_up(const struct field *);

/* A number as it is written in Vietnamese, without groups. */
const char *groups_number(struct ratio, struct arena *);

#endif
