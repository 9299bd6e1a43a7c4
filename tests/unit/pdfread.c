/* Files that are read: revisions, hybrids, object streams, linearized ones, filters. */
#include "pdf/stream.h"
#include "pdfmade.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct pdf_file *open_good(const struct made *m)
{
	struct diags d = { 0 };
	struct pdf_file *f = made_open(m, &d);

	if (!f)
		fail_msg("%s", d.finding[0].message);
	diags_clear(&d);
	return f;
}

static void test_values(void **state)
{
	struct made m = { 0 };
	struct pdf_file *f;
	const struct pdf_object *o;

	(void)state;
	made_first(&m);
	f = open_good(&m);
	o = pdf_get(pdf_last(f), 6);
	assert_int_equal(o->kind, PDF_ARRAY);
	assert_int_equal(o->n, 6);
	assert_true(pdf_string_is(&o->item[0], "one") && !o->item[0].hex);
	assert_true(pdf_string_is(&o->item[1], "two") && o->item[1].hex);
	assert_int_equal(o->item[2].kind, PDF_NULL);
	assert_true(o->item[3].kind == PDF_BOOL && o->item[3].truth);
	assert_true(o->item[4].kind == PDF_REAL && o->item[4].number == -500000);
	assert_true(pdf_name_is(&o->item[5], "Name"));
	assert_memory_equal(m.out.text + o->from, "[(one)", 6);
	assert_memory_equal(m.out.text + o->to - 3, "d\n]", 3);
	assert_int_equal(pdf_version(f), 17);
	assert_true(pdf_name_is(pdf_find(pdf_catalog(pdf_last(f)), "Type"), "Catalog"));
	o = pdf_look(pdf_last(f), pdf_catalog(pdf_last(f)), "Pages");
	o = pdf_item(pdf_last(f), pdf_find(o, "Kids"), 0);
	assert_true(pdf_name_is(pdf_find(o, "Type"), "Page"));
	assert_int_equal(pdf_look(pdf_last(f), o, "Contents")->raw->n, 5);
	assert_int_equal(pdf_item(pdf_last(f), pdf_find(o, "MediaBox"), 3)->number, 200500000);
	assert_int_equal(pdf_item(pdf_last(f), pdf_find(o, "MediaBox"), 4)->kind, PDF_NULL);
	assert_int_equal(pdf_get(pdf_last(f), 99)->kind, PDF_NULL);
	assert_null(pdf_written(pdf_last(f), 0));
	pdf_close(f);
	made_clear(&m);
}

static void test_strings(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "(a(b)c)", "a(b)c" },
		{ "(a\\)\\(\\\\b)", "a)(\\b" },
		{ "(\\n\\r\\t\\b\\f)", "\n\r\t\b\f" },
		{ "(\\101\\60\\7x\\1012)", "A0\ax" "A2" },
		{ "(a\\\nb\\\r\nc\\qd)", "abcqd" },
		{ "(a\r\nb\rc\nd)", "a\nb\nc\nd" },
		{ "<61 6\n2 7>", "abp" },
		{ "()", "" },
		{ "<>", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m = { .find = "(one)", .put = cases[i].text };
		struct pdf_file *f;

		made_first(&m);
		f = open_good(&m);
		if (!pdf_string_is(&pdf_get(pdf_last(f), 6)->item[0], cases[i].want))
			fail_msg("%s", cases[i].text);
		pdf_close(f);
		made_clear(&m);
	}
}

static void test_revisions(void **state)
{
	struct made m = { 0 };
	struct pdf_file *f;
	const struct pdf_revision *first, *second;
	size_t end;

	(void)state;
	made_first(&m);
	end = m.out.n;
	made_second(&m);
	f = open_good(&m);
	assert_int_equal(pdf_n_revision(f), 2);
	first = pdf_revision(f, 0);
	second = pdf_revision(f, 1);
	assert_int_equal(first->start, 0);
	assert_int_equal(first->end, end);
	assert_int_equal(first->eof, end - 1);
	assert_int_equal(second->start, end);
	assert_int_equal(second->end, m.out.n);
	assert_int_equal(first->n_written, 6);
	assert_int_equal(second->n_written, 2);
	assert_int_equal(second->written[0]->number, 6);
	assert_false(second->written[0]->is_new);
	assert_true(second->written[1]->is_new);
	assert_memory_equal(m.out.text + second->written[0]->from, "6 0 obj", 7);
	assert_memory_equal(m.out.text + second->written[0]->to - 6, "endobj", 6);
	assert_int_equal(pdf_get(pdf_view(f, 0), 6)->kind, PDF_ARRAY);
	assert_true(pdf_string_is(pdf_get(pdf_view(f, 1), 6), "second"));
	assert_int_equal(pdf_get(pdf_view(f, 0), 7)->kind, PDF_NULL);
	assert_true(pdf_has(pdf_get(pdf_view(f, 1), 7), "New"));
	assert_int_equal(first->size, 7);
	assert_int_equal(second->size, 8);
	assert_true(pdf_has(pdf_trailer(pdf_view(f, 1)), "Prev"));
	pdf_close(f);
	made_clear(&m);
}

/* A later table may list again what it does not change; an object may be taken away, and come back. */
static void test_repeated_and_freed(void **state)
{
	struct made m = { 0 };
	struct pdf_file *f;
	size_t prev;

	(void)state;
	made_first(&m);
	prev = m.xref;
	m.xref = m.out.n;
	buf_puts(&m.out, "xref\n");
	made_group(&m, 0, 5);
	buf_puts(&m.out, "6 1\n0000000000 00001 f \n");
	buf_printf(&m.out, "trailer\n<< /Size 7 /Root 1 0 R /Prev %zu >>\n", prev);
	made_end(&m);
	prev = m.xref;
	m.at[6] = m.out.n;
	buf_puts(&m.out, "6 1 obj\n(again)\nendobj\n");
	m.xref = m.out.n;
	buf_printf(&m.out, "xref\n6 1\n%010zu 00001 n \ntrailer\n<< /Size 7 /Root 1 0 R /Prev %zu >>\n", m.at[6], prev);
	made_end(&m);
	f = open_good(&m);
	assert_int_equal(pdf_n_revision(f), 3);
	assert_int_equal(pdf_revision(f, 1)->n_written, 1);
	assert_int_equal(pdf_revision(f, 1)->written[0]->state, PDF_FREE);
	assert_int_equal(pdf_get(pdf_view(f, 1), 6)->kind, PDF_NULL);
	assert_true(pdf_revision(f, 2)->written[0]->is_new);
	assert_true(pdf_string_is(pdf_get(pdf_view(f, 2), 6), "again"));
	pdf_close(f);
	made_clear(&m);
}

/* An object stream with objects 7 (at 0) and 8, which is object 9. */
static void put_pack(struct made *m)
{
	made_object(m, 9, "<< /Type /ObjStm /N 2 /First 8 /Length 27 >>\nstream\n7 0 8 5 (in) << /A 7 0 R >>\nendstream");
}

static void put_row(struct buf *b, unsigned kind, size_t at, unsigned third)
{
	char row[4] = { (char)kind, (char)(at >> 8), (char)at, (char)third };

	buf_put(b, row, sizeof row);
}

/* What the table of objects 0 to 6 says, then of 7, 8 and 9, as a stream of that number. */
static void put_xref_stream(struct made *m, unsigned number, const char *more)
{
	m->xref = m->out.n;
	buf_printf(&m->out, "%u 0 obj\n<< /Type /XRef /W [1 2 1] /Size %u /Length %u %s >>\nstream\n", number, number + 1,
		4 * (number + 1), more);
	put_row(&m->out, 0, 0, 255);
	for (unsigned i = 1; i <= 6; i++)
		put_row(&m->out, 1, m->at[i], 0);
	put_row(&m->out, 2, 9, 0);
	put_row(&m->out, 2, 9, 1);
	put_row(&m->out, 1, m->at[9], 0);
	put_row(&m->out, 1, m->xref, 0);
	buf_puts(&m->out, "\nendstream\nendobj\n");
}

static void cut_table(struct made *m)
{
	m->out.n = m->xref;
	m->out.text[m->out.n] = '\0';
}

static void make_streams(struct made *m)
{
	made_first(m);
	cut_table(m);
	put_pack(m);
	put_xref_stream(m, 10, "/Root 1 0 R");
	made_end(m);
}

static void check_packed(struct pdf_file *f)
{
	const struct pdf_object *o = pdf_get(pdf_last(f), 8);

	assert_true(pdf_string_is(pdf_look(pdf_last(f), o, "A"), "in"));
	assert_int_equal(pdf_written(pdf_last(f), 8)->state, PDF_IN_STREAM);
	assert_int_equal(pdf_written(pdf_last(f), 8)->container, 9);
	assert_int_equal(pdf_written(pdf_last(f), 8)->index, 1);
	assert_int_equal(pdf_written(pdf_last(f), 8)->from, pdf_written(pdf_last(f), 9)->from);
	assert_int_equal(o->from, 13);
}

static void test_streams(void **state)
{
	struct made m = { 0 };
	struct pdf_file *f;

	(void)state;
	make_streams(&m);
	f = open_good(&m);
	assert_int_equal(pdf_revision(f, 0)->kind, PDF_XREF_STREAM);
	assert_int_equal(pdf_revision(f, 0)->n_written, 9);
	assert_int_equal(pdf_revision(f, 0)->xref_number, 10);
	assert_false(pdf_has(pdf_trailer(pdf_last(f)), "W"));
	assert_true(pdf_written(pdf_last(f), 10)->is_xref);
	check_packed(f);
	pdf_close(f);
	made_clear(&m);
}

static void refuse(struct made *m, const char *find, const char *put, const char *want)
{
	struct diags d = { 0 };

	assert_true(made_replace(m, find, put));
	if (made_open(m, &d))
		fail_msg("%s -> %s is taken", find, put);
	if (!strstr(d.finding[0].message, want))
		fail_msg("%s -> %s: %s", find, put, d.finding[0].message);
	diags_clear(&d);
	made_clear(m);
}

static void test_bad_streams(void **state)
{
	static const char *const cases[][3] = {
		{ "/N 2", "/N 3", "object stream 9 holds: expected an object number, found '(in) <<" },
		{ "/N 2", "/N 1", "byte 13 of what the object stream 9 holds: expected the next object, found '<< /A" },
		{ "/N 2", "/N x", "expected a value, found 'x" },
		{ "7 0 8 5", "6 0 8 5", "object 7 of the PDF: the cross-reference section says that it is in the object stream 9; expected there its number" },
		{ "7 0 8 5", "7 5 8 0", "the place of an object behind the one before" },
		{ "7 0 8 5", "7 0 8 6", "byte 13 of what the object stream 9 holds: expected the next object" },
		{ "7 0 8 5", "7 0 8 3", "byte 8 of what the object stream 9 holds: expected a string that ends with ')'" },
		{ "/ObjStm", "/ObjStn", "object 7 of the PDF: the cross-reference section says that it is in the object stream 9; expected there a stream with /Type /ObjStm" },
		{ "/W [1 2 1]", "/W [1 2 9]", "widths of 0 to 8 bytes" },
		{ "/W [1 2 1]", "/W [1 0 3]", "a second width above 0" },
		{ "/W [1 2 1]", "/W [1 2 2]", "expected a cross-reference stream with entries of kind 0, 1 and 2" },
		{ "/Size 11 ", "/Size 10 ", "as many entries as its /Index says" },
		{ "/Type /XRef", "/Type /XReg", "a cross-reference stream with /Type /XRef" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m = { 0 };

		make_streams(&m);
		refuse(&m, cases[i][0], cases[i][1], cases[i][2]);
	}
}

/* A table that hides objects 7 and 8, and the stream that shows them. */
static void put_hybrid(struct made *m, bool is_word)
{
	size_t stream;

	made_first(m);
	cut_table(m);
	put_pack(m);
	put_xref_stream(m, 10, "");
	stream = m->at[10] = m->xref;
	m->xref = m->out.n;
	buf_puts(&m->out, "xref\n");
	made_group(m, 0, 6);
	buf_puts(&m->out, "7 2\n0000000000 00000 f \n0000000000 00000 f \n");
	made_group(m, 9, 10);
	if (!is_word) {
		buf_printf(&m->out, "trailer\n<< /Size 11 /Root 1 0 R /XRefStm %zu >>\n", stream);
		made_end(m);
		return;
	}
	buf_puts(&m->out, "trailer\n<< /Size 11 /Root 1 0 R >>\n");
	made_end(m);
	buf_printf(&m->out, "xref\n0 0\ntrailer\n<< /Size 11 /Root 1 0 R /Prev %zu /XRefStm %zu >>\n", m->xref, stream);
	m->xref = m->out.n - (size_t)snprintf(NULL, 0, "xref\n0 0\ntrailer\n<< /Size 11 /Root 1 0 R /Prev %zu /XRefStm %zu >>\n", m->xref, stream);
	made_end(m);
}

static void test_hybrid(void **state)
{
	(void)state;
	for (int is_word = 0; is_word <= 1; is_word++) {
		struct made m = { 0 };
		struct pdf_file *f;

		put_hybrid(&m, is_word);
		f = open_good(&m);
		assert_int_equal(pdf_n_revision(f), 1);
		assert_int_equal(pdf_revision(f, 0)->kind, PDF_XREF_HYBRID);
		assert_int_equal(pdf_revision(f, 0)->end, m.out.n);
		check_packed(f);
		pdf_close(f);
		made_clear(&m);
	}
}

/* The table and the stream disagree about object 6. */
static void test_hybrid_disagrees(void **state)
{
	struct made m = { 0 };
	char find[20], put[20];

	(void)state;
	put_hybrid(&m, false);
	snprintf(find, sizeof find, "%010zu 00000", m.at[6]);
	snprintf(put, sizeof put, "%010zu 00000", m.at[5]);
	refuse(&m, find, put, "object 6 of the PDF: its entry in the cross-reference section at byte");
}

/* ---- files of our own ---- */

static struct pdf_file *open_own(const struct made *m, struct diags *d)
{
	return pdf_open_own((struct bytes){ m->out.text, m->out.n }, "made.pdf", d);
}

/* The same values, whether they are read at once or when they are asked for; those read apart are the caller's. */
static void test_own(void **state)
{
	static void (*const make[])(struct made *) = { made_first, make_streams };

	(void)state;
	for (size_t i = 0; i < sizeof make / sizeof *make; i++) {
		struct made m = { 0 };
		struct diags d = { 0 };
		struct arena a = { 0 };
		struct pdf_file *strict, *own;

		make[i](&m);
		strict = open_good(&m);
		own = open_own(&m, &d);
		assert_non_null(own);
		for (uint32_t number = 1; number <= 11; number++) {
			const struct pdf_object ref = pdf_reference(number);
			struct pdf_object apart = pdf_read(pdf_last(own), &ref, &a);

			assert_true(pdf_same(&apart, pdf_get(pdf_last(strict), number)));
			assert_true(pdf_same(pdf_get(pdf_last(own), number), pdf_get(pdf_last(strict), number)));
			assert_ptr_equal(pdf_get(pdf_last(own), number), pdf_resolve(pdf_last(own), &ref));
		}
		assert_int_equal(d.n_error, 0);
		pdf_close(strict);
		pdf_close(own);
		arena_clear(&a);
		made_clear(&m);
	}
}

enum { MANY = 65540, MANY_FIRST = 20 };

/* An object stream of so many objects that their places do not fit into two bytes. */
static void put_many(struct made *m)
{
	struct buf body = { 0 };
	size_t first;

	for (unsigned i = 0; i < MANY; i++)
		buf_printf(&body, "%u %u ", MANY_FIRST + i, 7 * i);
	first = body.n;
	for (unsigned i = 0; i < MANY; i++)
		buf_printf(&body, "%06u ", i);
	m->at[9] = m->out.n;
	buf_printf(&m->out, "9 0 obj\n<< /Type /ObjStm /N %u /First %zu /Length %zu >>\nstream\n", MANY, first, body.n);
	buf_put(&m->out, body.text, body.n);
	buf_puts(&m->out, "\nendstream\nendobj\n");
	buf_clear(&body);
}

static void put_wide_row(struct buf *b, unsigned kind, size_t at, unsigned third)
{
	const char row[] = { (char)kind, (char)(at >> 16), (char)(at >> 8), (char)at, (char)(third >> 8), (char)third };

	buf_put(b, row, sizeof row);
}

static void make_many(struct made *m)
{
	made_first(m);
	cut_table(m);
	put_many(m);
	m->xref = m->out.n;
	buf_printf(&m->out, "10 0 obj\n<< /Type /XRef /W [1 3 2] /Size %u /Index [1 6 9 2 %u %u] /Length %u /Root 1 0 R >>\nstream\n",
		MANY_FIRST + MANY, MANY_FIRST, MANY, 6 * (8 + MANY));
	for (unsigned i = 1; i <= 6; i++)
		put_wide_row(&m->out, 1, m->at[i], 0);
	put_wide_row(&m->out, 1, m->at[9], 0);
	put_wide_row(&m->out, 1, m->xref, 0);
	for (unsigned i = 0; i < MANY; i++)
		put_wide_row(&m->out, 2, 9, i);
	buf_puts(&m->out, "\nendstream\nendobj\n");
	made_end(m);
}

static void test_own_many(void **state)
{
	struct made m = { 0 };
	struct diags d = { 0 };
	struct pdf_file *f;

	(void)state;
	make_many(&m);
	f = open_own(&m, &d);
	if (!f)
		fail_msg("%s", d.finding[0].message);
	for (unsigned i = 0; i < MANY; i += i < 5 ? 1 : MANY / 5)
		assert_int_equal(pdf_get(pdf_last(f), MANY_FIRST + i)->number, i);
	assert_int_equal(pdf_get(pdf_last(f), MANY_FIRST + MANY - 1)->number, MANY - 1);
	pdf_close(f);
	assert_null(made_open(&m, &d)); /* of others, each place is told as it is */
	diags_clear(&d);
	made_clear(&m);
}

/* What is damaged is null and said once, where it is asked for. */
static void test_own_damaged(void **state)
{
	struct made m = { .find = "[(one)", .put = "[(one" };
	struct diags d = { 0 };
	struct pdf_file *f;

	(void)state;
	made_first(&m);
	f = open_own(&m, &d);
	assert_non_null(f);
	assert_int_equal(pdf_get(pdf_last(f), 5)->number, 5);
	assert_int_equal(d.n_error, 0);
	assert_int_equal(pdf_get(pdf_last(f), 6)->kind, PDF_NULL);
	assert_int_equal(pdf_get(pdf_last(f), 6)->kind, PDF_NULL);
	assert_int_equal(d.n_error, 1);
	pdf_close(f);
	diags_clear(&d);
	made_clear(&m);
}

/* A later revision that replaces the object stream would replace objects 7 and 8 unseen. */
static void test_replaced_pack(void **state)
{
	struct made m = { 0 };
	struct diags d = { 0 };
	size_t prev;

	(void)state;
	make_streams(&m);
	prev = m.xref;
	made_object(&m, 9, "<< /Type /ObjStm /N 2 /First 8 /Length 27 >>\nstream\n7 0 8 5 (no) << /A 7 0 R >>\nendstream");
	m.xref = m.out.n;
	buf_puts(&m.out, "xref\n");
	made_group(&m, 9, 9);
	buf_printf(&m.out, "trailer\n<< /Size 11 /Root 1 0 R /Prev %zu >>\n", prev);
	made_end(&m);
	assert_null(made_open(&m, &d));
	assert_non_null(strstr(d.finding[0].message, "expected there no other object in a later revision"));
	diags_clear(&d);
	made_clear(&m);
}

/* The length of stream 4 is in an object stream. */
static void test_packed_length(void **state)
{
	struct made m = { .find = "/Length 5 0 R", .put = "/Length 7 0 R" };
	struct pdf_file *f;

	(void)state;
	make_streams(&m);
	assert_true(made_replace(&m, "(in)", "5   "));
	f = open_good(&m);
	assert_int_equal(pdf_get(pdf_last(f), 4)->kind, PDF_STREAM);
	assert_int_equal(pdf_get(pdf_last(f), 4)->raw->n, 5);
	pdf_close(f);
	refuse(&m, "5   ", "4   ", "expected endstream, behind as many bytes as /Length says");
}

/* Page objects first, with a section at the front that points forward at the section of the rest. */
static void test_linearized(void **state)
{
	struct made m = { 0 };
	struct pdf_file *f;
	size_t first, main_xref;
	char number[11];

	(void)state;
	buf_puts(&m.out, "%PDF-1.4\n");
	made_object(&m, 5, "<< /Linearized 1 /L  100 >>");
	first = m.out.n;
	buf_puts(&m.out, "xref\n3 4\n@@@@@@@@@3 00000 n \n@@@@@@@@@4 00000 n \n@@@@@@@@@5 00000 n \n@@@@@@@@@6 00000 n \n"
			 "trailer\n<< /Size 7 /Root 3 0 R /Prev @@@@@@@@@0 >>\nstartxref\n0\n%%EOF\n");
	made_object(&m, 3, "<< /Type /Catalog /Pages 2 0 R >>");
	made_object(&m, 4, "<< /Type /Page /Parent 2 0 R >>");
	made_object(&m, 6, "null");
	made_object(&m, 1, "(one)");
	made_object(&m, 2, "<< /Type /Pages /Kids [4 0 R] /Count 1 >>");
	main_xref = m.out.n;
	buf_puts(&m.out, "xref\n");
	made_group(&m, 0, 2);
	buf_puts(&m.out, "trailer\n<< /Size 3 >>\n");
	m.xref = first;
	made_end(&m);
	for (unsigned i = 0; i <= 6; i++) {
		char find[20];

		snprintf(find, sizeof find, "@@@@@@@@@%u", i);
		snprintf(number, sizeof number, "%010zu", i ? m.at[i] : main_xref);
		made_replace(&m, find, number);
	}
	f = open_good(&m);
	assert_int_equal(pdf_n_revision(f), 1);
	assert_true(pdf_revision(f, 0)->is_linearized);
	assert_int_equal(pdf_revision(f, 0)->n_written, 6);
	assert_true(pdf_string_is(pdf_get(pdf_last(f), 1), "one"));
	pdf_close(f);
	refuse(&m, "/Linearized", "/Linearizer", "as first object a dictionary with /Linearized");
}

/* A stream with that dictionary and those bytes, decoded; NULL after a finding. */
static const char *decode(const char *dict, const char *raw, struct arena *a, struct diags *d)
{
	struct made m = { .find = "<< /Length 5 0 R >>\nstream\nBT ET" };
	struct buf text = { 0 };
	struct pdf_file *f;
	struct bytes data = { 0 };
	bool is_good;

	buf_printf(&text, "<< /Length %zu %s >>\nstream\n%s", strlen(raw), dict, raw);
	m.put = text.text;
	made_first(&m);
	f = open_good(&m);
	is_good = pdf_stream_data(pdf_last(f), pdf_get(pdf_last(f), 4), a, &data, d);
	raw = is_good ? arena_slice(a, data.data, data.n) : NULL;
	pdf_close(f);
	made_clear(&m);
	buf_clear(&text);
	return raw;
}

static void test_filters(void **state)
{
	static const struct {
		const char *dict;
		const char *raw;
		const char *want; /* NULL: a finding */
		const char *rule;
	} cases[] = {
		{ "", "plain", "plain", NULL },
		{ "/Filter /ASCIIHexDecode", "61 62\n6>", "ab`", NULL },
		{ "/Filter /ASCIIHexDecode", "6162", NULL, "pdf" },
		{ "/Filter /ASCII85Decode", "87cURD]i,\"Ebo80~>", "Hello World!", NULL },
		{ "/Filter /ASCII85Decode", "87cUR\nD]j~>", "Hello ", NULL },
		{ "/Filter /ASCII85Decode", "87cURD~>", NULL, "pdf" },
		{ "/Filter /ASCII85Decode", "87cUR", NULL, "pdf" },
		{ "/Filter /RunLengthDecode", "\x02" "abc\xFEx\x80", "abcxxx", NULL },
		{ "/Filter /RunLengthDecode", "\x02" "abc\xFEx", NULL, "pdf" },
		{ "/Filter [/ASCIIHexDecode /RunLengthDecode]", "01 61 62 80>", "ab", NULL },
		{ "/Filter [/ASCIIHexDecode /FlateDecode]", "789C4B4C4A06000 24D0127>", "abc", NULL },
		{ "/Filter [/ASCIIHexDecode /FlateDecode]", "789C4B4C4A06000 24D0127 0D0A>", "abc", NULL },
		{ "/Filter [/ASCIIHexDecode /FlateDecode]", "789C4B4C4A06000 24D0128>", NULL, "pdf" },
		{ "/Filter [/ASCIIHexDecode /FlateDecode]", "789C4B4C4A06000 24D0127 41>", NULL, "pdf" },
		{ "/Filter [/ASCIIHexDecode /FlateDecode]", "789C4B4C>", NULL, "pdf" },
		{ "/Filter [/ASCIIHexDecode /FlateDecode]", ">", "", NULL },
		{ "/Filter /LZWDecode", "x", NULL, "filter" },
		{ "/Filter 5", "x", NULL, "pdf" },
		{ "/F (other)", "x", NULL, "pdf" },
		{ "/Filter [/AHx /AHx /AHx /AHx /AHx /AHx /AHx /AHx /AHx]", ">", NULL, "pdf" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		const char *got = decode(cases[i].dict, cases[i].raw, &a, &d);

		if (!got != !cases[i].want || (got && strcmp(got, cases[i].want) != 0))
			fail_msg("%s %s: %s", cases[i].dict, cases[i].raw, got ? got : "refused");
		if (!got)
			assert_string_equal(d.finding[0].rule, cases[i].rule);
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* Rows stored in one block of deflate: tag, then "..."; in hexadecimal. */
static void test_predictors(void **state)
{
	static const struct {
		const char *parms;
		const char *rows; /* hex */
		const char *want;
	} cases[] = {
		{ "/Predictor 12 /Columns 3", "00414243 02010101 01410101 03300000 04010000", "ABCBCDABCPIFQIF" },
		{ "/Predictor 2 /Columns 3", "410101 420101", "ABCBCD" },
		{ "/Predictor 2 /Columns 1 /Colors 3", "414243", "ABC" },
		{ "/Predictor 12 /Columns 3", "00414243 0201", NULL },
		{ "/Predictor 12 /Columns 3", "05414243", NULL },
		{ "/Predictor 9 /Columns 3", "00414243", NULL },
		{ "/Predictor 12 /Columns 0", "00414243", NULL },
		{ "/Predictor 12 /Columns 99999999999", "00414243", NULL },
		{ "/Predictor 2 /BitsPerComponent 4", "00414243", NULL },
	};
	struct pdf_deflater *z = pdf_deflater_open(1);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct buf packed = { 0 }, hex = { 0 };
		char rows[64];
		size_t n = 0;
		const char *got;

		for (const char *s = cases[i].rows; *s; s += *s == ' ' ? 1 : 2)
			if (*s != ' ') {
				unsigned v;

				sscanf(s, "%2x", &v);
				rows[n++] = (char)v;
			}
		pdf_deflate(z, rows, n, &packed);
		for (size_t k = 0; k < packed.n; k++)
			buf_printf(&hex, "%02X", (unsigned)(unsigned char)packed.text[k]);
		buf_putc(&hex, '>');
		got = decode(arena_printf(&a, "/Filter [/ASCIIHexDecode /FlateDecode] /DecodeParms [null << %s >>]", cases[i].parms), hex.text,
			&a, &d);
		if (!got != !cases[i].want || (got && strcmp(got, cases[i].want) != 0))
			fail_msg("%s %s: %s", cases[i].parms, cases[i].rows, got ? got : "refused");
		buf_clear(&packed);
		buf_clear(&hex);
		diags_clear(&d);
		arena_clear(&a);
	}
	pdf_deflater_close(z);
}

/* One stream that would be 300 MB. */
static void test_bomb(void **state)
{
	enum { N = 300 << 20 };
	struct pdf_deflater *z = pdf_deflater_open(6);
	struct arena a = { 0 };
	struct buf packed = { 0 };
	struct bytes data;
	char *zeros = calloc(1, N);

	(void)state;
	pdf_deflate(z, zeros, N, &packed);
	free(zeros);
	assert_false(pdf_inflate(packed.text, packed.n, 0, 256 << 20, &a, &data));
	assert_true(pdf_inflate(packed.text, packed.n, 0, 301 << 20, &a, &data));
	assert_int_equal(data.n, N);
	arena_clear(&a);
	buf_clear(&packed);
	pdf_deflater_close(z);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_own),
		cmocka_unit_test(test_own_damaged),
		cmocka_unit_test(test_own_many),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_revisions),
		cmocka_unit_test(test_repeated_and_freed),
		cmocka_unit_test(test_streams),
		cmocka_unit_test(test_bad_streams),
		cmocka_unit_test(test_hybrid),
		cmocka_unit_test(test_hybrid_disagrees),
		cmocka_unit_test(test_replaced_pack),
		cmocka_unit_test(test_packed_length),
		cmocka_unit_test(test_linearized),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_predictors),
		cmocka_unit_test(test_bomb),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
