/* compose: plan text and tables -> document. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include "compose/document.h"
#include "compute/audit.h"
#include "compute/table.h"

enum compose_flags { COMPOSE_DRAFT = 1 };

/* A plan's text: parsed, its includes in place; knows which tables it needs before they are computed. */
struct plan;

const struct plan *plan_read(const struct job *, struct library *, struct arena *, struct diags *);
/* Names of the tables the plan and the job's workbook use, each once, NULL-terminated; workbook order first. */
const char *const *plan_tables(const struct plan *, const struct job *, struct arena *);

/* A cell as it is printed. */
const char *cell_text(const struct table *, size_t row, size_t column, struct arena *);

/* What a document is made from. */
struct compose_input {
	const struct job *job;
	const struct plan *plan;
	const struct tables *tables;
	const struct data *published; /* figures that were published, or NULL */
	struct audit *audit;	      /* takes what the published figures come to; NULL: nothing is checked */
	const struct word_look *look; /* [n_look] of words in the tables */
	size_t n_look;
	unsigned flags;		      /* enum compose_flags */
	struct arena *facts;	      /* where the document's facts go, which only figures.json is made of; NULL: with all else */
};

bool compose(const struct compose_input *, struct library *, struct arena *, const struct document **, struct diags *);

/* Holds the published figures against the plan's tables and its text, which make no document: what they come to goes to the audit.
 * Errors: those of the text, on which published figures may rest. */
bool compose_claims(const struct compose_input *, struct arena *, struct diags *);

#endif
