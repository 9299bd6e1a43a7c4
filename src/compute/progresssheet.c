/* What templates/progress/NAME.xml says of looks: colours of statuses, sheets of the workbook. */
#include "compute/progressing.h"

#include "base/colour.h"
#include "base/utf8.h"

#include <string.h>

static const char *const yes_no[] = { "no", "yes", NULL };

const char *const *names_split(const char *list, struct arena *a)
{
	char *rest = NULL;
	const char **name = NULL;
	size_t n = 0;
	size_t cap = 0;

	for (char *s = strtok_r(arena_text(a, list ? list : ""), " ", &rest); s; s = strtok_r(NULL, " ", &rest))
		*ARENA_PUSH(a, name, n, &cap) = s;
	*ARENA_PUSH(a, name, n, &cap) = NULL;
	return name;
}

/* ---- colours ---- */

static bool read_colour(const struct node *n, const char *attribute, uint32_t *rgb, struct diags *d)
{
	const char *text = node_need(n, attribute, d);

	return text
		&& (colour_parse(text, rgb)
			|| diag_error(d, node_place(n, attribute, 0), "value", "'%s' is no colour; write six digits of 0-9 and a-f, as in FDE9D9", text));
}

/* In hundredths, cut off, so that what is just too little is not told as enough. */
static unsigned hundredths(double x)
{
	return (unsigned)(x * 100);
}

void status_look_read(const struct node *n, struct progress_status *status, struct diags *d)
{
	double contrast;

	if (!node_attribute(n, "fill") && !node_attribute(n, "ink"))
		return;
	if (!read_colour(n, "fill", &status->fill, d) || !read_colour(n, "ink", &status->ink, d))
		return;
	status->has_look = true;
	contrast = colour_contrast(status->fill, status->ink);
	if (contrast < COLOUR_CONTRAST_MIN)
		diag_error(d, node_place(n, "ink", 0), "contrast",
			"letters of the colour %s on the ground %s have a contrast of %u.%02u:1, too little to be read; it must be at least 4.5:1: make one darker, the other lighter",
			node_attribute(n, "ink"), node_attribute(n, "fill"), hundredths(contrast) / 100, hundredths(contrast) % 100);
}

/* ---- sheets ---- */

void sheet_read(const struct node *n, struct arena *a, struct progress_sheet *sheet, struct diags *d)
{
	static const char *const attributes[] = { "name", "tables", "is", "brief", "page", "filters", NULL };
	static const char *const kinds[] = { "remarks", "sources", "policy", "meanings", "findings", "charts", NULL };
	static const char *const pages[] = { "one", NULL };
	int kind = node_choice(n, "is", kinds, -1, d);

	node_check_attributes(n, attributes, d);
	*sheet = (struct progress_sheet){
		.name = node_need(n, "name", d),
		.tables = names_split(node_attribute(n, "tables"), a),
		.is = kind < 0 ? NULL : kinds[kind],
		.brief = node_choice(n, "brief", yes_no, 0, d) == 1,
		.one_page = node_choice(n, "page", pages, -1, d) == 0,
		.filters = node_choice(n, "filters", yes_no, 0, d) == 1,
		.node = n,
	};
	if (!node_attribute(n, "is") == !node_attribute(n, "tables"))
		diag_error(d, n->at, "missing-attribute", "<sheet> needs either tables=\"...\" or is=\"...\"");
	if (sheet->filters && sheet->tables[0] && sheet->tables[1])
		diag_error(d, node_place(n, "filters", 0), "value", "a sheet with filters has one table; give the others sheets of their own");
}

static void check_name(const struct progress_template *t, size_t i, struct arena *a, struct diags *d)
{
	const struct progress_sheet *sheet = &t->sheet[i];
	struct origin at = node_place(sheet->node, "name", 0);

	if (!sheet->name)
		return;
	if (!*sheet->name || strpbrk(sheet->name, "[]:*?/\\'") || utf8_units(sheet->name, strlen(sheet->name)) > TAB_NAME_MAX)
		diag_error(d, at, "name", "'%s' cannot be the name of a sheet; write at most %d characters, none of []:*?/\\'", sheet->name,
			TAB_NAME_MAX);
	for (size_t k = 0; k < i; k++)
		if (t->sheet[k].name && !strcmp(utf8_fold(sheet->name, strlen(sheet->name), a), utf8_fold(t->sheet[k].name, strlen(t->sheet[k].name), a)))
			diag_error(d, at, "duplicate", "'%s' stands there twice; rename one of the two", sheet->name);
}

static bool has_name(const char *const *list, const char *name)
{
	while (*list && strcmp(*list, name) != 0)
		list++;
	return *list;
}

void sheets_check(const struct progress_template *t, struct arena *a, struct diags *d)
{
	for (size_t i = 0; i < t->n_sheet; i++) {
		const struct progress_sheet *sheet = &t->sheet[i];

		check_name(t, i, a, d);
		for (const char *const *table = sheet->tables; *table; table++)
			if (!has_name(t->tables, *table))
				diag_error(d, node_place(sheet->node, "tables", 0), "unknown-name",
					"the table '%s' is none of tables=\"...\" of <progress>; add it there", *table);
	}
	if (!t->n_sheet)
		diag_error(d, t->root->at, "missing-element", "a template of progress needs at least one <sheet>");
}
