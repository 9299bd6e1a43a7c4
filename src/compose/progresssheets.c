#include "compose/progresswords.h"

#include "compose/composer.h"

static const char *const ids[] = {
	"continued", "period.month", "period.quarter", "period.half-1", "period.half-2", "period.year", "remarks.title",
	"remarks.name", "remarks.indicator", "remarks.area", "remarks.status", "remarks.remark", "remarks.earlier", "remarks.gone",
	"remarks.dated", "files.title", "files.no", "files.name", "files.what", "files.rows", "files.sha256", "policy.line", "policy.period", "policy.to-date", "policy.months", "policy.returns", "policy.returned", "policy.due", "policy.due-day",
	"policy.rounding", "policy.missing", "policy.missing-text", "rounding.half-up", "rounding.truncate", "rounding.half-even",
	"meanings.title", "meanings.no", "meanings.name", "meanings.unit", "meanings.words", "meanings.expression", "meanings.target",
	"meanings.target-text", "meanings.phasing", "meanings.quarters", "meanings.line", "meanings.unplanned", "word.total", "word.and", "word.or",
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
	int last = period.month ? period.month : YEAR;
	int n = period.first_month ? last - period.first_month + 1 : period.month ? 1 : YEAR;
	const char *year = arena_printf(s->a, "%d", period.year);

	if (n == YEAR)
		return sheet_words(s, "period.year", year, NULL);
	if (n == HALF)
		return sheet_words(s, last == HALF ? "period.half-1" : "period.half-2", year, NULL);
	if (n == QUARTER)
		return sheet_words(s, "period.quarter", roman[last / QUARTER - 1], year);
	return sheet_words(s, "period.month", arena_printf(s->a, "%d", last), year);
}

bool progresssheets_make(const struct progresssheets_input *in, struct library *library, struct arena *a, const struct further_grids **grids,
	size_t *n, struct diags *d)
{
	enum { N_GRID = 4 };
	struct origin at = in->progress->model->job->at;
	struct sheetmaking s = { in, wording_read(library, "progress", ids, at, a, d), library, a, d };
	const struct wording *audit = audit_wording(library, at, a, d);
	const struct grid_table **grid = ARENA_ARRAY(a, N_GRID, const struct grid_table *);
	struct further_grids *further = ARENA_ARRAY(a, N_GRID, struct further_grids);
	static const char *const is[N_GRID] = { "remarks", "sources", "meanings", "findings" };

	if (!s.words || !audit)
		return false;
	grid[0] = remarks_grid(&s);
	grid[1] = sources_grid(&s);
	grid[2] = meanings_grid(&s);
	grid[3] = audit_sheet(in->brief, audit, a);
	for (size_t i = 0; i < N_GRID; i++)
		further[i] = (struct further_grids){ is[i], &grid[i], 1 };
	*grids = further;
	*n = N_GRID;
	return true;
}
