/* datasetparts: what dataset.c reads of a dataset besides its fields and their header texts: words, rules of counting, checks of rows.
 * Nobody else includes it. */
#ifndef MODEL_DATASETPARTS_H
#define MODEL_DATASETPARTS_H

#include "model/dataset.h"

enum {
	WORDS_MAX = 256,   /* of a field */
	RULES_MAX = 16,	   /* of a field */
	MOST_MAX = 1000,   /* of max="" */
	DATASET_CHECKS_MAX = 16,
};

bool dataset_is_part(const struct node *); /* a child of <field> that is no <name> */
bool dataset_read_parts(const struct node *field, struct field *, struct arena *, struct diags *);
/* The attributes blank="" and max="". */
bool dataset_read_blank(const struct node *field, struct field *, struct diags *);
bool dataset_read_check(const struct node *, struct row_check *, struct diags *);

#endif
