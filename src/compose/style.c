#include "compose/style.h"

#include "base/ratio.h"

#include <stddef.h>
#include <string.h>

#define SINGLE 1.15 /* [of the type size] height of a line */
#define MM_PER_PT (25.4 / 72)

static const char style_space[] = "urn:kehoach:style:1";

/* One attribute of the file: where it goes and what is sensible. */
struct style_value {
	const char *element;
	const char *attribute;
	size_t offset; /* in struct style */
	double least, most; /* 0, 0: a list of words, which may be missing */
};

#define AT(member) offsetof(struct style, member)

static const struct style_value values[] = {
	{ "portrait", "width-mm", AT(portrait.width_mm), 100, 600 },
	{ "portrait", "height-mm", AT(portrait.height_mm), 100, 900 },
	{ "portrait", "top-mm", AT(portrait.top_mm), 5, 60 },
	{ "portrait", "bottom-mm", AT(portrait.bottom_mm), 5, 60 },
	{ "portrait", "left-mm", AT(portrait.left_mm), 5, 60 },
	{ "portrait", "right-mm", AT(portrait.right_mm), 5, 60 },
	{ "landscape", "width-mm", AT(landscape.width_mm), 100, 900 },
	{ "landscape", "height-mm", AT(landscape.height_mm), 100, 600 },
	{ "landscape", "top-mm", AT(landscape.top_mm), 5, 60 },
	{ "landscape", "bottom-mm", AT(landscape.bottom_mm), 5, 60 },
	{ "landscape", "left-mm", AT(landscape.left_mm), 5, 60 },
	{ "landscape", "right-mm", AT(landscape.right_mm), 5, 60 },
	{ "letterhead", "nation-pt", AT(nation_pt), 6, 30 },
	{ "letterhead", "motto-pt", AT(motto_pt), 6, 30 },
	{ "letterhead", "issuer-pt", AT(issuer_pt), 6, 30 },
	{ "letterhead", "number-pt", AT(number_pt), 6, 30 },
	{ "letterhead", "place-pt", AT(place_pt), 6, 30 },
	{ "title", "kind-pt", AT(kind_pt), 6, 30 },
	{ "title", "subject-pt", AT(subject_pt), 6, 30 },
	{ "body", "size-pt", AT(body_pt), 6, 30 },
	{ "body", "first-line-mm", AT(first_line_mm), 0, 50 },
	{ "body", "item-indent-mm", AT(item_indent_mm), 0, 50 },
	{ "body", "paragraph-gap-pt", AT(paragraph_gap_pt), 0, 50 },
	{ "body", "line-spacing", AT(line_spacing), 0.8, 3 },
	{ "foot", "recipients-heading-pt", AT(recipients_heading_pt), 6, 30 },
	{ "foot", "recipients-pt", AT(recipients_pt), 6, 30 },
	{ "foot", "signer-pt", AT(signer_pt), 6, 30 },
	{ "foot", "signature-space-mm", AT(signature_space_mm), 0, 80 },
	{ "foot", "signature-width-mm", AT(signature_width_mm), 10, 120 },
	{ "foot", "seal-mm", AT(seal_mm), 10, 80 },
	{ "foot", "seal-cover", AT(seal_cover), 0, 1 },
	{ "issue", "size-pt", AT(issue_pt), 6, 30 },
	{ "issue", "from-top-mm", AT(issue_from_top_mm), 2, 60 },
	{ "issue", "width-mm", AT(issue_width_mm), 20, 200 },
	{ "page-number", "size-pt", AT(page_number_pt), 6, 30 },
	{ "page-number", "from-top-mm", AT(page_number_from_top_mm), 2, 60 },
	{ "rules", "thickness-pt", AT(rule_pt), 0.1, 3 },
	{ "rules", "issuer-part", AT(issuer_rule), 0.1, 1 },
	{ "rules", "subject-part", AT(subject_rule), 0.1, 1 },
	{ "table", "size-pt", AT(table_pt), 5, 30 },
	{ "table", "least-size-pt", AT(table_min_pt), 5, 30 },
	{ "table", "step-pt", AT(table_step_pt), 0.1, 5 },
	{ "table", "rule-pt", AT(table_rule_pt), 0.1, 3 },
	{ "table", "side-pad-pt", AT(table_pad_pt), 0, 20 },
	{ "table", "header-pad-pt", AT(table_header_pad_pt), 0, 20 },
	{ "draft", "size-pt", AT(draft_pt), 6, 200 },
	{ "chart", "across", AT(chart.across), 1, 4 },
	{ "chart", "height-mm", AT(chart.height_mm), 20, 150 },
	{ "chart", "height-least-mm", AT(chart.height_least_mm), 20, 150 },
	{ "chart", "height-most-mm", AT(chart.height_most_mm), 20, 250 },
	{ "chart", "gap-mm", AT(chart.gap_mm), 0, 30 },
	{ "chart", "title-pt", AT(chart.title_pt), 5, 30 },
	{ "chart", "text-pt", AT(chart.text_pt), 5, 20 },
	{ "chart", "line-pt", AT(chart.line_pt), 0.2, 5 },
	{ "chart", "grid-pt", AT(chart.grid_pt), 0.1, 3 },
	{ "chart", "mark-pt", AT(chart.mark_pt), 1, 12 },
	{ "chart", "bar-pt", AT(chart.bar_pt), 6, 40 },
	{ "breaks", "keep-before-number", AT(keep_before_number), 0, 0 },
	{ "breaks", "keep-after-number", AT(keep_after_number), 0, 0 },
};

enum { STYLE_N_VALUE = sizeof values / sizeof *values };

/* Names of the elements or, with an element, of its attributes; NULL-terminated. */
static void list_names(const char *element, const char *names[STYLE_N_VALUE + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < STYLE_N_VALUE; i++) {
		bool first = !i || strcmp(values[i - 1].element, values[i].element) != 0;

		if (element && !strcmp(values[i].element, element))
			names[n++] = values[i].attribute;
		if (!element && first)
			names[n++] = values[i].element;
	}
	names[n] = NULL;
}

static bool check_names(const struct node *root, struct diags *d)
{
	static const char *const none[] = { NULL };
	const char *elements[STYLE_N_VALUE + 1];
	const char *attributes[STYLE_N_VALUE + 1];
	bool ok = node_check_attributes(root, none, d);

	list_names(NULL, elements);
	for (const struct node *child = root->child; child; child = child->next) {
		if (!child->name && node_is_blank(child))
			continue;
		list_names(child->name ? child->name : "", attributes);
		if (!attributes[0])
			ok = node_unknown(child, elements, d);
		else
			ok = node_check_attributes(child, attributes, d) && ok;
	}
	return ok;
}

static const struct node *find_element(const struct node *root, const char *name)
{
	for (const struct node *child = root->child; child; child = child->next)
		if (node_is(child, name))
			return child;
	return NULL;
}

/* The words of a list, NULL-terminated. */
static const char *const *split_words(const char *s, struct arena *a)
{
	static const char white[] = " \t\r\n";
	const char **word = NULL;
	size_t n = 0;
	size_t cap = 0;

	for (s += strspn(s, white); *s; s += strspn(s, white)) {
		size_t length = strcspn(s, white);

		*ARENA_PUSH(a, word, n, &cap) = arena_slice(a, s, length);
		s += length;
	}
	*ARENA_PUSH(a, word, n, &cap) = NULL;
	return word;
}

static bool is_list(const struct style_value *v)
{
	return v->most <= 0;
}

static void read_list(const struct node *root, const struct style_value *v, struct style *style,
	struct arena *a)
{
	const struct node *element = find_element(root, v->element);
	const char *text = element ? node_attribute(element, v->attribute) : NULL;
	const char *const *word = text ? split_words(text, a) : NULL;

	memcpy((char *)style + v->offset, &word, sizeof word);
}

static bool read_value(
	const struct node *root, const struct style_value *v, struct style *style, struct diags *d)
{
	const struct node *element = find_element(root, v->element);
	const char *text = element ? node_need(element, v->attribute, d) : NULL;
	struct ratio x;
	double number;

	if (!element)
		return diag_error(d, root->at, "missing-element", "the style needs <%s %s=\"...\">",
			v->element, v->attribute);
	if (!text)
		return false;
	if (!ratio_parse(text, strlen(text), &x))
		return diag_error(d, node_place(element, v->attribute, 0), "value",
			"'%s' is no number", text);
	number = ratio_double(x);
	if (number < v->least || number > v->most)
		return diag_error(d, node_place(element, v->attribute, 0), "range",
			"%s='%s' is not from %g to %g", v->attribute, text, v->least, v->most);
	memcpy((char *)style + v->offset, &number, sizeof number);
	return true;
}

/* What is printed when an appendix is issued may not reach into its text. */
static bool check_issue(const struct node *root, const struct style *style, struct diags *d)
{
	double bottom = style->issue_from_top_mm + ISSUE_LINES * SINGLE * style->issue_pt * MM_PER_PT;
	double margin = style->portrait.top_mm < style->landscape.top_mm ? style->portrait.top_mm : style->landscape.top_mm;

	if (bottom <= margin)
		return true;
	return diag_error(d, find_element(root, "issue")->at, "range",
		"two lines of size-pt=\"%g\" from from-top-mm=\"%g\" on end %.1f mm from the top, which is in the text: the top margin is %g mm; "
		"make one of them less", style->issue_pt, style->issue_from_top_mm, bottom, margin);
}

const struct style *style_read(struct library *library, const char *name, struct origin at,
	struct arena *a, struct diags *d)
{
	struct style *style = ARENA_NEW(a, struct style);
	struct library_file file;
	const struct node *root;
	bool ok;

	if (!library_find(library, "forms", name, at, &file, d))
		return NULL;
	root = library_tree(library, &file, "style", style_space, a, d);
	if (!root)
		return NULL;
	ok = check_names(root, d);
	for (size_t i = 0; i < STYLE_N_VALUE; i++)
		if (is_list(&values[i]))
			read_list(root, &values[i], style, a);
		else
			ok = read_value(root, &values[i], style, d) && ok;
	if (ok && style->table_min_pt > style->table_pt)
		ok = diag_error(d, find_element(root, "table")->at, "range",
			"least-size-pt is more than size-pt");
	if (ok && style->chart.height_least_mm > style->chart.height_mm)
		ok = diag_error(d, find_element(root, "chart")->at, "range",
			"height-least-mm is more than height-mm");
	if (ok)
		ok = check_issue(root, style, d);
	return ok ? style : NULL;
}
