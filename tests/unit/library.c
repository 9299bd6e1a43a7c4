/* model/library.c: where templates are found. */
#include "model/library.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
	char *dir;
	struct arena arena;
	struct diags diags;
	struct library library;
};

static const char *const files[] = { "job/templates/tables/own.xml", "job/templates/tables/both.xml",
	"lib/tables/both.xml", "lib/tables/shared.xml", "lib/forms/nd30.xml" };
static const char *const folders[] = { "job/templates/tables", "job/templates", "job", "lib/tables",
	"lib/forms", "lib" };

static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct place *p = calloc(1, sizeof *p);

	*state = p;
	p->dir = arena_printf(&p->arena, "%s/kehoach-library-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(p->dir))
		return -1;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		const char *path = file_join(p->dir, files[i], &p->arena);

		file_make_dirs(file_dir(path, &p->arena), &p->diags);
		file_write(path, "<x/>", 4, &p->diags);
	}
	library_init(&p->library, &p->arena);
	library_add(&p->library, file_join(p->dir, "lib", &p->arena), "templates");
	library_add(&p->library, file_join(p->dir, "missing", &p->arena), "templates");
	library_add_job(&p->library, file_join(p->dir, "job/templates", &p->arena));
	return p->diags.n_error ? -1 : 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	file_remove(file_join(p->dir, "job/templates/tables/link.xml", &p->arena));
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		file_remove(file_join(p->dir, files[i], &p->arena));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		rmdir(file_join(p->dir, folders[i], &p->arena));
	rmdir(p->dir);
	diags_clear(&p->diags);
	arena_clear(&p->arena);
	free(p);
	return 0;
}

static bool ends_with(const char *s, const char *end)
{
	return strlen(s) >= strlen(end) && !strcmp(s + strlen(s) - strlen(end), end);
}

static const struct {
	const char *kind;
	const char *name;
	const char *path; /* end of it; NULL: an error */
	const char *what; /* end of the name in messages, or the rule */
} cases[] = {
	{ "tables", "own", "/job/templates/tables/own.xml", "/job/templates/tables/own.xml" },
	{ "tables", "both", "/job/templates/tables/both.xml", "/job/templates/tables/both.xml" },
	{ "tables", "shared", "/lib/tables/shared.xml", "templates/tables/shared.xml" },
	{ "forms", "nd30", "/lib/forms/nd30.xml", "templates/forms/nd30.xml" },
	{ "forms", "shared", NULL, "template" },
	{ "tables", "shered", NULL, "template" },
	{ "tables", "../x", NULL, "name" },
	{ "tables", "", NULL, "name" },
	{ "tables", "Own", NULL, "name" },
};

static void test_find(void **state)
{
	struct place *p = *state;
	struct origin at = { "job.xml", NULL, 1, 2 };

	assert_int_equal(p->library.n_dir, 2);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct library_file f = { 0 };
		bool ok = library_find(&p->library, cases[i].kind, cases[i].name, at, &f, &p->diags);

		assert_int_equal(ok, cases[i].path != NULL);
		if (ok) {
			assert_true(ends_with(f.path, cases[i].path));
			assert_true(ends_with(f.shown, cases[i].what));
			assert_true(!strncmp(f.manifest, "templates/", 10));
		} else {
			const struct finding *last = &p->diags.finding[p->diags.n_finding - 1];

			assert_string_equal(last->rule, cases[i].what);
			assert_int_equal(last->at.col, 2);
		}
	}
	assert_non_null(strstr(p->diags.finding[1].message, "did you mean 'shared'"));
}

static void test_used_once(void **state)
{
	struct place *p = *state;
	struct library_file f;
	struct origin at = { 0 };

	library_use(&p->library, "job/job.xml", "job.xml");
	library_use(&p->library, "job/job.xml", "other");
	assert_true(library_find(&p->library, "tables", "own", at, &f, &p->diags));
	assert_true(library_find(&p->library, "tables", "own", at, &f, &p->diags));
	assert_int_equal(p->library.n_used, 2);
	assert_string_equal(p->library.used[0].manifest, "job.xml");
	assert_string_equal(p->library.used[1].manifest, "templates/tables/own.xml");
}

static void test_link_that_leaves(void **state)
{
	struct place *p = *state;
	struct library_file f;
	struct origin at = { 0 };

	assert_int_equal(symlink(file_join(p->dir, "lib/tables/shared.xml", &p->arena),
				 file_join(p->dir, "job/templates/tables/link.xml", &p->arena)),
		0);
	assert_false(library_find(&p->library, "tables", "link", at, &f, &p->diags));
	assert_string_equal(p->diags.finding[0].rule, "outside");
}

/* job/templates itself may not be a link to somewhere else. */
static void test_folder_that_leaves(void **state)
{
	struct place *p = *state;
	struct library_file f;
	struct origin at = { 0 };
	const char *job = file_join(p->dir, "other", &p->arena);
	const char *templates = file_join(job, "templates", &p->arena);

	library_init(&p->library, &p->arena);
	assert_true(file_make_dirs(job, &p->diags));
	assert_int_equal(symlink(file_join(p->dir, "lib", &p->arena), templates), 0);
	library_add_job(&p->library, templates);
	assert_false(library_find(&p->library, "tables", "shared", at, &f, &p->diags));
	assert_string_equal(p->diags.finding[0].rule, "outside");
	file_remove(templates);
	rmdir(job);
}

/* What is there but no file must not give way to a template of another folder. */
static void test_no_file(void **state)
{
	struct place *p = *state;
	struct library_file f;
	struct origin at = { 0 };
	const char *link = file_join(p->dir, "job/templates/tables/link.xml", &p->arena);

	assert_int_equal(symlink("nowhere", link), 0);
	assert_false(library_find(&p->library, "tables", "link", at, &f, &p->diags));
	assert_string_equal(p->diags.finding[0].rule, "file");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_find, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_used_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_link_that_leaves, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_folder_that_leaves, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_file, set_up, tear_down),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
