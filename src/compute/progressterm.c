/* Terms: the quarters between which the plan says that something is done, which a target's rows are phased by. */
#include "compute/progressing.h"
#include "compute/work.h"

#include <string.h>

static const struct expr *read_expr(struct progressing *p, const struct node *term, const struct table *table, const char *attribute,
	enum expr_type want)
{
	const char *text = node_attribute(term, attribute);

	return text ? expr_parse(text, strlen(text), (struct expr_place){ term, attribute, 0, { 0 } }, &table->symbols, want, p->a, p->d)
		    : NULL;
}

bool row_holds(const struct progressing *p, const struct table *table, const struct expr *where, size_t row, bool *holds)
{
	struct value value;

	*holds = true;
	if (!where)
		return true;
	if (!expr_eval(where, &table->env, row, &value, p->a, p->d))
		return false;
	*holds = value.figure.state == FIGURE_OK && value.truth;
	return true;
}

/* A whole number of 1 .. 4. */
static bool is_quarter(struct figure f, int64_t *quarter)
{
	for (*quarter = 1; *quarter <= PROGRESS_QUARTERS; ++*quarter)
		if (f.state == FIGURE_OK && !ratio_compare(f.x, ratio_whole(*quarter)))
			return true;
	return false;
}

static bool read_quarter(struct progressing *p, const struct node *node, const struct table *table, const char *attribute, size_t row,
	struct figure *figure, int64_t *quarter)
{
	const struct expr *expr = read_expr(p, node, table, attribute, EXPR_NUMBER);
	struct value value;

	if (!expr || !expr_eval(expr, &table->env, row, &value, p->a, p->d))
		return false;
	*figure = value.figure;
	if (is_quarter(*figure, quarter))
		return true;
	return diag_error(p->d, figure_place(figure) ? *figure_place(figure) : node->at, "value",
		"'%s' of a term is %s; expected the number of a quarter, 1 to %d: correct it in the source", node_attribute(node, attribute),
		expr_figure(figure, p->a), PROGRESS_QUARTERS);
}

/* Of the first row where it holds; none: nobody says when. */
static bool read_term(struct progressing *p, const struct node *node, const struct table *table, struct term *term)
{
	size_t n_error = p->d->n_error;
	const struct expr *where = read_expr(p, node, table, "where", EXPR_TRUTH);
	bool found = false;

	if (p->d->n_error != n_error)
		return false;
	for (size_t i = 0; i < table->n_leaf && !found; i++) {
		if (!row_holds(p, table, where, table->leaf[i], &found))
			return false;
		if (found && (!read_quarter(p, node, table, "from", table->leaf[i], &term->said[0], &term->first)
			|| !read_quarter(p, node, table, "to", table->leaf[i], &term->said[1], &term->last)))
			return false;
	}
	if (found && term->first > term->last)
		return diag_error(p->d, figure_place(&term->said[0]) ? *figure_place(&term->said[0]) : node->at, "value",
			"a term begins in quarter %d and ends in quarter %d; correct one of the two in the source", (int)term->first,
			(int)term->last);
	term->said_somewhere = found;
	return true;
}

bool terms_read(struct progressing *p, const struct node *target, const struct table *of, struct terms *terms)
{
	*terms = (struct terms){ .n = 0 };
	for (const struct node *n = target->child; n; n = n->next) {
		const struct table *table = node_is(n, "term") ? tables_find(p->input->tables, node_attribute(n, "table")) : NULL;
		struct term *term;
		size_t n_error = p->d->n_error;

		if (!table)
			continue;
		term = ARENA_PUSH(p->a, terms->term, terms->n, &terms->cap);
		*term = (struct term){ .of = read_expr(p, n, of, "of", EXPR_TRUTH) };
		if (p->d->n_error != n_error || !read_term(p, n, table, term))
			return false;
		terms->n -= !term->said_somewhere;
	}
	return true;
}

static bool term_of(const struct progressing *p, const struct terms *terms, const struct table *table, size_t row,
	const struct term **found)
{
	bool holds = false;

	*found = NULL;
	for (size_t i = 0; i < terms->n && !holds; i++) {
		if (!row_holds(p, table, terms->term[i].of, row, &holds))
			return false;
		if (holds)
			*found = &terms->term[i];
	}
	return true;
}

bool terms_phase(const struct progressing *p, const struct terms *terms, const struct table *table, size_t row, struct figure year,
	struct figure *quarter, bool *has_term)
{
	const struct term *term;
	int64_t first = 1, last = PROGRESS_QUARTERS;

	if (!term_of(p, terms, table, row, &term))
		return false;
	*has_term = term;
	if (term) {
		first = term->first;
		last = term->last;
	}
	for (int64_t q = 1; q <= PROGRESS_QUARTERS; q++) {
		struct figure *part = &quarter[q - 1];
		struct figure from[3];

		if (!goal_share(p, year, q >= first && q <= last, last - first + 1, part))
			return false;
		if (!term)
			continue;
		from[0] = *part;
		memcpy(from + 1, term->said, sizeof term->said);
		figure_join(part, from, 3, p->a);
	}
	return true;
}
