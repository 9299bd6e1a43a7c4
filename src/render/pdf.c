#include "render/pdf.h"

#include "base/file.h"
#include "render/backend.h"
#include "render/finish.h"
#include "render/paint.h"
#include "render/tags.h"

#include <cairo-pdf.h>
#include <stdlib.h>

enum { OUTLINE_LEVELS = 8 };

static cairo_status_t take_bytes(void *to, const unsigned char *data, unsigned n)
{
	buf_put(to, (const char *)data, n);
	return CAIRO_STATUS_SUCCESS;
}

static void put_metadata(cairo_surface_t *surface, const struct pages *pages, struct arena *a)
{
	const struct document *doc = pages->document;
	const char *date = arena_printf(a, "%sT00:00:00Z", date_iso(doc->date, a));
	const struct {
		cairo_pdf_metadata_t what;
		const char *text;
	} metadata[] = {
		{ CAIRO_PDF_METADATA_TITLE, pages->title ? pages->title : doc->title },
		{ CAIRO_PDF_METADATA_AUTHOR, doc->author },
		{ CAIRO_PDF_METADATA_SUBJECT, doc->subject },
		{ CAIRO_PDF_METADATA_CREATE_DATE, date },
		{ CAIRO_PDF_METADATA_MOD_DATE, date },
	};

	for (size_t i = 0; i < sizeof metadata / sizeof *metadata; i++)
		if (metadata[i].text && *metadata[i].text)
			cairo_pdf_surface_set_metadata(surface, metadata[i].what, metadata[i].text);
}

/* A bookmark's parent is the last one of a smaller level. */
static void put_outline(cairo_surface_t *surface, const struct pages *pages, struct arena *a)
{
	int id[OUTLINE_LEVELS + 1] = { CAIRO_PDF_OUTLINE_ROOT };

	for (size_t i = 0; i < pages->n_bookmark; i++) {
		const struct bookmark *b = &pages->bookmark[i];
		int level = b->level < 1 ? 1 : b->level > OUTLINE_LEVELS ? OUTLINE_LEVELS : b->level;
		const char *place = arena_printf(a, "page=%zu pos=[0 %.2f]", b->page + 1, (double)b->y);

		id[level] = cairo_pdf_surface_add_outline(surface, id[level - 1], b->text, place,
			level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
		for (int deeper = level + 1; deeper <= OUTLINE_LEVELS; deeper++)
			id[deeper] = id[level];
	}
}

static void paint_tagged(struct paint *p, struct tags *t, const struct page *page)
{
	size_t n;
	const struct tagged *tagged = tags_begin_page(t, page, &n);

	for (size_t i = 0; i < n; i++) {
		const struct item *item = &page->item[tagged[i].i_item];

		if (!tags_is_at(t, (size_t)item->element)) {
			paint_flush(p);
			tags_reach(t, (size_t)item->element);
		}
		paint_item(p, page, item);
	}
	paint_flush(p);
	tags_end_page(t);
}

static void paint_untagged(struct paint *p, const struct page *page)
{
	for (size_t i = 0; i < page->n_item; i++)
		if (page->item[i].element != ARTIFACT && page->item[i].kind != ITEM_DRAFT)
			paint_item(p, page, &page->item[i]);
	paint_flush(p);
}

static void paint_pages(struct paint *p, cairo_surface_t *surface, const struct pages *pages, bool tagged,
	struct tag_log *log, struct arena *a)
{
	struct arena tmp = { 0 };
	struct tags t;

	if (tagged)
		tags_init(&t, pages, p->cr, log, a, &tmp);
	for (size_t i = 0; i < pages->n_page; i++) {
		const struct page *page = &pages->page[i];

		cairo_pdf_surface_set_size(surface, (double)page->width_pt, (double)page->height_pt);
		paint_artifacts(p, page);
		if (tagged)
			paint_tagged(p, &t, page);
		else
			paint_untagged(p, page);
		if (tagged && i + 1 == pages->n_page)
			tags_finish(&t);
		cairo_show_page(p->cr);
	}
	arena_clear(&tmp);
}

static bool is_finished(const struct pages *pages, const struct pdf_options *options)
{
	return pages->document->archive && !options->untagged;
}

/* Streams that the finishing pass rewrites are not compressed by cairo, which takes longer for it than for all else of a page. The environment
 * is the only way to tell it; a cairo that does not know the variable compresses, and the same file is made of that. */
static cairo_surface_t *open_surface(bool finished, struct buf *out)
{
	static const char variable[] = "CAIRO_DEBUG_PDF";
	cairo_surface_t *surface;

	if (finished)
		setenv(variable, "", 1);
	surface = cairo_pdf_surface_create_for_stream(take_bytes, out, 0, 0);
	unsetenv(variable);
	return surface;
}

bool pdf_paint(const struct pages *pages, struct fonts *fonts, const struct pdf_options *options, const char *shown,
	struct painted *painted, struct diags *d)
{
	cairo_surface_t *surface = open_surface(is_finished(pages, options), &painted->bytes);
	cairo_t *cr = cairo_create(surface);
	struct tag_log log = { 0 };
	struct paint p;
	bool ok;

	paint_init(&p, cr, fonts, d);
	put_metadata(surface, pages, &painted->arena);
	paint_pages(&p, surface, pages, !options->untagged && pages->n_element > 0, &log, &painted->arena);
	put_outline(surface, pages, &painted->arena);
	cairo_surface_finish(surface);
	ok = paint_check(&p, cairo_surface_status(surface), shown);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	painted->element = log.element;
	painted->n_element = log.n;
	return ok;
}

void painted_clear(struct painted *painted)
{
	buf_clear(&painted->bytes);
	arena_clear(&painted->arena);
	*painted = (struct painted){ 0 };
}

bool pdf_make(const struct pages *pages, struct fonts *fonts, const struct pdf_options *options, const char *shown,
	struct buf *out, struct diags *d)
{
	struct painted painted = { 0 };
	bool ok = pdf_paint(pages, fonts, options, shown, &painted, d);

	if (ok && is_finished(pages, options))
		ok = finish_pdf(&painted, pages, fonts, options, shown, out, d);
	else if (ok)
		buf_put(out, painted.bytes.text, painted.bytes.n);
	painted_clear(&painted);
	return ok;
}

static bool pdf_write(const struct pages *pages, struct fonts *fonts, const struct pdf_options *options, const char *path,
	struct diags *d)
{
	struct buf bytes = { 0 };
	bool ok = pdf_make(pages, fonts, options, path, &bytes, d)
		&& file_write(path, bytes.text, bytes.n, d);

	buf_clear(&bytes);
	return ok;
}

const struct backend backend_pdf = { .name = "pdf", .stem = "plan", .suffix = ".pdf", .usual = true, .paint = pdf_write };
