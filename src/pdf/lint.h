/* lint: whether a PDF file is what it claims to be: PDF/A-2a (or 3a, with attachments) and PDF/UA-1.
 *
 * Reads the file and nothing else: what made it is not asked. All revisions count as they stand in the last one. Of a file without a
 * claim only what holds for every file is checked, and a note says so, unless claims are required.
 * Not proved here, so refused, though the standards may allow it: fonts whose program is no TrueType, MacRomanEncoding, encodings of
 * composite fonts but Identity, names of glyphs that lintglyphs.c does not know, CIDSet, characters of private use; MCIDs and artifacts
 * inside forms; Separation and DeviceN; halftones but plain ones of type 1, OPM; pictures in JPEG, JPEG 2000, JBIG2 and fax codes;
 * metadata but the catalog's, types of XMP values but texts, dates, integers and lists of texts, properties of XMP's schemas for
 * rights, media, jobs, pages, photographs (described, they pass); PrinterMark; classes of attributes of cells; cells below several
 * levels of header cells that do not name them in /Headers.
 * Not checked at all: whether a description says the right thing, the order is the one of reading, or each glyph shows its character;
 * the contrast of colours; the curves and tables that an ICC profile or a font program holds; values in dictionaries that neither
 * standard speaks of; resources inherited by pages but used by none; names of colourants; the languages of texts but as tags.
 * Errors: one finding a fault, under the id of its rule (lintrules.c), with the object or page; "pdf", "encrypted", "filter", "limit"
 *         as pdf/file.h and pdf/stream.h have them
 * Source: ISO 19005-2 and -3 (PDF/A), ISO 14289-1 (PDF/UA), ISO 32000-1
 */
#ifndef PDF_LINT_H
#define PDF_LINT_H

#include "base/diag.h"
#include "base/file.h"

/* False where the file claims what it is not; where claims are required, also where it does not claim both PDF/A and PDF/UA. */
enum lint_wanted { LINT_AS_CLAIMED, LINT_REQUIRED };
bool pdf_lint(struct bytes, const char *shown, enum lint_wanted, struct diags *);

#endif
