/* Pages: their content with artifacts marked, their links and fields, the order of tabs. */
#include "render/finishing.h"

#include <math.h>
#include <stdlib.h>

static const double size_slack = 0.01; /* [pt] */

static bool is_size(const struct finish *f, const struct pdf_object *page, double width, double height)
{
	const struct pdf_object *box = pdf_look(f->view, page, "MediaBox");
	int64_t value[4];

	if (box->kind != PDF_ARRAY || box->n != 4)
		return false;
	for (size_t i = 0; i < 4; i++)
		if (!pdf_millionths(pdf_resolve(f->view, &box->item[i]), &value[i]))
			return false;
	return value[0] == 0 && value[1] == 0 && fabs((double)value[2] / 1e6 - width) < size_slack
		&& fabs((double)value[3] / 1e6 - height) < size_slack;
}

static bool find_page(struct finish *f, size_t i, const struct pdf_object *kid)
{
	const struct page *laid_out = &f->pages->page[i];
	const struct pdf_object *page = pdf_resolve(f->view, kid);
	const struct pdf_object *parents = pdf_find(page, "StructParents");

	if (kid->kind != PDF_REFERENCE || !pdf_name_is(pdf_find(page, "Type"), "Page"))
		return finish_wrong(f, WRONG_PAGE_LIST, AT_PAGE(i));
	if (!is_size(f, page, (double)laid_out->width_pt, (double)laid_out->height_pt))
		return finish_wrong(f, WRONG_PAGE_SIZE, AT_PAGE(i));
	f->page[i] = (struct finish_page){
		.object = page,
		.old = (uint32_t)kid->number,
		.number = pdf_write_number(&f->writer),
		.parents = parents->kind == PDF_INTEGER ? parents->number : -1,
		.has_draft = f->pages->document->draft != NULL,
		.has_number = laid_out->number != NULL,
	};
	f->number[kid->number] = f->page[i].number;
	f->page_at[kid->number] = (uint32_t)i + 1;
	return true;
}

bool finish_pages_find(struct finish *f)
{
	const struct pdf_object *kids = pdf_look(f->view, pdf_look(f->view, pdf_catalog(f->view), "Pages"), "Kids");

	if (kids->kind != PDF_ARRAY || kids->n != f->pages->n_page)
		return finish_wrong(f, WRONG_PAGE_COUNT, AT_FILE);
	for (size_t i = 0; i < f->pages->n_page; i++)
		if (!find_page(f, i, &kids->item[i]))
			return false;
	return true;
}

static bool is_content(const struct finish *f, const struct pdf_object *o)
{
	for (uint32_t i = 0; o->kind == PDF_ARRAY && i < o->n; i++)
		if (pdf_item(f->view, o, i)->kind != PDF_STREAM)
			return false;
	return o->kind == PDF_ARRAY || o->kind == PDF_STREAM;
}

static bool write_content(struct finish *f, size_t i_page, uint32_t number)
{
	const struct finish_page *page = &f->page[i_page];
	const struct pdf_object *contents = pdf_look(f->view, page->object, "Contents");
	struct arena tmp = { 0 };
	struct buf wrapped = { 0 };
	struct pdf_object made;
	struct bytes content;
	bool ok;

	if (!is_content(f, contents))
		return finish_wrong(f, WRONG_PAGE_CONTENT, AT_PAGE(i_page));
	ok = pdf_streams_data(f->view, contents, &tmp, &content, f->d) && finish_content(f, page, content, &wrapped);
	if (ok) {
		made = pdf_deflated(f->deflater, pdf_null, wrapped.text ? wrapped.text : "", wrapped.n, &tmp);
		pdf_write_object(&f->writer, number, &made);
	}
	buf_clear(&wrapped);
	arena_clear(&tmp);
	return ok;
}

/* Each link of the page is one of an element's. */
static bool put_annotations(struct finish *f, size_t i_page)
{
	const struct pdf_object *annots = pdf_look(f->view, f->page[i_page].object, "Annots");
	uint32_t n = annots->kind == PDF_ARRAY ? annots->n : 0;
	size_t n_before = f->text.n;

	buf_puts(&f->text, "/Annots[");
	for (uint32_t i = 0; i < n; i++) {
		if (annots->item[i].kind != PDF_REFERENCE)
			return finish_wrong(f, WRONG_ANNOTATION_DIRECT, AT_PAGE(i_page));
		finish_put_ref(f, i ? " " : "", finish_number(f, (uint32_t)annots->item[i].number));
	}
	for (size_t i = 0; f->claims && i < f->pages->n_field; i++)
		if (f->pages->field[i].page == i_page)
			finish_put_ref(f, n++ ? " " : "", f->widget[i]);
	if (n)
		buf_puts(&f->text, "]/Tabs/S");
	else
		f->text.n = n_before;
	return true;
}

bool finish_page_write(struct finish *f, size_t i_page)
{
	static const char *const replaced[] = { "Contents", "Annots", "Tabs", NULL };
	const struct finish_page *page = &f->page[i_page];
	uint32_t content = pdf_write_number(&f->writer);

	if (!write_content(f, i_page, content))
		return false;
	if (page->n_owner && page->parents < 0)
		return finish_wrong(f, WRONG_PARENT_NONE, AT_PAGE(i_page));
	buf_puts(&f->text, "<<");
	finish_put_entries(f, page->object, replaced);
	finish_put_ref(f, "/Contents ", content);
	if (!put_annotations(f, i_page))
		return false;
	buf_puts(&f->text, ">>");
	finish_write(f, page->number);
	return true;
}

/* ---- links ---- */

static int by_key(const void *pa, const void *pb)
{
	const struct finish_parent *a = pa;
	const struct finish_parent *b = pb;

	return (a->key > b->key) - (a->key < b->key);
}

void finish_links_prepare(struct finish *f)
{
	f->target = ARENA_ARRAY(&f->arena, f->pages->n_element, const struct block *);
	for (size_t i = 0; i < f->pages->n_page; i++)
		for (size_t k = 0; k < f->pages->page[i].n_item; k++) {
			const struct item *item = &f->pages->page[i].item[k];

			if (item->kind == ITEM_LINK && item->element >= 0)
				f->target[item->element] = item->target;
		}
	if (f->n_parent)
		qsort(f->parent, f->n_parent, sizeof *f->parent, by_key);
}

static const struct finish_parent *find_parent(const struct finish *f, int64_t key)
{
	const struct finish_parent wanted = { .key = key };

	return f->n_parent ? bsearch(&wanted, f->parent, f->n_parent, sizeof *f->parent, by_key) : NULL;
}

/* Where the link goes, for people who do not see it. */
static const char *describe(struct finish *f, const struct finish_parent *link)
{
	const struct block *target = f->target[link->element];
	const char *name = target && target->bookmark ? target->bookmark
		: target && target->table	      ? target->table->title
						      : NULL;

	if (!name || !*name)
		return f->archive->link_other;
	return arena_printf(&f->arena, "%s%s%s", f->archive->link[0], name, f->archive->link[1]);
}

bool finish_link(struct finish *f, const struct pdf_object *annotation, uint32_t old)
{
	static const char *const replaced[] = { "F", "Contents", NULL };
	const struct pdf_object *key = pdf_find(annotation, "StructParent");
	const struct finish_parent *parent = key->kind == PDF_INTEGER ? find_parent(f, key->number) : NULL;
	struct pdf_object contents;

	if (!parent)
		return finish_wrong(f, WRONG_LINK_ALONE, AT_OBJECT(old));
	contents = pdf_text(describe(f, parent), &f->arena);
	buf_puts(&f->text, "<<");
	finish_put_entries(f, annotation, replaced);
	buf_puts(&f->text, "/F 4/Contents ");
	pdf_put(&f->text, &contents);
	buf_puts(&f->text, ">>");
	finish_write(f, f->number[old]);
	return true;
}
