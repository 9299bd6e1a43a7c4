/* What the audit found, in the words of the document: for figures.json and for a sheet of the workbook. */
#include "compose/composer.h"

#include "base/buf.h"
#include "base/file.h"
#include "model/wording.h"

#include <string.h>

/* A document is Vietnamese, whatever the language of the messages: its words are in templates/wording/audit.xml. */
enum { FIRST_COLUMN = WHY_SOURCE + 1 };

static const char *const ids[] = {
	[WHY_ROUNDING] = "why.rounding",
	[WHY_OTHER_ROW] = "why.other-row",
	[WHY_DIFFERENCE] = "why.difference",
	[WHY_WITHOUT_ROW] = "why.without-row",
	[WHY_PARTS] = "why.parts",
	[WHY_PARTS_FIT] = "why.parts-fit",
	[WHY_OTHER_PLACE] = "why.other-place",
	[WHY_NOT_COVERED] = "why.not-covered",
	[WHY_COVERED_TWICE] = "why.covered-twice",
	[WHY_NO_AREA] = "why.no-area",
	[WHY_NEAR_AREA] = "why.near-area",
	[WHY_SEVERAL] = "why.several",
	[WHY_FOREIGN] = "why.foreign",
	[WHY_UNREADABLE] = "why.unreadable",
	[WHY_UNIT] = "why.unit",
	[WHY_NO_UNIT] = "why.no-unit",
	[WHY_WORDS] = "why.words",
	[WHY_COMPARED] = "why.compared",
	[WHY_SOURCE] = "why.source",
	[FIRST_COLUMN] = "column.no",
	"column.rule",
	"column.severity",
	"column.place",
	"column.subject",
	"column.printed",
	"column.computed",
	"column.explanation",
	"column.waiver",
	"title",
	"none",
	"continued",
	"rule.published",
	"rule.places",
	"rule.asserted",
	"rule.adds-up",
	"rule.stock-flow",
	"rule.subset",
	"rule.rate",
	"rule.jump",
	"rule.equals",
	"rule.allocation",
	"rule.share",
	"rule.covers",
	"rule.reading",
	"rule.check",
	"severity.error",
	"severity.warning",
	"severity.note",
	"place.cell",
	"place.row",
	"place.sheet",
	"waiver",
	"rounding.half-up",
	"rounding.truncate",
	"rounding.half-even",
	NULL,
};

const struct wording *audit_wording(struct library *library, struct origin at, struct arena *a, struct diags *d)
{
	return wording_read(library, "audit", ids, at, a, d);
}

static const char *say(const struct wording *w, const char *id, struct arena *a)
{
	return wording_text(w, id, (const char *const[WORDING_ARGUMENTS]){ NULL }, a);
}

/* The text "GROUP.NAME", or NULL. */
static const char *say_name(const struct wording *w, const char *group, const char *name, struct arena *a)
{
	return say(w, arena_printf(a, "%s.%s", group, name), a);
}

static const char *reason_text(const struct audit_reason *r, const struct wording *w, struct arena *a)
{
	const char *first = r->why == WHY_ROUNDING ? say_name(w, "rounding", r->words[0], a) : r->words[0];

	return wording_text(w, ids[r->why], (const char *const[WORDING_ARGUMENTS]){ first, r->words[1] }, a);
}

static const char *explanation(const struct audit_finding *f, const struct wording *w, struct arena *a)
{
	struct buf b = { 0 };
	const char *text;

	if (f->message)
		buf_puts(&b, f->message);
	for (size_t i = 0; i < f->n_reason; i++) {
		if (b.n)
			buf_puts(&b, "; ");
		buf_puts(&b, reason_text(&f->reason[i], w, a));
	}
	text = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}

const struct audit_line *audit_lines(const struct audit *audit, const struct wording *w, size_t *n, struct arena *a)
{
	struct audit_line *line = ARENA_ARRAY(a, audit->n_finding, struct audit_line);

	for (size_t i = 0; i < audit->n_finding; i++) {
		const struct audit_finding *f = &audit->finding[i];

		line[i] = (struct audit_line){
			.rule = f->rule,
			.severity = severity_name(f->severity),
			.place = f->place,
			.where = f->where,
			.at = f->at,
			.subject = f->subject,
			.printed = f->message ? NULL : f->printed,
			.computed = f->message ? NULL : f->computed,
			.explanation = explanation(f, w, a),
		};
		if (!f->waiver)
			continue;
		line[i].waived_by = f->waiver->name;
		line[i].waived_why = f->waiver->reason;
		line[i].waived_until = f->waiver->until;
	}
	*n = audit->n_finding;
	return line;
}

/* ---- the sheet ---- */

static const struct grid_column sheet_columns[] = {
	{ "no", ALIGN_CENTRE, "@", "@", "", false, false },
	{ "rule", ALIGN_LEFT, "@", "@", "", false, false },
	{ "severity", ALIGN_LEFT, "@", "@", "", false, false },
	{ "place", ALIGN_LEFT, "@", "@", "", false, false },
	{ "subject", ALIGN_LEFT, "@", "@", "", false, false },
	{ "printed", ALIGN_CENTRE, "@", "@", "", false, false },
	{ "computed", ALIGN_CENTRE, "@", "@", "", false, false },
	{ "explanation", ALIGN_LEFT, "@", "@", "", false, false },
	{ "waiver", ALIGN_LEFT, "@", "@", "", false, false },
};

enum { N_COLUMN = sizeof sheet_columns / sizeof *sheet_columns, EXPLANATION = 7 };

static const char *rule_label(const char *rule, const struct wording *w, struct arena *a)
{
	const char *label = say_name(w, "rule", rule, a);

	return label ? label : say(w, "rule.check", a);
}

static const char *waiver_label(const struct audit_line *line, const struct wording *w, struct arena *a)
{
	if (!line->waived_by)
		return "";
	return wording_text(w, "waiver",
		(const char *const[]){ line->waived_why, line->waived_by, date_short(line->waived_until, a) }, a);
}

/* Of what was published its place in the document; of other figures the cell they stand in. */
static const char *place_label(const struct audit_line *line, const struct wording *w, struct arena *a)
{
	struct origin at = line->at;
	const char *file = at.file ? file_name(at.file) : "";

	if (line->where)
		return line->where;
	if (!at.row)
		return file;
	if (at.sheet)
		file = wording_text(w, "place.sheet", (const char *const[WORDING_ARGUMENTS]){ file, at.sheet }, a);
	return wording_text(w, at.col ? "place.cell" : "place.row",
		(const char *const[]){ file, arena_printf(a, "%u", at.row), arena_printf(a, "%u", at.col) }, a);
}

static void set_line(const struct audit_line *line, size_t i, const struct wording *w, struct texts *texts, struct grid_cell *cell, struct arena *a)
{
	const char *text[N_COLUMN] = { arena_printf(a, "%zu", i + 1), rule_label(line->rule, w, a),
		say_name(w, "severity", line->severity, a), place_label(line, w, a), line->subject, line->printed ? line->printed : "", line->computed ? line->computed : "",
		line->explanation, waiver_label(line, w, a) };

	for (size_t k = 0; k < N_COLUMN; k++)
		cell[k] = (struct grid_cell){ .text = texts_keep(texts, text[k]), .state = FIGURE_MISSING, .at = &line->at };
}

/* The row of a sheet without findings. */
static void set_none(const struct wording *w, struct grid_cell *cell, struct arena *a)
{
	for (size_t k = 0; k < N_COLUMN; k++)
		cell[k] = (struct grid_cell){ .text = "", .state = FIGURE_NOT_APPLICABLE };
	cell[EXPLANATION].text = say(w, "none", a);
}

static void set_rows(const struct document *doc, const struct wording *w, struct grid_table *g, struct arena *a)
{
	size_t n = doc->n_audit ? doc->n_audit : 1;
	struct grid_cell *cell = ARENA_ARRAY(a, n * N_COLUMN, struct grid_cell);
	enum grid_row_kind *kind = ARENA_ARRAY(a, n, enum grid_row_kind);
	const char **key = ARENA_ARRAY(a, n, const char *);
	struct texts texts;

	texts_init(&texts, a);
	for (size_t i = 0; i < doc->n_audit; i++)
		set_line(&doc->audit[i], i, w, &texts, &cell[i * N_COLUMN], a);
	texts_clear(&texts);
	if (!doc->n_audit)
		set_none(w, cell, a);
	for (size_t i = 0; i < n; i++) {
		kind[i] = doc->n_audit ? GRID_LEAF : GRID_WORDS;
		key[i] = cell[i * N_COLUMN].text;
	}
	g->cell = cell;
	g->row_kind = kind;
	g->row_key = key;
	g->n_row = n;
}

const struct grid_table *audit_sheet(const struct document *doc, const struct wording *w, struct arena *a)
{
	struct grid_table *g = ARENA_NEW(a, struct grid_table);
	struct header_cell *header = ARENA_ARRAY(a, N_COLUMN, struct header_cell);

	for (unsigned i = 0; i < N_COLUMN; i++)
		header[i] = (struct header_cell){ say(w, ids[FIRST_COLUMN + i], a), 0, i, 1, 1 };
	*g = (struct grid_table){
		.id = "audit",
		.title = say(w, "title", a),
		.continued = say(w, "continued", a),
		.n_header = 1,
		.header = header,
		.n_header_cell = N_COLUMN,
		.column = sheet_columns,
		.n_column = N_COLUMN,
		.stub = 1,
	};
	set_rows(doc, w, g, a);
	return g;
}
