/* Parts of a batch as one: their states are found, told apart and joined; what does not fit together is told with both places. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "batch/merge.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const char *const arguments[] = { "--date", "2026-01-15" };

/* A part with one area and a source of its own, in DIR/mau of a temporary folder. */
struct sample {
	struct arena arena;
	char dir[64];
	const char *job_dir;
	struct diags diags;
};

static void open_sample(struct sample *s)
{
	*s = (struct sample){ 0 };
	strcpy(s->dir, "/tmp/kehoach-merge-XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	s->job_dir = file_join(s->dir, "mau", &s->arena);
	assert_true(file_make_dirs(s->job_dir, &s->diags));
}

static void close_sample(struct sample *s)
{
	for (unsigned k = 1; k <= 3; k++)
		for (unsigned n = 2; n <= 3; n++)
			file_remove(file_join(s->job_dir, arena_printf(&s->arena, "batch.%u-of-%u.json", k, n), &s->arena));
	rmdir(s->job_dir);
	rmdir(s->dir);
	diags_clear(&s->diags);
	arena_clear(&s->arena);
}

struct as {
	struct shard shard;
	const char *code;
	const char *program;
	const char *common; /* checksum of the input that all have */
};

static void put(struct sample *s, struct as as)
{
	struct state_output output = { "plan.pdf", { 10, 20 } };
	struct state state;
	struct state_area area = { .code = as.code, .parent = "01", .name = "xã", .parent_name = "tỉnh", .state = AREA_DONE, .key = SHA_A,
		.manifest = SHA_B, .output = &output, .n_output = 1, .n_finding = 2 };
	uint32_t use[2];

	state_init(&state, &s->arena);
	state.job = "mau";
	state.program = as.program ? as.program : "kehoach 1";
	state.part = (struct state_part){ as.shard, "job.xml", arguments, 2, 1, 2 };
	use[0] = state_input(&state, (struct state_input){ arena_printf(&s->arena, "%s.csv", as.code), { 1, 2 }, SHA_A });
	use[1] = state_input(&state, (struct state_input){ "job.xml", { 1, 2 }, as.common ? as.common : SHA_A });
	area.uses = state_uses(&state, use, 2);
	*ARENA_PUSH(&s->arena, state.area, state.n_area, &state.cap_area) = area;
	assert_true(state_write(&state, file_join(s->job_dir, shard_file(as.shard, STATE_NAME, &s->arena), &s->arena), &s->diags));
}

static void test_joined(void **unused)
{
	struct sample s;
	struct merge m = { 0 };
	struct state all;

	(void)unused;
	open_sample(&s);
	put(&s, (struct as){ { 2, 3 }, "7", NULL, NULL });
	put(&s, (struct as){ { 3, 3 }, "5", NULL, NULL });
	put(&s, (struct as){ { 1, 3 }, "9", NULL, NULL });
	state_init(&all, &s.arena);
	assert_true(merge_find(s.dir, NULL, &m, &s.arena, &s.diags));
	assert_true(merge_check(&m, &s.diags));
	assert_true(merge_join(&m, &all, &s.diags));
	assert_int_equal(all.n_area, 3);
	assert_string_equal(all.area[0].code, "9");
	assert_string_equal(all.area[2].code, "5");
	assert_int_equal(all.n_input, 4); /* one of each, and one of all */
	assert_string_equal(all.input[all.uses[all.area[1].uses].input[0]].path, "7.csv");
	assert_string_equal(all.input[all.uses[all.area[1].uses].input[1]].path, "job.xml");
	assert_string_equal(m.part[0].state.part.argument[1], "2026-01-15");
	assert_int_equal(m.part[2].state.part.n_finding, 2);
	assert_int_equal(s.diags.n_finding, 0);
	close_sample(&s);
}

/* The parts of a sample, and whether they are refused with these words. */
static void refused(const struct as as[], size_t n, const char *words)
{
	struct sample s;
	struct merge m = { 0 };
	struct state all;
	bool ok;

	open_sample(&s);
	for (size_t i = 0; i < n; i++)
		put(&s, as[i]);
	state_init(&all, &s.arena);
	ok = merge_find(s.job_dir, NULL, &m, &s.arena, &s.diags) && merge_check(&m, &s.diags) && merge_join(&m, &all, &s.diags);
	assert_false(ok);
	assert_true(s.diags.n_finding > 0);
	assert_non_null(strstr(s.diags.finding[0].message, words));
	close_sample(&s);
}

static void test_refused(void **unused)
{
	(void)unused;
	refused(NULL, 0, "no parts");
	refused((const struct as[]){ { { 1, 2 }, "1", NULL, NULL } }, 1, "part 2 of 2 is missing");
	refused((const struct as[]){ { { 3, 3 }, "1", NULL, NULL } }, 1, "part 1 of 3 is missing");
	refused((const struct as[]){ { { 1, 2 }, "1", NULL, NULL }, { { 2, 2 }, "1", NULL, NULL } }, 2, "is in '");
	refused((const struct as[]){ { { 1, 2 }, "1", NULL, NULL }, { { 2, 2 }, "2", "kehoach 2", NULL } }, 2, "made by kehoach 2");
	refused((const struct as[]){ { { 1, 2 }, "1", NULL, NULL }, { { 2, 2 }, "2", NULL, SHA_B } }, 2, "another 'job.xml'");
	refused((const struct as[]){ { { 1, 2 }, "1", NULL, NULL }, { { 2, 2 }, "2", NULL, NULL }, { { 2, 3 }, "3", NULL, NULL } }, 3,
		"one of 3 parts");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_joined),
		cmocka_unit_test(test_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
