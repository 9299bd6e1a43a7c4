/* templates/progress/NAME.xml as it stands; its expressions are read when the tables are there that they speak of. */
#include "compute/progressing.h"

#include "base/map.h"

#include <string.h>

static const char progress_space[] = "urn:kehoach:progress:1";
static const char *const yes_no[] = { "no", "yes", NULL };

struct progress_reader {
	const struct job *job;
	struct arena *a;
	struct diags *d;
	struct map ids;
	struct indicator *base, *indicator;
	struct progress_status *status;
	struct progress_sheet *sheet;
	size_t n_base, cap_base;
	size_t n_indicator, cap_indicator;
	size_t n_status, cap_status;
	size_t n_sheet, cap_sheet;
	bool own_sheets; /* those of <above> */
	struct progress_check *check;
	size_t n_check, cap_check;
};

static bool is_name(const char *s)
{
	return *s >= 'a' && *s <= 'z' && !s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")];
}

static const char *read_id(struct progress_reader *r, const struct node *n)
{
	const char *id = node_need(n, "id", r->d);

	if (id && !is_name(id))
		diag_error(r->d, node_place(n, "id", 0), "name", "'%s' is no name; use a-z, 0-9 and _, a letter first", id);
	else if (id && !map_add(&r->ids, id, 0, NULL))
		diag_error(r->d, node_place(n, "id", 0), "duplicate", "'%s' stands there twice; rename one of the two", id);
	return id;
}

/* <term table= from= to= [where=] [of=]>: between which quarters the plan says that rows are. */
static void check_term(struct progress_reader *r, const struct node *target, const struct node *n)
{
	static const char *const elements[] = { "term", NULL };
	static const char *const attributes[] = { "table", "from", "to", "where", "of", NULL };

	if (node_is_blank(n))
		return;
	if (!node_is(n, "term")) {
		node_unknown(n, elements, r->d);
		return;
	}
	node_check_attributes(n, attributes, r->d);
	for (const char *const *need = (const char *const[]){ "table", "from", "to", NULL }; *need; need++)
		node_need(n, *need, r->d);
	if (!node_attribute(target, "value") || node_attribute(target, "quarters") || node_attribute(target, "months"))
		diag_error(r->d, n->at, "value", "<term> needs a <target> with value=\"...\" and without quarters or months");
}

static void read_target(struct progress_reader *r, const struct node *n, struct target *target)
{
	*target = (struct target){ node_need(n, "table", r->d), n };
	if (!node_attribute(n, "value") == !node_attribute(n, "total"))
		diag_error(r->d, n->at, "missing-attribute",
			"<target> needs either value=\"...\" (in each row of the table) or total=\"...\" (for all areas together)");
	for (const char *const *with = (const char *const[]){ "where", "quarters", "months", NULL }; *with; with++)
		if (node_attribute(n, *with) && !node_attribute(n, "value"))
			diag_error(r->d, node_place(n, *with, 0), "value", "%s=\"...\" needs value=\"...\"", *with);
	if (node_attribute(n, "quarters") && node_attribute(n, "months"))
		diag_error(r->d, node_place(n, "months", 0), "value", "<target> has quarters=\"...\" and months=\"...\"; leave out one of them");
	if (node_attribute(n, "phased-as") && !node_attribute(n, "total"))
		diag_error(r->d, node_place(n, "phased-as", 0), "value", "%s=\"...\" needs total=\"...\"", "phased-as");
	for (const struct node *child = n->child; child; child = child->next)
		check_term(r, n, child);
}

static void add_target(struct progress_reader *r, const struct node *n, struct indicator *indicator)
{
	if (indicator->n_target == PROGRESS_TARGETS_MAX)
		diag_error(r->d, n->at, "limit", "there are at most %d <target>", PROGRESS_TARGETS_MAX);
	else
		read_target(r, n, (struct target *)&indicator->target[indicator->n_target++]);
}

/* Those of the job, then those of the template. */
static void read_targets(struct progress_reader *r, const struct node *parent, struct indicator *indicator)
{
	static const char *const elements[] = { "target", NULL };
	static const char *const attributes[] = { "table", "value", "where", "quarters", "months", "total", "phased-as", NULL };
	const struct node *own = r->job->progress_node ? r->job->progress_node->child : NULL;

	indicator->target = ARENA_ARRAY(r->a, PROGRESS_TARGETS_MAX, struct target);
	for (const struct node *n = own; n; n = n->next)
		if (node_is(n, "target") && node_attribute(n, "of") && indicator->id && !strcmp(node_attribute(n, "of"), indicator->id))
			add_target(r, n, indicator);
	for (const struct node *n = parent->child; n; n = n->next) {
		if (node_is(n, "target")) {
			node_check_attributes(n, attributes, r->d);
			add_target(r, n, indicator);
		} else if (!node_is_blank(n)) {
			node_unknown(n, elements, r->d);
		}
	}
}

/* <progress> of the job: targets of indicators that there are. */
static void check_own_targets(struct progress_reader *r)
{
	static const char *const elements[] = { "target", NULL };
	static const char *const attributes[] = { "of", "table", "value", "where", "quarters", "months", "total", "phased-as", NULL };
	const struct node *own = r->job->progress_node ? r->job->progress_node->child : NULL;

	for (const struct node *n = own; n; n = n->next) {
		const char *of;

		if (node_is_blank(n))
			continue;
		if (!node_is(n, "target")) {
			node_unknown(n, elements, r->d);
			continue;
		}
		node_check_attributes(n, attributes, r->d);
		of = node_need(n, "of", r->d);
		if (of && !map_find(&r->ids, of, NULL))
			diag_error(r->d, node_place(n, "of", 0), "unknown-name", "there is no indicator '%s' whose target this could be", of);
	}
}

static void read_base(struct progress_reader *r, const struct node *n)
{
	static const char *const attributes[] = { "id", "label", "unit", NULL };
	struct indicator *base = ARENA_PUSH(r->a, r->base, r->n_base, &r->cap_base);

	node_check_attributes(n, attributes, r->d);
	*base = (struct indicator){
		.id = read_id(r, n),
		.label = label_text(n, "label", r->job, r->a, r->d),
		.unit = node_need(n, "unit", r->d),
		.by_area = true,
		.adds = true,
		.node = n,
	};
	read_targets(r, n, base);
}

static void read_less(struct progress_reader *r, const struct node *n, struct indicator *indicator)
{
	static const char *const better[] = { "better", NULL };

	if (node_attribute(n, "less"))
		indicator->is_ceiling = node_choice(n, "less", better, -1, r->d) == 0;
}

static void read_indicator(struct progress_reader *r, const struct node *n)
{
	static const char *const attributes[] = { "id", "group", "label", "unit", "value", "areas", "adds", "headline", "less", NULL };
	struct indicator *indicator = ARENA_PUSH(r->a, r->indicator, r->n_indicator, &r->cap_indicator);

	node_check_attributes(n, attributes, r->d);
	*indicator = (struct indicator){
		.id = read_id(r, n),
		.label = label_text(n, "label", r->job, r->a, r->d),
		.group = node_need(n, "group", r->d),
		.unit = node_need(n, "unit", r->d),
		.value = node_need(n, "value", r->d),
		.by_area = node_choice(n, "areas", yes_no, 1, r->d) == 1,
		.adds = node_choice(n, "adds", yes_no, 1, r->d) == 1,
		.headline = node_choice(n, "headline", yes_no, 0, r->d) == 1,
		.node = n,
	};
	read_less(r, n, indicator);
	read_targets(r, n, indicator);
}

static void read_status(struct progress_reader *r, const struct node *n)
{
	static const char *const attributes[] = { "id", "word", "when", "fill", "ink", NULL };
	struct progress_status *status = ARENA_PUSH(r->a, r->status, r->n_status, &r->cap_status);

	node_check_attributes(n, attributes, r->d);
	*status = (struct progress_status){
		.id = read_id(r, n),
		.word = node_need(n, "word", r->d),
		.when = node_attribute(n, "when"),
		.node = n,
	};
	status_look_read(n, status, r->d);
}

static void read_sheet(struct progress_reader *r, const struct node *n)
{
	if (r->n_sheet == PROGRESS_SHEETS_MAX)
		diag_error(r->d, n->at, "limit", "there are at most %d <sheet>", PROGRESS_SHEETS_MAX);
	else
		sheet_read(n, r->a, ARENA_PUSH(r->a, r->sheet, r->n_sheet, &r->cap_sheet), r->d);
}

static void read_check(struct progress_reader *r, const struct node *n)
{
	static const char *const attributes[] = { "that", "severity", "message", "rule", NULL };
	static const char *const severities[] = { "error", "warning", "note", NULL };
	static const enum severity meant[] = { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };
	const char *rule = node_attribute(n, "rule");
	struct progress_check *check = ARENA_PUSH(r->a, r->check, r->n_check, &r->cap_check);

	node_check_attributes(n, attributes, r->d);
	*check = (struct progress_check){
		.that = node_need(n, "that", r->d),
		.severity = meant[node_choice(n, "severity", severities, 0, r->d)],
		.message = node_need(n, "message", r->d),
		.rule = rule ? rule : "check",
		.node = n,
	};
	if (rule && (!*rule || rule[strspn(rule, "abcdefghijklmnopqrstuvwxyz0123456789-")]))
		diag_error(r->d, node_place(n, "rule", 0), "name", "'%s' is no name; use a-z, 0-9 and -", rule);
}

/* Whether the element is one of those that indicators go with. */
static bool read_other(struct progress_reader *r, const struct node *n)
{
	if (node_is(n, "status"))
		read_status(r, n);
	else if (node_is(n, "check"))
		read_check(r, n);
	else if (node_is(n, "sheet"))
		read_sheet(r, n);
	else
		return false;
	return true;
}

static const struct node *find_above(const struct node *root)
{
	const struct node *n = root->child;

	while (n && !node_is(n, "above"))
		n = n->next;
	return n;
}

/* <above>: what is otherwise where the areas are followed by their own progress. Its statuses go before the others, its sheets are in
 * their place. */
static void read_above(struct progress_reader *r, const struct node *above, struct progress_template *t)
{
	static const char *const attributes[] = { "tables", "brief", NULL };
	static const char *const elements[] = { "status", "sheet", NULL };

	node_check_attributes(above, attributes, r->d);
	if (node_attribute(above, "tables"))
		t->tables = names_split(node_attribute(above, "tables"), r->a);
	if (node_attribute(above, "brief"))
		t->brief = node_attribute(above, "brief");
	for (const struct node *n = above->child; n; n = n->next)
		if (node_is(n, "check") || (!read_other(r, n) && !node_is_blank(n)))
			node_unknown(n, elements, r->d);
}

/* Whether the element is passed over: what it says is said in another place. */
static bool is_passed(const struct progress_reader *r, const struct node *n)
{
	return node_is(n, "above") || (node_is(n, "sheet") && r->own_sheets);
}

static void read_children(struct progress_reader *r, const struct node *root)
{
	static const char *const elements[] = { "base", "indicator", "status", "check", "sheet", "above", NULL };

	for (const struct node *n = root->child; n; n = n->next) {
		if (r->n_base + r->n_indicator + r->n_check > PROGRESS_INDICATORS_MAX) {
			diag_error(r->d, n->at, "limit", "there are at most %d indicators and checks", PROGRESS_INDICATORS_MAX);
			return;
		}
		if (is_passed(r, n))
			continue;
		if (node_is(n, "base"))
			read_base(r, n);
		else if (node_is(n, "indicator"))
			read_indicator(r, n);
		else if (!read_other(r, n) && !node_is_blank(n))
			node_unknown(n, elements, r->d);
	}
	if (!r->n_indicator)
		diag_error(r->d, root->at, "missing-element", "a template of progress needs at least one <indicator>");
}

/* A day that each month has. */
static int read_due_day(const struct node *root, struct diags *d)
{
	enum { LAST = 28, DIGITS = 2 };
	const char *text = node_attribute(root, "due-day");
	size_t n = text ? strspn(text, "0123456789") : 0;
	int day = 0;

	for (size_t i = 0; i < n && i < DIGITS; i++)
		day = day * 10 + (text[i] - '0');
	if (text && (text[n] || n > DIGITS || day < 1 || day > LAST))
		diag_error(d, node_place(root, "due-day", 0), "value", "due-day='%s' is no day of every month; write a number from 1 to %d", text, LAST);
	return day;
}

static void choose_above(struct progress_reader *r, struct progress_template *t)
{
	const struct node *above = r->job->progress_list ? find_above(t->root) : NULL;

	if (above)
		read_above(r, above, t);
	else if (r->job->progress_list)
		diag_error(r->d, t->root->at, "missing-element",
			"the template says nothing of areas that are followed by their own progress; add <above>, which may be empty");
	r->own_sheets = r->n_sheet > 0;
}

const struct progress_template *progress_read(const struct job *job, const char *name, struct library *library, struct arena *a,
	struct diags *d)
{
	static const char *const attributes[] = { "id", "over", "tables", "brief", "due-day", NULL };
	struct progress_reader r = { .job = job, .a = a, .d = d };
	struct progress_template *t = ARENA_NEW(a, struct progress_template);
	size_t n_error = d->n_error;
	struct library_file file;

	if (!library_find(library, "progress", name, job->at, &file, d))
		return NULL;
	t->root = library_tree(library, &file, "progress", progress_space, a, d);
	if (!t->root)
		return NULL;
	map_init(&r.ids, a);
	node_check_attributes(t->root, attributes, d);
	t->name = node_need(t->root, "id", d);
	t->over = node_need(t->root, "over", d);
	t->tables = names_split(node_need(t->root, "tables", d), a);
	t->brief = node_need(t->root, "brief", d);
	t->due_day = read_due_day(t->root, d);
	choose_above(&r, t);
	read_children(&r, t->root);
	check_own_targets(&r);
	t->base = r.base;
	t->n_base = r.n_base;
	t->indicator = r.indicator;
	t->n_indicator = r.n_indicator;
	t->status = r.status;
	t->n_status = r.n_status;
	t->sheet = r.sheet;
	t->n_sheet = r.n_sheet;
	sheets_check(t, a, d);
	t->check = r.check;
	t->n_check = r.n_check;
	return d->n_error == n_error ? t : NULL;
}
