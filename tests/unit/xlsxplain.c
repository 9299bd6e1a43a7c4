#include "ingest/xlsxplain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char *take(const char *s, struct xlsx_plain *c)
{
	return xlsx_plain_take(s, s + strlen(s), c);
}

static void what_it_takes(void **state)
{
	static const struct {
		const char *s;
		struct xlsx_plain want;
		const char *value;
	} cells[] = {
		{ "<c r=\"B12\"><v>-3.5</v></c>", { .row = 12, .col = 2 }, "-3.5" },
		{ "<c r=\"XFD1048576\" s=\"65535\" t=\"s\"><v>7</v></c>", { .row = 1048576, .col = 16384, .style = 65535, .is_shared = true }, "7" },
		{ "<c r=\"A1\" s=\"3\"/>", { .row = 1, .col = 1, .style = 3 }, "" },
		{ "<c r=\"AA1\"/>", { .row = 1, .col = 27 }, "" },
		{ "<c r=\"A1\" t=\"s\"/>", { .row = 1, .col = 1, .is_shared = true }, "" },
		{ "<c r=\"A1\"><v></v></c>", { .row = 1, .col = 1 }, "" },
		{ "<c r=\"A1\"><v>1E+30</v></c>", { .row = 1, .col = 1 }, "1E+30" },
		{ "<c r=\"A1\"><v>1.2.3e-</v></c>", { .row = 1, .col = 1 }, "1.2.3e-" }, /* the sheet says what is wrong with it */
		{ "<c r=\"A0\"/>", { .row = 0, .col = 1 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		const char *s = cells[i].s;
		struct xlsx_plain c;
		const char *behind = take(s, &c);

		assert_ptr_equal(behind, s + strlen(s));
		assert_int_equal(c.row, cells[i].want.row);
		assert_int_equal(c.col, cells[i].want.col);
		assert_int_equal(c.style, cells[i].want.style);
		assert_int_equal(c.is_shared, cells[i].want.is_shared);
		assert_int_equal(c.n_value, strlen(cells[i].value));
		assert_memory_equal(c.n_value ? c.value : "", cells[i].value, c.n_value);
	}
}

static void what_it_leaves(void **state)
{
	static const char *const others[] = { "", "<row>", "<c/>", "<c r=\"A\"/>", "<c r=\"1\"/>", "<c r=\"\"/>", "<c r='A1'/>", "<c r=\"a1\"/>",
		"<c r=\"$A$1\"/>", "<c  r=\"A1\"/>", "<c r=\"A1\" />", "<c r=\"A1\"s=\"1\"/>", "<c r=\"A1\" s=\"\"/>", "<c r=\"A1\" s=\"x\"/>",
		"<c r=\"ABCD1\"/>", "<c r=\"A12345678\"/>", "<c r=\"A1\" s=\"12345678\"/>", "<c r=\"A1\" t=\"s\" s=\"1\"/>", "<c r=\"A1\" r=\"A1\"/>",
		"<c r=\"A1\" s=\"1\" s=\"1\"/>", "<c r=\"A1\" t=\"n\"><v>1</v></c>", "<c r=\"A1\" t=\"str\"><v>1</v></c>", "<c r=\"A1\"></c>",
		"<c r=\"A1\"><f>1</f><v>1</v></c>", "<c r=\"A1\"><v>1</v ></c>", "<c r=\"A1\"><v> 1</v></c>", "<c r=\"A1\"><v>1&#49;</v></c>",
		"<c r=\"A1\"><v>TRUE</v></c>", "<c r=\"A1\"><v>1</v><v>2</v></c>", "<c r=\"A1\"><v/></c>", "<cc r=\"A1\"/>", "<c r=\"A1\"/ >" };

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct xlsx_plain c;

		assert_null(take(others[i], &c));
	}
}

static void what_is_cut_off_is_left(void **state)
{
	static const char cell[] = "<c r=\"B12\" s=\"1\" t=\"s\"><v>35</v></c>";
	struct xlsx_plain c;

	(void)state;
	for (size_t n = 0; n < sizeof cell - 1; n++) {
		char *cut = test_malloc(n + 1); /* a byte too far is found by the sanitizers */

		memcpy(cut, cell, n);
		cut[n] = '\0';
		assert_null(xlsx_plain_take(cut, cut + n, &c));
		test_free(cut);
	}
	assert_non_null(take(cell, &c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_takes),
		cmocka_unit_test(what_it_leaves),
		cmocka_unit_test(what_is_cut_off_is_left),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
