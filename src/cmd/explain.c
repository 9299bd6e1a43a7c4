/* kehoach explain: the value of a cell, its formula with names and with numbers, and each source cell; of one cell, or of each that
 * has an explanation in a row or a table. */
#include "base/utf8.h"
#include "cmd/explained.h"
#include "cmd/followed.h"
#include "cmd/period.h"

#include <stddef.h>
#include <string.h>

/* What the arguments are, in their order. */
enum argument { ARGUMENT_JOB, ARGUMENT_TABLE, ARGUMENT_ROW, ARGUMENT_COLUMN, ARGUMENTS };

struct explain {
	const char *date;
	struct period_words words;
	struct pipeline_options pipeline;
};

static const struct option explain_options[] = {
	{ "--month", "MONTH", "of the figures, as 2024-05, in place of the job's period", offsetof(struct explain, words.month) },
	{ "--quarter", "QUARTER", "in its place: 2024-Q2", offsetof(struct explain, words.quarter) },
	{ "--half", "HALF", "in its place: 2024-H1", offsetof(struct explain, words.half) },
	{ "--year", "YEAR", "in its place: 2024", offsetof(struct explain, words.year) },
	{ "--date", "DAY", "of the report, as 2024-06-03: until then returns that did not come are counted as overdue", offsetof(struct explain, date) },
	{ 0 },
};

/* What is asked for: at least one cell, those before the ends. */
struct cell_range {
	const struct table *table;
	size_t row, end_row;
	size_t column, end_column;
};

/* ---- finding the cells ---- */

static bool unknown(const char *what, const char *word, const char *const *names, size_t n, struct arena *a, struct diags *d)
{
	const char *near = suggest(word, names, n);
	struct origin nowhere = { 0 };

	if (near)
		return diag_error(d, nowhere, "usage", "there is no %s '%s'; did you mean '%s'?", what, word, near);
	return diag_error(d, nowhere, "usage", "there is no %s '%s'; there are: %s", what, word, word_list(names, n, a));
}

/* others: names of tables that the job has besides. */
static bool find_table(const struct tables *tables, const char *const *others, const char *word, struct cell_range *range, struct arena *a,
	struct diags *d)
{
	const char **names = NULL;
	size_t n = 0;
	size_t cap = 0;

	range->table = tables_find(tables, word);
	if (range->table)
		return true;
	for (size_t i = 0; i < tables->n_table; i++)
		*ARENA_PUSH(a, names, n, &cap) = tables->table[i]->id;
	for (size_t i = 0; others[i]; i++)
		*ARENA_PUSH(a, names, n, &cap) = others[i];
	return unknown(diag_say(d, "table"), word, names, n, a, d);
}

static bool find_row(const char *word, struct cell_range *range, struct arena *a, struct diags *d)
{
	const struct table *table = range->table;
	const char **names = ARENA_ARRAY(a, table->n_row, const char *);

	if (table_find_row(table, word, &range->row))
		return true;
	for (size_t i = 0; i < table->n_row; i++)
		names[i] = table->row[i].key;
	return unknown(diag_say(d, "row"), word, names, table->n_row, a, d);
}

/* By its id, else by the last line of its header where only one column has it. */
static bool find_column(const char *word, struct cell_range *range, struct arena *a, struct diags *d)
{
	const struct table *table = range->table;
	const char **names = ARENA_ARRAY(a, table->n_column, const char *);
	const char *folded = utf8_fold(word, strlen(word), a);
	size_t n_labelled = 0;

	for (size_t i = 0; i < table->n_column; i++) {
		const struct column *column = &table->column[i];
		const char *label = column->label[column->n_label - 1];

		names[i] = column->id;
		if (!strcmp(column->id, word)) {
			range->column = i;
			return true;
		}
		if (!strcmp(utf8_fold(label, strlen(label), a), folded)) {
			range->column = i;
			n_labelled++;
		}
	}
	return n_labelled == 1 || unknown(diag_say(d, "column"), word, names, table->n_column, a, d);
}

/* All rows and columns, but where one is named. argc: how many arguments there are. */
static bool find_cells(int argc, char *argv[], const struct tables *tables, const char *const *others, struct cell_range *range,
	struct arena *a, struct diags *d)
{
	if (!find_table(tables, others, argv[ARGUMENT_TABLE], range, a, d) || (argc > ARGUMENT_ROW && !find_row(argv[ARGUMENT_ROW], range, a, d))
		|| (argc > ARGUMENT_COLUMN && !find_column(argv[ARGUMENT_COLUMN], range, a, d)))
		return false;
	range->end_row = argc > ARGUMENT_ROW ? range->row + 1 : range->table->n_row;
	range->end_column = argc > ARGUMENT_COLUMN ? range->column + 1 : range->table->n_column;
	return true;
}

/* ---- explaining them ---- */

/* What all cells share. */
struct telling {
	const struct job *job;
	const struct progress_explainer *progress; /* of a table of progress; else NULL */
	const struct surroundings *around;
	const struct diags *diags;
	size_t n; /* cells told to people so far */
};

/* skip: where nothing stands. */
static void tell_cell(struct telling *t, const struct cell_place *place, bool skip)
{
	struct arena tmp = { 0 };
	struct explanation e;
	struct buf *out = t->around->out;

	table_explain(place->table, place->row, place->column, &tmp, &e);
	if (t->progress)
		progress_explain(t->progress, place->table, place->row, place->column, &tmp, &e);
	if (!skip || e.kind != EXPLAINED_NONE) {
		if (!t->around->json && t->n++)
			buf_putc(out, '\n');
		if (t->around->json)
			explained_put_json(out, t->job, place, &e, &tmp);
		else
			explained_put_text(out, t->job, place, &e, &tmp, t->diags);
	}
	arena_clear(&tmp);
}

static void tell_cells(struct telling *t, const struct cell_range *range)
{
	bool is_one = range->end_row == range->row + 1 && range->end_column == range->column + 1;
	struct cell_place place = { .table = range->table };

	for (place.row = range->row; place.row < range->end_row; place.row++)
		for (place.column = range->column; place.column < range->end_column; place.column++)
			tell_cell(t, &place, !is_one);
}

/* ---- the command ---- */

static bool tables_of_plan(const char *path, const struct pipeline_options *options, const struct surroundings *around, struct arena *a,
	struct followed_job *f, struct diags *d)
{
	return pipeline_tables(path, options, around, a, &f->made, d);
}

static bool read_period(const struct period_words *words, struct pipeline_options *options, struct diags *d)
{
	const char *name;

	return (!words->month && !words->quarter && !words->half && !words->year) || period_read(words, &options->period, &name, d);
}

static bool explain_cells(int argc, char *argv[], const struct explain *explain, const struct surroundings *around, struct arena *a,
	struct diags *d, int *code)
{
	struct followed_job f = { 0 };
	struct telling t = { .around = around, .diags = d };
	struct progress_input input;
	struct cell_range range = { 0 };
	const char *const *names;
	const char *path = argv[ARGUMENT_JOB];
	bool is_followed = pipeline_is_followed(path, argv[ARGUMENT_TABLE], around, a, &names, d);

	if (d->n_error || !(is_followed ? pipeline_progress_tables : tables_of_plan)(path, &explain->pipeline, around, a, &f, d))
		return false;
	if (!find_cells(argc, argv, &f.made.tables, names, &range, a, d)) {
		*code = EXIT_USAGE;
		return false;
	}
	if (is_followed) {
		input = followed_input(&f, d);
		t.progress = progress_explainer_new(&input, a, d);
		if (!t.progress)
			return false;
	}
	t.job = f.made.job;
	tell_cells(&t, &range);
	return true;
}

static int explain_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct explain explain = { .pipeline = { .unchecked = true } };
	struct date date;
	struct arena arena = { 0 };
	struct origin nowhere = { 0 };
	int code = -1;

	if (!options_read(&argc, argv, explain_options, &explain, d) || !pipeline_date(explain.date, &date, &explain.pipeline, d)
		|| !read_period(&explain.words, &explain.pipeline, d))
		return EXIT_USAGE;
	if (argc <= ARGUMENT_TABLE || argc > ARGUMENTS) {
		diag_error(d, nowhere, "usage",
			"name a job and a table, and a row and a column of it for one figure: kehoach explain JOB.xml TABLE [ROW [COLUMN]]");
		return EXIT_USAGE;
	}
	explain_cells(argc, argv, &explain, around, &arena, d, &code);
	arena_clear(&arena);
	return code < 0 ? diags_exit_code(d) : code;
}

const struct command command_explain = {
	.name = "explain",
	.args = "JOB.xml TABLE [ROW [COLUMN]]",
	.what = "value, formula and source cells of one figure, or of all of a row or table; ROW is a key or a label",
	.option = explain_options,
	.run = explain_run,
};
