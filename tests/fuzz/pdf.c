/* PDF files: as they are, and with cross-reference tables made for the objects that the input has, so that what is behind them
 * is reached too. What is read must be written again as the same, by an update and as a whole file. */
#include "pdf/content.h"
#include "pdf/stream.h"
#include "pdf/write.h"

#include <stdlib.h>
#include <string.h>

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void walk_content(struct bytes data, struct arena *a, struct diags *d)
{
	struct pdf_content *c = pdf_content_open(data, "a.pdf", a);
	struct pdf_operation op;
	bool done = false;
	size_t at = 0;

	while (pdf_content_next(c, &op, &done, d) && !done) {
		must(op.from >= at && op.to > op.from && op.to <= data.n);
		at = op.to;
	}
}

static void walk_object(struct pdf_view v, const struct pdf_object *o)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct bytes data;

	must(pdf_same(o, o));
	pdf_text_utf8(o, &a);
	if (o->kind == PDF_STREAM && pdf_stream_data(v, o, &a, &data, &d) && data.n < 100000)
		walk_content(data, &a, &d);
	for (size_t i = 0; o->kind == PDF_ARRAY && i < o->n; i++)
		pdf_text_utf8(pdf_item(v, o, i), &a);
	diags_clear(&d);
	arena_clear(&a);
}

static void walk(struct pdf_file *f)
{
	size_t end = 0;

	for (size_t i = 0; i < pdf_n_revision(f); i++) {
		const struct pdf_revision *r = pdf_revision(f, i);

		must(r->start == end && r->eof <= r->end && r->eof > r->start);
		end = r->end;
		for (size_t k = 0; k < r->n_written; k++) {
			must(r->written[k]->state == PDF_FREE || (r->written[k]->from >= r->start && r->written[k]->to <= r->end));
			must(pdf_written(pdf_view(f, i), r->written[k]->number) == r->written[k]);
			walk_object(pdf_view(f, i), &r->written[k]->value);
		}
	}
	must(end == pdf_bytes(f).n);
}

static struct pdf_file *reopen(const struct buf *b)
{
	struct diags d = { 0 };
	struct pdf_file *f = pdf_open((struct bytes){ .data = b->text, .n = b->n }, "b.pdf", &d);

	if (!f)
		diags_print(&d, stderr);
	must(f != NULL);
	diags_clear(&d);
	return f;
}

static void update(struct pdf_file *f)
{
	size_t n = pdf_n_revision(f);
	uint32_t root = (uint32_t)pdf_find(pdf_trailer(pdf_last(f)), "Root")->number;
	struct buf out = { 0 };
	struct diags d = { 0 };
	struct pdf_writer w;
	struct pdf_file *g;

	if (pdf_revision(f, n - 1)->size > 100000)
		return;
	pdf_update_begin(&w, f, &out);
	pdf_write_object(&w, root, pdf_catalog(pdf_last(f)));
	pdf_write_object(&w, pdf_write_number(&w), pdf_catalog(pdf_last(f)));
	must(pdf_write_finish(&w, NULL, &d));
	must(memcmp(out.text, pdf_bytes(f).data, pdf_bytes(f).n) == 0);
	g = reopen(&out);
	must(pdf_n_revision(g) == n + 1 && pdf_revision(g, n)->n_written == 2);
	must(pdf_same(pdf_catalog(pdf_last(f)), pdf_catalog(pdf_last(g))));
	pdf_close(g);
	buf_clear(&out);
}

/* A copy is as long as it is, and not linearized. */
static bool is_copied(const struct pdf_written *w)
{
	return w && w->state != PDF_FREE && !w->is_xref && !pdf_has(&w->value, "Linearized");
}

static void copy(struct pdf_file *f, struct pdf_deflater *z)
{
	struct pdf_view v = pdf_last(f);
	uint32_t size = pdf_revision(f, v.revision)->size;
	struct buf out = { 0 };
	struct diags d = { 0 };
	struct pdf_writer w;
	struct pdf_file *g;

	if (size > 100000 || pdf_find(pdf_trailer(v), "Root")->extra || pdf_has(pdf_catalog(v), "Linearized"))
		return;
	pdf_write_begin(&w, 17, z, &out);
	pdf_write_reserve(&w, size);
	for (uint32_t i = 1; i < size; i++)
		if (is_copied(pdf_written(v, i)))
			pdf_write_object(&w, i, pdf_get(v, i));
	must(pdf_write_finish(&w, pdf_trailer(v), &d));
	g = reopen(&out);
	for (uint32_t i = 1; i < size; i++)
		if (is_copied(pdf_written(v, i)) && pdf_get(v, i)->kind != PDF_STREAM)
			must(pdf_same(pdf_get(v, i), pdf_get(pdf_last(g), i)));
	pdf_close(g);
	buf_clear(&out);
}

static void try(const char *data, size_t n)
{
	struct diags d = { 0 };
	struct pdf_file *f = pdf_open((struct bytes){ .data = data, .n = n }, "a.pdf", &d);

	must(f ? !d.n_finding : d.n_finding > 0);
	if (f) {
		struct pdf_deflater *z = pdf_deflater_open(1);

		walk(f);
		update(f);
		copy(f, NULL);
		copy(f, z);
		pdf_deflater_close(z);
	}
	pdf_close(f);
	diags_clear(&d);
}

enum { NUMBERS = 64 };

/* A table of the objects that begin a line from a place on. */
static void put_table(struct buf *b, size_t from, size_t *xref)
{
	size_t at[NUMBERS] = { 0 }, prev = *xref;

	for (size_t i = from; i < b->n; i++) {
		unsigned number;

		if ((i == from || b->text[i - 1] == '\n') && b->text[i] >= '1' && b->text[i] <= '9' && b->n - i < 100000
			&& sscanf(b->text + i, "%2u 0 obj", &number) == 1 && number < NUMBERS && strstr(b->text + i, " 0 obj") < b->text + i + 3)
			at[number] = i;
	}
	*xref = b->n;
	buf_puts(b, "xref\n");
	for (unsigned i = 1; i < NUMBERS; i++)
		if (at[i])
			buf_printf(b, "%u 1\n%010zu 00000 n \n", i, at[i]);
	buf_printf(b, "trailer\n<< /Size %d /Root 1 0 R ", NUMBERS);
	if (prev)
		buf_printf(b, "/Prev %zu ", prev);
	buf_printf(b, ">>\nstartxref\n%zu\n%%%%EOF\n", *xref);
}

/* The input as objects, a NUL between revisions. */
static void try_objects(const char *data, size_t n)
{
	struct buf b = { 0 };
	size_t xref = 0;

	buf_puts(&b, "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n");
	for (size_t from = 0; from < n;) {
		const char *end = memchr(data + from, 0, n - from);
		size_t size = end ? (size_t)(end - data) - from : n - from, start = from ? b.n : strlen("%PDF-1.7\n");

		buf_put(&b, data + from, size);
		buf_putc(&b, '\n');
		put_table(&b, start, &xref);
		from += size + 1;
	}
	if (xref)
		try(b.text, b.n);
	buf_clear(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	/* A copy of just that size, so that reading behind it is seen. */
	char *copied = malloc(n ? n : 1);

	if (n)
		memcpy(copied, data, n);
	try(copied, n);
	try_objects(copied, n);
	free(copied);
	return 0;
}
