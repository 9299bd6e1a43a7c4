#include "base/catalog.h"
#include "base/diag.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char po[] =
	"# a comment\n"
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"#: src/base/diag.c\n"
	"msgid \"error\"\n"
	"msgstr \"lỗi\"\n"
	"\n"
	"msgid \"%s is negative: %lld\"\n"
	"msgstr \"%s âm: %lld\"\n"
	"\n"
	"#, c-format\n"
	"msgid \"\"\n"
	"\"two \"\n"
	"\"lines\\n\"\n"
	"msgstr \"\"\n"
	"\"hai \\\"dòng\\\"\\t\"\n"
	"\"\\\\\\n\"\n"
	"msgid \"no empty line before %d\"\n"
	"msgstr \"%5d và 100%%\"\n"
	"msgid \"wrong %s and %d\"\n"
	"msgstr \"sai %d rồi %s\"\n"
	"msgid \"fewer %s\"\n"
	"msgstr \"thiếu\"\n"
	"msgid \"more\"\n"
	"msgstr \"thừa %n\"\n"
	"msgid \"width %*d\"\n"
	"msgstr \"rộng %d\"\n"
	"#, fuzzy, c-format\n"
	"msgid \"fuzzy\"\n"
	"msgstr \"không chắc\"\n"
	"msgid \"after fuzzy\"\n"
	"msgstr \"sau\"\n"
	"msgid \"untranslated\"\n"
	"msgstr \"\"\n"
	"msgctxt \"menu\"\n"
	"msgid \"with context\"\n"
	"msgstr \"ngữ cảnh\"\n"
	"msgid \"one\"\n"
	"msgid_plural \"many\"\n"
	"msgstr[0] \"nhiều\"\n"
	"#~ msgid \"old\"\n"
	"#~ msgstr \"cũ\"\n"
	"msgid \"error\"\n"
	"msgstr \"lần hai\"\n"
	"msgid \"last\"\n"
	"msgstr \"cuối\"";

static const struct catalog *open_text(const char *text, struct arena *a)
{
	const char *dir = getenv("TMPDIR");
	struct diags d = { 0 };
	char *path = arena_printf(a, "%s/catalog-%ld.po", dir ? dir : "/tmp", (long)getpid());
	const struct catalog *c;

	assert_true(file_write(path, text, strlen(text), &d));
	c = catalog_open(path, a);
	file_remove(path);
	diags_clear(&d);
	return c;
}

static void test_find(void **state)
{
	static const struct {
		const char *english;
		const char *want;
	} cases[] = {
		{ "error", "lỗi" },
		{ "%s is negative: %lld", "%s âm: %lld" },
		{ "two lines\n", "hai \"dòng\"\t\\\n" },
		{ "no empty line before %d", "%5d và 100%%" },
		{ "wrong %s and %d", "wrong %s and %d" },
		{ "fewer %s", "fewer %s" },
		{ "more", "more" },
		{ "width %*d", "width %*d" },
		{ "fuzzy", "fuzzy" },
		{ "after fuzzy", "sau" },
		{ "untranslated", "untranslated" },
		{ "with context", "with context" },
		{ "one", "one" },
		{ "old", "old" },
		{ "last", "cuối" },
		{ "", "" },
		{ "unknown", "unknown" },
	};
	struct arena a = { 0 };
	const struct catalog *c = open_text(po, &a);

	(void)state;
	assert_non_null(c);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(catalog_find(c, cases[i].english), cases[i].want);
		assert_string_equal(catalog_find(NULL, cases[i].english), cases[i].english);
	}
	arena_clear(&a);
}

static void test_odd_files(void **state)
{
	static const char *const texts[] = {
		"", "\n\n", "msgid", "msgid \"x", "msgid \"x\\", "msgstr \"x\"\n\"y\"", "\"\"", "%",
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const struct catalog *c = open_text(texts[i], &a);

		assert_non_null(c);
		assert_string_equal(catalog_find(c, "x"), "x");
	}
	assert_null(catalog_open("/nowhere/vi.po", &a));
	arena_clear(&a);
}

static void test_findings(void **state)
{
	struct arena a = { 0 };
	struct diags d = { .catalog = open_text(po, &a) };
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);

	(void)state;
	diag_error(&d, (struct origin){ "f", NULL, 1, 2 }, "range", "%s is negative: %lld", "hộ",
		-12LL);
	diags_print(&d, f);
	fclose(f);
	assert_string_equal(text, "f:1:2: lỗi: hộ âm: -12 [range]\n");
	assert_string_equal(diag_say(&d, "last"), "cuối");
	free(text);
	diags_clear(&d);
	arena_clear(&a);
}

/* Of a process: the same one for a file, which is read with its first message. */
static void test_once(void **state)
{
	static const char path[] = "/tmp/kehoach-catalog-once.po";
	struct arena a = { 0 };
	struct catalogs all = { .arena = &a };
	const struct catalog *absent = catalogs_at(&all, "/nowhere/vi.po"), *later = catalogs_at(&all, path);
	FILE *file = fopen(path, "w");

	(void)state;
	assert_non_null(file);
	fputs("msgid \"one\"\nmsgstr \"một\"\n", file);
	fclose(file);
	assert_string_equal(catalog_find(later, "one"), "một");
	remove(path);
	assert_ptr_equal(catalogs_at(&all, path), later);
	assert_string_equal(catalog_find(later, "one"), "một");
	assert_string_equal(catalog_find(later, "two"), "two");
	assert_ptr_equal(catalogs_at(&all, "/nowhere/vi.po"), absent);
	assert_string_equal(catalog_find(absent, "one"), "one");
	arena_clear(&a);
}

static void test_language(void **state)
{
	static const struct {
		const char *lc_all;
		const char *lc_messages;
		const char *lang;
		const char *want;
	} cases[] = {
		{ NULL, NULL, NULL, "en" },
		{ NULL, NULL, "vi_VN.UTF-8", "vi" },
		{ NULL, NULL, "vi", "vi" },
		{ "", "", "vi.utf8", "vi" },
		{ "C", NULL, "vi_VN", "en" },
		{ NULL, "vi@x", "en_US", "vi" },
		{ "en_US.UTF-8", "vi_VN", "vi_VN", "en" },
		{ "vie", NULL, NULL, "en" },
		{ "visual", NULL, NULL, "en" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(catalog_language(cases[i].lc_all, cases[i].lc_messages,
					    cases[i].lang),
			cases[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_odd_files),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_language),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
