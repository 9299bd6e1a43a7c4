/* What Slurm's programs say, and what sbatch may be told. */
#include "batch/program.h"
#include "batch/slurm.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_submitted(void **state)
{
	static const char *const wrong[] = { "", "\n", "x", "12x\n", "12;cluster\n", "12\n13\n", "-1\n", " 12\n", "123456789012\n",
		"sbatch: warning\n12\n" };
	char id[SLURM_ID_MAX];

	(void)state;
	assert_true(slurm_submitted("1234\n", id));
	assert_string_equal(id, "1234");
	assert_true(slurm_submitted("7", id));
	assert_string_equal(id, "7");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(slurm_submitted(wrong[i], id));
}

static void test_queue(void **state)
{
	static const char said[] = "12_1|RUNNING|None\n12_11|PENDING|Resources\n12_2|COMPLETED|None\n13|PENDING|Dependency\n"
				   "14_1|PENDING|DependencyNeverSatisfied\n15_1|PENDING|launch failed requeued held\n16_1|NODE_FAIL|None\n"
				   "17_1|SOMETHING_NEW|None\n18_1\n19_1|\n||\n20_1|RUNNINGS|x\n\n12_1\n21_1|REQUEUE_HOLD|x";

	(void)state;
	assert_int_equal(slurm_state_of(said, "12_1"), SLURM_RUNS);
	assert_int_equal(slurm_state_of(said, "12_11"), SLURM_WAITS);
	assert_int_equal(slurm_state_of(said, "12_2"), SLURM_ENDED);
	assert_int_equal(slurm_state_of(said, "12_3"), SLURM_GONE);
	assert_int_equal(slurm_state_of(said, "12"), SLURM_GONE);
	assert_int_equal(slurm_state_of(said, "13"), SLURM_WAITS);
	assert_int_equal(slurm_state_of(said, "14_1"), SLURM_STUCK);
	assert_int_equal(slurm_state_of(said, "15_1"), SLURM_STUCK);
	assert_int_equal(slurm_state_of(said, "16_1"), SLURM_ENDED);
	assert_int_equal(slurm_state_of(said, "17_1"), SLURM_RUNS);
	assert_int_equal(slurm_state_of(said, "18_1"), SLURM_GONE);
	assert_int_equal(slurm_state_of(said, "19_1"), SLURM_RUNS);
	assert_int_equal(slurm_state_of(said, "21_1"), SLURM_STUCK);
	assert_int_equal(slurm_state_of("", "1"), SLURM_GONE);
}

static void test_options(void **state)
{
	static const char *const right[] = { "--mem=4G", "--account=a b; c", "--exclusive", "--comment=--wrap=x", "--time=1:00" };
	static const char *const wrong[] = { "", "-", "--", "---x", "-p", "main", "--Mem=1", "--mem 4G", "--wrap=id", "--wra=id", "--array=1-9", "--a",
		"--output=/etc/x", "--dependency=afterok:1", "--=x", "--mem\n" };
	struct diags d = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		assert_true(slurm_option(right[i], &d));
	assert_int_equal(d.n_error, 0);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(slurm_option(wrong[i], &d));
	assert_int_equal(d.n_error, sizeof wrong / sizeof *wrong);
	diags_clear(&d);
}

static void test_path(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(slurm_path("/a b/100%/%j", &a), "/a b/100%%/%%j");
	assert_string_equal(slurm_path("", &a), "");
	arena_clear(&a);
}

/* No shell: what it is told is what it gets. */
static void test_program(void **state)
{
	static const char *const echo[] = { "printf", "%s|", "a b", "$HOME", "`id`", ";x", NULL };
	static const char *const shell[] = { "/bin/sh", "-c", "echo out; echo err >&2; echo ${KEHOACH_TEST-none}; exit 7", NULL };
	static const char *const killed[] = { "/bin/sh", "-c", "kill -9 $$", NULL };
	static const char *const much[] = { "/bin/sh", "-c", "head -c 9000000 /dev/zero; echo end >&2", NULL };
	static const char *const none[] = { "/no/such/program", NULL };
	struct program_said said;
	int why;

	(void)state;
	assert_true(program_run(echo, NULL, &said, &why));
	assert_string_equal(said.out.text, "a b|$HOME|`id`|;x|");
	assert_int_equal(said.code, 0);
	program_clear(&said);
	assert_true(program_run(shell, (const char *const[]){ "KEHOACH_TEST", NULL }, &said, &why));
	assert_string_equal(said.out.text, "out\nnone\n");
	assert_string_equal(said.err.text, "err\n");
	assert_int_equal(said.code, 7);
	program_clear(&said);
	assert_true(program_run(killed, NULL, &said, &why));
	assert_int_equal(said.code, 128 + SIGKILL);
	program_clear(&said);
	assert_true(program_run(much, NULL, &said, &why));
	assert_in_range(said.out.n, PROGRAM_SAYS_MAX - 8192, PROGRAM_SAYS_MAX);
	assert_string_equal(said.err.text, "end\n");
	program_clear(&said);
	assert_false(program_run(none, NULL, &said, &why));
	assert_int_equal(why, ENOENT);
	program_clear(&said);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_submitted),
		cmocka_unit_test(test_queue),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_program),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
