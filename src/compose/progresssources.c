/* Sources: files with their hashes, how figures are made and rounded, what each indicator means. */
#include "compose/progresswords.h"

#include "base/buf.h"
#include "compose/textgrid.h"
#include "model/header.h"

#include <ctype.h>
#include <string.h>

/* ---- how figures are made ---- */

/* "35/35" */
static const char *returned_text(const struct sheetmaking *s)
{
	size_t n, due;

	progress_count_returns(s->in->progress, last_month(s), &n, &due);
	return sheet_words(s, "policy.returned", arena_printf(s->a, "%zu", n), arena_printf(s->a, "%zu", due));
}

static const char *rounding_text(const struct sheetmaking *s)
{
	static const char *const id[] = {
		[ROUND_HALF_UP] = "rounding.half-up",
		[ROUND_TRUNCATE] = "rounding.truncate",
		[ROUND_HALF_EVEN] = "rounding.half-even",
	};

	return sheet_words(s, id[s->in->progress->model->job->rounding], NULL, NULL);
}

static const char *due_text(const struct sheetmaking *s)
{
	int day = s->in->progress->template->due_day;

	return day ? sheet_words(s, "policy.due-day", arena_printf(s->a, "%d", day), NULL) : "";
}

/* "tính đến ngày 05/6/2021 ..." */
static const char *overdue_text(const struct sheetmaking *s)
{
	const struct progress_input *in = s->in->progress;
	struct date day = progress_overdue_day(in);

	return day.year ? sheet_words(s, in->date.day ? "policy.overdue-date" : "policy.overdue-due", date_short(day, s->a), NULL) : "";
}

static const char *words_of(const struct sheetmaking *s, const char *id)
{
	return sheet_words(s, id, NULL, NULL);
}

const struct grid_table *policy_grid(const struct sheetmaking *s)
{
	enum { N_COLUMN = 2, N_OF_DUE = 2 };
	const struct text_column column[N_COLUMN] = {
		{ "what", words_of(s, "policy.what"), ALIGN_LEFT, false },
		{ "how", words_of(s, "policy.how"), ALIGN_LEFT, false },
	};
	const char *const all[][N_COLUMN] = {
		{ words_of(s, "policy.period"), period_words(s, s->in->progress->model->job->period) },
		{ words_of(s, "policy.to-date"), months_words(s) },
		{ words_of(s, "policy.returns"), returned_text(s) },
		{ words_of(s, "policy.missing"), words_of(s, "policy.missing-text") },
		{ words_of(s, "policy.rounding"), rounding_text(s) },
		{ words_of(s, "policy.up"), words_of(s, "policy.up-text") },
		{ words_of(s, "policy.due"), due_text(s) },
		{ words_of(s, "policy.overdue"), overdue_text(s) },
	};
	struct text_grid grid = { .id = "progress-policy", .column = column, .n_column = N_COLUMN, .text = &all[0][0], .stub = 1 };

	grid.n_row = sizeof all / sizeof *all - (s->in->progress->template->due_day ? 0 : N_OF_DUE);
	grid.title = words_of(s, "policy.title");
	grid.continued = words_of(s, "continued");
	return text_grid_make(&grid, s->a);
}

/* ---- files ---- */

const struct grid_table *files_grid(const struct sheetmaking *s)
{
	enum { N_COLUMN = 5 };
	const struct text_column column[N_COLUMN] = {
		{ "no", sheet_words(s, "files.no", NULL, NULL), ALIGN_CENTRE, false },
		{ "name", sheet_words(s, "files.name", NULL, NULL), ALIGN_LEFT, false },
		{ "what", sheet_words(s, "files.what", NULL, NULL), ALIGN_LEFT, false },
		{ "rows", sheet_words(s, "files.rows", NULL, NULL), ALIGN_CENTRE, false },
		{ "sha256", sheet_words(s, "files.sha256", NULL, NULL), ALIGN_LEFT, false },
	};
	const char **text = ARENA_ARRAY(s->a, s->in->n_file * N_COLUMN, const char *);
	struct text_grid grid = { .id = "progress-sources", .column = column, .n_column = N_COLUMN, .text = text, .n_row = s->in->n_file, .stub = 2 };

	for (size_t i = 0; i < s->in->n_file; i++) {
		const struct source_file *file = &s->in->file[i];
		const char *const row[N_COLUMN] = { arena_printf(s->a, "%zu", i + 1), file->name, file->what, arena_printf(s->a, "%zu", file->n_row),
			file->sha256 };

		memcpy(&text[i * N_COLUMN], row, sizeof row);
	}
	grid.title = sheet_words(s, "files.title", NULL, NULL);
	grid.continued = sheet_words(s, "continued", NULL, NULL);
	return text_grid_make(&grid, s->a);
}

/* ---- what indicators mean ---- */

/* Whose names an expression has: those of a table, or (NULL) of the returns and the template's bases. */
struct naming {
	const struct sheetmaking *s;
	const struct table *table;
};

static const char *field_label(const struct naming *n, const struct dataset *dataset, const char *id)
{
	const struct field *field = dataset_field(dataset, id);

	return field ? header_name(field->label, n->s->in->progress->model->job->period.year, n->s->a) : NULL;
}

/* Words of the language of expressions, and constants. */
static const char *word_label(const struct naming *n, const char *id)
{
	static const char *const words[][2] = {
		{ "total", "word.total" }, { "and", "word.and" }, { "or", "word.or" },
		{ "thousand", "word.thousand" }, { "million", "word.million" }, { "billion", "word.billion" },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(words[i][0], id))
			return sheet_words(n->s, words[i][1], NULL, NULL);
	return NULL;
}

static const char *table_label(const struct naming *n, const char *id)
{
	for (size_t i = 0; i < n->table->n_column; i++)
		if (!strcmp(n->table->column[i].id, id))
			return column_name(&n->table->column[i], n->s->a);
	return field_label(n, n->table->dataset, id);
}

static const char *base_label(const struct naming *n, const char *id)
{
	const struct progress_template *t = n->s->in->progress->template;

	for (size_t i = 0; i < t->n_base; i++)
		if (!strcmp(t->base[i].id, id))
			return t->base[i].label;
	return NULL;
}

static const char *label_of(const struct naming *n, const char *id)
{
	const char *label = word_label(n, id);

	if (!label && n->table)
		return table_label(n, id);
	if (!label)
		label = field_label(n, n->s->in->progress->returns->dataset, id);
	return label ? label : base_label(n, id);
}

static size_t name_length(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return isdigit((unsigned char)*s) ? 0 : n;
}

/* What stands there and is no name: a text in quotes with them, a sign. */
static size_t other_length(const char *s)
{
	const char *end = *s == '\'' || *s == '"' ? strchr(s + 1, *s) : NULL;

	return end ? (size_t)(end - s) + 1 : 1;
}

/* The expression with labels in the place of names. */
static const char *in_words(const struct naming *n, const char *expression)
{
	struct buf b = { 0 };
	const char *text;

	while (*expression) {
		size_t length = name_length(expression);
		const char *label = length ? label_of(n, arena_slice(n->s->a, expression, length)) : NULL;
		bool is_of = expression[length] == '.'; /* total.x */

		if (!length)
			length = other_length(expression);
		if (label)
			buf_printf(&b, strchr(label, '>') ? "“%s”" : "%s", label);
		else
			buf_put(&b, expression, length);
		if (is_of && length)
			buf_putc(&b, ' ');
		expression += length + (is_of && length);
	}
	text = arena_slice(n->s->a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}

static const char *target_text(const struct sheetmaking *s, const struct target *target)
{
	const struct naming n = { s, tables_find(s->in->progress->tables, target->table) };
	const char *value = node_attribute(target->node, "value");
	const char *where = node_attribute(target->node, "where");
	const char *text = in_words(&n, value ? value : node_attribute(target->node, "total"));

	if (where)
		text = arena_printf(s->a, "%s (%s)", text, in_words(&n, where));
	return sheet_words(s, "meanings.target-text", n.table->title, text);
}

static const char *plan_text(const struct sheetmaking *s, const struct indicator_plan *plan)
{
	if (plan->phasing == PHASED_BELOW)
		return sheet_words(s, "meanings.below", NULL, NULL);
	return plan->target ? target_text(s, plan->target) : sheet_words(s, "meanings.unplanned", NULL, NULL);
}

static void fill_meaning(const struct sheetmaking *s, size_t indicator, size_t i, const char **cell)
{
	static const char *const phased[PHASINGS] = {
		[PHASED_LINE] = "meanings.line",
		[PHASED_MONTHS] = "meanings.months",
		[PHASED_QUARTERS] = "meanings.quarters",
		[PHASED_TERMS] = "meanings.terms",
		[PHASED_TERMS_REST] = "meanings.terms-rest",
		[PHASED_JOINTLY] = "meanings.parts",
		[PHASED_JOINTLY_REST] = "meanings.parts-rest",
		[PHASED_BELOW] = "meanings.below-phasing",
	};
	const struct naming n = { s, NULL };
	const struct indicator *of = &s->in->progress->template->indicator[indicator];
	const struct indicator_plan *plan = &s->in->plans[indicator];

	cell[0] = arena_printf(s->a, "%zu", i + 1);
	cell[1] = of->label;
	cell[2] = of->unit;
	cell[3] = in_words(&n, of->value);
	cell[4] = of->value;
	cell[5] = plan_text(s, plan);
	cell[6] = plan->target || plan->phasing == PHASED_BELOW ? sheet_words(s, phased[plan->phasing], NULL, NULL) : "";
}

/* Of those that the other sheets have. */
static size_t fill_meanings(const struct sheetmaking *s, size_t n_column, const char **text)
{
	size_t n = 0;

	for (size_t i = 0; i < s->in->progress->template->n_indicator; i++)
		if (s->in->plans[i].is_told) {
			fill_meaning(s, i, n, &text[n * n_column]);
			n++;
		}
	return n;
}

const struct grid_table *meanings_grid(const struct sheetmaking *s)
{
	enum { N_COLUMN = 7 };
	const struct progress_template *t = s->in->progress->template;
	const struct text_column column[N_COLUMN] = {
		{ "no", sheet_words(s, "meanings.no", NULL, NULL), ALIGN_CENTRE, false },
		{ "name", sheet_words(s, "meanings.name", NULL, NULL), ALIGN_LEFT, false },
		{ "unit", sheet_words(s, "meanings.unit", NULL, NULL), ALIGN_CENTRE, false },
		{ "words", sheet_words(s, "meanings.words", NULL, NULL), ALIGN_LEFT, false },
		{ "expression", sheet_words(s, "meanings.expression", NULL, NULL), ALIGN_LEFT, false },
		{ "target", sheet_words(s, "meanings.target", NULL, NULL), ALIGN_LEFT, false },
		{ "phasing", sheet_words(s, "meanings.phasing", NULL, NULL), ALIGN_LEFT, false },
	};
	const char **text = ARENA_ARRAY(s->a, t->n_indicator * N_COLUMN, const char *);
	struct text_grid grid = { .id = "progress-meanings", .column = column, .n_column = N_COLUMN, .text = text, .stub = 2 };

	grid.n_row = fill_meanings(s, N_COLUMN, text);
	grid.title = sheet_words(s, "meanings.title", NULL, NULL);
	grid.continued = sheet_words(s, "continued", NULL, NULL);
	return text_grid_make(&grid, s->a);
}
