/* base/filematch.c: the files of a folder whose names have a pattern. */
#define _XOPEN_SOURCE 700 /* mkdtemp, symlink */

#include "base/filematch.h"

#include "base/buf.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const made[] = { "b.csv", "a.csv", ".a.csv", "B.csv", "a.csv.bak", "r/2024-01.csv", "r/á.csv", "r/2024-01.xml", "acsv", "~$a.csv" };

enum { N_MADE = sizeof made / sizeof *made };

static const struct {
	const char *pattern;
	size_t max;
	const char *want; /* paths, or what is wrong */
} cases[] = {
	{ "*.csv", 9, "B.csv a.csv b.csv " },
	{ "*", 9, "B.csv a.csv a.csv.bak acsv b.csv " },
	{ "a*", 9, "a.csv a.csv.bak acsv " },
	{ "a*.csv", 9, "a.csv " },
	{ "a.csv*a.csv", 9, "file" }, /* the ends may not share letters */
	{ "r/*.csv", 9, "r/2024-01.csv r/á.csv " },
	{ "r/2024-01.xml", 9, "r/2024-01.xml " },
	{ "r/2024-02.xml", 9, "file" },
	{ "*.csv", 3, "B.csv a.csv b.csv " },
	{ "*.csv", 2, "limit" },
	{ "*.ods", 2, "file" },
	{ "s/*", 2, "file" },
	{ "a.csv/*", 2, "file" },
	{ "*/a.csv", 9, "pattern" },
	{ "r*/a*", 9, "pattern" },
	{ "a*b*", 9, "pattern" },
	{ "../*", 9, "outside" },
	{ "/etc/host*", 9, "outside" },
	{ "r/../../*", 9, "outside" },
	{ "out/*", 9, "outside" }, /* a link to /etc */
	{ "link*", 9, "outside" }, /* a link to /etc/passwd */
	{ "", 9, "outside" },
};

static const char *make_folder(struct arena *a, struct diags *d)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = arena_printf(a, "%s/match-XXXXXX", tmp ? tmp : "/tmp");

	assert_non_null(mkdtemp(dir));
	assert_int_equal(mkdir(file_join(dir, "r", a), 0700), 0);
	assert_int_equal(mkdir(file_join(dir, "afolder", a), 0700), 0);
	for (size_t i = 0; i < N_MADE; i++)
		assert_true(file_write(file_join(dir, made[i], a), "x", 1, d));
	assert_int_equal(symlink("/etc", file_join(dir, "out", a)), 0);
	assert_int_equal(symlink("/etc/passwd", file_join(dir, ".link", a)), 0);
	return dir;
}

static void remove_folder(const char *dir, struct arena *a)
{
	static const char *const links[] = { "out", ".link", "link" };

	for (size_t i = 0; i < N_MADE; i++)
		file_remove(file_join(dir, made[i], a));
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		file_remove(file_join(dir, links[i], a));
	rmdir(file_join(dir, "afolder", a));
	rmdir(file_join(dir, "r", a));
	assert_int_equal(rmdir(dir), 0);
}

static void test_patterns(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const char *dir = make_folder(&a, &d);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct file_list list;
		struct buf out = { 0 };
		bool ok;

		if (!strcmp(cases[i].pattern, "link*"))
			assert_int_equal(symlink("/etc/passwd", file_join(dir, "link", &a)), 0);
		ok = file_match(dir, cases[i].pattern, cases[i].max, (struct origin){ 0 }, &a, &list, &d);
		for (size_t k = 0; ok && k < list.n; k++) {
			buf_printf(&out, "%s ", list.href[k]);
			assert_true(file_exists(list.path[k]));
		}
		if (!ok)
			buf_puts(&out, d.finding[0].rule);
		assert_int_equal(ok, d.n_error == 0);
		if (strcmp(out.text, cases[i].want) != 0)
			fail_msg("'%s': got %s", cases[i].pattern, out.text);
		buf_clear(&out);
		diags_clear(&d);
	}
	remove_folder(dir, &a);
	arena_clear(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(test_patterns) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
