/* Pages: their content with artifacts marked, their links and fields, the order of tabs. */
#include "render/finishing.h"

#include <math.h>
#include <string.h>

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
		return finish_wrong(f, WRONG_PAGE_LIST);
	if (!is_size(f, page, (double)laid_out->width_pt, (double)laid_out->height_pt))
		return finish_wrong(f, WRONG_PAGE_SIZE);
	f->page[i] = (struct finish_page){
		.object = page,
		.old = (uint32_t)kid->number,
		.number = pdf_write_number(&f->writer),
		.parents = parents->kind == PDF_INTEGER ? parents->number : -1,
	};
	f->number[kid->number] = f->page[i].number;
	f->page_at[kid->number] = (uint32_t)i + 1;
	return true;
}

bool finish_pages_find(struct finish *f)
{
	const struct pdf_object *kids = pdf_look(f->view, pdf_look(f->view, pdf_catalog(f->view), "Pages"), "Kids");

	if (kids->kind != PDF_ARRAY || kids->n != f->pages->n_page)
		return finish_wrong(f, WRONG_PAGE_COUNT);
	for (size_t i = 0; i < f->pages->n_page; i++)
		if (!find_page(f, i, &kids->item[i]))
			return false;
	return true;
}

/* One stream, or several one after the other: between two of them is white space. */
static bool read_content(struct finish *f, const struct pdf_object *contents, struct arena *a, struct bytes *content)
{
	struct buf all = { 0 };
	struct bytes piece;
	bool ok = contents->kind == PDF_ARRAY;

	if (contents->kind == PDF_STREAM)
		return pdf_stream_data(f->view, contents, a, content, f->d);
	for (uint32_t i = 0; ok && i < contents->n; i++) {
		const struct pdf_object *stream = pdf_item(f->view, contents, i);

		ok = stream->kind == PDF_STREAM && pdf_stream_data(f->view, stream, a, &piece, f->d);
		if (ok) {
			buf_put(&all, piece.data, piece.n);
			buf_putc(&all, '\n');
		}
	}
	*content = (struct bytes){ ok ? arena_slice(a, all.text ? all.text : "", all.n) : NULL, all.n };
	buf_clear(&all);
	return ok || finish_wrong(f, WRONG_PAGE_CONTENT);
}

static bool write_content(struct finish *f, const struct finish_page *page, uint32_t number)
{
	struct arena tmp = { 0 };
	struct buf wrapped = { 0 };
	struct pdf_object made;
	struct bytes content;
	bool ok;

	ok = read_content(f, pdf_look(f->view, page->object, "Contents"), &tmp, &content)
		&& finish_content(f, page, content, &wrapped);
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
			return finish_wrong(f, WRONG_ANNOTATION_DIRECT);
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

	if (!write_content(f, page, content))
		return false;
	if (page->n_owner && page->parents < 0)
		return finish_wrong(f, WRONG_PARENT_NONE);
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

static const struct finish_parent *find_parent(const struct finish *f, int64_t key)
{
	for (size_t i = 0; i < f->n_parent; i++)
		if (f->parent[i].key == key)
			return &f->parent[i];
	return NULL;
}

static const struct block *find_target(const struct page *page, int element)
{
	for (size_t i = 0; i < page->n_item; i++)
		if (page->item[i].kind == ITEM_LINK && page->item[i].element == element)
			return page->item[i].target;
	return NULL;
}

/* Where the link goes, for people who do not see it. */
static const char *describe(struct finish *f, const struct finish_parent *link)
{
	const struct block *target = find_target(&f->pages->page[link->page], link->element);
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
		return finish_wrong(f, WRONG_LINK_ALONE);
	contents = pdf_text(describe(f, parent), &f->arena);
	buf_puts(&f->text, "<<");
	finish_put_entries(f, annotation, replaced);
	buf_puts(&f->text, "/F 4/Contents ");
	pdf_put(&f->text, &contents);
	buf_puts(&f->text, ">>");
	finish_write(f, f->number[old]);
	return true;
}
