/* kehoach lint: files as they are, and with cross-reference tables made for the objects that the input has. Whatever is read, checking
 * it must end, and a file that is not what it claims must be said to be so. */
#include "pdf/lint.h"

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void try(const char *data, size_t n)
{
	struct diags d = { 0 };
	bool ok = pdf_lint((struct bytes){ .data = data, .n = n }, "a.pdf", LINT_AS_CLAIMED, &d);

	if (ok != (d.n_error == 0))
		abort();
	diags_clear(&d);
}

enum { NUMBERS = 100 };

/* A table of the objects that begin a line. */
static void put_table(struct buf *b)
{
	size_t at[NUMBERS] = { 0 };
	size_t xref = b->n;

	for (size_t i = 9; i < b->n; i++) {
		unsigned number;

		if (b->text[i - 1] == '\n' && b->text[i] >= '1' && b->text[i] <= '9' && sscanf(b->text + i, "%2u 0 obj", &number) == 1
			&& number < NUMBERS)
			at[number] = i;
	}
	buf_puts(b, "xref\n0 1\n0000000000 65535 f \n");
	for (unsigned i = 1; i < NUMBERS; i++)
		if (at[i])
			buf_printf(b, "%u 1\n%010zu 00000 n \n", i, at[i]);
	buf_printf(b, "trailer\n<< /Size %d /Root 1 0 R /Info 2 0 R /ID [<00><00>] >>\nstartxref\n%zu\n%%%%EOF\n", NUMBERS, xref);
}

/* The input as objects. */
static void try_objects(const char *data, size_t n)
{
	struct buf b = { 0 };

	buf_puts(&b, "%PDF-1.7\n");
	buf_put(&b, data, n);
	buf_putc(&b, '\n');
	put_table(&b);
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
