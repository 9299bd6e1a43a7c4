#include "model/areanames.h"

#include "base/buf.h"
#include "base/numeral.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
	WORD_MAX = 40,	 /* [bytes] of a word, folded */
	FORMS_MAX = 400, /* of all kinds */
	PREFIX_MAX = 80, /* [bytes] in which the end of a prefix is looked for */
	ROMAN_LETTERS = 6, /* "XXVIII" */
	ORDINAL_DIGITS = 3, /* of a row */
};

static const char areas_space[] = "urn:kehoach:areas:1";
static const char divides[] = " .,-:"; /* what may stand between the word and the name */

enum before { BEFORE_ANY, BEFORE_NUMBER, BEFORE_NAME };

/* A way to write an administrative word. */
struct form {
	const char *text; /* folded, without the full stop at its end */
	size_t n;
	bool dotted; /* a full stop, or a number, must follow */
	enum before before;
	const char *kind; /* folded: the word in full */
	unsigned level;
};

struct words {
	const char **word; /* [n] folded */
	size_t n;
	size_t cap;
};

struct area_names {
	struct form *form; /* [n_form] longest first */
	size_t n_form;
	size_t cap;
	struct words number_words;
	struct words list_words;
};

/* ---- reading ---- */

struct names_reader {
	struct area_names *names;
	struct map seen; /* "FORM\nBEFORE" -> form */
	unsigned level;
	struct arena *arena;
	struct diags *diags;
};

/* The text of an element or of an attribute, folded; NULL after an error. */
static const char *read_word(struct names_reader *r, const struct node *n, const char *attribute)
{
	const char *text = attribute ? node_need(n, attribute, r->diags) : n->child ? n->child->text : "";
	const char *folded = text ? utf8_fold(text, strlen(text), r->arena) : NULL;

	if (attribute && !text)
		return NULL;
	if (folded && *folded && !strchr(divides, *folded) && strlen(folded) <= WORD_MAX && (attribute || !n->child->next))
		return folded;
	diag_error(r->diags, n->at, "areas", "<%s> needs one word of at most %d bytes", n->name, WORD_MAX);
	return NULL;
}

static bool add_form(struct names_reader *r, const struct node *n, const char *text, const char *kind, enum before before)
{
	struct area_names *names = r->names;
	size_t length = strlen(text);
	bool dotted = text[length - 1] == '.';
	struct form form = { arena_slice(r->arena, text, length - dotted), length - dotted, dotted, before, kind, r->level };
	const char *key = arena_printf(r->arena, "%s\n%d", form.text, (int)before);
	size_t other;

	if (names->n_form == FORMS_MAX)
		return diag_error(r->diags, n->at, "limit", "there are at most %d words in front of areas", FORMS_MAX);
	if (!map_add(&r->seen, key, names->n_form, &other))
		return diag_error(r->diags, n->at, "areas", "'%s' stands for '%s' already; take one out", text, names->form[other].kind);
	*ARENA_PUSH(r->arena, names->form, names->n_form, &names->cap) = form;
	return true;
}

static bool read_form(struct names_reader *r, const struct node *n, const char *kind)
{
	static const char *const allowed[] = { "before", NULL };
	static const char *const befores[] = { [BEFORE_ANY] = "any", [BEFORE_NUMBER] = "number", [BEFORE_NAME] = "name", NULL };
	const char *text = read_word(r, n, NULL);
	int before = node_choice(n, "before", befores, BEFORE_ANY, r->diags);

	return node_check_attributes(n, allowed, r->diags) && text && add_form(r, n, text, kind, (enum before)before);
}

static bool read_kind(struct names_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "name", NULL };
	static const char *const children[] = { "form", NULL };
	const char *kind = read_word(r, n, "name");
	bool ok = node_check_attributes(n, allowed, r->diags) && kind && add_form(r, n, kind, kind, BEFORE_ANY);

	for (const struct node *c = n->child; c && kind; c = c->next)
		if (node_is(c, "form"))
			ok = read_form(r, c, kind) && ok;
		else if (!node_is_blank(c))
			ok = node_unknown(c, children, r->diags);
	return ok;
}

static bool read_level(struct names_reader *r, const struct node *n)
{
	static const char *const none[] = { NULL };
	static const char *const children[] = { "kind", NULL };
	bool ok = node_check_attributes(n, none, r->diags);

	r->level++;
	for (const struct node *c = n->child; c; c = c->next)
		if (node_is(c, "kind"))
			ok = read_kind(r, c) && ok;
		else if (!node_is_blank(c))
			ok = node_unknown(c, children, r->diags);
	return ok;
}

static bool read_list(struct names_reader *r, const struct node *n, struct words *words)
{
	static const char *const none[] = { NULL };
	const char *word = read_word(r, n, NULL);

	if (!node_check_attributes(n, none, r->diags) || !word)
		return false;
	if (words->n == FORMS_MAX)
		return diag_error(r->diags, n->at, "limit", "there are at most %d words in front of areas", FORMS_MAX);
	*ARENA_PUSH(r->arena, words->word, words->n, &words->cap) = word;
	return true;
}

static bool read_element(struct names_reader *r, const struct node *n)
{
	static const char *const children[] = { "level", "number-word", "list-word", NULL };

	if (node_is(n, "level"))
		return read_level(r, n);
	if (node_is(n, "number-word"))
		return read_list(r, n, &r->names->number_words);
	if (node_is(n, "list-word"))
		return read_list(r, n, &r->names->list_words);
	return node_is_blank(n) || node_unknown(n, children, r->diags);
}

static int longest_first(const void *a, const void *b)
{
	const struct form *p = a;
	const struct form *q = b;

	if (p->n != q->n)
		return p->n < q->n ? 1 : -1;
	return strcmp(p->text, q->text) ? strcmp(p->text, q->text) : (int)q->before - (int)p->before;
}

const struct area_names *area_names_read(struct library *library, struct origin at, struct arena *a, struct diags *d)
{
	static const char *const none[] = { NULL };
	struct names_reader r = { .names = ARENA_NEW(a, struct area_names), .arena = a, .diags = d };
	struct library_file file;
	const struct node *root;
	size_t n_error = d->n_error;
	bool ok;

	if (!library_find(library, "areas", "prefixes", at, &file, d))
		return NULL;
	root = library_tree(library, &file, "areas", areas_space, a, d);
	if (!root)
		return NULL;
	map_init(&r.seen, a);
	ok = node_check_attributes(root, none, d);
	for (const struct node *n = root->child; n; n = n->next)
		ok = read_element(&r, n) && ok;
	if (r.names->n_form)
		qsort(r.names->form, r.names->n_form, sizeof *r.names->form, longest_first);
	return ok && d->n_error == n_error ? r.names : NULL;
}

/* ---- the word in front ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What stands behind the word; NULL: the form does not end here. */
static const char *behind_form(const struct form *f, const char *s)
{
	const char *end = s + f->n;
	const char *name;
	bool number;

	if (strncmp(s, f->text, f->n) != 0)
		return NULL;
	name = end + strspn(end, divides);
	number = is_digit(*name);
	if (!*name || (name == end && !number) || (f->dotted && *end != '.' && !number))
		return NULL;
	return (f->before == BEFORE_NUMBER && !number) || (f->before == BEFORE_NAME && number) ? NULL : name;
}

/* Behind a word such as "số", if a number stands there. */
static const char *behind_number_word(const struct words *words, const char *s)
{
	for (size_t i = 0; i < words->n; i++) {
		size_t n = strlen(words->word[i]);
		size_t gap = strncmp(s, words->word[i], n) ? 0 : strspn(s + n, divides);

		if (!strncmp(s, words->word[i], n) && (is_digit(s[n + gap]) || (gap && strchr("ivx", s[n + gap]) && s[n + gap])))
			return s + n + gap;
	}
	return s;
}

/* Whether the text is the word and no name. */
static bool is_form(const struct form *f, const char *s)
{
	return !strncmp(s, f->text, f->n) && !s[f->n + strspn(s + f->n, divides)];
}

/* The longest word the text begins with, and the name behind it; NULL: none. */
static const struct form *find_form(const struct area_names *names, const char *s, const char **name)
{
	*name = s;
	for (size_t i = 0; names && i < names->n_form; i++) {
		const struct form *f = &names->form[i];
		const char *behind = *f->text == *s ? behind_form(f, s) : NULL;

		if (behind) {
			*name = behind_number_word(&names->number_words, behind);
			return f;
		}
		if (*f->text == *s && is_form(f, s))
			return NULL;
	}
	return NULL;
}

/* ---- numbers ---- */

static bool is_part_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || (unsigned char)c >= 0x80;
}

/* Whether the word stands in the text by itself. */
static bool stands_alone(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = strstr(text, word); s; s = strstr(s + 1, word))
		if ((s == text || !is_part_of_word(s[-1])) && !is_part_of_word(s[n]))
			return true;
	return false;
}

/* The number of a Roman numeral; 0: it is none. Small letters may be a syllable: "v", "vi", "xi" are numerals as capitals
 * only. */
static unsigned roman_number(const char *s, size_t n, const char *text, struct arena *a)
{
	char capitals[ROMAN_LETTERS + 1] = { 0 };
	unsigned value;

	if (!n || n > ROMAN_LETTERS)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (!strchr("ivx", s[i]))
			return 0;
		capitals[i] = (char)(s[i] - 'a' + 'A');
	}
	value = roman_read(capitals, n, a);
	if (n == 1 || (n == 2 && s[1] == 'i' && s[0] != 'i'))
		return stands_alone(text, capitals) ? value : 0;
	return value;
}

/* Digits without zeros in front of them, unless they are decimals; returns how many bytes were read. */
static size_t put_number(struct buf *b, const char *s, size_t n, char before)
{
	size_t end = 0;
	size_t zeros = 0;

	while (end < n && is_digit(s[end]))
		end++;
	while (zeros + 1 < end && s[zeros] == '0' && before != '.' && before != ',')
		zeros++;
	buf_put(b, s + zeros, end - zeros);
	return end;
}

static void put_word(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t letters = i;

		while (letters < n && !is_digit(s[letters]))
			letters++;
		buf_put(b, s + i, letters - i);
		i = letters;
		if (i < n)
			i += put_number(b, s + i, n - i, i ? s[i - 1] : ' ');
	}
}

/* The name word by word; the first may be a Roman numeral where an administrative word stands before it, the last always. */
static void put_name(struct buf *b, const char *s, size_t n, bool has_word, const char *text, struct arena *a)
{
	for (size_t i = 0; i < n;) {
		size_t end = i;
		unsigned roman = 0;

		while (end < n && s[end] != ' ')
			end++;
		if (end == n || (!i && has_word))
			roman = roman_number(s + i, end - i, text, a);
		if (roman)
			buf_printf(b, "%u", roman);
		else
			put_word(b, s + i, end - i);
		if (end < n)
			buf_putc(b, ' ');
		i = end + (end < n);
	}
}

/* ---- marks around a name ---- */

/* "1. ", "12) " of a row in front of a name that begins with a letter; 0: there is none. */
static size_t leading_ordinal(const char *s)
{
	size_t n = strspn(s, "0123456789");
	size_t end;

	if (!n || n > ORDINAL_DIGITS || (s[n] != '.' && s[n] != ')'))
		return 0;
	end = n + 1 + strspn(s + n + 1, " ");
	return end > n + 1 && is_part_of_word(s[end]) && !is_digit(s[end]) ? end : 0;
}

/* "*", "(*)", "(**)" at the end of n bytes; 0: there is none. */
static size_t footnote(const char *s, size_t n)
{
	bool in_brackets = n && s[n - 1] == ')';
	size_t i = n - in_brackets;

	while (i && s[i - 1] == '*')
		i--;
	if (i == n - in_brackets || (in_brackets && (!i || s[i - 1] != '(')))
		return 0;
	return n - i + in_brackets;
}

/* Without the marks of footnotes, and what divides, at its end. */
static size_t without_end(const char *s, size_t n)
{
	for (size_t mark = 1; mark;) {
		while (n > 1 && strchr(divides, s[n - 1]))
			n--;
		mark = footnote(s, n);
		if (mark == n)
			return n;
		n -= mark;
	}
	return n;
}

/* ---- the form ---- */

void area_name_of(const struct area_names *names, const char *text, const char *folded, struct arena *a, struct area_name *name)
{
	const char *s = folded;
	const struct form *form;
	struct buf b = { 0 };
	size_t n;

	for (size_t skip = leading_ordinal(s); skip; skip = leading_ordinal(s))
		s += skip;
	form = find_form(names, s, &s);
	n = without_end(s, strlen(s));
	*name = (struct area_name){ .folded = folded, .level = form ? form->level : 0 };
	if (form)
		buf_printf(&b, "%s ", form->kind);
	name->bare = b.n;
	put_name(&b, s, n, form, text, a);
	name->normal = b.text && strcmp(b.text, folded) != 0 ? arena_slice(a, b.text, b.n) : folded;
	buf_clear(&b);
}

const char *area_names_normal(const struct area_names *names, const char *text, struct arena *a)
{
	struct area_name name;

	area_name_of(names, text, utf8_fold(text, strlen(text), a), a, &name);
	return name.normal;
}

/* Whether the first n bytes are such a word and nothing else. */
static bool is_prefix(const struct area_names *names, const char *text, size_t n, struct arena *a)
{
	const char *folded = utf8_fold(text, n, a);
	const char *name;

	return find_form(names, arena_printf(a, "%s 9", folded), &name) && !strcmp(name, "9");
}

size_t area_names_prefix(const struct area_names *names, const char *text)
{
	struct arena scratch = { 0 };
	const char *name;
	bool has_word = find_form(names, utf8_fold(text, strlen(text), &scratch), &name);
	size_t best = 0;

	for (size_t i = 1; i < PREFIX_MAX && has_word && text[i - 1] && text[i]; i++)
		if (!strchr(divides, text[i]) && (strchr(divides, text[i - 1]) || is_digit(text[i])) && is_prefix(names, text, i, &scratch))
			best = i;
	arena_clear(&scratch);
	return best;
}

size_t area_names_list_word(const struct area_names *names, const char *text)
{
	struct arena scratch = { 0 };
	size_t n = strcspn(text, " ");
	size_t found = 0;

	if (text[n] && n <= WORD_MAX && names) {
		const char *folded = utf8_fold(text, n, &scratch);

		for (size_t i = 0; i < names->list_words.n; i++)
			if (!strcmp(folded, names->list_words.word[i]))
				found = n + 1;
	}
	arena_clear(&scratch);
	return found;
}
