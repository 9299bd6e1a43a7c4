#include "expr/tree.h"

#include "base/utf8.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool begins_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Bytes of white space at s; NBSP counts, as editors put it into sentences. */
static size_t blank(const char *s, size_t n)
{
	if (n && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r'))
		return 1;
	return n >= 2 && !memcmp(s, "\xC2\xA0", 2) ? 2 : 0;
}

static size_t number_length(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && is_digit(s[i]))
		i++;
	if (i + 1 < n && s[i] == '.' && is_digit(s[i + 1]))
		for (i++; i < n && is_digit(s[i]);)
			i++;
	return i;
}

static size_t name_length(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (begins_name(s[i]) || is_digit(s[i])))
		i++;
	return i;
}

static const struct {
	const char *s;
	enum lex_kind kind;
} signs[] = {
	/* those of two characters first */
	{ "==", LEX_EQUAL },
	{ "!=", LEX_UNEQUAL },
	{ "<>", LEX_UNEQUAL },
	{ "<=", LEX_LESS_EQUAL },
	{ ">=", LEX_GREATER_EQUAL },
	{ "=", LEX_EQUAL },
	{ "<", LEX_LESS },
	{ ">", LEX_GREATER },
	{ "+", LEX_PLUS },
	{ "-", LEX_MINUS },
	{ "*", LEX_TIMES },
	{ "/", LEX_OVER },
	{ "(", LEX_OPEN },
	{ ")", LEX_CLOSE },
	{ ",", LEX_COMMA },
	{ ".", LEX_DOT },
};

static const struct {
	const char *s;
	enum lex_kind kind;
} words[] = {
	{ "and", LEX_AND },
	{ "or", LEX_OR },
	{ "not", LEX_NOT },
};

static enum lex_kind word_kind(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i].s) == n && !memcmp(words[i].s, s, n))
			return words[i].kind;
	return LEX_NAME;
}

static struct lexeme lex_text(const char *s, size_t n, size_t offset, size_t *end)
{
	const char *quote = memchr(s + 1, *s, n - 1);

	if (!quote) {
		*end = offset + n;
		return (struct lexeme){ LEX_OPEN_TEXT, s, 1, offset };
	}
	*end = offset + (size_t)(quote - s) + 1;
	return (struct lexeme){ LEX_TEXT, s + 1, (size_t)(quote - s) - 1, offset };
}

static struct lexeme lex_sign(const char *s, size_t n, size_t offset, size_t *end)
{
	uint32_t code;
	size_t n_char = utf8_decode(s, n, &code);

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n_sign = strlen(signs[i].s);

		if (n_sign <= n && !memcmp(signs[i].s, s, n_sign)) {
			*end = offset + n_sign;
			return (struct lexeme){ signs[i].kind, s, n_sign, offset };
		}
	}
	if (!n_char)
		n_char = 1;
	*end = offset + n_char;
	return (struct lexeme){ LEX_UNKNOWN, s, n_char, offset };
}

struct lexeme lex(const char *text, size_t n, size_t offset, size_t *end)
{
	const char *s;
	size_t n_blank;
	size_t n_word;

	while (offset < n && (n_blank = blank(text + offset, n - offset)))
		offset += n_blank;
	*end = offset;
	s = text + offset;
	n -= offset;
	if (!n)
		return (struct lexeme){ LEX_END, s, 0, offset };
	if (is_digit(*s)) {
		n_word = number_length(s, n);
		*end = offset + n_word;
		return (struct lexeme){ LEX_NUMBER, s, n_word, offset };
	}
	if (begins_name(*s)) {
		n_word = name_length(s, n);
		*end = offset + n_word;
		return (struct lexeme){ word_kind(s, n_word), s, n_word, offset };
	}
	if (*s == '\'' || *s == '"')
		return lex_text(s, n, offset, end);
	return lex_sign(s, n, offset, end);
}
