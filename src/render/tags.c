#include "render/tags.h"

#include "render/role.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { NONE = -1, ATTRIBUTES_MAX = 4096 };

struct tag_node {
	int first_child;
	int last_child;
	int next; /* sibling */
	size_t rank;
	size_t first_page; /* of its own items; n_page: it has none */
	size_t last_page;
	bool has_content; /* itself or something below */
	bool opened;
};

static int parent_of(const struct tags *t, int element)
{
	int parent = t->pages->element[element].parent;

	return element == 0 ? NONE : parent < 0 ? 0 : parent;
}

static void note_item(struct tags *t, size_t i_page, const struct item *item)
{
	struct tag_node *own;

	if (item->element == ARTIFACT)
		return;
	own = &t->node[item->element];
	if (own->first_page == t->pages->n_page)
		own->first_page = i_page;
	own->last_page = i_page;
	for (int i = item->element; i != NONE && !t->node[i].has_content; i = parent_of(t, i))
		t->node[i].has_content = true;
}

/* Children in the order of their numbers, then ranks from the root down. */
static void rank_elements(struct tags *t, struct arena *a)
{
	const struct pages *pages = t->pages;
	size_t rank = 0;

	t->order = ARENA_ARRAY(a, pages->n_element, size_t);
	for (size_t i = 1; i < pages->n_element; i++) {
		struct tag_node *parent = &t->node[parent_of(t, (int)i)];

		if (parent->last_child == NONE)
			parent->first_child = (int)i;
		else
			t->node[parent->last_child].next = (int)i;
		parent->last_child = (int)i;
	}
	for (int i = 0; i != NONE;) {
		t->order[rank] = (size_t)i;
		t->node[i].rank = rank++;
		if (t->node[i].first_child != NONE) {
			i = t->node[i].first_child;
			continue;
		}
		while (i != NONE && t->node[i].next == NONE)
			i = parent_of(t, i);
		if (i != NONE)
			i = t->node[i].next;
	}
}

static bool is_link(const struct tags *t, size_t element)
{
	return t->pages->element[element].role == ROLE_LINK;
}

/* Whether the element's own words stand in a Span. */
static bool needs_span(const struct tags *t, size_t element)
{
	const struct tag_node *node = &t->node[element];

	if (node->first_child != NONE)
		return true;
	return node->first_page != t->pages->n_page && node->first_page != node->last_page
		&& !is_link(t, element);
}

static const struct anchor *find_anchor(const struct pages *pages, const struct block *block)
{
	for (size_t i = 0; i < pages->n_anchor; i++)
		if (pages->anchor[i].block == block)
			return &pages->anchor[i];
	return NULL;
}

/* The boxes of a link on this page and where it goes; false when it goes nowhere. */
static bool link_attributes(const struct tags *t, size_t element, char out[ATTRIBUTES_MAX])
{
	const struct anchor *to = NULL;
	size_t n = (size_t)snprintf(out, ATTRIBUTES_MAX, "rect=[");

	for (size_t i = 0; i < t->page->n_item; i++) {
		const struct item *item = &t->page->item[i];

		if (item->kind != ITEM_LINK || item->element != (int)element || n > ATTRIBUTES_MAX / 2)
			continue;
		to = find_anchor(t->pages, item->target);
		n += (size_t)snprintf(out + n, ATTRIBUTES_MAX - n, "%.2f %.2f %.2f %.2f ", (double)item->x,
			(double)item->y, (double)(item->x2 - item->x), (double)(item->y2 - item->y));
	}
	if (!to)
		return false;
	snprintf(out + n, ATTRIBUTES_MAX - n, "] dest='a%zu'", (size_t)(to - t->pages->anchor));
	return true;
}

/* Which anchors links go to. */
static void note_links(struct tags *t)
{
	for (size_t i = 0; i < t->pages->n_page; i++)
		for (size_t k = 0; k < t->pages->page[i].n_item; k++) {
			const struct item *item = &t->pages->page[i].item[k];
			const struct anchor *to = item->kind == ITEM_LINK ? find_anchor(t->pages, item->target) : NULL;

			if (to)
				t->linked[to - t->pages->anchor] = true;
		}
}

/* The places of the page that links go to, by name: cairo 1.16 drops a link to a page that is not painted yet. */
static void put_destinations(const struct tags *t)
{
	size_t i_page = (size_t)(t->page - t->pages->page);
	char attributes[ATTRIBUTES_MAX];

	for (size_t i = 0; i < t->pages->n_anchor; i++) {
		const struct anchor *a = &t->pages->anchor[i];

		if (a->page != i_page || !t->linked[i])
			continue;
		snprintf(attributes, sizeof attributes, "name='a%zu' x=%.2f y=%.2f", i, (double)a->x, (double)a->y);
		cairo_tag_begin(t->cr, CAIRO_TAG_DEST, attributes);
		cairo_tag_end(t->cr, CAIRO_TAG_DEST);
	}
}

/* Opens a tag that becomes a structure element of the file, for the words of that one. */
static void begin_tag(struct tags *t, const char *tag, const char *attributes, size_t element)
{
	cairo_tag_begin(t->cr, tag, attributes);
	*ARENA_PUSH_OWN(t->log_arena, t->log->element, t->log->n, &t->log->cap) = (int)element;
}

/* The tag that was opened: a link that goes nowhere is text. */
static const char *begin_link(struct tags *t, size_t element)
{
	char attributes[ATTRIBUTES_MAX];
	bool goes = link_attributes(t, element, attributes);
	const char *tag = goes ? "Link" : "Span";

	begin_tag(t, tag, goes ? attributes : NULL, element);
	return tag;
}

static void open_element(struct tags *t, size_t element)
{
	const char *tag = role_tag(&t->pages->element[element]);

	assert(t->n_open < TAGS_DEPTH);
	if (is_link(t, element))
		tag = begin_link(t, element);
	else
		begin_tag(t, tag, NULL, element);
	t->open[t->n_open++] = (struct open_tag){ element, tag };
	t->node[element].opened = true;
}

static void close_span(struct tags *t)
{
	if (t->in_span)
		cairo_tag_end(t->cr, "Span");
	t->in_span = false;
}

static void close_element(struct tags *t)
{
	close_span(t);
	cairo_tag_end(t->cr, t->open[--t->n_open].tag);
}

/* Closes what does not hold the element and opens what does. */
static void enter(struct tags *t, size_t element)
{
	size_t path[TAGS_DEPTH];
	size_t n = 0;
	size_t same = 0;

	for (int i = (int)element; i != NONE; i = parent_of(t, i)) {
		assert(n < TAGS_DEPTH);
		path[n++] = (size_t)i;
	}
	while (same < n && same < t->n_open && t->open[same].element == path[n - 1 - same])
		same++;
	while (t->n_open > same)
		close_element(t);
	for (; same < n; same++) {
		close_span(t);
		open_element(t, path[n - 1 - same]);
	}
}

void tags_init(struct tags *t, const struct pages *pages, cairo_t *cr, struct tag_log *log, struct arena *log_arena, struct arena *a)
{
	size_t most = 0;

	*t = (struct tags){ .cr = cr, .pages = pages, .log = log, .log_arena = log_arena };
	t->node = ARENA_ARRAY(a, pages->n_element, struct tag_node);
	for (size_t i = 0; i < pages->n_element; i++)
		t->node[i] = (struct tag_node){
			.first_child = NONE,
			.last_child = NONE,
			.next = NONE,
			.first_page = pages->n_page,
		};
	rank_elements(t, a);
	for (size_t i = 0; i < pages->n_page; i++) {
		for (size_t k = 0; k < pages->page[i].n_item; k++)
			note_item(t, i, &pages->page[i].item[k]);
		most = pages->page[i].n_item > most ? pages->page[i].n_item : most;
	}
	t->tagged = ARENA_ARRAY(a, most, struct tagged);
	t->linked = ARENA_ARRAY(a, pages->n_anchor, bool);
	note_links(t);
}

static int by_rank(const void *pa, const void *pb)
{
	const struct tagged *a = pa;
	const struct tagged *b = pb;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->i_item < b->i_item ? -1 : 1;
}

/* An inline element stands among the words of its parent: both are in the order of the items. */
static size_t reading_rank(const struct tags *t, int element)
{
	while (is_link(t, (size_t)element) && parent_of(t, element) > 0)
		element = parent_of(t, element);
	return t->node[element].rank;
}

const struct tagged *tags_begin_page(struct tags *t, const struct page *page, size_t *n)
{
	struct tagged *tagged = t->tagged;
	bool sorted = true;

	t->page = page;
	put_destinations(t);
	*n = 0;
	for (size_t i = 0; i < page->n_item; i++) {
		if (page->item[i].element == ARTIFACT || page->item[i].kind == ITEM_DRAFT)
			continue;
		tagged[*n] = (struct tagged){ reading_rank(t, page->item[i].element), i };
		if (*n && tagged[*n].rank < tagged[*n - 1].rank)
			sorted = false;
		++*n;
	}
	if (!sorted)
		qsort(tagged, *n, sizeof *tagged, by_rank);
	return tagged;
}

/* The elements without any content that stand before that rank: a table keeps its blank cells. */
static void enter_empty(struct tags *t, size_t rank)
{
	for (; t->next < rank; t->next++) {
		const struct tag_node *node = &t->node[t->order[t->next]];

		if (!node->has_content && !node->opened)
			enter(t, t->order[t->next]);
	}
}

bool tags_is_at(const struct tags *t, size_t element)
{
	return t->n_open && t->open[t->n_open - 1].element == element && t->in_span == needs_span(t, element);
}

void tags_reach(struct tags *t, size_t element)
{
	if (tags_is_at(t, element))
		return;
	enter_empty(t, t->node[element].rank);
	enter(t, element);
	if (needs_span(t, element) && !t->in_span) {
		begin_tag(t, "Span", NULL, element);
		t->in_span = true;
	}
}

void tags_end_page(struct tags *t)
{
	while (t->n_open)
		close_element(t);
}

void tags_finish(struct tags *t)
{
	enter_empty(t, t->pages->n_element);
	tags_end_page(t);
}
