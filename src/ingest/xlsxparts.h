/* xlsxparts: the parts of an XLSX workbook that the cells of a sheet need: its styles, its shared strings, the sheet.
 *
 * Owner:  as each says
 * Errors: of ingest/zip.h and base/sax.h; "format": what does not fit together; "formula": a formula whose value was not
 *         stored; "limit"
 * Source: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles), 22.9.2.19 (ST_Xstring); Excel's own
 *         limits
 */
#ifndef INGEST_XLSXPARTS_H
#define INGEST_XLSXPARTS_H

#include "base/buf.h"
#include "ingest/numberformat.h"
#include "ingest/sheetfonts.h"
#include "ingest/sheets.h"
#include "ingest/zip.h"

struct sax_element;

/* Whether an element is of SpreadsheetML, strict or transitional: others may stand anywhere and say nothing. */
bool xlsx_is_ours(const char *space);
/* A part is what it is taken for by its root element. */
bool xlsx_check_root(const struct sax_element *, const char *name, struct diags *);

/* What a cell's style says of it. */
struct xlsx_style {
	enum number_format format;
	struct legacy_font font;
};

struct xlsx_styles {
	const struct xlsx_style *style; /* [n] by the cell's s */
	size_t n;
};

/* Of the arena. */
bool xlsx_styles_read(struct container *, size_t part, struct arena *, struct xlsx_styles *, struct diags *);

/* Appends a text with its escapes (_x000D_) as the characters they mean. */
void xlsx_put_escaped(const char *s, size_t n, struct buf *into);

/* A text of several runs (<si>, <is>) on its way: the phonetic ones are left out. A run with a font of its own is marked with
 * it, for what the cell's font is is not known here; xlsx_text_put reads the marks. */
struct xlsx_text {
	struct buf *into;
	unsigned depth; /* of open elements below <si> */
	unsigned skip;	/* elements of which nothing is read */
	bool in_text;
	bool has_text; /* the run, or what has no runs */
	bool has_runs;
	bool is_wrong; /* it holds what can be no text: several where one belongs, or elements in one */
	bool is_marked;
	bool has_font; /* the run */
	struct legacy_font font;
};

void xlsx_text_begin(struct xlsx_text *, struct buf *into);
void xlsx_text_start(struct xlsx_text *, const struct sax_element *); /* of an element inside */
void xlsx_text_take(struct xlsx_text *, const char *s, size_t n);
void xlsx_text_end(struct xlsx_text *);

/* Appends a marked text without its marks, and tells its runs. */
void xlsx_text_put(const char *s, size_t n, struct buf *into, struct sheet_fonts *);
/* Of a marked text: whether a run has a font of before Unicode. */
bool xlsx_text_has_old(const char *s, size_t n);

/* Shared strings; all zero is none. xlsx_strings_clear frees. */
struct xlsx_strings {
	struct buf text;
	uint32_t *start; /* [n + 1] in text, the last bit: it is marked */
	size_t n;
	size_t cap;
};

bool xlsx_strings_read(struct container *, size_t part, struct xlsx_strings *, struct diags *);
void xlsx_strings_clear(struct xlsx_strings *);
/* The string of that index, which is below n. */
const char *xlsx_string(const struct xlsx_strings *, size_t i, size_t *n, bool *is_marked);

/* What the sheet is read with. */
struct xlsx_book {
	bool is_1904;
	bool is_stale; /* values of formulas may be older than the figures they are of */
	struct sheet_fonts *fonts; /* borrowed */
	struct xlsx_styles styles;
	struct xlsx_strings strings;
};

/* What a sheet's part has, told by its bytes: true also where that cannot be told. */
struct xlsx_survey {
	bool has_merges;
	bool has_runs; /* texts of its own with fonts of their own */
};

bool xlsx_sheet_survey(struct container *, size_t part, struct xlsx_survey *, struct diags *);
/* The cells of a sheet's part into rows. */
bool xlsx_sheet_read(struct container *, size_t part, bool has_merges, const struct xlsx_book *, struct sheet_rows *, struct diags *);

#endif
