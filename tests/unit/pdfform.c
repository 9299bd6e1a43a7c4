/* The fields of a form: names and what is inherited, widgets of their own, boxes, and trees that are none. */
#include "pdf/form.h"

#include "formmade.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct fixture {
	struct made made;
	struct arena arena;
	struct pdf_file *file;
	struct pdf_form form;
	struct diags d;
};

static int set_up(void **state)
{
	*state = calloc(1, sizeof(struct fixture));
	return 0;
}

static void clear(struct fixture *f)
{
	pdf_close(f->file);
	f->file = NULL;
	made_clear(&f->made);
	arena_clear(&f->arena);
	diags_clear(&f->d);
}

static int tear_down(void **state)
{
	clear(*state);
	free(*state);
	return 0;
}

static bool read_changed(struct fixture *f, const char *find, const char *put)
{
	clear(f);
	f->made.find = find;
	f->made.put = put;
	formmade(&f->made, NULL);
	f->file = made_open(&f->made, &f->d);
	assert_non_null(f->file);
	return pdf_form_read(pdf_last(f->file), &f->arena, &f->form, &f->d);
}

static void test_plain(void **state)
{
	static const char *const name[] = { "signer", "seal", "timestamp", "number", "date" };
	struct fixture *f = *state;
	const struct pdf_field *seal;

	assert_true(read_changed(f, NULL, NULL));
	assert_int_equal(f->form.n_field, 5);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(f->form.field[i].name, name[i]);
	seal = pdf_form_find(&f->form, "seal");
	assert_int_equal(seal->type, PDF_FIELD_SIGNATURE);
	assert_int_equal(seal->number, 6);
	assert_int_equal(seal->widget_number, 6);
	assert_int_equal(seal->page, 3);
	assert_int_equal(pdf_field_width(seal), 50000000);
	assert_int_equal(pdf_field_height(seal), 50000000);
	assert_false(pdf_field_is_filled(seal));
	assert_int_equal(pdf_form_find(&f->form, "number")->type, PDF_FIELD_TEXT);
	assert_null(pdf_form_find(&f->form, "numbe"));
}

static void test_none(void **state)
{
	struct fixture *f = *state;

	assert_true(read_changed(f, "/AcroForm 4 0 R", ""));
	assert_int_equal(f->form.n_field, 0);
	assert_int_equal(f->form.number, 0);
	assert_int_equal(f->form.dict->kind, PDF_NULL);
}

/* A field above gives its name, type and flags to those below. */
static void test_inherited(void **state)
{
	struct fixture *f = *state;
	const struct pdf_field *field;

	assert_true(read_changed(f, "/Fields[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R]", "/Fields[<</T(top)/FT/Sig/Ff 1/Kids[8 0 R<</T(in)>>]>>]"));
	assert_int_equal(f->form.n_field, 2);
	field = pdf_form_find(&f->form, "top.number");
	assert_int_equal(field->type, PDF_FIELD_TEXT);
	assert_int_equal(field->flags, PDF_FIELD_READ_ONLY);
	field = pdf_form_find(&f->form, "top.in");
	assert_int_equal(field->type, PDF_FIELD_SIGNATURE);
	assert_int_equal(field->number, 0); /* stands inside another object */
}

static void test_widget(void **state)
{
	struct fixture *f = *state;
	const struct pdf_field *field;

	assert_true(read_changed(f, "/FT/Sig/T(signer)/Type/Annot", "/FT/Sig/T(signer)/Kids[14 0 R]/Type/Annot"));
	field = pdf_form_find(&f->form, "signer");
	assert_int_equal(field->number, 5);
	assert_int_equal(field->widget_number, 14);
	assert_int_equal(pdf_field_width(field), 0);
}

static void test_box(void **state)
{
	struct fixture *f = *state;

	assert_true(read_changed(f, "/Rect[100 100 200 150]", "/Rect[200 150.5 100 100]"));
	assert_int_equal(f->form.field[0].box[0], 100000000);
	assert_int_equal(f->form.field[0].box[3], 150500000);
	assert_true(read_changed(f, "/Rect[100 100 200 150]", "/Rect[100(a)200 150]"));
	assert_int_equal(f->form.field[0].box[1], 0);
	assert_true(read_changed(f, "/Rect[100 100 200 150]", "/Rect 5"));
	assert_int_equal(pdf_field_width(&f->form.field[0]), 0);
}

static void test_filled(void **state)
{
	struct fixture *f = *state;

	assert_true(read_changed(f, "/T(number)", "/T(number)/V(66)"));
	assert_true(pdf_field_is_filled(pdf_form_find(&f->form, "number")));
	assert_true(read_changed(f, "/T(number)", "/T(number)/V()"));
	assert_false(pdf_field_is_filled(pdf_form_find(&f->form, "number")));
	assert_true(read_changed(f, "/T(seal)", "/T(seal)/V<</Type/DocTimeStamp>>"));
	assert_true(pdf_field_is_timestamp(pdf_last(f->file), pdf_form_find(&f->form, "seal")));
}

static void test_no_tree(void **state)
{
	static const char *const fields[] = { "[5 0 R 5 0 R]", "5", "[null]", "[(a)]", "[99 0 R]", "[<</Kids[5 0 R 6 0 R]>>5 0 R]" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		char put[100];

		snprintf(put, sizeof put, "/Fields%s%s", *fields[i] == '[' ? "" : " ", fields[i]);
		assert_false(read_changed(f, "/Fields[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R]", put));
		assert_int_equal(f->d.n_error, 1);
		assert_string_equal(f->d.finding[0].rule, "form");
	}
	assert_false(read_changed(f, "/T(signer)", "/T(signer)/Kids[5 0 R]")); /* below itself */
}

/* One below the other without end, each with a name. */
static void test_deep(void **state)
{
	struct fixture *f = *state;
	struct buf put = { 0 };

	buf_puts(&put, "/Fields[");
	for (int i = 0; i < PDF_FIELD_DEPTH_MAX + 2; i++)
		buf_puts(&put, "<</T(a)/Kids[");
	buf_puts(&put, "5 0 R");
	for (int i = 0; i < PDF_FIELD_DEPTH_MAX + 2; i++)
		buf_puts(&put, "]>>");
	buf_puts(&put, "]");
	clear(f);
	f->made.find = "/Fields[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R]";
	f->made.put = put.text;
	formmade(&f->made, NULL);
	f->file = made_open(&f->made, &f->d);
	assert_true(!f->file || !pdf_form_read(pdf_last(f->file), &f->arena, &f->form, &f->d));
	assert_true(f->d.n_error > 0);
	buf_clear(&put);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_plain, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_inherited, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_widget, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_box, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_filled, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_tree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_deep, set_up, tear_down),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
