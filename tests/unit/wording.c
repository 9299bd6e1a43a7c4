#include "base/file.h"
#include "model/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const ids[] = { "title", "why.other-row", NULL };

/* Reads wording/own.xml of a folder of its own. */
static const struct wording *read_text(const char *texts, struct arena *a, struct diags *d)
{
	const char *tmp = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
	const char *dir = arena_printf(a, "%s/kehoach-wording-%p", tmp, (void *)a);
	const char *folder = file_join(dir, "wording", a);
	const char *path = file_join(folder, "own.xml", a);
	const char *xml = arena_printf(a, "<wording xmlns=\"urn:kehoach:wording:1\">\n%s</wording>\n", texts);
	const struct wording *wording;
	struct library library;

	assert_true(file_make_dirs(folder, d));
	assert_true(file_write(path, xml, strlen(xml), d));
	library_init(&library, a);
	library_add(&library, dir, "templates");
	wording = wording_read(&library, "own", ids, (struct origin){ 0 }, a, d);
	file_remove(path);
	remove(folder);
	remove(dir);
	return wording;
}

static void test_texts(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const struct wording *w
		= read_text("<text id=\"title\">Kiểm tra {2}{1}{2}</text><!-- c --><text id=\"why.other-row\">{3}.</text>", &a, &d);

	(void)state;
	assert_non_null(w);
	assert_string_equal(wording_text(w, "title", (const char *const[]){ "{2}", "b", NULL }, &a), "Kiểm tra b{2}b");
	assert_string_equal(wording_text(w, "why.other-row", (const char *const[]){ "a", "b", NULL }, &a), ".");
	assert_null(wording_text(w, "why", (const char *const[]){ "a", "b", "c" }, &a));
	arena_clear(&a);
	diags_clear(&d);
}

static void test_errors(void **state)
{
	static const struct {
		const char *texts;
		const char *message;
		unsigned row, n_error;
	} cases[] = {
		{ "<text id=\"title\">a</text>\n", "the text 'why.other-row' is missing", 1, 1 },
		{ "<text id=\"title\"></text>\n<text id=\"why.other-row\">a</text>\n", "the text 'title' has no words, or elements in it", 2,
			2 },
		{ "<text id=\"title\">a<b/></text>\n<text id=\"why.other-row\">a</text>\n",
			"the text 'title' has no words, or elements in it", 2, 2 },
		{ "<text id=\"title\">a</text>\n<text id=\"why.other-row\">a</text>\n<text id=\"title\">a</text>\n",
			"the text 'title' is there twice; take one out", 4, 1 },
		{ "<text id=\"title\">a</text>\n<text id=\"why.other-rows\">a</text>\n",
			"nothing uses the text 'why.other-rows'; did you mean 'why.other-row'?", 3, 2 },
		{ "<text id=\"title\">a</text>\n<text id=\"why.other-row\">{4}</text>\n",
			"the text 'why.other-row' may have {1}, {2} and {3}, and no other { or }", 3, 2 },
		{ "<text id=\"title\">a</text>\n<text id=\"why.other-row\">a</text>\n<text id=\"zzzzzzzzz\">a</text>\n",
			"nothing uses the text 'zzzzzzzzz'; take it out", 4, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };

		assert_null(read_text(cases[i].texts, &a, &d));
		assert_string_equal(d.finding[0].message, cases[i].message);
		assert_string_equal(d.finding[0].rule, "wording");
		assert_int_equal(d.finding[0].at.row, cases[i].row);
		assert_int_equal(d.n_error, cases[i].n_error);
		arena_clear(&a);
		diags_clear(&d);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(test_texts), cmocka_unit_test(test_errors) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
