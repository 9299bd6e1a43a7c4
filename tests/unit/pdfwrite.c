/* What is written is what was meant, can be read again, and is what qpdf finds sound. */
#include "pdf/stream.h"
#include "pdf/write.h"
#include "pdfmade.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

static struct pdf_file *open_good(const struct buf *b)
{
	struct diags d = { 0 };
	struct pdf_file *f = pdf_open((struct bytes){ .data = b->text, .n = b->n }, "a.pdf", &d);

	if (!f)
		fail_msg("%s", d.finding[0].message);
	diags_clear(&d);
	return f;
}

static void check_by_qpdf(const struct buf *b)
{
	char path[] = "/tmp/kehoach-pdf-XXXXXX", command[100];
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, b->text, b->n), b->n);
	close(fd);
	snprintf(command, sizeof command, "qpdf --check %s >/dev/null", path);
	assert_int_equal(system(command), 0);
	unlink(path);
}

/* What qpdf makes of the file with such options. */
static void rewrite_by_qpdf(const struct buf *b, const char *options, struct buf *out)
{
	char path[] = "/tmp/kehoach-pdf-XXXXXX", command[200];
	int fd = mkstemp(path);
	FILE *pipe;
	size_t n;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, b->text, b->n), b->n);
	close(fd);
	snprintf(command, sizeof command, "qpdf %s %s -", options, path);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	while ((n = fread(buf_room(out, 65536), 1, 65536, pipe)) > 0)
		out->n += n;
	assert_int_equal(pclose(pipe), 0);
	unlink(path);
}

static void check_text(struct pdf_object o, const char *want)
{
	struct buf b = { 0 };

	pdf_put(&b, &o);
	assert_string_equal(b.text, want);
	buf_clear(&b);
}

static void test_put(void **state)
{
	struct arena a = { 0 };
	struct pdf_object dict = PDF_DICT_OF(&a, { "A", pdf_integer(1) }, { "B c", pdf_null }, { "D", pdf_bool(true) });

	(void)state;
	check_text(pdf_integer(INT64_MIN), "-9223372036854775808");
	check_text(pdf_decimal(1500000, &a), "1.5");
	check_text(pdf_decimal(-1, &a), "-0.000001");
	check_text(pdf_decimal(-20000000, &a), "-20");
	check_text(pdf_name("A#/ (\xC3\xA9"), "/A#23#2F#20#28#C3#A9");
	check_text(pdf_string("a(b)\\\r\n\x01z", 9), "(a\\(b\\)\\\\\\r\\n\\001z)");
	check_text(pdf_string("\0\1\2", 3), "<000102>");
	check_text(pdf_hex("AB", 2), "<4142>");
	check_text(pdf_text("Plain (text)", &a), "(Plain \\(text\\))");
	check_text(pdf_text("Uỷ", &a), "<FEFF00551EF7>");
	check_text(pdf_text("\xF0\x9D\x84\x9E", &a), "<FEFFD834DD1E>");
	check_text(pdf_reference(12), "12 0 R");
	check_text(PDF_ARRAY_OF(&a, pdf_integer(1), pdf_name("B"), pdf_verbatim("[ ]", 3)), "[1 /B [ ]]");
	check_text(dict, "<</A 1 /B#20c null /D true>>");
	check_text(pdf_with(dict, "A", pdf_integer(2), &a), "<</A 2 /B#20c null /D true>>");
	check_text(pdf_without(dict, "A", &a), "<</B#20c null /D true>>");
	check_text(dict, "<</A 1 /B#20c null /D true>>");
	check_text(pdf_stream(dict, "abc", 3, &a), "<</A 1 /B#20c null /D true /Length 3>>\nstream\nabc\nendstream");
	check_text(pdf_stream(PDF_DICT_OF(&a, { "Length", pdf_reference(9) }), "abc", 3, &a), "<</Length 3>>\nstream\nabc\nendstream");
	check_text(pdf_appended(PDF_ARRAY_OF(&a, pdf_integer(1)), pdf_integer(2), &a), "[1 2]");
	arena_clear(&a);
}

static void test_texts(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *want;
	} cases[] = {
		{ "plain", 5, "plain" },
		{ "\xFE\xFF\0U\x1E\xF7", 6, "Uỷ" },
		{ "\xFE\xFF\xD8\x34\xDD\x1E", 6, "\xF0\x9D\x84\x9E" },
		{ "\xFE\xFF\xD8\x34", 4, NULL },
		{ "\xFE\xFF\xDD\x1E", 4, NULL },
		{ "\xFE\xFF\0", 3, NULL },
		{ "\xFE\xFF\0\0", 4, NULL },
		{ "\xEF\xBB\xBF" "Uỷ", 7, "Uỷ" },
		{ "\xEF\xBB\xBF\xFF", 4, NULL },
		{ "\xA0\x80\x18\xE9", 4, "€•˘é" },
		{ "\x9F", 1, NULL },
		{ "", 0, "" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pdf_object o = pdf_string(cases[i].bytes, cases[i].n);
		const char *got = pdf_text_utf8(&o, &a);

		if (!got != !cases[i].want || (got && strcmp(got, cases[i].want) != 0))
			fail_msg("case %zu: %s", i, got ? got : "none");
	}
	assert_null(pdf_text_utf8(&pdf_null, &a));
	arena_clear(&a);
}

static struct pdf_object parsed(const char *text, struct made *m, struct pdf_file **f)
{
	*m = (struct made){ .find = "(one)", .put = text };
	made_first(m);
	*f = open_good(&m->out);
	return pdf_get(pdf_last(*f), 6)->item[0];
}

static void test_same(void **state)
{
	static const struct {
		const char *a;
		const char *b;
		bool is_same;
	} cases[] = {
		{ "1", "1.00", false },
		{ "-0.50", "-.5", false },
		{ "-.5", "-.5", true },
		{ "0", "-0", false },
		{ "+7", "7", false },
		{ "+7", "07", false },
		{ "007", "07", false },
		{ "07", "07", true },
		{ "-7", "-7", true },
		{ "1", "1.0000001", false },
		{ "10", "1", false },
		{ "(AB)", "<4142>", true },
		{ "(AB)", "/AB", false },
		{ "/A#42", "/AB", true },
		{ "[1 2]", "[1 2 3]", false },
		{ "[1 [2]]", "[ 1 [ 2 ] ]", true },
		{ "<< /A 1 /B (x) >>", "<< /B (x) /A 1 >>", true },
		{ "<< /A 1 /B null >>", "<< /A 1 >>", false },
		{ "<< /A 1 /B null >>", "<< /B null /A 1 >>", true },
		{ "<< /A 1 /B null >>", "<< /C null /A 1 >>", false },
		{ "<< /AB 1 /A 1 >>", "<< /A 1 /AB 1 >>", true },
		{ "<< /A 1 /B 2 >>", "<< /A 1 /C 2 >>", false },
		{ "<< /A 1 /B 2 >>", "<< /A 1 /B 3 >>", false },
		{ "1 0 R", "1 0 R", true },
		{ "1 0 R", "1 1 R", false },
		{ "true", "false", false },
		{ "null", "null", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m, n;
		struct pdf_file *f, *g;
		struct pdf_object x = parsed(cases[i].a, &m, &f), y = parsed(cases[i].b, &n, &g);

		if (pdf_same(&x, &y) != cases[i].is_same || pdf_same(&y, &x) != cases[i].is_same)
			fail_msg("%s %s", cases[i].a, cases[i].b);
		pdf_close(f);
		pdf_close(g);
		made_clear(&m);
		made_clear(&n);
	}
}

/* A file with many objects, of which 5 is missing, and a mark. */
static void make_whole(struct pdf_deflater *z, struct buf *out, size_t *mark)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct pdf_writer w;
	struct pdf_object o, trailer = PDF_DICT_OF(&a, { "Root", pdf_reference(1) });

	pdf_write_begin(&w, 17, z, out);
	pdf_write_reserve(&w, 507);
	o = PDF_DICT_OF(&a, { "Type", pdf_name("Catalog") }, { "Pages", pdf_reference(2) });
	pdf_write_object(&w, 1, &o);
	o = PDF_DICT_OF(&a, { "Type", pdf_name("Pages") }, { "Kids", PDF_ARRAY_OF(&a, pdf_reference(3)) }, { "Count", pdf_integer(1) });
	pdf_write_object(&w, 2, &o);
	pdf_write_open(&w, 3);
	buf_puts(out, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>>");
	pdf_write_close(&w);
	o = z ? pdf_deflated(z, pdf_null, "BT ET", 5, &a) : pdf_stream(pdf_dict(NULL, 0, &a), "BT ET", 5, &a);
	pdf_write_object(&w, 4, &o);
	o = PDF_DICT_OF(&a, { "X", pdf_marked("<0000>", 6, 1) });
	pdf_write_object(&w, 6, &o);
	for (uint32_t i = 7; i < 507; i++) {
		o = PDF_ARRAY_OF(&a, pdf_integer(i));
		pdf_write_object(&w, i, &o);
	}
	assert_true(pdf_write_finish(&w, &trailer, &d));
	*mark = w.mark[1];
	diags_clear(&d);
	arena_clear(&a);
}

static void check_whole(const struct buf *b, size_t mark, bool is_packed)
{
	struct pdf_file *f = open_good(b);
	struct pdf_view v = pdf_last(f);
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct bytes data;
	const struct pdf_object *id = pdf_find(pdf_trailer(v), "ID");

	assert_memory_equal(b->text + mark, "<0000>", 6);
	assert_int_equal(pdf_n_revision(f), 1);
	assert_int_equal(pdf_revision(f, 0)->kind, is_packed ? PDF_XREF_STREAM : PDF_XREF_TABLE);
	assert_true(pdf_has(pdf_get(v, 6), "X"));
	assert_null(pdf_written(v, 5));
	assert_int_equal(pdf_get(v, 506)->item[0].number, 506);
	assert_int_equal(pdf_written(v, 1)->state, is_packed ? PDF_IN_STREAM : PDF_AT);
	assert_int_equal(pdf_written(v, 6)->state, PDF_AT);
	assert_true(pdf_stream_data(v, pdf_get(v, 4), &a, &data, &d));
	assert_true(data.n == 5 && memcmp(data.data, "BT ET", 5) == 0);
	assert_true(id->kind == PDF_ARRAY && id->n == 2 && id->item[0].n == 16 && pdf_same(&id->item[0], &id->item[1]));
	pdf_close(f);
	arena_clear(&a);
	diags_clear(&d);
}

static void test_whole(void **state)
{
	struct pdf_deflater *z = pdf_deflater_open(6);

	(void)state;
	for (int is_packed = 0; is_packed <= 1; is_packed++) {
		struct buf b = { 0 }, again = { 0 };
		size_t mark;

		make_whole(is_packed ? z : NULL, &b, &mark);
		check_whole(&b, mark, is_packed);
		check_by_qpdf(&b);
		make_whole(is_packed ? z : NULL, &again, &mark);
		assert_int_equal(b.n, again.n);
		assert_memory_equal(b.text, again.text, b.n);
		buf_clear(&b);
		buf_clear(&again);
	}
	pdf_deflater_close(z);
}

static void check_rewritten(const struct buf *b, const char *options)
{
	struct buf out = { 0 };
	struct pdf_file *f;
	struct pdf_view v;
	const struct pdf_object *page;

	rewrite_by_qpdf(b, options, &out);
	f = open_good(&out);
	v = pdf_last(f);
	page = pdf_item(v, pdf_look(v, pdf_look(v, pdf_catalog(v), "Pages"), "Kids"), 0);
	assert_int_equal(pdf_n_revision(f), 1);
	assert_int_equal(pdf_revision(f, 0)->is_linearized, strstr(options, "--linearize") != NULL);
	assert_true(pdf_name_is(pdf_find(page, "Type"), "Page"));
	assert_int_equal(pdf_look(v, page, "Contents")->kind, PDF_STREAM);
	pdf_close(f);
	buf_clear(&out);
}

/* Other shapes of the same file. */
static void test_rewritten(void **state)
{
	static const char *const options[] = { "--object-streams=generate", "--object-streams=disable", "--linearize",
		"--linearize --object-streams=generate", "--linearize --object-streams=disable", "--qdf", "--newline-before-endstream",
		"--preserve-unreferenced --object-streams=generate" };
	struct pdf_deflater *z = pdf_deflater_open(6);
	struct buf b = { 0 };
	size_t mark;

	(void)state;
	make_whole(z, &b, &mark);
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		check_rewritten(&b, options[i]);
	buf_clear(&b);
	pdf_deflater_close(z);
}

/* Object 6 replaced, one added, and one taken away. */
static void update(struct pdf_file *f, struct buf *out, uint32_t freed, size_t *mark)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct pdf_writer w;
	struct pdf_object o = PDF_DICT_OF(&a, { "Placed", pdf_marked("(xxxx)", 6, 2) }), more = PDF_DICT_OF(&a, { "Note", pdf_integer(1) });

	pdf_update_begin(&w, f, out);
	pdf_write_object(&w, 6, &o);
	o = pdf_text("mới", &a);
	pdf_write_object(&w, pdf_write_number(&w), &o);
	if (freed)
		pdf_write_free(&w, freed);
	assert_true(pdf_write_finish(&w, &more, &d));
	*mark = w.mark[2];
	diags_clear(&d);
	arena_clear(&a);
}

static void check_update(const struct buf *old, uint32_t freed)
{
	struct pdf_file *f = open_good(old), *g;
	size_t n = pdf_n_revision(f), mark;
	uint32_t size = pdf_revision(f, n - 1)->size;
	enum pdf_xref kind = pdf_revision(f, n - 1)->kind;
	struct buf out = { 0 };
	const struct pdf_object *id, *old_id = pdf_find(pdf_trailer(pdf_last(f)), "ID");

	update(f, &out, freed, &mark);
	assert_memory_equal(out.text, old->text, old->n);
	assert_memory_equal(out.text + mark, "(xxxx)", 6);
	pdf_patch(&out, mark, "(done)", 6);
	g = open_good(&out);
	assert_int_equal(pdf_n_revision(g), n + 1);
	assert_int_equal(pdf_revision(g, n)->start, old->n + (old->text[old->n - 1] != '\n'));
	assert_int_equal(pdf_revision(g, n)->kind, kind == PDF_XREF_STREAM ? PDF_XREF_STREAM : PDF_XREF_TABLE);
	assert_int_equal(pdf_revision(g, n)->n_written, freed ? 3 : 2);
	assert_true(pdf_string_is(pdf_find(pdf_get(pdf_last(g), 6), "Placed"), "done"));
	assert_int_equal(pdf_get(pdf_last(g), size)->kind, PDF_STRING);
	assert_int_equal(pdf_get(pdf_last(g), freed ? freed : 99999)->kind, PDF_NULL);
	assert_true(pdf_same(pdf_get(pdf_view(g, n - 1), 6), pdf_get(pdf_last(f), 6)));
	assert_true(pdf_has(pdf_trailer(pdf_last(g)), "Note"));
	id = pdf_find(pdf_trailer(pdf_last(g)), "ID");
	assert_int_equal(id->n, 2);
	if (old_id->kind == PDF_ARRAY) {
		assert_true(pdf_same(&id->item[0], &old_id->item[0]));
		assert_false(pdf_same(&id->item[1], &old_id->item[1]));
	}
	check_by_qpdf(&out);
	pdf_close(f);
	pdf_close(g);
	buf_clear(&out);
}

static void test_update(void **state)
{
	struct pdf_deflater *z = pdf_deflater_open(6);
	struct made m = { 0 };
	size_t mark;

	(void)state;
	made_first(&m);
	check_update(&m.out, 0);
	made_second(&m);
	check_update(&m.out, 7);
	m.out.n--; /* no line end behind %%EOF */
	check_update(&m.out, 7);
	made_clear(&m);
	for (int is_packed = 0; is_packed <= 1; is_packed++) {
		struct buf b = { 0 };

		make_whole(is_packed ? z : NULL, &b, &mark);
		check_update(&b, is_packed ? 0 : 100); /* qpdf warns of free entries in streams */
		buf_clear(&b);
	}
	pdf_deflater_close(z);
}

/* Signed one after the other: each update keeps what was before it. */
static void test_many_updates(void **state)
{
	struct made m = { 0 };
	struct buf now = { 0 };
	struct pdf_file *f;

	(void)state;
	made_first(&m);
	buf_put(&now, m.out.text, m.out.n);
	for (int i = 0; i < 20; i++) {
		struct buf next = { 0 };
		size_t mark;

		f = open_good(&now);
		update(f, &next, 0, &mark);
		pdf_close(f);
		buf_clear(&now);
		now = next;
	}
	f = open_good(&now);
	assert_int_equal(pdf_n_revision(f), 21);
	assert_int_equal(pdf_revision(f, 0)->end, m.out.n);
	check_by_qpdf(&now);
	pdf_close(f);
	buf_clear(&now);
	made_clear(&m);
}

static void test_misuse(void **state)
{
	static const uint32_t numbers[][2] = { { 1, 1 }, { 1, 7 }, { 0, 1 } };

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct diags d = { 0 };
		struct buf out = { 0 };
		struct pdf_writer w;

		pdf_write_begin(&w, 17, NULL, &out);
		pdf_write_reserve(&w, 3);
		pdf_write_object(&w, numbers[i][0], &pdf_null);
		pdf_write_object(&w, numbers[i][1], &pdf_null);
		assert_false(pdf_write_finish(&w, NULL, &d));
		assert_int_equal(d.n_error, 1);
		diags_clear(&d);
		buf_clear(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_put),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_rewritten),
		cmocka_unit_test(test_update),
		cmocka_unit_test(test_many_updates),
		cmocka_unit_test(test_misuse),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
