#include "expr/tree.h"

#include <stdint.h>
#include <string.h>

static const struct function functions[] = {
	{ "if", TREE_IF, VIEW_ROW, 3, 3 },
	{ "round", TREE_ROUND, VIEW_ROW, 2, 2 },
	{ "min", TREE_MIN, VIEW_ROW, 2, SIZE_MAX },
	{ "max", TREE_MAX, VIEW_ROW, 2, SIZE_MAX },
	{ "abs", TREE_ABS, VIEW_ROW, 1, 1 },
	{ "ceil", TREE_CEIL, VIEW_ROW, 1, 1 },
	{ "known", TREE_KNOWN, VIEW_ROW, 1, 1 },
	{ "sum", TREE_SUM, VIEW_ROW, 1, 1 },
	{ "count", TREE_COUNT, VIEW_ROW, 1, 1 },
	{ "total", TREE_TOTAL, VIEW_ROW, 1, 1 },
	{ "at", TREE_AT, VIEW_ROW, 2, 2 },
	{ "upto", TREE_NAME, VIEW_UPTO, 1, 1 },
	{ "shown", TREE_NAME, VIEW_SHOWN, 1, 1 },
	{ NULL, TREE_UNKNOWN, VIEW_ROW, 0, SIZE_MAX },
};

const struct function *expr_functions(void)
{
	return functions;
}

struct parser {
	const struct reading *r;
	struct lexeme next;
	size_t end;
	int depth;
};

static struct tree *parse_or(struct parser *);
static struct tree *parse_unary(struct parser *);

static void advance(struct parser *p)
{
	p->next = lex(p->r->text, p->r->n, p->end, &p->end);
}

static struct tree *tree_new(const struct parser *p, enum tree_kind kind, size_t offset)
{
	struct tree *t = ARENA_NEW(p->r->arena, struct tree);

	t->kind = kind;
	t->offset = offset;
	t->text_offset = offset;
	return t;
}

static void push(const struct parser *p, struct tree *t, size_t *cap, struct operand more)
{
	*ARENA_PUSH(p->r->arena, t->operand, t->n_operand, cap) = more;
}

/* What is wrong with the next lexeme; wanted is what should stand here. */
enum wanted { WANTED_FIGURE, WANTED_OPERATOR, WANTED_BRACKET, WANTED_NAME };

static void report_wanted(const struct parser *p, enum wanted wanted, const char *found)
{
	struct origin at = reading_origin(p->r, p->next.offset);
	struct diags *d = p->r->diags;

	switch (wanted) {
	case WANTED_FIGURE:
		diag_error(d, at, "syntax", "a figure should stand here, not `%s`", found);
		return;
	case WANTED_OPERATOR:
		diag_error(d, at, "syntax", "an operator should stand here, not `%s`", found);
		return;
	case WANTED_BRACKET:
		diag_error(d, at, "syntax", "`)` or an operator should stand here, not `%s`",
			found);
		return;
	case WANTED_NAME:
		diag_error(d, at, "syntax", "a name should stand here, not `%s`", found);
		return;
	}
}

/* Always NULL. */
static struct tree *unexpected(const struct parser *p, enum wanted wanted)
{
	struct origin at = reading_origin(p->r, p->next.offset);
	const char *found = arena_slice(p->r->arena, p->next.s, p->next.n);
	struct diags *d = p->r->diags;

	if (p->next.kind == LEX_END && wanted == WANTED_BRACKET)
		diag_error(d, at, "syntax", "a `)` is missing at the end");
	else if (p->next.kind == LEX_END)
		diag_error(d, at, "syntax", "the expression ends too early");
	else if (p->next.kind == LEX_OPEN_TEXT)
		diag_error(d, at, "syntax", "this text has no closing quote");
	else if (p->next.kind == LEX_UNKNOWN && (unsigned char)*found < ' ')
		diag_error(d, at, "syntax", "an expression cannot hold a control character");
	else if (p->next.kind == LEX_UNKNOWN)
		diag_error(d, at, "syntax", "`%s` means nothing in an expression", found);
	else
		report_wanted(p, wanted, found);
	return NULL;
}

/* One bracket, sign or `not` deeper; the caller goes back up by p->depth--. */
static bool enter(struct parser *p, size_t offset)
{
	if (p->depth++ < EXPR_DEPTH_MAX)
		return true;
	return diag_error(p->r->diags, reading_origin(p->r, offset), "limit",
		"brackets and signs are nested more than %d deep", EXPR_DEPTH_MAX);
}

static bool close_bracket(struct parser *p)
{
	if (p->next.kind != LEX_CLOSE) {
		unexpected(p, WANTED_BRACKET);
		return false;
	}
	advance(p);
	return true;
}

static bool check_arguments(const struct parser *p, const struct function *f, const struct tree *t)
{
	struct origin at = reading_origin(p->r, t->offset);
	size_t n = t->n_operand;
	struct diags *d = p->r->diags;

	if (n < f->least && f->most > f->least)
		return diag_error(d, at, "syntax", "%s() needs at least %zu argument(s), not %zu",
			f->name, f->least, n);
	if (n < f->least || n > f->most)
		return diag_error(d, at, "syntax", "%s() needs %zu argument(s), not %zu", f->name,
			f->least, n);
	return true;
}

/* upto(x) and shown(x) become the name itself with another view. */
static struct tree *view_of_name(const struct parser *p, const struct function *f,
	struct tree *call)
{
	struct tree *name = call->operand[0].tree;

	if (name->kind != TREE_NAME || name->view != VIEW_ROW) {
		diag_error(p->r->diags, reading_origin(p->r, name->offset), "syntax",
			"%s() takes the name of one column", f->name);
		return NULL;
	}
	name->view = f->view;
	name->offset = call->offset;
	return name;
}

static bool parse_arguments(struct parser *p, struct tree *call)
{
	size_t cap = 0;

	if (p->next.kind == LEX_CLOSE)
		return close_bracket(p);
	while (true) {
		size_t offset = p->next.offset;
		struct tree *t = parse_or(p);

		if (!t)
			return false;
		push(p, call, &cap, (struct operand){ .tree = t, .offset = offset });
		if (p->next.kind != LEX_COMMA)
			return close_bracket(p);
		advance(p);
	}
}

/* Behind the name and its bracket. */
static struct tree *parse_call(struct parser *p, struct lexeme name)
{
	const struct function *f = functions;
	struct tree *t = tree_new(p, TREE_UNKNOWN, name.offset);

	t->text = arena_slice(p->r->arena, name.s, name.n);
	while (f->name && strcmp(f->name, t->text))
		f++;
	t->kind = f->kind;
	if (f->kind == TREE_SUM || f->kind == TREE_COUNT)
		t->known = ARENA_NEW(p->r->arena, struct known);
	if (!enter(p, name.offset) || !parse_arguments(p, t))
		return NULL;
	p->depth--;
	if (!check_arguments(p, f, t))
		return NULL;
	if (f->kind == TREE_NAME)
		return view_of_name(p, f, t);
	if (f->kind == TREE_AT)
		t->at = reading_origin(p->r, t->operand[0].tree->offset);
	return t;
}

static const struct {
	const char *name;
	enum expr_view view;
} prefixes[] = {
	{ "previous", VIEW_PREVIOUS },
	{ "plan", VIEW_PLAN },
};

/* previous.x, plan.x, total.x; the dot is the next lexeme. */
static struct tree *parse_dotted(struct parser *p, struct lexeme prefix)
{
	struct arena *arena = p->r->arena;
	const char *before = arena_slice(arena, prefix.s, prefix.n);
	struct tree *t = tree_new(p, TREE_NAME, prefix.offset);
	struct tree *total;
	size_t cap = 0;

	advance(p);
	if (p->next.kind != LEX_NAME)
		return unexpected(p, WANTED_NAME);
	t->text = arena_slice(arena, p->next.s, p->next.n);
	t->text_offset = p->next.offset;
	advance(p);
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (!strcmp(prefixes[i].name, before)) {
			t->view = prefixes[i].view;
			return t;
		}
	if (strcmp(before, "total")) { /* reported with the unknown names */
		t->text = arena_printf(arena, "%s.%s", before, t->text);
		t->text_offset = prefix.offset;
		return t;
	}
	total = tree_new(p, TREE_TOTAL, prefix.offset);
	total->text = before;
	push(p, total, &cap, (struct operand){ .tree = t, .offset = prefix.offset });
	return total;
}

static struct tree *parse_name(struct parser *p)
{
	struct lexeme name = p->next;
	struct tree *t;

	advance(p);
	if (p->next.kind == LEX_OPEN) {
		advance(p);
		return parse_call(p, name);
	}
	if (p->next.kind == LEX_DOT)
		return parse_dotted(p, name);
	t = tree_new(p, TREE_NAME, name.offset);
	t->text = arena_slice(p->r->arena, name.s, name.n);
	return t;
}

static struct tree *parse_number(struct parser *p)
{
	struct tree *t = tree_new(p, TREE_NUMBER, p->next.offset);

	if (!ratio_parse(p->next.s, p->next.n, &t->number)) {
		diag_error(p->r->diags, reading_origin(p->r, t->offset), "limit",
			"this number has too many digits");
		return NULL;
	}
	advance(p);
	return t;
}

static struct tree *parse_bracket(struct parser *p)
{
	struct tree *t;

	if (!enter(p, p->next.offset))
		return NULL;
	advance(p);
	t = parse_or(p);
	if (!t || !close_bracket(p))
		return NULL;
	p->depth--;
	return t;
}

static struct tree *parse_primary(struct parser *p)
{
	struct tree *t;

	if (p->next.kind == LEX_NAME)
		return parse_name(p);
	if (p->next.kind == LEX_NUMBER)
		return parse_number(p);
	if (p->next.kind == LEX_OPEN)
		return parse_bracket(p);
	if (p->next.kind != LEX_TEXT)
		return unexpected(p, WANTED_FIGURE);
	t = tree_new(p, TREE_TEXT, p->next.offset);
	t->text = arena_slice(p->r->arena, p->next.s, p->next.n);
	advance(p);
	return t;
}

/* An operator before one operand, which `parse` reads. */
static struct tree *parse_prefix(struct parser *p, enum tree_kind kind,
	struct tree *(*parse)(struct parser *))
{
	struct tree *t = tree_new(p, kind, p->next.offset);
	struct operand only = { .offset = t->offset };
	size_t cap = 0;

	if (!enter(p, t->offset))
		return NULL;
	advance(p);
	only.tree = parse(p);
	if (!only.tree)
		return NULL;
	p->depth--;
	push(p, t, &cap, only);
	return t;
}

static struct tree *parse_unary(struct parser *p)
{
	if (p->next.kind == LEX_MINUS)
		return parse_prefix(p, TREE_NEGATE, parse_unary);
	return parse_primary(p);
}

/* Operands with one of two operators between them; inverse may be the same as straight. */
static struct tree *parse_chain(struct parser *p, enum tree_kind kind, enum lex_kind straight,
	enum lex_kind inverse, struct tree *(*parse)(struct parser *))
{
	struct tree *first = parse(p);
	struct tree *all = NULL;
	size_t cap = 0;

	while (first && (p->next.kind == straight || p->next.kind == inverse)) {
		struct operand more = {
			.offset = p->next.offset,
			.inverse = p->next.kind != straight,
		};

		if (!all) {
			all = tree_new(p, kind, first->offset);
			push(p, all, &cap, (struct operand){ first, first->offset, false });
		}
		advance(p);
		more.tree = parse(p);
		if (!more.tree)
			return NULL;
		push(p, all, &cap, more);
	}
	return all ? all : first;
}

static struct tree *parse_product(struct parser *p)
{
	return parse_chain(p, TREE_MULTIPLY, LEX_TIMES, LEX_OVER, parse_unary);
}

static struct tree *parse_sum(struct parser *p)
{
	return parse_chain(p, TREE_ADD, LEX_PLUS, LEX_MINUS, parse_product);
}

static bool compares(enum lex_kind kind)
{
	return kind >= LEX_EQUAL && kind <= LEX_GREATER_EQUAL;
}

static struct tree *parse_comparison(struct parser *p)
{
	struct tree *left = parse_sum(p);
	struct operand right = { .offset = p->next.offset };
	struct tree *t;
	size_t cap = 0;

	if (!left || !compares(p->next.kind))
		return left;
	t = tree_new(p, TREE_COMPARE, left->offset);
	t->compare = p->next.kind;
	advance(p);
	right.tree = parse_sum(p);
	if (!right.tree)
		return NULL;
	if (compares(p->next.kind)) {
		diag_error(p->r->diags, reading_origin(p->r, p->next.offset), "syntax",
			"comparisons cannot follow each other: join two by `and`");
		return NULL;
	}
	push(p, t, &cap, (struct operand){ .tree = left, .offset = right.offset });
	push(p, t, &cap, right);
	return t;
}

static struct tree *parse_not(struct parser *p)
{
	if (p->next.kind == LEX_NOT)
		return parse_prefix(p, TREE_NOT, parse_not);
	return parse_comparison(p);
}

static struct tree *parse_and(struct parser *p)
{
	return parse_chain(p, TREE_AND, LEX_AND, LEX_AND, parse_not);
}

static struct tree *parse_or(struct parser *p)
{
	return parse_chain(p, TREE_OR, LEX_OR, LEX_OR, parse_and);
}

struct tree *tree_parse(const struct reading *r)
{
	struct parser p = { .r = r };
	struct tree *t;

	if (r->n > EXPR_LENGTH_MAX) {
		diag_error(r->diags, reading_origin(r, 0), "limit",
			"an expression has at most %d bytes", EXPR_LENGTH_MAX);
		return NULL;
	}
	advance(&p);
	if (p.next.kind == LEX_END) {
		diag_error(r->diags, reading_origin(r, p.next.offset), "syntax",
			"the expression is empty");
		return NULL;
	}
	t = parse_or(&p);
	if (t && p.next.kind != LEX_END)
		return unexpected(&p, WANTED_OPERATOR);
	return t;
}
