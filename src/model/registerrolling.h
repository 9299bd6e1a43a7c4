/* registerrolling: counters of keys become figures of areas, for registerrows.c and registerdistinct.c. Nobody else includes it. */
#ifndef MODEL_REGISTERROLLING_H
#define MODEL_REGISTERROLLING_H

#include "model/registering.h"

/* The counters of one area of the data. */
struct area_sum {
	const struct area *area;
	uint64_t n_row;
	int64_t *count;	  /* [n_expr] */
	bool *is_missing; /* [n_field of areas] */
};

struct rolling {
	struct reg *reg;
	struct joining *joining;
	struct data *data;
	struct data keys; /* each key as a row of the register's dataset */
	struct area_sum *sum; /* [n_sum] */
	size_t n_sum;
	size_t cap_sum;
	size_t *sum_at; /* [n_area] by the area's number: the sum + 1; 0: it has none */
	size_t *sum_of; /* [n_key] or SIZE_MAX */
	struct reg_lost unknown;
	struct reg_lost near; /* but for zeros in front of their codes they are known */
	struct reg_lost unclear; /* several areas have their name */
	struct reg_lost bare; /* known by a name with or without the word in front */
	enum joined *how; /* [n_key] */
};

/* The counts of different texts, into the sums. */
bool reg_count_distinct(struct rolling *, struct diags *);

#endif
