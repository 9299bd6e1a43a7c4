/* ingest/ods.c: OpenDocument packages to rows. */
#include "ingest/ods.h"

#include "sheetrows.h"
#include "zipped.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define CONTENT \
	"<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'" \
	" xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'><office:body><office:spreadsheet><table:table table:name='A'>" \
	"<table:table-row><table:table-cell office:value-type='float' office:value='5'/></table:table-row></table:table>" \
	"</office:spreadsheet></office:body></office:document-content>"
#define STYLED \
	"<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'" \
	" xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'" \
	" xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'><office:automatic-styles><style:style style:name='ACE-1'" \
	" style:family='table-cell' style:data-style-name='ND-0'/></office:automatic-styles><office:body><office:spreadsheet>" \
	"<table:table table:name='A'><table:table-row><table:table-cell table:style-name='ACE-1' office:value-type='float'" \
	" office:value='0.05'/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
#define STYLES \
	"<office:document-styles xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'" \
	" xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'" \
	" xmlns:number='urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'><office:styles><number:percentage-style" \
	" style:name='ND-0'/></office:styles></office:document-styles>"
#define MEDIA "application/vnd.oasis.opendocument."

enum { ENTRIES_MAX = 4 };

static bool read_package(const char *data, size_t n, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct container *c = container_open_bytes(data, n, options->shown, d);
	bool ok = c && ods_read_container(c, options, sink, d);

	container_close(c);
	return ok;
}

static void test_packages(void **state)
{
	static const struct {
		const char *what;
		struct zipped_entry entry[ENTRIES_MAX]; /* up to one without a name */
		const char *want;
	} cases[] = {
		{ "a spreadsheet", { { "mimetype", MEDIA "spreadsheet", 0, true }, { "content.xml", CONTENT, 0, false } }, "1 n:5@1\n" },
		{ "a number style of another part, as Gnumeric has it",
			{ { "content.xml", STYLED, 0, false }, { "styles.xml", STYLES, 0, false } }, "1 p:0.05@1\n" },
		{ "a template", { { "mimetype", MEDIA "spreadsheet-template", 0, true }, { "content.xml", CONTENT, 0, false } },
			"1 n:5@1\n" },
		{ "without a media type", { { "content.xml", CONTENT, 0, false } }, "1 n:5@1\n" },
		{ "a text document", { { "mimetype", MEDIA "text", 0, true }, { "content.xml", CONTENT, 0, false } }, "0:0 format\n" },
		{ "without content", { { "mimetype", MEDIA "spreadsheet", 0, true } }, "0:0 format\n" },
		{ "encrypted", { { "mimetype", MEDIA "spreadsheet", 0, true }, { "content.xml", "\x01\x02", 0, true },
			{ "META-INF/manifest.xml", "<m><file-entry><encryption-data/></file-entry></m>", 0, false } }, "0:0 encrypted\n" },
		{ "not encrypted", { { "content.xml", CONTENT, 0, false },
			{ "META-INF/manifest.xml", "<m><file-entry/></m>", 0, false } }, "1 n:5@1\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sheet_reading r = { .read = read_package };
		struct buf out = { 0 };
		struct zipped z;
		size_t n = 0;

		while (n < ENTRIES_MAX && cases[i].entry[n].name)
			n++;
		z = zipped_make(cases[i].entry, n);
		r.data = z.bytes.text;
		r.n = z.bytes.n;
		assert_true(sheet_rows_text(&r, &out));
		if (strcmp(out.text, cases[i].want) != 0)
			fail_msg("%s: got\n%s", cases[i].what, out.text);
		buf_clear(&out);
		buf_clear(&z.bytes);
	}
}

static void test_knows(void **state)
{
	static const char zip[] = "PK\003\004\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
	static const struct {
		const char *name;
		bool known;
	} cases[] = {
		{ "mimetype" MEDIA "spreadsheet", true },
		{ "mimetype" MEDIA "text", true },
		{ "mimetypeapplication/vnd.sun.xml.calc", true },
		{ "mimetypeapplication/epub+zip", false },
		{ "[Content_Types].xml", false },
		{ "", false },
	};
	unsigned char head[128];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		memcpy(head, zip, 30);
		memcpy(head + 30, cases[i].name, strlen(cases[i].name));
		assert_int_equal(reader_ods.knows(head, 30 + strlen(cases[i].name)), cases[i].known);
	}
	assert_false(reader_ods.knows(head, 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_packages),
		cmocka_unit_test(test_knows),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
