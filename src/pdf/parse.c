#include "pdf/parse.h"

#include <stdlib.h>
#include <string.h>

static bool wrong(const struct parser *p, size_t at, const char *expected)
{
	return lex_damaged(&p->lex, at, diag_say(p->lex.diags, expected));
}

/* The place for one more value on the stack, or NULL after an error. */
static struct pdf_object *slot(struct parser *p)
{
	if (p->n_value++ < PDF_VALUES_MAX)
		return ARENA_PUSH(p->scratch, p->stack, p->n_stack, &p->cap);
	lex_limit(&p->lex, p->lex.at, diag_say(p->lex.diags, "values"), PDF_VALUES_MAX);
	return NULL;
}

static bool push(struct parser *p, const struct pdf_object *o)
{
	struct pdf_object *to = slot(p);

	if (to)
		*to = *o;
	return to != NULL;
}

static bool open_level(struct parser *p, bool is_dict)
{
	if (p->n_level == PDF_DEPTH_MAX)
		return lex_limit(&p->lex, p->lex.at, diag_say(p->lex.diags, "arrays and dictionaries in each other"), PDF_DEPTH_MAX);
	p->level[p->n_level++] = (struct parse_level){ .base = p->n_stack, .from = (uint32_t)p->lex.at, .is_dict = is_dict };
	p->lex.at += is_dict ? 2 : 1;
	return true;
}

static int by_key(const void *a, const void *b)
{
	const struct pdf_object *x = a, *y = b;
	int c = memcmp(x->text, y->text, x->n < y->n ? x->n : y->n);

	if (c)
		return c;
	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

enum { FEW_KEYS = 24 };

/* The second of two keys that are the same, or NULL. */
static const struct pdf_object *twice_of_few(const struct pdf_object *pair, size_t n)
{
	for (size_t i = 2; i < n; i += 2)
		for (size_t j = 0; j < i; j += 2)
			if (pair[i].n == pair[j].n && memcmp(pair[i].text, pair[j].text, pair[i].n) == 0)
				return &pair[i];
	return NULL;
}

static bool has_twice_of_many(const struct pdf_object *pair, size_t n, size_t *at)
{
	struct pdf_object *key = memory_new(n / 2, sizeof *key);
	bool is_twice = false;

	for (size_t i = 0; i < n / 2; i++)
		key[i] = pair[2 * i];
	qsort(key, n / 2, sizeof *key, by_key);
	for (size_t i = 1; i < n / 2 && !is_twice; i++) {
		is_twice = key[i].n == key[i - 1].n && memcmp(key[i].text, key[i - 1].text, key[i].n) == 0;
		*at = key[i].from;
	}
	free(key);
	return is_twice;
}

static bool check_keys(struct parser *p, const struct pdf_object *pair, size_t n)
{
	const struct pdf_object *twice;
	size_t at;

	for (size_t i = 0; i < n; i += 2)
		if (pair[i].kind != PDF_NAME)
			return wrong(p, pair[i].from, "a name as the key of a dictionary");
	if (n % 2)
		return wrong(p, p->lex.at, "a value for the last key of the dictionary");
	if (n > 2 * FEW_KEYS)
		return !has_twice_of_many(pair, n, &at) || wrong(p, at, "a key that the dictionary does not have yet");
	twice = twice_of_few(pair, n);
	return !twice || wrong(p, twice->from, "a key that the dictionary does not have yet");
}

bool parse_entries(struct parser *p, size_t base, struct pdf_object *dict)
{
	const struct pdf_object *pair = p->stack + base;
	size_t n = p->n_stack - base;
	struct pdf_entry *entry;

	if (!check_keys(p, pair, n))
		return false;
	entry = ARENA_ARRAY(p->lex.arena, n / 2, struct pdf_entry);
	for (size_t i = 0; i < n / 2; i++)
		entry[i] = (struct pdf_entry){ .key = pair[2 * i].text, .n_key = pair[2 * i].n, .value = pair[2 * i + 1] };
	*dict = (struct pdf_object){ .kind = PDF_DICT, .n = (uint32_t)(n / 2), .entry = entry };
	p->n_stack = base;
	return true;
}

static void take_items(struct parser *p, size_t base, struct pdf_object *array)
{
	size_t n = p->n_stack - base;
	struct pdf_object *item = ARENA_ARRAY(p->lex.arena, n, struct pdf_object);

	if (n)
		memcpy(item, p->stack + base, n * sizeof *item);
	*array = (struct pdf_object){ .kind = PDF_ARRAY, .n = (uint32_t)n, .item = item };
	p->n_stack = base;
}

static bool close_level(struct parser *p, bool is_dict)
{
	const struct parse_level *level;
	struct pdf_object o;

	if (!p->n_level || p->level[p->n_level - 1].is_dict != is_dict || (is_dict && !lex_has(&p->lex, p->lex.at, ">>")))
		return wrong(p, p->lex.at, "a value, or what closes the array or dictionary that is open");
	level = &p->level[--p->n_level];
	if (!is_dict)
		take_items(p, level->base, &o);
	else if (!parse_entries(p, level->base, &o))
		return false;
	p->lex.at += is_dict ? 2 : 1;
	o.from = level->from;
	o.to = (uint32_t)p->lex.at;
	return push(p, &o);
}

/* Two numbers and R. */
static bool take_reference(struct parser *p)
{
	const struct parse_level *level = p->n_level ? &p->level[p->n_level - 1] : NULL;
	const struct pdf_object *top = p->n_stack ? p->stack + p->n_stack : NULL;

	if (!level || !top || p->n_stack - level->base < 2 || top[-1].kind != PDF_INTEGER || top[-2].kind != PDF_INTEGER || top[-2].number < 1
		|| top[-2].number > PDF_NUMBER_MAX || top[-1].number < 0 || top[-1].number > PDF_GENERATION_MAX)
		return wrong(p, p->lex.at - 1, "before R the number of an object and its generation");
	p->stack[p->n_stack - 2] = (struct pdf_object){ .kind = PDF_REFERENCE, .extra = (uint16_t)top[-1].number,
		.from = top[-2].from, .to = (uint32_t)p->lex.at, .number = top[-2].number };
	p->n_stack--;
	return true;
}

static bool take_keyword(struct parser *p)
{
	struct pdf_object o = { .from = (uint32_t)p->lex.at };

	if (lex_word(&p->lex, "true"))
		o = (struct pdf_object){ .kind = PDF_BOOL, .from = o.from, .truth = true };
	else if (lex_word(&p->lex, "false"))
		o.kind = PDF_BOOL;
	else if (!lex_word(&p->lex, "null"))
		return wrong(p, p->lex.at, "a value");
	o.to = (uint32_t)p->lex.at;
	return push(p, &o);
}

static bool take_simple(struct parser *p, bool (*read)(struct lex *, struct pdf_object *))
{
	struct pdf_object *o = slot(p);

	return o && read(&p->lex, o);
}

/* One token: a value, or a bracket. */
static bool take_token(struct parser *p)
{
	struct lex *l = &p->lex;
	char c;

	lex_space(l);
	c = l->at < l->n ? l->text[l->at] : '\0';
	if (lex_class[(unsigned char)c] & LEX_NUMBER)
		return take_simple(p, lex_number);
	switch (c) {
	case '/':
		return take_simple(p, lex_name);
	case '(':
		return take_simple(p, lex_literal);
	case '<':
		return lex_has(l, l->at, "<<") ? open_level(p, true) : take_simple(p, lex_hex);
	case '[':
		return open_level(p, false);
	case 'R':
		return lex_word(l, "R") ? take_reference(p) : wrong(p, l->at, "a value");
	case ']':
	case '>':
		return close_level(p, c == '>');
	default:
		return take_keyword(p);
	}
}

bool parse_value(struct parser *p, struct pdf_object *o)
{
	p->n_level = 0;
	p->n_stack = 0;
	do {
		if (!take_token(p))
			return false;
	} while (p->n_level);
	*o = p->stack[0];
	return true;
}

bool parse_obj(struct parser *p, uint32_t *number, uint16_t *generation)
{
	struct lex *l = &p->lex;
	size_t from = l->at;
	uint64_t n, g;
	bool is_obj = lex_digits(l, PDF_NUMBER_MAX, &n) && lex_class_at(l, l->at) & LEX_WHITE;

	lex_space(l);
	is_obj = is_obj && lex_digits(l, PDF_GENERATION_MAX, &g) && lex_class_at(l, l->at) & LEX_WHITE;
	lex_space(l);
	if (!is_obj || !n || !lex_word(l, "obj"))
		return wrong(p, from, "the number of an object, its generation and 'obj'");
	*number = (uint32_t)n;
	*generation = (uint16_t)g;
	return true;
}
