#include "compose/plan.h"

#include "base/map.h"

#include <string.h>

static const char plan_space[] = "urn:kehoach:plan:1";

/* Reading: the plan, and the parts that are open around the element at hand. */
struct plan_reader {
	struct plan *plan;
	struct library *library;
	struct arena *a;
	struct diags *d;
	const char *open[PLAN_INCLUDE_DEPTH]; /* [n_open] names of parts */
	size_t n_open;
	bool has_title;
	bool has_wrong_slot;
	bool ok;
};

/* What the includes below an element come to. */
struct extent {
	size_t n_include;
	size_t height;
};

static struct extent check_children(struct plan_reader *, const struct node *, unsigned place);

static struct plan_part *find_part(const struct plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->n_part; i++)
		if (!strcmp(plan->part[i].name, name))
			return &plan->part[i];
	return NULL;
}

static struct plan_own *find_own(const struct plan *plan, const struct node *slot)
{
	const char *name = slot->name && node_is(slot, "slot") ? node_attribute(slot, "name") : NULL;

	size_t i;

	return name && plan->n_slot && map_find(&plan->slot_names, name, &i) ? &plan->slot[i] : NULL;
}

const struct node *plan_content(const struct plan *plan, const struct node *n)
{
	const struct plan_own *own = find_own(plan, n);

	return own ? own->node : n;
}

const struct node *plan_part_find(const struct plan *plan, const char *name)
{
	const struct plan_part *part = find_part(plan, name);

	return part ? part->root : NULL;
}

const struct node *plan_basis_find(const struct plan *plan, const char *id)
{
	size_t i;

	return map_find(&plan->basis_ids, id, &i) ? plan->basis[i] : NULL;
}

/* ---- parts ---- */

/* Index of the part, read when it is met first; its root is NULL where that failed. */
static size_t read_part(struct plan_reader *r, const char *name, struct origin at)
{
	struct plan *plan = r->plan;
	struct plan_part *part = find_part(plan, name);
	struct library_file file;

	if (part)
		return (size_t)(part - plan->part);
	part = ARENA_PUSH(r->a, plan->part, plan->n_part, &plan->cap_part);
	*part = (struct plan_part){ .name = name };
	if (!r->library)
		diag_error(r->d, at, "template", "there is no part '%s'", name);
	else if (library_find(r->library, "plans", name, at, &file, r->d))
		part->root = library_tree(r->library, &file, "part", plan_space, r->a, r->d);
	r->ok = r->ok && part->root;
	return plan->n_part - 1;
}

static bool check_cycle(struct plan_reader *r, const struct node *include, const char *name)
{
	const char *chain = "";

	for (size_t i = 0; i < r->n_open; i++) {
		if (*chain || !strcmp(r->open[i], name))
			chain = arena_printf(r->a, "%s%s > ", chain, r->open[i]);
	}
	if (!*chain)
		return true;
	return diag_error(r->d, node_place(include, "part", 0), "cycle",
		"the part '%s' includes itself: %s%s; take one of these out", name, chain, name);
}

/* The part's content, once for each kind of place it stands in. */
static void check_part(struct plan_reader *r, size_t i_part, unsigned place)
{
	const struct node *root = r->plan->part[i_part].root;
	struct extent extent;

	r->open[r->n_open++] = r->plan->part[i_part].name;
	r->ok = rule_check(root, rule_find("part"), r->d) && r->ok;
	extent = check_children(r, root, place);
	r->n_open--;
	r->plan->part[i_part].checked |= place; /* the array may have grown below */
	r->plan->part[i_part].n_include = extent.n_include;
	r->plan->part[i_part].height = extent.height;
}

static struct extent check_include(struct plan_reader *r, const struct node *n, unsigned place)
{
	const char *name = node_attribute(n, "part");
	struct origin at = node_place(n, "part", 0);
	const struct plan_part *part;
	size_t i_part;

	if (!name)
		return (struct extent){ 0, 0 };
	if (!check_cycle(r, n, name)) {
		r->ok = false;
		return (struct extent){ 0, 0 };
	}
	i_part = read_part(r, name, at);
	part = &r->plan->part[i_part];
	if (part->root && r->n_open + part->height >= PLAN_INCLUDE_DEPTH)
		r->ok = diag_error(r->d, at, "limit", "parts include parts more than %d deep; include them from the plan itself",
			PLAN_INCLUDE_DEPTH);
	else if (part->root && !(part->checked & place))
		check_part(r, i_part, place);
	part = &r->plan->part[i_part];
	return (struct extent){ 1 + part->n_include, 1 + part->height };
}

/* ---- elements ---- */

/* ---- what an office puts into the slots of a plan ---- */

static void take_own(struct plan_reader *r, const struct node *n)
{
	const char *name = node_attribute(n, "slot");

	if (!name)
		return;
	if (!map_add(&r->plan->slot_names, name, r->plan->n_slot, NULL))
		r->ok = diag_error(r->d, node_place(n, "slot", 0), "duplicate", "the slot '%s' is filled twice; keep one", name);
	else
		*ARENA_PUSH(r->a, r->plan->slot, r->plan->n_slot, &r->plan->cap_slot) = (struct plan_own){ name, n, false };
}

/* Content of the office's own is no place for slots: they might fill each other without end. */
static void refuse_slots(struct plan_reader *r, const struct node *n)
{
	for (const struct node *child = n->child; child; child = child->next) {
		if (child->name && node_is(child, "slot"))
			r->has_wrong_slot = !rule_refuse(child, IN_OWN, r->d);
		refuse_slots(r, child);
	}
}

/* The file of the office, which builds on another plan. */
static void read_own(struct plan_reader *r, const struct node *root)
{
	r->plan->own = root;
	r->ok = rule_check(root, rule_find("plan"), r->d) && r->ok;
	for (const struct node *n = root->child; n; n = n->next) {
		const struct rule *rule = n->name ? rule_find(n->name) : NULL;

		if (node_is_blank(n))
			continue;
		if (!rule || !(rule->inside & IN_OWN))
			r->ok = rule_refuse(n, IN_OWN, r->d);
		else
			r->ok = rule_check(n, rule, r->d) && r->ok;
		if (rule && node_is(n, "own")) {
			refuse_slots(r, n);
			take_own(r, n);
		}
	}
}

static bool is_conditional(const struct node *n)
{
	return node_is(n, "each") || node_is(n, "if") || node_is(n, "else");
}

/* What the table of rules cannot say. before: the element in front of it, or NULL. */
static bool check_order(const struct node *n, const struct node *before, struct diags *d)
{
	if (node_is(n, "else") && !(before && node_is(before, "if")))
		return diag_error(d, n->at, "misplaced", "<else> stands right behind an <if>");
	if (node_is(n, "define") && is_conditional(n->parent))
		return diag_error(d, n->at, "misplaced",
			"<define> cannot depend on a condition; put the condition into "
			"its value");
	if (node_is(n, "table") && !node_attribute(n, "ref")) {
		const struct node *holder = n->parent;

		while (holder && !node_is(holder, "appendix"))
			holder = holder->parent;
		if (!holder || !node_attribute(holder, "table"))
			return node_need(n, "ref", d);
	}
	return true;
}

static struct extent check_element(struct plan_reader *r, const struct node *n, const struct node *before,
	unsigned place)
{
	const struct rule *rule = rule_find(n->name);
	struct extent none = { 0, 0 };

	if (!rule || !(rule->inside & place)) {
		r->ok = rule_refuse(n, place, r->d);
		return none;
	}
	r->ok = rule_check(n, rule, r->d) && r->ok;
	r->ok = check_order(n, before, r->d) && r->ok;
	if (node_is(n, "include"))
		return check_include(r, n, place);
	if (find_own(r->plan, n))
		find_own(r->plan, n)->met = true;
	return check_children(r, plan_content(r->plan, n), rule->content == IN_SAME ? place : rule->content);
}

static struct extent check_children(
	struct plan_reader *r, const struct node *parent, unsigned place)
{
	const struct node *before = NULL;
	struct extent all = { 0, 0 };

	for (const struct node *n = parent->child; n; n = n->next) {
		struct extent one = { 0, 0 };

		if (n->name)
			one = check_element(r, n, before, place);
		else if (!(place & (IN_TEXT | IN_ITEM)) && !node_is_blank(n))
			r->ok = rule_refuse(n, place, r->d);
		before = n->name ? n : before;
		all.n_include += one.n_include;
		all.height = one.height > all.height ? one.height : all.height;
	}
	return all;
}

/* ---- names ---- */

/* Every element of a file, parents first. */
static void each_element(const struct plan *plan, const struct node *n, void (*visit)(void *ctx, const struct node *), void *ctx)
{
	visit(ctx, n);
	for (const struct node *child = plan_content(plan, n)->child; child; child = child->next)
		if (child->name)
			each_element(plan, child, visit, ctx);
}

static void each_file(
	const struct plan *plan, void (*visit)(void *ctx, const struct node *), void *ctx)
{
	each_element(plan, plan->root, visit, ctx);
	for (size_t i = 0; i < plan->n_part; i++)
		if (plan->part[i].root)
			each_element(plan, plan->part[i].root, visit, ctx);
}

struct slot_names {
	const struct plan *plan;
	const char **name; /* [n] */
	size_t n;
	size_t cap;
	struct arena *a;
};

static void add_slot_name(void *ctx, const struct node *n)
{
	struct slot_names *names = ctx;

	if (node_is(n, "slot") && node_attribute(n, "name"))
		*ARENA_PUSH(names->a, names->name, names->n, &names->cap) = node_attribute(n, "name");
}

static void check_slots(struct plan_reader *r)
{
	struct slot_names names = { .plan = r->plan, .a = r->a };

	each_file(r->plan, add_slot_name, &names);
	for (size_t i = 0; i < r->plan->n_slot; i++) {
		const struct plan_own *own = &r->plan->slot[i];
		const char *near = own->met ? NULL : suggest(own->name, names.name, names.n);

		if (!own->met && near)
			r->ok = diag_error(r->d, node_place(own->node, "slot", 0), "slot", "there is no slot '%s'; did you mean '%s'?",
				own->name, near);
		else if (!own->met)
			r->ok = diag_error(r->d, node_place(own->node, "slot", 0), "slot", "there is no slot '%s'; there are: %s", own->name,
				names.n ? word_list(names.name, names.n, r->a) : "-");
	}
}

static void take_names(void *ctx, const struct node *n)
{
	struct plan_reader *r = ctx;
	const char *id = node_is(n, "basis") ? node_attribute(n, "id") : NULL;

	r->has_title = r->has_title || node_is(n, "title");
	if (!id)
		return;
	if (!map_add(&r->plan->basis_ids, id, r->plan->n_basis, NULL))
		r->ok = diag_error(r->d, node_place(n, "id", 0), "duplicate",
			"there is another basis '%s'; each needs an id of its own", id);
	else
		*ARENA_PUSH(r->a, r->plan->basis, r->plan->n_basis, &r->plan->cap_basis) = n;
}

static void check_cite(void *ctx, const struct node *n)
{
	struct plan_reader *r = ctx;
	const char *ref = node_is(n, "cite") ? node_attribute(n, "ref") : NULL;
	const char **ids;
	const char *near;

	if (!ref || plan_basis_find(r->plan, ref))
		return;
	if (diags_are_full(r->d, n->at.file)) {
		r->ok = diag_error(r->d, n->at, "cite", "there is no basis '%s'; write it into <bases>", ref);
		return;
	}
	ids = ARENA_ARRAY(r->a, r->plan->n_basis + 1, const char *);
	for (size_t i = 0; i < r->plan->n_basis; i++)
		ids[i] = node_attribute(r->plan->basis[i], "id");
	near = suggest(ref, ids, r->plan->n_basis);
	r->ok = near
		? diag_error(r->d, node_place(n, "ref", 0), "cite",
			"there is no basis '%s'; did you mean '%s'?", ref, near)
		: diag_error(r->d, node_place(n, "ref", 0), "cite", "there is no basis '%s'; write it into <bases>",
			ref);
}

/* The attribute of the element that names a table, or NULL. */
static const char *table_attribute(const struct node *n)
{
	if (node_is(n, "table"))
		return "ref";
	if (node_is(n, "appendix") || node_is(n, "chart"))
		return "table";
	if (node_is(n, "link"))
		return "to";
	return NULL;
}

static void check_table(struct plan_reader *r, const struct node *n, const char *attribute)
{
	const char *name = attribute ? node_attribute(n, attribute) : NULL;
	struct library_file file;

	if (name
		&& !library_find(
			r->library, "tables", name, node_place(n, attribute, 0), &file, r->d))
		r->ok = false;
}

static void check_tables(void *ctx, const struct node *n)
{
	check_table(ctx, n, "in");
	check_table(ctx, n, table_attribute(n));
}

/* The plan that <plan base="NAME"> builds on. */
static const struct node *read_base(struct plan_reader *r, const struct node *own)
{
	const char *name = node_attribute(own, "base");
	struct library_file file;
	const struct node *root = NULL;

	if (!r->library)
		diag_error(r->d, node_place(own, "base", 0), "template", "there is no plan '%s'", name);
	else if (library_find(r->library, "plans", name, node_place(own, "base", 0), &file, r->d))
		root = library_tree(r->library, &file, "plan", plan_space, r->a, r->d);
	if (root && node_attribute(root, "base")) {
		diag_error(r->d, node_place(root, "base", 0), "limit", "a plan that others build on cannot build on one itself");
		root = NULL;
	}
	return root;
}

static const struct plan *check_plan(
	const struct node *root, struct library *library, struct arena *a, struct diags *d)
{
	struct plan *plan = ARENA_NEW(a, struct plan);
	struct plan_reader r = { .plan = plan, .library = library, .a = a, .d = d, .ok = true };

	map_init(&plan->basis_ids, a);
	map_init(&plan->slot_names, a);
	if (node_attribute(root, "base")) {
		read_own(&r, root);
		root = read_base(&r, root);
	}
	if (!root || r.has_wrong_slot)
		return NULL;
	plan->root = root;
	r.ok = rule_check(root, rule_find("plan"), d) && r.ok;
	if (check_children(&r, root, IN_PLAN).n_include > PLAN_INCLUDES_MAX)
		r.ok = diag_error(d, root->at, "limit", "the plan includes more than %d parts, those in parts counted too; include less",
			PLAN_INCLUDES_MAX);
	check_slots(&r);
	each_file(plan, take_names, &r);
	if (!r.has_title)
		r.ok = diag_error(d, root->at, "missing-element", "the plan needs a <title>");
	each_file(plan, check_cite, &r);
	if (library)
		each_file(plan, check_tables, &r);
	return r.ok ? plan : NULL;
}

/* ---- outside ---- */

/* The plan's path inside the job's folder. */
static const char *inside_job(const struct job *job)
{
	size_t n = job->dir ? strlen(job->dir) : 0;

	if (n && !strncmp(job->plan_path, job->dir, n) && job->plan_path[n] == '/')
		return job->plan_path + n + 1;
	return job->plan_path;
}

const struct plan *plan_read(
	const struct job *job, struct library *library, struct arena *a, struct diags *d)
{
	struct library_file file = { .path = job->plan_path, .shown = job->plan_shown };
	const struct node *root;

	if (job->plan_path)
		library_use(library, file.path, inside_job(job));
	else if (!library_find(library, "plans", job->plan_template, job->at, &file, d))
		return NULL;
	root = library_tree(job->plan_varies ? NULL : library, &file, "plan", plan_space, a, d);
	return root ? check_plan(root, library, a, d) : NULL;
}

const struct plan *plan_read_bytes(const char *data, size_t n, const char *shown,
	struct library *library, struct arena *a, struct diags *d)
{
	const struct node *root = node_read_bytes(data, n, shown, "plan", plan_space, a, d);

	return root ? check_plan(root, library, a, d) : NULL;
}

struct name_list {
	struct map seen;
	const char **name;
	size_t n;
	size_t cap;
	struct arena *a;
};

static void add_name(struct name_list *list, const char *name)
{
	if (name && map_add(&list->seen, name, list->n, NULL))
		*ARENA_PUSH(list->a, list->name, list->n, &list->cap) = name;
}

static void add_tables(void *ctx, const struct node *n)
{
	add_name(ctx, node_attribute(n, "in"));
	if (table_attribute(n))
		add_name(ctx, node_attribute(n, table_attribute(n)));
}

const char *const *plan_tables(const struct plan *plan, const struct job *job, struct arena *a)
{
	struct name_list list = { .a = a };

	map_init(&list.seen, a);
	for (size_t i = 0; job->workbook && job->workbook[i]; i++)
		add_name(&list, job->workbook[i]);
	each_file(plan, add_tables, &list);
	*ARENA_PUSH(a, list.name, list.n, &list.cap) = NULL;
	return list.name;
}
