#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_put(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_put(&b, NULL, 0);
	assert_string_equal(b.text, "");
	buf_puts(&b, "số hộ");
	buf_putc(&b, ':');
	buf_printf(&b, " %d", 5421);
	buf_put(&b, "...", 2);
	buf_unsigned(&b, 0);
	buf_unsigned(&b, SIZE_MAX);
	buf_putc(&b, '.');
	assert_string_equal(b.text, "số hộ: 5421..018446744073709551615.");
	assert_int_equal(b.n, strlen(b.text));
	buf_clear(&b);
	assert_null(b.text);
	assert_int_equal(b.n, 0);
	buf_clear(&b);
}

static void test_growth(void **state)
{
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 20000; i++)
		buf_printf(&b, "%04d,", i % 10000);
	assert_int_equal(b.n, 100000);
	assert_memory_equal(b.text + 99990, "9998,9999,", 11);
	buf_clear(&b);
}

static void test_json(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ NULL, "null" },
		{ "", "\"\"" },
		{ "thôn Nà Ỏ", "\"thôn Nà Ỏ\"" },
		{ "a\"b\\c", "\"a\\\"b\\\\c\"" },
		{ "1\n2\r3\t4", "\"1\\n2\\r3\\t4\"" },
		{ "\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"" },
		{ "x\xFFy\xC3", "\"x\xEF\xBF\xBDy\xEF\xBF\xBD\"" },
		{ "\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };

		buf_json(&b, cases[i].text);
		assert_string_equal(b.text, cases[i].want);
		buf_clear(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_put),
		cmocka_unit_test(test_growth),
		cmocka_unit_test(test_json),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
