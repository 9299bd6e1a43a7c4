#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_empty(void **state)
{
	struct arena a = { 0 };
	struct map m;
	size_t value = 7;

	(void)state;
	map_init(&m, &a);
	assert_false(map_find(&m, "", &value));
	assert_false(map_find(&m, "x", NULL));
	assert_int_equal(value, 7);
	arena_clear(&a);
}

static void test_many(void **state)
{
	enum { N = 20000 };
	struct arena a = { 0 };
	struct map m;
	size_t value;

	(void)state;
	map_init(&m, &a);
	for (size_t i = 0; i < N; i++)
		assert_true(map_add(&m, arena_printf(&a, "thôn %zu", i), i, NULL));
	assert_int_equal(m.n, N);
	assert_true(m.n_slot > N && (m.n_slot & (m.n_slot - 1)) == 0);
	for (size_t i = 0; i < N; i++) {
		assert_true(map_find(&m, arena_printf(&a, "thôn %zu", i), &value));
		assert_int_equal(value, i);
	}
	assert_false(map_find(&m, "thôn 20000", &value));
	arena_clear(&a);
}

static void test_twice(void **state)
{
	struct arena a = { 0 };
	struct map m;
	size_t old = 99;
	size_t value;

	(void)state;
	map_init(&m, &a);
	assert_true(map_add(&m, "", 1, &old));
	assert_int_equal(old, 99);
	assert_false(map_add(&m, "", 2, &old));
	assert_int_equal(old, 1);
	assert_false(map_add(&m, "", 3, NULL));
	assert_true(map_find(&m, "", &value));
	assert_int_equal(value, 1);
	assert_int_equal(m.n, 1);
	map_clear(&m);
	assert_int_equal(m.n, 0);
	assert_false(map_find(&m, "", &value));
	assert_true(map_add(&m, "", UINT32_MAX, &old));
	assert_true(map_find(&m, "", &value));
	assert_int_equal(value, UINT32_MAX);
	map_clear(&m);
	map_clear(&m);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_twice),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
