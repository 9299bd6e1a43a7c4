#define _XOPEN_SOURCE 700 /* mkdtemp, symlink */

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	struct arena arena;
	struct diags diags;
	const char *dir; /* a fresh folder */
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	const char *tmp = getenv("TMPDIR");
	char *dir;

	if (!f)
		return -1;
	dir = arena_printf(&f->arena, "%s/file-XXXXXX", tmp ? tmp : "/tmp");
	f->dir = mkdtemp(dir);
	*state = f;
	return f->dir ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	int failed = rmdir(f->dir);

	arena_clear(&f->arena);
	diags_clear(&f->diags);
	free(f);
	return failed;
}

static const char *in(struct fixture *f, const char *name)
{
	return file_join(f->dir, name, &f->arena);
}

/* Exactly one finding since the last call, with this rule. */
static void check_rule(struct fixture *f, enum severity severity, const char *rule)
{
	assert_int_equal(f->diags.n_finding, 1);
	assert_string_equal(f->diags.finding[0].rule, rule);
	assert_int_equal(f->diags.finding[0].severity, severity);
	diags_clear(&f->diags);
}

static void test_write_read(void **state)
{
	static const char data[] = "số\0liệu";
	struct fixture *f = *state;
	const char *path = in(f, "a");
	struct bytes b;

	assert_true(file_write(path, data, sizeof data - 1, &f->diags));
	assert_true(file_read(path, "shown", 100, &f->arena, &b, &f->diags));
	assert_int_equal(b.n, sizeof data - 1);
	assert_memory_equal(b.data, data, sizeof data);
	assert_true(file_write(path, NULL, 0, &f->diags));
	assert_true(file_read(path, NULL, 0, &f->arena, &b, &f->diags));
	assert_int_equal(b.n, 0);
	assert_string_equal(b.data, "");
	assert_true(file_rename(path, in(f, "b"), &f->diags));
	assert_false(file_exists(path));
	assert_true(file_exists(in(f, "b")));
	file_remove(in(f, "b"));
	file_remove(in(f, "b"));
	assert_int_equal(f->diags.n_finding, 0);
}

static void test_refused(void **state)
{
	struct fixture *f = *state;
	const char *path = in(f, "a");
	struct bytes b;

	assert_false(file_read(path, "shown", 9, &f->arena, &b, &f->diags));
	assert_string_equal(f->diags.finding[0].at.file, "shown");
	check_rule(f, DIAG_ERROR, "file");
	assert_false(file_read(f->dir, NULL, 9, &f->arena, &b, &f->diags));
	check_rule(f, DIAG_ERROR, "file");
	assert_false(file_read("/dev/null", NULL, 9, &f->arena, &b, &f->diags));
	check_rule(f, DIAG_ERROR, "file");
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_false(file_read(path, NULL, 9, &f->arena, &b, &f->diags));
	check_rule(f, DIAG_ERROR, "file");
	assert_null(file_open(path, NULL, &f->diags));
	check_rule(f, DIAG_ERROR, "file");
	assert_false(file_exists(path));
	file_remove(path);
	assert_true(file_write(path, "0123456789", 10, &f->diags));
	assert_false(file_read(path, NULL, 9, &f->arena, &b, &f->diags));
	check_rule(f, DIAG_ERROR, "limit");
	assert_true(file_read(path, NULL, 10, &f->arena, &b, &f->diags));
	file_remove(path);
}

static void test_faults(void **state)
{
	struct fixture *f = *state;
	const char *hex;

	assert_false(file_write(in(f, "no/such"), "x", 1, &f->diags));
	check_rule(f, DIAG_FAULT, "io");
	if (!access("/dev/full", W_OK)) {
		assert_false(file_write("/dev/full", "x", 1, &f->diags));
		check_rule(f, DIAG_FAULT, "io");
		assert_int_equal(access("/dev/full", W_OK), 0); /* a device is not removed */
	}
	assert_false(file_write(f->dir, "x", 1, &f->diags));
	check_rule(f, DIAG_FAULT, "io");
	assert_false(file_rename(in(f, "no"), in(f, "such"), &f->diags));
	check_rule(f, DIAG_FAULT, "io");
	assert_true(file_write(in(f, "a"), "x", 1, &f->diags));
	assert_false(file_make_dirs(in(f, "a/b"), &f->diags));
	check_rule(f, DIAG_FAULT, "io");
	assert_false(file_make_dirs(in(f, "a"), &f->diags));
	check_rule(f, DIAG_FAULT, "io");
	file_remove(in(f, "a"));
	assert_false(file_sha256(in(f, "a"), &f->arena, &hex, &f->diags));
	check_rule(f, DIAG_ERROR, "file");
}

static void test_reserved(void **state)
{
	struct fixture *f = *state;
	const char *path = in(f, "a");
	const char *one = NULL;
	const char *other = NULL;
	struct bytes b;

	assert_true(file_reserve(path, &f->arena, &one, &f->diags) && file_reserve(path, &f->arena, &other, &f->diags));
	assert_string_not_equal(one, other);
	assert_memory_equal(one, path, strlen(path));
	assert_true(file_exists(one) && file_exists(other) && !file_exists(path));
	assert_true(file_write(one, "new", 3, &f->diags) && file_rename(one, path, &f->diags));
	file_remove(other);
	assert_true(file_may_replace(path, &f->diags) && file_read(path, NULL, 3, &f->arena, &b, &f->diags));
	assert_string_equal(b.data, "new");
	file_remove(path);
	assert_false(file_reserve(f->dir, &f->arena, &one, &f->diags));
	check_rule(f, DIAG_ERROR, "file");
	assert_false(file_may_replace("/dev/null", &f->diags));
	check_rule(f, DIAG_ERROR, "file");
	assert_int_equal(symlink("nowhere", path), 0);
	assert_false(file_may_replace(path, &f->diags));
	check_rule(f, DIAG_ERROR, "file");
	file_remove(path);
	assert_false(file_reserve(in(f, "no/such"), &f->arena, &one, &f->diags));
	check_rule(f, DIAG_FAULT, "io");
}

static void test_dirs(void **state)
{
	struct fixture *f = *state;

	assert_true(file_make_dirs(in(f, "a/b//c/"), &f->diags));
	assert_true(file_make_dirs(in(f, "a/b"), &f->diags));
	assert_true(file_is_folder(in(f, "a/b")) && !file_is_folder(in(f, "a/b/d")));
	assert_true(file_make_dirs("/", &f->diags));
	assert_true(file_make_dirs(".", &f->diags));
	assert_true(file_write(in(f, "a/b/c/x"), "x", 1, &f->diags));
	file_remove(in(f, "a/b/c/x"));
	assert_int_equal(rmdir(in(f, "a/b/c")) | rmdir(in(f, "a/b")) | rmdir(in(f, "a")), 0);
}

static const struct {
	const char *href;
	const char *rule; /* NULL: allowed */
} hrefs[] = {
	{ "in.csv", NULL },
	{ "./in.csv", NULL },
	{ "sub/deep.csv", NULL },
	{ "sub//deep.csv", NULL },
	{ "..in.csv", NULL },
	{ "good-link", NULL },
	{ "", "outside" },
	{ "/etc/passwd", "outside" },
	{ "..", "outside" },
	{ "../x", "outside" },
	{ "sub/../../x", "outside" },
	{ "sub/../in.csv", "outside" },
	{ "sub/..", "outside" },
	{ "sub\\..\\x", "outside" },
	{ "bad-link", "outside" },
	{ "sub/bad-dir/x", "outside" },
	{ "sibling", "outside" },
	{ "none.csv", "file" },
	{ "in.csv/x", "file" },
	{ "loop", "file" },
};
static const char *const made[] = {
	"job/in.csv", "job/..in.csv", "job/sub/deep.csv", "job/good-link", "job/bad-link",
	"job/sub/bad-dir", "job/sibling", "job/loop", "job-2", "outside/x",
};

static void test_within(void **state)
{
	struct fixture *f = *state;
	const char *job = in(f, "job");
	const char *beside = in(f, "job-2");
	struct origin at = { "job.xml", NULL, 3, 9 };

	assert_true(file_make_dirs(in(f, "job/sub"), &f->diags));
	assert_true(file_write(in(f, "job/in.csv"), "", 0, &f->diags));
	assert_true(file_write(in(f, "job/..in.csv"), "", 0, &f->diags));
	assert_true(file_write(in(f, "job/sub/deep.csv"), "", 0, &f->diags));
	assert_true(file_write(beside, "", 0, &f->diags));
	assert_int_equal(symlink("sub/deep.csv", in(f, "job/good-link")), 0);
	assert_true(file_make_dirs(in(f, "outside"), &f->diags));
	assert_true(file_write(in(f, "outside/x"), "", 0, &f->diags));
	assert_int_equal(symlink("../outside/x", in(f, "job/bad-link")), 0);
	assert_int_equal(symlink("../../outside", in(f, "job/sub/bad-dir")), 0);
	assert_int_equal(symlink("../job-2", in(f, "job/sibling")), 0);
	assert_int_equal(symlink("loop", in(f, "job/loop")), 0);
	for (size_t i = 0; i < sizeof hrefs / sizeof *hrefs; i++) {
		const char *path = NULL;
		bool ok = file_within(job, hrefs[i].href, at, &f->arena, &path, &f->diags);

		assert_int_equal(ok, hrefs[i].rule == NULL);
		if (ok) {
			assert_true(file_exists(path));
		} else {
			assert_null(path);
			assert_int_equal(f->diags.finding[0].at.col, 9);
			check_rule(f, DIAG_ERROR, hrefs[i].rule);
		}
		ok = !hrefs[i].rule || !strcmp(hrefs[i].rule, "file");
		assert_int_equal(file_may_be_within(job, hrefs[i].href, at, &f->arena, &path, &f->diags), ok);
		assert_int_equal(path != NULL, hrefs[i].rule == NULL);
		diags_clear(&f->diags);
	}
	/* By their own names: through a link it would be another file that goes. */
	for (size_t i = 0; i < sizeof made / sizeof *made; i++)
		file_remove(in(f, made[i]));
	assert_int_equal(rmdir(in(f, "job/sub")) | rmdir(job) | rmdir(in(f, "outside")), 0);
}

static void test_names(void **state)
{
	static const struct {
		const char *path;
		const char *dir;
		const char *name;
	} cases[] = {
		{ "a/b/c.csv", "a/b", "c.csv" },
		{ "c.csv", ".", "c.csv" },
		{ "/c.csv", "/", "c.csv" },
		{ "./c.csv", ".", "c.csv" },
		{ "a/", "a", "" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(file_dir(cases[i].path, &f->arena), cases[i].dir);
		assert_string_equal(file_name(cases[i].path), cases[i].name);
	}
	assert_string_equal(file_join("a", "b", &f->arena), "a/b");
	assert_string_equal(file_join("a/", "b", &f->arena), "a/b");
	assert_string_equal(file_join(".", "b", &f->arena), "b");
	assert_string_equal(file_join("", "b", &f->arena), "b");
	assert_string_equal(file_join("/", "b", &f->arena), "/b");
	assert_string_equal(file_join("a", "/b", &f->arena), "/b");
}

static void test_sha256(void **state)
{
	static const char empty[] =
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	static const char abc[] =
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	static const char million[] = /* a million 'a' */
		"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
	struct fixture *f = *state;
	char *big = arena_array(&f->arena, 1000000, 1);
	const char *hex = NULL;

	memset(big, 'a', 1000000);
	assert_string_equal(sha256_text(NULL, 0, &f->arena), empty);
	assert_string_equal(sha256_text("abc", 3, &f->arena), abc);
	assert_true(file_write(in(f, "a"), big, 1000000, &f->diags));
	assert_true(file_sha256(in(f, "a"), &f->arena, &hex, &f->diags));
	assert_string_equal(hex, million);
	assert_true(file_write(in(f, "a"), big, 0, &f->diags));
	assert_true(file_sha256(in(f, "a"), &f->arena, &hex, &f->diags));
	assert_string_equal(hex, empty);
	file_remove(in(f, "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_write_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_faults, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_reserved, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_dirs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_within, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sha256, set_up, tear_down),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
