/* The structure tree, the names of header cells, and what leads back from pages, links and fields to elements. */
#include "render/finishing.h"
#include "render/role.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_DIGITS = 8 }; /* of header cells: the order of names is that of elements */

static bool is_cell(const struct element *e)
{
	return e->role == ROLE_HEADER_CELL || e->role == ROLE_DATA_CELL;
}

static void put_name(struct buf *b, int element)
{
	char name[NAME_DIGITS + 3] = "(c";
	unsigned rest = (unsigned)element;

	for (size_t i = NAME_DIGITS; i; i--, rest /= 10)
		name[1 + i] = (char)('0' + rest % 10);
	name[NAME_DIGITS + 2] = ')';
	buf_put(b, name, sizeof name);
}

static void put_span(struct buf *b, const char *key, unsigned n)
{
	if (n < 2)
		return;
	buf_puts(b, key);
	finish_put_count(b, n);
}

static void put_headers(struct buf *b, const struct element *e)
{
	if (!e->n_header && !e->row_header && !e->group_header)
		return;
	buf_puts(b, "/Headers[");
	for (size_t i = 0; i < e->n_header; i++)
		put_name(b, e->header[i]);
	if (e->group_header)
		put_name(b, e->group_header);
	if (e->row_header)
		put_name(b, e->row_header);
	buf_putc(b, ']');
}

static const char *scope_entry(const struct element *e)
{
	if (e->role != ROLE_HEADER_CELL)
		return "";
	return e->scope == SCOPE_ROW ? "/Scope/Row" : "/Scope/Column";
}

static void put_cell(struct buf *b, const struct element *e, int i)
{
	size_t n_before = b->n;
	size_t n_empty;

	if (e->role == ROLE_HEADER_CELL) {
		buf_puts(b, "/ID");
		put_name(b, i);
	}
	buf_puts(b, "/A<</O/Table");
	n_empty = b->n;
	buf_puts(b, scope_entry(e));
	put_span(b, "/RowSpan ", e->rows);
	put_span(b, "/ColSpan ", e->columns);
	put_headers(b, e);
	if (b->n == n_empty)
		b->n = n_before;
	else
		buf_puts(b, ">>");
}

static void put_object_kid(struct finish *f, uint32_t object, uint32_t page)
{
	finish_put_ref(f, "<</Type/OBJR/Obj ", object);
	finish_put_ref(f, "/Pg ", f->page[page].number);
	buf_puts(&f->text, ">>");
}

/* page: that of the element. */
static void put_kid(struct finish *f, const struct kid *kid, uint32_t page)
{
	switch ((enum kid_kind)kid->kind) {
	case KID_CONTENT:
		if (kid->page == page) {
			finish_put_count(&f->text, kid->value);
			break;
		}
		finish_put_ref(f, "<</Type/MCR/Pg ", f->page[kid->page].number);
		buf_puts(&f->text, "/MCID ");
		finish_put_count(&f->text, kid->value);
		buf_puts(&f->text, ">>");
		break;
	case KID_LINK:
		put_object_kid(f, f->number[kid->value], kid->page);
		break;
	case KID_FIELD:
		put_object_kid(f, f->widget[kid->value], kid->page);
		break;
	case KID_ELEMENT:
		finish_put_ref(f, "", f->element[kid->value].number);
		break;
	}
}

static void put_kids(struct finish *f, const struct finish_element *e)
{
	uint32_t page = 0;
	int first = e->first;

	while (first != NO_KID && f->kid[first].kind != KID_CONTENT)
		first = f->kid[first].next;
	if (first != NO_KID) {
		page = f->kid[first].page;
		finish_put_ref(f, "/Pg ", f->page[page].number);
	}
	if (e->first == NO_KID)
		return;
	buf_puts(&f->text, e->first == e->last ? "/K " : "/K[");
	for (int i = e->first; i != NO_KID; i = f->kid[i].next) {
		if (i != e->first)
			buf_putc(&f->text, ' ');
		put_kid(f, &f->kid[i], page);
	}
	if (e->first != e->last)
		buf_putc(&f->text, ']');
}

/* What it shows in words, and where it is: readers that reflow a page keep it whole. */
static void put_figure(struct finish *f, const struct element *e)
{
	const float box[4] = { e->x, e->y, e->x2, e->y2 };

	finish_put_string(f, "/Alt", e->chart->alt);
	finish_put_box(f, "/A<</O/Layout/Placement/Block/BBox", e->page, box);
	buf_puts(&f->text, ">>");
}

static void write_element(struct finish *f, size_t i, uint32_t root)
{
	const struct element *e = &f->pages->element[i];
	const struct finish_element *own = &f->element[i];
	uint32_t above = i == 0 ? root : f->element[finish_above(f->pages, (int)i)].number;

	buf_puts(&f->text, "<</Type/StructElem/S/");
	buf_puts(&f->text, e->role == ROLE_LINK && !own->has_link ? "Span" : role_tag(e));
	finish_put_ref(f, "/P ", above);
	put_kids(f, own);
	if (is_cell(e))
		put_cell(&f->text, e, (int)i);
	if (e->role == ROLE_FIGURE)
		put_figure(f, e);
	buf_puts(&f->text, ">>");
	finish_write(f, own->number);
}

/* The names of all header cells; 0: there are none. */
static uint32_t write_names(struct finish *f)
{
	uint32_t number;
	bool any = false;

	buf_puts(&f->text, "<</Names[");
	for (size_t i = 0; i < f->pages->n_element; i++) {
		if (f->pages->element[i].role != ROLE_HEADER_CELL)
			continue;
		put_name(&f->text, (int)i);
		finish_put_ref(f, "", f->element[i].number);
		any = true;
	}
	buf_puts(&f->text, "]>>");
	if (!any) {
		f->text.n = 0;
		return 0;
	}
	number = pdf_write_number(&f->writer);
	finish_write(f, number);
	return number;
}

/* ---- the parent tree ---- */

/* Where a key of it leads: a page's list of elements, or an element. */
struct lead {
	int64_t key;
	uint32_t number;
};

static int by_key(const void *pa, const void *pb)
{
	const struct lead *a = pa;
	const struct lead *b = pb;

	return a->key < b->key ? -1 : a->key > b->key;
}

static uint32_t write_owners(struct finish *f, const struct finish_page *page)
{
	uint32_t number = pdf_write_number(&f->writer);

	buf_putc(&f->text, '[');
	for (size_t i = 0; i < page->n_owner; i++)
		finish_put_ref(f, i ? " " : "", f->element[page->owner[i]].number);
	buf_putc(&f->text, ']');
	finish_write(f, number);
	return number;
}

static size_t collect(struct finish *f, struct lead *lead)
{
	size_t n = 0;

	for (size_t i = 0; i < f->pages->n_page; i++)
		if (f->page[i].n_owner)
			lead[n++] = (struct lead){ f->page[i].parents, write_owners(f, &f->page[i]) };
	for (size_t i = 0; i < f->n_parent; i++)
		lead[n++] = (struct lead){ f->parent[i].key, f->element[f->parent[i].element].number };
	qsort(lead, n, sizeof *lead, by_key);
	return n;
}

static uint32_t write_parents(struct finish *f)
{
	struct lead *lead = ARENA_ARRAY(&f->arena, f->pages->n_page + f->n_parent, struct lead);
	size_t n = collect(f, lead);
	uint32_t number = pdf_write_number(&f->writer);

	buf_puts(&f->text, "<</Nums[");
	for (size_t i = 0; i < n; i++) {
		buf_puts(&f->text, i ? " " : "");
		finish_put_count(&f->text, (uint64_t)lead[i].key);
		finish_put_ref(f, " ", lead[i].number);
	}
	buf_puts(&f->text, "]>>");
	finish_write(f, number);
	return number;
}

uint32_t finish_structure(struct finish *f)
{
	uint32_t root = pdf_write_number(&f->writer);
	uint32_t names;
	uint32_t parents;

	for (size_t i = 0; i < f->pages->n_element; i++)
		write_element(f, i, root);
	names = write_names(f);
	parents = write_parents(f);
	finish_put_ref(f, "<</Type/StructTreeRoot/K ", f->element[0].number);
	finish_put_ref(f, "/ParentTree ", parents);
	buf_puts(&f->text, "/ParentTreeNextKey ");
	finish_put_count(&f->text, (uint64_t)f->next_key);
	if (names)
		finish_put_ref(f, "/IDTree ", names);
	buf_puts(&f->text, ">>");
	finish_write(f, root);
	return root;
}
