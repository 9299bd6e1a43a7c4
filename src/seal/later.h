/* later: what was changed after a signature: each revision held against the one before, object by object.
 *
 * Permitted: a signature or document timestamp in an empty field, or in a new one that nobody sees, with its element in the structure
 *            tree; the DSS; an empty text field filled in before the seal, of which the appearance shows the value; each as far as
 *            earlier signatures allow.
 *            Beside one of these, and not alone: a new ModDate; beside a signature, a timestamp or the DSS: extensions added;
 *            beside a signature or timestamp, which covers them: objects that nothing refers to.
 *            All else is a change, also what an older reference did not find and now does, and a cross-reference stream that
 *            takes the number of something else
 * Listed:    each revision, at least once
 * Owner:     the arena
 * Source:    ISO 32000-2, 12.8.2; "Shadow Attacks" (Mainka, Mladenov, Rohlmann 2021) for what is refused
 */
#ifndef SEAL_LATER_H
#define SEAL_LATER_H

#include "pdf/file.h"

enum later_kind {
	LATER_SIGNATURE,
	LATER_TIMESTAMP,
	LATER_DSS,
	LATER_FORM,
	LATER_UNUSED,  /* objects that nothing refers to, beside a signature or timestamp that covers them */
	LATER_NOTHING, /* the revision changes nothing; objects: written again with the values they had */
	LATER_CHANGE,  /* makes every signature before it invalid */
	LATER_KINDS
};

/* What a change is of. */
enum later_why {
	WHY_NOT, /* no change */
	WHY_CATALOG,
	WHY_FORM,
	WHY_PERMISSIONS,
	WHY_EXTENSIONS,
	WHY_ADDED_EXTENSIONS, /* alone */
	WHY_DATE,	      /* alone */
	WHY_UNUSED,	      /* alone */
	WHY_PAGE,
	WHY_ANNOTATIONS,
	WHY_PROPERTIES,
	WHY_TREE,
	WHY_CONTENT,
	WHY_OBJECT,
	WHY_MISSING,
	WHY_HIDDEN,
	WHY_FREED,
	WHY_TRAILER,
	WHY_LOCKED_SIGNATURE,
	WHY_SEEN_TIMESTAMP,
	WHY_SIGNED_FIELD,
	WHY_SIGNATURE_FIELD,
	WHY_FILLED_TEXT,
	WHY_SEALED_TEXT,
	WHY_LOCKED_TEXT,
	WHY_TEXT_FIELD,
	WHY_UNSHOWN_TEXT,
	WHY_WIDGET,
	WHY_FIELD,
	WHYS
};

/* The objects of one revision that were changed in one way. */
struct later {
	enum later_kind kind;
	size_t revision;
	const uint32_t *object; /* [n_object] */
	size_t n_object;
	enum later_why why; /* LATER_CHANGE: of the first object */
};

static inline bool later_is_permitted(enum later_kind kind)
{
	return kind <= LATER_FORM;
}

/* A signature that was in its field until a revision, and not from then on. */
struct lost_signature {
	const char *field;
	size_t revision; /* the first one without it */
};

struct later_list {
	struct later *item; /* [n], by revision */
	size_t n, cap;
	struct lost_signature *lost; /* [n_lost], by revision */
	size_t n_lost, cap_lost;
};

const char *later_kind_name(enum later_kind); /* "signature" "timestamp" "dss" "form" "unused" "nothing" "change" */

/* In the language of the findings, behind "changed". */
const char *later_why_text(enum later_why, const struct diags *);

/* All revisions from the second on. False where a revision's form cannot be read, or has too many signatures ("limit"); then an error
 * was added. */
bool later_read(struct pdf_file *, struct arena *, struct later_list *, struct diags *);

#endif
