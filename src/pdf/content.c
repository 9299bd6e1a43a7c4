#include "pdf/content.h"

#include "pdf/parse.h"

#include <string.h>

enum { OPERATOR_MAX = 32 };

struct pdf_content {
	struct parser parser;
	struct pdf_object *operand;
	size_t n;
	size_t cap;
};

static bool wrong(const struct pdf_content *c, size_t at, const char *expected)
{
	return lex_damaged(&c->parser.lex, at, diag_say(c->parser.lex.diags, expected));
}

struct pdf_content *pdf_content_open(struct bytes data, const char *shown, struct arena *arena)
{
	struct pdf_content *c = ARENA_NEW(arena, struct pdf_content);

	c->parser.scratch = arena;
	c->parser.lex = (struct lex){ .text = data.data, .n = data.n, .arena = arena, .shown = shown, .is_content = true };
	return c;
}

static bool is_operand(const struct lex *l)
{
	static const char *const words[] = { "true", "false", "null" };

	if (lex_class_at(l, l->at) & (LEX_NUMBER | LEX_DELIMITER))
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct lex copy = *l;

		if (lex_word(&copy, words[i]))
			return true;
	}
	return false;
}

static bool take_operand(struct pdf_content *c)
{
	struct pdf_object o;

	if (!parse_value(&c->parser, &o))
		return false;
	*ARENA_PUSH(c->parser.scratch, c->operand, c->n, &c->cap) = o;
	return true;
}

static void take_name(struct lex *l, struct pdf_operation *op)
{
	op->name = l->text + l->at;
	while (!(lex_class_at(l, l->at) & (LEX_WHITE | LEX_DELIMITER)))
		l->at++;
	op->n_name = (size_t)(l->text + l->at - op->name);
	op->to = l->at;
}

/* The dictionary between BI and ID, without brackets. */
static bool take_image_dict(struct pdf_content *c, size_t from)
{
	struct parser *p = &c->parser;
	struct pdf_object dict;

	for (lex_space(&p->lex); !lex_word(&p->lex, "ID"); lex_space(&p->lex))
		if (p->lex.at >= p->lex.n || !is_operand(&p->lex))
			return wrong(c, p->lex.at, "ID, behind the names and values of an inline image");
		else if (!take_operand(c))
			return false;
	p->n_stack = 0;
	for (size_t i = 0; i < c->n; i++)
		*ARENA_PUSH(p->scratch, p->stack, p->n_stack, &p->cap) = c->operand[i];
	if (!parse_entries(p, 0, &dict))
		return false;
	dict.from = (uint32_t)from;
	dict.to = (uint32_t)p->lex.at;
	c->operand[0] = dict;
	c->n = 1;
	return true;
}

/* The bytes of an inline image say nowhere how many they are: they end before the first EI between white space. */
static bool skip_image(struct pdf_content *c)
{
	struct lex *l = &c->parser.lex;
	size_t from = l->at;

	if (!(lex_class_at(l, l->at) & LEX_WHITE) || l->at >= l->n)
		return wrong(c, l->at, "one white-space byte behind ID");
	for (; l->at + 2 < l->n; l->at++) {
		const char *s = memchr(l->text + l->at + 1, 'E', l->n - l->at - 2);

		if (!s)
			break;
		l->at = (size_t)(s - l->text) - 1;
		if (lex_class_at(l, l->at) & LEX_WHITE && s[1] == 'I' && lex_class_at(l, l->at + 3) & LEX_WHITE) {
			l->at += 3;
			return true;
		}
	}
	return wrong(c, from, "EI, behind the bytes of an inline image");
}

static bool take_image(struct pdf_content *c, struct pdf_operation *op)
{
	if (c->n)
		return wrong(c, op->from, "BI without operands");
	/* a dictionary needs room for itself even if it is empty */
	ARENA_PUSH(c->parser.scratch, c->operand, c->n, &c->cap);
	c->n = 0;
	return take_image_dict(c, op->from) && skip_image(c);
}

bool pdf_content_next(struct pdf_content *c, struct pdf_operation *op, bool *done, struct diags *d)
{
	struct lex *l = &c->parser.lex;

	l->diags = d;
	c->n = 0;
	lex_space(l);
	*op = (struct pdf_operation){ .from = l->at };
	for (; l->at < l->n && is_operand(l); lex_space(l))
		if (!take_operand(c))
			return false;
	*done = l->at >= l->n;
	if (*done)
		return !c->n || wrong(c, l->at, "an operator behind its operands");
	take_name(l, op);
	if (op->n_name > OPERATOR_MAX)
		return wrong(c, l->at - op->n_name, "an operator");
	if (pdf_operation_is(op, "BI") && !take_image(c, op))
		return false;
	op->to = l->at;
	op->operand = c->operand;
	op->n = c->n;
	return true;
}

bool pdf_operation_is(const struct pdf_operation *op, const char *name)
{
	return op->n_name == strlen(name) && memcmp(op->name, name, op->n_name) == 0;
}
