/* Files finished for the archive: read back by our own reader; pages and files that do not agree; a file in the manner of
 * cairo 1.18. */
#include "scene.h"

#include "render/finishing.h"
#include "text/cut.h"

#include <unistd.h>

/* ---- content ---- */

static const struct {
	const char *what, *content, *want;
} contents[] = {
	{ "rules", "q 1 w 0 0 m 9 0 l S\n2 w 0 1 m 9 1 l S Q /P <</MCID 0>> BDC EMC",
		"q 1 w /Artifact <</Type /Layout>> BDC\n0 0 m 9 0 l S\n2 w 0 1 m 9 1 l S\nEMC\n Q /P <</MCID 0>> BDC EMC" },
	{ "text", "BT (1) Tj ET\n/P <</MCID 0>> BDC BT (x) Tj ET EMC",
		"/Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT (1) Tj ET\nEMC\n\n/P <</MCID 0>> BDC BT (x) Tj ET EMC" },
	{ "nothing unmarked", "q\n/P<</MCID 0>>BDC 0 0 1 1 re f EMC\nQ", "q\n/P<</MCID 0>>BDC 0 0 1 1 re f EMC\nQ" },
	{ "marked already", "/Artifact BMC 0 0 1 1 re f EMC /P <</MCID 0>> BDC EMC",
		" /Artifact <</Type /Layout>> BDC\n0 0 1 1 re f\nEMC\n  /P <</MCID 0>> BDC EMC" },
	{ "marked with more", "/Artifact <</Type/Layout>> BDC q BT (1) Tj ET Q EMC 0 0 1 1 re f/P <</MCID 0>> BDC EMC",
		" q /Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT (1) Tj ET\nEMC\n Q  "
		"/Artifact <</Type /Layout>> BDC\n0 0 1 1 re f\nEMC\n/P <</MCID 0>> BDC EMC" },
	{ "a number, then another text", "BT (1) Tj ET 0 g BT (TT) Tj ET BT (x) Tj ET /P <</MCID 0>> BDC EMC",
		"/Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT (1) Tj ET\nEMC\n 0 g "
		"/Artifact <</Type /Pagination>> BDC\nBT (TT) Tj ET BT (x) Tj ET\nEMC\n /P <</MCID 0>> BDC EMC" },
	{ "a number, then what a table repeats", "BT (1) Tj ET 0 0 m 9 0 l S BT (TT) Tj ET q BT (2) Tj ET Q /P <</MCID 0>> BDC EMC",
		"/Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT (1) Tj ET\nEMC\n "
		"/Artifact <</Type /Layout>> BDC\n0 0 m 9 0 l S\nEMC\n /Artifact <</Type /Pagination>> BDC\nBT (TT) Tj ET\nEMC\n "
		"q /Artifact <</Type /Pagination>> BDC\nBT (2) Tj ET\nEMC\n Q /P <</MCID 0>> BDC EMC" },
	{ "two kinds", "0 0 1 1 re f BT (1) Tj ET /P <</MCID 0>> BDC EMC",
		"/Artifact <</Type /Layout>> BDC\n0 0 1 1 re f\nEMC\n /Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT (1) Tj ET\nEMC\n"
		" /P <</MCID 0>> BDC EMC" },
	{ "actual text among marked", "/P <</MCID 0>> BDC BT /Span <</ActualText <feff>>> BDC (x) Tj EMC ET EMC",
		"/P <</MCID 0>> BDC BT /Span <</ActualText <feff>>> BDC (x) Tj EMC ET EMC" },
	{ "actual text of a page number", "BT /Span <</ActualText <feff>>> BDC (1) Tj EMC ET /P <</MCID 0>> BDC EMC",
		"/Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT /Span <</ActualText <feff>>> BDC (1) Tj EMC ET\nEMC\n"
		" /P <</MCID 0>> BDC EMC" },
	{ "operators in strings", "BT (S \\) EMC (Q) BDC) Tj ET /P <</MCID 0>> BDC EMC",
		"/Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT (S \\) EMC (Q) BDC) Tj ET\nEMC\n /P <</MCID 0>> BDC EMC" },
};

static const struct {
	const char *what, *content;
	enum wrong want;
} wrong_contents[] = {
	{ "a number that no element has", "/P <</MCID 1>> BDC EMC /P <</MCID 0>> BDC EMC", WRONG_MARK_ALONE },
	{ "a number twice", "/P <</MCID 0>> BDC EMC /P <</MCID 0>> BDC EMC", WRONG_MARK_TWICE },
	{ "content that is lost", "0 0 1 1 re f", WRONG_CONTENT_LACKS },
	{ "marks in each other", "/P <</MCID 0>> BDC /Artifact BMC EMC EMC", WRONG_MARK_INSIDE },
	{ "a mark inside text", "BT /P <</MCID 0>> BDC (x) Tj EMC ET", WRONG_MARK_INSIDE },
	{ "content in an artifact", "/Artifact BMC /P <</MCID 0>> BDC EMC EMC", WRONG_MARK_INSIDE },
	{ "an artifact that ends in text", "/P <</MCID 0>> BDC EMC /Artifact BMC BT EMC ET", WRONG_MARK_INSIDE },
	{ "an end too many", "/P <</MCID 0>> BDC EMC EMC", WRONG_MARK_UNOPENED },
	{ "an end too few", "/P <</MCID 0>> BDC", WRONG_CONTENT_CUT },
	{ "text that does not end", "/P <</MCID 0>> BDC EMC BT (x) Tj", WRONG_CONTENT_CUT },
	{ "a string that does not end", "/P <</MCID 0>> BDC EMC (x", WRONG_CONTENT_UNREADABLE },
	{ "an inline image", "/P <</MCID 0>> BDC EMC BI /W 1 ID x EI", WRONG_OPERATOR },
};

/* Which reasons a test met: each has one. */
static bool met[WRONG_REASONS];

static void check_reason(const char *what, const struct diags *d, enum wrong wrong)
{
	if (!d->n_finding || strcmp(d->finding[0].rule, "finish") || !strstr(d->finding[0].message, finish_reason(wrong)))
		fail_msg("%s: %s", what, d->n_finding ? d->finding[0].message : "taken");
	met[wrong] = true;
}

static bool wrap(const char *content, struct buf *out, struct diags *d)
{
	int owner = 1;
	struct finish_page page = { .owner = &owner, .n_owner = 1, .has_number = true };
	struct finish f = { .d = d, .shown = "plan.pdf", .page = &page };

	return finish_content(&f, &page, (struct bytes){ content, strlen(content) }, out);
}

static void test_content(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
		struct diags diags = { 0 };
		struct buf out = { 0 };

		if (!wrap(contents[i].content, &out, &diags))
			fail_msg("%s: %s", contents[i].what, diags.finding[0].message);
		if (strcmp(out.text, contents[i].want))
			fail_msg("%s: %s", contents[i].what, out.text);
		buf_clear(&out);
		diags_clear(&diags);
	}
}

static void test_wrong_content(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong_contents / sizeof *wrong_contents; i++) {
		struct diags diags = { 0 };
		struct buf out = { 0 };

		if (wrap(wrong_contents[i].content, &out, &diags))
			fail_msg("%s: taken", wrong_contents[i].what);
		check_reason(wrong_contents[i].what, &diags, wrong_contents[i].want);
		assert_int_equal(diags.n_fault, 1);
		buf_clear(&out);
		diags_clear(&diags);
	}
}

/* ---- whole files ---- */

static bool make(struct scene *s, const struct pdf_options *options, struct buf *out)
{
	static const struct pdf_options usual;

	return pdf_make(&s->pages, s->fonts, options ? options : &usual, "plan.pdf", out, &s->diags);
}

/* The finished file, read. */
static struct pdf_file *open_made(struct scene *s, const struct pdf_options *options)
{
	struct buf out = { 0 };
	struct pdf_file *file;

	if (!make(s, options, &out))
		fail_msg("%s", s->diags.finding[0].message);
	file = pdf_open((struct bytes){ arena_slice(&s->arena, out.text, out.n), out.n }, "plan.pdf", &s->diags);
	buf_clear(&out);
	assert_non_null(file);
	return file;
}

static const struct pdf_object *look_along(struct pdf_view view, const char *const *key)
{
	const struct pdf_object *o = pdf_catalog(view);

	for (; *key; key++)
		o = **key >= '0' && **key <= '9' ? pdf_item(view, o, strtoul(*key, NULL, 10)) : pdf_look(view, o, *key);
	return o;
}
#define LOOK(view, ...) look_along((view), (const char *const[]){ __VA_ARGS__, NULL })

static const char *stream_text(struct scene *s, struct pdf_view view, const struct pdf_object *stream)
{
	struct bytes data;

	assert_true(pdf_stream_data(view, stream, &s->arena, &data, &s->diags));
	return arena_slice(&s->arena, data.data, data.n);
}

static void test_catalog(void **state)
{
	struct scene *s = *state;
	struct pdf_file *file = open_made(s, NULL);
	struct pdf_view view = pdf_last(file);
	const char *xmp;

	assert_int_equal(pdf_version(file), 17);
	assert_true(pdf_string_is(LOOK(view, "Lang"), "vi-VN"));
	assert_true(LOOK(view, "MarkInfo", "Marked")->truth);
	assert_true(LOOK(view, "ViewerPreferences", "DisplayDocTitle")->truth);
	assert_true(pdf_name_is(LOOK(view, "OutputIntents", "0", "S"), "GTS_PDFA1"));
	assert_memory_equal(stream_text(s, view, LOOK(view, "OutputIntents", "0", "DestOutputProfile")), scene_profile, sizeof scene_profile);
	assert_false(pdf_has(LOOK(view, "Metadata"), "Filter"));
	xmp = stream_text(s, view, LOOK(view, "Metadata"));
	assert_non_null(strstr(xmp, "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>"));
	assert_non_null(strstr(xmp, "<pdfuaid:part>1</pdfuaid:part>"));
	assert_non_null(strstr(xmp, "<xmp:CreateDate>2023-03-09T00:00:00Z</xmp:CreateDate>"));
	assert_true(pdf_string_is(pdf_look(view, pdf_look(view, pdf_trailer(view), "Info"), "CreationDate"), "D:20230309000000Z"));
	assert_int_equal(pdf_look(view, pdf_trailer(view), "ID")->n, 2);
	assert_int_equal(LOOK(view, "AcroForm")->kind, PDF_NULL);
	pdf_close(file);
}

/* Paragraphs hold their words over pages and beside their links without spans; cells name their header. */
static void test_structure(void **state)
{
	struct scene *s = *state;
	struct pdf_file *file = open_made(s, NULL);
	struct pdf_view view = pdf_last(file);
	const struct pdf_object *document = LOOK(view, "StructTreeRoot", "K");
	const struct pdf_object *paragraph = pdf_item(view, pdf_look(view, document, "K"), 1);
	const struct pdf_object *across = pdf_item(view, pdf_look(view, document, "K"), 2);
	const struct pdf_object *table = pdf_item(view, pdf_look(view, document, "K"), 3);
	const struct pdf_object *head = pdf_look(view, pdf_item(view, pdf_look(view, table, "K"), 0), "K");
	const struct pdf_object *cells = pdf_look(view, pdf_item(view, pdf_look(view, table, "K"), 1), "K");
	const struct pdf_object *cell = pdf_item(view, cells, 1);

	assert_true(pdf_name_is(pdf_look(view, document, "S"), "Document"));
	assert_int_equal(pdf_look(view, document, "K")->n, 4);
	assert_int_equal(pdf_look(view, paragraph, "K")->n, 3);
	assert_true(pdf_name_is(pdf_look(view, pdf_item(view, pdf_look(view, paragraph, "K"), 1), "S"), "Link"));
	assert_int_equal(pdf_item(view, pdf_look(view, across, "K"), 0)->kind, PDF_INTEGER);
	assert_true(pdf_name_is(pdf_look(view, pdf_item(view, pdf_look(view, across, "K"), 1), "Type"), "MCR"));
	assert_true(pdf_name_is(pdf_look(view, pdf_look(view, head, "A"), "Scope"), "Column"));
	assert_int_equal(pdf_look(view, pdf_look(view, head, "A"), "ColSpan")->number, 2);
	assert_true(pdf_same(pdf_item(view, pdf_look(view, pdf_look(view, cell, "A"), "Headers"), 0), pdf_look(view, head, "ID")));
	assert_true(pdf_same(LOOK(view, "StructTreeRoot", "IDTree", "Names", "0"), pdf_look(view, head, "ID")));
	pdf_close(file);
}

static void test_link(void **state)
{
	struct scene *s = *state;
	struct pdf_file *file = open_made(s, NULL);
	struct pdf_view view = pdf_last(file);
	const struct pdf_object *page = LOOK(view, "Pages", "Kids", "0");
	const struct pdf_object *link = pdf_item(view, pdf_look(view, page, "Annots"), 0);

	assert_true(pdf_name_is(pdf_look(view, page, "Tabs"), "S"));
	assert_int_equal(pdf_look(view, link, "F")->number, 4);
	assert_string_equal(pdf_text_utf8(pdf_look(view, link, "Contents"), &s->arena), "Đi đến I. MỤC TIÊU");
	assert_false(pdf_has(LOOK(view, "Pages", "Kids", "1"), "Tabs"));
	pdf_close(file);
}

static void test_same_bytes(void **state)
{
	struct buf a = { 0 };
	struct buf b = { 0 };

	assert_true(make(*state, NULL, &a) && make(*state, NULL, &b));
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.text, b.text, a.n);
	buf_clear(&a);
	buf_clear(&b);
}

/* Whether the page's content begins with that, but for states of drawing. */
static bool has_outside(struct scene *s, struct pdf_view view, const char *page, const char *what)
{
	const char *content = stream_text(s, view, LOOK(view, "Pages", "Kids", page, "Contents"));
	const char *first = strstr(content, "/Artifact <</Type /Pagination");

	return first && !strncmp(first, what, strlen(what));
}

static void test_running_header(void **state)
{
	static const char header[] = "/Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT\n";
	struct scene *s = *state;
	struct pdf_file *file;
	const char *content;

	s->page[1].number = "2";
	file = open_made(s, NULL);
	assert_true(has_outside(s, pdf_last(file), "0", "/Artifact <</Type /Pagination>> BDC\nBT\n"));
	assert_true(has_outside(s, pdf_last(file), "1", header));
	content = stream_text(s, pdf_last(file), LOOK(pdf_last(file), "Pages", "Kids", "1", "Contents"));
	assert_null(strstr(strstr(content, header) + sizeof header - 1, "/Pagination"));
	pdf_close(file);
}

/* A number and what a table repeats do not become one text. */
static void test_repeated_head(void **state)
{
	struct scene *s = *state;
	struct pdf_file *file;
	const char *content;

	s->page[0].number = "1";
	put_text(s, 0, ARTIFACT, 70, "TT");
	file = open_made(s, NULL);
	content = stream_text(s, pdf_last(file), LOOK(pdf_last(file), "Pages", "Kids", "0", "Contents"));
	assert_non_null(strstr(content, "/Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT\n"));
	assert_non_null(strstr(content, "/Artifact <</Type /Pagination>> BDC\nBT\n"));
	pdf_close(file);
}

static void test_draft_claims_nothing(void **state)
{
	struct scene *s = *state;
	struct pdf_file *file;
	struct pdf_view view;

	s->document.draft = "DỰ THẢO";
	file = open_made(s, NULL);
	view = pdf_last(file);
	assert_null(strstr(stream_text(s, view, LOOK(view, "Metadata")), "pdfaid"));
	assert_int_equal(LOOK(view, "OutputIntents")->kind, PDF_NULL);
	assert_int_equal(LOOK(view, "StructTreeRoot")->kind, PDF_DICT);
	pdf_close(file);
}

static void test_attachments(void **state)
{
	static const struct attachment files[] = {
		{ "số-liệu.csv", "text/csv", { "a,b\n1,2\n", 8 }, "Source", "Số liệu" },
		{ "job.xml", "text/xml", { "<job/>", 6 }, "Source", NULL },
	};
	struct scene *s = *state;
	struct pdf_options options = { .attachment = files, .n_attachment = 2 };
	struct pdf_file *file = open_made(s, &options);
	struct pdf_view view = pdf_last(file);
	const struct pdf_object *names = LOOK(view, "Names", "EmbeddedFiles", "Names");
	const struct pdf_object *embedded = LOOK(view, "AF", "0", "EF", "F");

	assert_int_equal(names->n, 4);
	assert_true(pdf_string_is(pdf_item(view, names, 0), "job.xml")); /* by bytes: UTF-16 begins with FE FF */
	assert_true(pdf_name_is(LOOK(view, "AF", "0", "AFRelationship"), "Source"));
	assert_true(pdf_name_is(pdf_look(view, embedded, "Subtype"), "text/csv"));
	assert_int_equal(pdf_look(view, pdf_look(view, embedded, "Params"), "Size")->number, 8);
	assert_string_equal(stream_text(s, view, embedded), "a,b\n1,2\n");
	assert_non_null(LOOK(view, "Names", "Dests"));
	assert_non_null(strstr(stream_text(s, view, LOOK(view, "Metadata")), "<pdfaid:part>3<"));
	pdf_close(file);
}

static void test_record(void **state)
{
	static const struct record_property record[] = {
		{ "FileCode", 0, "OrganId", "H01.02" }, { NULL, 0, "Subject", "A & <B>\r\t" }, { "To", 0, "OrganName", "Sở A" },
		{ "To", 1, "OrganName", "Sở B" }, { "To", 1, "OrganId", "H02" },
	};
	struct scene *s = *state;
	struct pdf_file *file;
	const char *xmp;

	s->pages.record = record;
	s->pages.n_record = sizeof record / sizeof *record;
	file = open_made(s, NULL);
	xmp = stream_text(s, pdf_last(file), LOOK(pdf_last(file), "Metadata"));
	assert_non_null(strstr(xmp, "<nd30:FileCodeOrganId>H01.02</nd30:FileCodeOrganId>"));
	assert_non_null(strstr(xmp, "<nd30:Subject>A &amp; &lt;B&gt;&#13;&#9;</nd30:Subject>"));
	assert_non_null(strstr(xmp, "<rdf:Seq><rdf:li>Sở A</rdf:li><rdf:li>Sở B</rdf:li></rdf:Seq></nd30:ToOrganName>"));
	assert_non_null(strstr(xmp, "<rdf:Seq><rdf:li></rdf:li><rdf:li>H02</rdf:li></rdf:Seq></nd30:ToOrganId>"));
	assert_non_null(strstr(xmp, "<pdfaProperty:name>ToOrganId</pdfaProperty:name><pdfaProperty:valueType>seq Text<"));
	assert_non_null(strstr(xmp, "<pdfaProperty:name>FileCodeOrganId</pdfaProperty:name><pdfaProperty:valueType>Text<"));
	pdf_close(file);
}

/* ---- what is seen ---- */

/* What a program of poppler makes of a file, as a checksum of all it writes. */
static const char *seen(struct scene *s, const struct buf *file, const char *program, const char *behind)
{
	char path[] = "/tmp/kehoach-finish-XXXXXX";
	int fd = mkstemp(path);
	char *answer = arena_array(&s->arena, 1, 256);
	FILE *pipe;

	assert_true(fd >= 0);
	assert_true(file_write(path, file->text, file->n, &s->diags));
	pipe = popen(arena_printf(&s->arena, "%s %s %s 2>/dev/null | sha256sum", program, path, behind), "r");
	assert_non_null(pipe);
	answer[fread(answer, 1, 255, pipe)] = '\0';
	assert_int_equal(pclose(pipe), 0);
	close(fd);
	file_remove(path);
	return answer;
}

/* Pages look and read as cairo painted them. */
static void test_looks_the_same(void **state)
{
	struct scene *s = *state;
	struct pdf_options options = { 0 };
	struct painted painted = { 0 };
	struct buf out = { 0 };

	assert_true(pdf_paint(&s->pages, s->fonts, &options, "plan.pdf", &painted, &s->diags));
	assert_true(make(s, NULL, &out));
	assert_string_equal(seen(s, &out, "pdftoppm -r 100", ""), seen(s, &painted.bytes, "pdftoppm -r 100", ""));
	assert_string_equal(seen(s, &out, "pdftotext -layout", "-"), seen(s, &painted.bytes, "pdftotext -layout", "-"));
	painted_clear(&painted);
	buf_clear(&out);
}

/* ---- fields ---- */

static struct form_field fields[4];

static void put_fields(struct scene *s)
{
	static const struct form_field made[] = {
		{ .kind = FORM_NUMBER, .name = "number", .tooltip = "Số", .page = 0, .x = 100, .y = 60, .x2 = 130, .y2 = 74.4F,
			.size_pt = 13, .baseline = 71.2F, .max_chars = 7 },
		{ .kind = FORM_SIGNER, .name = "signer", .tooltip = "Chữ ký", .page = 1, .x = 300, .y = 600, .x2 = 470, .y2 = 670 },
		{ .kind = FORM_SEAL, .name = "seal", .tooltip = "Con dấu", .page = 1, .x = 250, .y = 600, .x2 = 352, .y2 = 702 },
		{ .kind = FORM_TIMESTAMP, .name = "timestamp", .tooltip = "Dấu thời gian", .page = 1, .y = 650, .y2 = 650 },
	};

	for (size_t i = 0; i < 4; i++) {
		fields[i] = made[i];
		fields[i].element = add_element(s, ROLE_FORM, 0);
	}
	s->pages.field = fields;
	s->pages.n_field = 4;
}

static void test_fields(void **state)
{
	struct scene *s = *state;
	struct pdf_file *file;
	struct pdf_view view;
	const struct pdf_object *number;
	const struct pdf_object *signer;

	put_fields(s);
	file = open_made(s, NULL);
	view = pdf_last(file);
	number = LOOK(view, "AcroForm", "Fields", "0");
	signer = LOOK(view, "AcroForm", "Fields", "1");
	assert_false(pdf_has(LOOK(view, "AcroForm"), "SigFlags"));
	assert_true(pdf_name_is(pdf_look(view, number, "FT"), "Tx"));
	assert_true(pdf_string_is(pdf_look(view, number, "DA"), "/FR 13 Tf 0 g"));
	assert_int_equal(pdf_look(view, number, "Q")->number, 2); /* against the stroke behind it */
	assert_string_equal(stream_text(s, view, pdf_look(view, pdf_look(view, number, "AP"), "N")),
		"/Tx BMC\nq\nBT\n/FR 13 Tf 0 g\n0 3.20 Td\n() Tj\nET\nQ\nEMC");
	assert_true(pdf_name_is(pdf_look(view, signer, "FT"), "Sig"));
	assert_int_equal(pdf_look(view, signer, "F")->number, 132);
	assert_false(pdf_has(signer, "V"));
	assert_int_equal(pdf_item(view, pdf_look(view, pdf_look(view, pdf_look(view, signer, "AP"), "N"), "BBox"), 2)->number / 1000000, 170);
	assert_int_equal(LOOK(view, "Extensions", "ESIC", "ExtensionLevel")->number, 2);
	assert_int_equal(LOOK(view, "Pages", "Kids", "1", "Annots")->n, 3);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pdf_item(view, LOOK(view, "AcroForm", "Fields", "3", "Rect"), i)->number, 0);
	assert_true(pdf_name_is(LOOK(view, "AcroForm", "Fields", "3", "FT"), "Sig"));
	assert_int_equal(LOOK(view, "AcroForm", "Fields", "3", "F")->number, 132);
	pdf_close(file);
}

/* All letters that may be typed have a glyph, a width, and the way back. */
static void test_font_of_fields(void **state)
{
	struct scene *s = *state;
	struct pdf_file *file;
	struct pdf_view view;
	const struct pdf_object *font;
	const char *map;

	put_fields(s);
	file = open_made(s, NULL);
	view = pdf_last(file);
	font = LOOK(view, "AcroForm", "DR", "Font", "FR");
	assert_true(pdf_name_is(pdf_look(view, font, "BaseFont"), "KHVNRA+LiberationSerif"));
	assert_true(pdf_name_is(LOOK(view, "AcroForm", "DR", "Font", "FR", "FontDescriptor", "FontName"), "KHVNRA+LiberationSerif"));
	map = stream_text(s, view, pdf_look(view, font, "ToUnicode"));
	assert_non_null(strstr(map, "<36> <0036>\n"));
	assert_non_null(strstr(map, "<E0> <00E0>\n"));
	assert_non_null(strstr(map, "<5E> <1EF0>\n")); /* the last of the letters: Ự */
	assert_int_equal(pdf_look(view, font, "Widths")->n, 224);
	assert_int_equal(pdf_item(view, pdf_look(view, font, "Widths"), '6' - 32)->number, 500);
	assert_int_equal(LOOK(view, "AcroForm", "DR", "Font", "FR", "FontDescriptor", "FontFile2")->kind, PDF_STREAM);
	for (uint32_t code = 0x1EA0; code <= 0x1EF9; code++)
		assert_non_null(strstr(map, arena_printf(&s->arena, "> <%04X>\n", code)));
	pdf_close(file);
}

/* ---- what does not agree ---- */

static void skip_level(struct scene *s)
{
	s->element[1].level = 2;
}

static void lose_header(struct scene *s)
{
	s->element[s->pages.n_element - 1].n_header = 0;
}

static void widen_cell(struct scene *s)
{
	s->element[s->pages.n_element - 1].columns = 2;
}

static void move_cell(struct scene *s)
{
	s->element[s->pages.n_element - 1].parent = 0;
}

static void forget_field(struct scene *s)
{
	put_fields(s);
	s->pages.n_field = 3;
}

static void forget_tooltip(struct scene *s)
{
	put_fields(s);
	fields[0].tooltip = "";
}

static void elsewhere(struct scene *s)
{
	static const int heading[] = { 1 };

	s->element[s->pages.n_element - 1].header = heading;
}

static void lose_row_header(struct scene *s)
{
	s->element[s->pages.n_element - 1].row_header = 1;
}

static void lose_group(struct scene *s)
{
	s->element[s->pages.n_element - 1].group_header = 1;
}

static void item_without_body(struct scene *s)
{
	add_element(s, ROLE_LIST_ITEM, add_element(s, ROLE_LIST, 0));
}

static void silent_figure(struct scene *s)
{
	static const struct chart chart = { .alt = "" };
	int figure = add_element(s, ROLE_FIGURE, 0);

	s->element[figure].chart = &chart;
	put_text(s, 0, figure, 700, "100");
}

static void empty_list(struct scene *s)
{
	add_element(s, ROLE_LIST, 0);
}

static void no_document(struct scene *s)
{
	s->element[0].role = ROLE_PART;
}

static void field_of_none(struct scene *s)
{
	put_fields(s);
	fields[1].element = 1;
}

static const struct {
	const char *what;
	void (*change)(struct scene *);
	enum wrong want;
} wrong_elements[] = {
	{ "a level of headings skipped", skip_level, WRONG_HEADING_SKIPPED },
	{ "a cell without a header", lose_header, WRONG_HEADER_NONE },
	{ "a heading as header", elsewhere, WRONG_HEADER_ELSEWHERE },
	{ "a heading as header of a row", lose_row_header, WRONG_HEADER_ELSEWHERE },
	{ "a heading as header of a group", lose_group, WRONG_HEADER_ELSEWHERE },
	{ "a cell too wide", widen_cell, WRONG_TABLE_GRID },
	{ "a cell outside rows", move_cell, WRONG_ELEMENT_PLACE },
	{ "an item without a body", item_without_body, WRONG_ITEM_BODY },
	{ "a figure without words", silent_figure, WRONG_FIGURE_WORDS },
	{ "a list of nothing", empty_list, WRONG_EMPTY },
	{ "a part as document", no_document, WRONG_ELEMENT_FIRST },
	{ "an element without its field", forget_field, WRONG_FIELD_NONE },
	{ "a field without a description", forget_tooltip, WRONG_FIELD_INCOMPLETE },
	{ "a field of a heading", field_of_none, WRONG_FIELD_INCOMPLETE },
};

static void test_wrong_elements(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong_elements / sizeof *wrong_elements; i++) {
		struct buf out = { 0 };
		struct scene *s;
		void *own = NULL;

		open_scene(&own);
		s = own;
		wrong_elements[i].change(s);
		assert_false(make(s, NULL, &out));
		assert_int_equal(out.n, 0);
		check_reason(wrong_elements[i].what, &s->diags, wrong_elements[i].want);
		buf_clear(&out);
		close_scene(&own);
	}
}

/* A profile that the claims do not allow is the clerk's to mend; a draft has none. */
static void test_profile(void **state)
{
	struct scene *s = *state;
	struct buf out = { 0 };

	s->archive.n_profile--;
	assert_false(make(s, NULL, &out));
	assert_string_equal(s->diags.finding[0].rule, "profile");
	s->document.draft = "DỰ THẢO";
	assert_true(make(s, NULL, &out));
	buf_clear(&out);
}

/* Pages that are not those that were painted. */
static void test_other_pages(void **state)
{
	struct scene *s = *state;
	struct painted painted = { 0 };
	struct pdf_options options = { 0 };
	struct buf out = { 0 };

	assert_true(pdf_paint(&s->pages, s->fonts, &options, "plan.pdf", &painted, &s->diags));
	s->page[0].width_pt = 600;
	assert_false(finish_pdf(&painted, &s->pages, s->fonts, &options, "plan.pdf", &out, &s->diags));
	s->page[0].width_pt = 595.28F;
	s->pages.n_page = 1;
	assert_false(finish_pdf(&painted, &s->pages, s->fonts, &options, "plan.pdf", &out, &s->diags));
	s->pages.n_page = 2;
	s->element[2].role = ROLE_PART;
	assert_false(finish_pdf(&painted, &s->pages, s->fonts, &options, "plan.pdf", &out, &s->diags));
	s->element[2].role = ROLE_PARAGRAPH;
	painted.n_element--;
	assert_false(finish_pdf(&painted, &s->pages, s->fonts, &options, "plan.pdf", &out, &s->diags));
	painted.n_element++;
	assert_true(finish_pdf(&painted, &s->pages, s->fonts, &options, "plan.pdf", &out, &s->diags));
	assert_int_equal(s->diags.n_fault, 4);
	assert_non_null(strstr(s->diags.finding[0].message, "page 1: a page has another size"));
	assert_non_null(strstr(s->diags.finding[2].message, "structure element 2 (Part): "));
	painted_clear(&painted);
	buf_clear(&out);
}

/* Faces that have the letters of Vietnamese and no digit. */
static struct fonts *open_poor_fonts(struct scene *s, const char *dir)
{
	static const uint32_t single[] = { 0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0 };
	uint32_t code[200];
	struct cut_font cut;
	size_t n = 0;

	for (uint32_t i = 0xC0; i <= 0xFF; i++)
		code[n++] = i;
	for (uint32_t i = 0x1EA0; i <= 0x1EF9; i++)
		code[n++] = i;
	for (size_t i = 0; i < sizeof single / sizeof *single; i++)
		code[n++] = single[i];
	for (enum face face = FACE_REGULAR; face < FACES; face++) {
		assert_true(fonts_cut(s->fonts, face, code, n, &s->arena, &cut));
		assert_true(file_write(file_join(dir, fonts_name(s->fonts, face), &s->arena), cut.data, cut.n, &s->diags));
	}
	return fonts_open(dir, &s->diags);
}

static void test_poor_fonts(void **state)
{
	char dir[] = "/tmp/kehoach-fonts-XXXXXX";
	struct scene *s = *state;
	struct painted painted = { 0 };
	struct pdf_options options = { 0 };
	struct buf out = { 0 };
	struct fonts *poor;

	put_fields(s);
	assert_non_null(mkdtemp(dir));
	poor = open_poor_fonts(s, dir);
	assert_non_null(poor);
	assert_true(pdf_paint(&s->pages, s->fonts, &options, "plan.pdf", &painted, &s->diags));
	assert_false(finish_pdf(&painted, &s->pages, poor, &options, "plan.pdf", &out, &s->diags));
	check_reason("fonts without digits", &s->diags, WRONG_FONT_FIELDS);
	fonts_close(poor);
	for (enum face face = FACE_REGULAR; face < FACES; face++)
		file_remove(file_join(dir, fonts_name(s->fonts, face), &s->arena));
	rmdir(dir);
	painted_clear(&painted);
	buf_clear(&out);
}

/* ---- in the manner of cairo 1.18 ---- */

enum { MADE_CATALOG = 1, MADE_PAGES, MADE_PAGE, MADE_CONTENT, MADE_ROOT, MADE_DOCUMENT, MADE_HEADING, MADE_PARAGRAPH, MADE_PARENTS,
	MADE_NEXT_PAGE, MADE_NEXT_CONTENT, MADE_NEXT_DOCUMENT, MADE_NEXT_PARAGRAPH, MADE_LINK, MADE_ANNOTATION, MADE_WORDS,
	MADE_NEXT_PARENTS, MADE_LENGTH, MADE_SIZE };

#define MADE_PAGE_ENTRIES "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Resources<<>>"

static const struct {
	uint32_t number;
	const char *text;
} made_objects[] = {
	{ MADE_CATALOG, "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 5 0 R/MarkInfo<</Marked true>>/PageLabels<</Nums[0<</S/D>>]>>>>" },
	{ MADE_PAGES, "<</Type/Pages/Kids[3 0 R 10 0 R]/Count 2>>" },
	{ MADE_PAGE, MADE_PAGE_ENTRIES "/Contents[4 0 R]/StructParents 0>>" },
	{ MADE_NEXT_PAGE, MADE_PAGE_ENTRIES "/Contents 11 0 R/StructParents 1/Annots[15 0 R]>>" },
	{ MADE_ROOT, "<</Type/StructTreeRoot/ParentTree 9 0 R/K[6 0 R 12 0 R]>>" },
	{ MADE_DOCUMENT, "<</Type/StructElem/S/Document/P 5 0 R/K[7 0 R 8 0 R]>>" },
	{ MADE_HEADING, "<</Type/StructElem/S/H1/P 6 0 R/Pg 3 0 R/K 0>>" },
	{ MADE_PARAGRAPH, "<</Type/StructElem/S/P/P 6 0 R/Pg 3 0 R/K[<</Type/MCR/MCID 1>> <</Type/MCR/Pg 3 0 R/MCID 2>>]>>" },
	{ MADE_NEXT_DOCUMENT, "<</Type/StructElem/S/Document/P 5 0 R/K 13 0 R>>" },
	{ MADE_NEXT_PARAGRAPH, "<</Type/StructElem/S/P/P 12 0 R/Pg 10 0 R/K[14 0 R 16 0 R]>>" },
	{ MADE_LINK, "<</Type/StructElem/S/Link/P 13 0 R/Pg 10 0 R"
		     "/K[<</Type/OBJR/Obj 15 0 R>> 0 <</Type/OBJR/Pg 10 0 R/Obj 15 0 R>> 1]>>" },
	{ MADE_WORDS, "<</Type/StructElem/S/Span/P 13 0 R/Pg 10 0 R/K 2>>" },
	{ MADE_ANNOTATION, "<</Type/Annot/Subtype/Link/StructParent 2/Rect[0 0 9 9]/Dest[3 0 R/XYZ 0 0 0]/BS<</W 0>>>>" },
	{ MADE_PARENTS, "<</Nums[0[7 0 R 8 0 R 8 0 R]1 17 0 R 2 14 0 R]>>" },
	{ MADE_NEXT_PARENTS, "[14 0 R 14 0 R 16 0 R]" },
};

static const char made_content[] = "/Artifact BMC 0 0 m 9 9 l S EMC /H1 <</MCID 0>> BDC 0 0 1 1 re f EMC\n"
				   "/P <</MCID 1>> BDC 1 0 1 1 re f EMC 0 5 m 9 5 l S /P <</MCID 2>> BDC 2 0 1 1 re f EMC";
static const char made_next[] = "/Link <</MCID 0>> BDC 0 0 1 1 re f EMC /Link <</MCID 1>> BDC 1 0 1 1 re f EMC\n"
				"/Span <</MCID 2>> BDC 2 0 1 1 re f EMC";

/* A stream whose length stands in an object stream. */
static void write_with_length(struct pdf_writer *w, uint32_t number, const char *text)
{
	struct pdf_object length = pdf_integer((int64_t)strlen(text));

	pdf_write_object(w, MADE_LENGTH, &length);
	pdf_write_open(w, number);
	buf_printf(w->out, "<</Length %d 0 R>>\nstream\n%s\nendstream", MADE_LENGTH, text);
	pdf_write_close(w);
}

/* What is otherwise: one object; the elements that cairo's are. */
struct made_change {
	const char *what;
	uint32_t number; /* 0: all as they are */
	const char *text;
	enum wrong want;
	const int *log; /* [n_log], or NULL: as it is */
	size_t n_log;
	const char *named; /* object 17, which the page names, or NULL */
};

/* Objects and the length of a stream in object streams, a cross-reference stream, content in an array, artifacts marked, marked
 * content in dictionaries with and without a page, a document for each page, a link that is named for each of its contents. */
static void write_made(const struct made_change *change, struct buf *out, struct diags *d)
{
	struct pdf_deflater *deflater = pdf_deflater_open(6);
	struct pdf_writer w;
	struct pdf_object object;

	pdf_write_begin(&w, 17, deflater, out);
	pdf_write_reserve(&w, MADE_SIZE);
	for (size_t i = 0; i < sizeof made_objects / sizeof *made_objects; i++) {
		const char *text = change->number == made_objects[i].number ? change->text : made_objects[i].text;

		if (change->named && made_objects[i].number == MADE_NEXT_PARENTS)
			text = change->named;
		object = pdf_verbatim(text, strlen(text));
		pdf_write_object(&w, made_objects[i].number, &object);
	}
	object = pdf_deflated(deflater, pdf_null, made_content, sizeof made_content - 1, &w.arena);
	pdf_write_object(&w, MADE_CONTENT, &object);
	write_with_length(&w, MADE_NEXT_CONTENT, made_next);
	object = PDF_DICT_OF(&w.arena, { "Root", pdf_reference(MADE_CATALOG) });
	assert_true(pdf_write_finish(&w, &object, d));
	pdf_deflater_close(deflater);
}

/* The elements of that file: a heading, a paragraph, a link in it; and which of them cairo's are. */
static const struct element made_element[] = {
	{ .role = ROLE_DOCUMENT, .parent = -1 },
	{ .role = ROLE_HEADING, .level = 1 },
	{ .role = ROLE_PARAGRAPH },
	{ .role = ROLE_LINK, .parent = 2 },
};
static const int made_log[] = { 0, 1, 2, 0, 2, 3, 2 };

static void check_made(struct scene *s, struct pdf_view view)
{
	const struct pdf_object *document = LOOK(view, "StructTreeRoot", "K");
	const struct pdf_object *link = LOOK(view, "StructTreeRoot", "K", "K", "1", "K", "2");

	assert_true(pdf_name_is(pdf_find(document, "S"), "Document"));
	assert_int_equal(pdf_look(view, document, "K")->n, 2);
	assert_true(pdf_name_is(LOOK(view, "StructTreeRoot", "K", "K", "1", "S"), "P"));
	assert_int_equal(LOOK(view, "StructTreeRoot", "K", "K", "1", "K")->n, 4);
	assert_int_equal(LOOK(view, "StructTreeRoot", "K", "K", "1", "K", "1")->number, 2);
	assert_true(pdf_name_is(pdf_find(link, "S"), "Link"));
	assert_int_equal(pdf_look(view, link, "K")->n, 3); /* the annotation once, and both contents */
	assert_int_equal(LOOK(view, "StructTreeRoot", "ParentTree", "Nums", "1")->n, 3);
	assert_int_equal(LOOK(view, "StructTreeRoot", "ParentTree", "Nums")->n, 6);
	assert_true(pdf_has(LOOK(view, "Pages", "Kids", "1", "Annots", "0"), "Contents"));
	assert_int_equal(LOOK(view, "PageLabels", "Nums")->n, 2);
	assert_non_null(strstr(stream_text(s, view, LOOK(view, "Pages", "Kids", "0", "Contents")),
		"/Artifact <</Type /Layout>> BDC\n0 5 m 9 5 l S\nEMC\n"));
}

static bool finish_made(struct scene *s, const struct made_change *change, struct buf *out)
{
	static struct element element[sizeof made_element / sizeof *made_element];
	struct painted painted = { .element = made_log, .n_element = sizeof made_log / sizeof *made_log };
	struct pdf_options options = { 0 };
	bool ok;

	if (change->log)
		painted = (struct painted){ .element = change->log, .n_element = change->n_log };
	memcpy(element, made_element, sizeof element);
	s->pages.element = element;
	s->pages.n_page = 2;
	s->pages.n_element = sizeof element / sizeof *element;
	write_made(change, &painted.bytes, &s->diags);
	ok = finish_pdf(&painted, &s->pages, s->fonts, &options, "plan.pdf", out, &s->diags);
	painted_clear(&painted);
	return ok;
}

static void test_newer_cairo(void **state)
{
	static const struct made_change none;
	struct scene *s = *state;
	struct buf out = { 0 };
	struct pdf_file *file;

	if (!finish_made(s, &none, &out))
		fail_msg("%s", s->diags.finding[0].message);
	file = pdf_open((struct bytes){ out.text, out.n }, "plan.pdf", &s->diags);
	assert_non_null(file);
	check_made(s, pdf_last(file));
	pdf_close(file);
	buf_clear(&out);
}

#define MADE_PAGE_OF(entries) "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]" entries ">>"
#define MADE_FONT_OF(entries) MADE_PAGE_OF("/Resources<</Font<</F 17 0 R>>>>" entries)

static const int log_moved[] = { 0, 1, 3, 0, 2, 3, 2 };
static const int log_lost[] = { 0, 1, 2, 0, 2, 2, 2 };

static const struct made_change made_wrong[] = {
	{ "another size", MADE_PAGE, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 841.89]/Contents[4 0 R]/StructParents 0>>", WRONG_PAGE_SIZE, NULL, 0, NULL },
	{ "one page", MADE_PAGES, "<</Type/Pages/Kids[3 0 R]/Count 1>>", WRONG_PAGE_COUNT, NULL, 0, NULL },
	{ "a page that is none", MADE_PAGES, "<</Type/Pages/Kids[3 0 R 1 0 R]/Count 2>>", WRONG_PAGE_LIST, NULL, 0, NULL },
	{ "no content", MADE_PAGE, MADE_PAGE_OF("/StructParents 0"), WRONG_PAGE_CONTENT, NULL, 0, NULL },
	{ "content that is a dictionary", MADE_PAGE, MADE_PAGE_OF("/Contents[4 0 R 1 0 R]/StructParents 0"), WRONG_PAGE_CONTENT, NULL, 0, NULL },
	{ "a page without a key", MADE_PAGE, MADE_PAGE_OF("/Contents 4 0 R"), WRONG_PARENT_NONE, NULL, 0, NULL },
	{ "a direct annotation", MADE_NEXT_PAGE,
		MADE_PAGE_OF("/Contents 11 0 R/StructParents 1/Annots[15 0 R<</Type/Annot/Subtype/Link>>]"), WRONG_ANNOTATION_DIRECT, NULL, 0, NULL },
	{ "an annotation that is no link", MADE_ANNOTATION, "<</Type/Annot/Subtype/Text/StructParent 2/Rect[0 0 9 9]>>",
		WRONG_ANNOTATION_KIND, NULL, 0, NULL },
	{ "a link of no element", MADE_PAGE, MADE_PAGE_OF("/Contents 4 0 R/StructParents 0/Annots[17 0 R]"), WRONG_LINK_ALONE, NULL, 0,
		"<</Type/Annot/Subtype/Link/StructParent 9/Rect[0 0 9 9]>>" },
	{ "an object of a tree behind a page", MADE_PAGE, MADE_PAGE_OF("/Contents 4 0 R/StructParents 0/X 17 0 R"), WRONG_MARK_OUTSIDE, NULL, 0,
		"<</Type/StructElem/S/P>>" },
	{ "a font without characters", MADE_PAGE, MADE_FONT_OF("/Contents 4 0 R/StructParents 0"), WRONG_FONT_UNICODE, NULL, 0,
		"<</Type/Font/Subtype/TrueType>>" },
	{ "a font that is not embedded", MADE_PAGE, MADE_FONT_OF("/Contents 4 0 R/StructParents 0"), WRONG_FONT_EMBEDDED, NULL, 0,
		"<</Type/Font/Subtype/TrueType/ToUnicode 4 0 R/FontDescriptor<</Type/FontDescriptor>>>>" },
	{ "a font that is no TrueType", MADE_PAGE, MADE_FONT_OF("/Contents 4 0 R/StructParents 0"), WRONG_FONT_EMBEDDED, NULL, 0,
		"<</Type/Font/Subtype/Type1/ToUnicode 4 0 R/FontDescriptor<</FontFile3 4 0 R>>>>" },
	{ "another role", MADE_HEADING, "<</Type/StructElem/S/P/P 6 0 R/Pg 3 0 R/K 0>>", WRONG_ROLE, NULL, 0, NULL },
	{ "content of two elements", MADE_HEADING, "<</Type/StructElem/S/H1/P 6 0 R/Pg 3 0 R/K[0 1]>>", WRONG_MARK_TWO_OWNERS, NULL, 0, NULL },
	{ "content of no page", MADE_HEADING, "<</Type/StructElem/S/H1/P 6 0 R/K 0>>", WRONG_MARK_NO_PAGE, NULL, 0, NULL },
	{ "a kid that is text", MADE_HEADING, "<</Type/StructElem/S/H1/P 6 0 R/Pg 3 0 R/K[0(x)]>>", WRONG_TREE_UNKNOWN, NULL, 0, NULL },
	{ "a kid that is a number", MADE_HEADING, "<</Type/StructElem/S/H1/P 6 0 R/Pg 3 0 R/K[0 18 0 R]>>", WRONG_TREE_UNKNOWN, NULL, 0, NULL },
	{ "content below the root", MADE_ROOT, "<</Type/StructTreeRoot/ParentTree 9 0 R/K[6 0 R 0]>>", WRONG_TREE_UNKNOWN, NULL, 0, NULL },
	{ "an element less", 0, NULL, WRONG_TREE_MORE, made_log, 6, NULL },
	{ "an element more", MADE_ROOT, "<</Type/StructTreeRoot/ParentTree 9 0 R/K[6 0 R]>>", WRONG_TREE_FEWER, NULL, 0, NULL },
	{ "an element elsewhere", MADE_PARAGRAPH, "<</Type/StructElem/S/Link/P 6 0 R/Pg 3 0 R/K[1 2]>>", WRONG_ELEMENT_MOVED, log_moved, 7, NULL },
	{ "an element that is lost", MADE_LINK, "<</Type/StructElem/S/Span/P 13 0 R/Pg 10 0 R/K[0 1]>>", WRONG_ELEMENT_LOST, log_lost, 7, NULL },
};

static void test_wrong_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof made_wrong / sizeof *made_wrong; i++) {
		struct buf out = { 0 };
		struct scene *s;
		void *own = NULL;

		open_scene(&own);
		s = own;
		if (finish_made(s, &made_wrong[i], &out))
			fail_msg("%s: taken", made_wrong[i].what);
		assert_int_equal(out.n, 0);
		check_reason(made_wrong[i].what, &s->diags, made_wrong[i].want);
		buf_clear(&out);
		close_scene(&own);
	}
}

/* Behind all others. */
static void test_all_reasons(void **state)
{
	(void)state;
	for (size_t i = 0; i < WRONG_REASONS; i++) {
		assert_non_null(finish_reason((enum wrong)i));
		if (!met[i])
			fail_msg("%s: never met", finish_reason((enum wrong)i));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_content),
		cmocka_unit_test(test_wrong_content),
		cmocka_unit_test_setup_teardown(test_catalog, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_profile, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_structure, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_link, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_same_bytes, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_running_header, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_repeated_head, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_draft_claims_nothing, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_attachments, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_record, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_looks_the_same, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_fields, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_font_of_fields, open_scene, close_scene),
		cmocka_unit_test(test_wrong_elements),
		cmocka_unit_test_setup_teardown(test_other_pages, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_poor_fonts, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_newer_cairo, open_scene, close_scene),
		cmocka_unit_test(test_wrong_files),
		cmocka_unit_test(test_all_reasons),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
