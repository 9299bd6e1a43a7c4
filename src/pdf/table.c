#include "pdf/reading.h"

enum { ENTRY_BYTES = 20 };

static bool wrong(const struct reading *r, size_t at, const char *expected)
{
	return lex_damaged(&r->parser.lex, at, diag_say(r->diags, expected));
}

static uint32_t digits(const char *s, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (uint64_t)(s[i] - '0');
	return v > UINT32_MAX ? UINT32_MAX : (uint32_t)v;
}

/* `0000000015 00000 n` and two bytes that end the line. */
static bool is_line(const char *s)
{
	for (size_t i = 0; i < 16; i++)
		if (i == 10 ? s[i] != ' ' : s[i] < '0' || s[i] > '9')
			return false;
	return s[16] == ' ' && (s[17] == 'n' || s[17] == 'f')
		&& ((s[18] == ' ' && (s[19] == '\n' || s[19] == '\r')) || (s[18] == '\r' && s[19] == '\n'));
}

static bool read_line(struct reading *r, struct section *s, uint32_t number)
{
	struct lex *l = &r->parser.lex;
	const char *line = l->text + l->at;
	size_t at = l->at;
	uint32_t generation;

	if (l->n - at < ENTRY_BYTES || !is_line(line))
		return wrong(r, at, "an entry of 20 bytes, like '0000000015 00000 n' and a line end of two");
	generation = digits(line + 11, 5);
	if (generation > PDF_GENERATION_MAX)
		return wrong(r, at, "a generation of at most 65535");
	l->at += ENTRY_BYTES;
	return add_entry(r, s, (struct xref_entry){ .number = number, .generation = (uint16_t)generation,
		.state = line[17] == 'n' ? PDF_AT : PDF_FREE, .at = digits(line, 10) }, at);
}

static bool read_group(struct reading *r, struct section *s)
{
	struct lex *l = &r->parser.lex;
	size_t at = l->at;
	uint64_t first, n;
	bool is_head = lex_digits(l, PDF_NUMBER_MAX, &first) && lex_has(l, l->at, " ");

	l->at++;
	is_head = is_head && lex_digits(l, PDF_NUMBER_MAX + 1 - first, &n);
	if (!is_head)
		return wrong(r, at, "the first object number of a group of entries and how many there are, or trailer");
	while (lex_has(l, l->at, " "))
		l->at++;
	if (!lex_line_end(l))
		return wrong(r, l->at, "a line end");
	for (uint64_t i = 0; i < n; i++)
		if (!read_line(r, s, (uint32_t)(first + i)))
			return false;
	return true;
}

bool read_table(struct reading *r, struct section *s)
{
	struct lex *l = &r->parser.lex;

	lex_space(l);
	while (!lex_word(l, "trailer")) {
		if (!read_group(r, s))
			return false;
		while (lex_class_at(l, l->at) & LEX_WHITE && l->at < l->n)
			l->at++;
	}
	return true;
}
