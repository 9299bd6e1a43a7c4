/* Signing a form: which field, what it shows, what is filled in, what earlier signatures forbid. */
#include "sealed.h"

#include "formmade.h"
#include "pdf/form.h"
#include "pdf/stream.h"
#include "seal/later.h"
#include "seal/sign.h"

struct fixture {
	struct sealed sealed;
	struct signing_key *key;
	struct made made;
	struct buf file; /* what is signed next */
	struct pdf_file *pdf;
	struct pdf_view view;
	struct pdf_form form;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	void *sealed;

	sealed_set_up(&sealed);
	f->sealed = *(struct sealed *)sealed;
	free(sealed);
	f->key = sealed_key(&f->sealed, &f->sealed.pki.signer, PKI_NOW);
	*state = f;
	return 0;
}

static void close_pdf(struct fixture *f)
{
	pdf_close(f->pdf);
	f->pdf = NULL;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	close_pdf(f);
	buf_clear(&f->file);
	made_clear(&f->made);
	signing_key_close(f->key);
	trust_close(f->sealed.trust);
	pki_close(&f->sealed.pki);
	diags_clear(&f->sealed.diags);
	free(f);
	return 0;
}

/* find in the texts of the objects, replaced by put. */
static void start_changed(struct fixture *f, const char *xmp, const char *find, const char *put)
{
	made_clear(&f->made);
	f->made.find = find;
	f->made.put = put;
	formmade(&f->made, xmp);
	buf_clear(&f->file);
	buf_put(&f->file, f->made.out.text, f->made.out.n);
}

static void start(struct fixture *f)
{
	start_changed(f, NULL, NULL, NULL);
}

/* The rule of what was wrong, or "": then the file is the signed one. */
static const char *sign(struct fixture *f, struct sign_request request)
{
	struct buf out = { 0 };
	bool ok;

	request.time = request.now = PKI_NOW;
	diags_clear(&f->sealed.diags);
	ok = sign_pdf((struct bytes){ f->file.text, f->file.n }, "a.pdf", f->key, &request, &out, &f->sealed.diags);
	if (!ok) {
		assert_int_equal(out.n, 0);
		return sealed_rules(&f->sealed);
	}
	assert_true(out.n > f->file.n);
	assert_memory_equal(out.text, f->file.text, f->file.n);
	buf_clear(&f->file);
	f->file = out;
	return sealed_rules(&f->sealed);
}

static const struct pdf_field *look(struct fixture *f, const char *name)
{
	close_pdf(f);
	f->pdf = pdf_open((struct bytes){ f->file.text, f->file.n }, "a.pdf", &f->sealed.diags);
	assert_non_null(f->pdf);
	f->view = pdf_last(f->pdf);
	assert_true(pdf_form_read(f->view, &f->sealed.pki.arena, &f->form, &f->sealed.diags));
	return pdf_form_find(&f->form, name);
}

static bool is_signed(struct fixture *f, const char *name)
{
	const struct pdf_field *field = look(f, name);

	return field && pdf_field_is_filled(field);
}

static const struct pdf_object *shown(struct fixture *f, const char *name)
{
	const struct pdf_field *field = look(f, name);

	return pdf_look(f->view, pdf_look(f->view, field->widget, "AP"), "N");
}

static const char *content(struct fixture *f, const struct pdf_object *stream)
{
	struct bytes bytes;

	assert_true(pdf_stream_data(f->view, stream, &f->sealed.pki.arena, &bytes, &f->sealed.diags));
	return arena_slice(&f->sealed.pki.arena, bytes.data, bytes.n);
}

static const struct picture dot = { 1, 1, (const unsigned char *)"\x10\x20\xc0", (const unsigned char *)"\x80" };

/* ---- which field ---- */

static void test_first_that_waits(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_string_equal(sign(f, (struct sign_request){ 0 }), "");
	assert_true(is_signed(f, "signer"));
	assert_false(is_signed(f, "seal"));
	assert_string_equal(sign(f, (struct sign_request){ .leave_blank = true }), "");
	assert_true(is_signed(f, "seal"));
	assert_string_equal(sign(f, (struct sign_request){ 0 }), "field"); /* that of a timestamp is kept */
	assert_false(is_signed(f, "timestamp"));
	assert_string_equal(sign(f, (struct sign_request){ .field = "timestamp" }), "");
	assert_true(is_signed(f, "timestamp"));
	assert_int_equal(pdf_look(f->view, f->form.dict, "SigFlags")->number, 3);
}

static void test_named(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_string_equal(sign(f, (struct sign_request){ .field = "nobody" }), "field");
	assert_string_equal(sign(f, (struct sign_request){ .field = "number" }), "field");
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer" }), "");
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer" }), "filled");
	assert_true(is_signed(f, "signer"));
	assert_false(is_signed(f, "seal"));
}

/* Who gives number or day is the office, in its field. */
static void test_office(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_string_equal(sign(f, (struct sign_request){ .number = "66" }), "order");
	assert_string_equal(sign(f, (struct sign_request){ 0 }), "");
	assert_string_equal(sign(f, (struct sign_request){ .number = "66", .date = { 2021, 4, 5 } }), "");
	assert_true(is_signed(f, "seal"));
	assert_string_equal(sign(f, (struct sign_request){ .number = "66" }), "filled");
	start_changed(f, NULL, "/T(seal)", "/T(mine)");
	assert_string_equal(sign(f, (struct sign_request){ .date = { 2021, 4, 5 } }), "field");
	assert_string_equal(sign(f, (struct sign_request){ .field = "mine", .date = { 2021, 4, 5 } }), "");
}

/* ---- the order ---- */

static void test_order(void **state)
{
	struct fixture *f = *state;
	const struct sign_request seal = { .field = "seal", .leave_blank = true };

	start(f);
	assert_string_equal(sign(f, seal), "order");
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer" }), "");
	assert_string_equal(sign(f, seal), "");
	start_changed(f, NULL, "/T(seal)", "/T(seal)/V<</Type/Sig>>");
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer" }), "order");
	assert_string_equal(sign(f, (struct sign_request){ 0 }), "order");
	start_changed(f, NULL, "/T(signer)", "/T(other)"); /* nobody is waited for */
	assert_string_equal(sign(f, seal), "");
	assert_string_equal(sign(f, (struct sign_request){ .field = "other" }), "");
	start_changed(f, NULL, "/T(signer)", "/T(signer.name)");
	assert_string_equal(sign(f, seal), "");
	start_changed(f, NULL, "/FT/Sig/T(timestamp)", "/FT/Sig/T(signer2)");
	assert_string_equal(sign(f, (struct sign_request){ 0 }), "");
	assert_string_equal(sign(f, seal), "order");
	assert_string_equal(sign(f, (struct sign_request){ 0 }), ""); /* not the seal, though it comes first */
	assert_true(is_signed(f, "signer2"));
	assert_string_equal(sign(f, seal), "");
}

/* What the seal would leave blank for good. */
static void test_blank(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_string_equal(sign(f, (struct sign_request){ .leave_blank = true }), "blank");
	assert_string_equal(sign(f, (struct sign_request){ 0 }), "");
	assert_string_equal(sign(f, (struct sign_request){ 0 }), "blank blank");
	assert_string_equal(sign(f, (struct sign_request){ .field = "seal", .number = "66" }), "blank");
	assert_string_equal(sign(f, (struct sign_request){ .field = "seal", .date = { 2021, 4, 5 } }), "blank");
	assert_string_equal(sign(f, (struct sign_request){ .field = "timestamp", .number = "66" }), "");
	assert_string_equal(sign(f, (struct sign_request){ .field = "seal" }), "blank");
	assert_string_equal(sign(f, (struct sign_request){ .field = "seal", .date = { 2021, 4, 5 } }), "");
	assert_true(is_signed(f, "seal"));
	start_changed(f, NULL, "/T(date)", "/T(month)");
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer", .number = "66" }), "");
	assert_string_equal(sign(f, (struct sign_request){ .field = "seal" }), "blank");
	assert_string_equal(sign(f, (struct sign_request){ .field = "seal", .leave_blank = true }), "");
	assert_false(pdf_field_is_filled(look(f, "month")));
}

/* Where no field waits, a name makes one that nobody sees. */
static void test_new(void **state)
{
	struct fixture *f = *state;

	start_changed(f, NULL, "/AcroForm 4 0 R", "");
	assert_string_equal(sign(f, (struct sign_request){ 0 }), "field");
	assert_string_equal(sign(f, (struct sign_request){ .field = "mine" }), "");
	assert_true(is_signed(f, "mine"));
	assert_int_equal(pdf_field_width(look(f, "mine")), 0);
	assert_string_equal(sign(f, (struct sign_request){ .field = "other" }), "");
	assert_true(is_signed(f, "mine") && is_signed(f, "other"));
}

static const char access_claim[] = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
				   "<rdf:Description xmlns:u='http://www.aiim.org/pdfua/ns/id/' rdf:about=''><u:part>1</u:part></rdf:Description>"
				   "</rdf:RDF></x:xmpmeta>";

/* A file that claims PDF/UA-1, all fields of which are signed, signed once more in a new one. catalog: what it has of a structure tree. */
static const char *sign_accessible(struct fixture *f, const char *catalog)
{
	static const char *const field[] = { "signer", "seal", "timestamp" };

	start_changed(f, access_claim, "/AcroForm 4 0 R", catalog);
	for (size_t i = 0; i < sizeof field / sizeof *field; i++)
		assert_string_equal(sign(f, (struct sign_request){ .field = field[i], .leave_blank = i == 1 }), "");
	return sign(f, (struct sign_request){ .field = "mine" });
}

static void assert_unchanged(struct fixture *f)
{
	struct later_list list;

	assert_true(later_read(f->pdf, &f->sealed.pki.arena, &list, &f->sealed.diags));
	assert_int_equal(list.n, 4);
	for (size_t i = 0; i < list.n; i++)
		assert_int_equal(list.item[i].kind, LATER_SIGNATURE);
}

/* The new field's element, by its key, in the file that was looked at last. */
static void assert_element(struct fixture *f, const struct pdf_object *reference, int64_t key)
{
	const struct pdf_field *field = pdf_form_find(&f->form, "mine");
	const struct pdf_object *element = pdf_resolve(f->view, reference);
	const struct pdf_object *kids = pdf_find(pdf_get(f->view, 18), "K");

	assert_int_equal(pdf_find(field->dict, "StructParent")->number, key);
	assert_true(pdf_string_is(pdf_find(field->dict, "TU"), "mine"));
	assert_true(pdf_name_is(pdf_find(element, "S"), "Form") && pdf_find(element, "P")->number == 18);
	assert_int_equal(pdf_find(pdf_find(element, "K"), "Obj")->number, field->number);
	assert_int_equal(kids->n, 2);
	assert_true(pdf_same(&kids->item[1], reference) && kids->item[0].kind == PDF_INTEGER);
	assert_true(pdf_name_is(pdf_find(pdf_get(f->view, 3), "Tabs"), "S"));
	assert_unchanged(f);
}

/* With its element, where the file claims that all has one. */
static void test_new_element(void **state)
{
	struct fixture *f = *state;
	const struct pdf_object *list;
	const struct pdf_object *node;

	assert_string_equal(sign_accessible(f, "/AcroForm 4 0 R/StructTreeRoot 16 0 R"), "");
	look(f, "mine");
	list = pdf_find(pdf_get(f->view, 19), "Nums");
	assert_int_equal(list->n, 4);
	assert_int_equal(list->item[2].number, 5);
	assert_int_equal(pdf_find(pdf_get(f->view, 16), "ParentTreeNextKey")->number, 6);
	assert_element(f, &list->item[3], 5);
	assert_string_equal(sign_accessible(f, "/AcroForm 4 0 R/StructTreeRoot 17 0 R"), "");
	look(f, "mine");
	list = pdf_find(pdf_get(f->view, 20), "Kids");
	assert_int_equal(list->n, 2);
	node = pdf_resolve(f->view, &list->item[1]);
	assert_int_equal(pdf_find(node, "Limits")->item[0].number, 4);
	assert_false(pdf_has(pdf_get(f->view, 17), "ParentTreeNextKey"));
	assert_element(f, &pdf_find(node, "Nums")->item[1], 4);
}

static void test_no_place_for_an_element(void **state)
{
	static const char *const catalog[] = {
		"/AcroForm 4 0 R",
		"/AcroForm 4 0 R/StructTreeRoot<</K 18 0 R/ParentTree 19 0 R>>",
		"/AcroForm 4 0 R/StructTreeRoot 18 0 R",
		"/AcroForm 4 0 R/StructTreeRoot 21 0 R",
		"/AcroForm 4 0 R/StructTreeRoot 16 0 R/PageLabels 19 0 R",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof catalog / sizeof *catalog; i++)
		assert_string_equal(sign_accessible(f, catalog[i]), "accessible");
}

/* A field without a number of its own is free, and nothing can be put into it. */
static void test_direct(void **state)
{
	struct fixture *f = *state;

	start_changed(f, NULL, "/Fields[5 0 R", "/Fields[<</FT/Sig/T(signer)>>");
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer" }), "field");
	assert_non_null(strstr(f->sealed.diags.finding[0].message, "inside of another object"));
	assert_string_equal(sign(f, (struct sign_request){ .field = "timestamp" }), "");
}

static void test_new_names(void **state)
{
	static const char *const bad[] = { "", "a.b", ".", "a\nb", "a\xE1\xBA", "a\xE2\x80\xAE" };
	char longest[SIGN_FIELD_NAME_MAX + 2];
	struct fixture *f = *state;

	start_changed(f, NULL, "/AcroForm 4 0 R", "");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_string_equal(sign(f, (struct sign_request){ .field = bad[i] }), "field");
	memset(longest, 'a', sizeof longest);
	longest[SIGN_FIELD_NAME_MAX + 1] = '\0';
	assert_string_equal(sign(f, (struct sign_request){ .field = longest }), "field");
	longest[SIGN_FIELD_NAME_MAX] = '\0';
	assert_string_equal(sign(f, (struct sign_request){ .field = longest }), "");
	assert_string_equal(sign(f, (struct sign_request){ .field = "Chữ ký" }), "");
	assert_true(is_signed(f, "Chữ ký"));
	start_changed(f, NULL, "/Fields[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R]", "/Fields[<</T(mine)/Kids[8 0 R 9 0 R]>>]");
	assert_string_equal(sign(f, (struct sign_request){ .field = "mine" }), "field");
	assert_string_equal(sign(f, (struct sign_request){ .field = "min" }), "");
}

static void test_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct pki_id rsa = f->sealed.pki.signer;
	struct buf first;

	rsa.key = EVP_RSA_gen(2048);
	rsa = pki_issue(&f->sealed.pki, &(struct pki_spec){ .name = "RSA", .issuer = &f->sealed.pki.ca, .key = rsa.key, .ext = PKI_SIGNER_EXT });
	signing_key_close(f->key);
	f->key = sealed_key(&f->sealed, &rsa, PKI_NOW);
	start(f);
	assert_string_equal(sign(f, (struct sign_request){ .reason = "Duyệt", .location = "Mẫu" }), "");
	first = f->file;
	f->file = (struct buf){ 0 };
	start(f);
	assert_string_equal(sign(f, (struct sign_request){ .reason = "Duyệt", .location = "Mẫu" }), "");
	assert_int_equal(f->file.n, first.n);
	assert_memory_equal(f->file.text, first.text, first.n);
	buf_clear(&first);
	EVP_PKEY_free(rsa.key);
}

/* ---- filling in ---- */

static void test_fill(void **state)
{
	struct fixture *f = *state;
	const struct pdf_field *number;

	start(f);
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer", .number = "66", .date = { 2021, 4, 5 } }), "");
	number = look(f, "number");
	assert_string_equal(pdf_text_utf8(number->value, &f->sealed.pki.arena), "66");
	assert_true(number->flags & PDF_FIELD_READ_ONLY);
	assert_string_equal(pdf_text_utf8(look(f, "date")->value, &f->sealed.pki.arena), "05");
	/* ten points of forty in the middle, on the line of the empty text */
	assert_string_equal(content(f, shown(f, "number")), "/Tx BMC\nq\nBT\n/F 10 Tf 0 g\n1 0 0 1 15 3.25 Tm (66) Tj\nET\nQ\nEMC");
	assert_int_equal(pdf_find(pdf_look(f->view, pdf_look(f->view, shown(f, "number"), "Resources"), "Font"), "F")->number, 10);
}

/* A number against what stands behind it. */
static void test_fill_right(void **state)
{
	struct fixture *f = *state;

	start_changed(f, NULL, "/Q 1/Rect[10", "/Q 2/Rect[10");
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer", .number = "66" }), "");
	assert_string_equal(content(f, shown(f, "number")), "/Tx BMC\nq\nBT\n/F 10 Tf 0 g\n1 0 0 1 30 3.25 Tm (66) Tj\nET\nQ\nEMC");
	start_changed(f, NULL, "/Q 1/Rect[10", "/Q 9/Rect[10");
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer", .number = "66" }), "");
	assert_non_null(strstr(content(f, shown(f, "number")), "1 0 0 1 0 3.25 Tm"));
}

static const char *fill_number(struct fixture *f, const char *number)
{
	return sign(f, (struct sign_request){ .field = "signer", .number = number });
}

static void test_fill_once(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_string_equal(fill_number(f, "66"), "");
	assert_string_equal(sign(f, (struct sign_request){ .field = "seal", .number = "67", .leave_blank = true }), "filled");
	assert_string_equal(sign(f, (struct sign_request){ .field = "seal", .leave_blank = true }), "");
	assert_string_equal(sign(f, (struct sign_request){ .field = "timestamp", .date = { 2021, 4, 5 } }), "filled");
	start_changed(f, NULL, "/T(number)", "/T(number)/Ff 1");
	assert_string_equal(fill_number(f, "66"), "filled");
	start_changed(f, NULL, "/T(number)", "/T(other)");
	assert_string_equal(fill_number(f, "66"), "field");
}

static void test_number(void **state)
{
	static const struct {
		const char *number, *rules;
	} case_[] = {
		{ "", "number" }, { "6 6", "number" }, { "6)6", "number" }, { "66/", "number" }, { "-66", "number" }, { "6//6", "number" },
		{ "6\n6", "number" }, { "0", "number" }, { "00", "number" }, { "abc", "number" }, { "66\xE1\xBA", "number" },
		{ "66\xC2\xA0", "number" }, { "66\xE2\x80\x8B", "number" }, { "66\xE5\x85\xAD", "number" }, { "123456789012345678901", "number" },
		{ "12345678901234567890", "room" }, { "12345678901234", "room" },
		{ "66a", "glyph" }, { "66\xC4\x91", "glyph" }, { "66a\xCC\x81", "glyph" }, { "66/2", "glyph" }, { "1-66.2", "glyph" },
	};
	struct fixture *f = *state;

	start(f);
	for (size_t i = 0; i < sizeof case_ / sizeof *case_; i++)
		assert_string_equal(fill_number(f, case_[i].number), case_[i].rules);
	assert_string_equal(fill_number(f, "7"), "");
	assert_string_equal(pdf_text_utf8(look(f, "number")->value, &f->sealed.pki.arena), "07");
	start_changed(f, NULL, "/T(number)", "/T(number)/MaxLen 3");
	assert_string_equal(fill_number(f, "1234"), "room");
	assert_string_equal(fill_number(f, "123"), "");
	start(f);
	assert_string_equal(fill_number(f, "1234567890"), ""); /* made narrower */
	assert_non_null(strstr(content(f, shown(f, "number")), ".8 0 0 1 0 3.25 Tm"));
	start_changed(f, NULL, "/DA(/F 10 Tf 0 g)", "/DA(/G 10 Tf 0 g)");
	assert_string_equal(fill_number(f, "66"), "font");
	start_changed(f, NULL, "/ToUnicode 13 0 R", "");
	assert_string_equal(fill_number(f, "66"), "font");
}

/* In the month that is printed; where that is blank too, in the year. */
static void test_day(void **state)
{
	const struct sign_request may = { .field = "signer", .date = { 2021, 5, 5 } };
	const struct sign_request year_later = { .field = "signer", .date = { 2022, 4, 5 } };
	struct fixture *f = *state;

	start(f);
	assert_string_equal(sign(f, may), "date");
	assert_non_null(strstr(f->sealed.diags.finding[0].message, "04/2021"));
	assert_string_equal(sign(f, year_later), "date");
	start_changed(f, NULL, "/T(number)", "/T(month)");
	assert_string_equal(sign(f, year_later), "date");
	assert_non_null(strstr(f->sealed.diags.finding[0].message, "2021"));
	assert_string_equal(sign(f, may), "");
	assert_string_equal(pdf_text_utf8(look(f, "month")->value, &f->sealed.pki.arena), "5");
	start_changed(f, NULL, "D:20210401000000", "D:2021");
	assert_string_equal(sign(f, may), "date");
}

/* The office's field on an appendix of its own: number and symbol, as the file or the option says. */
static void test_issue(void **state)
{
	static const char head[] = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
				   "<rdf:Description xmlns:r='urn:kehoach:nd30:1/' rdf:about=''>";
	static const char tail[] = "<r:CodeNotation>1</r:CodeNotation></rdf:Description></rdf:RDF></x:xmpmeta>";
	struct fixture *f = *state;
	char xmp[600];

	snprintf(xmp, sizeof xmp, "%s<r:CodeNumber>66</r:CodeNumber>%s", head, tail);
	start_changed(f, xmp, "/T(seal)", "/T(issue)");
	assert_string_equal(sign(f, (struct sign_request){ .field = "issue", .picture = &dot }), "picture");
	assert_string_equal(sign(f, (struct sign_request){ .field = "issue", .number = "67" }), "number");
	start_changed(f, xmp, "/T(number)", "/T(other)");
	assert_string_equal(sign(f, (struct sign_request){ .field = "signer", .number = "66" }), "field");
}

/* ---- pictures ---- */

static const struct pdf_object *image_of(struct fixture *f, const char *name)
{
	return pdf_look(f->view, pdf_look(f->view, pdf_look(f->view, shown(f, name), "Resources"), "XObject"), "Picture");
}

static const struct pdf_object *blend_of(struct fixture *f, const char *name)
{
	const struct pdf_object *states = pdf_look(f->view, pdf_look(f->view, shown(f, name), "Resources"), "ExtGState");

	return pdf_look(f->view, pdf_look(f->view, states, "Ink"), "BM");
}

static void test_picture(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_string_equal(sign(f, (struct sign_request){ .picture = &dot }), "");
	assert_string_equal(content(f, shown(f, "signer")), "q /Ink gs 50 0 0 50 25 0 cm /Picture Do Q");
	assert_memory_equal(content(f, image_of(f, "signer")), "\x10\x20\xc0", 3);
	assert_memory_equal(content(f, pdf_look(f->view, image_of(f, "signer"), "SMask")), "\x80", 1);
	assert_true(pdf_name_is(pdf_look(f->view, image_of(f, "signer"), "ColorSpace"), "DeviceRGB"));
	assert_true(pdf_name_is(blend_of(f, "signer"), "Multiply"));
	assert_string_equal(sign(f, (struct sign_request){ .picture = &dot, .field = "timestamp" }), "picture");
	start_changed(f, NULL, "100 100 200 150", "200 150 100 100");
	assert_string_equal(sign(f, (struct sign_request){ .picture = &dot }), "");
	assert_string_equal(content(f, shown(f, "signer")), "q /Ink gs 50 0 0 50 25 0 cm /Picture Do Q");
}

#define ARCHIVE(part) \
	"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>" \
	"<rdf:Description xmlns:p='http://www.aiim.org/pdfa/ns/id/' rdf:about=''><p:part>" part "</p:part></rdf:Description>" \
	"</rdf:RDF></x:xmpmeta>"

/* Painted or not, pixel by pixel: the first is, on white. */
static void assert_stencil(struct fixture *f)
{
	static const struct picture dots = { 2, 1, (const unsigned char *)"\x10\x20\xc0\x10\x20\xc0", (const unsigned char *)"\x80\x7f" };
	const struct pdf_object *mask;

	assert_string_equal(sign(f, (struct sign_request){ .picture = &dots }), "");
	assert_string_equal(content(f, shown(f, "signer")), "q 100 0 0 50 0 0 cm /Picture Do Q");
	assert_true(blend_of(f, "signer")->kind == PDF_NULL);
	assert_false(pdf_has(image_of(f, "signer"), "SMask"));
	assert_memory_equal(content(f, image_of(f, "signer")), "\x87\x8f\xdf", 3);
	mask = pdf_look(f->view, image_of(f, "signer"), "Mask");
	assert_true(pdf_look(f->view, mask, "ImageMask")->truth);
	assert_memory_equal(content(f, mask), "\x40", 1);
}

/* PDF/A-1 knows no transparency, and later parts want to know its colours; where plain colours are not sRGB, they are calibrated. */
static void test_picture_of_archive(void **state)
{
	struct fixture *f = *state;

	start_changed(f, ARCHIVE("1"), "/AcroForm 4 0 R", "/AcroForm 4 0 R/OutputIntents[<</DestOutputProfile<</N 3>>>>]");
	assert_stencil(f);
	start_changed(f, ARCHIVE("2"), NULL, NULL);
	assert_stencil(f);
	start_changed(f, ARCHIVE("2"), "/AcroForm 4 0 R", "/AcroForm 4 0 R/OutputIntents[<</DestOutputProfile<</N 3>>>>]");
	assert_string_equal(sign(f, (struct sign_request){ .picture = &dot }), "");
	assert_true(pdf_name_is(blend_of(f, "signer"), "Multiply"));
	start_changed(f, NULL, "/AcroForm 4 0 R", "/AcroForm 4 0 R/OutputIntents[<</DestOutputProfile<</N 4>>>>]");
	assert_string_equal(sign(f, (struct sign_request){ .picture = &dot }), "");
	assert_true(pdf_name_is(pdf_item(f->view, pdf_look(f->view, image_of(f, "signer"), "ColorSpace"), 0), "CalRGB"));
}

/* ---- what earlier signatures forbid ---- */

static void test_certify(void **state)
{
	struct fixture *f = *state;

	for (int level = 2; level <= 3; level++) {
		start(f);
		assert_string_equal(sign(f, (struct sign_request){ .certify = level }), "");
		assert_string_equal(sign(f, (struct sign_request){ .number = "66", .leave_blank = true }), "");
	}
	start(f);
	assert_string_equal(sign(f, (struct sign_request){ .certify = 1 }), "certify"); /* it waits for its seal */
	start_changed(f, NULL, "/T(seal)", "/T(other)");
	assert_string_equal(sign(f, (struct sign_request){ .certify = 1 }), "");
	assert_string_equal(sign(f, (struct sign_request){ .field = "other" }), "locked");
	start(f);
	assert_string_equal(sign(f, (struct sign_request){ 0 }), "");
	assert_string_equal(sign(f, (struct sign_request){ .certify = 2 }), "certify");
}

/* A signature of another program that locks fields. */
static void test_locked(void **state)
{
	static const struct {
		const char *parameters;
		const char *number, *seal; /* what happens to each */
	} lock[] = {
		{ "/Action/All", "locked", "locked" },
		{ "/Action/Include/Fields[(number)]", "locked", "" },
		{ "/Action/Exclude/Fields[(number)(seal)]", "", "" },
		{ "/Action/Exclude/Fields[(date)]", "locked", "locked" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof lock / sizeof *lock; i++) {
		char put[300];

		snprintf(put, sizeof put, "/T(signer)/V<</Type/Sig/Reference[<</TransformMethod/FieldMDP/TransformParams<<%s>>>>]>>",
			lock[i].parameters);
		start_changed(f, NULL, "/T(signer)", put);
		assert_string_equal(sign(f, (struct sign_request){ .number = "66", .leave_blank = true }), lock[i].number);
		start_changed(f, NULL, "/T(signer)", put);
		assert_string_equal(sign(f, (struct sign_request){ .field = "seal", .leave_blank = true }), lock[i].seal);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_first_that_waits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_office, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_blank, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_new, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_direct, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_new_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_new_element, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_place_for_an_element, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_same_bytes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fill, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fill_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fill_right, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_number, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_day, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_issue, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_picture, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_picture_of_archive, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_certify, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_locked, set_up, tear_down),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
