/* Which areas are of which part: all of them, once, evenly, and the same whatever else is in the list; names of the files of parts. */
#include "batch/shard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { COMMUNES = 10600, CODE = 8 };

static const unsigned counts[] = { 1, 2, 3, 7, 16, 100, 1000 };

struct codes {
	char text[COMMUNES][CODE];
	const char *code[COMMUNES];
	unsigned part[COMMUNES];
};

static void make(struct codes *c)
{
	for (size_t i = 0; i < COMMUNES; i++) {
		snprintf(c->text[i], CODE, "%zu", i + 1);
		c->code[i] = c->text[i];
	}
}

static void test_even(void **state)
{
	struct codes *c = memory_new(1, sizeof *c);

	(void)state;
	make(c);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		size_t n[SHARDS_MAX + 1] = { 0 };

		shard_divide(c->code, COMMUNES, counts[i], c->part);
		for (size_t k = 0; k < COMMUNES; k++)
			n[c->part[k]]++;
		assert_int_equal(n[0], 0);
		for (unsigned k = 1; k <= counts[i]; k++)
			assert_in_range(n[k], COMMUNES / counts[i], COMMUNES / counts[i] + 1);
	}
	free(c);
}

/* Rows of communes that lie together are many in one province and few in another: 1 to 60. */
static void test_rows_even(void **state)
{
	struct codes *c = memory_new(1, sizeof *c);
	size_t rows[9] = { 0 };
	size_t all = 0;

	(void)state;
	make(c);
	shard_divide(c->code, COMMUNES, 8, c->part);
	for (size_t k = 0; k < COMMUNES; k++) {
		rows[c->part[k]] += 1 + k * 60 / COMMUNES;
		all += 1 + k * 60 / COMMUNES;
	}
	for (unsigned k = 1; k <= 8; k++)
		assert_in_range(rows[k], all / 8 * 95 / 100, all / 8 * 105 / 100);
	free(c);
}

static void test_order_is_no_matter(void **state)
{
	struct codes *c = memory_new(1, sizeof *c);
	const char **back = memory_new(COMMUNES, sizeof *back);
	unsigned *part = memory_new(COMMUNES, sizeof *part);

	(void)state;
	make(c);
	for (size_t i = 0; i < COMMUNES; i++)
		back[i] = c->code[COMMUNES - 1 - i];
	shard_divide(c->code, COMMUNES, 7, c->part);
	shard_divide(back, COMMUNES, 7, part);
	for (size_t i = 0; i < COMMUNES; i++)
		assert_int_equal(part[i], c->part[COMMUNES - 1 - i]);
	free(part);
	free(back);
	free(c);
}

/* The same on every machine, and by every later version: parts that were made before are gone on with. */
static void test_fixed(void **state)
{
	static const char *const code[] = { "1", "2", "3", "10", "90001", "90002", "90003", "X-1" };
	static const unsigned want[] = { 2, 1, 3, 1, 3, 1, 2, 2 };
	unsigned part[8];

	(void)state;
	shard_divide(code, 8, 3, part);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(part[i], want[i]);
	shard_divide(code, 0, 3, part);
}

static void test_more_parts_than_areas(void **state)
{
	static const char *const code[] = { "1", "2" };
	unsigned part[2];

	(void)state;
	shard_divide(code, 2, 5, part);
	assert_int_equal(part[0] + part[1], 3);
}

static void test_typed(void **state)
{
	static const char *const wrong[] = { "", "/", "1", "1/", "/3", "0/3", "4/3", "x/y", "01/3", "1/03", "1/3 ", " 1/3", "-1/3", "1/1001", "1001/1001",
		"1/3/5", "99999999999999999999/99999999999999999999", "1/4294967297" };
	struct shard shard;
	struct diags d = { 0 };

	(void)state;
	assert_true(shard_read("1/1", &shard, &d));
	assert_true(shard_read("1000/1000", &shard, &d));
	assert_true(shard_read("3/12", &shard, &d));
	assert_int_equal(shard.k, 3);
	assert_int_equal(shard.n, 12);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(shard_read(wrong[i], &shard, &d));
	assert_int_equal(d.n_error, sizeof wrong / sizeof *wrong);
	diags_clear(&d);
}

static void test_names(void **state)
{
	static const char *const wrong[] = { "batch.json", "batch.3-of-12.part", "batch.13-of-12.json", "batch.3-of-12.json.abc.part", "batch.3-of-.json",
		"batch-2026-05.3-of-12.json", "xbatch.3-of-12.json", "batch.03-of-12.json", "batch" };
	struct shard shard = { 3, 12 };
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(shard_file(shard, "batch.json", &a), "batch.3-of-12.json");
	assert_string_equal(shard_file(shard, "batch-2026-05.part", &a), "batch-2026-05.3-of-12.part");
	shard = (struct shard){ 0 };
	assert_true(shard_is_file("batch.3-of-12.json", "batch.json", &shard));
	assert_int_equal(shard.k, 3);
	assert_int_equal(shard.n, 12);
	assert_true(shard_is_file("batch-2026-05.3-of-12.json", "batch-2026-05.json", &shard));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(shard_is_file(wrong[i], "batch.json", &shard));
	arena_clear(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_even),
		cmocka_unit_test(test_rows_even),
		cmocka_unit_test(test_order_is_no_matter),
		cmocka_unit_test(test_fixed),
		cmocka_unit_test(test_more_parts_than_areas),
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
