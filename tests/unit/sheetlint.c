#include "sheetlint/linting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_tint(void **state)
{
	(void)state;
	assert_int_equal(xl_tinted(0x4F81BD, 0), 0x4F81BD);
	assert_int_equal(xl_tinted(0xFFFFFF, -0.5), 0x808080);
	assert_int_equal(xl_tinted(0x000000, 0.5), 0x808080);
	assert_int_equal(xl_tinted(0xFF0000, 1), 0xFFFFFF);
	assert_int_equal(xl_tinted(0xFF0000, -0.5), 0x800000);
}

static void test_ranges(void **state)
{
	struct sheet_range r;

	(void)state;
	assert_true(xl_range("B2:$XFD$1048576", &r));
	assert_int_equal(r.first_row, 2);
	assert_int_equal(r.first_col, 2);
	assert_int_equal(r.last_row, 1048576);
	assert_int_equal(r.last_col, 16384);
	assert_true(xl_range("AA10", &r));
	assert_int_equal(r.last_col, 27);
	assert_false(xl_range("", &r));
	assert_false(xl_range("A0", &r));
	assert_false(xl_range("A01", &r));
	assert_false(xl_range("XFE1", &r));
	assert_false(xl_range("A1048577", &r));
	assert_false(xl_range("A99999999999999999999", &r));
	assert_false(xl_range("AAAAAAAAAAAAAAAAAAAA1", &r));
	assert_false(xl_range("B2:A1", &r));
	assert_false(xl_range("A1:B2:C3", &r));
	assert_false(xl_range("A1 ", &r));
}

static size_t n_wrong(struct xl *x, const char *formula)
{
	struct diags d = { 0 };
	size_t n;

	x->d = &d;
	x->shown = "a.xlsx";
	xl_check_references(x, XL_FORMULA_REFERENCE, XL_FILE, formula);
	n = d.n_error;
	diags_clear(&d);
	return n;
}

static void test_references(void **state)
{
	struct xl_table table = { .name = "Bang" };
	struct xl_sheet sheet[] = { { .name = "Tổng hợp" }, { .name = "An's", .table = &table, .n_table = 1 } };
	struct xl_name name = { .name = "TongHo" };
	struct xl x = { .sheet = sheet, .n_sheet = 2, .name = &name, .n_name = 1 };
	static const char *const good[] = { "", "SUM(A1:B2,3.5E+2)", "'Tổng hợp'!A1+'An''s'!$B$2", "tongho*2", "SUM(Bang[[#This Row],[a b]])", "IF(A1,\"Không!B2\",TRUE)",
		"A:A+1:1", "$A:$B", "LOG10(2)", "SUM('Tổng hợp:An''s'!A1)", "'Tổng hợp'!$A$1:$B$2", "_xlfn.CONCAT(A1)", "sum(A1)",
		"_xlfn._xlws.SORT(A1:A2)", "TongHo(1)" };
	static const char *const bad[] = { "'Không có'!A1", "Sheet9!A1", "KhongCo", "Khac[a]", "#REF!+1", "''", "SUM('Tổng hợp:Không có'!A1)", "Bang+Khac", "[1]Tổng!A1", "'[a.xlsx]Tổng'!A1",
		"IFF(A1)", "IFS(A1,1)", "_xlfn.IFF(A1)", "Webservice(A1)", "_xlfn.WEBSERVICE(A1)", "cmd|'/c'!A1", "SUM(A1" };

	(void)state;
	xl_sheets_index(&x);
	xl_names_index(&x);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_int_equal(n_wrong(&x, good[i]), 0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(n_wrong(&x, bad[i]), 1);
	arena_clear(&x.arena);
}

static void test_sheet_range(void **state)
{
	struct xl_sheet sheet[] = { { .name = "Tổng hợp" }, { .name = "An's" } };
	struct xl x = { .sheet = sheet, .n_sheet = 2 };
	const struct xl_sheet *found;
	struct sheet_range r;

	(void)state;
	xl_sheets_index(&x);
	assert_true(xl_sheet_range(&x, "'An''s'!$A$1:$B$2", &found, &r));
	assert_ptr_equal(found, &sheet[1]);
	assert_true(xl_sheet_range(&x, "'Tổng hợp'!$3:$4", &found, &r));
	assert_int_equal(r.first_row, 3);
	assert_int_equal(r.last_col, 16384);
	assert_true(xl_sheet_range(&x, "'Tổng hợp'!$A:$C", &found, &r));
	assert_int_equal(r.last_col, 3);
	assert_false(xl_sheet_range(&x, "'An's'!A1", &found, &r));
	assert_false(xl_sheet_range(&x, "'Tổng hợp", &found, &r));
	assert_false(xl_sheet_range(&x, "A1", &found, &r));
	arena_clear(&x.arena);
}

static void test_balance(void **state)
{
	static const char *const good[] = { "", "IF((A1),\"(\"\"\",1)", "'An''s('!A1", "Bang['[a'']", "SUM({1,2;3})", "SUM(Bang[[#This Row],[a]])" };
	static const char *const bad[] = { "(", ")", ")(", "IF((A1)", "\"", "\"a\"\"", "'a", "{1)", "Bang[a", "a]", "Bang['" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(xl_is_balanced(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(xl_is_balanced(bad[i]));
}

static void test_circle(void **state)
{
	struct xl_sheet sheet[] = { { .name = "Một" }, { .name = "Hai" }, { .name = "C3" } };
	struct xl x = { .sheet = sheet, .n_sheet = 3 };
	static const char *const at_c3[] = { "C3", "$C$3+1", "SUM(A1:D4)", "SUM(B2,A3:C3)", "Một!C3", "'Một'!$A$1:$C$3", "IF(A1,ROW(B3),C3)", "'C3'!C3+C3" };
	static const char *const elsewhere[] = { "", "C4", "C33", "Hai!C3", "'Hai'!A1:D4", "SUM(A1:C2)", "ROW(C3)", "ROWS(C$1:C3)*A1", "\"C3\"", "C3()", "'C3'!C4", "Bang[C3]",
		"AC3", "1C3", "_C3", "'", "[", "(((" };

	(void)state;
	xl_sheets_index(&x);
	for (size_t i = 0; i < sizeof at_c3 / sizeof *at_c3; i++)
		assert_true(xl_refers_to(&x, sheet, &(struct xl_cell){ .row = 3, .col = 3, .formula = at_c3[i] }));
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
		assert_false(xl_refers_to(&x, sheet, &(struct xl_cell){ .row = 3, .col = 3, .formula = elsewhere[i] }));
	arena_clear(&x.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tint),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_sheet_range),
		cmocka_unit_test(test_balance),
		cmocka_unit_test(test_circle),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
