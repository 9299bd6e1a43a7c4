/* What a template of progress asks of each return: conditions over the figures of its month, over their sums since January, and over
 * the plan's bases. */
#include "compute/audit.h"
#include "compute/progressing.h"

#include <string.h>

/* One <check> while it is held against the returns. */
struct checking {
	struct progressing *p;
	const struct progress_check *check;
	const struct expr *that;
	size_t area;
	unsigned month;
	bool to_date; /* it speaks of sums since January */
	const struct symbol *first; /* field of a return that it names first; or NULL */
};

/* As for indicators; fields may be taken up to the month. */
static struct symbols check_symbols(const struct progressing *p)
{
	struct symbol *symbol = ARENA_ARRAY(p->a, p->symbols.n_symbol, struct symbol);

	memcpy(symbol, p->symbols.symbol, p->symbols.n_symbol * sizeof *symbol);
	for (size_t i = 0; i < p->n_field; i++)
		symbol[i].views |= 1U << VIEW_UPTO;
	return (struct symbols){ symbol, p->symbols.n_symbol, false };
}

static void note_use(void *ctx, const struct symbol *symbol, enum expr_view view)
{
	struct checking *c = ctx;

	c->to_date |= view == VIEW_UPTO;
	if (!c->first && symbol->index < c->p->n_field)
		c->first = symbol;
}

static bool lookup(void *ctx, const struct symbol *symbol, enum expr_view view, size_t row, struct value *value, struct diags *d)
{
	const struct checking *c = ctx;

	(void)row;
	(void)d;
	for (unsigned month = 1; view == VIEW_UPTO && month <= c->month; month++)
		if (!sums_symbol(c->p, NULL, c->area, month, month, symbol, value))
			return false;
		else if (value->figure.state != FIGURE_OK)
			return true; /* what is not known of one month is not known of their sum */
	return sums_symbol(c->p, NULL, c->area, view == VIEW_UPTO ? 1 : c->month, c->month, symbol, value);
}

/* The cell of the return that the check speaks of first. */
static struct origin place_of(const struct checking *c)
{
	const struct data_row *row = returns_of(c->p->returns, c->area, c->month)->row;
	const struct origin *first = NULL;
	struct value value;

	if (c->first && sums_symbol(c->p, NULL, c->area, c->month, c->month, c->first, &value))
		first = figure_place(&value.figure);
	return first ? *first : row->at;
}

/* Both figures of a condition that compares two. */
static void add_sides(const struct checking *c, struct audit_finding *f)
{
	struct arena scratch = { 0 };
	struct progressing p = *c->p;
	struct checking passing = *c;
	struct expr_env env = { .ctx = &passing, .lookup = lookup };
	struct figure left, right;

	p.a = &scratch;
	passing.p = &p;
	if (expr_comparison(c->that, &env, 0, &left, &right, &scratch))
		audit_reason_add(f, WHY_COMPARED, audit_apart(left.x, right.x, c->p->a), audit_apart(right.x, left.x, c->p->a));
	arena_clear(&scratch);
}

static void add_finding(const struct checking *c)
{
	const struct progressing *p = c->p;
	const struct area *area = p->returns->area[c->area];
	int year = p->job->period.year;
	struct audit_finding f = {
		.rule = c->check->rule,
		.severity = c->check->severity,
		.at = place_of(c),
		.place = arena_printf(p->a, "%s/%s/%d-%02u", p->returns->dataset->id, area->key, year, c->month),
		.subject = arena_printf(p->a, "%s, %02u/%d", area->name, c->month, year),
		.message = c->check->message,
	};

	add_sides(c, &f);
	audit_add(p->input->audit, f, p->d);
}

/* A condition with a figure that is not known says nothing. False when the condition itself is wrong. */
static bool check_month(const struct checking *c, bool *holds)
{
	struct arena scratch = { 0 };
	struct progressing p = *c->p;
	struct checking passing = *c;
	struct expr_env env = { .ctx = &passing, .lookup = lookup };
	struct value value;
	bool ok;

	p.a = &scratch; /* sums are for this condition alone */
	passing.p = &p;
	ok = expr_eval(c->that, &env, 0, &value, &scratch, c->p->d);

	*holds = !ok || value.figure.state != FIGURE_OK || value.truth;
	arena_clear(&scratch);
	return ok;
}

/* What fails once for a sum since January is not told again of the months behind. */
static bool check_area(struct checking *c)
{
	for (c->month = 1; c->month <= c->p->last; c->month++) {
		bool holds = true;

		if (returns_of(c->p->returns, c->area, c->month)->row && !check_month(c, &holds))
			return false;
		if (holds)
			continue;
		add_finding(c);
		if (c->to_date)
			break;
	}
	return true;
}

/* Whether somebody reported of a month behind the period, which is not looked at. */
static bool goes_on(const struct progressing *p)
{
	for (size_t i = 0; i < p->n_area; i++)
		for (unsigned month = p->last + 1; month <= PROGRESS_MONTHS; month++)
			if (returns_of(p->returns, i, month)->row)
				return true;
	return false;
}

bool returns_check(struct progressing *p)
{
	struct symbols symbols = check_symbols(p);
	bool ok = true;

	if (p->input->audit && !goes_on(p))
		p->input->audit->scope |= AUDIT_RETURNS;
	for (size_t i = 0; i < p->template->n_check; i++) {
		const struct progress_check *check = &p->template->check[i];
		struct checking c = { .p = p, .check = check };

		c.that = expr_parse(check->that, strlen(check->that), (struct expr_place){ check->node, "that", 0, { 0 } }, &symbols, EXPR_TRUTH,
			p->a, p->d);
		ok = c.that && ok;
		if (!c.that || !p->input->audit)
			continue;
		audit_rule_add(p->input->audit, check->rule);
		expr_each_symbol(c.that, note_use, &c);
		for (c.area = 0; ok && c.area < p->n_area; c.area++)
			ok = check_area(&c);
	}
	return ok;
}
