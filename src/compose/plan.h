/* plan: a plan's text as read: the tree of its file, the parts it includes, its legal bases. Only
 * for compose.
 *
 * Shape:  files stay as they are; an <include> stands for the children of plan_part(name), read
 * once Errors: everything of all files in one run: elements, attributes, values, names of tables
 * and parts, cycles
 */
#ifndef COMPOSE_PLAN_H
#define COMPOSE_PLAN_H

#include "base/map.h"
#include "compose/compose.h"

enum {
	PLAN_INCLUDE_DEPTH = 8,
	PLAN_INCLUDES_MAX = 256, /* with those of the parts, counted as often as they stand */
};

struct plan_part {
	const char *name;
	const struct node *root;
	unsigned checked;  /* places (enum place) its content was checked for */
	size_t n_include;  /* includes below it, counted as often as they stand */
	size_t height;	   /* of parts in parts; 0: includes nothing */
};

/* Content of the office's own for a slot of the plan it builds on. */
struct plan_own {
	const char *name;
	const struct node *node;
	bool met; /* the plan has that slot */
};

struct plan {
	const struct node *root; /* of the plan, or of the one it builds on: <plan base="..."> */
	const struct node *own;	 /* root of the file that builds on it; NULL: none */
	struct plan_own *slot;	 /* [n_slot] */
	size_t n_slot;
	size_t cap_slot;
	struct map slot_names;
	struct plan_part *part; /* [n_part] in the order met */
	size_t n_part;
	size_t cap_part;
	const struct node **basis; /* [n_basis] every <basis> */
	size_t n_basis;
	size_t cap_basis;
	struct map basis_ids;
};

/* A plan in memory. library NULL (tests): no part is found and names of tables are not looked up.
 */
const struct plan *plan_read_bytes(const char *data, size_t n, const char *shown, struct library *,
	struct arena *, struct diags *);

/* Whose children stand in the place of the node's: a slot may have content of the office's own. */
const struct node *plan_content(const struct plan *, const struct node *);
const struct node *plan_part_find(
	const struct plan *, const char *name);				 /* root element, or NULL */
const struct node *plan_basis_find(const struct plan *, const char *id); /* or NULL */

/* ---- the grammar ---- */

/* Where an element may stand, and what may stand in it. */
enum place {
	IN_PLAN = 1,	   /* below <plan> */
	IN_BLOCKS = 2,	   /* among paragraphs */
	IN_ITEM = 4,	   /* text, with further blocks behind it */
	IN_TEXT = 8,
	IN_BASES = 16,
	IN_POINTS = 32,
	IN_RECIPIENTS = 64,
	IN_EMPTY = 128,
	IN_OWN = 256,	   /* below a <plan base="..."> */
	IN_SAME = 0,	   /* what holds it decides */
};

struct rule {
	const char *name;
	unsigned inside;	     /* places it may stand in */
	enum place content;
	const char *attributes[16];  /* allowed; NULL-terminated */
	const char *needed[6];	     /* NULL-terminated */
};

const struct rule *rule_find(const char *name); /* or NULL */

/* Element, attributes and their values, but not its children. */
bool rule_check(const struct node *, const struct rule *, struct diags *);
/* An element or text that may not stand there. Always false. */
bool rule_refuse(const struct node *, unsigned place, struct diags *);

#endif
