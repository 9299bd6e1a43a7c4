/* opc: how the parts of an Office file refer to each other. Only parts of the file itself are ever followed.
 *
 * Owner:  the arena
 * Errors: of ingest/zip.h and base/sax.h; "limit". A reference that leads out of the file is none: the caller, who knows
 *         what is missing, says so
 * Source: ECMA-376 part 2, 6.5 (relationships); part 1 and 4, annexes of namespaces (strict and transitional)
 */
#ifndef INGEST_OPC_H
#define INGEST_OPC_H

#include "base/map.h"
#include "ingest/zip.h"

struct sax_element;

struct opc_relation {
	const char *id;	    /* "rId1" */
	const char *type;   /* last segment: "worksheet" */
	const char *target; /* as written, as far as messages show it */
	bool inside;	    /* part is one of the file */
	bool external;	    /* said to lead out of the file */
	size_t part;
};

struct opc_relations {
	const struct opc_relation *relation;
	size_t n;
	struct map by_id; /* of ids that stand twice, the first */
};

/* What the part of that name refers to; "" for the file itself. None is fine. */
bool opc_relations(struct container *, const char *name, struct arena *, struct opc_relations *, struct diags *);

const struct opc_relation *opc_by_id(const struct opc_relations *, const char *id);     /* or NULL */
const struct opc_relation *opc_by_type(const struct opc_relations *, const char *type); /* the first, or NULL */

/* Whether an attribute of that local name is true, as xsd:boolean. */
bool opc_flag(const struct sax_element *, const char *name);

#endif
