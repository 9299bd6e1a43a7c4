/* registergrouping: conditions that share a table, for registergroups.c (which do) and registertables.c (what stands in it). Nobody else
 * includes it. */
#ifndef MODEL_REGISTERGROUPING_H
#define MODEL_REGISTERGROUPING_H

#include "model/registering.h"

/* Conditions that are counted together. */
struct bundle {
	enum tally_kind kind;
	int which;
	size_t name[REG_NAMES_MAX];
	size_t n_name;
	struct reg_expr **member; /* [n_member] */
	size_t n_member;
	size_t cap_member;
	size_t *lane; /* [n_lane] flags, in order; NULL: no lanes */
	size_t n_lane;
	size_t *lane_of; /* [n_member] */
};

struct grouping {
	struct reg *reg;
	struct arena tmp;
	struct bundle *bundle; /* [n] */
	size_t n;
	size_t cap;
	struct diags *diags;
};

/* The table of a bundle, n_bit wide: combinations that count alike share a counter. Error "limit". */
bool reg_make_table(struct grouping *, const struct bundle *, struct tally_group *, unsigned n_bit);

#endif
