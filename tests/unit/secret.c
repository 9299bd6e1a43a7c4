#define _XOPEN_SOURCE 700 /* mkdtemp */

#include "seal/secret.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
	const char *file;
	size_t n; /* 0: strlen */
	const char *secret; /* NULL: refused */
} files[] = {
	{ "mat khau", 0, "mat khau" },
	{ "mat khau\n", 0, "mat khau" },
	{ "mat khau\r\n", 0, "mat khau" },
	{ "  mật khẩu \n", 0, "  mật khẩu " }, /* blanks belong to it */
	{ "", 0, "" },
	{ "\n", 0, "" },
	{ "qz1\ntwo\n", 0, NULL },
	{ "qz1\n\n", 0, NULL },
	{ "a\0b", 3, NULL },
};

static char *write_file(struct arena *a, const char *data, size_t n, mode_t mode)
{
	const char *tmp = getenv("TMPDIR");
	char *path = arena_printf(a, "%s/secret-XXXXXX", tmp ? tmp : "/tmp");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, n), (ssize_t)n);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	return path;
}

static void test_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct secret s;
		char *path = write_file(&a, files[i].file, files[i].n ? files[i].n : strlen(files[i].file), 0600);
		bool ok = secret_read(path, &s, &d);

		assert_int_equal(ok, files[i].secret != NULL);
		assert_int_equal(d.n_finding, ok ? 0 : 1);
		if (ok) {
			assert_string_equal(s.text, files[i].secret);
			assert_int_equal(s.n, strlen(files[i].secret));
		} else {
			assert_string_equal(d.finding[0].rule, "secret");
			assert_null(strstr(d.finding[0].message, "qz1"));
			assert_null(s.text);
		}
		secret_close(&s);
		assert_null(s.text);
		unlink(path);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_lengths(void **state)
{
	char line[SECRET_MAX + 2];

	(void)state;
	memset(line, 'x', sizeof line);
	for (size_t n = SECRET_MAX - 1; n <= SECRET_MAX + 2; n++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct secret s;
		char *path = write_file(&a, line, n, 0600);

		assert_int_equal(secret_read(path, &s, &d), n <= SECRET_MAX);
		secret_close(&s);
		unlink(path);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_readable_by_others(void **state)
{
	static const mode_t mode[] = { 0604, 0640, 0644, 0620 };

	(void)state;
	for (size_t i = 0; i < sizeof mode / sizeof *mode; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct secret s;
		char *path = write_file(&a, "hidden\n", 7, mode[i]);

		assert_true(secret_read(path, &s, &d));
		assert_int_equal(d.n_finding, 1);
		assert_int_equal(d.finding[0].severity, DIAG_WARNING);
		assert_null(strstr(d.finding[0].message, "hidden"));
		secret_check_rights(path, &d);
		assert_int_equal(d.n_finding, 2);
		secret_close(&s);
		unlink(path);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_guarded(void **state)
{
	struct rlimit core;

	(void)state;
	secret_guard();
	assert_int_equal(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
	assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
	assert_int_equal(core.rlim_cur, 0);
}

static void test_no_file(void **state)
{
	struct diags d = { 0 };
	struct secret s;

	(void)state;
	assert_false(secret_read("/nonexistent/password", &s, &d));
	assert_false(secret_read("/", &s, &d));
	assert_int_equal(d.n_error, 2);
	diags_clear(&d);
}

/* What a shell gives for <(pass show x). */
static void test_pipe(void **state)
{
	struct diags d = { 0 };
	struct secret s;
	int end[2];
	char path[32];

	(void)state;
	assert_int_equal(pipe(end), 0);
	assert_int_equal(write(end[1], "piped\n", 6), 6);
	close(end[1]);
	snprintf(path, sizeof path, "/dev/fd/%d", end[0]);
	assert_true(secret_read(path, &s, &d));
	assert_string_equal(s.text, "piped");
	assert_int_equal(d.n_finding, 0);
	secret_close(&s);
	close(end[0]);
	diags_clear(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_readable_by_others),
		cmocka_unit_test(test_guarded),
		cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_pipe),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
