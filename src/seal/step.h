/* step: a revision held against the one before, as the parts of later.c share it.
 *
 * Owner: the arena, which dies with the step
 */
#ifndef SEAL_STEP_H
#define SEAL_STEP_H

#include "pdf/form.h"
#include "seal/later.h"
#include "seal/refs.h"

enum {
	STEP_SIGNATURES_MAX = 100, /* of a form */
	STEP_TEXTS_MAX = 200,	   /* filled in by one revision */
	TREE_PARTS = 4,		   /* objects of the structure tree that a new field changes */
};

/* The fields of a form by the numbers of their objects and widgets. */
struct field_index {
	struct numbered_field *item; /* [n], by number */
	size_t n;
};

struct step {
	struct pdf_view before, after;
	struct pdf_form form_before, form_after;
	struct field_index index_before, index_after;
	const struct refs *refs; /* of before */
	struct arena *arena;
	bool forbidden;	       /* certified: only the DSS and timestamps */
	bool sealed;	       /* before */
	uint32_t *new_field;   /* [n_new_field] by number: signature fields that are new, unseen and signed */
	size_t n_new_field;
	uint32_t *store;       /* [n_store] by number: objects of the DSS that hold others, before */
	size_t n_store;
	size_t n_text;	       /* texts filled in so far */
	struct locks *locks;   /* before; NULL: nobody asked yet */
	uint32_t tree[TREE_PARTS]; /* before; 0: there is none */
	bool tree_grows;       /* by the elements of new fields, and is as it was else */
};

/* Kinds of which one in the same revision permits what is no change of its own. */
enum beside {
	BESIDE_SIGNATURE = 1 << LATER_SIGNATURE | 1 << LATER_TIMESTAMP,
	BESIDE_PROOFS = BESIDE_SIGNATURE | 1 << LATER_DSS,
	BESIDE_ANY = BESIDE_PROOFS | 1 << LATER_FORM,
};

/* What an object's change is; why: LATER_CHANGE. */
struct verdict {
	enum later_kind kind;
	enum later_why why;
	unsigned beside; /* not 0: a change only where none of these kinds is in the revision */
};

static inline struct verdict verdict_change(enum later_why why)
{
	return (struct verdict){ .kind = LATER_CHANGE, .why = why };
}

static inline struct verdict verdict_beside(unsigned kinds, enum later_why why)
{
	return (struct verdict){ .kind = LATER_CHANGE, .why = why, .beside = kinds };
}

static inline struct verdict verdict_as(enum later_kind kind)
{
	return (struct verdict){ .kind = kind };
}

/* Whether all keys of the dictionary are among those named. */
bool has_only(const struct pdf_object *dict, const char *const *key);
/* A list of numbers, sorted, and whether one is in it. */
void numbers_sort(uint32_t *number, size_t n);
bool numbers_have(const uint32_t *number, size_t n, uint32_t one);

/* ---- laterfield.c ---- */

bool step_read_fields(struct step *, struct diags *); /* forms, indexes, new fields; false after an error */
const struct pdf_field *field_at(const struct field_index *, uint32_t number);
bool is_new_field(const struct step *, const struct pdf_object *reference);
enum later_kind field_kind(const struct step *, const struct pdf_field *signed_after);
/* The object of a field, or its widget. */
struct verdict explain_field(struct step *, uint32_t number);

/* ---- laterunused.c ---- */

/* Of what a revision adds, by number: what nothing refers to that was there before or is permitted, in the arena of the step. */
void step_find_unused(const struct step *, size_t revision, uint32_t **number, size_t *n);

/* ---- latertree.c ---- */

void step_read_tree(struct step *); /* once the fields are read */
bool is_of_tree(const struct step *, uint32_t number);

/* ---- laterstore.c ---- */

void step_read_store(struct step *);

#endif
