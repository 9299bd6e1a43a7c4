/* What a batch keeps of its areas: written and read again, and what is no such file. */
#include "batch/state.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const char *const labels[] = { "Số hộ", "Tỷ lệ (%)" };
static const char *const figures[] = { "1.234", "5,\"1\"" };
static const char *const values[] = { "1234", "16/3" };

struct sample {
	struct arena arena;
	struct state state;
	char path[64];
};

static void make(struct sample *s)
{
	struct state_output *output;
	struct state_area area[2] = {
		{ .code = "00001", .parent = "01", .name = "xã \"Một\"", .parent_name = "tỉnh Mẫu", .state = AREA_DONE, .key = SHA_A,
			.manifest = SHA_B, .n_output = 1, .figure = figures, .value = values, .n_finding = 3 },
		{ .code = "00002", .parent = "01", .name = "xã Hai", .parent_name = "tỉnh Mẫu", .state = AREA_FAILED, .n_finding = 1 },
	};
	uint32_t use[2];

	state_init(&s->state, &s->arena);
	s->state.job = "mau";
	s->state.program = "kehoach 1";
	s->state.options = "pdf ";
	s->state.n_lost = 4;
	s->state.figure = labels;
	s->state.n_figure = 2;
	s->state.n_shown = 1;
	s->state.index_key = SHA_B;
	s->state.page[0] = (struct state_input){ "index.html", { 77, 8 }, SHA_A };
	s->state.n_page = 1;
	use[0] = state_input(&s->state, (struct state_input){ "job.xml", { 12, 1700000000123456789 }, SHA_A });
	use[1] = state_input(&s->state, (struct state_input){ "data.csv", { 0, -5 }, SHA_B });
	output = ARENA_NEW(&s->arena, struct state_output);
	*output = (struct state_output){ "plan.pdf", { 1234567890123, 99 } };
	area[0].output = output;
	area[0].seal = (struct state_signed){ SHA_A, { 2345678901234, -7 }, true };
	area[0].uses = state_uses(&s->state, use, 2);
	for (size_t i = 0; i < 2; i++)
		*ARENA_PUSH(&s->arena, s->state.area, s->state.n_area, &s->state.cap_area) = area[i];
	strcpy(s->path, "/tmp/kehoach-state-XXXXXX");
	close(mkstemp(s->path));
}

static void clear(struct sample *s)
{
	unlink(s->path);
	arena_clear(&s->arena);
}

static void test_round_trip(void **unused)
{
	struct sample s = { 0 };
	struct arena a = { 0 };
	struct state read;
	struct diags d = { 0 };

	(void)unused;
	make(&s);
	assert_true(state_write(&s.state, s.path, &d));
	state_init(&read, &a);
	assert_true(state_read(s.path, &read, &d));
	assert_string_equal(read.program, "kehoach 1");
	assert_int_equal(read.n_lost, 4);
	assert_int_equal(read.n_shown, 1);
	assert_string_equal(read.index_key, SHA_B);
	assert_int_equal(read.n_page, 1);
	assert_string_equal(read.page[0].path, "index.html");
	assert_string_equal(read.page[0].sha256, SHA_A);
	assert_true(file_mark_same(read.page[0].mark, (struct file_mark){ 77, 8 }));
	assert_int_equal(read.n_input, 2);
	assert_true(file_mark_same(read.input[0].mark, (struct file_mark){ 12, 1700000000123456789 }));
	assert_true(file_mark_same(read.input[1].mark, (struct file_mark){ 0, -5 }));
	assert_int_equal(read.n_area, 2);
	assert_string_equal(read.area[0].name, "xã \"Một\"");
	assert_string_equal(read.area[0].key, SHA_A);
	assert_int_equal(read.area[0].output[0].mark.size, 1234567890123);
	assert_string_equal(read.area[0].figure[1], "5,\"1\"");
	assert_string_equal(read.area[0].value[1], "16/3");
	assert_int_equal(read.uses[read.area[0].uses].n_input, 2);
	assert_string_equal(read.area[0].seal.sha256, SHA_A);
	assert_true(file_mark_same(read.area[0].seal.mark, (struct file_mark){ 2345678901234, -7 }));
	assert_true(read.area[0].seal.complete);
	assert_int_equal(read.area[1].state, AREA_FAILED);
	assert_null(read.area[1].seal.sha256);
	assert_int_equal(d.n_finding, 0);
	arena_clear(&a);
	diags_clear(&d);
	clear(&s);
}

/* With the checksum of what it is now: what stands in it is looked at too. */
static void seal(struct buf *file, struct arena *a)
{
	static const char check[] = ",\"check\":\"";
	const char *at = strstr(file->text, check);
	size_t n = at ? (size_t)(at - file->text) : file->n;

	if (!at)
		return;
	memcpy(file->text + n + strlen(check), sha256_text(file->text, n, a), 64);
}

/* One figure is another. */
static void test_edited(void **unused)
{
	struct sample s = { 0 };
	struct diags d = { 0 };
	struct state read;
	struct bytes file;
	char *at;

	(void)unused;
	make(&s);
	assert_true(state_write(&s.state, s.path, &d));
	assert_true(file_read(s.path, s.path, 1 << 20, &s.arena, &file, &d));
	at = strstr(file.data, "1.234");
	assert_non_null(at);
	at[0] = '2';
	assert_true(file_write(s.path, file.data, file.n, &d));
	state_init(&read, &s.arena);
	assert_false(state_read(s.path, &read, &d));
	assert_int_equal(read.n_area, 0);
	assert_int_equal(d.n_error, 0);
	assert_int_equal(d.n_finding, 1);
	at[0] = '1';
	assert_true(file_write(s.path, file.data, file.n, &d));
	assert_true(state_read(s.path, &read, &d));
	diags_clear(&d);
	clear(&s);
}

/* Each of these takes the place of a text in a good file. */
static void test_not_as_written(void **unused)
{
	static const char *const wrong[][2] = {
		{ "\"key\":\"aaaa", "\"key\":\"AAAA" }, { "\"plan.pdf\"", "\"../x\"" }, { "\"plan.pdf\"", "\".part\"" },
		{ "1234567890123", "-1" }, { "\"uses\":0", "\"uses\":7" }, { "[0,1]", "[0,2]" }, { "[0,1]", "[-1]" },
		{ "\"figures\":[\"1.234\",", "\"figures\":[" }, { "\"values\"", "\"value\"" }, { "\"size\":12", "\"size\":\"12\"" },
		{ "\"signed\":{\"sha256\":\"a", "\"signed\":{\"sha256\":\"A" }, { "\"complete\":true", "\"complete\":1" }, { "2345678901234", "-2" },
		{ "\"parent\"", "\"parents\"" }, { "\"shown\":1", "\"shown\":3" }, { "\"index.html\"", "\"../x\"" },
		{ "\"}\n", "\"\n" }, { "\"program\":", "\"programs\":" }, { "\"00001\"", "\"../..\"" }, { "\"01\"", "\"a/b\"" }, { "\"01\"", "\"\"" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct sample s = { 0 };
		struct diags d = { 0 };
		struct state read;
		struct bytes file;
		struct buf changed = { 0 };
		const char *at;

		make(&s);
		assert_true(state_write(&s.state, s.path, &d));
		assert_true(file_read(s.path, s.path, 1 << 20, &s.arena, &file, &d));
		at = strstr(file.data, wrong[i][0]);
		assert_non_null(at);
		buf_put(&changed, file.data, (size_t)(at - file.data));
		buf_puts(&changed, wrong[i][1]);
		buf_puts(&changed, at + strlen(wrong[i][0]));
		seal(&changed, &s.arena);
		assert_true(file_write(s.path, changed.text, changed.n, &d));
		state_init(&read, &s.arena);
		assert_false(state_read(s.path, &read, &d));
		assert_int_equal(read.n_area, 0);
		assert_int_equal(d.n_error, 0);
		assert_int_equal(d.n_finding, 1);
		buf_clear(&changed);
		diags_clear(&d);
		clear(&s);
	}
}

/* The last line was cut off; an area that is there twice is as it was last. */
static void test_journal(void **unused)
{
	struct sample s = { 0 };
	struct arena a = { 0 };
	struct state read;
	struct diags d = { 0 };
	struct buf lines = { 0 };
	size_t edited;

	(void)unused;
	make(&s);
	s.state.area[0].n_finding = 1;
	state_put_journal(&s.state, &s.state.area[0], &lines);
	s.state.area[0].n_finding = 2;
	state_put_journal(&s.state, &s.state.area[0], &lines);
	buf_puts(&lines, "rubbish\n");
	s.state.area[0].n_finding = 5;
	edited = lines.n;
	state_put_journal(&s.state, &s.state.area[0], &lines);
	strstr(lines.text + edited, "\"findings\":5")[strlen("\"findings\":")] = '6';
	s.state.area[0].n_finding = 3;
	state_put_journal(&s.state, &s.state.area[0], &lines);
	assert_true(file_write(s.path, lines.text, lines.n - 9, &d));
	state_init(&read, &a);
	read.n_figure = 2;
	state_read_journal(s.path, &read);
	assert_int_equal(read.n_area, 1);
	assert_int_equal(read.area[0].n_finding, 2);
	assert_string_equal(read.input[read.uses[read.area[0].uses].input[1]].path, "data.csv");
	state_read_journal("/nowhere", &read);
	assert_int_equal(read.n_area, 1);
	buf_clear(&lines);
	arena_clear(&a);
	diags_clear(&d);
	clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_edited),
		cmocka_unit_test(test_not_as_written),
		cmocka_unit_test(test_journal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
