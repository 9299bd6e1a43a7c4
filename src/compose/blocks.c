/* The blocks of a plan: headings with their numbers, paragraphs, items, tables. */
#include "compose/composer.h"

#include "compose/lettering.h"

#include <string.h>

enum { SECTION_LEVELS = 4, ITEM_LEVELS = 3 };

/* An item while its text is collected: text first, then further blocks. */
struct item_context {
	struct flow *flow;
	struct run_list *list;
	const char *mark; /* "" once it was printed */
	struct origin at;
};

struct points_context {
	struct flow *flow;
	unsigned n;
};

static void visit_block(struct composer *, const struct node *, struct scope, void *flow);

struct block *block_add(struct composer *c, enum block_kind kind, struct origin at)
{
	struct draft_part *part = &c->part[c->i_part];
	struct block *b = ARENA_PUSH(c->a, part->block, part->n_block, &part->cap_block);

	*b = (struct block){ .kind = kind, .number = "", .at = at };
	return b;
}

void blocks_of_children(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	struct visitor v = { visit_block, NULL, flow };

	visit_children(c, n, scope, &v);
}

/* ---- at the head ---- */

static void title_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	(void)flow;
	if (c->part[0].head->name.n_run)
		diag_error(c->d, n->at, "duplicate", "the plan has a title already; keep one");
	c->part[0].head->name = runs_of_children(c, n, scope);
	if (!c->part[0].head->name.n_run)
		diag_error(c->d, n->at, "empty", "the title is empty; say what the plan is about");
}

static void visit_basis(struct composer *c, const struct node *n, struct scope scope, void *ctx)
{
	const char *hidden = n->name ? node_attribute(n, "hidden") : "yes";
	struct runs runs;

	(void)ctx;
	if (hidden && !strcmp(hidden, "yes"))
		return;
	runs = runs_of_children(c, n, scope);
	if (runs.n_run)
		block_add(c, BLOCK_BASIS, n->at)->runs = runs;
}

static void bases_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	struct visitor v = { visit_basis, NULL, NULL };
	size_t first = c->part[c->i_part].n_block;

	(void)flow;
	visit_children(c, n, scope, &v);
	for (size_t i = first; i < c->part[c->i_part].n_block; i++) {
		bool last = i + 1 == c->part[c->i_part].n_block;

		runs_end(c, &c->part[c->i_part].block[i].runs, last ? "." : ";");
	}
}

/* ---- sections and paragraphs ---- */

static const char *section_number(const struct flow *flow, struct arena *a)
{
	const unsigned *n = flow->section;

	if (flow->level == 1)
		return arena_printf(a, "%s.", roman_text(n[1], a));
	if (flow->level == 2)
		return arena_printf(a, "%u.", n[2]);
	if (flow->level == 3)
		return arena_printf(a, "%u.%u.", n[2], n[3]);
	return arena_printf(a, "%u.%u.%u.", n[2], n[3], n[4]);
}

static void heading_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	struct runs title = runs_of_attribute(c, n, "title", scope);
	const char *run_in = node_attribute(n, "run-in");
	struct block *b;

	if (flow->level == 1)
		runs_upper(c, &title);
	b = block_add(c, BLOCK_HEADING, n->at);
	b->level = flow->level;
	b->title = title;
	if (!node_attribute(n, "number")) {
		flow->section[flow->level]++;
		b->number = section_number(flow, c->a);
	}
	if (title.n_run)
		b->bookmark = arena_printf(
			c->a, "%s%s%s", b->number, *b->number ? " " : "", runs_plain(title, c->a));
	if (run_in && !strcmp(run_in, "yes"))
		flow->run_in = c->part[c->i_part].n_block;
}

static void section_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	if (flow->level == SECTION_LEVELS) {
		diag_error(c->d, n->at, "depth", "sections are nested more than %d deep; use items below that",
			SECTION_LEVELS);
		return;
	}
	flow->level++;
	heading_block(c, n, scope, flow);
	if (flow->level < SECTION_LEVELS)
		flow->section[flow->level + 1] = 0;
	blocks_of_children(c, n, scope, flow);
	flow->run_in = 0;
	flow->level--;
}

static void paragraph_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	struct runs runs = runs_of_children(c, n, scope);

	if (!runs.n_run)
		return;
	if (flow->run_in)
		c->part[c->i_part].block[flow->run_in - 1].runs = runs;
	else
		block_add(c, BLOCK_PARAGRAPH, n->at)->runs = runs;
}

/* ---- items ---- */

static void flush_item(struct composer *c, struct item_context *x)
{
	struct runs runs = run_list_finish(x->list);
	struct block *b;

	if (!runs.n_run)
		return;
	b = block_add(c, BLOCK_ITEM, x->at);
	b->level = x->flow->item;
	b->item = x->flow->holder;
	b->number = x->mark;
	b->runs = runs;
	x->mark = "";
	x->flow->holder = x->flow->item;
}

static void visit_item(struct composer *c, const struct node *n, struct scope scope, void *ctx)
{
	struct item_context *x = ctx;
	struct draft_part *part = &c->part[c->i_part];
	size_t first;

	if (inline_knows(n)) {
		inline_node(c, n, scope, x->list);
		return;
	}
	flush_item(c, x);
	first = part->n_block;
	visit_block(c, n, scope, x->flow);
	part = &c->part[c->i_part];
	for (size_t i = first; i < part->n_block; i++)
		if (!part->block[i].item)
			part->block[i].item = x->flow->holder;
}

static void between_items(struct composer *c, const struct node *each, void *ctx)
{
	struct item_context *x = ctx;
	const char *sep = node_attribute(each, "sep");

	(void)c;
	if (sep && !run_list_is_empty(x->list))
		run_list_words(x->list, sep, each->at);
}

static void item_block(struct composer *c, const struct node *n, struct scope scope,
	struct flow *flow, const char *mark)
{
	struct item_context x
		= { .flow = flow, .list = run_list_new(c), .mark = mark, .at = n->at };
	struct visitor v = { visit_item, between_items, &x };
	int holder = flow->holder;

	if (flow->item == ITEM_LEVELS) {
		diag_error(c->d, n->at, "depth", "items are nested more than %d deep; use fewer levels", ITEM_LEVELS);
		return;
	}
	flow->item++;
	visit_children(c, n, scope, &v);
	flush_item(c, &x);
	run_list_free(x.list);
	flow->holder = holder;
	flow->item--;
}

static void li_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	static const char *const marks[] = { "-", "+", "*" };
	const char *mark = node_attribute(n, "mark");

	if (!mark)
		mark = marks[flow->li < ITEM_LEVELS ? flow->li : ITEM_LEVELS - 1];
	flow->li++;
	item_block(c, n, scope, flow, mark);
	flow->li--;
}

static void visit_point(struct composer *c, const struct node *n, struct scope scope, void *ctx)
{
	struct points_context *x = ctx;
	int li = x->flow->li;

	if (!n->name)
		return;
	x->flow->li = 0;
	item_block(c, n, scope, x->flow, arena_printf(c->a, "%s)", point_letter(++x->n, c->a)));
	x->flow->li = li;
}

static void points_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	struct points_context x = { .flow = flow };
	struct visitor v = { visit_point, NULL, &x };

	visit_children(c, n, scope, &v);
}

/* ---- tables ---- */

/* Whether it stands in the plan already; from now on it does. */
static bool stands_already(struct composer *c, const struct table *table)
{
	for (size_t i = 0; i < c->n_grid; i++)
		if (c->grid[i].table == table) {
			bool before = c->grid[i].placed;

			c->grid[i].placed = true;
			return before;
		}
	return false;
}

void table_block(struct composer *c, const char *id, const struct node *n, struct scope scope)
{
	const struct table *table = tables_find(c->tables, id);
	struct runs caption = { 0 };
	struct grid_table *grid;
	struct block *b;

	if (!table) {
		diag_error(c->d, n->at, "table", "there is no table '%s'", id);
		return;
	}
	if (node_is(n, "table"))
		caption = runs_of_attribute(c, n, "caption", scope);
	grid = ARENA_NEW(c->a, struct grid_table);
	*grid = *grid_of(c, table);
	if (stands_already(c, table) && !compose_room(c, (grid->n_row + 1) * grid->n_column * ROOM_CELL, n->at))
		return;
	grid->caption = caption;
	b = block_add(c, BLOCK_TABLE, n->at);
	b->title = caption;
	b->table = grid;
}

static void own_table_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	const char *id = node_attribute(n, "ref");

	id = id ? id : flow->table;
	if (!id)
		return;
	flow->table_placed = flow->table_placed || (flow->table && !strcmp(id, flow->table));
	table_block(c, id, n, scope);
}

/* ---- the rest ---- */

static void recipients_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	(void)flow;
	if (c->recipients)
		diag_error(c->d, n->at, "duplicate", "the plan has recipients already; keep one list");
	c->recipients = n;
	c->recipients_scope = scope;
}

static void appendix_block(
	struct composer *c, const struct node *n, struct scope scope, struct flow *flow)
{
	(void)flow;
	appendix_add(c, n, scope);
}

/* One row for each element among blocks; <define>s were read before. */
static const struct {
	const char *name;
	void (*add)(struct composer *, const struct node *, struct scope, struct flow *);
} block_elements[] = {
	{ "title", title_block },
	{ "bases", bases_block },
	{ "lead", paragraph_block },
	{ "section", section_block },
	{ "p", paragraph_block },
	{ "li", li_block },
	{ "points", points_block },
	{ "table", own_table_block },
	{ "chart", chart_block },
	{ "recipients", recipients_block },
	{ "appendix", appendix_block },
};

static void visit_block(struct composer *c, const struct node *n, struct scope scope, void *ctx)
{
	struct flow *flow = ctx;

	for (size_t i = 0; n->name && i < sizeof block_elements / sizeof *block_elements; i++) {
		if (!node_is(n, block_elements[i].name))
			continue;
		block_elements[i].add(c, n, scope, flow);
		if (!node_is(n, "section"))
			flow->run_in = 0; /* only the first block runs in */
	}
}
