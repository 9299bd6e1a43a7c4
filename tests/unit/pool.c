/* Forked workers: order, what is killed, what ends by itself. */
#include "batch/pool.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { TASKS = 300, LARGE = 500000 };

/* How a task goes. */
enum { GOOD, KILLED, KILLED_ONCE, ENDED, BIG };

struct works {
	int how[TASKS];
	int pipe[2];	/* a byte for each time that a task is tried */
	size_t next;	/* whose turn to be told it is */
	size_t stop;	/* after so many; 0: never */
	struct pool_result last[TASKS]; /* bytes are not kept */
	char first[TASKS]; /* the first byte that came of it */
	bool disorder;
};

/* Whether a task was tried before, by any worker. */
static bool tried_before(struct works *w)
{
	char byte;
	bool before = read(w->pipe[0], &byte, 1) == 1;

	return write(w->pipe[1], "x", 1) == 1 && before;
}

static void work(void *ctx, size_t task, struct buf *result)
{
	struct works *w = ctx;

	if (w->how[task] == KILLED || (w->how[task] == KILLED_ONCE && !tried_before(w)))
		raise(SIGKILL);
	if (w->how[task] == ENDED)
		_exit(7);
	for (size_t i = 0; i < (w->how[task] == BIG ? LARGE : 1); i++)
		buf_putc(result, (char)('a' + task % 26));
}

static bool done(void *ctx, size_t task, const struct pool_result *result)
{
	struct works *w = ctx;

	w->disorder = w->disorder || task != w->next++;
	w->last[task] = *result;
	w->first[task] = result->n ? *result->bytes : '-';
	return !w->stop || w->next < w->stop;
}

static bool run(struct works *w, size_t n, unsigned n_worker, struct diags *d)
{
	struct pool_work p = { .n_task = n, .n_worker = n_worker, .ctx = w, .work = work, .done = done };

	w->next = 0;
	return pool_run(&p, d);
}

static void test_tells_in_order(void **state)
{
	static const unsigned workers[] = { 1, 2, 7, 1000 };
	struct diags d = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
		struct works w = { .how = { [5] = BIG, [6] = BIG } };

		assert_true(run(&w, TASKS, workers[i], &d));
		assert_false(w.disorder);
		assert_int_equal(w.next, TASKS);
		for (size_t k = 0; k < TASKS; k++)
			assert_int_equal(w.first[k], 'a' + k % 26);
		assert_int_equal(w.last[5].n, LARGE);
	}
	assert_int_equal(d.n_finding, 0);
	diags_clear(&d);
}

static void test_twice_is_a_failure(void **state)
{
	struct works w = { .how = { [0] = KILLED, [3] = ENDED, [9] = KILLED } };
	struct diags d = { 0 };

	(void)state;
	assert_true(run(&w, 12, 3, &d));
	assert_false(w.disorder);
	assert_int_equal(w.last[0].signal, SIGKILL);
	assert_int_equal(w.last[0].n, 0);
	assert_int_equal(w.last[3].code, 7);
	assert_int_equal(w.last[9].signal, SIGKILL);
	assert_int_equal(w.first[10], 'k');
	diags_clear(&d);
}

static void test_once_is_no_matter(void **state)
{
	struct works w = { .how = { [2] = KILLED_ONCE } };
	struct diags d = { 0 };

	(void)state;
	assert_int_equal(pipe(w.pipe), 0);
	assert_int_equal(fcntl(w.pipe[0], F_SETFL, O_NONBLOCK), 0);
	assert_true(run(&w, 5, 1, &d));
	assert_int_equal(w.first[2], 'c');
	assert_int_equal(w.last[2].signal, 0);
	close(w.pipe[0]);
	close(w.pipe[1]);
	diags_clear(&d);
}

static void test_stops_when_told(void **state)
{
	struct works w = { .stop = 10 };
	struct diags d = { 0 };

	(void)state;
	assert_false(run(&w, TASKS, 2, &d));
	assert_in_range(w.next, 10, TASKS - 1); /* those under way are told too */
	assert_false(w.disorder);
	diags_clear(&d);
}

static void test_nothing_to_do(void **state)
{
	struct works w = { .stop = 0 };
	struct diags d = { 0 };

	(void)state;
	assert_true(run(&w, 0, 4, &d));
	assert_int_equal(w.next, 0);
	diags_clear(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tells_in_order),
		cmocka_unit_test(test_twice_is_a_failure),
		cmocka_unit_test(test_once_is_no_matter),
		cmocka_unit_test(test_stops_when_told),
		cmocka_unit_test(test_nothing_to_do),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
