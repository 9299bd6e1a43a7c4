/* finish: the PDF that cairo painted -> PDF/A-2a and PDF/UA-1 in one file, read once and written once.
 *
 * cairo gives pages, fonts, marked content and a tree of structure elements; nothing of its bytes is relied on but what ISO 32000
 * says, so that cairo 1.16 (a table, loose objects) and 1.18 (object streams) are the same here. The tree in the file is written
 * anew from pages->element, which says more: one element each, with the content that cairo marked for it.
 *
 * Added:  XMP, output intent, language, the file's ID, CIDToGIDMap, marks of artifacts, header cells' scopes and spans, the
 *         headers of each cell, descriptions of links, form fields, attachments
 * Claims: PDF/A-2a, or 3a with attachments, and PDF/UA-1; none for a draft, which has no fields either
 * Errors: fault "finish": what the pages or cairo's file should be and are not; the file is not written then. So a claim is true
 *         where there is a file
 * Bytes:  depend on what is given alone
 * Source: ISO 19005-2 and -3, ISO 14289-1, ISO 32000-1
 *
 * Fields, as who fills them finds them: a widget is its field; /AP /N is there from the first, of the size of its box. A field for
 * text has /DA, and its appearance is the empty text in its place, "BT /FR 13 Tf 0 g 0 3.21 Td () Tj ET": what is filled in goes
 * between the brackets (further lines as own Tj behind a Td), in the one-byte encoding of that font, which /ToUnicode tells.
 * Codes 32 to 126 are ASCII but for six signs; all letters of Vietnamese are there (see finishfont.c).
 */
#ifndef RENDER_FINISH_H
#define RENDER_FINISH_H

#include "render/pdf.h"

/* shown: the file's path, for findings. The pages' document has an archive, and they were painted with tags. Appends to out. */
bool finish_pdf(const struct painted *, const struct pages *, struct fonts *, const struct pdf_options *, const char *shown,
	struct buf *out, struct diags *);

#endif
