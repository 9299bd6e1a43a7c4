#include "base/buf.h"
#include "base/file.h"
#include "base/plain.h"
#include "base/sax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* Writes down what it is given: <name{space} a=v @row:col+offset>, </name>, "text"@row:col. */
static bool log_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct buf *b = ctx;

	buf_printf(b, "<%s", e->name);
	if (*e->space)
		buf_printf(b, "{%s}", e->space);
	for (size_t i = 0; i < e->n_attribute; i++)
		buf_printf(b, " %s=%s", e->attribute[i].name, e->attribute[i].value);
	buf_printf(b, "@%u:%u+%zu>", e->at.row, e->at.col, e->offset);
	if (!strcmp(e->name, "stop"))
		return diag_error(d, e->at, "stop", "stopped");
	return true;
}

static bool log_end(void *ctx, const char *name, struct diags *d)
{
	(void)d;
	buf_printf(ctx, "</%s>", name);
	return true;
}

static bool log_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	(void)d;
	buf_printf(ctx, "\"%.*s\"@%u:%u", (int)n, s, at.row, at.col);
	return true;
}

static bool read_logged(const char *s, size_t n, struct buf *b, struct diags *d)
{
	struct sax_handler h = { .ctx = b, .start = log_start, .end = log_end, .text = log_text };

	buf_put(b, "", 0);
	return sax_read_bytes(s, n, "f.xml", &h, d);
}

static void test_events(void **state)
{
	static const struct {
		const char *xml;
		const char *want;
	} cases[] = {
		{ "<a/>", "<a@1:1+0></a>" },
		{ "\xEF\xBB\xBF<a/>", "<a@1:1+3></a>" },
		{ "<?xml version='1.0' encoding='utf-8'?>\n<a/>", "<a@2:1+39></a>" },
		{ "<?xml version=\"1.0\" encoding=\"US-ASCII\"?><a/>", "<a@1:42+41></a>" },
		{ "<a>\n <b x='1'/>t</a>",
			"<a@1:1+0>\"\n \"@1:4<b x=1@2:2+5></b>\"t\"@2:12</a>" },
		{ "<a>Tổ dân phố <b/></a>", "<a@1:1+0>\"Tổ dân phố \"@1:4<b@1:15+19></b></a>" },
		{ "<a xmlns='u:1' xmlns:p='u:2'><p:b p:c='d' e='f'/></a>",
			"<a{u:1}@1:1+0><b{u:2} c=d e=f@1:30+29></b></a>" },
		{ "<a b='&lt;&amp;&gt;&quot;&apos;&#38;&#x1EBF;'/>",
			"<a b=<&>\"'&\xE1\xBA\xBF@1:1+0></a>" },
		{ "<a b='&amp;#38;&amp;amp;'/>", "<a b=&#38;&amp;@1:1+0></a>" },
		{ "<a>x&amp;y&#10;z</a>", "<a@1:1+0>\"x&y\nz\"@1:4</a>" },
		{ "<a b='x>y/>' c=\"'<?' \"/>", NULL },
		{ "<a b='x>y/>' c=\"'\"/>", "<a b=x>y/> c='@1:1+0></a>" },
		{ "<a>x<!-- <b> > -- -->y</a>", NULL },
		{ "<a>x<!-- <b> > - ->y --->z</a>", NULL },
		{ "<a>x<!-- <b> > - -> -->y</a>", "<a@1:1+0>\"xy\"@1:4</a>" },
		{ "<a><!-- c -->y</a>", "<a@1:1+0>\"y\"@1:14</a>" },
		{ "<a>x<?p <b> ?>y<c/></a>", "<a@1:1+0>\"xy\"@1:4<c@1:16+15></c></a>" },
		{ "<?p ?\?><a/>", "<a@1:8+7></a>" },
		{ "<a><![CDATA[<b>]]]]>x<c/></a>", "<a@1:1+0>\"<b>]]x\"@1:4<c@1:22+21></c></a>" },
		{ "<a><![CDATA[]]></a>", "<a@1:1+0></a>" },
		{ "<a\n\tb = '1'\n/><!-- x -->", "<a b=1@1:1+0></a>" },
		{ "<a>\r\n<b/>\r</a>", "<a@1:1+0>\"\n\"@1:4<b@2:1+5></b>\"\n\"@2:5</a>" },
		{ "<a><stop/><b/></a>", "<a@1:1+0><stop@1:4+3>" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diags d = { 0 };
		struct buf b = { 0 };
		bool ok = read_logged(cases[i].xml, strlen(cases[i].xml), &b, &d);

		assert_int_equal(ok, cases[i].want && !strstr(cases[i].want, "stop"));
		if (cases[i].want)
			assert_string_equal(b.text, cases[i].want);
		assert_int_equal(d.n_error, !ok);
		buf_clear(&b);
		diags_clear(&d);
	}
}

static void test_errors(void **state)
{
	static const struct {
		const char *xml;
		const char *rule;
		unsigned row;
		unsigned col; /* 0: any */
	} cases[] = {
		{ "", "xml", 1, 0 },
		{ "   ", "xml", 1, 0 },
		{ "x", "xml", 1, 0 },
		{ "<a>", "xml", 1, 0 },
		{ "<a>\n<b>\n</a>", "xml", 3, 0 },
		{ "<a/><b/>", "xml", 1, 0 },
		{ "<a b='1' b='2'/>", "xml", 1, 0 },
		{ "<a>\n&nbsp;</a>", "xml", 2, 0 },
		{ "<a b='&x;'/>", "xml", 1, 0 },
		{ "<p:a/>", "xml", 1, 0 },
		{ "<a>&#0;</a>", "xml", 1, 0 },
		{ "<a>\x01</a>", "xml", 1, 0 },
		{ "<a", "xml", 1, 0 },
		{ "<!", "xml", 1, 0 },
		{ "<a><![CDATA[x</a>", "xml", 1, 0 },
		{ "<a><!-- x</a>", "xml", 1, 0 },
		{ " <?xml version='1.0'?><a/>", "xml", 1, 0 },
		{ "<?xml version='1.0'", "xml", 1, 1 },
		{ "<!DOCTYPE a><a/>", "doctype", 1, 1 },
		{ "<!-- c -->\n <!DOCTYPE a [<!ENTITY x SYSTEM '/etc/passwd'>]><a>&x;</a>",
			"doctype", 2, 2 },
		{ "<b><!DOCTYPE a></b>", "doctype", 1, 4 },
		{ "<x></y><!DOCTYPE a>", "xml", 1, 0 }, /* the first error of the file */
		{ "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "encoding", 1, 1 },
		{ "<?xml version='1.0' encoding='UTF-7'?><a/>", "encoding", 1, 1 },
		{ "<?xml version='1.0' encoding='UTF-16'?><a/>", "encoding", 1, 1 },
		{ "<?xml version='1.0' encoding=''?><a/>", "encoding", 1, 1 },
		{ "<?xml version='1.0\"' encoding='UTF-8' encoding = \"UTF-7\"?><a/>",
			"encoding", 1, 1 },
		{ "<?xml encoding=UTF-7?><a/>", "encoding", 1, 1 },
		{ "\x4C\x6F\xA7\x94\x93", "encoding", 1, 1 },
		{ "<a>\nTh\xF4n</a>", "encoding", 2, 3 },
		{ "<a>\xE1\xBB</a>", "encoding", 1, 4 },
		{ "<a>\xED\xA0\x80</a>", "encoding", 1, 4 },
		{ "<a>\xC0\xAF</a>", "encoding", 1, 4 },
		{ "<a>x\xE1\xBB", "encoding", 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diags d = { 0 };
		struct buf b = { 0 };

		assert_false(read_logged(cases[i].xml, strlen(cases[i].xml), &b, &d));
		assert_int_equal(d.n_finding, 1);
		assert_string_equal(d.finding[0].rule, cases[i].rule);
		assert_string_equal(d.finding[0].at.file, "f.xml");
		assert_int_equal(d.finding[0].at.row, cases[i].row);
		if (cases[i].col)
			assert_int_equal(d.finding[0].at.col, cases[i].col);
		buf_clear(&b);
		diags_clear(&d);
	}
}

/* ASCII, with U+1F3E0 for each '^' and the letter e with circumflex and acute for each '~'. */
static void put_utf16(struct buf *b, const char *s, bool little)
{
	for (; *s; s++) {
		unsigned unit[2] = { (unsigned char)*s, 0 };
		size_t n = 1;

		if (*s == '~')
			unit[0] = 0x1EBF;
		if (*s == '^') {
			unit[0] = 0xD83C;
			unit[1] = 0xDFE0;
			n = 2;
		}
		for (size_t i = 0; i < n; i++) {
			buf_putc(b, (char)(little ? unit[i] : unit[i] >> 8));
			buf_putc(b, (char)(little ? unit[i] >> 8 : unit[i]));
		}
	}
}

static void test_utf16(void **state)
{
	static const struct {
		const char *xml;
		const char *want; /* events, or the rule of the error */
		bool ok;
	} cases[] = {
		{ "<?xml version='1.0' encoding='UTF-16'?>\n<a>^~<b c='^~'/></a>",
			"<a@2:1+0>\"\xF0\x9F\x8F\xA0\xE1\xBA\xBF\"@2:4"
			"<b c=\xF0\x9F\x8F\xA0\xE1\xBA\xBF@2:6+0></b></a>", true },
		{ "<a><b/></a>", "<a@1:1+0><b@1:4+0></b></a>", true },
		{ "<!DOCTYPE a><a/>", "doctype", false },
		{ "<?xml version='1.0' encoding='UTF-8'?><a/>", "encoding", false },
		{ "<?xml version='1.0' encoding='UTF-7'?><a/>", "encoding", false },
		{ "<a><b></a>", "xml", false },
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
		struct diags d = { 0 };
		struct buf in = { 0 };
		struct buf out = { 0 };
		bool ok;

		buf_puts(&in, i % 2 ? "\xFF\xFE" : "\xFE\xFF");
		put_utf16(&in, cases[i / 2].xml, i % 2);
		ok = read_logged(in.text, in.n, &out, &d);
		assert_int_equal(ok, cases[i / 2].ok);
		assert_string_equal(ok ? out.text : d.finding[0].rule, cases[i / 2].want);
		buf_clear(&in);
		buf_clear(&out);
		diags_clear(&d);
	}
}

static void test_utf16_halves(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
	} cases[] = {
		{ "\xFE\xFF\0<\0a\0>\xD8\x3C\0<\0/\0a\0>", 18 }, /* first half of a pair alone */
		{ "\xFE\xFF\0<\0a\0>\xDF\xE0\0<\0/\0a\0>", 18 }, /* second half alone */
		{ "\xFE\xFF\0<\0a\0/\0>\0", 11 },
		{ "\xFF\xFE\0\0<\0\0\0", 8 }, /* UTF-32 */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diags d = { 0 };
		struct buf out = { 0 };

		assert_false(read_logged(cases[i].bytes, cases[i].n, &out, &d));
		assert_int_equal(d.n_finding, 1);
		assert_string_equal(d.finding[0].rule, "encoding");
		buf_clear(&out);
		diags_clear(&d);
	}
}

/* head, then n times one of piece ("%zu" is the index), then tail. */
static const struct {
	const char *head;
	const char *piece;
	size_t n;
	const char *tail;
	const char *rule; /* NULL: fine */
} large[] = {
	{ "<r>", "<a>", SAX_DEPTH_MAX - 1, NULL, "xml" },
	{ "<r>", "<a>", SAX_DEPTH_MAX, NULL, "limit" },
	{ "<r>", "<a>", 1000000, NULL, "limit" },
	{ "<r", " a%zu=''", SAX_ATTRIBUTES_MAX, "/>", NULL },
	{ "<r", " a%zu=''", SAX_ATTRIBUTES_MAX + 1, "/>", "limit" },
	{ "<r", " xmlns:a%zu='u'", SAX_ATTRIBUTES_MAX, "/>", NULL },
	{ "<r", " a%zu=''", 100000, "/>", "limit" }, /* 10 s in libxml2 alone */
	{ "<r", " xmlns:a%zu='u'", 100000, "/>", "limit" },
	{ "<r a='", "x", SAX_TAG_MAX - 100, "'/>", NULL },
	{ "<r a='", "x", SAX_TAG_MAX, "'/>", "limit" },
	{ "<r a='", ">", SAX_TAG_MAX * 10, "'/>", "limit" },
	{ "<", "n", SAX_NAME_MAX, "/>", NULL },
	{ "<", "n", SAX_NAME_MAX + 1, "/>", "limit" },
	{ "<r ", "n", SAX_NAME_MAX + 1, "=''/>", "limit" },
	{ "<r>", "x", SAX_TEXT_MAX, "</r>", NULL },
	{ "<r>", "x", SAX_TEXT_MAX + 1, "</r>", "limit" },
	{ "<r><![CDATA[", "x", SAX_TEXT_MAX + 1, "]]></r>", "limit" },
	{ "<r>", "x<!---->", SAX_TEXT_MAX + 1, "</r>", "limit" },
	{ "<r>", " ", 3 * SAX_TEXT_MAX, "</r>", "limit" },
	{ "<r><!--", "x<", SAX_TEXT_MAX / 2 - 10, "--></r>", NULL },
	{ "<r><!--", "x", SAX_TEXT_MAX + 1, "--></r>", "limit" },
	{ "<r><?p ", "<<", SAX_TAG_MAX, "?></r>", NULL },
	{ "<r><![CDATA[", "<<<<", SAX_TAG_MAX, "]]></r>", NULL },
	{ "<r>", "<a>xin chào &amp; </a>\n", 100000, "</r>", NULL },
	{ "<r/>", "<!-- -->\n", 100000, "", NULL },
	{ "<r>", "<a", 100000, "</r>", "limit" },
	{ "<!x ", " a%zu=''", 100000, "/>", "xml" },
};

static void check_large(size_t i, bool wide)
{
	struct diags d = { 0 };
	struct sax_handler h = { 0 };
	struct buf b = { 0 };
	struct buf in = { 0 };
	clock_t start;
	bool ok;

	buf_puts(&b, large[i].head);
	for (size_t k = 0; k < large[i].n; k++) {
		const char *at = strstr(large[i].piece, "%zu");

		if (at)
			buf_printf(&b, "%.*s%zu%s", (int)(at - large[i].piece), large[i].piece, k,
				at + 3);
		else
			buf_puts(&b, large[i].piece);
	}
	if (large[i].tail)
		buf_puts(&b, large[i].tail);
	if (wide) {
		buf_puts(&in, "\xFF\xFE");
		put_utf16(&in, b.text, true);
	}
	start = clock();
	ok = sax_read_bytes(wide ? in.text : b.text, wide ? in.n : b.n, "f.xml", &h, &d);
	assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
	assert_int_equal(ok, large[i].rule == NULL);
	assert_int_equal(d.n_finding, !ok);
	if (!ok)
		assert_string_equal(d.finding[0].rule, large[i].rule);
	buf_clear(&b);
	buf_clear(&in);
	diags_clear(&d);
}

static void test_large(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof large / sizeof *large; i++)
		check_large(i, false);
}

/* Twice the bytes: the limits of a tag and of comments come sooner, those of texts do not. */
static void test_large_utf16(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof large / sizeof *large; i++)
		if (large[i].rule)
			check_large(i, true);
}

/* Places stay right over the borders of the pieces, wherever they fall. */
static void test_borders(void **state)
{
	(void)state;
	for (size_t pad = 4040; pad < 4100; pad++) {
		struct diags d = { 0 };
		struct buf in = { 0 };
		struct buf out = { 0 };
		struct arena a = { 0 };

		buf_puts(&in, "<a>");
		for (size_t i = 3; i < pad; i++)
			buf_putc(&in, '.');
		buf_puts(&in, "ế<b c='ế>'/>\r\n<!-- < -->ế&amp;<![CDATA[<]]><d></d></a>");
		assert_true(read_logged(in.text, in.n, &out, &d));
		assert_non_null(strstr(out.text, arena_printf(&a,
			"ế\"@1:4<b c=ế>@1:%zu+%zu></b>\"\n", pad + 2, pad + 3)));
		assert_non_null(strstr(out.text, arena_printf(&a,
			"</b>\"\nế&<\"@1:%zu<d@2:30+%zu></d></a>", pad + 13, pad + 49)));
		buf_clear(&in);
		buf_clear(&out);
		arena_clear(&a);
		diags_clear(&d);
	}
}

static void test_file(void **state)
{
	static const char xml[] = "<a>\n<b/></a>";
	const char *tmp = getenv("TMPDIR");
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct buf out = { 0 };
	struct sax_handler h = { .ctx = &out, .start = log_start, .end = log_end, .text = log_text };
	char *path = arena_printf(&a, "%s/sax-%ld.xml", tmp ? tmp : "/tmp", (long)getpid());

	(void)state;
	assert_true(file_write(path, xml, sizeof xml - 1, &d));
	assert_true(sax_read_file(path, NULL, &h, &d));
	assert_string_equal(out.text, "<a@1:1+0>\"\n\"@1:4<b@2:1+4></b></a>");
	file_remove(path);
	assert_false(sax_read_file(path, "shown.xml", &h, &d));
	assert_string_equal(d.finding[0].rule, "file");
	assert_string_equal(d.finding[0].at.file, "shown.xml");
	buf_clear(&out);
	diags_clear(&d);
	arena_clear(&a);
}

/* Pieces of any size give the same; nothing is taken behind an error or when the caller gives up. */
static void test_push(void **state)
{
	static const char xml[] = "<a x='1'>t\n<b/>\xE1\xBA\xA1</a>";
	struct diags d = { 0 };

	(void)state;
	for (size_t n = 1; n <= sizeof xml; n++) {
		struct buf out = { 0 };
		struct sax_handler h = { .ctx = &out, .start = log_start, .end = log_end, .text = log_text };
		struct sax *s = sax_push_open("f.xml", &h, &d);
		bool ok = true;

		for (size_t i = 0; i < sizeof xml - 1; i += n)
			ok = ok && sax_push_feed(s, xml + i, sizeof xml - 1 - i < n ? sizeof xml - 1 - i : n);
		assert_true(sax_push_close(s, ok));
		assert_string_equal(out.text, "<a x=1@1:1+0>\"t\n\"@1:10<b@2:1+11></b>\"\xE1\xBA\xA1\"@2:5</a>");
		buf_clear(&out);
	}
	assert_int_equal(d.n_finding, 0);
	diags_clear(&d);
}

static void test_push_ends(void **state)
{
	struct diags d = { 0 };
	struct buf out = { 0 };
	struct sax_handler h = { .ctx = &out, .start = log_start, .end = log_end, .text = log_text };
	struct sax *s = sax_push_open("f.xml", &h, &d);

	(void)state;
	assert_true(sax_push_feed(s, "<a>", 3));
	assert_false(sax_push_close(s, false));
	assert_int_equal(d.n_finding, 0);
	s = sax_push_open("f.xml", &h, &d);
	assert_true(sax_push_feed(s, "<a>", 3));
	assert_false(sax_push_close(s, true)); /* cut off */
	assert_int_equal(d.n_finding, 1);
	s = sax_push_open("f.xml", &h, &d);
	assert_false(sax_push_feed(s, "<stop/>", 7));
	assert_false(sax_push_feed(s, "<a/>", 4));
	assert_false(sax_push_close(s, false));
	assert_int_equal(d.n_finding, 2);
	buf_clear(&out);
	diags_clear(&d);
}

/* Readers may tell namespaces by their pointers. */
struct spaces {
	const char *of[8];
	size_t n;
};

static bool note_space(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct spaces *s = ctx;

	(void)d;
	s->of[s->n++] = e->space;
	return true;
}

static void test_spaces(void **state)
{
	static const char xml[] = "<a xmlns='urn:a'><b xmlns='urn:b'/><b xmlns='urn:c'/><p:b xmlns:p='urn:b' xmlns='urn:d'/><b/></a>";
	bool (*const ways[])(const char *, size_t, const char *, const struct sax_handler *, struct diags *) = { sax_read_bytes,
		sax_read_bytes_without_plain };

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct diags d = { 0 };
		struct spaces s = { .n = 0 };
		struct sax_handler h = { .ctx = &s, .start = note_space };

		assert_true(ways[i](xml, sizeof xml - 1, "f.xml", &h, &d));
		assert_int_equal(s.n, 5);
		assert_ptr_equal(s.of[0], s.of[4]);
		assert_ptr_equal(s.of[1], s.of[3]);
		assert_ptr_not_equal(s.of[1], s.of[2]);
		diags_clear(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_utf16),
		cmocka_unit_test(test_utf16_halves),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_large_utf16),
		cmocka_unit_test(test_borders),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_push),
		cmocka_unit_test(test_push_ends),
		cmocka_unit_test(test_spaces),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
