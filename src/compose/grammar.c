/* The elements of a plan and their attributes, as templates/README.md and templates/schema/ say
 * them. */
#include "compose/plan.h"

#include "base/date.h"

#include <stdlib.h>
#include <string.h>

enum { ATTRIBUTE_NUMBER_MAX = 999, WORDS_MAX = 5 };

#define ANYWHERE (IN_PLAN | IN_BLOCKS | IN_ITEM | IN_TEXT | IN_BASES | IN_POINTS | IN_RECIPIENTS)
#define BLOCKS (IN_PLAN | IN_BLOCKS)
#define LISTS (IN_PLAN | IN_BLOCKS | IN_ITEM)
#define INLINE (IN_ITEM | IN_TEXT)

static const struct rule rules[] = {
	{ "plan", 0, IN_PLAN, { "in", "end", "base", "kind", "symbol", "form" }, { NULL } },
	{ "part", 0, IN_SAME, { "in" }, { NULL } },
	{ "title", IN_PLAN, IN_TEXT, { "in" }, { NULL } },
	{ "define", IN_PLAN | IN_OWN, IN_EMPTY, { "name", "value", "unit", "decimals", "rounding", "in" },
		{ "name", "value" } },
	{ "bases", IN_PLAN, IN_BASES, { "in" }, { NULL } },
	{ "basis", IN_BASES, IN_TEXT,
		{ "id", "type", "number", "date", "issuer", "subject", "hidden", "in" },
		{ "id", "type" } },
	{ "lead", IN_PLAN, IN_TEXT, { "in" }, { NULL } },
	{ "section", BLOCKS, IN_BLOCKS, { "title", "run-in", "number", "in" }, { "title" } },
	{ "p", LISTS, IN_TEXT, { "in" }, { NULL } },
	{ "li", LISTS, IN_ITEM, { "mark", "in" }, { NULL } },
	{ "points", LISTS, IN_POINTS, { "in" }, { NULL } },
	{ "point", IN_POINTS, IN_ITEM, { "in" }, { NULL } },
	{ "table", LISTS, IN_EMPTY, { "ref", "caption", "in" }, { NULL } },
	{ "chart", BLOCKS, IN_EMPTY, { "kind", "title", "table", "rows", "names", "from", "to", "unit", "last", "last-title", "left-out", "on", "in" },
		{ "kind", "title", "table", "from" } },
	{ "b", INLINE, IN_TEXT, { "in" }, { NULL } },
	{ "i", INLINE, IN_TEXT, { "in" }, { NULL } },
	{ "br", INLINE, IN_EMPTY, { NULL }, { NULL } },
	{ "fact", INLINE, IN_TEXT, { "in" }, { NULL } },
	{ "date", INLINE, IN_TEXT, { "form" }, { NULL } },
	{ "cite", INLINE, IN_EMPTY, { "ref", "form" }, { "ref" } },
	{ "link", INLINE, IN_TEXT, { "to", "in" }, { "to" } },
	{ "each", ANYWHERE, IN_SAME, { "in", "where", "sep", "order", "rows" }, { NULL } },
	{ "if", ANYWHERE, IN_SAME, { "test", "in" }, { "test" } },
	{ "else", ANYWHERE, IN_SAME, { "in" }, { NULL } },
	{ "include", LISTS | IN_BASES | IN_POINTS | IN_RECIPIENTS, IN_EMPTY, { "part", "in" },
		{ "part" } },
	{ "recipients", IN_PLAN, IN_RECIPIENTS, { "in" }, { NULL } },
	{ "to", IN_RECIPIENTS, IN_TEXT, { "remark", "in" }, { NULL } },
	{ "file", IN_RECIPIENTS, IN_TEXT, { "copies", "in" }, { NULL } },
	{ "appendix", IN_PLAN, IN_BLOCKS, { "table", "title", "orientation", "separate", "in" },
		{ NULL } },
	{ "own", IN_OWN, IN_SAME, { "slot", "in" }, { "slot" } },
	{ "slot", ANYWHERE, IN_SAME, { "name", "in" }, { "name" } },
};

enum { N_RULE = sizeof rules / sizeof *rules };

/* Attributes with a few values. */
static const struct {
	const char *element;
	const char *attribute;
	const char *word[WORDS_MAX];
} choices[] = {
	{ "plan", "end", { "none" } },
	{ "define", "rounding", { "half-up", "truncate", "half-even" } },
	{ "basis", "hidden", { "yes", "no" } },
	{ "section", "run-in", { "yes", "no" } },
	{ "section", "number", { "none" } },
	{ "date", "form", { "short", "long" } },
	{ "each", "rows", { "leaves", "groups", "members" } },
	{ "cite", "form", { "short", "dated", "issuer", "full" } },
	{ "chart", "kind", { "lines", "bars" } },
	{ "chart", "on", { "sheet" } },
	{ "appendix", "orientation", { "portrait", "landscape" } },
	{ "appendix", "separate", { "yes", "no" } },
};

/* Attributes that are whole numbers. */
static const struct {
	const char *element;
	const char *attribute;
	long most;
} numbers[] = {
	{ "define", "decimals", 9 },
	{ "file", "copies", ATTRIBUTE_NUMBER_MAX },
	{ "chart", "last", ATTRIBUTE_NUMBER_MAX },
};

const struct rule *rule_find(const char *name)
{
	for (size_t i = 0; i < N_RULE; i++)
		if (!strcmp(rules[i].name, name))
			return &rules[i];
	return NULL;
}

static bool check_number(const struct node *n, const char *attribute, long most, struct diags *d)
{
	const char *value = node_attribute(n, attribute);

	if (!value || (*value && strlen(value) <= 3 && strspn(value, "0123456789") == strlen(value)
			      && strtol(value, NULL, 10) <= most))
		return true;
	return diag_error(d, node_place(n, attribute, 0), "value",
		"%s='%s' is not a whole number from 0 to %ld", attribute, value, most);
}

static bool check_date(const struct node *n, struct diags *d)
{
	const char *value = node_is(n, "basis") ? node_attribute(n, "date") : NULL;
	struct date date;

	if (!value || date_parse(value, &date))
		return true;
	return diag_error(d, node_place(n, "date", 0), "date",
		"'%s' is no day; write it as 2024-01-31", value);
}

bool rule_check(const struct node *n, const struct rule *rule, struct diags *d)
{
	size_t n_error = d->n_error;
	bool spelt = node_check_attributes(n, rule->attributes, d);
	bool ok = spelt;

	for (size_t i = 0; spelt && rule->needed[i]; i++) /* else it may just be misspelt */
		ok = node_need(n, rule->needed[i], d) && ok;
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
		if (!strcmp(choices[i].element, rule->name))
			node_choice(n, choices[i].attribute, choices[i].word, 0, d);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (!strcmp(numbers[i].element, rule->name))
			ok = check_number(n, numbers[i].attribute, numbers[i].most, d) && ok;
	return check_date(n, d) && ok && d->n_error == n_error;
}

bool rule_refuse(const struct node *n, unsigned place, struct diags *d)
{
	const char *names[N_RULE + 1];
	size_t n_name = 0;

	if (!n->name)
		return diag_error(d, node_place(n, NULL, strspn(n->text, " \t\r\n")), "text",
			"text cannot stand in <%s>; put it into a paragraph: <p>...</p>",
			n->parent ? n->parent->name : "");
	if (rule_find(n->name))
		return diag_error(d, n->at, "misplaced", "<%s> cannot stand in <%s>", n->name,
			n->parent ? n->parent->name : "");
	for (size_t i = 0; i < N_RULE; i++)
		if (rules[i].inside & place)
			names[n_name++] = rules[i].name;
	names[n_name] = NULL;
	return node_unknown(n, names, d);
}
