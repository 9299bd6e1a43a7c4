#include "expr/piece.h"

#include "base/buf.h"

#include <string.h>

enum {
	CELL_BYTES = 10, /* XFD1048576 */
	RANGE_BYTES = 23, /* with two $ */
	NOISE_DECIMALS = 8, /* what differs behind them is an error of binary fractions */
};

struct piece piece_new(void)
{
	return (struct piece){ .level = LEVEL_PRIMARY };
}

void piece_token(struct maker *m, struct piece *p, struct formula_token token)
{
	if (m->failed)
		return;
	if (token.kind == FORMULA_TEXT)
		p->n_byte += strlen(token.text);
	else
		p->n_byte += token.kind == FORMULA_CELL ? CELL_BYTES : RANGE_BYTES;
	if (p->n_byte >= EXPR_FORMULA_MAX) {
		m->failed = true;
		return;
	}
	*ARENA_PUSH(&m->tmp, p->token, p->n_token, &p->cap) = token;
}

void piece_text(struct maker *m, struct piece *p, const char *text)
{
	piece_token(m, p, (struct formula_token){ .kind = FORMULA_TEXT, .text = text });
}

void piece_add(struct maker *m, struct piece *p, const struct piece *more)
{
	for (size_t i = 0; i < more->n_token && !m->failed; i++)
		piece_token(m, p, more->token[i]);
	p->ranged = p->ranged || more->ranged;
	p->divides = p->divides || more->divides;
	p->na = p->na || more->na;
	p->subtracts = p->subtracts || more->subtracts;
	if (p->depth < more->depth)
		p->depth = more->depth;
}

void piece_add_level(struct maker *m, struct piece *p, const struct piece *more,
	enum piece_level least)
{
	if (more->level >= least) {
		piece_add(m, p, more);
		return;
	}
	piece_text(m, p, "(");
	piece_add(m, p, more);
	piece_text(m, p, ")");
}

void piece_add_term(struct maker *m, struct piece *p, struct piece term, bool inverse)
{
	if (term.minus && term.level >= LEVEL_MULTIPLY) {
		inverse = !inverse;
		term = piece_unsigned(&term);
	}
	p->subtracts = p->subtracts || inverse;
	piece_text(m, p, inverse ? "-" : "+");
	piece_add_level(m, p, &term, inverse || term.minus ? LEVEL_MULTIPLY : LEVEL_ADD);
}

static bool same_token(const struct formula_token *a, const struct formula_token *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == FORMULA_TEXT)
		return !strcmp(a->text, b->text);
	return a->row == b->row && a->column == b->column &&
		(a->kind == FORMULA_CELL || a->row_last == b->row_last);
}

bool piece_same(const struct piece *a, const struct piece *b)
{
	if (a->n_token != b->n_token)
		return false;
	for (size_t i = 0; i < a->n_token; i++)
		if (!same_token(&a->token[i], &b->token[i]))
			return false;
	return true;
}

struct piece piece_unsigned(const struct piece *p)
{
	struct piece rest = *p;

	if (!p->minus || !p->n_token)
		return rest;
	rest.minus = false;
	rest.token++;
	rest.n_token--;
	rest.cap = rest.n_token;
	rest.n_byte--;
	if (rest.level == LEVEL_NEGATE)
		rest.level = LEVEL_PRIMARY;
	return rest;
}

struct piece piece_call(struct maker *m, const char *name, const struct piece *argument,
	size_t n_argument)
{
	struct piece p = piece_new();

	piece_text(m, &p, name);
	piece_text(m, &p, "(");
	for (size_t i = 0; i < n_argument; i++) {
		if (i)
			piece_text(m, &p, ",");
		piece_add(m, &p, &argument[i]);
	}
	piece_text(m, &p, ")");
	p.depth++;
	if (p.depth > FORMULA_DEPTH_MAX || n_argument > FORMULA_ARGUMENTS_MAX)
		m->failed = true;
	return p;
}

struct piece piece_if(struct maker *m, struct piece condition, struct piece yes, struct piece no)
{
	struct piece all[] = { condition, yes, no };

	return piece_call(m, "IF", all, 3);
}

struct piece piece_literal(struct maker *m, const char *text)
{
	struct piece p = piece_new();

	piece_text(m, &p, text);
	return p;
}

struct piece piece_quoted(struct maker *m, const char *text)
{
	size_t n = strlen(text);
	char *quoted = arena_array(&m->tmp, 2 * n + 3, 1);
	size_t k = 0;

	if (n > FORMULA_TEXT_MAX)
		m->failed = true;
	quoted[k++] = '"';
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '"')
			quoted[k++] = '"';
		quoted[k++] = text[i];
	}
	quoted[k++] = '"';
	return piece_literal(m, quoted);
}

struct piece piece_number(struct maker *m, struct ratio x)
{
	struct piece p = piece_new();

	if (x.num < 0) {
		p.minus = true;
		p.level = LEVEL_NEGATE;
		piece_text(m, &p, "-");
		x.num = -x.num;
	}
	piece_text(m, &p, ratio_exact(x, &m->tmp));
	if (p.n_token && strchr(p.token[p.n_token - 1].text, '/'))
		p.level = LEVEL_MULTIPLY;
	return p;
}

struct piece piece_compared(struct maker *m, const struct piece *left, const char *sign,
	const struct piece *right)
{
	struct piece p = { .level = LEVEL_COMPARE };

	piece_add_level(m, &p, left, LEVEL_ADD);
	piece_text(m, &p, sign);
	piece_add_level(m, &p, right, LEVEL_ADD);
	return p;
}

/* "1000" for 1 and 3 */
static const char *with_zeros(struct maker *m, int digit, int n_zero)
{
	char *text = arena_printf(&m->tmp, "%d%*s", digit, n_zero, "");

	for (char *s = text; *s; s++)
		if (*s == ' ')
			*s = '0';
	return text;
}

/* Whether a tie lies above an even digit: |v| * 10^n is 2k + 0.5. The ROUND takes away what binary
 * fractions add. */
static struct piece even_tie(struct maker *m, const struct piece *v, int decimals)
{
	struct piece size = piece_call(m, "ABS", v, 1);
	struct piece whole = piece_new();
	struct piece half = piece_new();
	struct piece round[] = { piece_new(), piece_number(m, ratio_whole(NOISE_DECIMALS)) };
	struct piece p = { .level = LEVEL_COMPARE };

	piece_add(m, &whole, &size);
	piece_add(m, &half, &size);
	if (decimals) {
		piece_text(m, &whole, "*");
		piece_text(m, &whole, with_zeros(m, 1, decimals));
		piece_text(m, &half, "*");
		piece_text(m, &half, with_zeros(m, 5, decimals - 1));
	} else {
		piece_text(m, &half, "/2");
	}
	round[0] = whole;
	whole = piece_call(m, "ROUND", round, 2);
	half = piece_call(m, "INT", &half, 1);
	piece_add(m, &p, &whole);
	piece_text(m, &p, "-2*");
	piece_add(m, &p, &half);
	piece_text(m, &p, "=0.5");
	return p;
}

/* 1.005 - 1 is a little less than 0.005, which would be rounded down. */
static struct piece without_noise(struct maker *m, const struct piece *v, int decimals)
{
	struct piece all[] = { *v, piece_number(m, ratio_whole(decimals + NOISE_DECIMALS)) };

	return v->subtracts ? piece_call(m, "ROUND", all, 2) : *v;
}

struct piece piece_rounded(struct maker *m, const struct piece *v, int decimals, enum rounding how)
{
	struct piece all[] = {
		without_noise(m, v, decimals),
		piece_number(m, ratio_whole(decimals)),
	};
	struct piece p = all[0];

	switch (how) {
	case ROUND_HALF_UP:
		p = piece_call(m, "ROUND", all, 2);
		break;
	case ROUND_TRUNCATE:
		p = piece_call(m, "TRUNC", all, 2);
		break;
	case ROUND_HALF_EVEN:
		p = piece_if(m, even_tie(m, &all[0], decimals), piece_call(m, "ROUNDDOWN", all, 2),
			piece_call(m, "ROUND", all, 2));
		break;
	}
	p.subtracts = false;
	return p;
}

struct piece piece_ceiled(struct maker *m, const struct piece *v)
{
	struct piece all[] = { *v, piece_number(m, ratio_whole(NOISE_DECIMALS)) };
	struct piece minus = { .level = LEVEL_NEGATE, .minus = true };
	struct piece p = { .level = LEVEL_NEGATE, .minus = true };
	struct piece inner = piece_call(m, "ROUND", all, 2);

	piece_text(m, &minus, "-");
	piece_add_level(m, &minus, &inner, LEVEL_PRIMARY);
	inner = piece_call(m, "INT", &minus, 1);
	piece_text(m, &p, "-");
	piece_add(m, &p, &inner);
	return p;
}

struct formula piece_formula(struct maker *m, const struct piece *p, struct arena *arena)
{
	size_t n_token = m->failed ? 0 : p->n_token;
	struct formula_token *token = p->token;
	struct formula made = { .n_token = 0 };
	struct buf text = { .n = 0 };
	size_t n = 0;

	for (size_t i = 0; i < n_token; i++) {
		struct formula_token next = p->token[i];

		if (next.kind == FORMULA_TEXT) {
			buf_puts(&text, next.text);
			if (i + 1 < n_token && p->token[i + 1].kind == FORMULA_TEXT)
				continue;
			next.text = arena_slice(arena, text.text, text.n);
			text.n = 0;
		}
		token[n++] = next;
	}
	if (n) {
		made.token = memcpy(ARENA_ARRAY(arena, n, struct formula_token), token, n * sizeof *token);
		made.n_token = n;
	}
	buf_clear(&text);
	arena_clear(&m->tmp);
	return made;
}
