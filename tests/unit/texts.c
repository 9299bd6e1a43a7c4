#include "base/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_once(void **state)
{
	struct arena a = { 0 };
	struct texts t;
	char text[] = "xã Mẫu";
	const char *kept;

	(void)state;
	texts_init(&t, &a);
	kept = texts_keep(&t, text);
	assert_ptr_not_equal(kept, text);
	assert_ptr_equal(texts_keep(&t, "xã Mẫu"), kept);
	memset(text, 'x', sizeof text - 1);
	assert_string_equal(kept, "xã Mẫu");
	assert_string_equal(texts_keep(&t, text), text);
	assert_ptr_not_equal(texts_keep(&t, text), kept);
	arena_clear(&a);
}

static void test_nothing(void **state)
{
	struct arena a = { 0 };
	struct texts t;

	(void)state;
	texts_init(&t, &a);
	assert_null(texts_keep(&t, NULL));
	assert_string_equal(texts_keep(&t, ""), "");
	arena_clear(&a);
}

static void test_cleared(void **state)
{
	enum { N = 20000 };
	struct arena a = { 0 };
	struct texts t;
	const char *first;

	(void)state;
	texts_init(&t, &a);
	first = texts_keep(&t, "0");
	for (unsigned i = 1; i < N; i++)
		texts_keep(&t, arena_printf(&a, "%u", i));
	assert_int_equal(t.n, N);
	texts_clear(&t);
	assert_int_equal(t.n, 0);
	assert_string_equal(first, "0");
	assert_ptr_not_equal(texts_keep(&t, "0"), first);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_cleared),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
