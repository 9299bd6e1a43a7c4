#include "base/catalog.h"
#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What a printing function writes; malloc'd. */
static char *printed(const struct diags *d, void (*print)(const struct diags *, FILE *))
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);

	assert_non_null(f);
	print(d, f);
	fclose(f);
	return text;
}

static void test_print(void **state)
{
	static const struct {
		enum severity severity;
		struct origin at;
		const char *text;
		const char *json;
	} cases[] = {
		{ DIAG_ERROR, { "so-lieu.xlsx", "Biểu 1", 7, 3 },
			"so-lieu.xlsx[Biểu 1]:7:3: error: x is -12 (cell C7) [range]\n",
			"{\"file\":\"so-lieu.xlsx\",\"sheet\":\"Biểu 1\",\"row\":7,\"col\":3,"
			"\"severity\":\"error\",\"rule\":\"range\",\"message\":\"x is -12\"}\n" },
		{ DIAG_WARNING, { "a.csv", NULL, 7, 0 }, "a.csv:7: warning: x is -12 [range]\n",
			"{\"file\":\"a.csv\",\"sheet\":null,\"row\":7,\"col\":null,"
			"\"severity\":\"warning\",\"rule\":\"range\",\"message\":\"x is -12\"}\n" },
		{ DIAG_NOTE, { "a.csv", NULL, 0, 5 }, "a.csv: note: x is -12 [range]\n",
			"{\"file\":\"a.csv\",\"sheet\":null,\"row\":null,\"col\":5,"
			"\"severity\":\"note\",\"rule\":\"range\",\"message\":\"x is -12\"}\n" },
		{ DIAG_NOTE, { "a.xls", "B", 0, 28 }, "a.xls[B]: note: x is -12 (column AB) [range]\n",
			"{\"file\":\"a.xls\",\"sheet\":\"B\",\"row\":null,\"col\":28,"
			"\"severity\":\"note\",\"rule\":\"range\",\"message\":\"x is -12\"}\n" },
		{ DIAG_NOTE, { "a.xls", "B", 1048576, 16384 }, "a.xls[B]:1048576:16384: note: x is -12 (cell XFD1048576) [range]\n",
			"{\"file\":\"a.xls\",\"sheet\":\"B\",\"row\":1048576,\"col\":16384,"
			"\"severity\":\"note\",\"rule\":\"range\",\"message\":\"x is -12\"}\n" },
		{ DIAG_FAULT, { 0 }, "error: x is -12 [range]\n",
			"{\"file\":null,\"sheet\":null,\"row\":null,\"col\":null,"
			"\"severity\":\"error\",\"rule\":\"range\",\"message\":\"x is -12\"}\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diags d = { 0 };
		char *text;
		char *json;

		diag_add(&d, cases[i].severity, cases[i].at, "range", "%s is %d", "x", -12);
		text = printed(&d, diags_print);
		json = printed(&d, diags_print_json);
		assert_string_equal(text, cases[i].text);
		assert_string_equal(json, cases[i].json);
		free(text);
		free(json);
		diags_clear(&d);
	}
}

static void test_exit_code(void **state)
{
	struct origin at = { .file = "f" };
	struct diags d = { 0 };

	(void)state;
	diag_note(&d, at, "r", "n");
	diag_warning(&d, at, "r", "w");
	assert_int_equal(diags_exit_code(&d), 0);
	assert_false(diag_error(&d, at, "r", "e"));
	assert_int_equal(diags_exit_code(&d), 1);
	assert_false(diag_fault(&d, at, "r", "f"));
	assert_false(diag_error(&d, at, "r", "e"));
	assert_int_equal(diags_exit_code(&d), 3);
	assert_int_equal(d.n_error, 3);
	assert_int_equal(d.n_fault, 1);
	assert_int_equal(d.n_finding, 5);
	diags_clear(&d);
	assert_int_equal(diags_exit_code(&d), 0);
	assert_int_equal(d.n_finding, 0);
}

static void test_owns_texts(void **state)
{
	char file[] = "a.csv";
	char sheet[] = "S";
	char word[] = "word";
	struct diags d = { 0 };

	(void)state;
	diag_error(&d, (struct origin){ file, sheet, 1, 1 }, "r", "%s", word);
	file[0] = sheet[0] = word[0] = 'x';
	assert_string_equal(d.finding[0].at.file, "a.csv");
	assert_string_equal(d.finding[0].at.sheet, "S");
	assert_string_equal(d.finding[0].message, "word");
	diags_clear(&d);
}

static void test_no_control_characters(void **state)
{
	struct diags d = { 0 };
	char *text;

	(void)state;
	diag_error(&d, (struct origin){ "a\nb", "\x1b[2J", 1, 1 }, "r", "%s", "x\x1b]0;y\a\nz");
	text = printed(&d, diags_print);
	assert_string_equal(text, "a b[ [2J]:1:1: error: x ]0;y  z (cell A1) [r]\n");
	free(text);
	diags_clear(&d);
}

static void test_limit(void **state)
{
	struct diags d = { 0 };

	(void)state;
	for (unsigned i = 1; i <= 250; i++) {
		diag_error(&d, (struct origin){ "a.csv", NULL, i, 1 }, "r", "%u", i);
		if (i <= 3)
			diag_error(&d, (struct origin){ "b.csv", NULL, i, 1 }, "r", "%u", i);
	}
	assert_int_equal(d.n_error, 253);
	assert_int_equal(d.n_finding, DIAGS_PER_FILE + 1 + 3);
	assert_string_equal(d.finding[d.n_finding - 1].rule, "limit");
	assert_string_equal(d.finding[d.n_finding - 1].at.file, "a.csv");
	assert_int_equal(d.finding[d.n_finding - 1].severity, DIAG_NOTE);
	diags_clear(&d);
}

/* Places of a finding leave room for others, and are shown where it is. */
static void test_places(void **state)
{
	struct diags d = { 0 };

	(void)state;
	for (unsigned i = 1; i <= DIAGS_PER_FILE + 10; i++) {
		diag_warning(&d, (struct origin){ "a.csv", NULL, 0, 0 }, "r", "%u", i);
		for (unsigned k = 1; k <= 3; k++)
			diag_place(&d, (struct origin){ "a.csv", NULL, k, 1 }, "r", "here");
	}
	assert_int_equal(d.n_finding, 4 * DIAGS_PER_FILE + 1);
	assert_string_equal(d.finding[d.n_finding - 2].message, "here");
	assert_string_equal(d.finding[d.n_finding - 1].rule, "limit");
	diags_clear(&d);
}

static void test_error_behind_warnings(void **state)
{
	struct diags d = { 0 };

	(void)state;
	for (unsigned i = 1; i <= 150; i++)
		diag_warning(&d, (struct origin){ "a.csv", NULL, i, 1 }, "r", "%u", i);
	diag_error(&d, (struct origin){ "a.csv", NULL, 151, 1 }, "r", "why");
	diag_error(&d, (struct origin){ "a.csv", NULL, 152, 1 }, "r", "counted only");
	assert_int_equal(d.n_finding, DIAGS_PER_FILE + 2);
	assert_string_equal(d.finding[d.n_finding - 1].message, "why");
	assert_int_equal(d.n_error, 2);
	diags_clear(&d);
}

static void test_origin_text(void **state)
{
	static const struct {
		struct origin at;
		const char *want;
	} cases[] = {
		{ { "f", "s", 1, 2 }, "f[s]:1:2" },
		{ { "f", NULL, 1, 2 }, "f:1:2" },
		{ { "f", NULL, 1, 0 }, "f:1" },
		{ { "f", "s", 0, 0 }, "f[s]" },
		{ { 0 }, "" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(origin_text(cases[i].at, &a), cases[i].want);
	arena_clear(&a);
}

static void test_suggest(void **state)
{
	static const char *const names[] = {
		"households", "poor_start", "poor_end", "exits", "q1",
	};
	static const struct {
		const char *word;
		const char *want;
	} cases[] = {
		{ "housholds", "households" },
		{ "huoseholds", "households" },
		{ "HOUSEHOLDS", "households" },
		{ "household", "households" },
		{ "por_end", "poor_end" },
		{ "poor_strat", "poor_start" },
		{ "exit", "exits" },
		{ "exist", "exits" },
		{ "1q", "q1" },
		{ "q2", "q1" },
		{ "population", NULL },
		{ "xq", NULL },
		{ "", NULL },
		{ "a_word_that_is_much_longer_than_any_name_that_anybody_would_write_down", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got = suggest(cases[i].word, names, sizeof names / sizeof *names);

		if (cases[i].want)
			assert_string_equal(got ? got : "(none)", cases[i].want);
		else
			assert_null(got);
	}
	assert_null(suggest("x", NULL, 0));
}

/* Who hears the findings of another list has them too, each list in its language. */
static void test_also(void **state)
{
	struct diags user = { 0 };
	struct diags heard = { .also = &user };
	struct origin at = { .file = "a.csv", .row = 3, .col = 2 };

	(void)state;
	diag_warning(&heard, at, "asserted", "%s is not %s", "1", "2");
	diag_compared(&heard, "1", "2");
	diag_error(&heard, at, "x", "wrong");
	assert_int_equal(user.n_finding, 2);
	assert_int_equal(user.n_error, 1);
	assert_string_equal(user.finding[0].message, "1 is not 2");
	assert_string_equal(heard.finding[0].found, "1");
	assert_string_equal(user.finding[0].expected, "2");
	assert_null(heard.finding[1].found);
	diags_clear(&heard);
	diags_clear(&user);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_exit_code),
		cmocka_unit_test(test_owns_texts),
		cmocka_unit_test(test_no_control_characters),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_error_behind_warnings),
		cmocka_unit_test(test_origin_text),
		cmocka_unit_test(test_suggest),
		cmocka_unit_test(test_also),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
