#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_objects(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 16, 100, 4096, 8191, 8192, 8193, 65536, 1 << 20 };
	struct arena a = { 0 };

	(void)state;
	for (size_t round = 0; round < 50; round++)
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			unsigned char *p = arena_array(&a, sizes[i], 1);

			assert_non_null(p);
			assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
			for (size_t k = 0; k < sizes[i]; k += 97)
				assert_int_equal(p[k], 0);
			memset(p, 0xAB, sizes[i]);
		}
	arena_clear(&a);
	assert_null(a.last);
	assert_non_null(ARENA_NEW(&a, struct arena));
	arena_clear(&a);
}

static void test_push(void **state)
{
	struct arena a = { 0 };
	int *number = NULL;
	size_t n = 0;
	size_t cap = 0;

	(void)state;
	for (int i = 0; i < 10000; i++)
		*ARENA_PUSH(&a, number, n, &cap) = i;
	assert_int_equal(n, 10000);
	assert_true(cap >= n && cap < 4 * n);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(number[i], i);
	arena_clear(&a);
}

static void test_drop(void **state)
{
	struct arena a = { 0 };
	char *small = arena_text(&a, "small");
	char *first = arena_array(&a, 1 << 20, 1);
	char *between = arena_text(&a, "between");
	char *second = arena_array(&a, 1 << 20, 1);

	(void)state;
	arena_drop(&a, NULL);
	arena_drop(&a, first);
	memset(second, 'x', 1 << 20);
	assert_string_equal(arena_text(&a, "behind"), "behind");
	assert_string_equal(small, "small");
	assert_string_equal(between, "between");
	arena_drop(&a, second);
	arena_clear(&a);
}

/* An array that grows alone leaves no smaller one behind. */
static void test_push_own(void **state)
{
	struct arena a = { 0 };
	char *between = arena_text(&a, "between");
	int *number = NULL;
	size_t n = 0;
	size_t cap = 0;

	(void)state;
	for (int i = 0; i < 100000; i++)
		*ARENA_PUSH_OWN(&a, number, n, &cap) = i;
	for (int i = 0; i < 100000; i++)
		assert_int_equal(number[i], i);
	assert_string_equal(between, "between");
	arena_drop(&a, number);
	arena_clear(&a);
}

/* What is taken after a reset is zero again, whatever stood there. */
static void test_reset(void **state)
{
	static const size_t sizes[] = { 1, 100, 8000, 1 << 20, 16 };
	struct arena a = { 0 };

	(void)state;
	arena_reset(&a);
	for (size_t round = 0; round < 40; round++) {
		for (size_t i = 0; i < 1 + round % 20; i++) {
			size_t size = sizes[(round + i) % (sizeof sizes / sizeof *sizes)];
			unsigned char *p = arena_array(&a, size, 1);

			for (size_t k = 0; k < size; k++)
				assert_int_equal(p[k], 0);
			memset(p, 0xAB, size);
		}
		arena_reset(&a);
	}
	arena_clear(&a);
	assert_null(a.last);
}

static void test_texts(void **state)
{
	struct arena a = { 0 };
	char big[3000];

	(void)state;
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	assert_string_equal(arena_text(&a, "hộ nghèo"), "hộ nghèo");
	assert_string_equal(arena_text(&a, ""), "");
	assert_string_equal(arena_slice(&a, "households", 5), "house");
	assert_string_equal(arena_slice(&a, NULL, 0), "");
	assert_string_equal(arena_printf(&a, "%d/%s", 66, "KH-UBND"), "66/KH-UBND");
	assert_int_equal(strlen(arena_printf(&a, "%s%s", big, big)), 2 * (sizeof big - 1));
	arena_clear(&a);
	arena_clear(&a);
}

static void test_memory(void **state)
{
	char *p = memory_new(4, 1);

	(void)state;
	assert_memory_equal(p, "\0\0\0", 4);
	p = memory_resize(p, 1000, 4);
	p[3999] = 1;
	p = memory_resize(p, 0, 4);
	assert_non_null(p);
	free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_objects),
		cmocka_unit_test(test_push),
		cmocka_unit_test(test_drop),
		cmocka_unit_test(test_push_own),
		cmocka_unit_test(test_reset),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
