/* xlsx: workbooks of Office Open XML (XLSX, XLSM): from the ZIP file to the one sheet that is read. Macros, and whatever
 * else is in the file, are not looked at. */
#include "ingest/xlsx.h"

#include "base/sax.h"
#include "ingest/opc.h"
#include "ingest/xlsxparts.h"

#include <string.h>

struct workbook {
	struct container *container;
	const struct reader_options *options;
	struct arena arena;
	struct opc_relations relations;
	const char **relation; /* [n_sheet] ids of the sheets' parts */
	struct sheet_name *sheet;
	size_t n_sheet;
	size_t cap_sheet;
	size_t cap_relation;
	size_t depth;
	bool in_sheets;
	struct sheet_fonts fonts;
	struct xlsx_book book;
};

static struct origin whole(const struct workbook *w)
{
	return (struct origin){ .file = w->options->shown };
}

/* ---- what kind of file it is ---- */

/* Files in a ZIP that people send as a workbook: by a part that they have. */
static const struct {
	const char *part;
	const char *what;
} others[] = {
	{ "Index/Document.iwa", "an Apple Numbers, Pages or Keynote file; export the sheet as XLSX" },
	{ "mimetype", "an OpenDocument file without its content; open it and save the sheet as XLSX or ODS" },
	{ "META-INF/container.xml", "an e-book or a program's own file; send the sheet itself as XLSX" },
	{ "_rels/.rels", "an Office file without a workbook; save the sheet as XLSX" },
};

/* By the root of the main part, for those of Office. */
static const struct {
	const char *root;
	const char *what;
} roots[] = {
	{ "document", "a Word document (DOCX); save its table as XLSX or CSV" },
	{ "presentation", "a PowerPoint file (PPTX); save its table as XLSX or CSV" },
};

static bool is_no_workbook(const struct workbook *w, struct diags *d)
{
	size_t part;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (container_find(w->container, others[i].part, &part))
			return diag_error(d, whole(w), "format", "this is %s", diag_say(d, others[i].what));
	return diag_error(d, whole(w), "format", "this is a ZIP file and no workbook; unpack it and name the sheet itself");
}

static bool is_other_office(const struct workbook *w, const char *root, struct diags *d)
{
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (!strcmp(roots[i].root, root))
			return diag_error(d, whole(w), "format", "this is %s", diag_say(d, roots[i].what));
	return diag_error(d, whole(w), "format", "this is an Office file, but no workbook: its main part is <%s>; save the sheet as XLSX", root);
}

/* The main part of the file. Its name ends with .bin in a workbook that is not XML. */
static bool find_workbook(struct workbook *w, size_t *part, struct diags *d)
{
	struct opc_relations root;
	const struct opc_relation *main_part;
	const char *name;

	if (!opc_relations(w->container, "", &w->arena, &root, d))
		return false;
	main_part = opc_by_type(&root, "officeDocument");
	if (!main_part || !main_part->inside)
		return is_no_workbook(w, d);
	*part = main_part->part;
	name = container_name(w->container, *part);
	if (strlen(name) > 4 && !strcmp(name + strlen(name) - 4, ".bin"))
		return diag_error(d, whole(w), "format", "this is a binary workbook (XLSB); save it as XLSX");
	return opc_relations(w->container, name, &w->arena, &w->relations, d);
}

/* ---- xl/workbook.xml ---- */

static bool take_sheet(struct workbook *w, const struct sax_element *e, struct diags *d)
{
	const char *name = sax_value(e, "name");
	const char *id = sax_value(e, "id");
	const char *state = sax_value(e, "state");
	const struct opc_relation *relation = id ? opc_by_id(&w->relations, id) : NULL;
	size_t n = w->n_sheet;

	if (!sheet_name_check(w->options, n, name ? name : "", d) || !sheet_name_check(w->options, n, id ? id : "", d))
		return false;
	*ARENA_PUSH(&w->arena, w->relation, n, &w->cap_relation) = arena_text(&w->arena, id ? id : "");
	*ARENA_PUSH(&w->arena, w->sheet, w->n_sheet, &w->cap_sheet) = (struct sheet_name){
		.name = arena_text(&w->arena, name ? name : ""),
		.hidden = state && strcmp(state, "visible") != 0,
		.is_chart = relation && strcmp(relation->type, "worksheet") != 0,
	};
	return true;
}

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct workbook *w = ctx;
	bool is_ours = xlsx_is_ours(e->space);

	w->depth++;
	if (w->depth == 1 && (!is_ours || strcmp(e->name, "workbook") != 0))
		return is_other_office(w, e->name, d);
	if (w->depth == 2)
		w->in_sheets = is_ours && !strcmp(e->name, "sheets");
	if (w->depth == 2 && is_ours && !strcmp(e->name, "workbookPr"))
		w->book.is_1904 = opc_flag(e, "date1904");
	if (w->depth == 2 && is_ours && !strcmp(e->name, "calcPr"))
		w->book.is_stale = opc_flag(e, "fullCalcOnLoad");
	if (w->depth == 3 && w->in_sheets && is_ours && !strcmp(e->name, "sheet"))
		return take_sheet(w, e, d);
	return true;
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct workbook *w = ctx;

	(void)name;
	(void)d;
	w->depth--;
	return true;
}

/* ---- the other parts ---- */

/* A part of that type, if the workbook has one: then it must be in the file. */
static bool find_part(const struct workbook *w, const char *type, bool *there, size_t *part, struct diags *d)
{
	const struct opc_relation *r = opc_by_type(&w->relations, type);

	*there = r;
	if (!r)
		return true;
	*part = r->part;
	if (r->inside)
		return true;
	return diag_error(d, whole(w), "format",
		"the workbook refers to '%s', which is no part of this file; nothing outside is read: open and save it in a spreadsheet program",
		r->target);
}

/* Whether texts of the workbook may have fonts of before Unicode. */
static bool has_old_fonts(const struct xlsx_book *b)
{
	for (size_t i = 0; i < b->styles.n; i++)
		if (b->styles.style[i].font.charset)
			return true;
	for (size_t i = 0; i < b->strings.n; i++) {
		bool is_marked;
		size_t n;
		const char *text = xlsx_string(&b->strings, i, &n, &is_marked);

		if (is_marked && xlsx_text_has_old(text, n))
			return true;
	}
	return false;
}

static bool read_shared(struct workbook *w, struct diags *d)
{
	bool has_styles, has_strings;
	size_t styles, strings;

	if (!find_part(w, "styles", &has_styles, &styles, d) || !find_part(w, "sharedStrings", &has_strings, &strings, d))
		return false;
	return (!has_styles || xlsx_styles_read(w->container, styles, &w->arena, &w->book.styles, d))
	       && (!has_strings || xlsx_strings_read(w->container, strings, &w->book.strings, d));
}

static bool find_sheet(const struct workbook *w, size_t i, size_t *part, struct diags *d)
{
	const struct opc_relation *r = opc_by_id(&w->relations, w->relation[i]);

	if (r && r->inside) {
		*part = r->part;
		return true;
	}
	return diag_error(d, (struct origin){ .file = w->options->shown, .sheet = w->sheet[i].name }, "format",
		"the cells of this sheet are to come from '%s', which is no part of this file; nothing outside is read: open and save it in a spreadsheet program",
		r ? r->target : w->relation[i]);
}

static bool stop_at_value(void *ctx, const struct sax_element *e, struct diags *d)
{
	(void)d;
	*(bool *)ctx = !strcmp(e->name, "v") || !strcmp(e->name, "is") || !strcmp(e->name, "f");
	return !*(bool *)ctx;
}

/* Whether all of the sheet was read and no cell of it holds anything. */
static bool holds_nothing(const struct workbook *w, size_t i)
{
	struct diags quiet = { .quiet = true };
	bool has_value = false;
	struct sax_handler handler = { .ctx = &has_value, .start = stop_at_value };
	size_t part;
	bool is = find_sheet(w, i, &part, &quiet) && container_parse(w->container, part, &handler, &quiet) && !has_value;

	diags_clear(&quiet);
	return is;
}

static void find_empty_sheets(struct workbook *w)
{
	if (!sheet_is_unclear(w->options, w->sheet, w->n_sheet))
		return;
	for (size_t i = 0; i < w->n_sheet && i < SHEETS_LOOKED_INTO; i++)
		w->sheet[i].is_empty = !w->sheet[i].is_chart && !w->sheet[i].hidden && holds_nothing(w, i);
}

struct chosen {
	struct workbook *workbook;
	const char *name;
	size_t part;
	struct xlsx_survey survey;
};

static bool read_cells(void *ctx, struct row_sink *sink, struct diags *d)
{
	const struct chosen *c = ctx;
	const struct workbook *w = c->workbook;
	struct sheet_rows *rows = sheet_rows_open(w->options, c->name, sink, d);

	return sheet_rows_close(rows, xlsx_sheet_read(w->container, c->part, c->survey.has_merges, &w->book, rows, d), d);
}

static bool read_sheet(struct workbook *w, struct row_sink *sink, struct diags *d)
{
	struct chosen c = { .workbook = w };
	size_t i;

	find_empty_sheets(w);
	if (!sheet_choose(w->options, w->sheet, w->n_sheet, &i, d) || !find_sheet(w, i, &c.part, d) || !read_shared(w, d)
		|| !xlsx_sheet_survey(w->container, c.part, &c.survey, d))
		return false;
	c.name = w->sheet[i].name;
	return sheet_fonts_read(&w->fonts, c.survey.has_runs || has_old_fonts(&w->book), (struct fonts_reading){ &c, read_cells }, sink, d);
}

bool xlsx_read_container(struct container *c, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct workbook w = { .container = c, .options = options };
	struct sax_handler handler = { .ctx = &w, .start = on_start, .end = on_end };
	size_t part = 0;
	bool ok;

	sheet_fonts_init(&w.fonts, options);
	w.book.fonts = &w.fonts;
	ok = sheet_fonts_check(options, d) && find_workbook(&w, &part, d)
	     && container_parse(c, part, &handler, d) && read_sheet(&w, sink, d);
	xlsx_strings_clear(&w.book.strings);
	sheet_fonts_clear(&w.fonts);
	arena_clear(&w.arena);
	return ok;
}

bool xlsx_read_bytes(const char *data, size_t n, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct container *c = container_open_bytes(data, n, options->shown, d);
	bool ok = c && xlsx_read_container(c, options, sink, d);

	container_close(c);
	return ok;
}
