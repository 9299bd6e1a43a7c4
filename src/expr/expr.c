#include "expr/tree.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

struct origin reading_origin(const struct reading *r, size_t offset)
{
	if (!r->place.node)
		return r->place.at;
	return node_place(r->place.node, r->place.attribute, r->place.offset + offset);
}

const struct expr *expr_parse(const char *text, size_t n, struct expr_place place,
	const struct symbols *symbols, enum expr_type want, struct arena *arena, struct diags *d)
{
	struct reading r = { text, n, place, symbols, arena, d };
	struct expr *e = ARENA_NEW(arena, struct expr);
	struct tree *root = tree_parse(&r);

	if (!root || !tree_check(&r, root, want))
		return NULL;
	e->root = root;
	e->unit = unit_text(root->unit, arena);
	e->at = reading_origin(&r, root->offset);
	utf8_trim(&text, &n);
	e->source = arena_slice(arena, text, n);
	return e;
}

bool tree_is_total(const struct tree *t)
{
	const struct tree *x = t->kind == TREE_SUM ? t->operand[0].tree : NULL;

	return x && x->kind == TREE_NAME && x->view == VIEW_ROW && x->symbol->skips;
}

enum expr_type expr_type(const struct expr *e)
{
	return e->root->type;
}

const char *expr_unit(const struct expr *e)
{
	return e->unit;
}

bool expr_unit_fits(const struct expr *e, const char *unit)
{
	struct unit u = unit_parse(unit);

	return unit_fits(e->root->unit, &u);
}

bool expr_is_count(const struct expr *e)
{
	return e->root->kind == TREE_COUNT;
}

bool expr_is_whole(const struct expr *e)
{
	return expr_is_count(e) || e->root->kind == TREE_CEIL || (e->root->kind == TREE_ROUND && !e->root->decimals);
}

const char *expr_source(const struct expr *e)
{
	return e->source;
}

/* As deep as the tree, which EXPR_DEPTH_MAX bounds. */
static void put_key(struct buf *b, const struct tree *t, struct arena *a)
{
	size_t i = t->kind == TREE_AT;

	buf_printf(b, "(%d", (int)t->kind);
	if (t->kind == TREE_NUMBER)
		buf_printf(b, " %s", ratio_exact(t->number, a));
	else if (t->kind == TREE_NAME)
		buf_printf(b, " %d %s", (int)t->view, t->symbol->name);
	else if (t->kind == TREE_TEXT)
		buf_printf(b, " '%s'", t->text);
	else if (t->kind == TREE_AT) /* a row is found by its folded name */
		buf_printf(b, " '%s'", utf8_fold(t->operand[0].tree->text, strlen(t->operand[0].tree->text), a));
	if (t->kind == TREE_COMPARE || t->kind == TREE_ROUND)
		buf_printf(b, " %d %d", (int)t->compare, t->decimals);
	for (; i < t->n_operand; i++) {
		buf_puts(b, t->operand[i].inverse ? " ~" : " ");
		put_key(b, t->operand[i].tree, a);
	}
	buf_putc(b, ')');
}

const char *expr_key(const struct expr *e, struct arena *a)
{
	struct buf b = { 0 };
	const char *key;

	put_key(&b, e->root, a);
	key = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return key;
}

struct origin expr_origin(const struct expr *e)
{
	return e->at;
}

/* Whether it is zero for certain not: a product of literals. */
static bool is_nonzero(const struct tree *t)
{
	if (t->kind == TREE_NUMBER)
		return t->number.num;
	if (t->kind != TREE_NEGATE && t->kind != TREE_MULTIPLY)
		return false;
	for (size_t i = 0; i < t->n_operand; i++)
		if (!is_nonzero(t->operand[i].tree))
			return false;
	return true;
}

static bool may_be_na(const struct tree *t)
{
	for (size_t i = 0; i < t->n_operand; i++) {
		if (t->operand[i].inverse && t->kind == TREE_MULTIPLY &&
			!is_nonzero(t->operand[i].tree))
			return true;
		if (may_be_na(t->operand[i].tree))
			return true;
	}
	return false;
}

bool expr_may_be_na(const struct expr *e)
{
	return may_be_na(e->root);
}

const struct symbol *expr_lone_symbol(const struct expr *e, bool *total)
{
	const struct tree *t = e->root;

	*total = t->kind == TREE_TOTAL;
	if (*total)
		t = t->operand[0].tree;
	else if (t->kind == TREE_AT)
		t = t->operand[1].tree;
	return t->kind == TREE_NAME && t->view == VIEW_ROW ? t->symbol : NULL;
}

static void each_symbol(const struct tree *t,
	void (*visit)(void *ctx, const struct symbol *, enum expr_view), void *ctx)
{
	if (t->symbol)
		visit(ctx, t->symbol, t->view);
	for (size_t i = 0; i < t->n_operand; i++)
		each_symbol(t->operand[i].tree, visit, ctx);
}

void expr_each_symbol(const struct expr *e,
	void (*visit)(void *ctx, const struct symbol *, enum expr_view), void *ctx)
{
	each_symbol(e->root, visit, ctx);
}
