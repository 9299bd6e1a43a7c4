#include "base/figure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_states(void **state)
{
	static const struct {
		enum figure_state a;
		enum figure_state b;
		enum figure_state want;
	} cases[] = {
		{ FIGURE_OK, FIGURE_OK, FIGURE_OK },
		{ FIGURE_OK, FIGURE_MISSING, FIGURE_MISSING },
		{ FIGURE_OK, FIGURE_NOT_APPLICABLE, FIGURE_NOT_APPLICABLE },
		{ FIGURE_NOT_APPLICABLE, FIGURE_MISSING, FIGURE_MISSING },
		{ FIGURE_CONFIDENTIAL, FIGURE_MISSING, FIGURE_CONFIDENTIAL },
		{ FIGURE_CONFIDENTIAL, FIGURE_NOT_APPLICABLE, FIGURE_CONFIDENTIAL },
		{ FIGURE_CONFIDENTIAL, FIGURE_OK, FIGURE_CONFIDENTIAL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(figure_joint_state(cases[i].a, cases[i].b), cases[i].want);
		assert_int_equal(figure_joint_state(cases[i].b, cases[i].a), cases[i].want);
	}
	assert_string_equal(figure_state_name(FIGURE_OK), "ok");
	assert_string_equal(figure_state_name(FIGURE_MISSING), "missing");
	assert_string_equal(figure_state_name(FIGURE_NOT_APPLICABLE), "not-applicable");
	assert_string_equal(figure_state_name(FIGURE_CONFIDENTIAL), "confidential");
	assert_int_equal(figure_missing().state, FIGURE_MISSING);
	assert_int_equal(figure_of(ratio_whole(3)).x.num, 3);
	assert_int_equal(figure_of(ratio_whole(3)).n_from, 0);
}

static const struct origin list_a[] = {
	{ "a.csv", NULL, 2, 3 },
	{ "b.xlsx", "S1", 1, 1 },
	{ "b.xlsx", "S2", 4, 1 },
};
static const struct origin list_b[] = {
	{ "a.csv", NULL, 2, 1 },
	{ "a.csv", NULL, 2, 3 },
	{ "b.xlsx", NULL, 9, 9 },
	{ "b.xlsx", "S2", 3, 7 },
	{ "b.xlsx", "S2", 4, 1 },
	{ "c.csv", NULL, 1, 1 },
};
static const struct origin both[] = {
	{ "a.csv", NULL, 2, 1 },
	{ "a.csv", NULL, 2, 3 },
	{ "b.xlsx", NULL, 9, 9 },
	{ "b.xlsx", "S1", 1, 1 },
	{ "b.xlsx", "S2", 3, 7 },
	{ "b.xlsx", "S2", 4, 1 },
	{ "c.csv", NULL, 1, 1 },
};

static void check_both(struct figure f, struct arena *a)
{
	struct figure listed = figure_listed(f, a);

	assert_ptr_not_equal(figure_place(&f), NULL);
	assert_string_equal(figure_place(&f)->file, both[0].file);
	assert_int_equal(figure_place(&f)->row, both[0].row);
	assert_false(listed.is_joint);
	assert_int_equal(listed.n_from, sizeof both / sizeof *both);
	for (size_t i = 0; i < listed.n_from; i++) {
		assert_string_equal(listed.from[i].file, both[i].file);
		assert_true((listed.from[i].sheet == NULL) == (both[i].sheet == NULL));
		if (both[i].sheet)
			assert_string_equal(listed.from[i].sheet, both[i].sheet);
		assert_int_equal(listed.from[i].row, both[i].row);
		assert_int_equal(listed.from[i].col, both[i].col);
	}
}

static void test_places(void **state)
{
	struct arena a = { 0 };
	struct figure none = figure_missing();
	struct figure x = figure_of(ratio_whole(1));
	struct figure y = figure_of(ratio_whole(2));
	struct figure more[2];

	(void)state;
	x.from = list_a;
	x.n_from = sizeof list_a / sizeof *list_a;
	y.from = list_b;
	y.n_from = sizeof list_b / sizeof *list_b;
	more[0] = x;
	more[1] = y;
	figure_add_places(&x, &none, &a);
	assert_ptr_equal(x.from, list_a);
	figure_add_places(&x, &y, &a);
	check_both(x, &a);
	figure_add_places(&x, &y, &a);
	check_both(x, &a);
	figure_add_places(&none, &x, &a);
	check_both(none, &a);
	none = figure_missing();
	figure_unite_places(&none, more, 2, &a);
	check_both(none, &a);
	figure_unite_places(&none, more, 1, &a);
	check_both(none, &a);
	arena_clear(&a);
}

/* What is missing names the holes, not the cells that are fine. */
static void test_join(void **state)
{
	static const struct {
		enum figure_state state[3];
		enum figure_state want;
		const char *rows; /* of the places */
	} cases[] = {
		{ { FIGURE_OK, FIGURE_OK, FIGURE_OK }, FIGURE_OK, "123" },
		{ { FIGURE_OK, FIGURE_MISSING, FIGURE_OK }, FIGURE_MISSING, "2" },
		{ { FIGURE_MISSING, FIGURE_NOT_APPLICABLE, FIGURE_MISSING }, FIGURE_MISSING, "13" },
		{ { FIGURE_NOT_APPLICABLE, FIGURE_OK, FIGURE_OK }, FIGURE_NOT_APPLICABLE, "1" },
		{ { FIGURE_MISSING, FIGURE_OK, FIGURE_CONFIDENTIAL }, FIGURE_CONFIDENTIAL, "3" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		static const struct origin place[] = { { "f", NULL, 1, 1 }, { "f", NULL, 2, 1 }, { "f", NULL, 3, 1 } };
		struct figure operand[3];
		struct figure result = figure_of(ratio_whole(1));

		for (size_t k = 0; k < 3; k++)
			operand[k] = (struct figure){ .state = cases[i].state[k], .from = &place[k], .n_from = 1 };
		figure_join(&result, operand, 3, &a);
		assert_int_equal(result.state, cases[i].want);
		assert_int_equal(result.n_from, strlen(cases[i].rows));
		for (size_t k = 0; k < result.n_from; k++)
			assert_int_equal(result.from[k].row, cases[i].rows[k] - '0');
	}
	/* 5 / 0 is not applicable although both are there */
	{
		static const struct origin place[] = { { "f", NULL, 1, 1 }, { "f", NULL, 2, 1 } };
		struct figure operand[] = { { .from = &place[0], .n_from = 1 }, { .from = &place[1], .n_from = 1 } };
		struct figure result = { .state = FIGURE_NOT_APPLICABLE };

		figure_join(&result, operand, 2, &a);
		assert_int_equal(result.state, FIGURE_NOT_APPLICABLE);
		assert_int_equal(result.n_from, 2);
	}
	arena_clear(&a);
}

/* Over FIGURE_PLACES_MAX only the files are told, and they stand for all their places. */
static void test_many_places(void **state)
{
	enum { N = FIGURE_PLACES_MAX + 1 };
	static struct origin place[N];
	static const struct origin other = { "b.csv", NULL, 7, 1 };
	static struct figure part[N];
	struct figure one = { .from = &place[3], .n_from = 1 };
	struct figure sum = { .n_from = 0 };
	struct arena a = { 0 };

	(void)state;
	for (unsigned i = 0; i < N; i++) {
		place[i] = (struct origin){ "a.csv", NULL, i + 2, 3 };
		part[i] = (struct figure){ .from = &place[i], .n_from = 1 };
	}
	figure_unite_places(&sum, part, FIGURE_PLACES_MAX, &a);
	assert_true(sum.is_joint);
	assert_int_equal(figure_listed(sum, &a).n_from, FIGURE_PLACES_MAX);
	figure_add_places(&one, &sum, &a); /* which has it */
	assert_int_equal(figure_listed(one, &a).n_from, FIGURE_PLACES_MAX);
	figure_add_places(&sum, &one, &a);
	assert_int_equal(figure_listed(sum, &a).n_from, FIGURE_PLACES_MAX);
	figure_add_places(&sum, &part[N - 1], &a);
	assert_false(sum.is_joint);
	assert_int_equal(sum.n_from, 1);
	assert_string_equal(sum.from[0].file, "a.csv");
	assert_int_equal(sum.from[0].row, 0);
	figure_add_places(&sum, &part[5], &a);
	assert_int_equal(sum.n_from, 1);
	part[0].from = &other;
	figure_unite_places(&sum, part, N, &a);
	assert_int_equal(sum.n_from, 2);
	assert_int_equal(sum.from[0].row, 0);
	assert_int_equal(sum.from[1].row, 7);
	assert_ptr_equal(figure_place(&sum), sum.from);
	arena_clear(&a);
}

/* Joint places stand in others; what is counted twice ends as a list again. */
static void test_joint(void **state)
{
	enum { N = 12, DEEP = 1000 };
	static struct origin place[N];
	struct figure sum = { .n_from = 0 }, all, listed;
	struct figure part[N];
	struct arena a = { 0 };

	(void)state;
	for (unsigned i = 0; i < N; i++) {
		place[i] = (struct origin){ i % 2 ? "a.csv" : "b.csv", NULL, N - i, 1 };
		part[i] = (struct figure){ .from = &place[i], .n_from = 1 };
	}
	assert_null(figure_place(&sum));
	figure_unite_places(&sum, part, N / 2, &a);
	all = sum;
	figure_unite_places(&all, part + N / 2, N / 2, &a);
	assert_true(sum.is_joint && all.is_joint);
	assert_ptr_equal(figure_place(&all), &place[N - 1]);
	for (unsigned i = 0; i < DEEP; i++)
		figure_add_places(&all, i % 2 ? &sum : &part[i % N], &a);
	listed = figure_listed(all, &a);
	assert_int_equal(listed.n_from, N);
	for (unsigned i = 0; i < N; i++) {
		assert_string_equal(listed.from[i].file, i < N / 2 ? "a.csv" : "b.csv");
		assert_int_equal(listed.from[i].row, i % (N / 2) * 2 + (i < N / 2 ? 1 : 2));
	}
	arena_clear(&a);
}

/* More places than are told end as their files, once each, whether they come in order or not. */
static void test_many_files(void **state)
{
	enum { N_FILE = 4, N_ROW = 150, N = N_FILE * N_ROW };
	static const char *const file[N_FILE] = { "a.csv", "b.csv", "b.csv", "c.csv" }; /* b twice, with rows behind each other */
	static struct origin place[N];
	static struct figure part[N];
	struct figure month[N_FILE] = { { .n_from = 0 } };
	struct figure ordered = { .n_from = 0 }, mixed = { .n_from = 0 }, listed;
	struct arena a = { 0 };

	(void)state;
	for (unsigned i = 0; i < N; i++) {
		place[i] = (struct origin){ file[i / N_ROW], NULL, i + 1, 3 };
		part[i] = (struct figure){ .from = &place[i], .n_from = 1 };
	}
	for (size_t i = 0; i < N_FILE; i++)
		figure_unite_places(&month[i], part + i * N_ROW, N_ROW, &a);
	figure_unite_places(&ordered, month, 2, &a); /* of two files, and joint */
	assert_true(ordered.is_joint);
	listed = figure_listed(ordered, &a);
	assert_int_equal(listed.n_from, 2 * N_ROW);
	assert_memory_equal(listed.from, place, 2 * N_ROW * sizeof *place);
	month[0] = (struct figure){ .n_from = 0 };
	month[1] = ordered;
	figure_unite_places(&mixed, (struct figure[]){ month[3], month[1], month[2] }, 3, &a);
	figure_unite_places(&month[0], month + 1, N_FILE - 1, &a);
	assert_int_equal(month[0].n_from, 3);
	assert_int_equal(mixed.n_from, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(month[0].from[i].file, i ? file[i + 1] : file[0]);
		assert_int_equal(month[0].from[i].row + month[0].from[i].col, 0);
		assert_string_equal(mixed.from[i].file, month[0].from[i].file);
		assert_int_equal(mixed.from[i].row + mixed.from[i].col, 0);
	}
	part[N_ROW / 2].from = &(const struct origin){ "a.csv", NULL, 1, 3 }; /* that of the first part again: no order */
	ordered = (struct figure){ .n_from = 0 };
	figure_unite_places(&ordered, part, N_ROW, &a);
	assert_int_equal(figure_listed(ordered, &a).n_from, N_ROW - 1);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_many_places),
		cmocka_unit_test(test_joint),
		cmocka_unit_test(test_many_files),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
