#include "compose/compose.h"

#include "base/utf8.h"
#include "compose/archive.h"
#include "compose/composer.h"
#include "compose/lettering.h"

#include <string.h>

const char *document_kind(const struct composer *c)
{
	const char *kind = node_attribute(c->plan->root, "kind");

	return kind ? kind : "Kế hoạch";
}

static void add_plan(struct composer *c)
{
	const struct node *root = c->plan->root;
	struct scope scope = scope_enter(c, root, (struct scope){ NULL, NO_ROW });
	struct flow flow = { 0 };
	struct draft_part *p = ARENA_PUSH(c->a, c->part, c->n_part, &c->cap_part);
	struct block *title;

	*p = (struct draft_part){ .head = ARENA_NEW(c->a, struct title) };
	p->head->kind = utf8_upper(document_kind(c), c->a);
	letterhead_add(c);
	title = block_add(c, BLOCK_TITLE, root->at);
	title->head = c->part[0].head;
	blocks_of_children(c, root, scope, &flow);
}

static void finish_parts(struct composer *c)
{
	for (size_t i = 0; i < c->n_part; i++)
		end_mark(c, i);
	foot_add(c);
	appendices_number(c);
}

/* ---- links ---- */

/* The block a link to the table goes to: its appendix, else where it first stands; *part is set
 * too. */
static const struct block *find_target(const struct composer *c, const char *table, size_t *part)
{
	for (size_t i = 1; i < c->n_part; i++) {
		*part = i;
		if (c->part[i].table && !strcmp(c->part[i].table, table))
			return &c->part[i].block[0];
	}
	for (size_t i = 0; i < c->n_part; i++) {
		*part = i;
		for (size_t k = 0; k < c->part[i].n_block; k++) {
			const struct block *b = &c->part[i].block[k];

			if (b->kind == BLOCK_TABLE && !strcmp(b->table->id, table))
				return b;
		}
	}
	return NULL;
}

/* The number does not stand alone on a line. */
static void name_link(struct composer *c, const struct link *link, size_t part)
{
	const char *kind = c->part[part].head->kind;
	const char *space = strrchr(kind, ' ');

	if (!part)
		diag_error(c->d, link->at, "link", "the table '%s' has no appendix that a number could name; write words into <link>",
			link->table);
	else if (!space || c->n_part == 2)
		link->run->text = kind;
	else
		link->run->text = arena_printf(c->a, "%.*s\u00A0%s", (int)(space - kind), kind, space + 1);
}

/* Blocks do not move any more. A link into another file stays plain text. */
static void resolve_links(struct composer *c)
{
	for (size_t i = 0; i < c->n_link; i++) {
		const struct link *link = &c->link[i];
		size_t part = 0;
		const struct block *target = find_target(c, link->table, &part);

		if (target && link->unnamed)
			name_link(c, link, part);
		if (!target)
			diag_error(c->d, link->at, "link",
				"the table '%s' does not stand in this plan; add it, or take the link away", link->table);
		else if (part != link->part
			&& (c->part[part].part.separate || c->part[link->part].part.separate))
			link->run->flags &= ~(unsigned)RUN_LINK;
		else
			link->run->target = target;
	}
}

/* ---- the document ---- */

static void set_parts(struct composer *c, struct document *doc)
{
	struct part *part = ARENA_ARRAY(c->a, c->n_part, struct part);

	for (size_t i = 0; i < c->n_part; i++) {
		part[i] = c->part[i].part;
		part[i].block = c->part[i].block;
		part[i].n_block = c->part[i].n_block;
	}
	part[0].title = doc->title;
	doc->part = part;
	doc->n_part = c->n_part;
}

/* wording: of the audit's sheet; NULL: there is none. */
static void set_tables(struct composer *c, const struct wording *wording, struct document *doc)
{
	const struct grid_table **sheet;
	const struct table_facts **facts
		= ARENA_ARRAY(c->a, c->tables->n_table, const struct table_facts *);
	size_t n_name = 0;

	while (c->job->workbook && c->job->workbook[n_name])
		n_name++;
	sheet = ARENA_ARRAY(c->a, n_name + 1, const struct grid_table *);
	for (size_t i = 0; i < n_name; i++) {
		const struct table *table = tables_find(c->tables, c->job->workbook[i]);

		if (table)
			sheet[doc->n_sheet++] = grid_of(c, table);
	}
	if (n_name && wording)
		sheet[doc->n_sheet++] = audit_sheet(doc, wording, c->a);
	for (size_t i = 0; i < c->tables->n_table; i++)
		facts[i] = grid_of(c, c->tables->table[i])->facts;
	doc->sheet = sheet;
	doc->aside = c->aside;
	doc->n_aside = c->n_aside;
	doc->table = facts;
	doc->n_table = c->tables->n_table;
}

static void set_names(struct composer *c, unsigned flags, struct document *doc)
{
	const char *subject = runs_plain(c->part[0].head->name, c->a);

	doc->job = c->job->id;
	doc->dir = c->job->dir;
	doc->title = arena_printf(c->a, "%s %s", document_kind(c), utf8_lower_first(subject, c->a));
	doc->author = c->job->agency;
	doc->subject = subject;
	doc->date = c->job->date;
	doc->draft = flags & COMPOSE_DRAFT ? "DỰ THẢO" : NULL;
}

/* Returns the words of its sheet, if there is something to say. */
static const struct wording *set_audit(struct composer *c, const struct compose_input *in, struct library *library, struct document *doc)
{
	const struct wording *wording = NULL;

	if (!in->audit)
		return NULL;
	typed_figures(c);
	if (in->published)
		claims_check(c, in->published, in->audit);
	audit_end(in->audit, c->d);
	if (in->audit->n_finding || c->job->has_audit)
		wording = audit_wording(library, c->job->at, c->a, c->d);
	if (wording)
		doc->audit = audit_lines(in->audit, wording, &doc->n_audit, c->a);
	return wording;
}

/* The job with the symbol of the plan's kind in place of its own: "BC-UBND" of "KH-UBND". */
static const struct job *job_of(const struct compose_input *in, struct arena *a)
{
	const char *symbol = node_attribute(in->plan->root, "symbol");
	const char *office = strchr(in->job->symbol, '-');
	struct job *job;

	if (!symbol)
		return in->job;
	job = ARENA_NEW(a, struct job);
	*job = *in->job;
	job->symbol = arena_printf(a, "%s%s", symbol, office ? office : "");
	return job;
}

/* Of the plan's own form, else of the job's. */
static const struct style *find_style(const struct composer *c, struct library *library)
{
	const struct node *root = c->plan->root;
	const char *form = node_attribute(root, "form");

	if (form)
		return style_read(library, form, node_place(root, "form", 0), c->a, c->d);
	return style_read(library, c->job->form, c->job->at, c->a, c->d);
}

const struct word_look *word_look_of(const struct document *doc, const struct grid_table *table, size_t row, size_t column)
{
	const char *text = table->cell[row * table->n_column + column].text;

	for (size_t i = 0; !table->column[column].is_number && i < doc->n_look; i++)
		if (!strcmp(doc->look[i].word, text))
			return &doc->look[i];
	return NULL;
}

bool compose(const struct compose_input *in, struct library *library, struct arena *a, const struct document **made,
	struct diags *d)
{
	struct composer c = { .job = job_of(in, a), .plan = in->plan, .tables = in->tables, .a = a, .facts = in->facts ? in->facts : a, .d = d };
	struct document *doc = ARENA_NEW(a, struct document);
	const struct wording *wording;
	size_t n_error = d->n_error;

	texts_init(&c.texts, a);
	doc->archive = archive_read(library, in->job->at, a, d);
	doc->style = find_style(&c, library);
	doc->look = in->look;
	doc->n_look = in->n_look;
	if (!(in->flags & COMPOSE_DRAFT))
		c.fields = fields_wording(library, in->job->at, a, d);
	doc->stamping = timestamp_field(&c);
	split_all(&c);
	add_plan(&c);
	finish_parts(&c);
	resolve_links(&c);
	set_names(&c, in->flags, doc);
	if (!doc->draft)
		record_add(&c, library, doc);
	wording = set_audit(&c, in, library, doc);
	set_parts(&c, doc);
	set_tables(&c, wording, doc);
	doc->figure = c.figure;
	doc->n_figure = c.n_figure;
	texts_clear(&c.texts);
	*made = doc;
	return d->n_error == n_error;
}

/* Figures that the text names itself are known when it has been gone through. */
bool compose_claims(const struct compose_input *in, struct arena *a, struct diags *d)
{
	struct composer c = { .job = job_of(in, a), .plan = in->plan, .tables = in->tables, .a = a, .facts = in->facts ? in->facts : a, .d = d };
	size_t n_error = d->n_error;

	texts_init(&c.texts, a);
	split_all(&c);
	add_plan(&c);
	claims_check(&c, in->published, in->audit);
	texts_clear(&c.texts);
	return d->n_error == n_error;
}
