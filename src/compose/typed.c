/* Numerals in running text that nobody computes: a note for each, with the expression that gives the same figure. */
#include "compose/composer.h"
#include "compose/numerals.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum {
	CELLS_MAX = 200000, /* that are looked at */
	UNIT_MAX = 24,	    /* [bytes] of a unit behind a number */
	TELLING = 10,	    /* that small a count is the same as some row's by chance */
	NAME_WORDS_MAX = 4, /* before the number of an area: "Tổ dân phố 5" */
};

/* A figure of the job's tables. */
struct known_cell {
	const struct table *table;
	size_t row;
	size_t column;
};

struct typed {
	struct composer *c;
	struct map cells; /* "13 hộ" -> cell; made when the first numeral is met */
	struct map names; /* folded labels of rows: "thôn 4" */
	struct known_cell *cell;
	size_t n_cell;
	size_t cap;
	bool made;
};

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/* Without group marks and leading zeros. */
static const char *plain_number(const char *s, size_t n, struct arena *a)
{
	struct buf b = { 0 };
	const char *text;

	while (n > 1 && *s == '0' && is_digit(s[1])) {
		s++;
		n--;
	}
	for (size_t i = 0; i < n; i++)
		if (is_digit(s[i]) || s[i] == ',') /* no marks of groups: points, spaces */
			buf_putc(&b, s[i]);
	text = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return text;
}

/* ---- the job's figures ---- */

static void add_cell(struct typed *t, const struct table *table, size_t row, size_t column)
{
	const struct column *of = &table->column[column];
	const char *key;

	if (!column_is_number(of) || table_cell(table, row, column)->figure.state != FIGURE_OK)
		return;
	key = audit_number(table_cell(table, row, column)->figure.x, of->decimals, of->rounding, t->c->a);
	key = arena_printf(t->c->a, "%s %s", plain_number(key, strlen(key), t->c->a), of->unit);
	if (map_add(&t->cells, key, t->n_cell, NULL))
		*ARENA_PUSH(t->c->a, t->cell, t->n_cell, &t->cap) = (struct known_cell){ table, row, column };
}

/* Totals first: they are what sentences speak of. */
static void add_cells(struct typed *t, bool totals)
{
	size_t n = 0;

	for (size_t i = 0; i < t->c->tables->n_table; i++) {
		const struct table *table = t->c->tables->table[i];

		for (size_t row = 0; row < table->n_row; row++)
			for (size_t k = 0; k < table->n_column && n < CELLS_MAX; k++, n++)
				if ((table->row[row].kind == ROW_TOTAL) == totals)
					add_cell(t, table, row, k);
	}
}

static void add_names(struct typed *t)
{
	for (size_t i = 0; i < t->c->tables->n_table; i++) {
		const struct table *table = t->c->tables->table[i];

		for (size_t row = 0; row < table->n_row && row < CELLS_MAX; row++)
			map_add(&t->names, utf8_fold(table->row[row].label, strlen(table->row[row].label), t->c->a), 0, NULL);
	}
}

static void make_maps(struct typed *t)
{
	if (t->made)
		return;
	map_init(&t->cells, t->c->a);
	map_init(&t->names, t->c->a);
	add_cells(t, true);
	add_cells(t, false);
	add_names(t);
	t->made = true;
}

static const struct known_cell *find_cell(struct typed *t, const char *number, const char *unit)
{
	size_t i;

	return map_find(&t->cells, arena_printf(t->c->a, "%s %s", number, unit), &i) ? &t->cell[i] : NULL;
}

/* ---- numerals ---- */

/* Behind the number: "%", or the next word. */
static const char *unit_behind(const char *s, struct arena *a)
{
	size_t n = 0;

	while (*s == ' ' || *s == '\n' || !strncmp(s, "\u00A0", strlen("\u00A0")))
		s += *s == ' ' || *s == '\n' ? 1 : strlen("\u00A0");
	if (*s == '%')
		return "%";
	while (s[n] && n < UNIT_MAX && numeral_is_letter(s + n))
		n += (unsigned char)s[n] < 0x80 ? 1 : ((unsigned char)s[n] < 0xE0 ? 2 : 3);
	return arena_slice(a, s, n);
}

/* Small counts of single rows are the same by chance, unless the text names the row. */
static bool is_telling(const struct typed *t, const struct known_cell *cell, const char *text)
{
	const struct table_row *row = &cell->table->row[cell->row];
	const struct ratio x = table_cell(cell->table, cell->row, cell->column)->figure.x;

	return row->kind == ROW_TOTAL || x.den != 1 || x.num >= TELLING
	       || strstr(utf8_fold(text, strlen(text), t->c->a), utf8_fold(row->label, strlen(row->label), t->c->a));
}

/* In the form that is typed: 06 has two digits. */
static const char *expression_of(const struct known_cell *cell, const char *numeral, struct arena *a)
{
	const char *column = cell->table->column[cell->column].id;
	size_t n = strlen(numeral);
	const char *form = *numeral == '0' && n > 1 && n < 10 && strspn(numeral, "0123456789") == n ? arena_printf(a, ":0%zu", n) : "";

	if (cell->table->row[cell->row].kind == ROW_TOTAL)
		return arena_printf(a, "{total.%s%s}", column, form);
	return arena_printf(a, "{at('%s', %s)%s}", cell->table->row[cell->row].key, column, form);
}

static void report(struct typed *t, const char *text, const struct numeral *found, struct origin at)
{
	struct composer *c = t->c;
	const char *s = text + found->start;
	const char *numeral = arena_slice(c->a, s, found->n);
	const char *unit = unit_behind(s + found->n, c->a);
	const struct known_cell *cell = *unit ? find_cell(t, plain_number(s, found->n, c->a), unit) : NULL;

	if (cell && is_telling(t, cell, text))
		diag_note(c->d, at, "hand-typed", "'%s' was typed by hand; %s in the table '%s' is the same figure", numeral,
			expression_of(cell, numeral, c->a), cell->table->id);
	else
		diag_note(c->d, at, "hand-typed",
			"'%s' was typed by hand; compute it in {...}, or mark it as <fact>, if it is a fact of its own", numeral);
}

/* The year of the plan changes with the plan, other years do not. */
static void report_year(struct typed *t, const char *text, const struct numeral *found, struct origin at)
{
	const char *numeral = arena_slice(t->c->a, text + found->start, found->n);

	if (!strcmp(numeral, arena_printf(t->c->a, "%d", t->c->job->period.year)))
		diag_note(t->c->d, at, "hand-typed", "'%s' was typed by hand; {period} is the year of the plan", numeral);
}

/* Whether it is the number in the name of a row: "thôn 4". */
static bool names_row(struct typed *t, const char *text, size_t i, size_t length)
{
	size_t start = i;

	for (int words = 0; words < NAME_WORDS_MAX && start; words++) {
		while (start && strchr(" \t\r\n", text[start - 1]))
			start--;
		while (start && !strchr(" \t\r\n", text[start - 1]))
			start--;
		if (text[start] == '(')
			start++;
		if (map_find(&t->names, utf8_fold(text + start, i + length - start, t->c->a), NULL))
			return true;
	}
	return false;
}

/* Numerals that are part of a word (m2, COVID19) are names; days, other years and documents are no figures. */
static void look_at(struct typed *t, const char *text, const struct numeral *found, struct origin at)
{
	make_maps(t);
	if (found->kind == NUMERAL_REFERENCE || numeral_is_in_word(text, found) || names_row(t, text, found->start, found->n))
		return;
	if (found->kind == NUMERAL_YEAR)
		report_year(t, text, found, at);
	else
		report(t, text, found, at);
}

static void scan(struct typed *t, const char *text, size_t from, size_t end, const struct node *node, const char *attribute)
{
	struct numeral found;

	for (size_t i = from; numeral_find(text, i, end, &found, t->c->a); i = found.start + found.n)
		if (!diags_are_full(t->c->d, node->at.file))
			look_at(t, text, &found, node_place(node, attribute, found.start));
}

static void scan_words(struct typed *t, const char *text, const struct node *node, const char *attribute)
{
	size_t i = 0;

	while (text[i]) {
		size_t n = strcspn(text + i, "{");

		scan(t, text, i, i + n, node, attribute);
		i += n;
		if (text[i] == '{' && text[i + 1] == '{')
			i += 2;
		else if (text[i] == '{') /* the braces were checked */
			i += strcspn(text + i, "}");
	}
}

static bool is_own_figure(const struct node *n)
{
	return node_is(n, "fact") || node_is(n, "date") || node_is(n, "bases") || node_is(n, "basis") || node_is(n, "define");
}

static void walk(struct typed *t, const struct node *n)
{
	static const char *const texts[] = { "title", "caption", "remark" };

	if (!n->name) {
		scan_words(t, n->text, n, NULL);
		return;
	}
	if (is_own_figure(n))
		return;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (node_attribute(n, texts[i]))
			scan_words(t, node_attribute(n, texts[i]), n, texts[i]);
	for (const struct node *child = plan_content(t->c->plan, n)->child; child; child = child->next)
		walk(t, child);
}

void typed_figures(struct composer *c)
{
	struct typed t = { .c = c };

	walk(&t, c->plan->root);
	for (size_t i = 0; i < c->plan->n_part; i++)
		if (c->plan->part[i].root)
			walk(&t, c->plan->part[i].root);
	if (!t.made)
		return;
	map_clear(&t.cells);
	map_clear(&t.names);
}
