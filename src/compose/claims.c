/* Figures that were published, in sentences and tables: each is computed anew and compared as it was printed. */
#include "compose/claim.h"

#include "base/file.h"
#include "base/utf8.h"

#include <string.h>

enum { CLAIMS_MAX = 10000 }; /* of a job */

static const char *const fields[CLAIM_FIELDS] = {
	[PLACE] = "place",
	[SUBJECT] = "subject",
	[AREA] = "area",
	[TABLE] = "table",
	[EXPRESSION] = "expression",
	[PRINTED] = "printed",
	[RELATION] = "relation",
};

struct claims {
	struct composer *c;
	struct audit *audit;
	struct claim *claim; /* [n] */
	size_t n;
	struct map asserted; /* paths of cells that differ from the source already -> finding */
	const char **unit;   /* [n_unit] of the job's tables, folded, each once */
	size_t n_unit;
};

/* ---- reading ---- */

static void read_texts(const struct data *data, const struct data_row *row, struct claim *claim)
{
	for (size_t i = 0; i < CLAIM_FIELDS; i++) {
		claim->text[i] = "";
		claim->at[i] = row->at;
		for (size_t k = 0; k < data->dataset->n_field; k++) {
			const struct datum *datum = &row->datum[k];
			const struct origin *first = figure_place(&datum->figure);

			if (strcmp(data->dataset->field[k].id, fields[i]) != 0 || datum->figure.state != FIGURE_OK || !datum->text)
				continue;
			claim->text[i] = datum->text;
			if (first)
				claim->at[i] = *first;
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

/* What the figure is called: by the claim and by the column. */
static const char *claim_about(const struct composer *c, const struct claim *claim, const struct symbol *symbol)
{
	const struct column *column = symbol && !symbol->constant ? column_find(claim->table, symbol->name) : NULL;

	return column ? arena_printf(c->a, "%s %s", claim->text[SUBJECT], column_name(column, c->a)) : claim->text[SUBJECT];
}

static void read_printed(struct claims *all, struct claim *claim)
{
	struct composer *c = all->c;
	const char *printed = claim->text[PRINTED];
	bool total;
	const struct symbol *symbol = expr_lone_symbol(claim->expr, &total);
	struct printed_hints hints = {
		.units = { .figure = expr_unit(claim->expr), .is_count = expr_is_count(claim->expr), .known = all->unit, .n_known = all->n_unit },
		.about = claim_about(c, claim, symbol),
	};

	if (!*hints.units.figure && symbol && symbol->unit) /* "%", which is a pure number to expressions */
		hints.units.figure = symbol->unit;
	claim->unit = hints.units.figure;
	claim->folded = utf8_fold(printed, strlen(printed), c->a);
	claim->printed = printed_read(printed, &hints, c->a);
}

/* False when there is nothing to compare. */
static bool read_claim(struct claims *all, const struct data *data, const struct data_row *row, struct claim *claim)
{
	struct composer *c = all->c;
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
	read_printed(all, claim);
	return claim_compare(c, claim);
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
		audit_explain_difference(f, part[0].x, part[1].x, printed, claim->printed.decimals, claim_rounding(c, claim), c->a);
}

static void explain_number(struct composer *c, const struct claim *claim, const char *printed, struct audit_finding *f)
{
	size_t row;
	size_t column;

	if (!ratio_compare(claim->printed.scale, ratio_whole(1)) && find_cell(claim, &row, &column)) {
		table_explain_cell(claim->table, row, column, printed, claim->printed.decimals, f, c->a);
		return;
	}
	audit_explain_rounding(f, claim->x, printed, claim->printed.decimals, claim_rounding(c, claim), c->a);
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
			&& (other->holds != claim->holds || !other->holds) && !claims_agree(all->c, claim, other)) {
			audit_reason_add(f, WHY_OTHER_PLACE, subject_of(other, all->c->a), other->text[PRINTED]);
			return;
		}
	}
}

/* Whether the document's own table is meant, which the source was typed from. */
static bool is_in_table(const struct claim *claim)
{
	static const char mark[] = "(bảng)";
	const char *place = claim->text[PLACE];
	size_t n = strlen(place);

	return n >= strlen(mark) && !strcmp(place + n - strlen(mark), mark);
}

/* What the source's own column has been found to say, if it is the same; else NULL. */
static const struct audit_finding *find_asserted(const struct claims *all, const struct claim *claim, const char *printed)
{
	size_t row;
	size_t column;
	size_t i;

	if (!find_cell(claim, &row, &column)
		|| !map_find(&all->asserted, table_cell_path(claim->table, row, claim->table->column[column].id, all->c->a), &i)
		|| strcmp(all->audit->finding[i].printed, printed) != 0)
		return NULL;
	return &all->audit->finding[i];
}

/* Without the folders, which are not the same everywhere. */
static const char *place_in_source(struct origin at, struct arena *a)
{
	at.file = at.file ? file_name(at.file) : "";
	return origin_text(at, a);
}

/* False where the finding would say again what the source's said: of that cell itself, and not one that may be waived. */
static bool explain_digits(const struct claims *all, const struct claim *claim, struct audit_finding *f)
{
	struct composer *c = all->c;
	const char *number = claim_number(claim, c->a);
	const struct audit_finding *asserted = find_asserted(all, claim, number);

	if (asserted && is_in_table(claim) && !asserted->may_be_waived)
		return false;
	if (!claim->words_differ)
		explain_number(c, claim, number, f);
	if (asserted)
		audit_reason_add(f, WHY_SOURCE, place_in_source(asserted->at, c->a), NULL);
	return true;
}

/* Why the text does not state one number in the figure's unit. */
static void explain_text(struct composer *c, const struct claim *claim, struct audit_finding *f)
{
	static const enum audit_why why[] = {
		[PRINTED_SEVERAL] = WHY_SEVERAL,
		[PRINTED_FOREIGN] = WHY_FOREIGN,
		[PRINTED_UNREADABLE] = WHY_UNREADABLE,
	};
	const struct printed *p = &claim->printed;
	const char *unit = claim->unit;

	if (p->as == PRINTED_UNREADABLE)
		audit_reason_add(f, WHY_UNREADABLE, p->part, claim->computed);
	else if (p->as == PRINTED_SEVERAL || p->as == PRINTED_FOREIGN)
		audit_reason_add(f, why[p->as], claim->computed, NULL);
	if (p->fit == MEASURE_CONTRADICTS || p->fit == MEASURE_MULTIPLIES || p->fit == MEASURE_UNKNOWN)
		audit_reason_add(f, *unit ? WHY_UNIT : WHY_NO_UNIT, p->measure, unit);
	if (claim->words_differ)
		audit_reason_add(f, WHY_WORDS, audit_exact(p->words, c->a), NULL);
}

/* "II.2/Tỷ lệ giảm (phường Bắc Sơn)" */
static const char *place_of(const struct claim *claim, struct arena *a)
{
	const char *place = claim->text[PLACE];

	if (*claim->text[SUBJECT] || *claim->text[AREA])
		place = arena_printf(a, "%s/%s", place, claim->text[SUBJECT]);
	if (*claim->text[AREA])
		place = arena_printf(a, "%s%s(%s)", place, *claim->text[SUBJECT] ? " " : "", claim->text[AREA]);
	return place;
}

static struct audit_finding finding_of(const struct claims *all, const struct claim *claim, const char *rule)
{
	struct composer *c = all->c;

	return (struct audit_finding){
		.rule = rule,
		.severity = c->job->audit_severity,
		.at = claim->at[PRINTED],
		.place = place_of(claim, c->a),
		.where = claim->text[PLACE],
		.subject = subject_of(claim, c->a),
	};
}

static void report_claim(struct claims *all, size_t i)
{
	struct composer *c = all->c;
	const struct claim *claim = &all->claim[i];
	const struct printed *p = &claim->printed;
	struct audit_finding f = finding_of(all, claim, "published");

	f.printed = arena_printf(c->a, "%s%s%s", claim_is_strict(claim) ? claim->text[RELATION] : "", claim_is_strict(claim) ? " " : "",
		claim->text[PRINTED]);
	f.computed = claim->computed;
	if (claim->value.type == EXPR_NUMBER && p->as == PRINTED_NUMBER && !claim_is_strict(claim) && p->fit == MEASURE_FITS
		&& !explain_digits(all, claim, &f))
		return;
	if (claim->value.type == EXPR_NUMBER)
		explain_text(c, claim, &f);
	else if (claim->n_day > 1)
		audit_reason_add(&f, WHY_SEVERAL, claim->computed, NULL);
	explain_places(all, i, &f);
	audit_add(all->audit, f, c->d);
}

/* ---- figures that are not known ---- */

static void note_unknown(struct composer *c, const struct claim *claim)
{
	static const char *const texts[] = {
		[FIGURE_MISSING] = "%s: {%s} is missing, so what was published cannot be checked",
		[FIGURE_NOT_APPLICABLE] = "%s: {%s} divides by zero, so what was published cannot be checked",
		[FIGURE_CONFIDENTIAL] = "%s: {%s} is confidential, so what was published cannot be checked",
	};

	diag_add(c->d, DIAG_NOTE, claim->at[EXPRESSION], "claim", texts[claim->value.figure.state], claim->text[PLACE],
		expr_source(claim->expr));
}

/* Two places that state different values of it: one of them is wrong. */
static void compare_places(struct claims *all, size_t i)
{
	struct composer *c = all->c;
	const struct claim *claim = &all->claim[i];
	const struct claim *first = &all->claim[claim->same];
	struct audit_finding f;

	if (claim == first || !claims_differ(c, first, claim))
		return;
	f = finding_of(all, claim, "places");
	f.printed = claim->text[PRINTED];
	f.computed = first->text[PRINTED];
	audit_reason_add(&f, WHY_OTHER_PLACE, subject_of(first, c->a), first->text[PRINTED]);
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

static void add_unit(struct claims *all, struct map *seen, size_t *cap, const char *unit)
{
	const char *folded = utf8_fold(unit, strlen(unit), all->c->a);

	if (*folded && map_add(seen, folded, all->n_unit, NULL))
		*ARENA_PUSH(all->c->a, all->unit, all->n_unit, cap) = folded;
}

static void find_units(struct claims *all)
{
	const struct tables *tables = all->c->tables;
	struct map seen;
	size_t cap = 0;

	map_init(&seen, all->c->a);
	for (size_t i = 0; i < tables->n_table; i++)
		for (size_t k = 0; k < tables->table[i]->n_column; k++)
			add_unit(all, &seen, &cap, tables->table[i]->column[k].unit);
	map_clear(&seen);
}

static void add_claim(struct claims *all, struct map *figures)
{
	struct claim *claim = &all->claim[all->n];
	size_t first = all->n;
	const char *key = arena_printf(all->c->a, "%s\n%s", claim->table->id, expr_key(claim->expr, all->c->a));

	map_add(figures, key, all->n, &first);
	claim->same = first;
	all->n++;
}

static void check_claim(struct claims *all, size_t i)
{
	const struct claim *claim = &all->claim[i];

	if (claim->known && !claim->holds) {
		report_claim(all, i);
	} else if (!claim->known) {
		note_unknown(all->c, claim);
		compare_places(all, i);
	}
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
	find_units(&all);
	for (size_t i = 0; i < published->n_row; i++)
		if (read_claim(&all, published, &published->row[i], &all.claim[all.n]))
			add_claim(&all, &figures);
	for (size_t i = 0; i < all.n; i++)
		check_claim(&all, i);
	map_clear(&figures);
	map_clear(&all.asserted);
}
