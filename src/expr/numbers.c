/* An expression with numbers in the place of its names: what `explain` shows below the formula. */
#include "expr/tree.h"

#include "base/buf.h"

#include <string.h>

enum level { LEVEL_OR, LEVEL_AND, LEVEL_NOT, LEVEL_COMPARE, LEVEL_ADD, LEVEL_MULTIPLY, LEVEL_PREFIX, LEVEL_ATOM };

struct printer {
	const struct expr *expr;
	const struct expr_env *env;
	size_t row;
	bool names; /* names are left as they are */
	struct buf out;
	struct arena *a;
	expr_use *visit;
	void *ctx;
};

static void print(struct printer *, const struct tree *, enum level least);

static enum level level_of(const struct tree *t)
{
	switch (t->kind) {
	case TREE_OR:
		return LEVEL_OR;
	case TREE_AND:
		return LEVEL_AND;
	case TREE_NOT:
		return LEVEL_NOT;
	case TREE_COMPARE:
		return LEVEL_COMPARE;
	case TREE_ADD:
		return LEVEL_ADD;
	case TREE_MULTIPLY:
		return LEVEL_MULTIPLY;
	case TREE_NEGATE:
		return LEVEL_PREFIX;
	case TREE_NUMBER:
	case TREE_TEXT:
	case TREE_NAME:
	case TREE_IF:
	case TREE_ROUND:
	case TREE_MIN:
	case TREE_MAX:
	case TREE_ABS:
	case TREE_CEIL:
	case TREE_KNOWN:
	case TREE_SUM:
	case TREE_COUNT:
	case TREE_TOTAL:
	case TREE_AT:
	case TREE_UNKNOWN:
		break;
	}
	return LEVEL_ATOM;
}

/* ---- values ---- */

const char *expr_figure(const struct figure *figure, struct arena *a)
{
	const char *text;

	switch (figure->state) {
	case FIGURE_MISSING:
		return "?";
	case FIGURE_NOT_APPLICABLE:
		return "-";
	case FIGURE_CONFIDENTIAL:
		return "[c]";
	case FIGURE_OK:
		break;
	}
	text = ratio_exact(figure->x, a);
	return *text == '-' || strchr(text, '/') ? arena_printf(a, "(%s)", text) : text;
}

static void put_text(struct printer *p, const char *text)
{
	char quote = strchr(text, '\'') ? '"' : '\'';

	buf_printf(&p->out, "%c%s%c", quote, text, quote);
}

static void put_value(struct printer *p, const struct value *v)
{
	if (v->figure.state != FIGURE_OK || v->type == EXPR_NUMBER)
		buf_puts(&p->out, expr_figure(&v->figure, p->a));
	else if (v->type == EXPR_TEXT)
		put_text(p, v->text);
	else
		buf_puts(&p->out, v->truth ? "1 = 1" : "1 = 0");
}

/* The tree as its template has it. */
static const char *tree_words(const struct printer *p, const struct tree *t)
{
	struct printer words = { .expr = p->expr, .env = p->env, .row = p->row, .names = true, .a = p->a };
	const char *text;

	print(&words, t, LEVEL_OR);
	text = arena_slice(p->a, words.out.text ? words.out.text : "", words.out.n);
	buf_clear(&words.out);
	return text;
}

static void put_name(struct printer *p, const struct tree *t)
{
	static const char *const forms[] = {
		[VIEW_ROW] = "%s",
		[VIEW_PREVIOUS] = "previous.%s",
		[VIEW_PLAN] = "plan.%s",
		[VIEW_UPTO] = "upto(%s)",
		[VIEW_SHOWN] = "shown(%s)",
	};

	if (t->kind == TREE_NAME) {
		buf_puts(&p->out, arena_printf(p->a, forms[t->view], t->text));
		return;
	}
	buf_printf(&p->out, "%s(", t->text);
	for (size_t i = 0; i < t->n_operand; i++) {
		if (i)
			buf_puts(&p->out, ", ");
		print(p, t->operand[i].tree, LEVEL_OR);
	}
	buf_putc(&p->out, ')');
}

/* What is looked up as a whole: names, and functions over rows. */
static void put_looked_up(struct printer *p, const struct tree *t)
{
	struct diags scratch = { .quiet = true };
	const struct expr part = { .root = t, .source = p->expr->source, .unit = "", .at = p->expr->at };
	struct value value = { .type = t->type, .figure = figure_missing() };
	size_t row = t->kind == TREE_TOTAL ? p->env->total : p->row;

	if (p->names) {
		put_name(p, t);
		return;
	}
	expr_eval(&part, p->env, p->row, &value, p->a, &scratch);
	put_value(p, &value);
	if (p->visit)
		p->visit(p->ctx, tree_words(p, t), t->kind == TREE_NAME || t->kind == TREE_TOTAL ? row : (size_t)-1, &value);
}

/* ---- trees ---- */

static const char *comparison_of(enum lex_kind compare)
{
	static const struct {
		enum lex_kind kind;
		const char *text;
	} signs[] = { { LEX_EQUAL, " = " }, { LEX_UNEQUAL, " != " }, { LEX_LESS, " < " }, { LEX_LESS_EQUAL, " <= " },
		{ LEX_GREATER, " > " }, { LEX_GREATER_EQUAL, " >= " } };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (signs[i].kind == compare)
			return signs[i].text;
	return " ";
}

static const char *operator_of(const struct tree *t, const struct operand *o)
{
	if (t->kind == TREE_COMPARE)
		return comparison_of(t->compare);
	if (t->kind == TREE_ADD)
		return o->inverse ? " - " : " + ";
	if (t->kind == TREE_MULTIPLY)
		return o->inverse ? " / " : " * ";
	return t->kind == TREE_AND ? " and " : " or ";
}

static void put_chain(struct printer *p, const struct tree *t)
{
	for (size_t i = 0; i < t->n_operand; i++) {
		if (i)
			buf_puts(&p->out, operator_of(t, &t->operand[i]));
		print(p, t->operand[i].tree, (enum level)(level_of(t) + 1));
	}
}

static void put_call(struct printer *p, const struct tree *t)
{
	buf_printf(&p->out, "%s(", t->text);
	for (size_t i = 0; i < t->n_operand; i++) {
		if (i)
			buf_puts(&p->out, ", ");
		print(p, t->operand[i].tree, LEVEL_OR);
	}
	if (t->kind == TREE_ROUND)
		buf_printf(&p->out, ", %d", t->decimals);
	buf_putc(&p->out, ')');
}

static void put_tree(struct printer *p, const struct tree *t)
{
	switch (t->kind) {
	case TREE_NUMBER:
		buf_puts(&p->out, ratio_exact(t->number, p->a));
		return;
	case TREE_TEXT:
		put_text(p, t->text);
		return;
	case TREE_NAME:
	case TREE_SUM:
	case TREE_COUNT:
	case TREE_TOTAL:
	case TREE_AT:
		put_looked_up(p, t);
		return;
	case TREE_NEGATE:
	case TREE_NOT:
		buf_puts(&p->out, t->kind == TREE_NOT ? "not " : "-");
		print(p, t->operand[0].tree, level_of(t));
		return;
	case TREE_ADD:
	case TREE_MULTIPLY:
	case TREE_COMPARE:
	case TREE_AND:
	case TREE_OR:
		put_chain(p, t);
		return;
	case TREE_IF:
	case TREE_ROUND:
	case TREE_MIN:
	case TREE_MAX:
	case TREE_ABS:
	case TREE_CEIL:
	case TREE_KNOWN:
	case TREE_UNKNOWN:
		put_call(p, t);
		return;
	}
}

static void print(struct printer *p, const struct tree *t, enum level least)
{
	bool bracket = level_of(t) < least;

	if (bracket)
		buf_putc(&p->out, '(');
	put_tree(p, t);
	if (bracket)
		buf_putc(&p->out, ')');
}

const char *expr_numbers(const struct expr *e, const struct expr_env *env, size_t row, expr_use *visit, void *ctx, struct arena *a)
{
	struct printer p = { .expr = e, .env = env, .row = row, .a = a, .visit = visit, .ctx = ctx };
	const char *text;

	print(&p, e->root, LEVEL_OR);
	text = arena_slice(a, p.out.text ? p.out.text : "", p.out.n);
	buf_clear(&p.out);
	return text;
}
