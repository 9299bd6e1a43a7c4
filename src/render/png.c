/* png: pictures of the pages. The path "DIR/plan.png" names them all: DIR/plan-1.png, DIR/plan-2.png ... */
#include "base/buf.h"
#include "base/file.h"
#include "render/backend.h"
#include "render/paint.h"

#include <math.h>
#include <string.h>

static cairo_status_t take_bytes(void *to, const unsigned char *data, unsigned n)
{
	buf_put(to, (const char *)data, n);
	return CAIRO_STATUS_SUCCESS;
}

static void paint_page(struct paint *p, const struct page *page)
{
	cairo_set_source_rgb(p->cr, 1, 1, 1);
	cairo_paint(p->cr);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	paint_artifacts(p, page);
	for (size_t i = 0; i < page->n_item; i++)
		if (page->item[i].element != ARTIFACT && page->item[i].kind != ITEM_DRAFT)
			paint_item(p, page, &page->item[i]);
	paint_flush(p);
}

static int pixels(float pt)
{
	return (int)lround((double)pt * RENDER_DPI / 72);
}

static bool write_page(const struct page *page, struct fonts *fonts, const char *path, struct diags *d)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
		pixels(page->width_pt), pixels(page->height_pt));
	cairo_t *cr = cairo_create(surface);
	struct buf bytes = { 0 };
	struct paint p;
	bool ok;

	paint_init(&p, cr, fonts, d);
	p.outlines = true;
	cairo_scale(cr, RENDER_DPI / 72.0, RENDER_DPI / 72.0);
	paint_page(&p, page);
	ok = paint_check(&p, cairo_surface_write_to_png_stream(surface, take_bytes, &bytes), path)
		&& file_write(path, bytes.text, bytes.n, d);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	buf_clear(&bytes);
	return ok;
}

static bool png_paint(const struct pages *pages, struct fonts *fonts, const struct pdf_options *options, const char *path,
	struct diags *d)
{
	size_t n = strlen(path);
	size_t n_suffix = strlen(backend_png.suffix);
	struct arena tmp = { 0 };
	bool ok = true;

	(void)options;
	if (n > n_suffix && !strcmp(path + n - n_suffix, backend_png.suffix))
		n -= n_suffix;
	for (size_t i = 0; ok && i < pages->n_page; i++) {
		const char *name = arena_printf(&tmp, "%.*s-%zu%s", (int)n, path, i + 1, backend_png.suffix);

		ok = write_page(&pages->page[i], fonts, name, d);
	}
	arena_clear(&tmp);
	return ok;
}

const struct backend backend_png = { .name = "png", .stem = "plan", .suffix = ".png", .paint = png_paint };
