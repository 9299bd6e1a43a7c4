#include "computed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define DATASET                                                                                    \
	"<field id=\"area\" type=\"area\" key=\"yes\"><name>Thôn</name></field>"                  \
	"<field id=\"households\" type=\"count\" unit=\"hộ\"><name>Số hộ</name></field>"     \
	"<field id=\"poor\" type=\"count\" unit=\"hộ\"><name>Hộ nghèo</name></field>"         \
	"<field id=\"rate\" type=\"rate\" unit=\"%\"><name>Tỷ lệ</name></field>"
#define TABLE                                                                                      \
	"<column id=\"area\" label=\"Thôn\" is=\"label\"/><column id=\"poor\" label=\"Hộ "      \
	"nghèo\"/>"                                                                               \
	"<group label=\"Đầu năm\"><column id=\"rate\" label=\"Tỷ lệ\" unit=\"%\" "         \
	"value=\"poor / households * 100\" decimals=\"2\"/></group><total label=\"Tổng\"/>"

static const struct {
	const char *rows;
	const char *want;
} cases[] = {
	/* as computed: with fewer digits written, rounded, nothing said, no denominator */
	{ "A;8;1;12,5\nB;3;1;33,33\nC;3;1;\nD;0;0;0,00\n", "" },
	{ "A;300;50;16,66\n", "asserted d.csv:2:4 A, Đầu năm > Tỷ lệ: the source says 16,66, "
			      "computed 16,67 (rounding "
			      "'truncate' would give it)\n" },
	{ "A;800;1;0,12\n", "asserted d.csv:2:4 A, Đầu năm > Tỷ lệ: the source says 0,12, computed "
			    "0,13 (rounding "
			    "'truncate' would give it)\n" },
	{ "A;100;3;4\n",
		"asserted d.csv:2:4 A, Đầu năm > Tỷ lệ: the source says 4,00, computed 3,00\n" },
	/* a source with more decimals than are shown is held to them */
	{ "A;300;50;16,667\nB;300;50;16,665\n", "asserted d.csv:3:4 B, Đầu năm > Tỷ lệ: the source "
						"says 16,665, computed 16,667\n" },
	{ "A;0;0;5\n",
		"asserted d.csv:2:4 A, Đầu năm > Tỷ lệ: the source says 5,00, computed -\n" },
	/* the source's total row: columns, indicators, fields that no column shows */
	{ "A;10;1;10\nB;10;2;20\nCộng;20;3;15\n", "" },
	{ "A;10;1;10\nB;10;2;20\nCộng;21;4;30\n",
		"asserted d.csv:4:3 Tổng, Hộ nghèo: the source says 4, computed 3\n"
		"asserted d.csv:4:4 Tổng, Đầu năm > Tỷ lệ: the source says 30,00, computed 15,00\n"
		"asserted d.csv:4:2 Tổng, Số hộ: the source says 21, computed 20\n" },
	/* what is missing here cannot be compared */
	{ "A;10;;\nB;10;2;20\nCộng;20;4;15\n", "" },
};

static const char *findings(struct computed *c)
{
	const char *text = "";

	for (size_t i = 0; i < c->diags.n_finding; i++) {
		const struct finding *f = &c->diags.finding[i];

		assert_int_equal(f->severity, DIAG_WARNING);
		text = arena_printf(&c->arena, "%s%s d.csv:%u:%u %s\n", text, f->rule, f->at.row,
			f->at.col, f->message);
	}
	return text;
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = { 0 };
		struct files f = { "2024", DATASET, "", TABLE,
			arena_printf(&a, "Thôn;Số hộ;Hộ nghèo;Tỷ lệ\n%s", cases[i].rows), NULL,
			NULL };
		struct computed *c = computed_new(&f);

		assert_string_equal(findings(c), cases[i].want);
		assert_true(c->ok);
		computed_free(c);
		arena_clear(&a);
	}
}

/* The source's figure is never used, and two tables over it say it once. */
static void test_once(void **state)
{
	static const char *const names[] = { "t", "u" };
	struct files f = { "2024", DATASET, "", TABLE, "Thôn;Số hộ;Hộ nghèo;Tỷ lệ\nA;10;1;11\n",
		NULL, NULL };
	struct computed *c = computed_model(&f);

	(void)state;
	computed_write(c, "templates/tables/u.xml",
		"<table xmlns=\"urn:kehoach:table:1\" id=\"u\" over=\"d\" title=\"U\">" TABLE
		"</table>");
	assert_true(compute(&c->model, &c->library, names, 2, &c->audit, &c->arena, &c->tables, &c->diags));
	assert_int_equal(c->tables.n_table, 2);
	assert_int_equal(c->diags.n_finding, 1);
	assert_string_equal(computed_cells(c, "rate"), "10 | 10");
	computed_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
