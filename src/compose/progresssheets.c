#include "compose/progresswords.h"

#include "compose/composer.h"

static const char *const ids[] = {
	"continued", "period.month", "period.quarter", "period.half-1", "period.half-2", "period.year", "remarks.title",
	"remarks.name", "remarks.indicator", "remarks.area", "remarks.status", "remarks.remark", "remarks.earlier", "remarks.gone", "remarks.whole",
	"charts.title", "remarks.dated", "remarks.part", "remarks.more", "files.title", "files.no", "files.name", "files.what", "files.rows", "files.sha256", "policy.title", "policy.what",
	"policy.how", "policy.period", "policy.to-date", "policy.months", "policy.returns", "policy.returned", "policy.due", "policy.due-day", "policy.overdue", "policy.overdue-date", "policy.overdue-due",
	"policy.rounding", "policy.up", "policy.up-text", "policy.missing", "policy.missing-text", "rounding.half-up", "rounding.truncate", "rounding.half-even",
	"meanings.title", "meanings.no", "meanings.name", "meanings.unit", "meanings.words", "meanings.expression", "meanings.target",
	"meanings.target-text", "meanings.phasing", "meanings.quarters", "meanings.months", "meanings.terms", "meanings.terms-rest", "meanings.parts", "meanings.parts-rest", "meanings.line", "meanings.below", "meanings.below-phasing", "meanings.unplanned", "word.total", "word.and", "word.or",
	"word.thousand", "word.million", "word.billion",
	"cover.agency", "cover.period", "cover.published", "cover.undated", "cover.next", "cover.next-day", "cover.last", "cover.contact",
	NULL,
};

const char *sheet_words(const struct sheetmaking *s, const char *id, const char *first, const char *second)
{
	return wording_text(s->words, id, (const char *const[WORDING_ARGUMENTS]){ first, second }, s->a);
}

const char *period_words(const struct sheetmaking *s, struct period period)
{
	enum { YEAR = 12, HALF = 6, QUARTER = 3 };
	static const char *const roman[] = { "I", "II", "III", "IV" };
	int last = period_last(&period), n = period_months(&period);
	const char *year = arena_printf(s->a, "%d", period.year);

	if (n == YEAR)
		return sheet_words(s, "period.year", year, NULL);
	if (n == HALF)
		return sheet_words(s, last == HALF ? "period.half-1" : "period.half-2", year, NULL);
	if (n == QUARTER)
		return sheet_words(s, "period.quarter", roman[last / QUARTER - 1], year);
	return sheet_words(s, "period.month", arena_printf(s->a, "%d", last), year);
}

unsigned last_month(const struct sheetmaking *s)
{
	return (unsigned)period_last(&s->in->progress->model->job->period);
}

const char *months_words(const struct sheetmaking *s)
{
	return sheet_words(s, "policy.months", arena_printf(s->a, "%u", last_month(s)),
		arena_printf(s->a, "%d", s->in->progress->model->job->period.year));
}

/* What reading the returns found, then what the audit did. */
static const struct grid_table *findings_grid(const struct sheetmaking *s, const struct wording *audit)
{
	struct document found = *s->in->brief;
	struct audit_line *line = ARENA_ARRAY(s->a, s->in->n_reading + found.n_audit, struct audit_line);
	size_t n = 0;

	for (; n < s->in->n_reading; n++) {
		const struct finding *f = &s->in->reading[n];

		line[n] = (struct audit_line){
			.rule = f->found ? "asserted" : "reading",
			.severity = severity_name(f->severity),
			.place = "",
			.at = f->at,
			.subject = "",
			.printed = f->found,
			.computed = f->expected,
			.explanation = f->message,
		};
	}
	for (size_t i = 0; i < found.n_audit; i++)
		line[n++] = found.audit[i];
	found.audit = line;
	found.n_audit = n;
	return audit_sheet(&found, audit, s->a);
}

static const struct further_grids *make_grids(const struct sheetmaking *s, const struct wording *audit, size_t *n)
{
	enum { N_SHEET = 5 };
	static const char *const is[N_SHEET] = { "remarks", "sources", "policy", "meanings", "findings" };
	const struct grid_table **grid = ARENA_ARRAY(s->a, N_SHEET, const struct grid_table *);
	struct further_grids *further = ARENA_ARRAY(s->a, N_SHEET, struct further_grids);

	grid[0] = remarks_grid(s);
	grid[1] = files_grid(s);
	grid[2] = policy_grid(s);
	grid[3] = meanings_grid(s);
	grid[4] = findings_grid(s, audit);
	for (size_t i = 0; i < N_SHEET; i++)
		further[i] = (struct further_grids){ is[i], &grid[i], 1 };
	*n = N_SHEET;
	return further;
}

bool remark_rows_make(const struct progresssheets_input *in, struct library *library, struct arena *a, struct remark_rows *made,
	struct diags *d)
{
	struct sheetmaking s = { in, wording_read(library, "progress", ids, in->progress->model->job->at, a, d), library, a, d };

	if (s.words)
		*made = remarks_rows(&s);
	return s.words;
}

bool progresssheets_make(const struct progresssheets_input *in, struct library *library, struct arena *a, struct progresssheets *made,
	struct diags *d)
{
	struct origin at = in->progress->model->job->at;
	struct sheetmaking s = { in, wording_read(library, "progress", ids, at, a, d), library, a, d };
	const struct wording *audit = audit_wording(library, at, a, d);

	if (!s.words || !audit)
		return false;
	made->further = make_grids(&s, audit, &made->n_further);
	made->charts_title = sheet_words(&s, "charts.title", arena_printf(a, "%u", last_month(&s)), arena_printf(a, "%d", in->progress->model->job->period.year));
	made->cover = progress_cover(&s, &made->n_cover);
	return true;
}
