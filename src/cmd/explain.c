/* kehoach explain: the value of one cell, its formula with names and with numbers, and each source cell. */
#include "base/buf.h"
#include "base/marks.h"
#include "base/utf8.h"
#include "cmd/followed.h"
#include "cmd/period.h"
#include "compute/explain.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

enum { N_ARGUMENT = 4 };

struct explain {
	struct period_words words;
	struct pipeline_options pipeline;
};

static const struct option explain_options[] = {
	{ "--month", "MONTH", "of the figures, as 2024-05, in place of the job's period", offsetof(struct explain, words.month) },
	{ "--quarter", "QUARTER", "in its place: 2024-Q2", offsetof(struct explain, words.quarter) },
	{ "--half", "HALF", "in its place: 2024-H1", offsetof(struct explain, words.half) },
	{ "--year", "YEAR", "in its place: 2024", offsetof(struct explain, words.year) },
	{ 0 },
};

/* What is asked for. */
struct cell_place {
	const struct table *table;
	size_t row;
	size_t column;
};

/* ---- finding the cell ---- */

static bool unknown(const char *what, const char *word, const char *const *names, size_t n, struct arena *a, struct diags *d)
{
	const char *near = suggest(word, names, n);
	struct origin nowhere = { 0 };

	if (near)
		return diag_error(d, nowhere, "usage", "there is no %s '%s'; did you mean '%s'?", what, word, near);
	return diag_error(d, nowhere, "usage", "there is no %s '%s'; there are: %s", what, word, word_list(names, n, a));
}

/* others: names of tables that the job has besides. */
static bool find_table(const struct tables *tables, const char *const *others, const char *word, struct cell_place *place, struct arena *a,
	struct diags *d)
{
	const char **names = NULL;
	size_t n = 0;
	size_t cap = 0;

	place->table = tables_find(tables, word);
	if (place->table)
		return true;
	for (size_t i = 0; i < tables->n_table; i++)
		*ARENA_PUSH(a, names, n, &cap) = tables->table[i]->id;
	for (size_t i = 0; others[i]; i++)
		*ARENA_PUSH(a, names, n, &cap) = others[i];
	return unknown(diag_say(d, "table"), word, names, n, a, d);
}

static bool find_row(const char *word, struct cell_place *place, struct arena *a, struct diags *d)
{
	const struct table *table = place->table;
	const char **names = ARENA_ARRAY(a, table->n_row, const char *);

	if (table_find_row(table, word, &place->row))
		return true;
	for (size_t i = 0; i < table->n_row; i++)
		names[i] = table->row[i].key;
	return unknown(diag_say(d, "row"), word, names, table->n_row, a, d);
}

/* By its id, else by the last line of its header where only one column has it. */
static bool find_column(const char *word, struct cell_place *place, struct arena *a, struct diags *d)
{
	const struct table *table = place->table;
	const char **names = ARENA_ARRAY(a, table->n_column, const char *);
	const char *folded = utf8_fold(word, strlen(word), a);
	size_t n_labelled = 0;

	for (size_t i = 0; i < table->n_column; i++) {
		const struct column *column = &table->column[i];
		const char *label = column->label[column->n_label - 1];

		names[i] = column->id;
		if (!strcmp(column->id, word)) {
			place->column = i;
			return true;
		}
		if (!strcmp(utf8_fold(label, strlen(label), a), folded)) {
			place->column = i;
			n_labelled++;
		}
	}
	return n_labelled == 1 || unknown(diag_say(d, "column"), word, names, table->n_column, a, d);
}

/* ---- writing it ---- */

/* Places in the job's folder are told from there. */
static const char *place_text(const struct job *job, struct origin at, struct arena *a)
{
	size_t n = strlen(job->dir);

	if (n && at.file && !strncmp(at.file, job->dir, n) && at.file[n] == '/')
		at.file += n + 1;
	return origin_text(at, a);
}

static const char *column_text(const struct column *column, struct arena *a)
{
	const char *text = column->label[0];

	for (size_t i = 1; i < column->n_label; i++)
		text = arena_printf(a, "%s > %s", text, column->label[i]);
	return text;
}

static const char *shown_value(const struct cell_place *p, const struct explanation *e, struct arena *a)
{
	return cell_text(p->table, p->row, p->column, a)[0] ? cell_text(p->table, p->row, p->column, a)
		: figure_state_name(e->cell->figure.state);
}

static const char *exact_value(const struct value *v, struct arena *a)
{
	if (v->figure.state != FIGURE_OK)
		return figure_state_name(v->figure.state);
	if (v->type == EXPR_TEXT)
		return v->text;
	return v->type == EXPR_TRUTH ? (v->truth ? "1" : "0") : ratio_exact(v->figure.x, a);
}

/* The same for people. */
static const char *value_text(const struct value *v, struct arena *a)
{
	return v->figure.state == FIGURE_OK && v->type == EXPR_NUMBER ? marks_exact(v->figure.x, a) : exact_value(v, a);
}

static size_t number_length(const char *s)
{
	return *s >= '0' && *s <= '9' ? strspn(s, "0123456789.") : 0;
}

/* Of what stands there in an expression and is no number: a text with its quotes, a name, a sign. */
static size_t other_length(const char *s)
{
	const char *end;
	size_t n = 0;

	if (*s == '\'' || *s == '"') {
		end = strchr(s + 1, *s);
		return end ? (size_t)(end - s) + 1 : strlen(s);
	}
	while (isalnum((unsigned char)s[n]) || s[n] == '_' || s[n] == '.')
		n++;
	return n ? n : 1;
}

/* The numbers of an expression with the marks of the sources; texts and names in it stay. */
static const char *marked_numbers(const char *text, struct arena *a)
{
	struct buf b = { 0 };
	const char *marked;

	while (*text) {
		size_t digits = number_length(text);
		size_t n = digits ? digits : other_length(text);

		if (digits)
			buf_puts(&b, marks_put(arena_slice(a, text, n), 1, a));
		else
			buf_put(&b, text, n);
		text += n;
	}
	marked = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return marked;
}

static void write_text(const struct made *made, const struct cell_place *p, const struct explanation *e, struct arena *a,
	const struct diags *d, struct buf *out)
{
	const struct column *column = &p->table->column[p->column];
	const struct figure *figure = &e->cell->figure;
	bool is_number = column_is_number(column) && figure->state == FIGURE_OK;

	buf_printf(out, "%s, %s: %s", p->table->row[p->row].label, column_text(column, a), shown_value(p, e, a));
	if (is_number)
		buf_printf(out, " (%s%s%s)", marks_exact(figure->x, a), *column->unit ? " " : "", column->unit);
	buf_putc(out, '\n');
	if (*e->formula)
		buf_printf(out, "  = %s\n  = %s\n", e->formula, marked_numbers(e->numbers, a));
	for (size_t i = 0; i < e->n_use; i++) {
		const struct explained_use *use = &e->use[i];

		buf_printf(out, "  %s%s%s%s: %s\n", use->name, *use->label ? " (" : "", use->label, *use->label ? ")" : "",
			value_text(&use->value, a));
	}
	if (figure->n_from)
		buf_printf(out, "%s\n", diag_say(d, "source cells"));
	for (size_t i = 0; i < figure->n_from; i++)
		buf_printf(out, "  %s\n", place_text(made->job, figure->from[i], a));
}

static void put_member(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, "%s\"%s\":", out->text[out->n - 1] == '{' ? "" : ",", name);
	buf_json(out, value);
}

static void put_uses(const struct explanation *e, struct arena *a, struct buf *out)
{
	buf_puts(out, ",\"uses\":[");
	for (size_t i = 0; i < e->n_use; i++) {
		const struct explained_use *use = &e->use[i];

		buf_puts(out, i ? ",{" : "{");
		put_member(out, "name", use->name);
		put_member(out, "row", use->row);
		put_member(out, "state", figure_state_name(use->value.figure.state));
		put_member(out, "value", use->value.figure.state == FIGURE_OK ? exact_value(&use->value, a) : NULL);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void put_list(struct buf *out, const char *name, const char *const *text, size_t n)
{
	buf_printf(out, ",\"%s\":[", name);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_putc(out, ',');
		buf_json(out, text[i]);
	}
	buf_putc(out, ']');
}

static void write_json(const struct made *made, const struct cell_place *p, const struct explanation *e, struct arena *a,
	struct buf *out)
{
	const struct column *column = &p->table->column[p->column];
	const struct figure *figure = &e->cell->figure;
	bool is_number = column_is_number(column) && figure->state == FIGURE_OK;
	const char **from = ARENA_ARRAY(a, figure->n_from, const char *);

	for (size_t i = 0; i < figure->n_from; i++)
		from[i] = place_text(made->job, figure->from[i], a);
	buf_putc(out, '{');
	put_member(out, "job", made->job->id);
	put_member(out, "table", p->table->id);
	put_member(out, "row", p->table->row[p->row].key);
	put_member(out, "label", p->table->row[p->row].label);
	put_member(out, "column", column->id);
	put_list(out, "header", column->label, column->n_label);
	put_member(out, "unit", column->unit);
	put_member(out, "state", figure_state_name(figure->state));
	put_member(out, "value", is_number ? ratio_exact(figure->x, a) : NULL);
	put_member(out, "text", cell_text(p->table, p->row, p->column, a));
	put_member(out, "kind", explained_name(e->kind));
	put_member(out, "formula", e->formula);
	put_member(out, "numbers", e->numbers);
	put_uses(e, a, out);
	put_list(out, "from", from, figure->n_from);
	buf_puts(out, "}\n");
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

/* How a figure of progress is summed. */
static bool explain_progress(const struct followed_job *f, const struct cell_place *place, struct arena *a, struct explanation *e,
	struct diags *d)
{
	struct progress_input input = followed_input(f, d);

	return progress_explain(&input, place->table, place->row, place->column, a, e, d);
}

static bool explain_cell(char *argv[], const struct explain *explain, const struct surroundings *around, struct arena *a,
	struct diags *d, int *code)
{
	struct followed_job f = { 0 };
	struct cell_place place = { 0 };
	struct explanation e;
	const char *const *names;
	bool is_followed = pipeline_is_followed(argv[0], argv[1], around, a, &names, d);

	if (d->n_error || !(is_followed ? pipeline_progress_tables : tables_of_plan)(argv[0], &explain->pipeline, around, a, &f, d))
		return false;
	if (!find_table(&f.made.tables, names, argv[1], &place, a, d) || !find_row(argv[2], &place, a, d) || !find_column(argv[3], &place, a, d)) {
		*code = EXIT_USAGE;
		return false;
	}
	table_explain(place.table, place.row, place.column, a, &e);
	if (is_followed && !explain_progress(&f, &place, a, &e, d))
		return false;
	if (around->json)
		write_json(&f.made, &place, &e, a, around->out);
	else
		write_text(&f.made, &place, &e, a, d, around->out);
	return true;
}

static int explain_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct explain explain = { .pipeline = { .unchecked = true } };
	struct arena arena = { 0 };
	struct origin nowhere = { 0 };
	int code = -1;

	if (!options_read(&argc, argv, explain_options, &explain, d) || !read_period(&explain.words, &explain.pipeline, d))
		return EXIT_USAGE;
	if (argc != N_ARGUMENT) {
		diag_error(d, nowhere, "usage", "name a job, a table, a row and a column: kehoach explain JOB.xml TABLE ROW COLUMN");
		return EXIT_USAGE;
	}
	explain_cell(argv, &explain, around, &arena, d, &code);
	arena_clear(&arena);
	return code < 0 ? diags_exit_code(d) : code;
}

const struct command command_explain = {
	.name = "explain",
	.args = "JOB.xml TABLE ROW COLUMN",
	.what = "value, formula and source cells of one figure; ROW is a key or a label",
	.option = explain_options,
	.run = explain_run,
};
