/* Figures that were published, in sentences and tables: each is computed anew and compared as it was printed. */
#include "compose/composer.h"
#include "compose/numerals.h"

#include "base/numeral.h"
#include "base/utf8.h"
#include "base/words.h"

#include <limits.h>
#include <string.h>

enum relation { RELATION_EQUAL, RELATION_AT_LEAST, RELATION_AT_MOST, RELATION_MORE, RELATION_LESS };

enum {
	FIELDS = 7,
	CLAIMS_MAX = 10000, /* of a job */
};

/* What the dataset "published" must have. */
static const char *const fields[FIELDS] = { "place", "subject", "area", "table", "expression", "printed", "relation" };
enum { PLACE, SUBJECT, AREA, TABLE, EXPRESSION, PRINTED, RELATION };

struct claim {
	const char *text[FIELDS]; /* "" where there is none */
	struct origin at[FIELDS];
	struct printed printed;
	enum relation relation;
	const struct table *table;
	const struct expr *expr;
	struct value value;
	struct ratio x; /* a number: the value in the unit that is printed */
	const char *computed; /* in the form of what is printed */
	size_t same;	      /* the first claim of the same figure */
	bool known;	      /* whether there is a value to compare with */
	bool holds;
};

struct claims {
	struct composer *c;
	struct audit *audit;
	struct claim *claim; /* [n] */
	size_t n;
	struct map asserted; /* paths of cells that differ from the source already -> finding */
};

/* ---- comparing ---- */

static enum rounding rounding_of(struct composer *c, const struct claim *claim)
{
	struct number_style style = { .rounding = c->job->rounding };
	bool total;

	lone_style(c, claim->expr, claim->table, &style, &total);
	return style.rounding;
}

/* A number in digits, as audit_number says it. */
static const char *printed_number(const struct claim *claim, struct arena *a)
{
	return audit_number(claim->printed.x[0], claim->printed.decimals, ROUND_TRUNCATE, a);
}

static const char *without_groups(const char *number, struct arena *a)
{
	char *text = arena_text(a, number);
	size_t n = 0;

	for (const char *s = number; *s; s++)
		if (*s != '.')
			text[n++] = *s;
	text[n] = '\0';
	return text;
}

static bool relates(enum relation relation, struct ratio x, struct ratio printed)
{
	int order = ratio_compare(x, printed);

	switch (relation) {
	case RELATION_EQUAL:
		return !order;
	case RELATION_AT_LEAST:
		return order >= 0;
	case RELATION_AT_MOST:
		return order <= 0;
	case RELATION_MORE:
		return order > 0;
	case RELATION_LESS:
		return order < 0;
	}
	return false;
}

static bool is_strict(enum relation relation)
{
	return relation == RELATION_MORE || relation == RELATION_LESS;
}

/* Of what may be meant, any; a number in digits is compared as it is printed too, unless it says more or less than that. */
static bool holds(struct composer *c, const struct claim *claim)
{
	const struct printed *p = &claim->printed;

	for (size_t i = 0; i < p->n; i++)
		if (relates(claim->relation, claim->x, p->x[i]))
			return true;
	return p->as == PRINTED_NUMBER && !is_strict(claim->relation)
	       && !strcmp(audit_number(claim->x, p->decimals, rounding_of(c, claim), c->a), printed_number(claim, c->a));
}

static const char *said_number(struct composer *c, const struct claim *claim)
{
	const struct printed *p = &claim->printed;
	const char *text;

	if (is_strict(claim->relation))
		return audit_apart(claim->x, p->x[0], c->a);
	text = audit_number(claim->x, p->decimals, rounding_of(c, claim), c->a);
	return p->bare ? without_groups(text, c->a) : text;
}

/* The computed figure in the form of what was printed. */
static const char *said_figure(struct composer *c, const struct claim *claim)
{
	struct ratio x = claim->x;
	const char *words;

	switch (claim->printed.as) {
	case PRINTED_NUMBER:
		return said_number(c, claim);
	case PRINTED_ROMAN:
		return x.den == 1 && x.num > 0 && x.num <= UINT_MAX ? roman_text((unsigned)x.num, c->a) : audit_exact(x, c->a);
	case PRINTED_WORDS:
	case PRINTED_NOTHING:
		words = strpbrk(claim->text[PRINTED], "0123456789") ? NULL : words_text(x, 0, c->a);
		return words ? words : audit_exact(x, c->a);
	case PRINTED_SEVERAL:
	case PRINTED_FOREIGN:
		return audit_exact(x, c->a);
	}
	return "";
}

static bool compare_text(struct composer *c, struct claim *claim)
{
	const char *text = claim->value.text ? claim->value.text : "";
	const char *folded = utf8_fold(text, strlen(text), c->a);
	const char *printed = utf8_fold(claim->text[PRINTED], strlen(claim->text[PRINTED]), c->a);
	size_t n = strlen(printed);
	struct date date;

	claim->computed = text;
	if (date_read(text, &date)) /* 15/6 where the year stands elsewhere */
		return !strncmp(folded, printed, n) && (!folded[n] || folded[n] == '/');
	return !strcmp(folded, printed);
}

static void compare(struct composer *c, struct claim *claim)
{
	claim->known = claim->value.figure.state == FIGURE_OK;
	if (!claim->known)
		claim->computed = number_text(claim->value.figure, (struct number_style){ 0 }, c->a);
	else if (claim->value.type == EXPR_TEXT)
		claim->holds = compare_text(c, claim);
	else if (ratio_div(claim->value.figure.x, ratio_whole(claim->printed.scale), claim->at[EXPRESSION], &claim->x, c->d)) {
		claim->computed = said_figure(c, claim);
		claim->holds = holds(c, claim);
	}
}

/* ---- reading ---- */

static void read_texts(const struct data *data, const struct data_row *row, struct claim *claim)
{
	for (size_t i = 0; i < FIELDS; i++) {
		claim->text[i] = "";
		claim->at[i] = row->at;
		for (size_t k = 0; k < data->dataset->n_field; k++) {
			const struct datum *datum = &row->datum[k];

			if (strcmp(data->dataset->field[k].id, fields[i]) != 0 || datum->figure.state != FIGURE_OK || !datum->text)
				continue;
			claim->text[i] = datum->text;
			if (datum->figure.n_from)
				claim->at[i] = datum->figure.from[0];
		}
	}
}

static bool read_relation(struct composer *c, struct claim *claim)
{
	static const struct {
		const char *text;
		enum relation relation;
	} words[] = { { "", RELATION_EQUAL }, { "=", RELATION_EQUAL }, { ">=", RELATION_AT_LEAST }, { "≥", RELATION_AT_LEAST },
		{ "<=", RELATION_AT_MOST }, { "≤", RELATION_AT_MOST }, { ">", RELATION_MORE }, { "<", RELATION_LESS } };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(claim->text[RELATION], words[i].text)) {
			claim->relation = words[i].relation;
			return true;
		}
	return diag_error(c->d, claim->at[RELATION], "claim", "'%s' is no relation; write =, >=, <=, > or <, or leave it empty",
		claim->text[RELATION]);
}

static bool find_claimed_table(struct composer *c, struct claim *claim)
{
	const char **names;
	const char *near;

	claim->table = tables_find(c->tables, claim->text[TABLE]);
	if (claim->table)
		return true;
	names = ARENA_ARRAY(c->a, c->tables->n_table + 1, const char *);
	for (size_t i = 0; i < c->tables->n_table; i++)
		names[i] = c->tables->table[i]->id;
	near = suggest(claim->text[TABLE], names, c->tables->n_table);
	if (near)
		return diag_error(c->d, claim->at[TABLE], "claim", "the job has no table '%s'; did you mean '%s'?", claim->text[TABLE],
			near);
	return diag_error(c->d, claim->at[TABLE], "claim", "the job has no table '%s'; there are: %s", claim->text[TABLE],
		word_list(names, c->tables->n_table, c->a));
}

static const struct expr *parse_claim(struct composer *c, const struct claim *claim)
{
	static const enum expr_type wanted[] = { EXPR_TEXT, EXPR_NUMBER };
	const struct symbols *symbols = scope_symbols(c, claim->table);
	struct expr_place place = { .at = claim->at[EXPRESSION] };
	const char *text = claim->text[EXPRESSION];
	struct diags scratch = { .quiet = true };
	const struct expr *expr = expr_parse(text, strlen(text), place, symbols, wanted[0], c->a, &scratch);

	return expr ? expr : expr_parse(text, strlen(text), place, symbols, wanted[1], c->a, c->d);
}

/* False when there is nothing to compare. */
static bool read_claim(struct composer *c, const struct data *data, const struct data_row *row, struct claim *claim)
{
	struct evaluated e;
	bool ok;

	*claim = (struct claim){ .same = SIZE_MAX };
	read_texts(data, row, claim);
	ok = read_relation(c, claim);
	if (!find_claimed_table(c, claim) || !ok)
		return false;
	claim->expr = parse_claim(c, claim);
	if (!claim->expr)
		return false;
	if (expr_type(claim->expr) == EXPR_TEXT && claim->relation != RELATION_EQUAL)
		return diag_error(c->d, claim->at[RELATION], "claim", "{%s} is a text, which is not more or less; leave the relation empty",
			claim->text[EXPRESSION]);
	e = scope_eval(c, claim->expr, (struct scope){ claim->table, NO_ROW }, claim->at[EXPRESSION]);
	claim->value = e.value;
	if (e.failed)
		return false;
	claim->printed = printed_read(claim->text[PRINTED], expr_unit(claim->expr), c->a);
	compare(c, claim);
	return true;
}

/* ---- reporting ---- */

/* The cell that the claim speaks of; false when it is no single cell. */
static bool find_cell(const struct claim *claim, size_t *row, size_t *column)
{
	bool total;
	const struct symbol *symbol = expr_lone_symbol(claim->expr, &total);
	const struct column *found = symbol && !symbol->constant ? column_find(claim->table, symbol->name) : NULL;

	*row = claim->table->total;
	if (!found || !expr_lone_row(claim->expr, &claim->table->env, row) || *row >= claim->table->n_row)
		return false;
	*column = (size_t)(found - claim->table->column);
	return true;
}

static void explain_difference(struct composer *c, const struct claim *claim, const char *printed, struct audit_finding *f)
{
	struct figure part[2];

	if (scope_difference(c, claim->expr, (struct scope){ claim->table, claim->table->total }, &part[0], &part[1])
		&& part[0].state == FIGURE_OK && part[1].state == FIGURE_OK)
		audit_explain_difference(f, part[0].x, part[1].x, printed, claim->printed.decimals, rounding_of(c, claim), c->a);
}

static void explain_number(struct composer *c, const struct claim *claim, const char *printed, struct audit_finding *f)
{
	size_t row;
	size_t column;

	if (claim->printed.scale == 1 && find_cell(claim, &row, &column)) {
		table_explain_cell(claim->table, row, column, printed, claim->printed.decimals, f, c->a);
		return;
	}
	audit_explain_rounding(f, claim->x, printed, claim->printed.decimals, rounding_of(c, claim), c->a);
	explain_difference(c, claim, printed, f);
}

static const char *subject_of(const struct claim *claim, struct arena *a)
{
	const char *subject = claim->text[PLACE];

	if (*claim->text[SUBJECT])
		subject = arena_printf(a, "%s, %s", subject, claim->text[SUBJECT]);
	if (*claim->text[AREA])
		subject = arena_printf(a, "%s (%s)", subject, claim->text[AREA]);
	return subject;
}

/* What another place says of the same figure, if it says something else. */
static void explain_places(const struct claims *all, size_t i, struct audit_finding *f)
{
	const struct claim *claim = &all->claim[i];

	for (size_t k = 0; k < all->n; k++) {
		const struct claim *other = &all->claim[k];

		if (k != i && other->same == claim->same && strcmp(other->text[PRINTED], claim->text[PRINTED]) != 0
			&& (other->holds != claim->holds || !other->holds)) {
			audit_reason_add(f, WHY_OTHER_PLACE, subject_of(other, all->c->a), other->text[PRINTED]);
			return;
		}
	}
}

/* Whether the source's own column has been found to differ in the same way. */
static bool told_already(const struct claims *all, const struct claim *claim, const char *printed)
{
	size_t row;
	size_t column;
	size_t i;

	return find_cell(claim, &row, &column)
	       && map_find(&all->asserted,
		       table_cell_path(claim->table, row, claim->table->column[column].id, all->c->a), &i)
	       && !strcmp(all->audit->finding[i].printed, printed);
}

static void report_claim(struct claims *all, size_t i)
{
	struct composer *c = all->c;
	const struct claim *claim = &all->claim[i];
	const char *strict = is_strict(claim->relation) ? arena_printf(c->a, "%s ", claim->text[RELATION]) : "";
	const char *printed = arena_printf(c->a, "%s%s", strict, claim->text[PRINTED]);
	struct audit_finding f = {
		.rule = "published",
		.severity = c->job->audit_severity,
		.at = claim->at[PRINTED],
		.place = claim->text[PLACE],
		.subject = subject_of(claim, c->a),
		.printed = printed,
		.computed = claim->computed,
	};

	if (claim->printed.as == PRINTED_NUMBER && claim->value.type == EXPR_NUMBER && !is_strict(claim->relation)) {
		const char *number = printed_number(claim, c->a);

		if (told_already(all, claim, number))
			return;
		explain_number(c, claim, number, &f);
	}
	if (claim->printed.as == PRINTED_SEVERAL && claim->value.type == EXPR_NUMBER)
		audit_reason_add(&f, WHY_SEVERAL, claim->computed, NULL);
	if (claim->printed.as == PRINTED_FOREIGN && claim->value.type == EXPR_NUMBER)
		audit_reason_add(&f, WHY_FOREIGN, claim->computed, NULL);
	explain_places(all, i, &f);
	audit_add(all->audit, f, c->d);
}

/* ---- all of them ---- */

static void note_asserted(struct claims *all)
{
	map_init(&all->asserted, all->c->a);
	for (size_t i = 0; i < all->audit->n_finding; i++)
		if (!strcmp(all->audit->finding[i].rule, "asserted"))
			map_add(&all->asserted, all->audit->finding[i].place, i, NULL);
}

static void add_claim(struct claims *all, struct map *figures)
{
	struct claim *claim = &all->claim[all->n];
	size_t first = all->n;
	const char *key = arena_printf(all->c->a, "%s\n%s", claim->text[TABLE], expr_source(claim->expr));

	map_add(figures, key, all->n, &first);
	claim->same = first;
	all->n++;
}

void claims_check(struct composer *c, const struct data *published, struct audit *audit)
{
	struct claims all = { .c = c, .audit = audit };
	struct map figures;

	if (published->n_row > CLAIMS_MAX) {
		diag_error(c->d, published->row[CLAIMS_MAX].at, "limit", "a job has at most %d published figures; leave out those of tables",
			CLAIMS_MAX);
		return;
	}
	all.claim = ARENA_ARRAY(c->a, published->n_row, struct claim);
	map_init(&figures, c->a);
	note_asserted(&all);
	for (size_t i = 0; i < published->n_row; i++)
		if (read_claim(c, published, &published->row[i], &all.claim[all.n]))
			add_claim(&all, &figures);
	for (size_t i = 0; i < all.n; i++)
		if (!all.claim[i].known)
			diag_note(c->d, all.claim[i].at[EXPRESSION], "claim", "%s: {%s} is missing, so what was published cannot be checked",
				all.claim[i].text[PLACE], expr_source(all.claim[i].expr));
		else if (!all.claim[i].holds)
			report_claim(&all, i);
	map_clear(&figures);
	map_clear(&all.asserted);
}
