/* How an act is named: its attributes say it once, each place says how much of it is wanted. */
#include "compose/composer.h"

#include "base/date.h"

#include <string.h>

enum cite_parts { CITE_DATE = 1, CITE_ISSUER = 2, CITE_SUBJECT = 4 };

static const struct {
	const char *form;
	unsigned parts;
} forms[] = {
	{ "short", 0 },
	{ "dated", CITE_DATE },
	{ "issuer", CITE_DATE | CITE_ISSUER },
	{ "full", CITE_DATE | CITE_ISSUER | CITE_SUBJECT },
};

static unsigned parts_of(const char *form)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (!strcmp(forms[i].form, form))
			return forms[i].parts;
	return CITE_DATE;
}

const char *cite_text(const struct node *basis, const char *form, struct arena *a)
{
	const char *text = node_attribute(basis, "type");
	const char *number = node_attribute(basis, "number");
	const char *day = node_attribute(basis, "date");
	const char *issuer = node_attribute(basis, "issuer");
	const char *subject = node_attribute(basis, "subject");
	unsigned parts = parts_of(form);
	struct date date;

	if (number) {
		text = arena_printf(a, "%s số %s", text, number);
	} else if (subject) { /* a law: its name stands in the place of the number */
		text = arena_printf(a, "%s %s", text, subject);
		subject = NULL;
	}
	if (parts & CITE_DATE && day && date_parse(day, &date))
		text = arena_printf(a, "%s %s", text, date_long(date, a));
	if (parts & CITE_ISSUER && issuer)
		text = arena_printf(a, "%s của %s", text, issuer);
	if (parts & CITE_SUBJECT && subject)
		text = arena_printf(a, "%s %s", text, subject);
	return text;
}
