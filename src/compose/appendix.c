/* Appendices: each a part of its own, numbered when all are known; the mark that ends a text. */
#include "compose/composer.h"

#include "compose/lettering.h"

#include <string.h>

/* Number and date as printed elsewhere, with dots where the clerk fills them in. */
static const char *attached_text(const struct job *job, struct arena *a)
{
	static const char dots[] = ".....";
	const char *day = dots;
	const char *month = dots;
	const char *year = dots;

	if (job->date.day)
		day = arena_printf(a, job->date.day < 10 ? "0%d" : "%d", job->date.day);
	if (job->date.month)
		month = arena_printf(a, job->date.month < 3 ? "0%d" : "%d", job->date.month);
	if (job->date.year)
		year = arena_printf(a, "%d", job->date.year);
	return arena_printf(a, "(Kèm theo Kế hoạch số %s/%s ngày %s tháng %s năm %s của %s)",
		job->number && *job->number ? job->number : dots, job->symbol, day, month, year,
		job->agency);
}

static void add_part(struct composer *c, const struct node *n)
{
	const char *orientation = node_attribute(n, "orientation");
	const char *separate = node_attribute(n, "separate");
	struct draft_part *p = ARENA_PUSH(c->a, c->part, c->n_part, &c->cap_part);

	*p = (struct draft_part){ .table = node_attribute(n, "table"),
		.head = ARENA_NEW(c->a, struct title) };
	p->part.landscape = orientation && !strcmp(orientation, "landscape");
	p->part.separate = separate && !strcmp(separate, "yes");
	if (p->part.separate)
		p->part.issuing = issue_field(c);
	c->i_part = c->n_part - 1;
}

static void add_heading(struct composer *c, const struct node *n, struct scope scope)
{
	struct draft_part *p = &c->part[c->i_part];
	const struct table *table = p->table ? tables_find(c->tables, p->table) : NULL;
	struct runs name = runs_of_attribute(c, n, "title", scope);

	if (!name.n_run && table && table->title)
		name = runs_of_words(c, table->title, n->at);
	if (!name.n_run)
		diag_error(c->d, n->at, "missing-attribute",
			"an appendix without a table needs the attribute 'title'");
	runs_upper(c, &name);
	p->head->name = name;
	p->head->attached = attached_text(c->job, c->a);
	block_add(c, BLOCK_APPENDIX, n->at)->head = p->head;
}

/* Whether the content says where the appendix's own table stands. */
static bool places_table(const struct composer *c, const struct node *n, const char *table)
{
	bool found = false;

	if (!n)
		return false;
	for (const struct node *child = n->child; child && !found; child = child->next) {
		const char *ref = child->name ? node_attribute(child, "ref") : NULL;

		if (!child->name)
			continue;
		if (node_is(child, "table"))
			found = !ref || !strcmp(ref, table);
		else if (node_is(child, "include"))
			found = places_table(
				c, plan_part_find(c->plan, node_attribute(child, "part")), table);
		else
			found = places_table(c, plan_content(c->plan, child), table);
	}
	return found;
}

void appendix_add(struct composer *c, const struct node *n, struct scope scope)
{
	struct flow flow = { .table = node_attribute(n, "table") };
	size_t outer = c->i_part;

	add_part(c, n);
	add_heading(c, n, scope);
	if (flow.table && !places_table(c, n, flow.table)) {
		table_block(c, flow.table, n, scope);
		flow.table_placed = true;
	}
	blocks_of_children(c, n, scope, &flow);
	if (flow.table && !flow.table_placed) /* its place was in a branch not taken */
		table_block(c, flow.table, n, scope);
	c->i_part = outer;
}

void appendices_number(struct composer *c)
{
	for (size_t i = 1; i < c->n_part; i++) {
		struct draft_part *p = &c->part[i];

		p->head->kind = c->n_part == 2
			? "Phụ lục"
			: arena_printf(c->a, "Phụ lục %s", roman_text((unsigned)i, c->a));
		p->part.title = arena_printf(
			c->a, "%s - %s", p->head->kind, runs_plain(p->head->name, c->a));
		p->block[0].bookmark = p->part.title;
	}
}

/* A part that ends with a table has no mark: a paragraph of "./." alone looks like a slip, and the
 * norm's samples show it behind words only. In the plan itself that is worth a warning, since the
 * text of a plan must end with it. */
void end_mark(struct composer *c, size_t i_part)
{
	struct draft_part *p = &c->part[i_part];
	struct block *last = &p->block[p->n_block - 1];
	bool has_text = last->runs.n_run
		&& (last->kind == BLOCK_PARAGRAPH || last->kind == BLOCK_ITEM
			|| last->kind == BLOCK_HEADING);
	const char *end = node_attribute(c->plan->root, "end");

	if (end && !strcmp(end, "none"))
		return;
	if (has_text)
		runs_end(c, &last->runs, "./.");
	else if (!i_part && !compose_is_full(c))
		diag_warning(c->d, last->at, "end-mark",
			"the plan does not end with a sentence, so it has no './.'");
}
