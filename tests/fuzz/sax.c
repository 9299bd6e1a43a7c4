/* Any bytes as XML, once with the scanner before libxml2 and once by libxml2 alone: both make the same calls and find the same.
 * Before an error one may have got further than the other, and further with other pieces: there only what was found counts. */
#include "base/buf.h"
#include "base/plain.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { PIECE = 1100 }; /* [bytes] more than an XML declaration may have */

struct reading {
	struct buf calls;
	struct buf findings;
	size_t n_unwanted; /* open elements, from an <u> on */
	size_t n_in_offered; /* open elements of an <o> that may be offered, that itself included */
	char space[200]; /* its namespace */
};

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct reading *r = ctx;

	(void)d;
	if (r->n_unwanted) {
		r->n_unwanted++;
		return true;
	}
	if (!strcmp(e->name, "u")) {
		r->n_unwanted = 1;
		*e->skip = SAX_UNWANTED;
	}
	if (r->n_in_offered) {
		r->n_in_offered++;
	} else if (!strcmp(e->name, "o") && strlen(e->space) < sizeof r->space) {
		r->n_in_offered = 1;
		snprintf(r->space, sizeof r->space, "%s", e->space);
		*e->skip = SAX_OFFERED;
	}
	if (r->n_in_offered == 2 && !strcmp(e->name, "c") && !e->n_attribute) {
		buf_printf(&r->calls, "<c{%s}>", e->space);
		return true;
	}
	buf_printf(&r->calls, "<%s{%s}@%u:%u+%zu", e->name, e->space, e->at.row, e->at.col, e->offset);
	for (size_t i = 0; i < e->n_attribute; i++)
		buf_printf(&r->calls, " %s='%s'", e->attribute[i].name, e->attribute[i].value);
	buf_puts(&r->calls, ">\n");
	return true;
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct reading *r = ctx;

	(void)d;
	if (r->n_unwanted && --r->n_unwanted)
		return true;
	buf_printf(&r->calls, "</%s>\n", name);
	if (r->n_in_offered)
		r->n_in_offered--;
	return true;
}

static bool on_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct reading *r = ctx;

	(void)d;
	if (r->n_unwanted)
		return true;
	if (r->n_in_offered < 2)
		buf_printf(&r->calls, "\"@%u:%u ", at.row, at.col);
	buf_put(&r->calls, s, n);
	buf_puts(&r->calls, "\"\n");
	return true;
}

/* <c>12</c> of the namespace of the last <o>. */
static bool on_offer(void *ctx, const char *s, size_t n, size_t *taken, struct diags *d)
{
	struct reading *r = ctx;
	const char *start = s;

	(void)d;
	if (s[n])
		abort();
	while (n - (size_t)(s - start) >= 8 && !strncmp(s, "<c>", 3)) {
		size_t n_digit = strspn(s + 3, "0123456789");

		if (!n_digit || strncmp(s + 3 + n_digit, "</c>", 4) != 0)
			break;
		buf_printf(&r->calls, "<c{%s}>%.*s\"\n</c>\n", r->space, (int)n_digit, s + 3);
		s += 3 + n_digit + 4;
	}
	*taken = (size_t)(s - start);
	return true;
}

static bool read_pieces(const char *data, size_t n, const struct sax_handler *h, struct diags *d)
{
	struct sax *s = sax_push_open("f.xml", h, d);
	bool ok = s != NULL;

	for (size_t i = 0; ok && i < n; i += PIECE)
		ok = sax_push_feed(s, data + i, n - i < PIECE ? n - i : PIECE);
	return s && sax_push_close(s, ok);
}

enum { WITHOUT, WITH, IN_PIECES, N_WAYS };

static void read_once(const char *data, size_t n, int way, struct reading *r)
{
	struct sax_handler h = { .ctx = r, .start = on_start, .end = on_end, .text = on_text, .offer = on_offer };
	struct diags d = { 0 };
	bool ok = way == WITHOUT ? sax_read_bytes_without_plain(data, n, "f.xml", &h, &d)
		  : way == WITH  ? sax_read_bytes(data, n, "f.xml", &h, &d)
				 : read_pieces(data, n, &h, &d);

	buf_printf(&r->findings, "%d", ok);
	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(&r->findings, " %s:%u", d.finding[i].rule, d.finding[i].at.row);
	buf_puts(&r->calls, "");
	diags_clear(&d);
}

static void compare(const struct reading *a, const struct reading *b)
{
	bool ok = *a->findings.text == '1';

	if (strcmp(a->findings.text, b->findings.text) != 0)
		abort();
	if (ok && (a->calls.n != b->calls.n || memcmp(a->calls.text, b->calls.text, a->calls.n) != 0))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct reading reading[N_WAYS] = { 0 };

	for (int i = 0; i < N_WAYS; i++) {
		read_once((const char *)bytes, n, i, &reading[i]);
		compare(&reading[WITHOUT], &reading[i]);
	}
	for (int i = 0; i < N_WAYS; i++) {
		buf_clear(&reading[i].calls);
		buf_clear(&reading[i].findings);
	}
	return 0;
}
