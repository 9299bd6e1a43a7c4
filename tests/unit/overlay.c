/* What lies beneath a field: content of every kind in a small page, with a field at [100 100 150 150]. */
#include "pdfmade.h"
#include "seal/overlay.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void put_stream(struct made *m, unsigned number, const char *dict, const char *data)
{
	char text[400];

	snprintf(text, sizeof text, "<< %s /Length %zu >>\nstream\n%s\nendstream", dict, strlen(data), data);
	made_object(m, number, text);
}

/* Two pages; the field is on the second one, of which the resources are those of the tree. field: more of it. */
static void make(struct made *m, const char *content, const char *form, const char *text_field)
{
	buf_puts(&m->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
	made_object(m, 1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 7 0 R 11 0 R] >> >>");
	made_object(m, 2, "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /Resources << /Font << /F 8 0 R /G 9 0 R >> /XObject << /X 10 0 R /I 12 0 R >> >> >>");
	made_object(m, 3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 5 0 R >>");
	made_object(m, 4, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents [5 0 R 13 0 R] /Annots [6 0 R 7 0 R 11 0 R] >>");
	put_stream(m, 5, "", content);
	made_object(m, 6, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (a) /Rect [100 100 150 150] >>");
	made_object(m, 7, text_field);
	made_object(m, 8, "<< /Type /Font /Subtype /Type1 >>");
	made_object(m, 9, "<< /Type /Font /Subtype /Type0 >>");
	put_stream(m, 10, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Matrix [1 0 0 1 100 0]", form);
	made_object(m, 11, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (unseen) /Rect [0 0 0 0] >>");
	put_stream(m, 12, "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x");
	put_stream(m, 13, "", "0 0 m");
	m->xref = m->out.n;
	buf_puts(&m->out, "xref\n");
	made_group(m, 0, 13);
	made_trailer(m, "<< /Size 14 /Root 1 0 R >>");
	made_end(m);
}

#define EMPTY "<< /Type /Annot /Subtype /Widget /FT /Tx /T (n) /Rect [120 120 140 130] >>"
#define FILLED "<< /Type /Annot /Subtype /Widget /FT /Tx /T (n) /V (66) /Rect [120 120 140 130] >>"

static bool covers(const char *content, const char *form, const char *text_field)
{
	struct made m = { 0 };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct overlay_page on;
	struct pdf_form fields;
	struct pdf_file *f;
	bool is;

	make(&m, content, form, text_field);
	f = made_open(&m, &d);
	assert_non_null(f);
	assert_true(pdf_form_read(pdf_last(f), &a, &fields, &d));
	overlay_find(pdf_last(f), pdf_form_find(&fields, "unseen"), &a, &on);
	assert_int_equal(on.number, 0);
	overlay_find(pdf_last(f), pdf_form_find(&fields, "a"), &a, &on);
	assert_int_equal(on.number, 2);
	is = overlay_covers(pdf_last(f), &fields, pdf_form_find(&fields, "a"), &on, &a);
	pdf_close(f);
	diags_clear(&d);
	arena_clear(&a);
	made_clear(&m);
	return is;
}

static void content(void **state)
{
	static const struct {
		bool want;
		const char *content, *form;
	} cases[] = {
		{ false, "", "" },
		{ true, "BT /F 10 Tf 120 120 Td (a) Tj ET", "" },
		{ false, "BT /F 10 Tf 20 120 Td (a) Tj ET", "" },
		{ true, "BT /F 10 Tf 20 120 Td (a line of text that is long) Tj ET", "" },
		{ false, "BT /G 10 Tf 20 120 Td (a line of te) Tj ET", "" },
		{ true, "BT /F 10 Tf 20 120 Td [(a) -10000 (b)] TJ ET", "" },
		{ false, "BT /F 10 Tf 20 120 Td [(a) -20000 (b)] TJ ET", "" },
		{ false, "BT /F 10 Tf 120 150 Td (on its edge) Tj ET", "" },
		{ true, "BT /F 10 Tf 1 0 0 1 120 180 Tm 20 TL (a) Tj T* (b) Tj (c) ' ET", "" },
		{ true, "BT /F 10 Tf 60 60 TD 60 60 TD (a) Tj ET", "" },
		{ true, "q 2 0 0 2 0 0 cm BT /F 5 Tf 60 60 Td (a) Tj ET Q", "" },
		{ false, "q 2 0 0 2 0 0 cm Q BT /F 5 Tf 60 60 Td (a) Tj ET", "" },
		{ true, "q 50 0 0 50 90 90 cm /I Do Q", "" },
		{ false, "q 50 0 0 50 0 0 cm /I Do Q", "" },
		{ true, "q 50 0 0 50 90 90 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q", "" },
		{ true, "q 1 0 0 1 0 120 cm /X Do Q", "BT /F 10 Tf 20 0 Td (a) Tj ET" },
		{ false, "q 1 0 0 1 0 120 cm /X Do Q", "BT /F 10 Tf 70 0 Td (a) Tj ET" },
		{ true, "/X Do", "/X Do" }, /* without end */
		{ true, "BT /F 10 Tf (a", "" }, /* what cannot be read */
		{ false, "Q Q Q", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (covers(cases[i].content, cases[i].form, EMPTY) != cases[i].want)
			print_error("%s\n", cases[i].content);
		assert_int_equal(covers(cases[i].content, cases[i].form, EMPTY), cases[i].want);
	}
}

static void deep(void **state)
{
	char text[390] = "";

	(void)state;
	for (size_t i = 0; i < 150; i++)
		strcat(text, "q ");
	strcat(text, "BT /F 10 Tf 120 120 Td (a) Tj ET");
	assert_true(covers(text, "", EMPTY));
}

static void fields(void **state)
{
	(void)state;
	assert_true(covers("", "", FILLED));
	assert_false(covers("", "", EMPTY));
}

#define PT(n) (INT64_C(1000000) * (n))

static bool is_seal(int64_t left, int64_t bottom, int64_t right, int64_t top)
{
	static const struct pdf_field signature = { .box = { PT(100), PT(100), PT(200), PT(150) } };
	struct pdf_field seal = { .box = { PT(left), PT(bottom), PT(right), PT(top) } };

	return overlay_is_seal(&seal, &signature);
}

static void seals(void **state)
{
	(void)state;
	assert_true(is_seal(60, 75, 133, 175)); /* a third of it from the left */
	assert_false(is_seal(0, 75, 99, 175));
	assert_false(is_seal(0, 75, 105, 175)); /* touches it */
	assert_false(is_seal(0, 75, 150, 175)); /* too large for one */
	assert_false(is_seal(100, 0, 200, 150));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(content), cmocka_unit_test(deep), cmocka_unit_test(fields), cmocka_unit_test(seals),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
