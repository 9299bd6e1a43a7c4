/* The forms that a later revision may have, and what in a file looks like a part of it and is none. */
#include "pdfmade.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HEAD "xref\n0 1\n0000000000 65535 f \n7 1\n"
#define LINE "%010zu 00000 n \n" /* of object 7 */
#define TRAILER "trailer\n<< /Size 8 /Root 1 0 R /Prev %zu >>\n"
#define END "startxref\n%zu\n%%%%EOF\n"

/* An update with object 7, whose parts are formats of numbers. */
struct update {
	const char *object, *head, *line, *trailer, *end;
	const char *want; /* in the message; NULL: none */
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void append(struct made *m, const struct update *u)
{
	size_t prev = m->xref, at = m->out.n;

	buf_puts(&m->out, u->object ? u->object : "7 0 obj\n<< /New true >>\nendobj\n");
	m->xref = m->out.n;
	buf_puts(&m->out, u->head ? u->head : HEAD);
	buf_printf(&m->out, u->line ? u->line : LINE, at);
	buf_printf(&m->out, u->trailer ? u->trailer : TRAILER, prev);
	buf_printf(&m->out, u->end ? u->end : END, m->xref);
}

#pragma GCC diagnostic pop

static void check(const struct update *u)
{
	struct made m = { 0 };
	struct diags d = { 0 };
	struct pdf_file *f;
	const char *said;

	made_first(&m);
	append(&m, u);
	f = made_open(&m, &d);
	said = d.n_finding ? d.finding[0].message : "";
	if (!u->want != !!f || (u->want && !strstr(said, u->want)))
		fail_msg("wanted %s, said %s, of\n%s", u->want, said, m.out.text + m.at[6]);
	pdf_close(f);
	diags_clear(&d);
	made_clear(&m);
}

static void tables(void **state)
{
	static const char heads[] = "a line of two numbers with one blank between and none behind";
	static const char groups[] = "groups of entries of which none is empty";
	static const char ends[] = "startxref, its number and %%EOF, each on a line of its own";
	static const struct update cases[] = {
		{ 0 },
		{ .head = "xref\r\n0 1\r\n0000000000 65535 f\r\n7 1\r", .end = "startxref\r%zu\r%%%%EOF\r" },
		{ .head = "xref\n7 1\n" },
		{ .trailer = "trailer<</Size 8/Root 1 0 R/Prev %zu>>" },
		{ .trailer = TRAILER "%%writer-7.1.2 (c) of somebody\n" },
		{ .head = "xref\n% x\n0 1\n0000000000 65535 f \n7 1\n", .want = heads },
		{ .head = "xref\f\n0 1\n0000000000 65535 f \n7 1\n", .want = "expected a line end" },
		{ .head = "xref\n0 1  \n0000000000 65535 f \n7 1\n", .want = heads },
		{ .head = "xref\n00 1\n0000000000 65535 f \n7 1\n", .want = heads },
		{ .head = "xref\n0 1\n0000000000 65535 f \n\n7 1\n", .want = heads },
		{ .head = "xref\n0 1\n0000000000 65535 f \n6 0\n7 1\n", .want = groups },
		{ .head = "xref\n0 0\n7 1\n", .want = groups },
		{ .object = "6 0 obj\n(x)\nendobj\n", .head = "xref\n1 1\n0000000000 65535 f \n6 1\n", .want = groups },
		{ .trailer = "trailer\n%% x\n<< /Size 8 /Root 1 0 R /Prev %zu >>\n", .want = "expected a value, found '% x'" },
		{ .trailer = "trailer\n<< /Size 8 %% x\n /Root 1 0 R /Prev %zu >>\n", .want = "expected a value, found '% x'" },
		{ .trailer = "trailer\n<< /Size 8 /Root 1 0 R /Prev %zu\f>>\n", .want = "expected a value" },
		{ .trailer = "trailer\n<< /Size +8 /Root 1 0 R /Prev %zu >>\n", .want = "numbers of digits alone, found '+8" },
		{ .trailer = "trailer\n<< /Size 8 /Root 1 0 R /Prev 0%zu >>\n", .want = "numbers of digits alone" },
		{ .trailer = TRAILER "%% of xref\n", .want = ends },
		{ .trailer = TRAILER "%%\x01\n", .want = ends },
		{ .end = "startxref\n%%\n%zu\n%%%%EOF\n", .want = ends },
		{ .end = "startxref \n%zu\n%%%%EOF\n", .want = ends },
		{ .end = "startxref\f%zu\n%%%%EOF\n", .want = ends },
		{ .end = "startxref\n0%zu\n%%%%EOF\n", .want = ends },
		{ .end = "startxref\n%zu \n%%%%EOF\n", .want = ends },
		{ .end = "startxref\n%zu\n\n%%%%EOF\n", .want = ends },
		{ .object = "7  0 obj\n(x)\nendobj\n", .want = "one blank between" },
		{ .object = "07 0 obj\n(x)\nendobj\n", .want = "one blank between" },
		{ .object = "7 0%x\n obj\n(x)\nendobj\n", .want = "obj" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(&cases[i]);
}

/* ---- streams ---- */

/* The row of object 7, which is the table itself, in fields of those widths. */
static void put_row(struct buf *b, size_t at, const unsigned width[3])
{
	const uint64_t value[3] = { 1, at, 0 };

	for (size_t i = 0; i < 3; i++)
		for (unsigned k = width[i]; k-- > 0;)
			buf_putc(b, (char)(k < 8 ? value[i] >> 8 * k & 0xFF : 0));
}

static void streams(void **state)
{
	static const char forms[] = "a cross-reference stream with /W of widths 1, 1 to 8 and 0 to 4";
	static const struct {
		unsigned width[3];
		const char *number, *keys, *index, *want;
	} cases[] = {
		{ { 1, 4, 1 }, "7 0 obj\n", "", "7 1", NULL },
		{ { 1, 2, 0 }, "7 0 obj\n", "", "7 1", NULL },
		{ { 1, 8, 2 }, "7 0 obj\r", "", "7 1", NULL },
		{ { 0, 4, 1 }, "7 0 obj\n", "", "7 1", forms },
		{ { 2, 4, 1 }, "7 0 obj\n", "", "7 1", forms },
		{ { 8, 8, 8 }, "7 0 obj\n", "", "7 1", forms },
		{ { 1, 4, 5 }, "7 0 obj\n", "", "7 1", forms },
		{ { 1, 4, 1 }, "7 0 obj\n", "", "6 0 7 1", forms },
		{ { 1, 4, 1 }, "7 0 obj\n", "", "+7 1", forms },
		{ { 1, 4, 1 }, "7 0 obj\n", "/XRefStm 5", "7 1", "no /XRefStm in a cross-reference stream" },
		{ { 1, 4, 1 }, "7 0 obj %x\n", "", "7 1", "expected a value, found '%x'" },
		{ { 1, 4, 1 }, "7\f0 obj\n", "", "7 1", "one blank between" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const unsigned *w = cases[i].width;
		struct made m = { 0 };
		struct diags d = { 0 };
		struct pdf_file *f;
		size_t at;

		made_first(&m);
		at = m.out.n;
		buf_printf(&m.out, "%s<</Type/XRef/Size 8/Root 1 0 R/Prev %zu/W[%u %u %u]/Index[%s]%s/Length %u>>\nstream\n", cases[i].number,
			m.xref, w[0], w[1], w[2], cases[i].index, cases[i].keys, w[0] + w[1] + w[2]);
		put_row(&m.out, at, w);
		m.xref = at;
		buf_puts(&m.out, "\nendstream\nendobj\n");
		made_end(&m);
		f = made_open(&m, &d);
		if (!cases[i].want != !!f || (f == NULL && !strstr(d.finding[0].message, cases[i].want)))
			fail_msg("%zu: wanted %s, said %s", i, cases[i].want, d.n_finding ? d.finding[0].message : "nothing");
		pdf_close(f);
		diags_clear(&d);
		made_clear(&m);
	}
}

/* What an old table has may not be said anew where only some programs look. */
static void hybrids(void **state)
{
	static const char *const want[] = { "stands in the stream that /XRefStm names, though an earlier revision has that object", NULL };

	(void)state;
	for (unsigned number = 6; number <= 7; number++) {
		struct made m = { 0 };
		struct diags d = { 0 };
		struct pdf_file *f;
		size_t prev, stream, at;

		made_first(&m);
		prev = m.xref;
		at = number == 6 ? m.at[6] : m.out.n;
		if (number == 7)
			made_object(&m, 7, "(x)");
		stream = m.out.n;
		buf_printf(&m.out, "8 0 obj\n<</Type/XRef/Size 9/Root 1 0 R/W[1 4 1]/Index[%u 1]/Length 6>>\nstream\n", number);
		put_row(&m.out, at, (const unsigned[]){ 1, 4, 1 });
		buf_puts(&m.out, "\nendstream\nendobj\n");
		m.xref = m.out.n;
		buf_printf(&m.out, "xref\n%u 1\n0000000000 00000 f \n8 1\n%010zu 00000 n \n", number, stream);
		buf_printf(&m.out, "trailer\n<</Size 9/Root 1 0 R/Prev %zu/XRefStm %zu>>\n", prev, stream);
		made_end(&m);
		f = made_open(&m, &d);
		if (!want[number - 6] != !!f || (!f && !strstr(d.finding[0].message, want[number - 6])))
			fail_msg("%u: %s", number, d.n_finding ? d.finding[0].message : "nothing");
		pdf_close(f);
		diags_clear(&d);
		made_clear(&m);
	}
}

/* ---- what is hidden ---- */

static void hidden(void **state)
{
	static const struct {
		const char *text; /* of object 6 */
		bool hides;
	} cases[] = {
		{ "(no object)", false },
		{ "(4 0 objects, for 5 obj of 0 obj)", true },
		{ "(for 5 obj of x0 obj, endobj)", false },
		{ "(\n4 0 obj)", true },
		{ "(x4 0obj)", true },
		{ "(4 %a\r\n%b\n0 %c\nobj)", true },
		{ "(4 %a\r\nb\n0 %c\nobj)", false },
		{ "(4 0 %c obj)", false },
		{ "[] % 4 0 obj\n", true },
		{ "<< /Length 9 >>\nstream\n4 0 obj()\nendstream", true },
		{ "(trailer of 5)", false },
		{ "(trailer %x\n<<)", true },
		{ "<< /Length 0 /Type /ObjStm /N 0 /First 0 >>\nstream\n\nendstream", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m = { .find = "[(one) <74776F> null true -.5 /N#61me % said\n]", .put = cases[i].text };
		struct diags d = { 0 };
		struct pdf_file *f;
		uint32_t number;

		made_first(&m);
		f = made_open(&m, &d);
		assert_non_null(f);
		if (pdf_hides_objects(f, &number) != cases[i].hides || number != (cases[i].hides ? 6 : 0))
			fail_msg("%s: %u", cases[i].text, (unsigned)number);
		pdf_close(f);
		diags_clear(&d);
		made_clear(&m);
	}
}

/* A length that could become true once more was appended. */
static void linearized(void **state)
{
	static const char *const keys[] = { "/Linearized 1", "/Linearized 1 /L 500", "/Linearized 1 /L 700", "/Linearized 1 /L 5 0 R" };

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct made m = { .find = "/Type /Catalog" };
		struct diags d = { 0 };
		struct pdf_file *f;
		char put[60];

		snprintf(put, sizeof put, "/Type /Catalog %s", keys[i]);
		m.put = put;
		made_first(&m);
		f = made_open(&m, &d);
		assert_true(i > 1 ? f == NULL && strstr(d.finding[0].message, "as /L of /Linearized") : f != NULL);
		pdf_close(f);
		diags_clear(&d);
		made_clear(&m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables),
		cmocka_unit_test(streams),
		cmocka_unit_test(hybrids),
		cmocka_unit_test(hidden),
		cmocka_unit_test(linearized),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
