/* backend: draws and decides nothing: rounding, sorting, labels, totals and page breaks are final before it is called.
 *
 * Errors: I/O is a fault "io"; nothing else goes wrong
 */
#ifndef RENDER_BACKEND_H
#define RENDER_BACKEND_H

#include "layout/pages.h"

enum { RENDER_DPI = 100 }; /* of page pictures */

struct pdf_options; /* see pdf.h */

struct backend {
	const char *name;   /* as --only lists it: "pdf" */
	const char *stem;   /* of the file it makes: "plan"; separate appendices are appendix-N */
	const char *suffix; /* ".pdf" */
	bool usual;	    /* made where --only does not say what */

	/* Whether the document has anything for it; NULL: always. */
	bool (*wanted)(const struct document *);

	/* Exactly one is set, and it writes the whole file at path. */
	bool (*write)(const struct document *, struct fonts *, const char *path, struct diags *);
	bool (*paint)(const struct pages *, struct fonts *, const struct pdf_options *, const char *path, struct diags *);
};

extern const struct backend backend_pdf;  /* plan.pdf, appendix-N.pdf */
extern const struct backend backend_xlsx; /* appendix.xlsx */
extern const struct backend backend_json; /* figures.json */
extern const struct backend backend_png;  /* path DIR/plan.png gives DIR/plan-1.png, DIR/plan-2.png ... */
extern const struct backend backend_text; /* plan.txt: all that the others show */

extern const struct backend backend_layout; /* plan.layout: the placed items as text */

extern const struct backend *const backends[]; /* NULL-terminated */
const struct backend *backend_find(const char *name); /* or NULL */

#endif
