/* Files that are refused, each with its message. */
#include "pdfmade.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct bad {
	bool in_texts; /* of objects and trailers, before they are laid out; else in the bytes of the file */
	int revisions;
	const char *find;
	const char *put;
	const char *rule;
	const char *want; /* the message begins so */
} cases[] = {
	{ false, 1, "%PDF-1.7", "%PDF-1.9", "pdf",
		"byte 0 of the PDF: expected %PDF-1.0 to %PDF-1.7 or %PDF-2.0, found '%PDF-1.9'" },
	{ false, 1, "%PDF-1.7", "%PDF-3.0", "pdf",
		"byte 0 of the PDF: expected %PDF-1.0 to %PDF-1.7 or %PDF-2.0, found '%PDF-3.0'" },
	{ false, 1, "%PDF-1.7", " PDF-1.7", "pdf",
		"byte 0 of the PDF: expected %PDF-1.0 to %PDF-1.7 or %PDF-2.0, found ' PDF-1.7'" },
	{ false, 1, "%%EOF\n", "", "pdf",
		"byte 538 of the PDF: expected %%EOF as the last line, found 'f'" },
	{ false, 1, "%%EOF\n", "%%EOX\n", "pdf",
		"byte 544 of the PDF: expected %%EOF as the last line, found '%%EOX'" },
	{ false, 1, "startxref\n", "startxrex\n", "pdf",
		"byte 487 of the PDF: expected startxref, found '00000 n '" },
	{ false, 1, "xref\n0 7", "xref\n1 7", "pdf",
		"object 7 of the PDF: its entry in the cross-reference section at byte 347 has a number that is not below /Size" },
	{ false, 1, "xref\n0 7", "xref\n0 6", "pdf",
		"byte 493 of the PDF: expected a line end, found 'n '" },
	{ false, 1, "xref\n0 7", "xref\n0 8", "pdf",
		"byte 496 of the PDF: expected an entry of 20 bytes, like '0000000015 00000 n' and a line end of two, found 'trailer'" },
	{ false, 1, "xref\n0 7", "xreg\n0 7", "pdf",
		"byte 347 of the PDF: expected xref or a cross-reference stream, as startxref or /Prev says, found 'xreg'" },
	{ false, 1, "65535 f ", "65535 n ", "pdf",
		"byte 356 of the PDF: expected a free entry for object 0, found '0000000000 65535 n '" },
	{ false, 1, "00000 n \n", "00000 n\n", "pdf",
		"byte 376 of the PDF: expected an entry of 20 bytes, like '0000000015 00000 n' and a line end of two, found '0000000015 00000 n'" },
	{ false, 1, "0000000015 00000 n", "0000000016 00000 n", "pdf",
		"byte 16 of the PDF: expected the number of an object, its generation and 'obj', found ' 0 obj'" },
	{ false, 1, "0000000015 00000 n", "0000000015 00001 n", "pdf",
		"byte 15 of the PDF: the cross-reference section says that object 1 (generation 1) is there, but it is object 1 (generation 0)" },
	{ false, 1, "0000000015 00000 n", "9999999999 00000 n", "pdf",
		"byte 376 of the PDF: expected an entry that names a byte of this file, found '9999999999 00000 n '" },
	{ false, 1, "0000000015 00000 n", "0000000015 00000 f", "pdf",
		"byte 15 of the PDF: expected between objects that the cross-reference sections name only white space and comments, found '1 0 obj'" },
	{ false, 1, "0000000015 00000 n", "0000000015 99999 n", "pdf",
		"byte 376 of the PDF: expected a generation of at most 65535, found '0000000015 99999 n '" },
	{ false, 1, "0000000015 00000 n", "000000001x 00000 n", "pdf",
		"byte 376 of the PDF: expected an entry of 20 bytes, like '0000000015 00000 n' and a line end of two, found '000000001x 00000 n '" },
	{ false, 1, "trailer", "trayler", "pdf",
		"byte 496 of the PDF: expected the first object number of a group of entries and how many there are, or trailer, found 'trayler'" },
	{ true, 1, "/Size 7", "/Size 6", "pdf",
		"object 6 of the PDF: its entry in the cross-reference section at byte 347 has a number that is not below /Size" },
	{ true, 1, "/Size 7", "", "pdf",
		"byte 504 of the PDF: expected a trailer with /Size, one more than the highest object number, found '<<  /Root 1 0 R >>'" },
	{ true, 1, "/Size 7", "/Size (7)", "pdf",
		"byte 504 of the PDF: expected a trailer with /Size, one more than the highest object number, found '<< /Size (7) /Root '" },
	{ true, 1, "/Root 1 0 R >>", "/Root 2 0 R >>", "pdf",
		"byte 504 of the PDF: expected a trailer whose /Root refers to a dictionary with /Type /Catalog, found '<< /Size 7 /Root 2 '" },
	{ true, 1, "/Root 1 0 R >>", ">>", "pdf",
		"byte 504 of the PDF: expected a trailer whose /Root refers to a dictionary with /Type /Catalog, found '<< /Size 7 >>'" },
	{ true, 1, "/Root 1 0 R >>", "/Root 1 1 R >>", "pdf",
		"byte 504 of the PDF: expected a trailer whose /Root refers to a dictionary with /Type /Catalog, found '<< /Size 7 /Root 1 '" },
	{ true, 1, "/Root 1 0 R >>", "/Root 1 0 R /Encrypt << >> >>", "encrypted",
		"the PDF is encrypted" },
	{ true, 1, "/Size 7 /Root", "/Prev 10 /Size 7 /Root", "pdf",
		"byte 10 of the PDF: expected xref or a cross-reference stream, as startxref or /Prev says, found '?\??\?'" },
	{ true, 1, "/Size 7 /Root", "/Prev 99999 /Size 7 /Root", "pdf",
		"byte 513 of the PDF: expected as /Prev a byte of this file, found '99999 /Size 7 /Root'" },
	{ true, 1, "/Size 7 /Root", "/Prev (x) /Size 7 /Root", "pdf",
		"byte 513 of the PDF: expected as /Prev a byte of this file, found '(x) /Size 7 /Root 1'" },
	{ false, 1, "1 0 obj", "1 0 obk", "pdf",
		"byte 15 of the PDF: expected the number of an object, its generation and 'obj', found '1 0 obk'" },
	{ false, 1, "1 0 obj", "9 0 obj", "pdf",
		"byte 15 of the PDF: the cross-reference section says that object 1 (generation 0) is there, but it is object 9 (generation 0)" },
	{ false, 1, "endobj\n2", "endobi\n2", "pdf",
		"byte 57 of the PDF: expected endobj, found 'endobi'" },
	{ true, 1, "/Count 1", "/Count 1 /Kids []", "pdf",
		"byte 111 of the PDF: expected a key that the dictionary does not have yet, found '/Kids [] >>'" },
	{ true, 1, "/Count 1", "/Count", "pdf",
		"byte 109 of the PDF: expected a value for the last key of the dictionary, found '>>'" },
	{ true, 1, "/Count 1", "/Count 1 2", "pdf",
		"byte 111 of the PDF: expected a name as the key of a dictionary, found '2 >>'" },
	{ true, 1, "/Count 1 >>", "/Count 1 >", "pdf",
		"byte 111 of the PDF: expected a value, or what closes the array or dictionary that is open, found '>'" },
	{ true, 1, "[3 0 R]", "[3 0 R", "pdf",
		"byte 110 of the PDF: expected a value, or what closes the array or dictionary that is open, found '>>'" },
	{ true, 1, "[3 0 R]", "[3 R]", "pdf",
		"byte 97 of the PDF: expected before R the number of an object and its generation, found 'R] /Count 1 >>'" },
	{ true, 1, "[3 0 R]", "[0 0 R]", "pdf",
		"byte 99 of the PDF: expected before R the number of an object and its generation, found 'R] /Count 1 >>'" },
	{ true, 1, "/Count 1 >>", "/Count 1 >> 5", "pdf",
		"byte 114 of the PDF: expected endobj, found '5'" },
	{ true, 1, "/Count 1 >>", "/Count 1 >> ]", "pdf",
		"byte 114 of the PDF: expected endobj, found ']'" },
	{ true, 1, "/Count 1", "/Count tru", "pdf",
		"byte 109 of the PDF: expected a value, found 'tru >>'" },
	{ true, 1, "/Count 1", "/Count 1a", "pdf",
		"byte 109 of the PDF: expected a number, found '1a >>'" },
	{ true, 1, "/Count 1", "/Count --1", "pdf",
		"byte 109 of the PDF: expected a number, found '--1 >>'" },
	{ true, 1, "/Count 1", "/Count 1.2.3", "pdf",
		"byte 109 of the PDF: expected a number, found '1.2.3 >>'" },
	{ true, 1, "/Count 1", "/Count 1234567890123456789", "pdf",
		"byte 109 of the PDF: expected a number of at most 12 digits before the point, found '1234567890123456789'" },
	{ true, 1, "(one)", "(one", "pdf",
		"byte 294 of the PDF: expected a string that ends with ')', found '(one <74776F> null '" },
	{ true, 1, "(one)", "((one)", "pdf",
		"byte 294 of the PDF: expected a string that ends with ')', found '((one) <74776F> nul'" },
	{ true, 1, "<74776F>", "<74776G>", "pdf",
		"byte 306 of the PDF: expected a hexadecimal digit, found 'G> null true -.5 /N'" },
	{ true, 1, "<74776F>", "<74776F", "pdf",
		"byte 308 of the PDF: expected a hexadecimal digit, found 'null true -.5 /N#61'" },
	{ true, 1, "/N#61me", "/N#6me", "pdf",
		"byte 325 of the PDF: expected '#' and the two hexadecimal digits of a byte that is not 0, found '#6me % said'" },
	{ true, 1, "/N#61me", "/N#00me", "pdf",
		"byte 325 of the PDF: expected '#' and the two hexadecimal digits of a byte that is not 0, found '#00me % said'" },
	{ true, 1, "/N#61me", "/N#6", "pdf",
		"byte 325 of the PDF: expected '#' and the two hexadecimal digits of a byte that is not 0, found '#6 % said'" },
	{ true, 1, "stream\nBT", "stream\rBT", "pdf",
		"byte 244 of the PDF: expected behind the word stream LF, or CR and LF, found a line end" },
	{ true, 1, "stream\nBT ET", "stream\nBT ET ", "pdf",
		"byte 250 of the PDF: expected endstream, behind as many bytes as /Length says and at most one line end, found ' '" },
	{ true, 1, "ET\nendstream", "ET\nendstrea", "pdf",
		"byte 251 of the PDF: expected endstream, behind as many bytes as /Length says and at most one line end, found 'endstrea'" },
	{ true, 1, "ET\nendstream", "ET\n\nendstream", "pdf",
		"byte 251 of the PDF: expected endstream, behind as many bytes as /Length says and at most one line end, found a line end" },
	{ true, 1, "/Length 5 0 R", "/Length 9 0 R", "pdf",
		"byte 229 of the PDF: expected a /Length that the file has, found '9 0 R >>'" },
	{ true, 1, "/Length 5 0 R", "/Length 6 0 R", "pdf",
		"byte 293 of the PDF: expected a number, the length of a stream, found '[(one) <74776F> nul'" },
	{ true, 1, "/Length 5 0 R", "/Length -1", "pdf",
		"byte 218 of the PDF: expected a stream with /Length, a number of bytes, found '<< /Length -1 >>'" },
	{ true, 1, "/Length 5 0 R", "/Length 5000", "pdf",
		"byte 244 of the PDF: expected a stream of as many bytes as its /Length says, found 'BT ET'" },
	{ true, 1, "/Length 5 0 R", "", "pdf",
		"byte 218 of the PDF: expected a stream with /Length, a number of bytes, found '<<  >>'" },
	{ true, 1, "<< /Length 5 0 R >>", "[]", "pdf",
		"byte 221 of the PDF: expected endobj, since only behind a dictionary there can be a stream, found 'stream'" },
	{ true, 1, "(one) <", "1 0 R obj <", "pdf",
		"byte 300 of the PDF: expected a value, found 'obj <74776F> null t'" },
	{ true, 2, "/Size 8", "/Size 5", "pdf",
		"byte 686 of the PDF: expected a /Size that is not below that of the revision before, found '<< /Size 5 /Root 1 '" },
	{ false, 2, "second)\nendobj", "second)   obj", "pdf",
		"byte 605 of the PDF: expected xref or a cross-reference stream, as startxref or /Prev says, found 'ref'" },
	{ false, 2, "xref\n0 1\n", "xref\n0 0\n", "pdf",
		"byte 631 of the PDF: expected a line end, found 'f '" },
	{ false, 2, "7 0 obj\n<< /New true", "8 0 obj\n<< /New true", "pdf",
		"byte 574 of the PDF: the cross-reference section says that object 7 (generation 0) is there, but it is object 8 (generation 0)" },
	{ false, 2, "6 2\n", "5 2\n", "pdf",
		"byte 550 of the PDF: the cross-reference section says that object 5 (generation 0) is there, but it is object 6 (generation 0)" },
	{ false, 2, "6 2\n", "7 2\n", "pdf",
		"object 8 of the PDF: its entry in the cross-reference section at byte 605 has a number that is not below /Size" },
	{ false, 2, "%%EOF\n6 0", "%%EOG\n6 0", "pdf",
		"byte 544 of the PDF: expected %%EOF, found '%%EOG'" },
};

static void check(const struct bad *c)
{
	struct diags d = { 0 };
	struct made m = { 0 };
	struct pdf_file *f;

	if (c->in_texts) {
		m.find = c->find;
		m.put = c->put;
	}
	made_first(&m);
	if (c->revisions > 1)
		made_second(&m);
	if (!c->in_texts)
		assert_true(made_replace(&m, c->find, c->put));
	f = made_open(&m, &d);
	if (f || !d.n_finding || strncmp(d.finding[0].message, c->want, strlen(c->want)) != 0 || strcmp(d.finding[0].rule, c->rule) != 0)
		fail_msg("%s -> %s: %s", c->find, c->put, d.n_finding ? d.finding[0].message : "no finding");
	assert_int_equal(d.n_finding, 1);
	pdf_close(f);
	diags_clear(&d);
	made_clear(&m);
}

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(&cases[i]);
}

/* A file cut anywhere, or with a byte in front, is refused. */
static void test_cut(void **state)
{
	struct made m = { 0 };

	(void)state;
	made_first(&m);
	made_second(&m);
	for (size_t n = 0; n < m.out.n; n++) {
		struct diags d = { 0 };
		struct pdf_file *f = pdf_open((struct bytes){ .data = m.out.text, .n = n }, "a.pdf", &d);

		if (f && pdf_n_revision(f) == 2 && n < m.out.n - 1)
			fail_msg("%zu bytes were taken", n);
		assert_true(f ? !d.n_finding : d.n_finding == 1);
		pdf_close(f);
		diags_clear(&d);
	}
	made_clear(&m);
}

/* What is wrong with an update as a whole. */
struct wrong_update {
	const char *want;
	void (*make)(struct made *);
};

static void finish_update(struct made *m, const char *groups, size_t prev)
{
	m->xref = m->out.n;
	buf_printf(&m->out, "xref\n%strailer\n<< /Size 20 /Root 1 0 R /Prev %zu >>\n", groups, prev);
	made_end(m);
}

/* Its object was there before, known to nobody. */
static void make_hidden(struct made *m)
{
	char groups[100];

	snprintf(groups, sizeof groups, "7 1\n%010zu 00000 n \n", m->at[3]);
	finish_update(m, groups, m->xref);
}

static void make_loop(struct made *m)
{
	finish_update(m, "", m->out.n);
}

/* Two sections that name each other. */
static void make_forward(struct made *m)
{
	size_t middle = m->out.n;

	finish_update(m, "", middle + 400);
	while (m->out.n < middle + 390)
		buf_putc(&m->out, ' ');
	while (m->out.n < middle + 400)
		buf_putc(&m->out, '\n');
	finish_update(m, "", middle);
}

static void make_orphan(struct made *m)
{
	size_t prev = m->xref;

	made_object(m, 9, "(nobody names me)");
	finish_update(m, "", prev);
}

static void make_generation(struct made *m)
{
	size_t prev = m->xref, at = m->out.n;
	char groups[100];

	buf_puts(&m->out, "6 1 obj\nnull\nendobj\n");
	snprintf(groups, sizeof groups, "6 1\n%010zu 00001 n \n", at);
	finish_update(m, groups, prev);
}

static void make_twice(struct made *m)
{
	size_t prev = m->xref, at = m->out.n;
	char groups[200];

	made_object(m, 6, "null");
	made_object(m, 6, "true");
	snprintf(groups, sizeof groups, "6 1\n%010zu 00000 n \n6 1\n%010zu 00000 n \n", at, m->at[6]);
	finish_update(m, groups, prev);
}

static void make_inside(struct made *m)
{
	size_t prev = m->xref;
	char groups[200];

	made_object(m, 8, "<< /Length 20 >>\nstream\n9 0 obj\nnull\nendobj\n\nendstream");
	snprintf(groups, sizeof groups, "8 2\n%010zu 00000 n \n%010zu 00000 n \n", m->at[8],
		m->at[8] + strlen("8 0 obj\n<< /Length 20 >>\nstream\n"));
	finish_update(m, groups, prev);
}

static void test_updates(void **state)
{
	static const struct wrong_update updates[] = {
		{ "object 7 of the PDF: its entry in the cross-reference section at byte 550 names a byte outside what that revision added", make_hidden },
		{ "byte 550 of the PDF: expected a /Prev that names an earlier section, found 'xref'", make_loop },
		{ "byte 950 of the PDF: expected no /Prev in the second section of a linearized file", make_forward },
		{ "byte 550 of the PDF: expected between objects that the cross-reference sections name only white space and comments, found '9 0 obj'", make_orphan },
		{ "object 6 of the PDF: its entry in the cross-reference section at byte 570 has another generation than the object that it replaces", make_generation },
		{ "object 6 of the PDF: its entry in the cross-reference section at byte 590 disagrees with a second entry", make_twice },
		{ "byte 582 of the PDF: expected an object that does not begin inside of another, found '9 0 obj'", make_inside },
	};

	(void)state;
	for (size_t i = 0; i < sizeof updates / sizeof *updates; i++) {
		struct diags d = { 0 };
		struct made m = { 0 };

		made_first(&m);
		updates[i].make(&m);
		assert_null(made_open(&m, &d));
		if (strncmp(d.finding[0].message, updates[i].want, strlen(updates[i].want)) != 0)
			fail_msg("%s\n%s", updates[i].want, d.finding[0].message);
		diags_clear(&d);
		made_clear(&m);
	}
}

/* Arrays in arrays: 100 are read, 101 are not. */
static void test_depth(void **state)
{
	(void)state;
	for (size_t depth = 100; depth <= 101; depth++) {
		struct diags d = { 0 };
		struct buf text = { 0 };
		struct made m = { .find = "(one)" };
		struct pdf_file *f;

		for (size_t i = 1; i < depth; i++) /* one is there */
			buf_putc(&text, '[');
		for (size_t i = 1; i < depth; i++)
			buf_putc(&text, ']');
		m.put = text.text;
		made_first(&m);
		f = made_open(&m, &d);
		assert_int_equal(f != NULL, depth == 100);
		if (!f)
			assert_string_equal(d.finding[0].rule, "limit");
		pdf_close(f);
		buf_clear(&text);
		diags_clear(&d);
		made_clear(&m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_updates),
		cmocka_unit_test(test_depth),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
