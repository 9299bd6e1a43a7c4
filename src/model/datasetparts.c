#include "model/datasetparts.h"

#include "base/map.h"
#include "base/ratio.h"
#include "base/utf8.h"

#include <string.h>

static const char *const rule_names[] = { [COUNT_ROWS] = "count", [COUNT_SUM] = "sum", [COUNT_DISTINCT] = "distinct" };

enum { RULE_NAMES = sizeof rule_names / sizeof *rule_names };

/* Which rule an element is, or RULE_NAMES. */
static size_t rule_kind(const struct node *n)
{
	size_t kind = 0;

	while (kind < RULE_NAMES && !node_is(n, rule_names[kind]))
		kind++;
	return kind;
}

bool dataset_is_part(const struct node *n)
{
	return node_is(n, "value") || rule_kind(n) < RULE_NAMES;
}

/* ---- words ---- */

/* Each name once in the field. */
static bool add_name(const char *text, size_t index, struct map *names, const char **name, struct word_value *v, struct origin at,
	struct arena *a, struct diags *d)
{
	const char *folded = utf8_fold(text, strlen(text), a);
	size_t old;

	if (map_add(names, folded, index, &old)) {
		name[v->n_name++] = folded;
		return true;
	}
	return old == index || diag_error(d, at, "duplicate", "another <value> of this field has the name '%s' already", text);
}

static bool read_value(const struct node *n, size_t index, struct map *names, struct word_value *v, struct arena *a, struct diags *d)
{
	static const char *const attributes[] = { "id", NULL };
	static const char *const known[] = { "name", NULL };
	bool ok = node_check_attributes(n, attributes, d);
	const char **name;
	size_t most = 1;

	v->id = node_need(n, "id", d);
	if (!v->id)
		return false;
	for (const struct node *c = n->child; c; c = c->next)
		most++;
	v->name = name = ARENA_ARRAY(a, most, const char *);
	for (const struct node *c = n->child; c; c = c->next) {
		if (node_is_blank(c))
			continue;
		if (!node_is(c, "name"))
			ok = node_unknown(c, known, d);
		else if (!c->child || c->child->next || c->child->name || node_is_blank(c->child))
			ok = diag_error(d, c->at, "name", "<name> holds a word as cells have it");
		else
			ok = add_name(c->child->text, index, names, name, v, c->at, a, d) && ok;
		if (ok && !v->label && node_is(c, "name"))
			v->label = c->child->text;
	}
	v->label = v->label ? v->label : v->id;
	return add_name(v->id, index, names, name, v, n->at, a, d) && ok;
}

const struct word_value *field_word(const struct field *f, const char *folded)
{
	for (size_t i = 0; i < f->n_value; i++)
		for (size_t k = 0; k < f->value[i].n_name; k++)
			if (!strcmp(f->value[i].name[k], folded))
				return &f->value[i];
	return NULL;
}

const char *const *field_words(const struct field *f, struct arena *a)
{
	const char **word = ARENA_ARRAY(a, f->n_value + 1, const char *);

	for (size_t i = 0; i < f->n_value; i++)
		word[i] = f->value[i].label;
	return word;
}

/* ---- rules ---- */

static bool read_rule(const struct node *n, struct count_rule *r, struct diags *d)
{
	static const char *const attributes[] = { "from", "of", "where", NULL };
	bool ok = node_check_attributes(n, attributes, d);

	*r = (struct count_rule){
		.kind = (enum count_kind)rule_kind(n),
		.from = node_need(n, "from", d),
		.of = node_attribute(n, "of"),
		.where = node_attribute(n, "where"),
		.node = n,
	};
	if (r->kind == COUNT_ROWS && r->of)
		ok = diag_error(d, node_place(n, "of", 0), "value", "<count> counts rows; leave out of=\"...\", or write <sum> or <distinct>");
	if (r->kind != COUNT_ROWS && !r->of)
		ok = node_need(n, "of", d);
	return ok && r->from;
}

bool dataset_read_parts(const struct node *n, struct field *f, struct arena *a, struct diags *d)
{
	struct word_value *value = NULL;
	struct count_rule *rule = NULL;
	size_t cap_value = 0;
	size_t cap_rule = 0;
	struct map names;
	bool ok = true;

	map_init(&names, a);
	for (const struct node *c = n->child; c; c = c->next) {
		struct word_value v = { .id = NULL };
		struct count_rule r;

		if (node_is(c, "value") && read_value(c, f->n_value, &names, &v, a, d))
			*ARENA_PUSH(a, value, f->n_value, &cap_value) = v;
		else if (rule_kind(c) < RULE_NAMES && read_rule(c, &r, d))
			*ARENA_PUSH(a, rule, f->n_rule, &cap_rule) = r;
		else if (dataset_is_part(c))
			ok = false;
	}
	f->value = value;
	f->rule = rule;
	if (f->n_value > WORDS_MAX || f->n_rule > RULES_MAX)
		ok = diag_error(d, n->at, "limit", "a field has at most %d words and %d rules of counting", WORDS_MAX, RULES_MAX);
	if (ok && (f->type == FIELD_WORD) != (f->n_value > 0))
		ok = diag_error(d, n->at, "type", "a field of type word has a <value> for each word, and no other field has one");
	if (ok && f->n_rule && f->type != FIELD_COUNT && f->type != FIELD_MONEY && f->type != FIELD_NUMBER)
		ok = diag_error(d, n->at, "type", "only counts, money and numbers are counted, not a field of type %s", field_type_name(f->type));
	return ok;
}

/* ---- attributes ---- */

static bool is_value(const struct field *f, const char *id)
{
	if (f->type == FIELD_FLAG)
		return !strcmp(id, "yes") || !strcmp(id, "no");
	for (size_t i = 0; i < f->n_value; i++)
		if (!strcmp(f->value[i].id, id))
			return true;
	return false;
}

bool dataset_read_blank(const struct node *n, struct field *f, struct diags *d)
{
	const char *most = node_attribute(n, "max");
	struct ratio x;

	f->blank = node_attribute(n, "blank");
	if (f->blank && !is_value(f, f->blank))
		return diag_error(d, node_place(n, "blank", 0), "value",
			"an empty cell can stand for one of the field's words, or for yes or no in a field of type flag, not for '%s'", f->blank);
	if (f->blank && f->needed)
		return diag_error(d, node_place(n, "blank", 0), "value", "a cell that may not be empty stands for nothing; leave out needed or blank");
	if (!most)
		return true;
	if (f->type != FIELD_COUNT || !ratio_parse(most, strlen(most), &x) || x.den != 1 || x.num < 1 || x.num > MOST_MAX)
		return diag_error(d, node_place(n, "max", 0), "value", "max is a whole number from 1 to %d, of a field of type count", MOST_MAX);
	f->most = (unsigned)x.num;
	return true;
}

bool dataset_read_check(const struct node *n, struct row_check *check, struct diags *d)
{
	static const char *const attributes[] = { "that", "message", NULL };
	bool ok = node_check_attributes(n, attributes, d);

	*check = (struct row_check){ node_need(n, "that", d), node_need(n, "message", d), n };
	return ok && check->that && check->message;
}
