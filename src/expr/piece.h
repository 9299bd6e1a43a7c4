/* piece: parts of a formula while it is put together.
 *
 * Owner:  the arena of struct maker, which is cleared once the formula is made
 * Errors: what grows too large sets maker->failed, and there is no formula; nothing is reported
 */
#ifndef EXPR_PIECE_H
#define EXPR_PIECE_H

#include "expr/formula.h"

enum {
	FORMULA_DEPTH_MAX = 60,	     /* functions in functions; Excel takes 64 */
	FORMULA_ARGUMENTS_MAX = 255, /* of one function */
	FORMULA_TEXT_MAX = 255,	     /* [bytes] of a text between quotes */
	FORMULA_ROWS_MAX = 64,	     /* rows whose terms are written one by one */
};

struct maker {
	const struct formula_env *env;
	struct arena tmp;
	bool failed;
	bool not_array; /* something was met that spreadsheets do not compute for a range */
	int depth;
	int n_step; /* values made so far */
};

/* How tightly the outermost operator binds; the order counts. */
enum piece_level { LEVEL_COMPARE, LEVEL_ADD, LEVEL_MULTIPLY, LEVEL_NEGATE, LEVEL_PRIMARY };

struct piece {
	struct formula_token *token; /* [n_token] */
	size_t n_token;
	size_t cap;
	size_t n_byte; /* at most, when bound to addresses */
	enum piece_level level;
	bool minus;   /* the first token is a sign */
	bool ranged;  /* gives a value for each row of a range */
	bool divides; /* an error where a denominator is zero */
	bool na;      /* may give "-" by itself */
	bool subtracts; /* binary fractions may leave a remainder where the exact value is a tie */
	int depth;    /* functions in functions */
};

struct piece piece_new(void);
void piece_text(struct maker *, struct piece *, const char *text);
void piece_token(struct maker *, struct piece *, struct formula_token);
void piece_add(struct maker *, struct piece *, const struct piece *more);
/* In brackets unless it binds at least that tightly. */
void piece_add_level(struct maker *, struct piece *, const struct piece *more,
	enum piece_level least);
/* One more term of a sum; the sign it begins with goes into the operator. */
void piece_add_term(struct maker *, struct piece *sum, struct piece term, bool inverse);
bool piece_same(const struct piece *, const struct piece *);
struct piece piece_unsigned(const struct piece *); /* without the sign it begins with */

/* NAME(a, b, ...) */
struct piece piece_call(struct maker *, const char *name, const struct piece *argument,
	size_t n_argument);
struct piece piece_if(struct maker *, struct piece condition, struct piece yes, struct piece no);
struct piece piece_literal(struct maker *, const char *text); /* as it is */
struct piece piece_quoted(struct maker *, const char *text);
struct piece piece_number(struct maker *, struct ratio);
struct piece piece_compared(struct maker *, const struct piece *left, const char *sign,
	const struct piece *right);
struct piece piece_ceiled(struct maker *, const struct piece *); /* -INT(-x) */
struct piece piece_rounded(struct maker *, const struct piece *, int decimals, enum rounding);

/* The formula that a piece is, with texts that follow each other as one; none where something failed. Clears the maker. */
struct formula piece_formula(struct maker *, const struct piece *, struct arena *);

/* An operand of a formula whose state it must ask for. */
struct guarded {
	struct piece piece;
	bool text;    /* else a number */
	bool na;      /* may be "-" */
	size_t n_row; /* of a range; 0: one cell or expression */
};

/* What a value stands on: it is ok when all operands are there and no denominator is zero. */
struct scope {
	struct guarded *operand; /* [n_operand] sorted: ranges, cells, expressions; each once */
	size_t n_operand;
	size_t cap_operand;
	struct piece *zero; /* [n_zero] conditions that make it not applicable; each once */
	size_t n_zero;
	size_t cap_zero;
};

void scope_operand(struct maker *, struct scope *, const struct guarded *);
void scope_zero(struct maker *, struct scope *, const struct piece *denominator);
void scope_merge(struct maker *, struct scope *, const struct scope *more);
/* The value with the guards of the scope. */
struct piece scope_guard(struct maker *, const struct scope *, const struct piece *value);

#endif
