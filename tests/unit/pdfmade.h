/* pdfmade: small PDF files made by hand, so that each part can be made wrong. Owner: made_clear. */
#ifndef TESTS_PDFMADE_H
#define TESTS_PDFMADE_H

#include "base/buf.h"
#include "pdf/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MADE_MAX = 64 };

struct made {
	struct buf out;
	size_t at[MADE_MAX]; /* of each object, as last written */
	size_t xref;	     /* of the last section */
	const char *find;    /* in the texts of objects and trailers, */
	const char *put;     /* replaced by this */
};

static void made_clear(struct made *m)
{
	buf_clear(&m->out);
	*m = (struct made){ 0 };
}

static void made_text(struct made *m, const char *text)
{
	const char *hit = m->find ? strstr(text, m->find) : NULL;

	if (hit) {
		buf_put(&m->out, text, (size_t)(hit - text));
		buf_puts(&m->out, m->put);
		text = hit + strlen(m->find);
	}
	buf_puts(&m->out, text);
}

static inline void made_object(struct made *m, unsigned number, const char *text)
{
	m->at[number] = m->out.n;
	buf_printf(&m->out, "%u 0 obj\n", number);
	made_text(m, text);
	buf_puts(&m->out, "\nendobj\n");
}

static void made_end(struct made *m)
{
	buf_printf(&m->out, "startxref\n%zu\n%%%%EOF\n", m->xref);
}

/* One group of a table: objects first to last; 0 is free. */
static void made_group(struct made *m, unsigned first, unsigned last)
{
	buf_printf(&m->out, "%u %u\n", first, last - first + 1);
	for (unsigned i = first; i <= last; i++)
		buf_printf(&m->out, "%010zu %s\n", i ? m->at[i] : 0, i ? "00000 n " : "65535 f ");
}

static void made_trailer(struct made *m, const char *text)
{
	buf_puts(&m->out, "trailer\n");
	made_text(m, text);
	buf_putc(&m->out, '\n');
}

/* The file that most tests begin with: six objects, a table. */
static inline void made_first(struct made *m)
{
	buf_puts(&m->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
	made_object(m, 1, "<< /Type /Catalog /Pages 2 0 R >>");
	made_object(m, 2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
	made_object(m, 3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200.5] /Contents 4 0 R >>");
	made_object(m, 4, "<< /Length 5 0 R >>\nstream\nBT ET\nendstream");
	made_object(m, 5, "5");
	made_object(m, 6, "[(one) <74776F> null true -.5 /N#61me % said\n]");
	m->xref = m->out.n;
	buf_puts(&m->out, "xref\n");
	made_group(m, 0, 6);
	made_trailer(m, "<< /Size 7 /Root 1 0 R >>");
	made_end(m);
}

/* An update of it: object 6 is another, 7 is new. */
static inline void made_second(struct made *m)
{
	size_t prev = m->xref;
	char trailer[100];

	made_object(m, 6, "(second)");
	made_object(m, 7, "<< /New true >>");
	m->xref = m->out.n;
	buf_puts(&m->out, "xref\n");
	made_group(m, 0, 0);
	made_group(m, 6, 7);
	snprintf(trailer, sizeof trailer, "<< /Size 8 /Root 1 0 R /Prev %zu >>", prev);
	made_trailer(m, trailer);
	made_end(m);
}

static inline struct pdf_file *made_open(const struct made *m, struct diags *d)
{
	return pdf_open((struct bytes){ .data = m->out.text, .n = m->out.n }, "a.pdf", d);
}

/* Replaces bytes of the file itself by as many others, or fewer (then the rest moves up). */
static inline bool made_replace(struct made *m, const char *find, const char *put)
{
	size_t n = strlen(find), k = strlen(put);

	for (size_t i = 0; i + n <= m->out.n; i++)
		if (memcmp(m->out.text + i, find, n) == 0) {
			memcpy(m->out.text + i, put, k);
			memmove(m->out.text + i + k, m->out.text + i + n, m->out.n - i - n + 1);
			m->out.n -= n - k;
			return true;
		}
	return false;
}

#endif
