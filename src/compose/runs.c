/* Text in a line: words and figures as runs, white space collapsed over all of a block. */
#include "compose/composer.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/marks.h"
#include "base/utf8.h"
#include "compose/lettering.h"

#include <string.h>

struct draft_run {
	struct run run;
	const struct node *link; /* <link> it stands in, or NULL */
};

struct run_list {
	struct composer *c;
	struct draft_run *run; /* [n_run] those that are complete */
	size_t n_run;
	size_t cap;
	struct buf text;	 /* of the run at hand; empty: none */
	struct draft_run open;
	unsigned flags; /* asked for, without RUN_BREAK */
	bool own;    /* the run at hand takes no more text */
	bool spaced; /* a further space is not wanted */
	bool broken; /* a <br/> before what comes next */
};

/* What inline elements around a text say of it. */
struct inline_context {
	struct run_list *list;
	unsigned flags;
	const struct node *link;
};

/* ---- the list ---- */

struct run_list *run_list_new(struct composer *c)
{
	struct run_list *l = ARENA_NEW(c->a, struct run_list);

	l->c = c;
	l->spaced = true;
	return l;
}

void run_list_free(struct run_list *l)
{
	if (l)
		buf_clear(&l->text);
}

static void push_run(struct run_list *l, const char *text)
{
	struct draft_run *r = ARENA_PUSH(l->c->a, l->run, l->n_run, &l->cap);

	*r = l->open;
	r->run.text = text;
}

static void close_run(struct run_list *l)
{
	if (l->text.n)
		push_run(l, arena_slice(l->c->a, l->text.text, l->text.n));
	l->text.n = 0;
	l->own = false;
}

static void trim_last(struct run_list *l)
{
	close_run(l);
	while (l->n_run) {
		struct run *last = &l->run[l->n_run - 1].run;
		size_t n = strlen(last->text);

		if (!n || last->text[n - 1] != ' ')
			return;
		last->text = arena_slice(l->c->a, last->text, n - 1);
		if (n > 1 || last->flags & RUN_BREAK)
			return;
		l->n_run--;
	}
}

static void put_break(struct run_list *l, struct origin at)
{
	trim_last(l);
	if (l->broken) { /* a second one: an empty line */
		l->open = (struct draft_run){ .run = { .flags = RUN_BREAK, .at = at } };
		push_run(l, "");
	}
	l->broken = true;
	l->spaced = true;
}

static void put_char(struct run_list *l, char ch, const struct draft_run *as)
{
	bool same = !l->own && l->flags == as->run.flags && l->open.link == as->link;

	if (l->broken || (l->text.n && !same))
		close_run(l);
	if (!l->text.n) {
		l->open = *as;
		l->open.run.flags |= l->broken ? RUN_BREAK : 0U;
		l->flags = as->run.flags;
		l->broken = false;
		l->own = false;
	}
	buf_putc(&l->text, ch);
}

static void put_words(
	const struct inline_context *x, const char *s, size_t n, struct origin at, unsigned more)
{
	struct run_list *l = x->list;
	struct draft_run as = { .run = { .flags = x->flags | more, .at = at }, .link = x->link };

	if (!compose_room(l->c, n * ROOM_LETTER, at))
		return;
	if (x->link)
		as.run.flags |= RUN_LINK;
	if (more & RUN_FIGURE)
		close_run(l);
	for (size_t i = 0; i < n; i++) {
		bool blank = s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r';

		if (blank && l->spaced)
			continue;
		put_char(l, blank ? ' ' : s[i], &as);
		l->spaced = blank;
	}
	if (more & RUN_FIGURE)
		l->own = true;
}

void run_list_words(struct run_list *l, const char *s, struct origin at)
{
	struct inline_context x = { .list = l };

	put_words(&x, s, strlen(s), at, 0);
}

bool run_list_is_empty(const struct run_list *l)
{
	return !l->n_run && !l->text.n;
}

struct runs run_list_finish(struct run_list *l)
{
	struct composer *c = l->c;
	struct run *run;
	size_t n;

	trim_last(l);
	n = l->n_run;
	run = ARENA_ARRAY(c->a, n, struct run);
	for (size_t i = 0; i < n; i++) {
		const struct node *link = l->run[i].link;

		run[i] = l->run[i].run;
		if (link)
			*ARENA_PUSH(c->a, c->link, c->n_link, &c->cap_link)
				= (struct link){ &run[i], node_attribute(link, "to"), c->i_part, !link->child,
					  node_place(link, "to", 0) };
	}
	l->n_run = 0;
	l->spaced = true;
	l->broken = false;
	return (struct runs){ n ? run : NULL, n };
}

/* ---- figures ---- */

enum { HOLES_LISTED = 5 };

/* The cells that are empty, for a message. */
static const char *holes(const struct composer *c, const struct figure *figure)
{
	const struct figure listed = figure_listed(*figure, c->a);
	const char *place[HOLES_LISTED + 1];
	unsigned n = 0;

	for (; n < listed.n_from && n < HOLES_LISTED; n++)
		place[n] = origin_text(listed.from[n], c->a);
	if (n < listed.n_from)
		place[n++] = "...";
	return n ? word_list(place, n, c->a) : diag_say(c->d, "the figure");
}

static bool check_figure(
	struct composer *c, const struct piece *p, const struct figure *figure, struct scope scope)
{
	switch (figure->state) {
	case FIGURE_MISSING:
		if (scope.row == NO_ROW)
			return diag_error(c->d, p->at, "missing-figure",
				"{%s} is missing, but a sentence cannot have a hole; fill in %s", p->source,
				holes(c, figure));
		return diag_error(c->d, p->at, "missing-figure",
			"{%s} is missing for '%s', but a sentence cannot have a hole; fill in %s", p->source,
			scope.table->row[scope.row].label, holes(c, figure));
	case FIGURE_NOT_APPLICABLE:
		diag_warning(c->d, p->at, "not-applicable", "{%s} divides by zero; '-' is printed",
			p->source);
		return true;
	case FIGURE_CONFIDENTIAL:
		return true;
	case FIGURE_OK:
		break;
	}
	if (!number_form_fits(figure->x, p->style.form) && p->style.form == FORM_ROMAN)
		return diag_error(c->d, p->at, "format", "{%s} is %s; Roman numerals are whole numbers from 1 to 3999", p->source,
			marks_exact(figure->x, c->a));
	if (!number_form_fits(figure->x, p->style.form))
		return diag_error(c->d, p->at, "format", "{%s} is %s, which has too many decimals for words; round it, as in {round(%s, 2):%s}",
			p->source, marks_exact(figure->x, c->a), expr_source(p->expr), number_form_name(p->style.form));
	if (p->may_lack_decimals && !number_is_exact(figure->x, p->style))
		return diag_error(c->d, p->at, "format",
			"{%s} has decimals; say how many, as in {%s:.2%s}", p->source,
			expr_source(p->expr), p->style.form == FORM_DIGITS ? "" : arena_printf(c->a, " %s", number_form_name(p->style.form)));
	return true;
}

static const char *figure_words(const struct piece *p, const struct evaluated *e, struct arena *a)
{
	const struct figure *figure = &e->value.figure;
	const char *text;

	if (p->plain && figure->state == FIGURE_OK && !p->style.decimals && p->style.pad <= 1 && p->style.form == FORM_DIGITS)
		return ratio_text(figure->x, 0, p->style.rounding, a); /* 2024, not 2.024 */
	text = number_text(*figure, p->style, a);
	if (e->skipped && e->skipped <= e->n_leaf)
		return arena_printf(
			a, "%s (%zu/%zu địa bàn)", text, e->n_leaf - e->skipped, e->n_leaf);
	return text;
}

static void put_expression(struct composer *c, const struct piece *p, struct scope scope,
	const struct inline_context *x)
{
	struct evaluated e;
	struct date date;
	const char *text;

	if (!compose_room(c, ROOM_FIGURE, p->at))
		return;
	e = scope_eval(c, p->expr, scope, p->at);
	if (e.failed)
		return;
	if (e.value.type == EXPR_TEXT) {
		text = e.value.figure.state == FIGURE_OK && e.value.text ? e.value.text : "";
		if (p->date && date_read(text, &date))
			text = p->date(date, c->a);
		put_words(x, text, strlen(text), p->at, 0);
		return;
	}
	if (!check_figure(c, p, &e.value.figure, scope))
		return;
	text = figure_words(p, &e, c->a);
	put_words(x, text, strlen(text), p->at, p->plain ? 0 : RUN_FIGURE);
	if (!p->plain)
		*ARENA_PUSH(c->a, c->figure, c->n_figure, &c->cap_figure)
			= (struct text_figure){ p->at, p->source, e.value.figure, text };
}

static void put_split(struct composer *c, const struct split_text *split, struct scope scope,
	struct origin at, const struct inline_context *x)
{
	for (size_t i = 0; i < split->n_piece; i++) {
		const struct piece *p = &split->piece[i];

		if (p->words)
			put_words(x, p->words, p->n_words, at, 0);
		else if (p->expr)
			put_expression(c, p, scope, x);
	}
}

/* ---- inline elements ---- */

static void put_children(
	struct composer *, const struct node *, struct scope, const struct inline_context *);

static void put_bold(struct composer *c, const struct node *n, struct scope scope,
	const struct inline_context *x)
{
	struct inline_context inner = *x;

	inner.flags |= RUN_BOLD;
	put_children(c, n, scope, &inner);
}

static void put_italic(struct composer *c, const struct node *n, struct scope scope,
	const struct inline_context *x)
{
	struct inline_context inner = *x;

	inner.flags |= RUN_ITALIC;
	put_children(c, n, scope, &inner);
}

static void put_line_break(struct composer *c, const struct node *n, struct scope scope,
	const struct inline_context *x)
{
	(void)c;
	(void)scope;
	put_break(x->list, n->at);
}

static void put_date(struct composer *c, const struct node *n, struct scope scope,
	const struct inline_context *x)
{
	const char *iso = runs_plain(runs_of_children(c, n, scope), c->a);
	const char *form = node_attribute(n, "form");
	struct date date;
	const char *text;

	if (!date_parse(iso, &date)) {
		diag_error(c->d, n->child ? n->child->at : n->at, "date",
			"'%s' is no day; write it as 2024-01-31", iso);
		return;
	}
	text = form && !strcmp(form, "long") ? date_long(date, c->a) : date_short(date, c->a);
	put_words(x, text, strlen(text), n->at, 0);
}

static void put_cite(struct composer *c, const struct node *n, struct scope scope,
	const struct inline_context *x)
{
	const struct node *basis = plan_basis_find(c->plan, node_attribute(n, "ref"));
	const char *form = node_attribute(n, "form");
	const char *text = cite_text(basis, form ? form : "dated", c->a);

	(void)scope;
	put_words(x, text, strlen(text), n->at, 0);
}

/* Of a link without words, until its appendix has a number. */
static const char link_unnamed[] = "Phụ lục";

static void put_link(struct composer *c, const struct node *n, struct scope scope,
	const struct inline_context *x)
{
	struct inline_context inner = *x;

	inner.link = n;
	if (n->child)
		put_children(c, n, scope, &inner);
	else
		put_words(&inner, link_unnamed, strlen(link_unnamed), n->at, 0);
}

/* One row for each inline element. */
static const struct {
	const char *name;
	void (*put)(struct composer *, const struct node *, struct scope,
		const struct inline_context *);
} inline_elements[] = {
	{ "b", put_bold },
	{ "i", put_italic },
	{ "br", put_line_break },
	{ "fact", put_children },
	{ "date", put_date },
	{ "cite", put_cite },
	{ "link", put_link },
};

enum { N_INLINE = sizeof inline_elements / sizeof *inline_elements };

static void put_node(struct composer *c, const struct node *n, struct scope scope, void *ctx)
{
	const struct inline_context *x = ctx;

	if (!n->name) {
		put_split(c, split_find(c, n, NULL, scope.table), scope, n->at, x);
		return;
	}
	for (size_t i = 0; i < N_INLINE; i++)
		if (node_is(n, inline_elements[i].name))
			inline_elements[i].put(c, n, scope, x);
}

static void put_separator(struct composer *c, const struct node *each, void *ctx)
{
	const char *sep = node_attribute(each, "sep");

	(void)c;
	if (sep)
		put_words(ctx, sep, strlen(sep), each->at, 0);
}

static void put_children(struct composer *c, const struct node *n, struct scope scope,
	const struct inline_context *x)
{
	struct inline_context copy = *x;
	struct visitor v = { put_node, put_separator, &copy };

	visit_children(c, n, scope, &v);
}

bool inline_knows(const struct node *n)
{
	for (size_t i = 0; n->name && i < N_INLINE; i++)
		if (node_is(n, inline_elements[i].name))
			return true;
	return !n->name;
}

void inline_node(
	struct composer *c, const struct node *n, struct scope scope, struct run_list *list)
{
	struct inline_context x = { .list = list };

	put_node(c, n, scope, &x);
}

/* ---- whole texts ---- */

struct runs runs_of_children(struct composer *c, const struct node *n, struct scope scope)
{
	struct inline_context x = { .list = run_list_new(c) };
	struct runs runs;

	put_children(c, n, scope, &x);
	runs = run_list_finish(x.list);
	run_list_free(x.list);
	return runs;
}

struct runs runs_of_attribute(
	struct composer *c, const struct node *n, const char *attribute, struct scope scope)
{
	struct inline_context x = { .list = run_list_new(c) };
	struct runs runs = { 0 };

	if (node_attribute(n, attribute)) {
		put_split(c, split_find(c, n, attribute, scope.table), scope,
			node_place(n, attribute, 0), &x);
		runs = run_list_finish(x.list);
	}
	run_list_free(x.list);
	return runs;
}

struct runs runs_of_words(struct composer *c, const char *words, struct origin at)
{
	struct run_list *l = run_list_new(c);
	struct runs runs;

	run_list_words(l, words, at);
	runs = run_list_finish(l);
	run_list_free(l);
	return runs;
}

const char *runs_plain(struct runs runs, struct arena *a)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = 0; i < runs.n_run; i++) {
		if (i && runs.run[i].flags & RUN_BREAK)
			buf_putc(&b, ' ');
		buf_puts(&b, runs.run[i].text);
	}
	text = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}

/* A copy that may be changed, with room for `more` runs; links follow it. */
static struct run *copy_runs(struct composer *c, struct runs runs, size_t more)
{
	struct run *copy = ARENA_ARRAY(c->a, runs.n_run + more, struct run);
	bool links = false;

	for (size_t i = 0; i < runs.n_run; i++) {
		copy[i] = runs.run[i];
		links = links || copy[i].flags & RUN_LINK;
	}
	for (size_t k = 0; links && k < c->n_link; k++) {
		size_t i = ((uintptr_t)c->link[k].run - (uintptr_t)runs.run) / sizeof *copy;

		if (i < runs.n_run && c->link[k].run == &runs.run[i])
			c->link[k].run = &copy[i];
	}
	return copy;
}

void runs_upper(struct composer *c, struct runs *runs)
{
	struct run *copy = copy_runs(c, *runs, 0);

	for (size_t i = 0; i < runs->n_run; i++)
		copy[i].text = utf8_upper(copy[i].text, c->a);
	runs->run = copy;
}

void runs_end(struct composer *c, struct runs *runs, const char *mark)
{
	struct run *copy;
	struct run *last;
	size_t n;

	if (!runs->n_run)
		return;
	copy = copy_runs(c, *runs, 1);
	last = &copy[runs->n_run - 1];
	n = strlen(last->text);
	if (n >= 3 && !strcmp(last->text + n - 3, "./."))
		return;
	if (last->flags & (RUN_FIGURE | RUN_LINK)) {
		copy[runs->n_run++] = (struct run){ mark, last->flags & (RUN_BOLD | RUN_ITALIC),
			NULL, last->at };
	} else {
		while (n && strchr(" .;,", last->text[n - 1]))
			n--;
		last->text = arena_printf(c->a, "%.*s%s", (int)n, last->text, mark);
	}
	runs->run = copy;
}
